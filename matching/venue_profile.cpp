#include "matching/venue_profile.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <iterator>
#include <tuple>

namespace landex::matching {
namespace {

constexpr int64_t kSecond = 1'000'000;  // in microseconds
constexpr int64_t kDay = 86'400 * kSecond;

/// The rows that an instrument follows: its own, or else those of all.
std::vector<TimetableRow> rows_for(const VenueProfile& p, Instrument i) {
  const bool own = std::ranges::any_of(p.timetable, [i](const TimetableRow& r) { return r.instrument == i; });
  std::vector<TimetableRow> rows;
  std::ranges::copy_if(p.timetable, std::back_inserter(rows),
                       [&](const TimetableRow& r) { return own ? r.instrument == i : !r.instrument; });
  return rows;
}

}  // namespace

bool trades_on(const VenueProfile& profile, Day day) {
  const ClosedWeekdays& w = profile.closed_weekdays;
  const bool closed[] = {w.sunday, w.monday, w.tuesday, w.wednesday, w.thursday, w.friday, w.saturday};
  if (closed[std::chrono::weekday{day.date()}.c_encoding()]) return false;
  return std::ranges::none_of(profile.holidays, [day](const Holiday& h) { return h.from <= day && day <= h.until; });
}

bool window_open(const VenueProfile& profile, WindowKind kind, Instant now) {
  const int64_t since_1970 = now.us + kBeijingAheadS * kSecond;
  assert(since_1970 >= 0);
  const int64_t since_midnight = since_1970 % kDay;
  return trades_on(profile, Day::from_raw(static_cast<int32_t>(since_1970 / kDay))) &&
         std::ranges::any_of(profile.windows, [&](const Window& w) {
           return w.kind == kind && w.from.raw() * kSecond <= since_midnight &&
                  since_midnight < w.until.raw() * kSecond;
         });
}

std::vector<DueMove> moves_of_day(const VenueProfile& profile, Day day) {
  assert(validate(profile).empty());
  std::vector<DueMove> moves;
  if (!trades_on(profile, day)) return moves;
  for (const Instrument instrument : kInstruments) {
    Phase now = Phase::closed;
    for (const TimetableRow& row : rows_for(profile, instrument)) {
      const Instant due = beijing_instant(day, row.at);
      if (now == Phase::call && profile.no_cancel_s > 0)
        moves.push_back({.due = {due.us - profile.no_cancel_s * kSecond},
                         .instrument = instrument,
                         .to = Phase::call_no_cancel,
                         .random_end_us = 0});
      moves.push_back({.due = due, .instrument = instrument, .to = row.to, .random_end_us = row.random_end_us});
      now = row.to;
    }
  }
  std::ranges::sort(moves, {}, [](const DueMove& m) { return std::tuple{m.due, m.instrument}; });
  return moves;
}

Instant random_end(Instant base, int64_t window_us, uint64_t random) {
  assert(0 <= window_us && window_us <= kMostRandomEndUs);
  __extension__ using Wide = unsigned __int128;
  return {.us = base.us + static_cast<int64_t>(Wide{random} * static_cast<uint64_t>(window_us) >> 64)};
}

VenueProfile simulation_profile() {
  const auto hm = TimeOfDay::hm;
  VenueProfile p;
  p.name = {.zh = "模拟", .en = "simulation"};
  p.origin = {.zh = "本系统的默认值，并非法定：时段与涨跌幅参照全国碳市场，集合竞价为自定",
              .en = "our default, not the law: hours and bands as on the national carbon market, calls of our own"};
  p.closed_weekdays = {.saturday = true, .sunday = true};
  p.timetable = {{.at = hm(9, 15), .to = Phase::call, .instrument = {}},
                 {.at = hm(9, 30), .to = Phase::continuous, .instrument = {}, .random_end_us = 30 * kSecond},
                 {.at = hm(11, 30), .to = Phase::closed, .instrument = {}},
                 {.at = hm(13, 0), .to = Phase::continuous, .instrument = {}},
                 {.at = hm(15, 0), .to = Phase::closed, .instrument = {}}};
  for (const auto kind : {WindowKind::listing, WindowKind::auction, WindowKind::negotiated}) {
    p.windows.push_back({.kind = kind, .from = hm(9, 30), .until = hm(11, 30)});
    p.windows.push_back({.kind = kind, .from = hm(13, 0), .until = hm(15, 0)});
  }
  p.no_cancel_s = 5 * 60;
  p.continuous_band_permille = 100;
  p.negotiated_band_permille = 300;
  return p;
}

VenueProfile production_profile() {
  VenueProfile p = simulation_profile();
  p.name = {.zh = "正式", .en = "production"};
  p.origin = {.zh = "本系统的默认值，并非法定：时段参照全国碳市场",
              .en = "our default, not the law: hours as on the national carbon market"};
  p.timetable.clear();
  p.no_cancel_s = 0;
  p.continuous_band_permille.reset();
  p.negotiated_band_permille.reset();
  return p;
}

}  // namespace landex::matching
