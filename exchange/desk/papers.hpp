// papers.hpp: for each kind of paper, the facts that the reports database has, as a paper. What the asker may not see
// is not there for him. Inside the room alone.
#pragma once
#include "exchange/deeds/paper.hpp"
#include "exchange/desk/look_up.hpp"

namespace landex::desk {

using Asked = Found<deeds::Paper>;

Asked deal_confirmation(LookUp& at, uint64_t deal);
Asked transfer_slip(LookUp& at, uint64_t number);   // of a deal, or the command that moved land
Asked pooling_notice(LookUp& at, uint64_t number);  // of a filing, or the entry of plots
Asked allocation_notice(LookUp& at, uint64_t request);
Asked advance_contract(LookUp& at, uint64_t advance);
Asked ledger_card(LookUp& at, uint64_t filing);
Asked statement(LookUp& at, District unit, Period period);
Asked run_notice(LookUp& at, uint64_t run);

/// Of the exchange's `std::expected`s: the value, or out with the words.
#define LANDEX_TRY(name, expression)                         \
  auto name##_or = (expression);                             \
  if (!name##_or) return std::unexpected(name##_or.error()); \
  auto& name = *name##_or

}  // namespace landex::desk
