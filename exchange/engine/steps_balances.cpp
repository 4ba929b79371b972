// steps_balances.cpp: the balance 占补平衡 of a project is opened, filled tier by tier and closed (H66-7.1). A filling
// is of one component, so that its number names the write-off that can be restored. From the pool a balance is filled
// when what was allotted to a request for it is taken (balances.hpp), never by hand. Land from outside the city was
// filed elsewhere: it enters as a batch that nothing is pooled of, straight into what is used.
#include <algorithm>

#include "exchange/engine/balances.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"

namespace landex::engine {
namespace {

using clearing::Tier;
using policy::Clause;

bool require_components(const Asked& a, const Components& c) {
  return require_range(a, "area", c.area.raw(), 0, kMaxQuantity.raw(), Instrument::supplementary_area) &
         require_range(a, "paddy", c.paddy.raw(), 0, kMaxQuantity.raw(), Instrument::supplementary_paddy) &
         require_range(a, "capacity", c.capacity.raw(), 0, kMaxQuantity.raw(), Instrument::supplementary_capacity);
}

std::vector<clearing::Component> parts_of(const Components& c) {
  return clearing::components_of(IndicatorKind::supplementary, c);
}

/// One that is there and the asker's own, or whichever for the bureau.
const clearing::Balance* require_balance(const Asked& a, BalanceId id) {
  const auto at = a.state.needs.balances.find(id);
  if (at == a.state.needs.balances.end() || (a.who.role != Role::bureau && at->second.county != a.who.participant)) {
    a.verdict.refuse({Reason::unknown_balance, Clause::h66_7_1, {{FactName::number, fact(id)}}, {}});
    return nullptr;
  }
  if (!at->second.open) a.verdict.refuse({Reason::balance_over, Clause::h66_7_1, {{FactName::number, fact(id)}}, {}});
  return &at->second;
}

/// An earlier tier that could still give is skipped with a reason, or, where a row says so, not at all.
void require_order(const Asked& a, const clearing::Balance& b, const command::FillBalance& c, Instrument i) {
  const auto skipped = skipped_tier(a.state, b, c.tier, i);
  if (!skipped) return;
  const auto* row = a.state.pack->row(policy::Parameter::skip_consequence, *a.state.day);
  if (!row) return refuse_no_rule(a, Clause::h66_7_1, "need.skipped_tier");
  if (row->value != 2 && !c.reason.empty()) return;
  a.verdict.refuse({Reason::tier_skipped,
                    Clause::h66_7_1,
                    {{FactName::tier, fact(*skipped)},
                     {FactName::instrument, fact(i)},
                     {FactName::available_quantity, fact(could_give(a.state, b, *skipped, i))},
                     {FactName::given, row->value}},
                    {}});
}

/// What the tier takes is there.
void require_source(const Asked& a, const clearing::Balance& b, Tier tier, Instrument i, Quantity quantity) {
  if (tier == Tier::outside) {
    if (quantity > kMaxIssued - a.state.ledger.issued(i))
      a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxIssued.raw()}}, "issued"});
    return;
  }
  const Quantity there = free_of_own(a.state, b.county, i, tier == Tier::own);
  if (there < quantity) refuse_land(a, b.county, i, quantity, there, Reason::not_enough_land);
}

/// Land of the county, of its own filings or of those of others, is used: the first filed first.
void use_stock(Doing& d, const clearing::Balance& b, bool own, Instrument i, Quantity quantity) {
  const Seat seat = seat_of(d, b.county);
  std::vector<clearing::Slice> slices;
  for (const auto& slice : d.state.lots.of(i, {.seat = seat, .place = clearing::Place::stock}))
    if ((d.state.registry.find(slice.filing)->county == b.county) == own) slices.push_back(slice);
  std::ranges::reverse(slices);
  for (const auto& slice : slices) {
    const Quantity part = std::min(quantity, slice.quantity);
    if (part == Quantity{}) return;
    post_land(d, i, seat, Purse::free, seat, Purse::used, part, Clause::h66_7_1, d.seq.value, slice.filing);
    quantity -= part;
  }
}

void use_from_outside(Doing& d, const clearing::Balance& b, const command::FillBalance& c, Instrument i,
                      Quantity quantity) {
  const FilingId id{d.seq.value};
  d.state.registry.file({.id = id,
                         .county = b.county,
                         .kind = IndicatorKind::supplementary,
                         .day = *d.state.day,
                         .filed = c.amount,
                         .deducted = {},
                         .share_row = {},
                         .project = b.project,
                         .document = c.document});
  post_land(d, i, b.county, Purse::outside, b.county, Purse::used, quantity, Clause::h66_7_1, d.seq.value, id);
}

}  // namespace

void check(const Asked& a, const command::OpenBalance& c) {
  require_role(a, a.who.role == Role::district && a.who.participant == c.county);
  require_policy(a);
  const bool open = require_day(a);
  require_not_ended(a, Clause::h66_7_1);
  require_account(a, c.county);
  require_county(a, c.county);
  if (require_components(a, c.need) && c.need == Components{}) require_range(a, "need", 0, 1, kMaxQuantity.raw());
  if (c.purpose)
    require_range(a, "purpose", fact(*c.purpose), fact(clearing::RequestClass::national),
                  fact(clearing::RequestClass::other));
  if (c.lowest_grade) require_range(a, "grade", *c.lowest_grade, 1, 15);
  require_text(a, "project", c.project);
  require_text(a, "document", c.document);
  if (open && c.deadline < *a.state.day)
    a.verdict.refuse({Reason::term_not_later, {}, {{FactName::day, fact(*a.state.day)}}, "deadline"});
}

void move(Doing& d, const command::OpenBalance& c) {
  const BalanceId id{d.seq.value};
  d.state.needs.balances.emplace(id, clearing::Balance{.id = id,
                                                       .county = c.county,
                                                       .project = c.project,
                                                       .purpose = c.purpose,
                                                       .need = c.need,
                                                       .filled = {},
                                                       .lowest_grade = c.lowest_grade,
                                                       .deadline = c.deadline,
                                                       .document = c.document,
                                                       .open = true,
                                                       .fills = {}});
  d.events.emplace_back(event::BalanceOpened{
      .balance = id, .county = c.county, .project = c.project, .need = c.need, .deadline = c.deadline});
}

void check(const Asked& a, const command::FillBalance& c) {
  require_district(a);
  require_policy(a);
  const bool open = require_day(a);
  require_not_ended(a, Clause::h66_7_1);
  const bool tier_known = require_range(a, "tier", fact(c.tier), fact(Tier::own), fact(Tier::outside));
  require_text(a, "document", c.document);
  require_range(a, "reason", static_cast<int64_t>(c.reason.size()), 0, static_cast<int64_t>(kMaxText));
  bool sound = require_components(a, c.amount);
  const auto parts = sound ? parts_of(c.amount) : std::vector<clearing::Component>{};
  if (sound) sound = require_range(a, "components", static_cast<int64_t>(parts.size()), 1, 1);
  if (c.price) require_range(a, "price", c.price->raw(), 1, kMaxRate.raw());
  const auto* balance = require_balance(a, c.balance);
  if (!tier_known) return;
  if (c.tier == Tier::outside && !c.price) {
    const Instrument of = parts.empty() ? Instrument::supplementary_area : parts.front().instrument;
    a.verdict.refuse({Reason::price_missing, Clause::h66_7_1, {{FactName::instrument, fact(of)}}, {}});
  }
  if (c.tier != Tier::outside && c.price)
    a.verdict.refuse({Reason::component_not_in_kind, Clause::h66_7_1, {}, "price"});
  if (c.tier == Tier::pool) {
    a.verdict.refuse({Reason::filled_by_taking, Clause::h66_7_1, {}, {}});
    return;
  }
  if (!balance || !balance->open || !sound || !open || !a.state.pack) return;
  const auto& [i, quantity] = parts.front();
  if (quantity > left_of(*balance, i))
    a.verdict.refuse({Reason::exceeds_need,
                      Clause::h66_7_1,
                      {{FactName::number, fact(balance->id)},
                       {FactName::instrument, fact(i)},
                       {FactName::needed_quantity, fact(quantity)},
                       {FactName::available_quantity, fact(left_of(*balance, i))}},
                      {}});
  require_order(a, *balance, c, i);
  require_source(a, *balance, c.tier, i, quantity);
}

void move(Doing& d, const command::FillBalance& c) {
  auto& b = d.state.needs.balances.at(c.balance);
  const auto [i, quantity] = parts_of(c.amount).front();
  const auto skipped = skipped_tier(d.state, b, c.tier, i);
  const Quantity had = skipped ? could_give(d.state, b, *skipped, i) : Quantity{};
  d.events.emplace_back(
      event::WrittenOff{.participant = b.county, .instrument = i, .quantity = quantity, .project = b.project});
  const size_t told = d.events.size();
  if (c.tier == Tier::outside)
    use_from_outside(d, b, c, i, quantity);
  else
    use_stock(d, b, c.tier == Tier::own, i, quantity);
  clearing::WrittenOffLand entry{.id = {d.seq.value},
                                 .participant = b.county,
                                 .instrument = i,
                                 .quantity = quantity,
                                 .left = quantity,
                                 .project = b.project,
                                 .slices = {},
                                 .restorable = c.tier != Tier::outside};
  for (size_t at = told; at < d.events.size(); ++at)
    if (const auto* lot = std::get_if<event::LotMoved>(&d.events[at]))
      entry.slices.push_back({.filing = lot->filing, .quantity = lot->quantity});
  d.state.entries.write_offs.emplace(entry.id, std::move(entry));
  if (skipped)
    d.events.emplace_back(event::Warned{.participant = b.county,
                                        .warning = event::Warning::tier_skipped,
                                        .clause = Clause::h66_7_1,
                                        .about = b.id.value,
                                        .instrument = i,
                                        .given = quantity,
                                        .bound = had});
  fill(d, b,
       {.number = d.seq,
        .tier = c.tier,
        .amount = c.amount,
        .reason = c.reason,
        .document = c.document,
        .price = c.price});
}

void check(const Asked& a, const command::CloseBalance& c) {
  require_role(a, a.who.role == Role::bureau || a.who.role == Role::district);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  require_balance(a, c.balance);
}

void move(Doing& d, const command::CloseBalance& c) {
  auto& b = d.state.needs.balances.at(c.balance);
  b.open = false;
  d.events.emplace_back(event::BalanceClosed{.balance = b.id, .county = b.county, .left = left_of(b)});
}

}  // namespace landex::engine
