// The model's day: what each instrument is doing, what falls due, and how calls and days end. The timetable is written
// out again here from the profile's rows; only the table of legal moves is shared.
#include <algorithm>
#include <array>
#include <cassert>

#include "matching/checksum.hpp"
#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using matching::Effect;
using matching::EndReason;
using matching::Phase;
using policy::Clause;

namespace {

__extension__ using Wide = unsigned __int128;

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kHour = 3'600 * kSecond;
constexpr std::array kClasses{ParticipantClass::mountain4, ParticipantClass::urban, ParticipantClass::city};
constexpr uint32_t kOrdersPerIndication = 64;
constexpr Instant kNever{INT64_MAX};

matching::BookNumber book_of(Instrument i) {
  const auto at = std::ranges::find(kInstruments, i) - kInstruments.begin();
  return matching::BookNumber{static_cast<uint16_t>(at)};
}

/// 1970-01-01 was a Thursday.
bool open_on(const matching::VenueProfile& p, Day day) {
  const auto& c = p.closed_weekdays;
  const std::array closed{c.thursday, c.friday, c.saturday, c.sunday, c.monday, c.tuesday, c.wednesday};
  if (closed[static_cast<size_t>(day.raw() % 7)]) return false;
  for (const auto& h : p.holidays)
    if (Period{h.from, h.until}.contains(day)) return false;
  return true;
}

}  // namespace

// Profile and phases.

void Exchange::run(const command::SetProfile& c) {
  if (day_) refuse(Reason::day_already_open);
  if (!matching::validate(c.profile).empty()) refuse(Reason::profile_not_usable);
  if (refusal_) return;
  profile_ = c.profile;
  out_.push_back(event::ProfileSet{c.profile.name});
}

void Exchange::run(const command::MovePhase& c) {
  if (venue_ != Venue::simulation) refuse(Reason::mode_not_open, Clause::h66_21_4);
  if (c.instrument && !exists(*c.instrument)) refuse(Reason::unknown_instrument, Clause::h66_21_2);
  if (!exists(c.to)) refuse(Reason::value_out_of_range);
  if (refusal_) return;
  std::vector<Instrument> those;
  for (const Instrument i : kInstruments)
    if (!c.instrument || *c.instrument == i) those.push_back(i);
  for (const Instrument i : those)
    if (!matching::may_move(sessions_[i].phase, c.to)) refuse(Reason::phase_move_not_legal);
  if (refusal_) return;
  for (const Instrument i : those) change_phase(i, c.to);
}

void Exchange::change_phase(Instrument instrument, Phase to) {
  const Phase from = sessions_[instrument].phase;
  const Effect effect = matching::move_between(from, to)->effect;
  if (effect == Effect::uncross) end_call(instrument);
  sessions_[instrument].phase = to;
  out_.push_back(event::PhaseChanged{instrument, from, to});
  if (effect == Effect::re_enter) {
    books_.reenter({seq_}, book_of(instrument));
    tell(instrument);
  }
  tell_indicative(instrument);
}

// What falls due: the timetable, then orders that expire, then proposals, then listings, each by time; of one time by
// instrument, by number.

void Exchange::fire_due() {
  for (;;) {
    const auto expires = std::ranges::min_element(
        orders_, {}, [](const auto& o) { return std::pair{o.second.until.value_or(kNever), o.first}; });
    const auto lapses = std::ranges::min_element(deals_, {}, [](const auto& d) {
      const bool open = d.second.state == DealState::proposed;
      return std::pair{open ? d.second.until.value_or(kNever) : kNever, d.first};
    });
    const Instant order_at = expires == orders_.end() ? kNever : expires->second.until.value_or(kNever);
    const Instant deal_at = lapses == deals_.end() || lapses->second.state != DealState::proposed
                                ? kNever
                                : lapses->second.until.value_or(kNever);
    const Instant move_at = timetable_.empty() ? kNever : timetable_.front().at;
    const auto [listing_at, listing] = next_listing();
    const Instant first = std::min({order_at, deal_at, move_at, listing_at});
    if (first == kNever || first > now_) return;
    if (move_at == first) {
      const Due due = timetable_.front();
      timetable_.erase(timetable_.begin());
      if (matching::timetable_may_move(sessions_[due.instrument].phase, due.to)) change_phase(due.instrument, due.to);
    } else if (order_at == first) {
      const Instrument instrument = expires->second.instrument;
      end_order(expires->first, EndReason::expired);
      tell_indicative(instrument);
    } else if (deal_at != first) {
      fire_listing(*listing, listing_at);
    } else {
      Deal& deal = lapses->second;
      hold(deal, deal.proposer, Purse::held, Purse::free);
      to_state(deal, DealState::lapsed);
    }
  }
}

/// Every move of a day, as it falls due before random ends.
std::vector<Exchange::Due> Exchange::timetable_of(Day day) const {
  std::vector<Due> out;
  if (!open_on(*profile_, day)) return out;
  const int64_t midnight = int64_t{day.raw()} * 24 * kHour - 8 * kHour;  // in Beijing
  for (const Instrument i : kInstruments) {
    std::vector<matching::TimetableRow> rows;
    for (const bool own : {true, false})
      for (const auto& row : profile_->timetable)
        if (rows.empty() || rows.front().instrument.has_value() == own)
          if (own ? row.instrument == i : !row.instrument) rows.push_back(row);
    Phase phase = Phase::closed;
    for (const auto& row : rows) {
      const int64_t at = midnight + row.at.raw() * kSecond;
      if (phase == Phase::call && profile_->no_cancel_s > 0)
        out.push_back({{at - profile_->no_cancel_s * kSecond}, i, Phase::call_no_cancel, 0});
      out.push_back({{at}, i, row.to, row.random_end_us});
      phase = row.to;
    }
  }
  std::ranges::sort(out, {}, [](const Due& d) { return std::pair{d.at, d.instrument}; });
  return out;
}

// The day.

/// Days may be left out, and with them the last of an order.
void Exchange::expire_orders() {
  std::vector<OrderId> over;
  for (const auto& [id, order] : orders_)
    if (order.last_day && *order.last_day < *day_) over.push_back(id);
  for (const OrderId id : over) end_order(id, EndReason::expired);
}

void Exchange::open_sessions(const command::OpenDay& c) {
  for (const Instrument i : kInstruments) {
    Session& s = sessions_[i];
    s.trades.clear();
    s.band.reset();
    s.pairs = {};
    s.limits_pairs = false;
    s.levels_moved = true;  // another day's floors: what a class may deal at is looked at again
    const PriceRow* row = price_row(i);
    for (const auto& r : pack_->floor_routes) {
      if (!is_supplementary(i) || !r.period().contains(c.day)) continue;
      s.limits_pairs = true;
      s.pairs.limit(r.seller, r.buyer, row ? std::optional{floor_price(i, row->rate)} : std::nullopt);
    }
    if (is_supplementary(i) && !pack_->floor_routes.empty())
      books_.set_pairs(book_of(i), s.pairs, kParticipantClasses);
    else
      books_.clear_pairs(book_of(i));
    if (profile_ && profile_->continuous_band_permille && s.previous_close) {
      const int64_t p = s.previous_close->raw(), part = *profile_->continuous_band_permille;
      int64_t low = (p * (1'000 - part) + 999) / 1'000, high = p * (1'000 + part) / 1'000;
      low = std::max<int64_t>(std::min(low, p - 1), 1);
      high = std::min(std::max(high, p + 1), kHighestTick.raw());
      s.band = {Price::ticks(low), Price::ticks(high)};
    }
    const auto [low, high] = s.band.value_or(std::pair{Price::ticks(1), kHighestTick});
    books_.set_band(book_of(i), low, high);
    std::vector<OrderId> beyond;
    for (const auto& [id, order] : orders_)
      if (s.band && order.instrument == i && (order.side == Side::buy ? order.limit > high : order.limit < low))
        beyond.push_back(id);
    for (const OrderId id : beyond) end_order(id, EndReason::outside_band);
  }
  if (!profile_) {
    if (venue_ != Venue::simulation) return;
    for (const Instrument i : kInstruments) {
      sessions_[i].phase = Phase::continuous;
      books_.reenter({seq_}, book_of(i));
      tell(i);
    }
    return;
  }
  if (!open_on(*profile_, c.day)) return;
  const int64_t beijing_us = now_.us + 8 * kHour;
  timetable_ = timetable_of(Day::from_raw(static_cast<int32_t>(beijing_us / (24 * kHour))));
  if (c.random) {
    uint64_t draw = *c.random;
    for (Due& due : timetable_) {
      draw = matching::finalise64(draw + 0x9E3779B97F4A7C15);
      const auto late = Wide{draw} * static_cast<uint64_t>(due.window_us) >> 64;
      due.at.us += static_cast<int64_t>(late);
    }
  }
  std::ranges::stable_sort(timetable_, {}, [](const Due& d) { return std::pair{d.at, d.instrument}; });
}

void Exchange::close_sessions() {
  timetable_.clear();
  for (const Instrument i : kInstruments) {
    Session& s = sessions_[i];
    // Without a profile a day that only ran says nothing of phases.
    if (!profile_ && s.phase == Phase::continuous)
      s.phase = Phase::closed;
    else if (s.phase != Phase::closed)
      change_phase(i, Phase::closed);
  }
  std::vector<std::pair<OrderId, EndReason>> over;
  for (const auto& [id, order] : orders_) {
    if (order.lifetime == Lifetime::until_cancelled) continue;
    if (order.lifetime != Lifetime::until_day)
      over.emplace_back(id, EndReason::lapsed);
    else if (*order.last_day <= *day_)
      over.emplace_back(id, EndReason::expired);
  }
  for (const auto& [id, why] : over) end_order(id, why);

  for (const Instrument i : kInstruments) {
    Session& s = sessions_[i];
    s.band.reset();
    if (s.trades.empty()) continue;
    event::DayStatistics told{.instrument = i,
                              .open = s.trades.front().price,
                              .high = s.trades.front().price,
                              .low = s.trades.front().price,
                              .last = s.trades.back().price,
                              .close = close_of(s),
                              .volume = {},
                              .turnover = {},
                              .trades = s.trades.size()};
    Wide volume = 0, turnover = 0;
    for (const Done& t : s.trades) {
      told.high = std::max(*told.high, t.price);
      told.low = std::min(*told.low, t.price);
      volume += static_cast<uint64_t>(t.quantity.raw());
      turnover += static_cast<uint64_t>(consideration(t.quantity, t.price).raw());
    }
    const auto most = static_cast<uint64_t>(kLargestExact);
    if (volume <= most) told.volume = Quantity::from_raw(static_cast<int64_t>(volume));
    if (turnover <= most) told.turnover = Fen::from_raw(static_cast<int64_t>(turnover));
    out_.push_back(told);
    s.previous_close = told.close;
  }
}

/// The average of the day, or of its last minutes with a trade's among them, to the nearest tick.
std::optional<Price> Exchange::close_of(const Session& session) const {
  constexpr int64_t kMinute = 60 * kSecond;
  const auto counted = [&](const Done& t) {
    if (!profile_ || !profile_->closing_minutes) return true;
    return t.at.us / kMinute > session.trades.back().at.us / kMinute - int64_t{*profile_->closing_minutes};
  };
  Wide quantity = 0, fen = 0;
  for (const Done& t : session.trades) {
    if (!counted(t)) continue;
    quantity += static_cast<uint64_t>(t.quantity.raw());
    fen += static_cast<uint64_t>(consideration(t.quantity, t.price).raw());
  }
  const Wide down = fen / quantity, over = fen % quantity;
  return Price::ticks(static_cast<int64_t>(down) + (2 * over >= quantity ? 1 : 0));
}

// Calls.

Exchange::Call Exchange::call_now(Instrument instrument) const {
  const Session& s = sessions_.at(instrument);
  Call call;
  for (const Side side : {Side::buy, Side::sell}) {
    auto& orders = side == Side::buy ? call.buys : call.sells;
    books_.for_each_order(book_of(instrument), side, [&](const matching::Resting& r) {
      if (r.all_or_none || r.trigger) return;  // they wait outside
      const auto [low, high] = s.band.value_or(std::pair{Price::ticks(1), kHighestTick});
      if (side == Side::buy ? r.limit < low : r.limit > high) return;
      orders.push_back({r.id, r.ticket, r.seat, r.kind, AtBest{}, r.left, r.self_trade});
      if (!r.at_best) orders.back().terms = AtLimit{r.limit};
    });
    std::ranges::sort(orders, {}, [side](const matching::CallOrder& o) {
      const auto* limit = std::get_if<AtLimit>(&o.terms);
      return std::tuple{limit != nullptr, limit ? testing::rank(side, limit->price) : 0, o.ticket};
    });
  }
  call.pairs = s.pairs;
  if (s.band)
    for (const ParticipantClass seller : kClasses)
      for (const ParticipantClass buyer : kClasses)
        if (const auto floor = s.pairs(seller, buyer).floor) {
          call.pairs.limit(seller, buyer, std::max(*floor, s.band->first));
          if (*floor > s.band->second) call.pairs.limit(seller, buyer, {});
        }
  call.prevented = naive::prevent_self_trades(call.buys, call.sells, call.pairs);

  std::optional<Price> reference = s.previous_close;
  if (!s.trades.empty()) reference = s.trades.back().price;
  if (const PriceRow* row = price_row(instrument); row != nullptr && !reference)
    reference = floor_price(instrument, row->rate);
  if (reference && s.band) reference = std::clamp(*reference, s.band->first, s.band->second);
  const matching::CallBook book{.buys = call.buys, .sells = call.sells};
  call.price = naive::settle(book, call.pairs, naive::candidates(book, call.pairs, reference), reference);
  return call;
}

void Exchange::tell_call(Instrument instrument, bool final, const matching::CallPrice& p) {
  out_.push_back(event::CallPriced{instrument, final, p.price, p.volume, p.demand, p.supply, p.step});
}

/// One order came or went. The price is told again when as many have as 1/64 of those that rest anywhere.
void Exchange::tell_indicative(Instrument instrument) {
  Session& s = sessions_[instrument];
  if (s.phase != Phase::call && s.phase != Phase::call_no_cancel) return;
  if (++s.came_or_went <= books_.resting() / kOrdersPerIndication) return;
  s.came_or_went = 0;
  tell_call(instrument, false, call_now(instrument).price);
}

void Exchange::end_call(Instrument instrument) {
  const Call call = call_now(instrument);
  for (const auto& p : call.prevented) {
    if (p.ended) {
      end_order(p.order, EndReason::self_trade);
      continue;
    }
    const Order& order = orders_.at(p.order);
    books_.replace({seq_}, p.order, order.left - p.by, order.limit, false);
    tell(instrument);
  }
  tell_call(instrument, true, call.price);
  std::vector<matching::Meeting> meetings;
  if (call.price.price)
    for (const auto& f : naive::uncross({.buys = call.buys, .sells = call.sells}, call.pairs, *call.price.price))
      meetings.push_back({call.buys[f.buy].id, call.sells[f.sell].id, f.quantity});
  books_.uncross({seq_}, book_of(instrument), meetings, call.price.price.value_or(Price{}));
  tell(instrument);
  sessions_[instrument].came_or_went = 0;
}

}  // namespace landex::model
