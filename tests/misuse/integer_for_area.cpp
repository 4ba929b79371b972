// A bare number has no unit.
// expect: conversion from 'int' to non-scalar type 'landex::Area' requested
#include "matching/types/area.hpp"

using landex::Area;

Area six_mu() {
  Area area = Area::mu_4dp(60'000);
  return area;
}

#ifdef MISUSE
Area six_what() {
  Area area = 60'000;
  return area;
}
#endif
