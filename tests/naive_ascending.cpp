#include "tests/naive_ascending.hpp"

#include <algorithm>

#include "matching/types/bounds.hpp"

namespace landex::naive {
namespace {

using namespace matching;
using Reason = AscendingReason;
using Reasons = std::set<Reason>;
using Stage = AscendingStage;

Ascending::Answer first(const Reasons& against) {
  for (const Reason r : kAscendingPrecedence)
    if (against.contains(r)) return r;
  return {};
}

void add(Reasons& against, bool holds, Reason r) {
  if (holds) against.insert(r);
}

Instant later(Instant t, int64_t us) { return {t.us + us}; }

bool too_dear(Quantity q, Price p) {
  return q.raw() > 0 && p.raw() > 0 && static_cast<__int128_t>(q.raw()) * p.raw() > kMaxMoney.raw();
}

}  // namespace

Instant Ascending::awake(Instant t) const {
  for (const auto& night : nights)
    if (night.closed < t && t < night.opened) return night.opened;
  return t;
}

Ascending::View Ascending::at(Instant now) const {
  View v{.stage = Stage::announced,
         .since = announced,
         .due = terms.from,
         .highest = {},
         .reserve = {},
         .wanted_by = {},
         .extensions = 0};
  for (const auto& e : log)
    if (e.bid) v.highest = e.bid;
  for (const auto& e : log) v.wanted_by.insert(e.seat);
  Instant deadline = terms.deadline;
  size_t n = 0;
  for (; n < log.size() && log[n].at < deadline; ++n) {
    const bool is_late = log[n].bid && rules.late && deadline.us - log[n].at.us < rules.late->window_us;
    if (!is_late || (rules.late->most && v.extensions == *rules.late->most)) continue;
    deadline = later(log[n].at, rules.late->extension_us);
    ++v.extensions;
  }
  const bool two = v.wanted_by.size() >= 2;
  const Instant listed = awake(terms.from), over = awake(deadline);
  Instant end = two ? later(over, rules.countdown_us) : over;
  std::vector<std::pair<Instant, Instant>> anew;  // the countdown begins anew at the second; known at the first
  for (; n < log.size(); ++n) anew.emplace_back(log[n].at, log[n].at);
  for (const auto& night : nights)
    if (two && night.closed >= over) anew.emplace_back(night.closed, night.opened);
  std::ranges::stable_sort(anew, {}, &std::pair<Instant, Instant>::first);
  for (const auto& [known, from] : anew)
    if (known < end) end = later(from, rules.countdown_us);

  if (withdrawn) return v.stage = Stage::withdrawn, v.since = *withdrawn, v.due.reset(), v;
  if (now < listed) return v;
  v.stage = Stage::listed, v.since = listed, v.due = deadline;
  if (now < over) return v;
  v.stage = Stage::timed, v.since = over, v.due = end;
  if (now < end) return v;
  v.since = end, v.due.reset();
  const bool forbidden =
      v.highest && at_decision.limited && (!at_decision.floor || v.highest->price < *at_decision.floor);
  const bool refused = v.highest && !forbidden && terms.reserve && v.highest->price < *terms.reserve;
  v.stage = v.highest && !refused && !forbidden ? Stage::sold : Stage::unsold;
  if (refused) v.reserve = terms.reserve;
  return v;
}

Ascending::Answer Ascending::against_terms(const AscendingTerms& t, const AscendingRules& r, Instant now) {
  Reasons a;
  const int64_t year = 366LL * 24 * 3600 * 1'000'000, latest = (1LL << 53) - 1 - year;
  add(a,
      r.least_notice_us < 0 || r.least_notice_us > year || r.least_listing_us < 1 || r.least_listing_us > year ||
          r.countdown_us < 1 || r.countdown_us > year || r.seats < 1 || r.seats > 65'536 ||
          (r.late &&
           (r.late->window_us < 1 || r.late->window_us > r.late->extension_us || r.late->extension_us > year)),
      Reason::rules_not_usable);
  add(a, t.from.us > latest || t.deadline.us > latest, Reason::time_out_of_range);
  if (!a.empty()) return first(a);  // the times could not be added
  add(a, t.from.us - now.us < r.least_notice_us, Reason::notice_too_short);
  add(a, t.deadline.us - t.from.us < r.least_listing_us, Reason::listing_too_short);
  add(a, t.quantity.raw() < 1 || t.quantity > kMaxQuantity, Reason::quantity_out_of_range);
  add(a, t.start.raw() < 1, Reason::start_out_of_range);
  add(a, t.step.raw() < 1, Reason::step_out_of_range);
  add(a, t.reserve && *t.reserve < t.start, Reason::reserve_below_start);
  add(a,
      too_dear(t.quantity, t.start) || too_dear(t.quantity, t.step) || (t.reserve && too_dear(t.quantity, *t.reserve)),
      Reason::total_out_of_range);
  add(a, t.priority && *t.priority == t.seller, Reason::priority_of_seller);
  return first(a);
}

Ascending::Answer Ascending::against_bid(const AscendingBid& b, const PairRule& pair, Instant now) const {
  const View v = at(now);
  const bool known = v.wanted_by.contains(b.seat);
  Reasons a;
  add(a, v.stage == Stage::sold || v.stage == Stage::unsold || v.stage == Stage::withdrawn, Reason::over);
  add(a, v.stage == Stage::announced, Reason::not_listed_yet);
  add(a, too_dear(terms.quantity, b.price), Reason::total_out_of_range);
  add(a, b.seat == terms.seller, Reason::own_auction);
  add(a, v.stage == Stage::timed && !known, Reason::not_among_bidders);
  add(a, pair.limited && !pair.floor, Reason::pair_barred);
  add(a, pair.limited && pair.floor && b.price < *pair.floor, Reason::below_floor);
  add(a, b.price < terms.start, Reason::below_start);
  if (v.highest) {
    const bool rises = b.price.raw() - v.highest->price.raw() >= terms.step.raw();
    const bool matches = b.price == v.highest->price && terms.priority == b.seat && v.highest->seat != b.seat;
    add(a, !rises && !matches, Reason::below_step);
  }
  add(a, !known && v.wanted_by.size() >= rules.seats, Reason::too_many_seats);
  return first(a);
}

Ascending::Answer Ascending::against_declare(Seat seat, const PairRule& pair, Instant now) const {
  const View v = at(now);
  Reasons a;
  add(a, v.stage == Stage::sold || v.stage == Stage::unsold || v.stage == Stage::withdrawn, Reason::over);
  add(a, v.stage == Stage::announced, Reason::not_listed_yet);
  add(a, v.stage == Stage::timed, Reason::listing_over);
  add(a, seat == terms.seller, Reason::own_auction);
  add(a, v.wanted_by.contains(seat), Reason::already_wants);
  add(a, pair.limited && !pair.floor, Reason::pair_barred);
  add(a, v.wanted_by.size() >= rules.seats, Reason::too_many_seats);
  return first(a);
}

Ascending::Answer Ascending::against_withdraw(Instant now) const {
  const View v = at(now);
  Reasons a;
  add(a, v.stage == Stage::sold || v.stage == Stage::unsold || v.stage == Stage::withdrawn, Reason::over);
  add(a, v.highest.has_value(), Reason::has_bid);
  return first(a);
}

}  // namespace landex::naive
