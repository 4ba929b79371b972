// timeline.hpp: when the year's sessions are, which factors hold in each of them, and what land costs outside the city:
// what is fixed for a run before anybody acts. The price outside is exogenous: nobody in the city moves it. Pure.
#pragma once
#include <vector>

#include "clients/simulator/city/year.hpp"
#include "clients/simulator/draw/stream.hpp"

namespace landex::simulator {

/// The day on which what was filed before the year is told to the engine: before the first session, and while the rule
/// set still lets supplementary farmland be filed (post-2025: no later than the last day of H66-7.2).
Day stage_day(const Scenario& scenario, const policy::Pack& pack);

/// The business days of the sessions: weekly from the first day (more than 52 sessions: spread over the year), each on
/// the next working day, as far as the calendar tells; only days on which the rule set is in force.
void session_days(const Scenario& scenario, const policy::Pack& pack, uint32_t sessions, std::vector<Day>& out);

/// The factors from session to session: shocks change them from their session on.
class Factors {
 public:
  void begin(const Scenario& scenario, const Point& point);
  /// `session` from 1.
  const Point& at(uint32_t session) const;
  /// Does another point hold in this session than in the one before it?
  bool moved(uint32_t session) const;

 private:
  struct Stretch {
    uint32_t from;
    Point point;
  };
  std::vector<Stretch> stretches_;
};

/// What land costs outside the city, wan yuan/mu.
struct OutsidePrice {
  std::vector<double> path;       // by session, from 0: cross_city_price · exp(random walk with drift), lognormal steps
  std::vector<double> published;  // by session: the mean of the path over the window before the session's window
  std::vector<bool> changes;      // by session: a window of the published price begins with it

  void draw(const Factors& factors, const std::vector<Day>& days, Stream world);
};

}  // namespace landex::simulator
