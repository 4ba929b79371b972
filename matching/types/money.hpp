// money.hpp: money in fen (1/100 yuan). There is no other unit inside.
#pragma once
#include "matching/types/tally.hpp"

namespace landex {

class Fen : public Tally<Fen> {
 public:
  static constexpr Fen fen(int64_t n) { return from_raw(n); }
  static constexpr Fen yuan(int64_t n) { return from_raw(checked_mul(n, 100)); }
  static constexpr Fen wan(int64_t n) { return from_raw(checked_mul(n, 1'000'000)); }  // 万元
};

}  // namespace landex
