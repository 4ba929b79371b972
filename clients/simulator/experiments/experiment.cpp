#include "clients/simulator/experiments/experiment.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace landex::simulator {
namespace {

constexpr uint32_t kGone = std::numeric_limits<uint32_t>::max();

size_t index_of(Side s) { return s == Side::buy ? 0 : 1; }
Side other(Side s) { return s == Side::buy ? Side::sell : Side::buy; }

}  // namespace

Experiment::Experiment(PlainMarket& market, const Schedule& schedule, const QuoterRules& quoters,
                       const FloorRules& floor, ExperimentSeed seed)
    : market_{market},
      schedule_{schedule},
      rules_{quoters},
      floor_{floor},
      turn_{{.seed = seed.seed, .run = seed.run, .agent = 0, .purpose = Purpose::turn}} {
  assert(schedule.traders() <= market.traders());
  for (uint32_t n = 0; n < schedule.traders(); ++n) {
    const auto stream = [&](Purpose purpose) {
      return Stream{{.seed = seed.seed, .run = seed.run, .agent = n + 1, .purpose = purpose}};
    };
    quoters_.emplace_back(quoters, side(n), stream(Purpose::learn));
    streams_.push_back(stream(Purpose::quote));
  }
  active_.reserve(schedule.traders());
  place_.reserve(schedule.traders());
}

void Experiment::begin() {
  assert(schedule_.traders() == quoters_.size());
  standing_ = {};
  active_.clear();
  for (uint32_t n = 0; n < schedule_.traders(); ++n) active_.push_back(n);
  place_ = active_;
}

/// Could a buyer and a seller of those left agree? Where agents know no limit: is there one of each?
bool Experiment::may_gain() const {
  int64_t value = std::numeric_limits<int64_t>::min(), cost = std::numeric_limits<int64_t>::max();
  for (const uint32_t n : active_) {
    if (schedule_.buys(n))
      value = std::max(value, schedule_.limit(n));
    else
      cost = std::min(cost, schedule_.limit(n));
  }
  if (value == std::numeric_limits<int64_t>::min() || cost == std::numeric_limits<int64_t>::max()) return false;
  return rules_.pricing == Pricing::zi_u || value >= cost;
}

void Experiment::tell(const Shout& shout) {
  if (rules_.pricing != Pricing::zip) return;
  for (uint32_t n = 0; n < quoters_.size(); ++n)
    quoters_[n].hear(shout, Price::ticks(schedule_.limit(n)), place_[n] != kGone);
}

void Experiment::close(const PlainMarket::Deal& deal, Period& period) {
  period.trades.push_back(
      {.price = deal.price.raw(), .value = schedule_.limit(deal.buyer), .cost = schedule_.limit(deal.seller)});
  for (const uint32_t n : {deal.buyer, deal.seller}) {
    const uint32_t last = active_.back(), at = place_[n];
    active_[at] = last;
    place_[last] = at;
    active_.pop_back();
    place_[n] = kGone;
  }
}

std::optional<PlainMarket::Deal> Experiment::speak(uint32_t n, Period& period) {
  ++period.turns;
  const Side s = side(n);
  const Price price = quoters_[n].quote(Price::ticks(schedule_.limit(n)), streams_[n]);
  if (floor_.quotes != FloorQuotes::persist) {
    auto& standing = standing_[index_of(s)];
    if (standing) {
      const Price best = *market_.best(s);
      if (floor_.quotes == FloorQuotes::improve && (s == Side::buy ? price <= best : price >= best))
        return std::nullopt;
      if (*standing != n) market_.withdraw(*standing);
    }
    standing = n;
  }
  ++period.quotes;
  const auto deal = market_.quote(n, s, price);
  tell({.side = s, .price = deal ? deal->price : price, .traded = deal.has_value()});
  if (!deal) return deal;
  standing_[index_of(s)].reset();
  standing_[index_of(other(s))].reset();
  return deal;
}

Period Experiment::continuous() {
  Period period{.trades = {}, .most_surplus = schedule_.most_surplus()};
  begin();
  if (floor_.turns == Turns::each_once) {
    std::vector<uint32_t> order = active_;
    for (size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[turn_.below(left)]);
    for (const uint32_t n : order) {
      const auto deal = speak(n, period);
      if (!deal) continue;
      close(*deal, period);
      if (floor_.reset_after_trade) market_.withdraw_all();
    }
  } else {
    bool go_on = may_gain();
    while (go_on && period.turns < floor_.most_turns) {
      const auto deal = speak(active_[turn_.below(active_.size())], period);
      if (!deal) continue;
      close(*deal, period);
      if (floor_.reset_after_trade) {
        market_.withdraw_all();
        standing_ = {};
      }
      go_on = may_gain();
    }
  }
  market_.withdraw_all();
  return period;
}

Period Experiment::call() {
  Period period{.trades = {}, .most_surplus = schedule_.most_surplus()};
  begin();
  market_.begin_call();
  for (uint32_t n = 0; n < schedule_.traders(); ++n) {
    ++period.turns;
    ++period.quotes;
    market_.quote(n, side(n), quoters_[n].quote(Price::ticks(schedule_.limit(n)), streams_[n]));
  }
  for (const auto& deal : market_.end_call()) close(deal, period);
  market_.withdraw_all();
  return period;
}

}  // namespace landex::simulator
