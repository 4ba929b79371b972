// The naive exchange: projects, plots in dispute, and what the registry does to land that is there.
#include <algorithm>
#include <array>
#include <set>

#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using policy::Clause;

namespace {

constexpr size_t kLongestText = 200;
constexpr size_t kMostPlots = 1000;
constexpr size_t kMostPapers = 20;

bool is_an_amount(Quantity q) { return q.raw() >= 1 && q <= kMaxQuantity; }
bool is_a_name(const std::string& s) { return !s.empty() && s.size() <= kLongestText; }

using Parts = std::vector<std::pair<Instrument, Quantity>>;
Parts parts_of_adjustment(IndicatorKind kind, const command::AdjustBatch& c) {
  Parts parts{
      {kind == IndicatorKind::linkage ? Instrument::linkage : Instrument::supplementary_area, Quantity::of(c.area)}};
  if (kind == IndicatorKind::linkage) return parts;
  parts.emplace_back(Instrument::supplementary_paddy, Quantity::of(c.paddy));
  parts.emplace_back(Instrument::supplementary_capacity, Quantity::of(c.capacity));
  return parts;
}

}  // namespace

/// Where it depends on the thing named whether one may: a county acts for its own projects and plots.
bool Exchange::permitted_here(const Envelope& who, const Command& c) const {
  if (who.role != Role::district) return true;
  if (const auto* m = std::get_if<command::MoveProject>(&c)) {
    const auto found = projects_.find(m->project);
    return found == projects_.end() || found->second.county == who.participant;
  }
  if (const auto* flag = std::get_if<command::FlagPlot>(&c)) {
    for (const LibraryPlot& p : library_)
      if (p.plot.plot == flag->plot) return p.county == who.participant;
    return true;
  }
  if (const auto* clear = std::get_if<command::ClearConflict>(&c)) {
    const auto found = disputes_.find(clear->plot);
    return found == disputes_.end() || found->second.settled || found->second.county == who.participant;
  }
  if (const auto* record = std::get_if<command::RecordConflict>(&c)) {
    for (const auto& [id, filing] : filings_)
      if (filing.rests_on(record->plot)) return filing.county == record->county;
    for (const auto& p : library_)
      if (p.plot.plot == record->plot) return p.county == record->county;
  }
  return true;
}

bool Exchange::in_dispute(const std::string& plot) const {
  const auto found = disputes_.find(plot);
  return found != disputes_.end() && !found->second.settled;
}

// What a filing may say beyond its amounts.

void Exchange::require_details(const command::FileBatch& c) {
  if (c.grade && (*c.grade < 1 || *c.grade > 15)) refuse(Reason::value_out_of_range);
  if (c.expires && *c.expires < *day_) refuse(Reason::term_not_later);
  if (c.plots) {
    if (c.plots->empty()) refuse(Reason::no_plots);
    if (c.plots->size() > kMostPlots) refuse(Reason::value_out_of_range);
    int64_t together = 0;
    bool sensible = true;
    std::set<std::string> names;
    for (const auto& p : *c.plots) {
      if (!is_a_name(p.plot) || !is_an_amount(Quantity::of(p.area))) {
        refuse(Reason::value_out_of_range);
        sensible = false;
      }
      bool taken = !names.insert(p.plot).second;
      for (const auto& [id, filing] : filings_) taken |= filing.rests_on(p.plot);
      if (taken) refuse(Reason::plot_already_entered);
      if (in_dispute(p.plot)) refuse(Reason::plot_in_conflict, Clause::h66_9);
      if (sensible) together += p.area.raw();
    }
    if (sensible && !c.plots->empty() && together != c.area.raw()) refuse(Reason::plots_do_not_sum);
  }
  if (!c.project_id) return;
  const auto found = projects_.find(*c.project_id);
  if (found == projects_.end()) return refuse(Reason::unknown_project);
  if (found->second.state != ProjectState::city_accepted && found->second.state != ProjectState::filed)
    refuse(Reason::project_not_ready);
  if (found->second.county != c.county || found->second.kind != c.kind) refuse(Reason::project_differs);
}

// Projects.

void Exchange::run(const command::RegisterProject& c) {
  require_account(c.county);
  if (is_open(c.county) && classes_.at(c.county) == ParticipantClass::city) refuse(Reason::unknown_unit);
  if (!exists(c.kind)) refuse(Reason::value_out_of_range);
  require_text(c.name);
  require_text(c.document);
  if (refusal_) return;
  projects_[ProjectId{seq_}] = {c.county, c.kind, ProjectState::planned};
  out_.push_back(event::ProjectRegistered{ProjectId{seq_}, c.county, c.kind, c.name, c.document});
}

void Exchange::run(const command::MoveProject& c) {
  if (!exists(c.to)) refuse(Reason::value_out_of_range);
  require_text(c.document);
  const auto found = projects_.find(c.project);
  if (found == projects_.end()) return refuse(Reason::unknown_project);
  ProjectFile& project = found->second;
  const int from = static_cast<int>(project.state), to = static_cast<int>(c.to);
  const int accepted_by_county = static_cast<int>(ProjectState::county_accepted);
  bool legal = false;
  if (c.to == ProjectState::abandoned)
    legal = from <= accepted_by_county || (by_bureau_ && project.state == ProjectState::city_accepted);
  else if (by_bureau_)
    legal = from == accepted_by_county && c.to == ProjectState::city_accepted;
  else
    legal = to == from + 1 && to <= accepted_by_county;
  if (!legal) refuse(Reason::project_move_not_legal);
  if (refusal_) return;
  out_.push_back(event::ProjectMoved{c.project, project.county, project.state, c.to, c.document});
  project.state = c.to;
}

// Plots in dispute (H66-9).

void Exchange::run(const command::RecordConflict& c) {
  require_account(c.county);
  if (is_open(c.county) && classes_.at(c.county) == ParticipantClass::city) refuse(Reason::unknown_unit);
  if (!is_a_name(c.plot) || !exists(c.conflict)) refuse(Reason::value_out_of_range);
  require_text(c.document, Clause::h66_9);
  if (in_dispute(c.plot)) refuse(Reason::plot_in_conflict, Clause::h66_9);
  if (refusal_) return;
  disputes_[c.plot] = {c.county, c.conflict, false};
  out_.push_back(event::ConflictRecorded{c.county, c.plot, c.conflict, c.document});
}

void Exchange::run(const command::ClearConflict& c) {
  using clearing::Paper;
  if (!is_a_name(c.plot) || c.papers.size() > kMostPapers) return refuse(Reason::value_out_of_range);
  std::set<Paper> there;
  for (const auto& p : c.papers) {
    if (!exists(p.paper)) refuse(Reason::value_out_of_range);
    require_text(p.document, Clause::h66_9);
    there.insert(p.paper);
  }
  if (!in_dispute(c.plot)) return refuse(Reason::unknown_conflict, Clause::h66_9);
  Dispute& dispute = disputes_.at(c.plot);
  const bool enough = dispute.kind == clearing::ConflictKind::certificate
                          ? there.contains(Paper::survey) && there.contains(Paper::consent) &&
                                there.contains(Paper::compensation) && there.contains(Paper::registration)
                          : there.contains(Paper::opinion);
  if (!enough) refuse(Reason::papers_missing, Clause::h66_9);
  if (refusal_) return;
  dispute.settled = true;
  out_.push_back(event::ConflictCleared{dispute.county, c.plot});
  for (const auto& p : library_)
    if (p.plot.plot == c.plot) return pool_plots(p.county, p.share_from);
}

// The verbs.

void Exchange::require_amount(Instrument instrument, Quantity quantity, District whose) {
  if (!exists(instrument)) return refuse(Reason::unknown_instrument, Clause::h66_21_2);
  if (!is_an_amount(quantity)) return refuse(Reason::value_out_of_range);
  if (land(instrument, whose, Purse::free) < quantity) refuse(Reason::not_enough_land);
}

/// Of what can be undone in parts.
void Exchange::require_undoable(bool known, bool something_left, Quantity left, Quantity quantity) {
  if (!is_an_amount(quantity)) refuse(Reason::value_out_of_range);
  if (!known) return refuse(Reason::unknown_entry);
  if (!something_left) return refuse(Reason::already_resolved);
  if (quantity > left) refuse(Reason::exceeds_entry);
}

void Exchange::run(const command::FreezeLand& c) {
  require_account(c.participant);
  require_text(c.document);
  require_amount(c.instrument, c.quantity, c.participant);
  if (refusal_) return;
  frozen_[FreezeId{seq_}] = {c.participant, c.instrument, c.quantity, c.document};
  out_.push_back(event::LandFrozen{FreezeId{seq_}, c.participant, c.instrument, c.quantity, c.document});
  move(c.instrument, c.participant, Purse::free, c.participant, Purse::frozen, c.quantity, {}, seq_);
}

void Exchange::run(const command::UnfreezeLand& c) {
  require_text(c.document);
  const auto found = frozen_.find(c.freeze);
  const bool known = found != frozen_.end();
  const Quantity left = known ? found->second.left : Quantity{};
  require_undoable(known, left > Quantity{}, left, c.quantity);
  if (refusal_) return;
  Frozen& f = found->second;
  f.left -= c.quantity;
  out_.push_back(event::LandUnfrozen{c.freeze, f.participant, f.instrument, c.quantity, f.left, c.document});
  move(f.instrument, f.participant, Purse::frozen, f.participant, Purse::free, c.quantity, {}, c.freeze.value);
}

void Exchange::run(const command::TransferLand& c) {
  for (const District side : {c.from, c.to}) {
    require_account(side);
    if (is_open(side) && classes_.at(side) == ParticipantClass::city) refuse(Reason::unknown_unit);
  }
  if (c.from == c.to) refuse(Reason::same_party_twice);
  require_text(c.document);
  require_amount(c.instrument, c.quantity, c.from);
  if (refusal_) return;
  const policy::FloorRoute* on_route = route(c.instrument, c.from, c.to);
  out_.push_back(event::LandTransferred{c.from, c.to, c.instrument, c.quantity, c.document,
                                        on_route != nullptr ? Rule{on_route->clause} : Rule{}});
  move(c.instrument, c.from, Purse::free, c.to, Purse::free, c.quantity, {}, seq_);
}

void Exchange::run(const command::LendLand& c) {
  for (const District side : {who_, c.to}) {
    require_account(side);
    if (is_open(side) && classes_.at(side) == ParticipantClass::city) refuse(Reason::unknown_unit);
  }
  if (who_ == c.to) refuse(Reason::same_party_twice);
  require_text(c.document);
  if (c.due <= *day_) refuse(Reason::term_not_later);
  for (const auto& [id, loan] : loans_)
    if (loan.borrower == c.to && loan.left > Quantity{} && loan.due < *day_) refuse(Reason::borrower_overdue);
  // Where a sale has a floor nothing is lent: that would be a sale without its price (H66-7.6).
  if (exists(c.instrument) && is_an_amount(c.quantity))
    if (const policy::FloorRoute* on_route = route(c.instrument, who_, c.to))
      refuse(Reason::loan_on_floor_route, on_route->clause);
  require_amount(c.instrument, c.quantity, who_);
  if (refusal_) return;
  loans_[LoanId{seq_}] = {who_, c.to, c.instrument, c.quantity, c.due, false, c.document, {}};
  out_.push_back(event::LandLent{LoanId{seq_}, who_, c.to, c.instrument, c.quantity, c.due, c.document});
  const size_t before = out_.size();
  move(c.instrument, who_, Purse::free, c.to, Purse::borrowed, c.quantity, {}, seq_);
  for (size_t n = before; n < out_.size(); ++n)
    if (const auto* lot = std::get_if<event::LotMoved>(&out_[n]))
      loans_[LoanId{seq_}].lots[lot->filing] += lot->quantity;
}

Quantity Exchange::of_lot(Instrument instrument, District who, Place place, FilingId lot) const {
  const auto found = lots_.find({instrument, who, place});
  return found == lots_.end() ? Quantity{} : value_or_zero(found->second, lot);
}

/// Land of a lot that still lies borrowed goes home.
void Exchange::give_home(LoanId id, FilingId lot, Quantity quantity) {
  Lent& loan = loans_.at(id);
  loan.lots[lot] -= quantity;
  if (loan.lots[lot] == Quantity{}) loan.lots.erase(lot);
  move(loan.instrument, loan.borrower, Purse::borrowed, loan.lender, Purse::free, quantity, {}, id.value, lot);
}

void Exchange::run(const command::ReturnLand& c) {
  require_account(who_);
  require_text(c.document);
  const auto found = loans_.find(c.loan);
  const bool known = found != loans_.end();
  if (known && found->second.borrower != who_) refuse(Reason::not_your_loan);
  const Quantity left = known ? found->second.left : Quantity{};
  require_undoable(known, left > Quantity{}, left, c.quantity);
  if (refusal_) return;
  Lent& loan = found->second;
  std::map<FilingId, Quantity> still_there;
  Quantity together = land(loan.instrument, who_, Purse::free);
  for (const auto& [lot, quantity] : loan.lots) {
    still_there[lot] = std::min(quantity, of_lot(loan.instrument, who_, Place::borrowed, lot));
    together += still_there[lot];
  }
  if (together < c.quantity) return refuse(Reason::not_enough_land);
  loan.left -= c.quantity;
  out_.push_back(event::LandReturned{c.loan, loan.lender, who_, loan.instrument, c.quantity, loan.left, c.document});
  Quantity rest = c.quantity;
  for (const auto& [lot, quantity] : still_there) {
    const Quantity part = std::min(rest, quantity);
    if (part > Quantity{}) give_home(c.loan, lot, part);
    rest -= part;
  }
  // The rest in kind: these lots it has used, and they are its own from here on.
  move(loan.instrument, who_, Purse::free, loan.lender, Purse::free, rest, {}, c.loan.value);
  for (auto lot = loan.lots.begin(); rest > Quantity{}; lot = loan.lots.begin()) {
    const Quantity part = std::min(rest, lot->second);
    rest -= part;
    lot->second -= part;
    if (lot->second == Quantity{}) loan.lots.erase(lot);
  }
}

void Exchange::run(const command::RestoreLand& c) {
  require_text(c.document);
  const auto found = used_.find(c.write_off);
  const bool known = found != used_.end();
  Quantity left;
  if (known)
    for (const auto& [lot, amount] : found->second.lots) left += amount;
  require_undoable(known, left > Quantity{}, left, c.quantity);
  if (known && found->second.for_good) refuse(Reason::not_restorable);
  if (refusal_) return;
  Used& used = found->second;
  Quantity looked_at;
  for (const auto& [lot, amount] : used.lots) {
    if (looked_at >= c.quantity) break;
    if (is_past(filings_.at(lot))) refuse(Reason::batch_expired);
    looked_at += amount;
  }
  if (refusal_) return;
  out_.push_back(event::LandRestored{c.write_off, used.participant, used.instrument, c.quantity, left - c.quantity,
                                     used.project, c.document});
  unfill(c.write_off, used.instrument, c.quantity);
  // First filed first; what a lender still waits for is borrowed again, the rest is the participant's own.
  std::map<FilingId, Quantity> own, owed;
  Quantity wanted = c.quantity;
  while (wanted > Quantity{}) {
    const auto [lot, amount] = *used.lots.begin();
    const Quantity part = std::min(wanted, amount);
    Quantity waited_for;
    if (used.was_borrowed) {
      for (const auto& [id, loan] : loans_)
        if (loan.borrower == used.participant && loan.instrument == used.instrument)
          waited_for += value_or_zero(loan.lots, lot);
      waited_for -= of_lot(used.instrument, used.participant, Place::borrowed, lot);
    }
    if (const Quantity again = std::min(part, waited_for); again > Quantity{}) owed[lot] = again;
    if (const Quantity its_own = part - value_or_zero(owed, lot); its_own > Quantity{}) own[lot] = its_own;
    wanted -= part;
    if (part == amount)
      used.lots.erase(lot);
    else
      used.lots[lot] -= part;
  }
  for (const auto& [lots, purse, place] :
       {std::tuple{owed, Purse::borrowed, Place::borrowed}, std::tuple{own, Purse::free, Place::stock}}) {
    Quantity sum;
    for (const auto& [lot, quantity] : lots) sum += quantity;
    if (sum == Quantity{}) continue;
    land_[{used.instrument, used.participant, Purse::used}] -= sum;
    land_[{used.instrument, used.participant, purse}] += sum;
    out_.push_back(event::LandMoved{
        used.instrument, used.participant, Purse::used, used.participant, purse, sum, {}, c.write_off.value});
    for (const auto& [lot, quantity] : lots)
      move_lot(used.instrument, lot, used.participant, Place::used, used.participant, place, quantity,
               c.write_off.value);
  }
}

void Exchange::run(const command::CancelLand& c) {
  require_account(c.participant);
  require_text(c.document);
  require_amount(c.instrument, c.quantity, c.participant);
  if (refusal_) return;
  out_.push_back(event::LandCancelled{c.participant, c.instrument, c.quantity, c.document});
  move(c.instrument, c.participant, Purse::free, c.participant, Purse::cancelled, c.quantity, {}, seq_);
}

void Exchange::run(const command::AdjustBatch& c) {
  const std::array more{c.area.raw(), c.paddy.raw(), c.capacity.raw()};
  if (std::ranges::any_of(more, [](int64_t n) { return n < 0 || n > kMaxQuantity.raw(); }) ||
      std::ranges::all_of(more, [](int64_t n) { return n == 0; }))
    refuse(Reason::value_out_of_range);
  require_text(c.document);
  const auto found = filings_.find(c.filing);
  if (found == filings_.end() ||
      (found->second.kind == IndicatorKind::supplementary && !found->second.share_from))  // filed outside the city
    return refuse(Reason::unknown_filing);
  Filing& filing = found->second;
  if (filing.kind == IndicatorKind::linkage && (c.paddy != Area{} || c.capacity != Capacity{}))
    refuse(Reason::component_not_in_kind, Clause::h66_14_1);
  if (is_past(filing)) return refuse(Reason::batch_expired);
  const Parts parts = parts_of_adjustment(filing.kind, c);
  if (std::ranges::count(filing.numbers, c.reverses.value) == 0) refuse(Reason::unknown_correction);
  if (refusal_ && refusal_->reason != Reason::unknown_correction) return;  // amounts out of range
  if (const auto deduction = filing.taken.find(c.reverses.value); deduction != filing.taken.end())
    for (const auto& [instrument, quantity] : parts)
      if (filing.undone[c.reverses.value][instrument] + quantity > deduction->second[instrument])
        refuse(Reason::exceeds_entry);
  if (!filing.plots.empty()) {
    const Instrument area = Instrument::supplementary_area;
    const Instrument i = filing.kind == IndicatorKind::linkage ? Instrument::linkage : area;
    if (filing.filed[i] - filing.deducted[i] + Quantity::of(c.area) > filing.of_plots) refuse(Reason::plots_do_not_sum);
    for (const auto& plot : filing.plots) {
      if (!filing.is_gone()) break;
      if (in_dispute(plot)) refuse(Reason::plot_in_conflict, Clause::h66_9);
      for (const auto& [id, other] : filings_)
        if (other.rests_on(plot)) refuse(Reason::plot_already_entered);
    }
  }
  if (filing.kind == IndicatorKind::supplementary &&
      filing.filed[Instrument::supplementary_paddy] + Quantity::of(c.paddy) >
          filing.filed[Instrument::supplementary_area] + Quantity::of(c.area))
    refuse(Reason::paddy_exceeds_area);
  if (refusal_) return;
  require_reckonable(filing.county, filing.day, parts, filing.share_from);
  if (refusal_) return;
  out_.push_back(event::Adjusted{c.filing, filing.county, c.area, c.paddy, c.capacity, c.reverses, c.document});
  filing.numbers.push_back(seq_);
  for (const auto& [instrument, quantity] : parts) {
    filing.filed[instrument] += quantity;
    if (filing.taken.contains(c.reverses.value)) filing.undone[c.reverses.value][instrument] += quantity;
    move(instrument, filing.county, Purse::outside, filing.county, Purse::free, quantity, {}, c.filing.value, c.filing);
  }
  if (!filing.share_from) return;
  for (const auto& [instrument, quantity] : parts)
    if (quantity > Quantity{}) pool(c.filing, filing.county, filing.day, instrument, quantity, *filing.share_from);
}

// What happens by itself when a day opens.

/// What of a lot is lent and still there goes home, so that it expires with its owner. The first loan first.
void Exchange::bring_home(FilingId lot, Instrument instrument) {
  for (auto& [id, loan] : loans_) {
    if (loan.instrument != instrument) continue;
    const Quantity part =
        std::min(value_or_zero(loan.lots, lot), of_lot(instrument, loan.borrower, Place::borrowed, lot));
    if (part == Quantity{}) continue;
    loan.left -= part;
    out_.push_back(event::LandReturned{id, loan.lender, loan.borrower, instrument, part, loan.left, loan.document});
    give_home(id, lot, part);
  }
}

/// So much of a stock is to be free. Promises to others are given up, the latest first: orders, auctions that nobody
/// can have bid in, auctions, deals as far as they have come; then what is frozen is not any more.
void Exchange::free_stock(Instrument instrument, District who, Quantity wanted) {
  const auto enough = [&] { return land(instrument, who, Purse::free) >= wanted; };
  const auto in = [&](const std::vector<command::Leg>& legs) {
    return std::ranges::count(legs, instrument, &command::Leg::instrument) > 0;
  };
  std::vector<OrderId> sells;
  for (const auto& [id, order] : orders_)
    if (order.owner == who && order.instrument == instrument && order.side == Side::sell)
      sells.insert(sells.begin(), id);
  for (const OrderId id : sells)
    if (!enough()) end_order(id, matching::EndReason::expired);

  for (const bool with_bids : {false, true}) {
    std::map<AuctionId, bool, std::greater<>> theirs;  // is it sealed?
    for (const auto& s : sealed_)
      if (owner_of(s.terms.seller) == who && s.terms.instrument == instrument && (now_ < s.terms.opens) != with_bids)
        theirs[s.id] = true;
    for (const auto& l : listings_) {
      const bool has_bid = std::ranges::any_of(l.auction.log, [](const auto& entry) { return entry.bid.has_value(); });
      if (owner_of(l.auction.terms.seller) == who && in(l.legs) && has_bid == with_bids) theirs[l.id] = false;
    }
    for (const auto& [id, is_sealed] : theirs) {
      if (enough()) break;
      if (is_sealed) {
        const naive::Sealed s = *sealed(id);
        out_.push_back(event::AuctionCancelled{id});
        for (const auto& [bid, said] : s.bids) put_up(bid.value, owner_of(said.seat), {});
        move(instrument, who, Purse::held, who, Purse::free, s.terms.offered, {}, id.value);
        std::erase_if(sealed_, [&](const auto& each) { return each.id == s.id; });
      } else {
        const Listing l = *listing(id);
        out_.push_back(event::AuctionCancelled{id});
        for (const auto& leg : l.legs)
          move(leg.instrument, who, Purse::held, who, Purse::free, leg.quantity, {}, id.value);
        if (const auto highest = l.auction.at(now_).highest) put_up(highest->id.value, owner_of(highest->seat), {});
        std::erase_if(listings_, [&](const auto& each) { return each.id == l.id; });
      }
    }
  }

  for (const DealState state : {DealState::accepted, DealState::confirmed, DealState::paid})
    for (auto deal = deals_.rbegin(); deal != deals_.rend(); ++deal)
      if (!enough() && deal->second.state == state && deal->second.seller == who && in(deal->second.legs))
        make_void(deal->second, engine::Refusal{Reason::not_enough_land, {}, {}, {}}, {}, {});

  for (auto frozen = frozen_.rbegin(); frozen != frozen_.rend(); ++frozen) {
    auto& [id, f] = *frozen;
    if (enough() || f.participant != who || f.instrument != instrument || f.left == Quantity{}) continue;
    const Quantity part = std::min(f.left, wanted - land(instrument, who, Purse::free));
    f.left -= part;
    out_.push_back(event::LandUnfrozen{id, who, instrument, part, f.left, f.document});
    move(instrument, who, Purse::frozen, who, Purse::free, part, {}, id.value);
  }
}

void Exchange::expire() {
  for (const auto& [id, filing] : filings_) {
    if (!filing.last_day || *day_ <= *filing.last_day) continue;
    for (auto& [number, ask] : asks_)
      if (std::ranges::any_of(ask.waiting, [&](const auto& w) { return w.filing == id; })) back_to_pool(number, {});
    for (const Instrument i : kInstruments) {
      bring_home(id, i);
      for (const auto& [who, kind] : classes_)
        for (const Place place : {Place::stock, Place::pool}) {
          const Quantity gone = of_lot(i, who, place, id);
          if (gone == Quantity{}) continue;
          if (place == Place::stock) free_stock(i, who, gone);
          out_.push_back(event::LotExpired{id, who, i, gone, *filing.last_day});
          move(i, who, place == Place::pool ? Purse::pool : Purse::free, who, Purse::cancelled, gone, {}, id.value, id);
        }
    }
  }
}

void Exchange::tell_overdue() {
  for (auto& [id, loan] : loans_) {
    if (loan.told || loan.left == Quantity{} || loan.due >= *day_) continue;
    loan.told = true;
    out_.push_back(event::LoanOverdue{id, loan.lender, loan.borrower, loan.instrument, loan.left, loan.due});
  }
}

}  // namespace landex::model
