// The naive exchange: own needs, certificates of gaps, balances; and the limits and fees of the policy. What is left of
// a balance, and what each source could give to it, is counted anew whenever it is asked.
#include <algorithm>
#include <array>

#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using clearing::Tier;
using policy::Clause;
using policy::Parameter;

namespace {

constexpr std::array kThree{Instrument::supplementary_area, Instrument::supplementary_paddy,
                            Instrument::supplementary_capacity};

std::array<int64_t, 3> amounts_of(const Components& c) { return {c.area.raw(), c.paddy.raw(), c.capacity.raw()}; }

Components as_components(const std::array<int64_t, 3>& n) {
  return {.area = Area::from_raw(n[0]), .paddy = Area::from_raw(n[1]), .capacity = Capacity::from_raw(n[2])};
}

bool in_range(const Components& c) {
  return std::ranges::all_of(amounts_of(c), [](int64_t n) { return n >= 0 && n <= kMaxQuantity.raw(); });
}

}  // namespace

// What rows of the policy say today; none: 0.

int64_t Exchange::row_value(Parameter p) const {
  const policy::Row* row = day_ ? pack_->row(p, *day_) : nullptr;
  return row == nullptr ? 0 : row->value;
}
Exchange::Rule Exchange::row_clause(Parameter p) const {
  const policy::Row* row = pack_->row(p, *day_);
  return row == nullptr ? Rule{} : Rule{row->clause};
}

// Offers.

void Exchange::require_offer(District seller, Instrument instrument, Quantity offered) {
  const auto need = own_needs_.find({seller, instrument});
  const Quantity rest = land(instrument, seller, Purse::free) - offered;
  if (need != own_needs_.end() && rest < need->second && row_value(Parameter::own_need_consequence) == 2)
    refuse(Reason::own_need_reserved, Clause::h66_7_7);
  if (!pack_->row(Parameter::holding_days, *day_)) return;
  Quantity kept;
  for (const auto& [id, deal] : deals_) {
    if (deal.state != DealState::settled || deal.buyer != seller) continue;
    const auto until = working_days_after(*pack_, *deal.matched, static_cast<int>(row_value(Parameter::holding_days)));
    if (until && *day_ >= *until) continue;
    for (const auto& leg : deal.legs)
      if (leg.instrument == instrument) kept += leg.quantity;
  }
  if (kept > Quantity{} && rest < kept) refuse(Reason::held_too_short, row_clause(Parameter::holding_days));
}

void Exchange::warn_offer(District seller, Instrument instrument, uint64_t about) {
  const auto need = own_needs_.find({seller, instrument});
  if (need == own_needs_.end() || row_value(Parameter::own_need_consequence) == 0) return;
  const Quantity rest = land(instrument, seller, Purse::free);
  if (rest < need->second)
    out_.push_back(
        event::Warned{seller, event::Warning::own_need, Clause::h66_7_7, about, instrument, rest, need->second});
}

// Purchases.

Quantity Exchange::gap_of(District buyer, Instrument instrument) const {
  Quantity best;
  for (const auto& [id, gap] : gaps_)
    if (gap.stands && gap.participant == buyer && gap.instrument == instrument && gap.period.contains(*day_))
      best = std::max(best, gap.quantity);
  return best;
}

/// In the book: might the seller be one of the route?
bool Exchange::route_is_possible(District buyer, Instrument instrument) const {
  if (!is_supplementary(instrument)) return false;
  for (const auto& r : pack_->floor_routes)
    if (r.from <= *day_ && *day_ <= r.until && r.buyer == classes_.at(buyer)) return true;
  return false;
}

void Exchange::require_purchase(bool on_route, District buyer, Instrument instrument, Quantity bought) {
  if (on_route && row_value(Parameter::gap_consequence) == 2 && gap_of(buyer, instrument) < bought)
    refuse(Reason::no_certified_gap, Clause::h66_7_6);
  if (pack_->row(Parameter::purchase_limit, *day_) && bought.raw() > row_value(Parameter::purchase_limit))
    refuse(Reason::over_purchase_limit, row_clause(Parameter::purchase_limit));
  if (!pack_->row(Parameter::holding_limit, *day_)) return;
  Quantity then = bought;
  for (const Purse p : {Purse::free, Purse::held, Purse::frozen}) then += land(instrument, buyer, p);
  if (then.raw() > row_value(Parameter::holding_limit))
    refuse(Reason::over_holding_limit, row_clause(Parameter::holding_limit));
}

void Exchange::warn_purchase(District buyer, Instrument instrument, Quantity bought, uint64_t about) {
  const Quantity gap = gap_of(buyer, instrument);
  if (row_value(Parameter::gap_consequence) != 0 && gap < bought)
    out_.push_back(event::Warned{buyer, event::Warning::gap, Clause::h66_7_6, about, instrument, bought, gap});
}

/// The book takes no orders while a fee or days of holding are in force.
bool Exchange::book_is_shut() const {
  return day_ && (pack_->row(Parameter::fee_share, *day_) || pack_->row(Parameter::holding_days, *day_));
}

/// Of a deal that is matched on that day, to the city.
Fen Exchange::fee_of(Fen price, Day matched) const {
  const policy::Row* row = pack_->row(Parameter::fee_share, matched);
  if (row == nullptr || !is_open(city())) return {};
  const int64_t wholes = price.raw() / 10'000, rest = price.raw() % 10'000;
  return Fen::fen(wholes * row->value + rest * row->value / 10'000);
}

// Own needs and gaps.

void Exchange::run(const command::RegisterNeed& c) {
  require_account(c.county);
  if (is_open(c.county) && classes_.at(c.county) == ParticipantClass::city) refuse(Reason::unknown_unit);
  require_text(c.document, Clause::h66_7_7);
  if (c.quantity.raw() < 0 || c.quantity > kMaxQuantity) refuse(Reason::value_out_of_range);
  if (!exists(c.instrument))
    refuse(Reason::unknown_instrument, Clause::h66_21_2);
  else if (!is_supplementary(c.instrument))
    refuse(Reason::component_not_in_kind, Clause::h66_7_7);
  if (refusal_) return;
  own_needs_.erase({c.county, c.instrument});
  if (c.quantity > Quantity{}) own_needs_[{c.county, c.instrument}] = c.quantity;
  out_.push_back(event::NeedRegistered{c.county, c.instrument, c.quantity, c.document});
}

void Exchange::run(const command::CertifyGap& c) {
  require_account(c.participant);
  if (is_open(c.participant) && classes_.at(c.participant) == ParticipantClass::city) refuse(Reason::unknown_unit);
  require_text(c.document, Clause::h66_7_6);
  if (c.quantity.raw() < 1 || c.quantity > kMaxQuantity) refuse(Reason::value_out_of_range);
  if (!exists(c.instrument))
    refuse(Reason::unknown_instrument, Clause::h66_21_2);
  else if (!is_supplementary(c.instrument))
    refuse(Reason::component_not_in_kind, Clause::h66_7_6);
  if (c.until < c.from) refuse(Reason::period_ends_before_it_begins);
  if (c.until < *day_) refuse(Reason::term_not_later);
  if (refusal_) return;
  gaps_[GapId{seq_}] = {c.participant, c.instrument, c.quantity, {c.from, c.until}, true};
  out_.push_back(
      event::GapCertified{GapId{seq_}, c.participant, c.instrument, c.quantity, c.from, c.until, c.document});
}

void Exchange::run(const command::RevokeGap& c) {
  require_text(c.document, Clause::h66_7_6);
  const auto found = gaps_.find(c.gap);
  if (found == gaps_.end() || !found->second.stands) return refuse(Reason::unknown_gap, Clause::h66_7_6);
  if (refusal_) return;
  found->second.stands = false;
  out_.push_back(event::GapRevoked{c.gap, found->second.participant, c.document});
}

// Balances.

Components Exchange::still_needed(const ProjectBalance& b) const {
  auto left = amounts_of(b.need);
  for (const auto& f : b.fills)
    for (size_t k = 0; k < left.size(); ++k) left[k] -= f.amounts[k];
  for (auto& n : left) n = std::max<int64_t>(n, 0);
  return as_components(left);
}

Quantity Exchange::source_has(const ProjectBalance& b, Tier tier, Instrument instrument) const {
  const auto lots_at = [&](District who, Place place) {
    const auto found = lots_.find({instrument, who, place});
    return found == lots_.end() ? std::map<FilingId, Quantity>{} : found->second;
  };
  Quantity sum;
  if (tier == Tier::pool) {
    if (!b.purpose || *b.purpose == clearing::RequestClass::other) return {};
    for (const auto& [lot, amount] : lots_at(city(), Place::pool)) {
      const auto& grade = filings_.at(lot).grade;
      if (!b.lowest_grade || (grade && *grade <= *b.lowest_grade)) sum += amount;
    }
    return sum;
  }
  for (const auto& [lot, amount] : lots_at(b.county, Place::stock))
    if ((filings_.at(lot).county == b.county) == (tier == Tier::own)) sum += amount;
  sum = std::min(sum, land(instrument, b.county, Purse::free));
  if (tier == Tier::own) return sum;
  for (const auto& [id, order] : orders_) {
    if (order.side != Side::sell || order.instrument != instrument || order.owner == b.county) continue;
    const auto resting = books_.find(id);
    if (!resting || resting->trigger) continue;
    if (route(instrument, order.owner, b.county) != nullptr && price_row(instrument) == nullptr) continue;
    sum += resting->shown;
  }
  return sum;
}

void Exchange::run(const command::OpenBalance& c) {
  require_account(c.county);
  if (is_open(c.county) && classes_.at(c.county) == ParticipantClass::city) refuse(Reason::unknown_unit);
  if (!in_range(c.need) || c.need == Components{}) refuse(Reason::value_out_of_range);
  if (c.purpose && !exists(*c.purpose)) refuse(Reason::value_out_of_range);
  if (c.lowest_grade && (*c.lowest_grade < 1 || *c.lowest_grade > 15)) refuse(Reason::value_out_of_range);
  require_text(c.project);
  require_text(c.document);
  if (c.deadline < *day_) refuse(Reason::term_not_later);
  if (refusal_) return;
  balances_[BalanceId{seq_}] = {c.county, c.project, c.purpose, c.need, c.lowest_grade, true, {}};
  out_.push_back(event::BalanceOpened{BalanceId{seq_}, c.county, c.project, c.need, c.deadline});
}

void Exchange::run(const command::FillBalance& c) {
  if (!exists(c.tier)) refuse(Reason::value_out_of_range);
  require_text(c.document);
  if (c.reason.size() > 200) refuse(Reason::value_out_of_range);
  const auto amounts = amounts_of(c.amount);
  const bool one = std::ranges::count_if(amounts, [](int64_t n) { return n != 0; }) == 1;
  const bool sensible = in_range(c.amount) && one;
  if (!sensible) refuse(Reason::value_out_of_range);
  if (c.price && (c.price->raw() < 1 || *c.price > kMaxRate)) refuse(Reason::value_out_of_range);
  const auto found = balances_.find(c.balance);
  const bool yours = found != balances_.end() && found->second.county == who_;
  if (!yours) refuse(Reason::unknown_balance, Clause::h66_7_1);
  if (yours && !found->second.open) refuse(Reason::balance_over, Clause::h66_7_1);
  if (!exists(c.tier)) return;
  if (c.tier == Tier::outside ? !c.price : c.price.has_value())
    refuse(c.price ? Reason::component_not_in_kind : Reason::price_missing, Clause::h66_7_1);
  if (c.tier == Tier::pool) return refuse(Reason::filled_by_taking, Clause::h66_7_1);
  if (!yours || !found->second.open || !sensible) return;  // nothing more can be asked of it

  ProjectBalance& b = found->second;
  size_t which = 0;
  while (amounts[which] == 0) ++which;
  const Instrument instrument = kThree[which];
  const Quantity wanted = Quantity::from_raw(amounts[which]);
  const Quantity left = Quantity::from_raw(amounts_of(still_needed(b))[which]);
  if (wanted > left) refuse(Reason::exceeds_need, Clause::h66_7_1);
  std::vector<Tier> before;  // that come first
  if (c.tier != Tier::own) before.push_back(Tier::own);
  if (c.tier == Tier::outside) before.insert(before.end(), {Tier::pool, Tier::purchase});
  Quantity passed_over;
  for (const Tier t : before)
    if (passed_over == Quantity{}) passed_over = std::min(left, source_has(b, t, instrument));
  if (passed_over > Quantity{}) {
    const int64_t consequence = row_value(Parameter::skip_consequence);
    if (consequence == 0) refuse(Reason::no_rule_in_force, Clause::h66_7_1);
    if (consequence == 2 || c.reason.empty()) refuse(Reason::tier_skipped, Clause::h66_7_1);
  }
  if (c.tier == Tier::outside) {
    Quantity issued = wanted;
    for (const auto& [place, balance] : land_)
      if (std::get<Instrument>(place) == instrument && std::get<Purse>(place) == Purse::outside) issued -= balance;
    if (issued > kMaxIssued) refuse(Reason::total_out_of_range);
  }
  std::map<FilingId, Quantity> taken;
  if (c.tier != Tier::outside) {
    Quantity open = wanted;
    Quantity there;
    for (const auto& [lot, amount] : lots_[{instrument, who_, Place::stock}]) {
      if ((filings_.at(lot).county == who_) != (c.tier == Tier::own)) continue;
      there += amount;
      const Quantity part = std::min(open, amount);
      if (part > Quantity{}) taken[lot] = part;
      open -= part;
    }
    if (wanted > std::min(there, land(instrument, who_, Purse::free))) refuse(Reason::not_enough_land);
  }
  if (refusal_) return;

  out_.push_back(event::WrittenOff{who_, instrument, wanted, b.project});
  if (c.tier == Tier::outside) {
    Filing& filing = filings_[FilingId{seq_}];
    filing.county = who_;
    filing.kind = IndicatorKind::supplementary;
    filing.filed[instrument] = wanted;
    filing.numbers = {seq_};
    taken[FilingId{seq_}] = wanted;
  }
  for (const auto& [lot, part] : taken)
    move(instrument, who_, c.tier == Tier::outside ? Purse::outside : Purse::free, who_, Purse::used, part,
         Clause::h66_7_1, seq_, lot);
  used_[WriteOffId{seq_}] = {who_, instrument, b.project, taken, false, c.tier == Tier::outside};
  if (passed_over > Quantity{})
    out_.push_back(event::Warned{who_, event::Warning::tier_skipped, Clause::h66_7_1, c.balance.value, instrument,
                                 wanted, passed_over});
  fill(c.balance, c.tier, c.amount, c.reason, c.document);
}

void Exchange::fill(BalanceId id, Tier tier, const Components& amount, const std::string& reason,
                    const std::string& document) {
  const auto found = balances_.find(id);
  if (found == balances_.end() || !found->second.open) return;
  ProjectBalance& b = found->second;
  b.fills.push_back({seq_, amounts_of(amount)});
  const Components left = still_needed(b);
  out_.push_back(event::BalanceFilled{id, b.county, tier, amount, left, reason, document});
  if (left != Components{}) return;
  b.open = false;
  out_.push_back(event::BalanceClosed{id, b.county, {}});
}

/// A write-off is restored: what it filled of a balance that is open is needed again.
void Exchange::unfill(WriteOffId write_off, Instrument instrument, Quantity quantity) {
  for (auto& [id, b] : balances_)
    for (auto& f : b.fills)
      if (b.open && f.number == write_off.value % 1'000'000'000'000'000)
        for (size_t k = 0; k < kThree.size(); ++k)
          if (kThree[k] == instrument) f.amounts[k] -= quantity.raw();
}

void Exchange::run(const command::CloseBalance& c) {
  require_text(c.document);
  const auto found = balances_.find(c.balance);
  if (found == balances_.end() || (!by_bureau_ && found->second.county != who_))
    return refuse(Reason::unknown_balance, Clause::h66_7_1);
  if (!found->second.open) refuse(Reason::balance_over, Clause::h66_7_1);
  if (refusal_) return;
  found->second.open = false;
  out_.push_back(event::BalanceClosed{c.balance, found->second.county, still_needed(found->second)});
}

}  // namespace landex::model
