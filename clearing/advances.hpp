// advances.hpp: what the city has prepaid 预拨 to mountain-4 counties for indicators that they are sure to file within
// a year, and what of it is left (H66-7.5). The clause gives who may apply and the 50 %; that an advance is netted
// against what the pool owes for filings in time, and is called back when its day has passed, is our default, not the
// law. Invariant: what is left of all advances of a county is the balance of its purse `advances`. Owned by the
// engine's thread; pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "clearing/policy/pack.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/money.hpp"

namespace landex::clearing {

enum class AdvanceState : uint8_t {
  paid = 1,     // 预拨
  settled = 2,  // nothing is left: netted 冲抵, or paid back
  overdue = 3,  // 逾期追回: its day has passed, and something is left
};
BOOST_DESCRIBE_ENUM(AdvanceState, paid, settled, overdue)

struct Advance {
  AdvanceId id;
  District county;
  Fen fund;  // the contract's reclamation fund 耕地垦造资金
  Fen paid, left;
  Day granted, due;  // filings from the first to the second are netted against it
  std::string contract;
  AdvanceState state;
};
BOOST_DESCRIBE_STRUCT(Advance, (), (id, county, fund, paid, left, granted, due, contract, state))

/// The share of a fund that is prepaid, rounded down to the fen. Without a large product.
Fen advance_of(Fen fund, const policy::Row& share);

/// The same day so many months later; the last of that month where it has no such day.
Day plus_months(Day from, int64_t months);

class Advances {
 public:
  const std::map<AdvanceId, Advance>& all() const { return all_; }
  const Advance* find(AdvanceId id) const {
    const auto at = all_.find(id);
    return at == all_.end() ? nullptr : &at->second;
  }
  /// Of all counties together.
  Fen left() const;
  /// Those against which a filing of this county and day is netted, the oldest first.
  std::vector<AdvanceId> netted_by(District county, Day filed) const;
  /// Those of which something is left although their day is before this one, by that day, then by number.
  std::vector<AdvanceId> falling_overdue(Day today) const;

  void grant(Advance a);
  /// No more than what is left. It is settled when nothing is.
  const Advance& reduce(AdvanceId id, Fen by);
  const Advance& call_back(AdvanceId id);

 private:
  std::map<AdvanceId, Advance> all_;
  BOOST_DESCRIBE_CLASS(Advances, (), (), (), (all_))
};

}  // namespace landex::clearing
