// steps_phases.cpp: what each instrument is doing, and when that changes: by the venue's timetable, by the bureau's
// hand, or with the day. Everything that falls due happens before the command that finds it due (decisions 5).
#include <algorithm>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/orders.hpp"
#include "matching/checksum.hpp"

namespace landex::engine {
namespace {

using matching::Effect;
using matching::Phase;

constexpr int64_t kDayUs = int64_t{86'400} * 1'000'000;

/// The calendar day in Beijing at this instant.
Day beijing_day(Instant at) {
  return Day::from_raw(static_cast<int32_t>((at.us + matching::kBeijingAheadS * 1'000'000) / kDayUs));
}

void change_phase(Doing& d, Instrument i, const matching::Move& m) {
  Session& session = d.state.market.session(i);
  if (m.effect == Effect::uncross) end_call(d, i);
  session.phase = m.to;
  d.events.emplace_back(event::PhaseChanged{.instrument = i, .from = m.from, .to = m.to});
  if (m.effect == Effect::re_enter) {
    d.state.market.books.reenter(d.seq, book_of(i));
    tell_tape(d, i, {});
  }
  tell_indicative(d, i);
}

/// The next thing that is due at or before `now`; of what is due at one instant the timetable first, then orders that
/// expire, then proposals, then auctions.
bool fire_next(Doing& d, Instant now) {
  Market& m = d.state.market;
  const auto due = next_due(d.state);
  if (!due || *due > now) return false;
  if (!m.timetable.empty() && m.timetable.front().due == *due) {
    const matching::DueMove change = m.timetable.front();
    m.timetable.erase(m.timetable.begin());
    const Phase from = m.session(change.instrument).phase;
    if (matching::timetable_may_move(from, change.to))
      change_phase(d, change.instrument, *matching::move_between(from, change.to));
  } else if (!m.expiries.empty() && m.expiries.begin()->due == *due) {
    const OrderId over = m.expiries.begin()->order;
    const Instrument i = instrument_of(*m.books.book_of(over));
    end_order(d, over, matching::EndReason::expired);
    tell_indicative(d, i);
  } else if (!d.state.deal_expiries.empty() && d.state.deal_expiries.begin()->due == *due) {
    lapse_proposal(d, d.state.deal_expiries.begin()->deal);
  } else {
    fire_listing(d);
  }
  return true;
}

}  // namespace

void fire_due(Doing& d) {
  while (fire_next(d, d.state.at)) {
  }
}

std::optional<Instant> next_due(const State& s) {
  std::optional<Instant> due;
  const auto earlier = [&due](Instant at) { due = due ? std::min(*due, at) : at; };
  if (!s.market.timetable.empty()) earlier(s.market.timetable.front().due);
  if (!s.market.expiries.empty()) earlier(s.market.expiries.begin()->due);
  if (!s.deal_expiries.empty()) earlier(s.deal_expiries.begin()->due);
  if (s.day && !s.auctions.due.empty()) earlier(std::max(s.auctions.due.begin()->due, s.opened_at));
  return due;
}

/// The day's pairs and bands; then the timetable, or, without a
/// profile, continuous trading all day.
void open_sessions(Doing& d, const command::OpenDay& c) {
  State& s = d.state;
  Market& m = s.market;
  for (const Instrument i : kInstruments) {
    Session& session = m.session(i);
    if (s.pack->floor_routes.empty() || !is_supplementary(i))
      m.books.clear_pairs(book_of(i));
    else
      m.books.set_pairs(book_of(i), pair_table(s, i), size_t{kParticipantClasses});
    session.statistics = {};
    m.note_levels_moved(i);  // the day's floors may be others, and with them what a class may deal at
    session.band.reset();
    if (m.profile && m.profile->continuous_band_permille && session.previous_close) {
      auto band = matching::band_around(*session.previous_close, *m.profile->continuous_band_permille);
      band.high = std::min(band.high, kHighestTick);
      session.band = band;
    }
    const auto reach = session.band.value_or(matching::PriceBand{.low = Price::ticks(1), .high = kHighestTick});
    m.books.set_band(book_of(i), reach.low, reach.high);
    end_outside_band(d, i);
  }
  if (!m.profile) {
    if (s.venue != Venue::simulation) return;
    for (const Instrument i : kInstruments) {
      m.session(i).phase = Phase::continuous;
      m.books.reenter(d.seq, book_of(i));
      tell_tape(d, i, {});
    }
    return;
  }
  if (!matching::trades_on(*m.profile, c.day)) return;
  // The hours are those of the calendar day on which the business day is opened.
  const Day today = beijing_day(s.at);
  m.timetable = matching::moves_of_day(*m.profile, today);
  uint64_t draw = c.random.value_or(0);
  for (auto& move : m.timetable) {
    draw = matching::finalise64(draw + 0x9E3779B97F4A7C15);
    if (c.random) move.due = matching::random_end(move.due, move.random_end_us, draw);
  }
  std::ranges::stable_sort(m.timetable, {}, [](const matching::DueMove& x) { return std::pair{x.due, x.instrument}; });
}

/// Calls that still run are ended, orders that do not outlive the day lapse, and the day's figures are told.
void close_sessions(Doing& d) {
  Market& m = d.state.market;
  m.timetable.clear();
  for (const Instrument i : kInstruments) {
    const Phase from = m.session(i).phase;
    if (from == Phase::closed) continue;
    if (m.profile || from != Phase::continuous)
      change_phase(d, i, *matching::move_between(from, Phase::closed));
    else  // no profile and nobody moved it: a day without phases
      m.session(i).phase = Phase::closed;
  }
  lapse_orders(d);
  for (const Instrument i : kInstruments) {
    Session& session = m.session(i);
    const auto& day = session.statistics;
    const auto minutes = m.profile ? m.profile->closing_minutes : std::nullopt;
    const auto close = matching::closing_price(day, session.previous_close, minutes);
    if (day.prices)
      d.events.emplace_back(event::DayStatistics{.instrument = i,
                                                 .open = day.prices->open,
                                                 .high = day.prices->high,
                                                 .low = day.prices->low,
                                                 .last = day.prices->last,
                                                 .close = close,
                                                 .volume = day.traded.quantity.as<Quantity>(),
                                                 .turnover = day.traded.fen.as<Fen>(),
                                                 .trades = day.trades});
    session.previous_close = close;
    session.band.reset();
  }
}

void check(const Asked& a, const command::SetProfile& c) {
  require_role(a, a.who.role == Role::system || a.who.role == Role::bureau);
  require_policy(a);
  if (a.state.day) a.verdict.refuse({Reason::day_already_open, {}, {{FactName::day, fact(*a.state.day)}}, {}});
  if (const auto problems = matching::validate(c.profile); !problems.empty()) {
    std::vector<Fact> facts{{FactName::given, problems.front().value},
                            {FactName::remedy, fact(problems.front().remedy)}};
    if (problems.front().range) {
      facts.push_back({FactName::least, problems.front().range->least});
      facts.push_back({FactName::most, problems.front().range->most});
    }
    a.verdict.refuse({Reason::profile_not_usable, {}, std::move(facts), problems.front().field});
  }
}

void move(Doing& d, const command::SetProfile& c) {
  d.state.market.profile = c.profile;
  d.events.emplace_back(event::ProfileSet{.name = c.profile.name});
}

void check(const Asked& a, const command::MovePhase& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  if (a.state.venue != Venue::simulation)
    a.verdict.refuse({Reason::mode_not_open, policy::Clause::h66_21_4, {venue_fact(a.state)}, "continuous_book"});
  const bool sound = require_range(a, "to", fact(c.to), fact(Phase::closed), fact(Phase::halted));
  if (c.instrument && !require_instrument(a, *c.instrument)) return;
  if (!sound || !open) return;
  for (const Instrument i : kInstruments) {
    if (c.instrument && *c.instrument != i) continue;
    const Phase from = a.state.market.session(i).phase;
    if (!matching::may_move(from, c.to))
      a.verdict.refuse({Reason::phase_move_not_legal,
                        {},
                        {{FactName::phase, fact(from)}, {FactName::given, fact(c.to)}, {FactName::instrument, fact(i)}},
                        {}});
  }
}

void move(Doing& d, const command::MovePhase& c) {
  for (const Instrument i : kInstruments) {
    if (c.instrument && *c.instrument != i) continue;
    change_phase(d, i, *matching::move_between(d.state.market.session(i).phase, c.to));
  }
}

void check(const Asked& a, const command::Tick&) { require_role(a, a.who.role == Role::system); }
void move(Doing&, const command::Tick&) {}

}  // namespace landex::engine
