#include "tests/model.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <type_traits>

#include "matching/types/bounds.hpp"

namespace landex::model {
using namespace engine;
using policy::Clause;
using policy::Parameter;

namespace {

constexpr size_t kWindow = 4096;   // results remembered for one stream
constexpr size_t kStreams = 4096;  // streams of one person
constexpr size_t kLongestText = 200;
constexpr size_t kMostPlots = 1000;
constexpr size_t kMostLegs = 4;
constexpr uint32_t kBehaviour = 1;

template <class T>
bool within(T value, int64_t least, T most) {
  return value.raw() >= least && value.raw() <= most.raw();
}

int64_t moment_of_floor(const policy::Pack& pack, Day day) {
  const policy::Row* row = pack.row(Parameter::floor_moment, day);
  return row == nullptr ? 3 : row->value;
}

template <class C, class... Any>
constexpr bool kOneOf = (std::is_same_v<C, Any> || ...);

template <class C>
bool permitted(const Envelope& who, const C& c) {
  const bool bureau = who.role == Role::bureau;
  if constexpr (kOneOf<C, command::Tick>) {
    return who.role == Role::system;
  } else if constexpr (kOneOf<C, command::Propose>) {
    return std::visit([&](const auto& carried) { return permitted(who, carried); }, c.subject);
  } else if constexpr (kOneOf<C, command::DecideProposal, command::Resubmit, command::WithdrawProposal,
                              command::RepayAdvance, command::WithdrawRequest, command::ReturnAllotment>) {
    return bureau || who.role == Role::district;
  } else if constexpr (kOneOf<C, command::LendLand, command::ReturnLand, command::TakeAllotment,
                              command::FillBalance>) {
    return who.role == Role::district;
  } else if constexpr (kOneOf<C, command::RegisterNeed, command::OpenBalance, command::RequestPool>) {
    return who.role == Role::district && who.participant == c.county;
  } else if constexpr (kOneOf<C, command::MoveProject, command::ClearConflict, command::FlagPlot>) {
    return bureau || who.role == Role::district;  // of which project and plot: permitted_here
  } else if constexpr (kOneOf<C, command::CancelOrders>) {
    return bureau || (who.role == Role::district && who.participant == c.participant);
  } else if constexpr (kOneOf<C, command::CancelAuction, command::CloseBalance>) {
    return bureau || who.role == Role::district;
  } else if constexpr (kOneOf<C, command::AnnounceSealed, command::BidSealed, command::AmendBid, command::WithdrawBid,
                              command::AnnounceListing, command::BidListing, command::DeclareBidder>) {
    return who.role == Role::district;
  } else if constexpr (kOneOf<C, command::Activate, command::SetVenue, command::SetProfile>) {
    return bureau || who.role == Role::system;
  } else if constexpr (kOneOf<C, command::FileBatch, command::EnterPlots, command::RegisterProject,
                              command::RecordConflict, command::RegisterTitle, command::UseReservedScale>) {
    return bureau || (who.role == Role::district && who.participant == c.county);
  } else if constexpr (kOneOf<C, command::PlaceOrder, command::PlaceAtBest, command::ReplaceOrder, command::CancelOrder,
                              command::ProposeDeal, command::CounterDeal, command::AcceptDeal, command::EndDeal,
                              command::WriteOff, command::ApplyAdvance, command::PayDeal, command::SplitTitle,
                              command::UseTitles>) {
    return who.role == Role::district;
  } else {
    return bureau;
  }
}

/// floor(value × total / 10 000) without the large product.
int64_t share_of(int64_t total, int64_t value) {
  return checked_add(checked_mul(value, total / 10'000), checked_mul(value, total % 10'000) / 10'000);
}

using Parts = std::vector<std::pair<Instrument, Quantity>>;
Parts parts_of(IndicatorKind kind, Area area, Area paddy, Capacity capacity) {
  if (kind == IndicatorKind::linkage) return {{Instrument::linkage, Quantity::of(area)}};
  return {{Instrument::supplementary_area, Quantity::of(area)},
          {Instrument::supplementary_paddy, Quantity::of(paddy)},
          {Instrument::supplementary_capacity, Quantity::of(capacity)}};
}

}  // namespace

template <class C>
void Exchange::act(const Envelope& from, const C& c) {
  who_ = from.participant;
  by_bureau_ = from.role == Role::bureau;
  const bool needs_policy = !kOneOf<C, command::Activate, command::Tick>;
  const bool needs_day =
      needs_policy &&
      !kOneOf<C, command::SetVenue, command::OpenDay, command::PublishPrice, command::RevokePrice, command::SetProfile>;
  if (!permitted(from, c) || !permitted_here(from, Command{c})) refuse(Reason::not_permitted);
  if (needs_policy && !pack_) refuse(Reason::no_policy_active);
  if (needs_day && !day_) refuse(Reason::day_not_open);
  // Nothing that a command states below comes before these three, so it may rely on a policy and a day.
  if (!refusal_) run(c);
}
template void Exchange::act(const Envelope&, const command::DeductBatch&);
template void Exchange::act(const Envelope&, const command::WriteOff&);
template void Exchange::act(const Envelope&, const command::PublishPrice&);
template void Exchange::act(const Envelope&, const command::SettleDeal&);
template void Exchange::act(const Envelope&, const command::SettleClaims&);
template void Exchange::act(const Envelope&, const command::Withdraw&);
template void Exchange::act(const Envelope&, const command::CancelAuction&);
template void Exchange::act(const Envelope&, const command::FileBatch&);
template void Exchange::act(const Envelope&, const command::EnterPlots&);
template void Exchange::act(const Envelope&, const command::ApplyAdvance&);
template void Exchange::act(const Envelope&, const command::ConfirmDeal&);
template void Exchange::act(const Envelope&, const command::VoidDeal&);
template void Exchange::act(const Envelope&, const command::RevokePrice&);
template void Exchange::act(const Envelope&, const command::AdjustBatch&);
template void Exchange::act(const Envelope&, const command::CancelLand&);
template void Exchange::act(const Envelope&, const command::TransferLand&);
template void Exchange::act(const Envelope&, const command::RestoreLand&);
template void Exchange::act(const Envelope&, const command::FreezeLand&);
template void Exchange::act(const Envelope&, const command::UnfreezeLand&);
template void Exchange::act(const Envelope&, const command::LendLand&);
template void Exchange::act(const Envelope&, const command::RepayAdvance&);
template void Exchange::act(const Envelope&, const command::AllocatePool&);
template void Exchange::act(const Envelope&, const command::AllotPlots&);
template void Exchange::act(const Envelope&, const command::OpenProduct&);
template void Exchange::act(const Envelope&, const command::CertifyGap&);
template void Exchange::act(const Envelope&, const command::UseTitles&);
template void Exchange::act(const Envelope&, const command::RequestPool&);
template void Exchange::act(const Envelope&, const command::FillBalance&);
template void Exchange::act(const Envelope&, const command::CancelTitle&);
template void Exchange::act(const Envelope&, const command::RegisterTitle&);
template void Exchange::act(const Envelope&, const command::ExecuteRun&);
template void Exchange::act(const Envelope&, const command::PublishStandard&);
template void Exchange::act(const Envelope&, const command::RevokeStandard&);
template void Exchange::act(const Envelope&, const command::EarmarkFund&);
template void Exchange::act(const Envelope&, const command::RegisterTask&);
template void Exchange::act(const Envelope&, const command::RecordRestored&);
template void Exchange::act(const Envelope&, const command::AgreeUndertaking&);
template void Exchange::act(const Envelope&, const command::RegisterEnclave&);
template void Exchange::act(const Envelope&, const command::AgreePbfTask&);
template void Exchange::act(const Envelope&, const command::UseReservedScale&);

Events Exchange::apply(const Stamped& stamped) {
  const Envelope& from = stamped.envelope;
  seq_ = number_ = stamped.seq.value;
  now_ = stamped.at;
  from_ = from;
  who_ = from.participant;
  by_bureau_ = from.role == Role::bureau;
  trades_ = 0;
  refusal_.reset();
  out_.clear();
  fire_due();
  tell_best();

  const auto refused = [&](Reason reason) {
    out_.push_back(event::Refused{Refusal{reason, {}, {}, {}}});
    return out_;
  };
  auto& streams = (*streams_)[from.person];
  const auto known = streams.find(from.client_key);
  if (from.counter.value == 0) return refused(Reason::value_out_of_range);
  if (known != streams.end() && from.counter <= known->second.highest) {
    for (const Result& r : known->second.results) {
      if (r.counter != from.counter) continue;
      if (r.command != stamped.command) return refused(Reason::exists_with_different_field);
      out_.push_back(event::Repeated{r.seq, r.refusal});
      return out_;
    }
    return refused(Reason::already_used);
  }
  if (known == streams.end() && streams.size() >= kStreams) return refused(Reason::too_many_client_keys);

  std::visit(
      [&]<class C>(const C& c) {
        if constexpr (kIsOneOf<C, SubjectList>) {
          const Subject subject{c};
          // Then it can only be refused: for what it is, or because it was not proposed.
          if (chain_of(kind_of(subject)) || kOneOf<C, command::ApplyAdvance, command::AllocatePool>) {
            refuse(Reason::approval_needed);
            return require_possible(from, subject);
          }
        }
        act(from, c);
      },
      stamped.command);
  if (refusal_)
    out_.push_back(event::Refused{*refusal_});  // nothing is told before the last condition
  else
    tell_best();

  Stream& stream = streams[from.client_key];
  stream.highest = from.counter;
  stream.results.push_back({from.counter, stamped.seq, stamped.command, refusal_});
  if (stream.results.size() > kWindow) stream.results.pop_front();
  return out_;
}

Quantity Exchange::land(Instrument instrument, District participant, Purse purse) const {
  return value_or_zero(land_, std::tuple{instrument, participant, purse});
}

Fen Exchange::money(District participant, Purse purse) const {
  return value_or_zero(money_, std::pair{participant, purse});
}

// Conditions.

void Exchange::refuse(Reason reason, Rule rule) {
  const auto rank = [](Reason r) { return std::ranges::find(kPrecedence, r) - kPrecedence.begin(); };
  if (!refusal_ || rank(reason) < rank(refusal_->reason)) refusal_ = Refusal{reason, rule, {}, {}};
}

void Exchange::require_text(const std::string& text, Rule rule_if_missing) {
  if (text.empty()) refuse(Reason::document_missing, rule_if_missing);
  if (text.size() > kLongestText) refuse(Reason::value_out_of_range);
}

void Exchange::require_account(District participant) {
  if (!is_open(participant)) refuse(Reason::account_not_open);
}

/// What a filing needs: an account that is not the city's, and a city that can take its part.
void Exchange::require_county(District county) {
  require_account(county);
  require_account(city());
  if (is_open(county) && classes_.at(county) == ParticipantClass::city) refuse(Reason::unknown_unit);
}

/// What `who`, seller or buyer, has to put up for the deal.
void Exchange::require_side(const Deal& deal, District who) {
  if (who == deal.seller) {
    for (const auto& leg : deal.legs) {
      if (land(leg.instrument, who, Purse::free) < leg.quantity) refuse(Reason::not_enough_land);
      require_offer(who, leg.instrument, leg.quantity);
    }
  } else if (money(who, Purse::free) < deposit_for(deal.amount)) {
    refuse(Reason::not_enough_money);
  }
}

// What is so.

District Exchange::city() const {
  for (const auto& unit : pack_->units)
    if (unit.kind == ParticipantClass::city) return unit.district;
  assert(false && "an active pack has one city");
  return {};
}

/// Of the open day.
const Exchange::PriceRow* Exchange::price_row(Instrument instrument, Day day) const {
  for (const PriceRow& row : prices_)
    if (row.instrument == instrument && row.period.contains(day) && !row.revoked) return &row;
  return nullptr;
}

/// The floor route that covers this pair on a day.
const policy::FloorRoute* Exchange::route(Instrument instrument, District seller, District buyer, Day day) const {
  if (!is_supplementary(instrument) || !is_open(seller) || !is_open(buyer)) return nullptr;
  return pack_->floor_route(classes_.at(seller), classes_.at(buyer), day);
}

Quantity Exchange::due(District county, Instrument instrument, Quantity filed_now, const policy::RowId& share) const {
  const std::tuple key{county, instrument, share};
  const Quantity filed = value_or_zero(filed_under_row_, key) + filed_now;
  const Quantity owed = Quantity::from_raw(share_of(filed.raw(), share.value)) - value_or_zero(pooled_under_row_, key);
  return std::max(owed, Quantity{});
}

// What is done.

void Exchange::move(District from, Purse from_purse, District to, Purse to_purse, Fen amount, Rule rule,
                    uint64_t cause) {
  if (amount == Fen{}) return;
  money_[{from, from_purse}] -= amount;
  money_[{to, to_purse}] += amount;
  out_.push_back(event::MoneyMoved{from, from_purse, to, to_purse, amount, rule, cause});
}

void Exchange::move(Instrument instrument, District from, Purse from_purse, District to, Purse to_purse,
                    Quantity quantity, Rule rule, uint64_t cause, std::optional<FilingId> first) {
  if (quantity == Quantity{}) return;
  land_[{instrument, from, from_purse}] -= quantity;
  land_[{instrument, to, to_purse}] += quantity;
  if (from_purse == Purse::pool || to_purse == Purse::pool) pool_moved_ = number_;
  out_.push_back(event::LandMoved{instrument, from, from_purse, to, to_purse, quantity, rule, cause});
  const auto place = [](Purse p) {
    switch (p) {
      case Purse::pool:
        return Place::pool;
      case Purse::used:
        return Place::used;
      case Purse::cancelled:
        return Place::cancelled;
      case Purse::borrowed:
        return Place::borrowed;
      case Purse::outside:
        return Place::outside;
      default:
        return Place::stock;
    }
  };
  const Place here = place(from_purse), there = place(to_purse);
  if (here == Place::outside) return move_lot(instrument, *first, from, here, to, there, quantity, cause);
  if (from == to && here == there) return;
  auto left = quantity;
  auto& lots = lots_[{instrument, from, here}];
  const auto take = [&](FilingId lot) {
    const Quantity part = std::min(left, value_or_zero(lots, lot));
    if (part > Quantity{}) move_lot(instrument, lot, from, here, to, there, part, cause);
    left -= part;
  };
  if (first) take(*first);
  const auto in_order = lots;
  for (const auto& [lot, amount] : in_order) take(lot);
}

void Exchange::move_lot(Instrument instrument, FilingId lot, District from, Place from_place, District to,
                        Place to_place, Quantity quantity, uint64_t cause) {
  if (from_place != Place::outside) {
    auto& lots = lots_[{instrument, from, from_place}];
    lots[lot] -= quantity;
    if (lots[lot] == Quantity{}) lots.erase(lot);
  }
  lots_[{instrument, to, to_place}][lot] += quantity;
  out_.push_back(event::LotMoved{instrument, lot, from, from_place, to, to_place, quantity, cause});
}

// Policy, venue, day.

/// Is it a number that this kind of row can hold? From the words of the parameters, one by one.
static bool sensible(const policy::Row& r) {
  using policy::Parameter;
  const int64_t v = r.value;
  switch (r.parameter) {
    case Parameter::pooled_share_supplementary:
    case Parameter::pooled_share_pbf:
    case Parameter::advance_share:
    case Parameter::deposit_share:
    case Parameter::fee_share:
      return v >= 0 && v <= 10'000;  // nothing … all
    case Parameter::pbf_lowest_grade:
      return v >= 1 && v <= 15;
    case Parameter::advance_months:
      return v >= 1 && v <= 12 * 100;
    case Parameter::notice_days:
    case Parameter::payment_days:
    case Parameter::confirm_days:
    case Parameter::take_days:
    case Parameter::holding_days:
      return v >= 0 && v <= 250;
    case Parameter::default_consequence:
    case Parameter::own_need_consequence:
    case Parameter::gap_consequence:
    case Parameter::skip_consequence:
      return v == 1 || v == 2;
    case Parameter::floor_moment:
    case Parameter::release_price:
      return v == 1 || v == 2 || v == 3;
    case Parameter::purchase_limit:
      return v >= 1 && v <= kMaxQuantity.raw();
    case Parameter::holding_limit:
      return v >= 0 && v <= kMaxQuantity.raw();
    case Parameter::pool_base:
    case Parameter::pool_rounding:
    case Parameter::payable_moment:
    case Parameter::payable_payer:
    case Parameter::advance_base:
    case Parameter::advance_netting:
      return v == 1;  // one meaning so far
    case Parameter::protection_excellent:
    case Parameter::protection_good:
    case Parameter::protection_pass:
    case Parameter::protection_fail:
    case Parameter::guide_gap_weight:
    case Parameter::guide_tax_weight:
      return v >= 0 && v <= 100'000;  // nothing … tenfold
    case Parameter::guide_premium:
    case Parameter::guide_band:
    case Parameter::reward_tilt:
    case Parameter::rice_uplift:
    case Parameter::homestead_share:
    case Parameter::standard_farmland_share:
    case Parameter::reserved_scale_share:
      return v >= 0 && v <= 10'000;
    case Parameter::protection_sharing:
    case Parameter::pbf_rate_base:
    case Parameter::enclave_reduction_mode:
    case Parameter::enclave_reduction_of:
      return v == 1 || v == 2;
    case Parameter::over_budget:
      return v == 1 || v == 2 || v == 3;
    case Parameter::restoration_cycle:
      return v >= 1 && v <= 50;
    case Parameter::enclave_space:
    case Parameter::enclave_reduction:
      return v >= 1 && v <= kMaxQuantity.raw();
  }
  return false;
}

/// A step of the district is for a second person of the proposer's office: the bureau has no district.
static bool somebody_for_each_step(const policy::Chain& c) {
  using policy::SubjectKind;
  const bool county_may_propose = c.subject == SubjectKind::write_off || c.subject == SubjectKind::apply_advance ||
                                  c.subject == SubjectKind::cancel_auction || c.subject == SubjectKind::file_batch ||
                                  c.subject == SubjectKind::enter_plots || c.subject == SubjectKind::lend_land ||
                                  c.subject == SubjectKind::repay_advance || c.subject == SubjectKind::use_titles ||
                                  c.subject == SubjectKind::request_pool || c.subject == SubjectKind::fill_balance ||
                                  c.subject == SubjectKind::register_title ||
                                  c.subject == SubjectKind::use_reserved_scale;
  for (const auto& step : c.steps)
    if (step.role == policy::ChainRole::district && !county_may_propose) return false;
  return true;
}

void Exchange::run(const command::Activate& c) {
  const auto is_city = [](const policy::Unit& u) { return u.kind == ParticipantClass::city; };
  if (c.behaviour != kBehaviour) refuse(Reason::unknown_behaviour);
  if (c.pack.from > c.pack.until || std::ranges::count_if(c.pack.units, is_city) != 1)
    refuse(Reason::policy_not_usable);
  else if (pack_ && std::ranges::find_if(c.pack.units, is_city)->district != city())
    refuse(Reason::policy_not_usable);
  for (const policy::Row& r : c.pack.rows)
    if (!sensible(r)) refuse(Reason::policy_not_usable);
  for (size_t i = 0; i < c.pack.chains.size(); ++i) {
    const policy::Chain& one = c.pack.chains[i];
    if (!can_be_followed(one) || !somebody_for_each_step(one)) refuse(Reason::policy_not_usable);
    for (size_t j = 0; j < i; ++j) {
      const policy::Chain& other = c.pack.chains[j];
      const bool one_venue = !one.venue || !other.venue || *one.venue == *other.venue;
      if (one.subject == other.subject && one_venue && one.from <= other.until && other.from <= one.until)
        refuse(Reason::policy_not_usable);
    }
  }
  if (c.pack.calendar && !in_order(*c.pack.calendar)) refuse(Reason::policy_not_usable);
  if (day_) refuse(Reason::day_already_open);
  if (refusal_) return;
  pack_ = c.pack;
  out_.push_back(event::Activated{c.behaviour, c.pack.rule_set});
}

void Exchange::run(const command::SetVenue& c) {
  if (by_bureau_ && last_opened_) refuse(Reason::not_permitted);  // once there has been a day, landexd alone
  if (!exists(c.venue)) refuse(Reason::value_out_of_range);
  if (day_) refuse(Reason::day_already_open);
  if (venue_ == c.venue) refuse(Reason::venue_already_set);
  if (refusal_) return;
  venue_ = c.venue;
  out_.push_back(event::VenueSet{c.venue});
}

void Exchange::run(const command::OpenDay& c) {
  if (day_) refuse(Reason::day_already_open);
  if (last_opened_ && c.day <= *last_opened_) refuse(Reason::day_not_later);
  if (!pack_->period().contains(c.day)) refuse(Reason::no_rule_in_force);
  if (refusal_) return;
  day_ = last_opened_ = c.day;
  out_.push_back(event::DayOpened{c.day});
  opened_at_ = now_;
  end_unpaid_deals();
  expire_orders();
  expire();
  tell_overdue();
  requests_of_the_day();
  wake_auctions();
  open_sessions(c);
  papers_of_the_day();
  advances_of_the_day();
}

void Exchange::run(const command::CloseDay& c) {
  if (c.day != *day_) refuse(Reason::day_not_open);
  if (refusal_) return;
  close_sessions();
  for (auto& [id, deal] : deals_) {
    if (deal.state != DealState::proposed) continue;
    hold(deal, deal.proposer, Purse::held, Purse::free);
    to_state(deal, DealState::lapsed);
  }
  forget_decided_auctions();
  forget_plans();
  closed_at_ = now_;
  day_.reset();
  out_.push_back(event::DayClosed{c.day});
}

// Accounts and money.

void Exchange::run(const command::OpenAccount& c) {
  const policy::Unit* unit = pack_->unit(c.participant, *day_);
  if (unit == nullptr) refuse(Reason::unknown_unit);
  if (is_open(c.participant)) refuse(Reason::account_already_open);
  if (refusal_) return;
  classes_[c.participant] = unit->kind;
  seats_.push_back(c.participant);
  out_.push_back(event::AccountOpened{c.participant, unit->kind});
}

void Exchange::run(const command::Deposit& c) {
  require_account(c.participant);
  if (!within(c.amount, 1, kMaxMoney)) refuse(Reason::value_out_of_range);
  require_text(c.document);
  if (refusal_) return;
  Fen inside = c.amount;
  for (const auto& [purse, balance] : money_)
    if (purse.second == Purse::outside) inside -= balance;
  if (inside > kMaxMoney) return refuse(Reason::total_out_of_range);
  move(c.participant, Purse::outside, c.participant, Purse::free, c.amount, {}, seq_);
}

void Exchange::run(const command::Withdraw& c) {
  require_account(c.participant);
  if (!within(c.amount, 1, kMaxMoney)) refuse(Reason::value_out_of_range);
  require_text(c.document);
  if (money(c.participant, Purse::free) < c.amount) refuse(Reason::not_enough_money);
  if (refusal_) return;
  move(c.participant, Purse::free, c.participant, Purse::outside, c.amount, {}, seq_);
}

// Prices, the registry, the pool. total_out_of_range is last in the precedence: it is reckoned only where nothing else
// forbids, when all numbers are in range.

void Exchange::run(const command::PublishPrice& c) {
  const Period period{c.from, c.until};
  if (!exists(c.instrument)) refuse(Reason::unknown_instrument, Clause::h66_21_2);
  if (c.instrument == Instrument::linkage) refuse(Reason::component_not_in_kind, Clause::h66_7_4);
  if (!within(c.rate, 1, kMaxRate)) refuse(Reason::value_out_of_range);
  require_text(c.document);
  require_text(c.approver);
  if (c.from > c.until) refuse(Reason::period_ends_before_it_begins);
  for (const PriceRow& row : prices_)
    if (row.instrument == c.instrument && row.period.overlaps(period) && !row.revoked)
      refuse(Reason::price_overlaps, Clause::h66_7_4);
  if (day_ && period.contains(*day_)) refuse(Reason::price_changes_open_day, Clause::h66_7_6);
  if (refusal_) return;

  const PriceRow row{PriceRowId{seq_}, c.instrument, c.rate, period};
  const auto priced_now = [&](const PendingClaim& p) { return p.instrument == c.instrument && period.contains(p.day); };
  Fen owed = owed_by_city();
  for (const PendingClaim& claim : pending_) {
    if (priced_now(claim)) owed += payable(claim.instrument, claim.quantity, c.rate);
    if (owed > kMaxMoney) return refuse(Reason::total_out_of_range);
  }

  prices_.push_back(row);
  out_.push_back(event::PricePublished{row.id, c.instrument, c.rate, c.from, c.until, c.document, c.approver});
  for (const PendingClaim& claim : pending_)
    if (priced_now(claim)) book_claim(claim, row);
  std::erase_if(pending_, priced_now);
}

void Exchange::book_claim(const PendingClaim& claim, const PriceRow& row) {
  const Fen amount = payable(claim.instrument, claim.quantity, row.rate);
  out_.push_back(event::ClaimBooked{claim.filing, claim.county, claim.instrument, claim.quantity, amount, row.id});
  move(city(), Purse::claims, claim.county, Purse::claims, amount, Clause::h66_7_4, claim.filing.value);
  priced_.push_back({row.id, claim, amount});
  Fen& had = had_[claim.county];
  const Fen made_good = std::min(had, amount);
  had -= made_good;
  move(claim.county, Purse::claims, city(), Purse::claims, made_good, Clause::h66_7_4, claim.filing.value);
  net(claim, amount - made_good);
}

void Exchange::run(const command::FileBatch& c) {
  const bool supplementary = c.kind == IndicatorKind::supplementary;
  const bool linkage = c.kind == IndicatorKind::linkage;
  const policy::Row* share = supplementary ? pack_->row(Parameter::pooled_share_supplementary, *day_) : nullptr;
  require_county(c.county);
  if (!exists(c.kind)) refuse(Reason::value_out_of_range);
  if (!within(Quantity::of(c.area), 1, kMaxQuantity)) refuse(Reason::value_out_of_range);
  if (!within(Quantity::of(c.paddy), 0, kMaxQuantity)) refuse(Reason::value_out_of_range);
  if (!within(Quantity::of(c.capacity), 0, kMaxQuantity)) refuse(Reason::value_out_of_range);
  require_text(c.project);
  require_text(c.document);
  if (linkage && (c.paddy != Area{} || c.capacity != Capacity{}))
    refuse(Reason::component_not_in_kind, Clause::h66_14_1);
  if (c.paddy > c.area) refuse(Reason::paddy_exceeds_area);
  if (supplementary && share == nullptr) refuse(Reason::no_rule_in_force, Clause::h66_7_2);
  require_details(c);
  if (refusal_) return;

  const Parts parts = parts_of(c.kind, c.area, c.paddy, c.capacity);
  std::optional<policy::RowId> row;
  if (share != nullptr) row = share->id();
  require_reckonable(c.county, *day_, parts, row);
  if (refusal_) return;

  Filing& filing = filings_[FilingId{seq_}];
  filing = {};
  filing.county = c.county;
  filing.kind = c.kind;
  filing.filed = {parts.begin(), parts.end()};
  filing.share_from = row;
  filing.numbers = {seq_};
  filing.last_day = c.expires;
  filing.day = *day_;
  filing.grade = c.grade;
  if (c.plots)
    for (const auto& p : *c.plots) {
      filing.plots.push_back(p.plot);
      filing.of_plots += Quantity::of(p.area);
    }
  out_.push_back(event::Filed{FilingId{seq_}, c.county, c.kind, c.area, c.paddy, c.capacity, *day_});
  for (const auto& [instrument, quantity] : parts)
    move(instrument, c.county, Purse::outside, c.county, Purse::free, quantity, {}, seq_, FilingId{seq_});
  if (row)
    for (const auto& [instrument, quantity] : parts)
      if (quantity > Quantity{}) pool(FilingId{seq_}, c.county, *day_, instrument, quantity, *row);
  if (!c.project_id) return;
  ProjectFile& project = projects_.at(*c.project_id);
  if (project.state == ProjectState::filed) return;
  out_.push_back(event::ProjectMoved{*c.project_id, project.county, project.state, ProjectState::filed, c.document});
  project.state = ProjectState::filed;
}

/// What is filed now, and what the city comes to owe for its part, can be reckoned.
void Exchange::require_reckonable(District county, Day filed, const Parts& parts,
                                  const std::optional<policy::RowId>& share) {
  Fen owed = owed_by_city();
  for (const auto& [instrument, quantity] : parts) {
    Quantity issued = quantity;
    for (const auto& [place, balance] : land_)
      if (std::get<Instrument>(place) == instrument && std::get<Purse>(place) == Purse::outside) issued -= balance;
    if (issued > kMaxIssued) return refuse(Reason::total_out_of_range);
    const PriceRow* price = price_row(instrument, filed);
    if (share && price != nullptr && quantity > Quantity{})
      owed += payable(instrument, due(county, instrument, quantity, *share), price->rate);
    if (owed > kMaxMoney) return refuse(Reason::total_out_of_range);
  }
}

/// The city's part of one component of the filing at hand (H66-7.2), and what it owes for it (H66-7.4).
void Exchange::pool(FilingId filing, District county, Day filed, Instrument instrument, Quantity filed_now,
                    const policy::RowId& share) {
  const std::tuple key{county, instrument, share};
  const Quantity taken = due(county, instrument, filed_now, share);
  filed_under_row_[key] += filed_now;
  pooled_under_row_[key] += taken;
  if (taken == Quantity{}) return;
  move(instrument, county, Purse::free, city(), Purse::pool, taken, Clause::h66_7_2, filing.value, filing);
  const PendingClaim claim{filing, filed, county, instrument, taken};
  if (const PriceRow* row = price_row(instrument, filed)) return book_claim(claim, *row);
  out_.push_back(event::ClaimBooked{claim.filing, county, instrument, taken, {}, {}});
  pending_.push_back(claim);
}

void Exchange::run(const command::DeductBatch& c) {
  const std::array now{Quantity::of(c.area), Quantity::of(c.paddy), Quantity::of(c.capacity)};
  if (!std::ranges::all_of(now, [](Quantity q) { return within(q, 0, kMaxQuantity); }) ||
      std::ranges::all_of(now, [](Quantity q) { return q == Quantity{}; }))
    refuse(Reason::value_out_of_range);
  require_text(c.document);
  const auto found = filings_.find(c.filing);
  const bool known = found != filings_.end() && (found->second.kind == IndicatorKind::linkage ||
                                                 found->second.share_from);  // else it was filed outside the city
  if (known && found->second.kind == IndicatorKind::linkage && (c.paddy != Area{} || c.capacity != Capacity{}))
    refuse(Reason::component_not_in_kind, Clause::h66_14_1);
  if (!known) refuse(Reason::unknown_filing);
  if (refusal_) return;  // the conditions left all come later in the precedence
  Filing& filing = found->second;
  if (is_past(filing)) return refuse(Reason::batch_expired);
  const Parts parts = parts_of(filing.kind, c.area, c.paddy, c.capacity);
  for (const auto& [instrument, quantity] : parts) {
    if (filing.deducted[instrument] + quantity > filing.filed[instrument]) refuse(Reason::deduction_exceeds_filing);
    if (land(instrument, filing.county, Purse::free) < quantity) refuse(Reason::deduction_exceeds_holding);
  }
  if (refusal_) return;

  out_.push_back(event::Deducted{c.filing, c.area, c.paddy, c.capacity});
  for (const auto& [instrument, quantity] : parts) {
    move(instrument, filing.county, Purse::free, filing.county, Purse::cancelled, quantity, {}, c.filing.value,
         c.filing);
    filing.deducted[instrument] += quantity;
    if (filing.share_from) filed_under_row_[{filing.county, instrument, *filing.share_from}] -= quantity;
  }
  filing.numbers.push_back(seq_);
  filing.taken[seq_] = {parts.begin(), parts.end()};
}

void Exchange::run(const command::EnterPlots& c) {
  const policy::Row* share = pack_->row(Parameter::pooled_share_pbf, *day_);
  const policy::Row* lowest = pack_->row(Parameter::pbf_lowest_grade, *day_);
  require_county(c.county);
  require_text(c.document, Clause::h66_6_1);
  if (c.plots.empty()) refuse(Reason::no_plots);
  if (c.plots.size() > kMostPlots) refuse(Reason::value_out_of_range);
  for (size_t i = 0; i < c.plots.size(); ++i) {
    const command::Plot& p = c.plots[i];
    if (!within(Quantity::of(p.area), 1, kMaxQuantity) || p.grade < 1 || p.grade > 15 || p.plot.empty() ||
        p.plot.size() > kLongestText)
      refuse(Reason::value_out_of_range);
    for (size_t before = 0; before < i; ++before)
      if (c.plots[before].plot == p.plot) refuse(Reason::plot_already_entered);
    for (const LibraryPlot& entered : library_)
      if (entered.plot.plot == p.plot) refuse(Reason::plot_already_entered);
    if (cards_.contains(p.plot)) refuse(Reason::title_already_registered);
    if (in_dispute(p.plot)) refuse(Reason::plot_in_conflict, Clause::h66_9);
  }
  if (share == nullptr || lowest == nullptr) refuse(Reason::no_rule_in_force, Clause::h66_6_2);
  if (refusal_) return;
  Area together;
  for (const LibraryPlot& entered : library_) together += entered.plot.area;
  for (const command::Plot& p : c.plots) together += p.area;
  if (Quantity::of(together) > kMaxIssued) return refuse(Reason::total_out_of_range);

  for (const command::Plot& p : c.plots) {
    const bool qualifies = p.grade <= lowest->value;
    library_.push_back({c.county, p, qualifies, share->id(), false});
    out_.push_back(event::PlotEntered{c.county, p.plot, p.area, p.grade, qualifies});
    plot_becomes_title(p.plot, c.county, p);
    if (p.grain_zone == true || p.high_standard == true)
      out_.push_back(event::PlotFlagged{p.plot, c.county, p.grain_zone == true, p.high_standard == true, c.document});
  }
  pool_plots(c.county, share->id());
}

/// Whole plots for the city, best grade first, while they fit under the target (H66-6.2).
void Exchange::pool_plots(District county, const policy::RowId& share) {
  Area qualifying, pooled;
  std::vector<LibraryPlot*> open;
  for (LibraryPlot& p : library_) {
    if (p.county != county || !p.qualifies || p.share_from != share) continue;
    qualifying += p.plot.area;
    if (p.pooled) pooled += p.plot.area;
    const Card& now = cards_.at(p.plot.plot);
    const bool its_own = now.holder == county && now.state == clearing::TitleState::held;
    if (!p.pooled && its_own && !in_dispute(p.plot.plot)) open.push_back(&p);
  }
  const Area target = Area::from_raw(share_of(qualifying.raw(), share.value));
  std::ranges::sort(open, {}, [](const LibraryPlot* p) { return std::pair{p->plot.grade, p->plot.plot}; });
  for (LibraryPlot* p : open) {
    if (pooled + p->plot.area > target) continue;
    pooled += p->plot.area;
    p->pooled = true;
    out_.push_back(event::PlotPooled{county, p->plot.plot, p->plot.area, target, target - pooled});
    give(p->plot.plot, city(), clearing::TitleState::pooled, Clause::h66_6_2, seq_);
  }
}

// Directed sales.

/// What is done in windows has hours where the venue has a profile.
void Exchange::require_hours(matching::WindowKind kind) {
  if (!profile_) return;
  const int64_t in_beijing = now_.us / 1'000'000 + 8 * 3'600;
  const auto open = [&](const matching::Window& w) {
    const int64_t second = in_beijing % 86'400;
    return w.kind == kind && w.from.raw() <= second && second < w.until.raw();
  };
  if (!trades_on(*profile_, Day::from_raw(static_cast<int32_t>(in_beijing / 86'400))) ||
      std::ranges::none_of(profile_->windows, open))
    refuse(Reason::window_closed);
}

/// The terms that `who_` names: what is wrong with them, what they come to, and whether `who_` has its part.
void Exchange::require_terms(Deal& deal) {
  const auto& legs = deal.legs;
  if (deal.until && *deal.until <= now_) refuse(Reason::expiry_not_later);
  if ((legs.empty() && deal.titles.empty()) || legs.size() > kMostLegs) refuse(Reason::legs_not_valid);
  for (const auto& leg : legs)
    if (std::ranges::count(legs, leg.instrument, &command::Leg::instrument) > 1) refuse(Reason::legs_not_valid);

  if (is_open(deal.seller) && is_open(deal.buyer))
    for (const auto& leg : legs)
      if (exists(leg.instrument))
        require_purchase(route(leg.instrument, deal.seller, deal.buyer) != nullptr, deal.buyer, leg.instrument,
                         leg.quantity);

  const Fen too_much = kMaxMoney + Fen::fen(1);
  const bool with_area = std::ranges::count(legs, Instrument::supplementary_area, &command::Leg::instrument) > 0;
  deal.amount = {};
  // Each `continue` leaves out only conditions that come later in the precedence than the one just found.
  for (const auto& leg : legs) {
    if (!exists(leg.instrument)) {
      refuse(Reason::unknown_instrument, Clause::h66_21_2);
      continue;
    }
    if (!within(leg.quantity, 1, kMaxQuantity) || (leg.price && !within(*leg.price, 1, kMaxRate))) {
      refuse(Reason::value_out_of_range);
      continue;
    }
    const bool asked_later = venue_ == Venue::production && moment_of_floor(*pack_, *day_) == 2;
    const policy::FloorRoute* on_route = asked_later ? nullptr : route(leg.instrument, deal.seller, deal.buyer);
    const PriceRow* row = price_row(leg.instrument);
    if (!leg.price) {
      const bool goes_with_area =
          leg.instrument == Instrument::supplementary_paddy || leg.instrument == Instrument::supplementary_capacity;
      if (!goes_with_area || !with_area) refuse(Reason::price_missing);
      if (on_route != nullptr && row != nullptr) refuse(Reason::price_missing, on_route->clause);
      continue;
    }
    const std::optional<Price> price = on_tick(leg.instrument, *leg.price);
    if (!price) {
      refuse(Reason::price_off_tick);
      continue;
    }
    const bool affordable = affordable_number(leg.quantity, *price);
    deal.amount = affordable ? std::min(deal.amount + consideration(leg.quantity, *price), too_much) : too_much;
    if (deal.amount > kMaxMoney) refuse(Reason::total_out_of_range);
    if (const auto close = sessions_[leg.instrument].previous_close;
        close && profile_ && profile_->negotiated_band_permille) {
      const int64_t p = close->raw(), part = *profile_->negotiated_band_permille;
      const int64_t low = std::max<int64_t>(std::min((p * (1'000 - part) + 999) / 1'000, p - 1), 1);
      const int64_t high = std::max(p * (1'000 + part) / 1'000, p + 1);
      if (price->raw() < low || price->raw() > high) refuse(Reason::outside_price_band);
    }
    if (on_route == nullptr) continue;
    if (row == nullptr)
      refuse(Reason::no_price_in_force, on_route->clause);
    else if (*price < floor_price(leg.instrument, row->rate))
      refuse(Reason::below_floor, on_route->clause);
  }
  require_titles(deal);
  if (deal.amount > kMaxMoney) refuse(Reason::total_out_of_range);
  require_side(deal, who_);
}

void Exchange::run(const command::ProposeDeal& c) {
  if (!venue_) refuse(Reason::mode_not_open, Clause::h66_21_4);
  require_hours();
  for (const District side : {c.seller, c.buyer}) {
    require_account(side);
    if (is_open(side) && classes_.at(side) == ParticipantClass::city) refuse(Reason::unknown_unit);
  }
  if (who_ != c.seller && who_ != c.buyer) refuse(Reason::not_your_deal);
  if (c.seller == c.buyer) refuse(Reason::same_party_twice);
  Deal deal{DealId{seq_}, who_, c.seller, c.buyer, c.legs, {}, DealState::proposed, c.until};
  if (c.titles) deal.titles = *c.titles;
  deal.landing = c.landing;
  require_terms(deal);
  if (refusal_) return;

  out_.push_back(
      event::DealProposed{deal.id, who_, c.seller, c.buyer, c.legs, deal.amount, c.until, deal.titles, deal.landing});
  hold(deal, who_, Purse::free, Purse::held);
  deals_.emplace(deal.id, deal);
}

void Exchange::run(const command::CounterDeal& c) {
  require_hours();
  const auto found = deals_.find(c.deal);
  if (found == deals_.end()) return refuse(Reason::unknown_deal);
  Deal& before = found->second;
  if (who_ != (before.proposer == before.seller ? before.buyer : before.seller)) refuse(Reason::not_your_deal);
  if (before.state != DealState::proposed) refuse(Reason::deal_state_forbids);
  Deal after{before.id, who_, before.seller, before.buyer, c.legs, {}, DealState::proposed, c.until};
  after.titles = c.titles.value_or(before.titles);
  after.landing = before.landing;
  require_terms(after);
  if (refusal_) return;

  hold(before, before.proposer, Purse::held, Purse::free);
  before = after;
  out_.push_back(
      event::DealCountered{after.id, who_, after.seller, after.buyer, c.legs, after.amount, c.until, after.titles});
  hold(after, who_, Purse::free, Purse::held);
}

void Exchange::run(const command::AcceptDeal& c) {
  require_hours();
  const auto found = deals_.find(c.deal);
  if (found == deals_.end()) return refuse(Reason::unknown_deal);
  Deal& deal = found->second;
  if (who_ != (deal.proposer == deal.seller ? deal.buyer : deal.seller)) refuse(Reason::not_your_deal);
  if (deal.state != DealState::proposed) refuse(Reason::deal_state_forbids);
  require_side(deal, who_);
  for (const auto& leg : deal.legs)
    require_purchase(route(leg.instrument, deal.seller, deal.buyer) != nullptr, deal.buyer, leg.instrument,
                     leg.quantity);
  if (who_ == deal.seller && deal.state == DealState::proposed) {
    for (const auto& leg : deal.titles) {
      require_card(leg.title, who_);
      require_undisputed(leg.title);
    }
    Fen now = price_of_titles(deal);
    for (const auto& leg : deal.legs)
      if (leg.price) now += consideration(leg.quantity, *on_tick(leg.instrument, *leg.price));
    if (now != deal.amount) refuse(Reason::title_state_forbids);  // one of them was split
  }
  if (refusal_) return;
  hold(deal, who_, Purse::free, Purse::held);
  accepted(deal);
}

void Exchange::run(const command::EndDeal& c) {
  const auto found = deals_.find(c.deal);
  if (found == deals_.end()) return refuse(Reason::unknown_deal);
  Deal& deal = found->second;
  if (who_ != deal.seller && who_ != deal.buyer) refuse(Reason::not_your_deal);
  if (deal.state != DealState::proposed) refuse(Reason::deal_state_forbids);
  if (refusal_) return;
  hold(deal, deal.proposer, Purse::held, Purse::free);
  to_state(deal, DealState::ended);
}

/// Moves what `who`, seller or buyer, puts up for the deal between two of his purses.
void Exchange::hold(const Deal& deal, District who, Purse from, Purse to) {
  if (who == deal.buyer) return put_up(deal.id.value, who, to == Purse::held ? deposit_for(deal.amount) : Fen{});
  for (const auto& leg : deal.legs) {
    move(leg.instrument, who, from, who, to, leg.quantity, {}, deal.id.value);
    if (to == Purse::held) warn_offer(who, leg.instrument, deal.id.value);
  }
  titles_of(deal, to == Purse::held);
}

void Exchange::to_state(Deal& deal, DealState state) {
  deal.state = state;
  out_.push_back(event::DealMoved{deal.id, deal.seller, deal.buyer, state, deal.amount});
}

// Claims and use.

void Exchange::run(const command::SettleClaims& c) {
  const Fen claims = money(c.county, Purse::claims);
  require_account(c.county);
  Fen paid = claims;
  if (c.at_most && (c.at_most->raw() < 1 || *c.at_most > kMaxMoney)) refuse(Reason::value_out_of_range);
  if (c.at_most && *c.at_most < claims) paid = *c.at_most;  // the rest stays owed
  if (claims <= Fen{}) refuse(Reason::nothing_to_settle, Clause::h66_7_4);
  if (money(city(), Purse::free) < paid) refuse(Reason::not_enough_money, Clause::h66_7_4);
  if (refusal_) return;
  move(city(), Purse::free, c.county, Purse::free, paid, Clause::h66_7_4, seq_);
  move(c.county, Purse::claims, city(), Purse::claims, paid, Clause::h66_7_4, seq_);
}

void Exchange::run(const command::WriteOff& c) {
  require_account(who_);
  if (!exists(c.instrument)) refuse(Reason::unknown_instrument, Clause::h66_21_2);
  if (!within(c.quantity, 1, kMaxQuantity)) refuse(Reason::value_out_of_range);
  require_text(c.project);
  const Purse purse = c.from_borrowed.value_or(false) ? Purse::borrowed : Purse::free;
  if (land(c.instrument, who_, purse) < c.quantity) refuse(Reason::not_enough_land);
  if (refusal_) return;
  out_.push_back(event::WrittenOff{who_, c.instrument, c.quantity, c.project});
  const auto before = lots_[{c.instrument, who_, Place::used}];
  move(c.instrument, who_, purse, who_, Purse::used, c.quantity, {}, seq_);
  Used used{who_, c.instrument, c.project, {}, purse == Purse::borrowed};
  for (const auto& [lot, amount] : lots_[{c.instrument, who_, Place::used}])
    if (amount > value_or_zero(before, lot)) used.lots[lot] = amount - value_or_zero(before, lot);
  used_.emplace(WriteOffId{seq_}, used);
}

}  // namespace landex::model
