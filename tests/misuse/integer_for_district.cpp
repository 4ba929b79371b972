// A place is named by its code, and says so.
// expect: conversion from 'int' to non-scalar type 'landex::District' requested
#include "matching/types/district.hpp"

using landex::District;

District hangzhou() {
  District city = District::code(330100);
  return city;
}

#ifdef MISUSE
District which() {
  District city = 330100;
  return city;
}
#endif
