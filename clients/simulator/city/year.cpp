#include "clients/simulator/city/year.hpp"

#include <algorithm>
#include <array>

#include "clients/simulator/city/amounts.hpp"
#include "clients/simulator/city/bureau.hpp"
#include "clients/simulator/city/district.hpp"
#include "clients/simulator/city/measure.hpp"
#include "clients/simulator/city/reclaimer.hpp"
#include "clients/simulator/city/rules.hpp"
#include "clients/simulator/city/trader.hpp"
#include "clients/simulator/scenario/digest.hpp"
#include "exchange/engine/canonical.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;

constexpr auto kArea = Instrument::supplementary_area;
constexpr std::array kTraded{kArea, Instrument::linkage};
// Factors that are written into the pack: a shock of one is a new pack, between two days.
constexpr std::array kRuleFactors{Factor::pool_share, Factor::floor, Factor::gap_switch, Factor::payer,
                                  Factor::advance_share};

std::unique_ptr<MarketMechanism> make(Mechanism m, Seeds seeds) {
  switch (m) {
    case Mechanism::continuous:
      break;
    case Mechanism::call:
      return make_call(false);
    case Mechanism::call_then_continuous:
      return make_call(true);
    case Mechanism::sealed:
      return make_sealed(seeds);
    case Mechanism::listing:
      return make_listing();
  }
  return make_continuous();
}

/// What the books need room for: at most one quote stands for each project and indicator, each lot and stock, and each
/// side of a speculator. A lot counts as if every county filed as often as the list of factors lets it.
engine::Sizes sizes_of(const Scenario& scenario) {
  uint64_t orders = 1'024 + 4 * static_cast<uint64_t>(facts_of(Factor::speculators).high);
  for (const UnitPlan& u : scenario.units)
    orders += 2 * u.projects + 2 + static_cast<uint64_t>(facts_of(Factor::filings).high) + u.projects;
  return {.orders = static_cast<uint32_t>(std::min<uint64_t>(orders, engine::kMostOrders))};
}

/// Is a session one of so many, spread evenly over the year? The last of n falls on the last session.
bool falls_on(uint32_t session, uint32_t sessions, uint32_t times) {
  return uint64_t{session} * times / sessions > uint64_t{session - 1} * times / sessions;
}

}  // namespace

struct Year::Parts {
  Scenario scenario;
  const Regimes& regimes;
  Town town;
  Factors factors;
  std::vector<Day> days;
  OutsidePrice outside;
  Plan plan;
  Reclaimers reclaimers;
  std::vector<Trader> traders;
  std::vector<std::pair<uint64_t, uint32_t>> order;  // of a round
  std::vector<std::pair<RequestId, uint32_t>> asked;
  std::unique_ptr<MarketMechanism> mechanism;
  Measurer measurer;
  Outcome outcome;
  Seeds seeds;
  Price highest;  // that anybody may quote

  Parts(const Scenario& s, const Regimes& r) : scenario{s}, regimes{r}, town{sizes_of(s)} {}

  void set_up(const Point& point, Seeds seeds_of_run);
  void play_session();
  void trade();
  void act(Trader& trader);
  void tell_shouts();
  void note_session();
};

/// Everything that is fixed before anybody acts, and the stage.
void Year::Parts::set_up(const Point& point, Seeds seeds_of_run) {
  seeds = seeds_of_run;
  factors.begin(scenario, point);
  const auto& law = pack_of(regimes, point.choice<RuleSet>(Factor::rule_set));
  session_days(scenario, law, point.count(Factor::sessions), days);
  outside.draw(factors, days, Stream{{.seed = seeds.study, .run = seeds.run, .agent = 0, .purpose = Purpose::world}});
  plan.draw(scenario, factors, seeds, static_cast<uint32_t>(days.size()));
  reclaimers.begin(plan);
  mechanism = make(point.choice<Mechanism>(Factor::mechanism), seeds);

  const Day stage = stage_day(scenario, law);
  town.scenario = &scenario;
  town.now = factors.at(1);
  town.sessions = static_cast<uint32_t>(days.size());
  town.begin();
  town.world.begin(levered(law, town.now, stage), engine::Venue::simulation,
                   matching::beijing_instant(stage, matching::TimeOfDay::hm(8, 0)));
  bureau::set_stage(town, plan, stage);

  highest = price_of(2 * point[Factor::cross_city_price] * (1 + point[Factor::outside_premium]));
  for (const auto& lot : plan.lots) highest = std::max(highest, lot.cost);
  for (const auto& slice : town.slices) highest = std::max(highest, slice.cost);
  traders.clear();
  for (uint32_t n = 0; n < town.parties.size(); ++n) {
    const Party& p = town.parties[n];
    if (p.unit == kNone) {
      traders.emplace_back(town, n, TraderRole::speculator, seeds, highest);
      continue;
    }
    traders.emplace_back(town, n, TraderRole::buyer, seeds, highest);
    traders.emplace_back(town, n, TraderRole::seller, seeds, highest);
  }
}

void Year::Parts::play_session() {
  town.day = days[town.session - 1];
  town.outside_price = outside.path[town.session - 1];
  town.tally.sessions.emplace_back();
  if (factors.moved(town.session)) {
    const Point before = std::exchange(town.now, factors.at(town.session));
    if (before[Factor::strategy] != town.now[Factor::strategy] || before[Factor::margin] != town.now[Factor::margin])
      for (auto& t : traders) t.change_strategy(town, seeds, highest);
    if (std::ranges::any_of(kRuleFactors, [&](Factor f) { return before[f] != town.now[f]; })) {
      const auto& law = pack_of(regimes, town.now.choice<RuleSet>(Factor::rule_set));
      town.bureau(
          command::Activate{.behaviour = engine::kBehaviour, .pack = levered(law, town.now, stage_day(scenario, law))});
    }
  }
  const auto& pack = *town.world.state().pack;
  town.outside_open = pack.ended_by(policy::Clause::h66_7_1, town.day) == nullptr;
  if (outside.changes[town.session - 1]) bureau::publish(town, outside, days);
  bureau::open_day(town);
  if (town.session == 1) {
    bureau::certify_gaps(town, days.back());
    reclaimers.apply_for_advances(town, days.back());
  }
  reclaimers.file_lots(town);
  district::begin_projects(town);
  if (falls_on(town.session, town.sessions, town.now.count(Factor::allocation_runs))) {
    district::request_pool(town, asked);
    if (!asked.empty() && bureau::allocate(town)) district::take_allotted(town, asked);
  }
  trade();
  district::end_session(town);
  const auto paid = town.now.choice<ClaimsPaid>(Factor::claims_paid);
  const bool last = town.session == town.sessions;
  if (last || (paid == ClaimsPaid::quarterly && bureau::quarter_ends(town))) bureau::pay_claims(town);
  if (last) reclaimers.repay_advances(town);
  bureau::close_day(town);
}

void Year::Parts::trade() {
  mechanism->begin(town);
  town.begin_trading();
  const uint32_t rounds = town.now.count(Factor::rounds);
  const bool announced = mechanism->sellers_announce();
  const auto play = [&](auto&& takes_part) {
    order.clear();
    for (uint32_t n = 0; n < traders.size(); ++n) {
      const uint64_t draw = traders[n].draw_turn();
      if (takes_part(traders[n])) order.emplace_back(draw, n);
    }
    std::ranges::sort(order);
    for (const auto& [draw, n] : order) act(traders[n]);
  };
  if (announced)
    for (uint32_t r = 0; r < rounds; ++r) play([](const Trader& t) { return t.sells(); });
  for (uint32_t r = 0; r < rounds; ++r) {
    mechanism->round(town, r, rounds);
    play([&](const Trader& t) { return !announced || !t.sells(); });
  }
  note_session();
  mechanism->end(town);
  tell_shouts();
  town.end_quotes();
  const auto& s = town.tally.sessions.back()[index_of(kArea)];
  const auto mean = s.quantity > 0 ? std::optional{Price::ticks(s.money / s.quantity)} : std::nullopt;
  for (auto& t : traders) t.end_session(mean);
}

void Year::Parts::act(Trader& trader) {
  const auto offer = trader.turn(town);
  if (!offer) return;
  town.traded = false;
  const size_t heard = town.shouts.size();
  mechanism->offer(town, *offer);
  if (town.shouts.size() == heard)
    town.shouts.emplace_back(offer->instrument, Shout{.side = offer->side, .price = offer->price, .traded = false});
  tell_shouts();
  if (!town.traded || !town.now.on(Factor::reset_after_trade)) return;
  for (const Party& p : town.parties) {
    const auto theirs = [&](const Quote& q) { return q.live && town.parties[q.party].district == p.district; };
    if (std::ranges::any_of(town.quotes, theirs))
      town.bureau(command::CancelOrders{.participant = p.district, .instrument = {}, .side = {}});
  }
}

/// Only ZIP learns; nobody else is told.
void Year::Parts::tell_shouts() {
  if (town.now.choice<Strategy>(Factor::strategy) == Strategy::zip)
    for (const auto& [instrument, shout] : town.shouts)
      for (auto& t : traders) t.hear(town, instrument, shout);
  town.shouts.clear();
}

/// What stands in the book at the end of the session, and the floor.
void Year::Parts::note_session() {
  const auto& state = town.world.state();
  for (const Instrument i : kTraded) {
    auto& told = town.tally.sessions.back()[index_of(i)];
    told.bid = state.market.books.best(engine::book_of(i), Side::buy);
    told.ask = state.market.books.best(engine::book_of(i), Side::sell);
  }
  const auto* row = state.prices.in_force(kArea, town.day);
  if (row && !state.pack->floor_routes.empty())
    town.tally.sessions.back()[index_of(kArea)].floor = floor_price(kArea, row->rate);
}

Year::Year(const Scenario& scenario, const Regimes& regimes) : parts_{std::make_unique<Parts>(scenario, regimes)} {}
Year::~Year() = default;
Year::Year(Year&&) noexcept = default;

const Outcome& Year::run(const Point& point, Seeds seeds, bool paths) {
  Parts& p = *parts_;
  p.set_up(point, seeds);
  for (p.town.session = 1; p.town.session <= p.town.sessions; ++p.town.session) p.play_session();
  p.measurer.measure(p.town, p.outside, p.days, p.factors, paths, p.outcome);
  return p.outcome;
}

void Year::record(std::vector<engine::Stamped>* to) { parts_->town.world.record(to); }

std::string Year::audit() const {
  const Town& town = parts_->town;
  if (std::string wrong = town.world.engine().audit(); !wrong.empty()) return wrong;
  const auto& ledger = town.world.state().ledger;
  const size_t city = town.parties.size();
  for (size_t n = 0; n <= city; ++n) {
    const District d = n == city ? town.world.city() : town.parties[n].district;
    const auto& tally = town.tally.parties[n];
    int64_t cash = tally.deposited - tally.withdrawn;
    for (size_t m = 0; m <= city; ++m)
      cash += town.tally.transfers[m * (city + 1) + n] - town.tally.transfers[n * (city + 1) + m];
    if (cash != (ledger.money(d, clearing::Purse::free) + ledger.money(d, clearing::Purse::held)).raw())
      return "the transfers of " + std::to_string(d.raw()) + " are not what its purses show";
    if (n == city) continue;
    const Party& p = town.parties[n];
    Quantity land = p.inventory;
    for (const uint32_t s : p.slices)
      if (town.slices[s].instrument == kArea) land += town.slices[s].left;
    for (uint32_t k = p.first_project; k < p.last_project; ++k) land += town.projects[k].to_use;
    if (land != ledger.land(kArea, d, clearing::Purse::free) + ledger.land(kArea, d, clearing::Purse::held))
      return "the land of " + std::to_string(d.raw()) + " is not what its agents believe";
  }
  return {};
}

std::string Year::state_hash() const { return sha256_hex(parts_->town.world.engine().canonical_state()); }

std::string hash_of(const Regimes& regimes) {
  std::string text;
  engine::Canonical encode{text};
  for (const auto* book : {&regimes.h66_2022, &regimes.post_2025}) encode(book->pack);
  return sha256_hex(text);
}

}  // namespace landex::simulator
