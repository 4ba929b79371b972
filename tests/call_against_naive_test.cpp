// The call auction against its judge (naive_call.hpp): random small books, the same prevention, price, fills and pairs;
// and what call_auction.hpp says of the ticks that are not asked, looked at tick by tick. Each seed is a batch of
// calls. A failing one prints the command that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <sstream>

#include "tests/naive_call.hpp"
#include "tests/random_market.hpp"

namespace landex {
namespace {

using namespace matching;
using testing::Random;

uint64_t number_from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// Most of the 16 have no name.
ParticipantClass class_numbered(size_t n) { return std::bit_cast<ParticipantClass>(static_cast<uint8_t>(n)); }

struct Shape {
  int64_t classes, orders, highest_price, largest, unit;  // quantities are 1 … largest units
};

struct RandomCall {
  std::vector<CallOrder> buys, sells;
  PairTable pairs;
  std::optional<Price> reference;

  RandomCall(Random& r, const Shape& shape) {
    std::vector<ParticipantClass> classes;
    for (int64_t n = r.between(1, shape.classes); n > 0; --n)
      classes.push_back(class_numbered(static_cast<size_t>(r.between(1, int64_t{kMaxClasses}))));
    const int64_t open_one_in = r.between(1, 4);
    for (const auto seller : classes)
      for (const auto buyer : classes)
        if (!r.one_in(open_one_in)) {
          std::optional<Price> floor;
          if (!r.one_in(3)) floor = Price::ticks(r.between(1, shape.highest_price + 2));
          pairs.limit(seller, buyer, floor);
        }

    const int64_t seats = r.one_in(3) ? 3 : 1'000, at_best_one_in = r.one_in(12) ? 1 : r.between(2, 9);
    const int64_t few_prices = r.between(1, shape.highest_price);
    uint64_t ticket = 0;
    const auto order = [&] {
      const int64_t seat = r.between(0, seats - 1);
      ticket += static_cast<uint64_t>(r.between(1, 3));
      CallOrder o{.id = {1'000 - ticket},  // an id says nothing about priority
                  .ticket = ticket,
                  .seat = static_cast<Seat>(seat),
                  .kind = classes[static_cast<size_t>(seat) % classes.size()],
                  .terms = AtBest{},
                  .quantity = Quantity::from_raw(r.between(1, shape.largest) * shape.unit),
                  .self_trade = static_cast<SelfTrade>(r.between(1, 6))};
      if (!r.one_in(at_best_one_in)) o.terms = AtLimit{Price::ticks(r.between(1, few_prices))};
      return o;
    };
    for (int64_t n = r.between(0, shape.orders); n > 0; --n) (r.one_in(2) ? buys : sells).push_back(order());
    sort_in_priority(Side::buy, buys);
    sort_in_priority(Side::sell, sells);
    if (!r.one_in(4)) reference = Price::ticks(r.between(0, shape.highest_price + 3));
  }
  CallBook book() const { return {buys, sells}; }

  std::string told() const {
    std::ostringstream out;
    const auto side = [&](std::string_view name, const std::vector<CallOrder>& orders) {
      for (const auto& o : orders) {
        out << "\n  " << name << " " << o.ticket << ": class " << index_of(o.kind) + 1 << " seat "
            << static_cast<int>(o.seat) << " " << o.quantity.raw() << " @";
        if (std::holds_alternative<AtLimit>(o.terms))
          out << limit_of(o.terms).raw();
        else
          out << "best";
      }
    };
    side("buy", buys);
    side("sell", sells);
    for (size_t s = 1; s <= kMaxClasses; ++s)
      for (size_t b = 1; b <= kMaxClasses; ++b)
        if (const auto rule = pairs(class_numbered(s), class_numbered(b)); rule.limited)
          out << "\n  " << s << " → " << b << (rule.floor ? " from " + std::to_string(rule.floor->raw()) : " never");
    out << "\n  reference " << (reference ? std::to_string(reference->raw()) : "none");
    return out.str();
  }
};

std::string told(const std::vector<CallFill>& fills) {
  std::string out;
  for (const auto& f : fills)
    out += " " + std::to_string(f.buy) + "-" + std::to_string(f.sell) + ":" + std::to_string(f.quantity.raw());
  return out;
}

std::string told(const CallPrice& p) {
  return (p.price ? std::to_string(p.price->raw()) : "none") + " by step " + std::to_string(static_cast<int>(p.step)) +
         ", V " + std::to_string(p.volume.raw()) + " D " + std::to_string(p.demand.raw()) + " S " +
         std::to_string(p.supply.raw());
}

/// What the header promises of ticks that are not asked.
void look_at_every_tick(const RandomCall& call, const CallPrice& found) {
  const auto asked = naive::candidates(call.book(), call.pairs, call.reference);
  std::optional<naive::Outlook> below;
  for (const Price t : naive::every_tick(call.book(), call.pairs, call.reference)) {
    const auto here = naive::outlook(call.book(), call.pairs, t);
    if (found.price) {
      ASSERT_LE(here.volume, found.volume);
    }
    if (std::ranges::binary_search(asked, t)) {
      below = here;
      continue;
    }
    ASSERT_LE(here.volume, below->volume);
    ASSERT_EQ(here.supply, below->supply);
    const bool a_buyer_stands_below =
        std::ranges::any_of(call.buys, [&](const auto& o) { return o.terms == Terms{AtLimit{below->price}}; });
    if (a_buyer_stands_below) continue;
    ASSERT_EQ(here.volume, below->volume);
    ASSERT_EQ(here.demand, below->demand);
  }
}

struct Seen {
  std::map<CallStep, int> steps;
  std::map<SelfTrade, int> modes;
  int passed_over = 0, in_part = 0;
};

void play(RandomCall& call, Seen& seen) {
  auto judged_buys = call.buys, judged_sells = call.sells;
  std::vector<CallPrevented> prevented;
  prevent_self_trades(call.buys, call.sells, call.pairs, prevented);
  ASSERT_EQ(prevented, naive::prevent_self_trades(judged_buys, judged_sells, call.pairs));
  ASSERT_EQ(call.buys.size(), judged_buys.size());
  ASSERT_EQ(call.sells.size(), judged_sells.size());
  for (const auto& p : prevented) ++seen.modes[p.mode];

  const CallPrice found = discover(call.book(), call.pairs, call.reference);
  const CallPrice judged = naive::settle(call.book(), call.pairs,
                                         naive::candidates(call.book(), call.pairs, call.reference), call.reference);
  ASSERT_EQ(found, judged) << told(found) << "; the judge: " << told(judged);
  look_at_every_tick(call, found);
  ++seen.steps[found.step];

  const Price price = found.price.value_or(Price::ticks(7));
  std::vector<CallFill> fills;
  uncross(call.book(), call.pairs, price, fills);
  const auto judged_fills = naive::uncross(call.book(), call.pairs, price);
  ASSERT_EQ(fills, judged_fills) << told(fills) << "; the judge: " << told(judged_fills);

  std::vector<int64_t> bought(call.buys.size());
  for (const auto& f : fills) bought[f.buy] += f.quantity.raw();
  for (size_t i = 0, later = 0; i < bought.size(); ++i) {
    seen.in_part += bought[i] > 0 && bought[i] < call.buys[i].quantity.raw();
    for (later = i + 1; later < bought.size(); ++later) seen.passed_over += bought[i] == 0 && bought[later] > 0;
  }
}

void play_seeds(const Shape& shape, uint64_t seeds, int calls, Seen& seen) {
  const uint64_t first = number_from_environment("LANDEX_SEED", 1);
  for (uint64_t seed = first; seed < first + number_from_environment("LANDEX_SEEDS", seeds); ++seed) {
    Random random{seed};
    for (int n = 0; n < calls; ++n) {
      RandomCall call{random, shape};
      const std::string as_it_came = call.told();
      ASSERT_NO_FATAL_FAILURE(play(call, seen))
          << "call " << n << " of seed " << seed << ":" << as_it_came << "\nreproduce: LANDEX_SEED=" << seed
          << " LANDEX_SEEDS=1 build/release/tests/landex_seeds --gtest_filter=CallAgainstNaive.*";
    }
  }
}

TEST(CallAgainstNaive, GivesTheSameCallForTheSameRandomOrders) {
  Seen seen;
  play_seeds({.classes = 4, .orders = 14, .highest_price = 14, .largest = 6, .unit = 1}, 40, 250, seen);
  // a guard must fail when it has looked at nothing
  EXPECT_EQ(seen.steps.size(), 5u);
  EXPECT_EQ(seen.modes.size(), 5u);  // all but `allow`, which does nothing
  EXPECT_GT(seen.in_part, 0);
  EXPECT_GT(seen.passed_over, 0);
}

TEST(CallAgainstNaive, GivesTheSameCallWithManyClassesAndTheLargestQuantities) {
  Seen seen;
  play_seeds({.classes = 9, .orders = 30, .highest_price = 20, .largest = 4, .unit = 25'000'000'000}, 20, 10, seen);
  EXPECT_GE(seen.steps.size(), 4u);
}

}  // namespace
}  // namespace landex
