#include "clients/simulator/city/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "clients/simulator/city/amounts.hpp"
#include "clients/simulator/city/rules.hpp"

namespace landex::simulator {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr auto kArea = Instrument::supplementary_area;

double mu_of(int64_t raw) { return static_cast<double>(raw) / 10'000; }
double wan_of(int64_t fen) { return static_cast<double>(fen) / 1'000'000; }
double ratio(double a, double b) { return b > 0 ? a / b : kUnknown; }
/// Fen for so many 0.0001 mu, as wan yuan/mu.
double price_of(int64_t money, int64_t quantity) {
  return quantity > 0 ? static_cast<double>(money) / static_cast<double>(quantity) / 100 : kUnknown;
}

/// What a mu from outside cost in that session, with all that it cost beside its price.
Price outside_cost(const OutsidePrice& outside, const Factors& factors, uint32_t session) {
  return simulator::price_of(outside.path[session - 1] * (1 + factors.at(session)[Factor::outside_premium]));
}

/// Raffinetti, Siletti & Vernizzi 2015: Σ|x − y| / (2 (n − 1) Σ|x|): between 0 and 1 also where some incomes are
/// negative; where none is, Gini's coefficient for small samples.
double gini(const std::vector<double>& x) {
  double differences = 0, sum = 0;
  for (const double a : x) {
    sum += std::abs(a);
    for (const double b : x) differences += std::abs(a - b);
  }
  return x.size() < 2 ? kUnknown : ratio(differences, 2 * static_cast<double>(x.size() - 1) * sum);
}

/// Units' rows, and who paid whom.
void measure_units(const Town& town, Outcome& out) {
  const auto city = town.parties.size();
  out.units.clear();
  out.transfers = town.tally.transfers;
  for (size_t n = 0; n <= city; ++n) {
    const auto& t = town.tally.parties[n];
    UnitOutcome u{.district = n == city ? town.world.city() : town.parties[n].district};
    u.bought = mu_of(t.bought);
    u.sold = mu_of(t.sold);
    u.filed = mu_of(t.filed);
    u.pooled = mu_of(t.pooled);
    u.pool_received = wan_of(t.pool_received);
    u.advance = wan_of(t.advance - t.advance_repaid);
    // All money from and to other units: sales, the pool, advances.
    for (size_t m = 0; m <= city; ++m) {
      u.paid += wan_of(out.transfers[n * (city + 1) + m]);
      u.received += wan_of(out.transfers[m * (city + 1) + n]);
    }
    if (n < city) {
      // Value of what was bought and used, less what was paid; what was received, less the cost of what was sold.
      u.surplus = wan_of(t.received - t.paid);
      const Party& p = town.parties[n];
      for (const uint32_t s : p.slices) {
        const auto& slice = town.slices[s];
        if (slice.instrument != kArea) continue;
        if (slice.made) u.surplus -= wan(consideration(slice.sold, slice.cost));
        if (!town.tally.last_price || slice.cost < *town.tally.last_price) u.unsold += mu(slice.left);
      }
      u.unsold += mu(p.inventory);
      for (uint32_t k = p.first_project; k < p.last_project; ++k) {
        const auto& project = town.projects[k];
        u.need += mu(project.plan.need);
        u.filled += mu(project.has());
      }
      u.unmet = u.need - u.filled;
    }
    out.units.push_back(u);
  }
}

/// Prices by session: of supplementary area, weighted by area where it is a mean over sessions.
void measure_prices(const Town& town, const OutsidePrice& outside, const Factors& factors, Outcome& out) {
  int64_t quantity = 0, money = 0;
  double sum = 0, squares = 0, traded = 0, at_floor = 0, at_ceiling = 0;
  bool floors = false;  // did one stand at all?
  for (size_t n = 0; n < town.tally.sessions.size(); ++n) {
    const auto& s = town.tally.sessions[n][index_of(kArea)];
    if (s.quantity == 0) continue;
    quantity += s.quantity;
    money += s.money;
    const double mean = price_of(s.money, s.quantity);
    traded += 1;
    sum += mean;
    squares += mean * mean;
    floors = floors || s.floor;
    // Every trade of the route at the floor: their money is area × floor, exactly. A session is at one of the two at
    // most, so that floor, ceiling and between are all the sessions with a trade.
    if (s.floor && s.route_quantity > 0 &&
        s.route_money == consideration(Quantity::from_raw(s.route_quantity), *s.floor).raw())
      at_floor += 1;
    else
      at_ceiling += wan_per_mu(outside_cost(outside, factors, static_cast<uint32_t>(n) + 1)) <= mean;
  }
  out[Measure::mean_price] = price_of(money, quantity);
  out[Measure::last_price] = town.tally.last_price ? wan_per_mu(*town.tally.last_price) : kUnknown;
  out[Measure::price_sd] =  // of the sessions that traded; two at least
      traded > 1 ? std::sqrt(std::max(squares - sum * sum / traded, 0.0) / (traded - 1)) : kUnknown;
  out[Measure::at_floor] = floors ? ratio(at_floor, traded) : kUnknown;
  out[Measure::at_ceiling] = ratio(at_ceiling, traded);
  out[Measure::linkage_price] = price_of(town.tally.linkage_money, town.tally.linkage_quantity);
  out[Measure::volume] = mu_of(quantity);
  out[Measure::linkage_volume] = mu_of(town.tally.linkage_quantity);
}

/// The need of projects and what filled it.
void measure_need(const Town& town, Outcome& out) {
  Quantity need, own, pool, bought, outside;
  double linked = 0, done = 0;
  for (const auto& p : town.projects) {
    need += p.plan.need;
    own += p.own;
    pool += p.pool;
    bought += p.bought;
    outside += p.outside;
    linked += p.plan.linked;
    done += p.plan.linked && p.lacks() == Quantity{} && p.lacks_linkage() == Quantity{};
  }
  const Quantity filled = own + pool + bought + outside;
  out[Measure::need] = mu(need);
  out[Measure::filled] = mu(filled);
  out[Measure::unmet] = mu(need - filled);
  out[Measure::own_used] = mu(own);
  out[Measure::pool_used] = mu(pool);
  out[Measure::bought_used] = mu(bought);
  out[Measure::outside_used] = mu(outside);
  out[Measure::fill_rate] = ratio(mu(filled), mu(need));
  out[Measure::linked_done] = ratio(done, linked);
  out[Measure::pool_in] = 0;
  out[Measure::unsold] = 0;
  for (const auto& u : out.units) {
    out[Measure::pool_in] += u.pooled;
    out[Measure::unsold] += u.unsold;
  }
  const auto& state = town.world.state();
  out[Measure::pool_left] = mu(state.ledger.land(kArea, town.world.city(), clearing::Purse::pool) +
                               state.ledger.land(kArea, town.world.city(), clearing::Purse::held));
}

void measure_money(const Town& town, Outcome& out, std::vector<double>& some) {
  const auto city = town.parties.size();
  int64_t turnover = 0, sold = 0;
  double mountain4 = 0, squares = 0;
  std::vector<double>& bought = some;
  bought.clear();
  std::array<int64_t, 2> most{};
  for (size_t n = 0; n < city; ++n) {
    const auto& t = town.tally.parties[n];
    turnover += t.received;
    sold += t.sold;
    if (t.sold > most[0])
      most = {t.sold, most[0]};
    else
      most[1] = std::max(most[1], t.sold);
    if (town.parties[n].kind == ParticipantClass::mountain4) mountain4 += out.units[n].received - out.units[n].paid;
    if (town.parties[n].unit != kNone) bought.push_back(mu_of(t.bought));
  }
  for (size_t n = 0; n < city; ++n) {
    const double part = ratio(mu_of(town.tally.parties[n].sold), mu_of(sold));
    squares += part * part;
  }
  out[Measure::turnover] = wan_of(turnover + town.tally.linkage_money);
  out[Measure::mountain4_income] = mountain4;
  double paid = 0;
  for (size_t n = 0; n < city; ++n) {  // claims repay advances first (H66-7.5): what is left of those was paid too
    const auto& t = town.tally.parties[n];
    paid += wan_of(t.pool_received + t.advance - t.advance_repaid - t.pool_paid);
  }
  out[Measure::city_paid] = paid;
  out[Measure::hhi] = sold > 0 ? squares : kUnknown;
  out[Measure::top2] = ratio(mu_of(most[0] + most[1]), mu_of(sold));
  std::ranges::sort(bought);
  const double all = std::reduce(bought.begin(), bought.end());
  out[Measure::bottom_half] =
      ratio(std::reduce(bought.begin(), bought.begin() + static_cast<std::ptrdiff_t>(bought.size() / 2)), all);
  some.clear();
  for (size_t n = 0; n < city; ++n)
    if (town.parties[n].unit != kNone) some.push_back(out.units[n].received - out.units[n].paid);
  out[Measure::gini] = gini(some);
}

void measure_paths(const Town& town, const OutsidePrice& outside, const Factors& factors, Outcome& out) {
  for (uint32_t n = 0; n < town.tally.sessions.size(); ++n)
    for (const Instrument i : {kArea, Instrument::linkage}) {
      const auto& s = town.tally.sessions[n][index_of(i)];
      const auto told = [](const std::optional<Price>& p) { return p ? wan_per_mu(*p) : kUnknown; };
      out.sessions.push_back(
          {.session = n + 1,
           .instrument = i,
           .mean_price = price_of(s.money, s.quantity),
           .volume = mu_of(s.quantity),
           .bid = told(s.bid),
           .ask = told(s.ask),
           .floor = told(s.floor),
           .outside_price = i == kArea ? wan_per_mu(outside_cost(outside, factors, n + 1)) : kUnknown});
    }
}

}  // namespace

void Measurer::measure(const Town& town, const OutsidePrice& outside, const std::vector<Day>& days,
                       const Factors& factors, bool paths, Outcome& out) {
  out.measures.fill(kUnknown);
  out.sessions.clear();
  measure_units(town, out);
  measure_prices(town, outside, factors, out);
  measure_need(town, out);
  measure_money(town, out, some_);

  // Demand: what own stock and the pool did not fill, worth no more than land from outside cost at the deadline.
  demand_.clear();
  supply_.clear();
  double buyers = 0;
  for (const auto& p : town.projects) {
    int64_t worth = p.plan.value.raw();
    if (town.outside_open && !days.empty()) {
      const auto last = std::min<size_t>(p.plan.deadline, days.size());
      worth = std::min(worth, outside_cost(outside, factors, static_cast<uint32_t>(last)).raw());
    }
    demand_.push_back({.quantity = (p.plan.need - p.own - p.pool).raw(), .traded = p.bought.raw(), .at = worth});
    const double value = wan(consideration(p.bought, Price::ticks(worth)));
    buyers += value;
    out.units[p.plan.unit].surplus += value;
  }
  for (const auto& s : town.slices)
    if (s.made && s.instrument == kArea)
      supply_.push_back({.quantity = (s.size - s.used).raw(), .traded = s.sold.raw(), .at = s.cost.raw()});
  const Gains g = gains(demand_, supply_);
  out[Measure::max_surplus] = g.maximum;
  out[Measure::surplus] = g.realised;
  out[Measure::efficiency] = ratio(g.realised, g.maximum);
  out[Measure::missed] = ratio(g.missed, g.maximum);
  out[Measure::wrong] = ratio(g.wrong, g.maximum);
  // Who has projects is a buyer with what he pays, everybody a seller with what he is paid; speculators are sellers
  // with both. The two sum to the surplus.
  for (const auto& p : town.parties)
    if (p.unit != kNone) buyers -= wan_of(town.tally.parties[static_cast<size_t>(&p - town.parties.data())].paid);
  out[Measure::buyers_surplus] = buyers;
  out[Measure::sellers_surplus] = g.realised - buyers;

  const auto& counters = town.world.counters();
  out[Measure::commands] = static_cast<double>(counters.commands);
  out[Measure::orders] = static_cast<double>(town.tally.orders);
  out[Measure::trades] = static_cast<double>(town.tally.trades);
  out[Measure::refused] = static_cast<double>(counters.refused);
  if (paths) measure_paths(town, outside, factors, out);
}

}  // namespace landex::simulator
