// Half a mu is 5 000 units, not 0.5 of one.
// expect: conversion from 'double' to 'int64_t'
#include "matching/types/area.hpp"

using landex::Area;

Area half_a_mu() { return Area::mu_4dp(5'000); }

#ifdef MISUSE
Area half_of_what() { return Area::mu_4dp(0.5); }
#endif
