#include "clients/simulator/city/timeline.hpp"

#include <algorithm>
#include <cmath>

#include "clients/simulator/city/normal.hpp"

namespace landex::simulator {
namespace {

constexpr uint32_t kWeeks = 52, kDaysOfYear = 365;

Day plus(Day d, int days) { return Day::from_raw(d.raw() + days); }

/// Which window of the calendar a day is in; only whether two are the same, and their order, counts.
int window_of(Day day, PriceWindow window) {
  const auto date = day.date();
  const int year = static_cast<int>(date.year()), month = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  switch (window) {
    case PriceWindow::month:
      return year * 12 + month;
    case PriceWindow::quarter:
      return year * 4 + month / 3;
    case PriceWindow::year:
      break;
  }
  return year;
}

}  // namespace

Day stage_day(const Scenario& scenario, const policy::Pack& pack) {
  Day day = plus(scenario.first_day, -1);
  for (const auto& e : pack.ended)
    if (e.clause == policy::Clause::h66_7_2) day = std::min(day, e.last);
  return day;
}

void session_days(const Scenario& scenario, const policy::Pack& pack, uint32_t sessions, std::vector<Day>& out) {
  out.clear();
  for (uint32_t n = 0; n < sessions; ++n) {
    Day day = plus(scenario.first_day, static_cast<int>(sessions <= kWeeks ? n * 7 : n * kDaysOfYear / sessions));
    if (!out.empty() && day <= out.back()) day = plus(out.back(), 1);
    while (policy::is_working_day(pack, day) == false) day = plus(day, 1);
    if (!pack.period().contains(day)) return;
    out.push_back(day);
  }
}

void Factors::begin(const Scenario& scenario, const Point& point) {
  stretches_.assign(1, {.from = 1, .point = point});
  for (const auto& shock : scenario.shocks) {
    if (stretches_.back().from != shock.session)
      stretches_.push_back({.from = shock.session, .point = stretches_.back().point});
    double& value = stretches_.back().point[shock.factor];
    value = shock.set ? *shock.set : value * shock.times.value_or(1);
  }
}

const Point& Factors::at(uint32_t session) const {
  const auto* found = &stretches_.front();
  for (const auto& s : stretches_)
    if (s.from <= session) found = &s;
  return found->point;
}

bool Factors::moved(uint32_t session) const {
  return session > 1 && std::ranges::any_of(stretches_, [&](const auto& s) { return s.from == session; });
}

void OutsidePrice::draw(const Factors& factors, const std::vector<Day>& days, Stream world) {
  path.clear();
  published.clear();
  changes.clear();
  const Point& start = factors.at(1);
  double walk = 0, sum = 0, mean = start[Factor::cross_city_price];
  uint32_t in_window = 0;
  int window = 0;
  for (uint32_t n = 0; n < days.size(); ++n) {
    const Point& now = factors.at(n + 1);
    // One step a session, also before the first: its share of the year.
    const double share = 1.0 / static_cast<double>(days.size()), volatility = now[Factor::price_volatility];
    walk += (std::log1p(now[Factor::price_drift]) - volatility * volatility / 2) * share +
            volatility * std::sqrt(share) * standard_normal(world);
    path.push_back(now[Factor::cross_city_price] * std::exp(walk));
    const int at = window_of(days[n], now.choice<PriceWindow>(Factor::price_window));
    changes.push_back(n == 0 || at != window);
    if (changes.back() && in_window > 0) {
      mean = sum / in_window;
      sum = 0;
      in_window = 0;
    }
    window = at;
    sum += path.back();
    ++in_window;
    published.push_back(mean);
  }
}

}  // namespace landex::simulator
