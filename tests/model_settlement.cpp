// The model's settlement: what becomes of a deal that both sides have agreed on. Each buyer's money is counted by the
// number of the bid or deal that it was put up for.
#include <algorithm>

#include "tests/model.hpp"

namespace landex::model {

namespace command = engine::command;
namespace event = engine::event;
using engine::DealState;
using engine::Reason;
using engine::Venue;
using policy::Clause;
using policy::Parameter;

/// What a buyer puts up for a price: of each 10 000 fen the share, of a rest as much as it takes.
Fen Exchange::deposit_for(Fen price) const {
  const policy::Row* share = venue_ == Venue::production ? pack_->row(Parameter::deposit_share, *day_) : nullptr;
  if (share == nullptr) return price + fee_of(price, *day_);
  const int64_t of_wholes = price.raw() / 10'000 * share->value, of_rest = price.raw() % 10'000 * share->value;
  return Fen::fen(of_wholes + of_rest / 10'000 + (of_rest % 10'000 != 0 ? 1 : 0));
}

/// From here on `who` has put up `target` under that number.
void Exchange::put_up(uint64_t number, District who, Fen target) {
  const Fen before = put_up_[number];
  put_up_[number] = target;
  if (target > before) move(who, Purse::free, who, Purse::held, target - before, {}, number);
  if (target < before) move(who, Purse::held, who, Purse::free, before - target, {}, number);
}

/// Both sides have put up their part.
void Exchange::accepted(Deal& deal) {
  deal.matched = *day_;
  deal.accepted_by = seq_;
  deal.fee = fee_of(deal.amount, *day_);
  if (const policy::Row* row = pack_->row(Parameter::fee_share, *day_)) deal.fee_rule = row->clause;
  to_state(deal, DealState::accepted);
  for (const auto& leg : deal.legs)
    if (route(leg.instrument, deal.seller, deal.buyer) != nullptr)
      warn_purchase(deal.buyer, leg.instrument, leg.quantity, deal.id.value);
  if (venue_ == Venue::simulation && put_up_[deal.id.value] == cost_of(deal)) settle(deal);
}

void Exchange::settle(Deal& deal) {
  const auto rule_of = [&](const command::Leg& leg) {
    const policy::FloorRoute* on_route = route(leg.instrument, deal.seller, deal.buyer, *deal.matched);
    return on_route != nullptr ? Rule{on_route->clause} : Rule{};
  };
  Rule rule;
  for (const auto& leg : deal.legs)
    if (!rule) rule = rule_of(leg);
  if (!rule && !deal.titles.empty())
    rule = joint(deal) ? Clause::h66_6_5 : rule_of_product(card(deal.titles[0].title)->product);
  put_up_.erase(deal.id.value);
  move(deal.buyer, Purse::held, deal.seller, Purse::free, deal.amount, rule, deal.id.value);
  if (deal.fee != Fen{}) move(deal.buyer, Purse::held, city(), Purse::free, deal.fee, deal.fee_rule, deal.id.value);
  for (const auto& leg : deal.legs)
    move(leg.instrument, deal.seller, Purse::held, deal.buyer, Purse::free, leg.quantity, rule_of(leg), deal.id.value);
  for (const auto& leg : deal.titles)
    give(leg.title, deal.buyer, clearing::TitleState::held, rule_of_product(card(leg.title)->product), deal.id.value);
  to_state(deal, DealState::settled);
}

/// Which rule of the day of the match is broken: rows that were revoked do not count.
std::optional<engine::Refusal> Exchange::against_law_of_match(const Deal& deal) const {
  const policy::Row* row_of_moment = pack_->row(Parameter::floor_moment, *day_);
  const bool asked_now = row_of_moment == nullptr || row_of_moment->value != 1;
  for (const auto& leg : deal.legs) {
    const policy::FloorRoute* on_route = route(leg.instrument, deal.seller, deal.buyer, *deal.matched);
    if (on_route == nullptr) continue;
    const PriceRow* row = price_row(leg.instrument, *deal.matched);
    if (leg.price && row == nullptr) return engine::Refusal{Reason::no_price_in_force, on_route->clause, {}, {}};
    if (!leg.price && row != nullptr && row->id.value <= deal.accepted_by)
      return engine::Refusal{Reason::price_missing, on_route->clause, {}, {}};
    if (leg.price && asked_now && *on_tick(leg.instrument, *leg.price) < floor_price(leg.instrument, row->rate))
      return engine::Refusal{Reason::below_floor, on_route->clause, {}, {}};
  }
  return std::nullopt;
}

void Exchange::make_void(Deal& deal, std::optional<engine::Refusal> refusal, const std::string& reason,
                         const std::string& document) {
  to_state(deal, DealState::voided);
  out_.push_back(event::DealVoided{deal.id, deal.seller, deal.buyer, std::move(refusal), reason, document});
  put_up(deal.id.value, deal.buyer, {});
  for (const auto& leg : deal.legs)
    move(leg.instrument, deal.seller, Purse::held, deal.seller, Purse::free, leg.quantity, {}, deal.id.value);
  titles_of(deal, false);
}

void Exchange::run(const command::ConfirmDeal& c) {
  require_text(c.document);
  const auto found = deals_.find(c.deal);
  if (found == deals_.end()) refuse(Reason::unknown_deal);
  if (found != deals_.end() && found->second.state != DealState::accepted) refuse(Reason::deal_state_forbids);
  const policy::Row *notice = pack_->row(Parameter::notice_days, *day_),
                    *payment = pack_->row(Parameter::payment_days, *day_);
  std::optional<Day> notice_until, pay_by;
  if (notice != nullptr && payment != nullptr)
    notice_until = working_days_after(*pack_, *day_, static_cast<int>(notice->value));
  if (notice_until) pay_by = working_days_after(*pack_, *notice_until, static_cast<int>(payment->value));
  if (!pay_by) refuse(Reason::no_rule_in_force, Clause::h66_21_4);
  if (refusal_) return;

  Deal& deal = found->second;
  if (auto broken = against_law_of_match(deal)) return make_void(deal, broken, {}, c.document);
  deal.notice_until = notice_until;
  deal.pay_by = pay_by;
  to_state(deal, DealState::confirmed);
  out_.push_back(event::DealConfirmed{deal.id, deal.seller, deal.buyer, c.document, *notice_until, *pay_by});
}

void Exchange::run(const command::PayDeal& c) {
  const auto found = deals_.find(c.deal);
  if (found == deals_.end()) return refuse(Reason::unknown_deal);
  Deal& deal = found->second;
  if (who_ != deal.buyer) refuse(Reason::not_your_deal);
  if (deal.state != DealState::confirmed) refuse(Reason::deal_state_forbids);
  if (deal.matched && money(deal.buyer, Purse::free) < cost_of(deal) - put_up_[deal.id.value])
    refuse(Reason::not_enough_money);
  if (refusal_) return;
  put_up(deal.id.value, deal.buyer, cost_of(deal));
  to_state(deal, DealState::paid);
}

void Exchange::run(const command::SettleDeal& c) {
  const auto found = deals_.find(c.deal);
  if (found == deals_.end()) return refuse(Reason::unknown_deal);
  Deal& deal = found->second;
  if (deal.state != DealState::paid) refuse(Reason::deal_state_forbids);
  if (deal.notice_until && !(*deal.notice_until < *day_)) refuse(Reason::notice_not_over, Clause::h66_21_4);
  if (!refusal_) settle(deal);
}

void Exchange::run(const command::VoidDeal& c) {
  require_text(c.reason);
  require_text(c.document);
  const auto found = deals_.find(c.deal);
  if (found == deals_.end()) return refuse(Reason::unknown_deal);
  const DealState state = found->second.state;
  if (state != DealState::accepted && state != DealState::confirmed && state != DealState::paid)
    refuse(Reason::deal_state_forbids);
  if (!refusal_) make_void(found->second, {}, c.reason, c.document);
}

void Exchange::run(const command::RevokePrice& c) {
  require_text(c.document);
  const auto row = std::ranges::find(prices_, c.row, &PriceRow::id);
  if (row == prices_.end() || row->revoked) return refuse(Reason::unknown_price_row, Clause::h66_7_4);
  if (day_ && row->period.contains(*day_)) refuse(Reason::price_changes_open_day, Clause::h66_7_6);
  if (refusal_) return;
  row->revoked = true;
  const PriceRowId id = row->id;
  out_.push_back(event::PriceRevoked{row->id, row->instrument, row->period.from, row->period.until, c.document});
  // What was booked at it waits again. What is not there to be taken back, the county has had.
  for (const Priced& p : priced_) {
    if (p.row != id) continue;
    const Fen back = std::min(p.amount, money(p.claim.county, Purse::claims));
    move(p.claim.county, Purse::claims, city(), Purse::claims, back, Clause::h66_7_4, p.claim.filing.value);
    had_[p.claim.county] += p.amount - back;
    out_.push_back(event::ClaimBooked{p.claim.filing, p.claim.county, p.claim.instrument, p.claim.quantity, {}, {}});
    pending_.push_back(p.claim);
  }
  std::erase_if(priced_, [&](const Priced& p) { return p.row == id; });
}

/// With the day: who was to pay before it and has not, the earliest first, of one day the lower number; then what was
/// agreed on and nobody has confirmed in the working days that there were for it.
void Exchange::end_unpaid_deals() {
  std::vector<Deal*> late;
  for (auto& [id, deal] : deals_)
    if (deal.state == DealState::confirmed && *deal.pay_by < *day_) late.push_back(&deal);
  std::ranges::stable_sort(late, {}, [](const Deal* deal) { return *deal->pay_by; });
  for (Deal* deal : late) {
    to_state(*deal, DealState::defaulted);
    const policy::Row* row = pack_->row(Parameter::default_consequence, *deal->pay_by);
    District to = deal->buyer;
    if (row != nullptr) to = row->value == 2 && is_open(city()) ? city() : deal->seller;
    const Fen deposit = put_up_[deal->id.value];
    put_up_.erase(deal->id.value);
    move(deal->buyer, Purse::held, to, Purse::free, deposit, row != nullptr ? Rule{row->clause} : Rule{},
         deal->id.value);
    for (const auto& leg : deal->legs)
      move(leg.instrument, deal->seller, Purse::held, deal->seller, Purse::free, leg.quantity, {}, deal->id.value);
    titles_of(*deal, false);
  }
  for (auto& [id, deal] : deals_) {
    if (deal.state != DealState::accepted) continue;
    const policy::Row* row = pack_->row(Parameter::confirm_days, *deal.matched);
    const auto last =
        row == nullptr ? std::optional<Day>{} : working_days_after(*pack_, *deal.matched, static_cast<int>(row->value));
    if (!last || *last >= *day_) continue;
    to_state(deal, DealState::lapsed);
    put_up(id.value, deal.buyer, {});
    for (const auto& leg : deal.legs)
      move(leg.instrument, deal.seller, Purse::held, deal.seller, Purse::free, leg.quantity, {}, id.value);
    titles_of(deal, false);
  }
}

}  // namespace landex::model
