// The books against their judge (naive_books.hpp): the same random commands, the same tapes, one by one, and the same
// answers to every question. A failing seed prints the one command that reproduces it, and the shortest stream that was
// found to show the difference, in words close to those of book_script.hpp.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "tests/random_books.hpp"

namespace landex::testing {
namespace {

using namespace matching;

uint64_t number_from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// What the books told, so that a test which met nothing fails.
struct Seen {
  std::map<size_t, uint64_t> happenings;
  std::map<EndReason, uint64_t> reasons;
  uint64_t full = 0, cascades = 0, peaks_in_one_walk = 0;

  void look(const Lockstep& pair) {
    std::set<OrderId> joined;
    size_t triggered = 0;
    for (const auto& h : pair.tape()) {
      ++happenings[h.index()];
      if (const auto* e = std::get_if<Ended>(&h)) ++reasons[e->reason];
      if (const auto* j = std::get_if<Joined>(&h)) peaks_in_one_walk += joined.insert(j->order).second ? 0 : 1;
      triggered += std::holds_alternative<Triggered>(h) ? 1 : 0;
    }
    cascades += triggered > 1 ? 1 : 0;
    full += pair.was_full() ? 1 : 0;
  }
};

/// Does this stream, or what of it can still be done, show a difference?
bool differs(const Setting& setting, const std::vector<Step>& steps) {
  Lockstep pair{setting};
  for (const auto& s : steps)
    if (!pair.apply(s).empty() || !pair.compare().empty()) return true;
  return false;
}

/// Leaves out what is not needed: all that names one order (a full pool hangs on such pairs), then ever smaller pieces.
std::vector<Step> shortest(const Setting& setting, std::vector<Step> steps) {
  const auto leave_out = [&](const auto& which) {
    std::vector<Step> fewer;
    for (size_t i = 0; i < steps.size(); ++i)
      if (!which(i)) fewer.push_back(steps[i]);
    if (fewer.size() == steps.size() || !differs(setting, fewer)) return false;
    steps = std::move(fewer);
    return true;
  };
  for (size_t before = steps.size() + 1; steps.size() < before;) {
    before = steps.size();
    std::set<OrderId> orders;
    for (const auto& s : steps) orders.insert(order_of(s).value_or(OrderId{}));
    for (const auto id : orders) leave_out([&](size_t i) { return order_of(steps[i]) == id; });
    for (size_t piece = std::max<size_t>(steps.size() / 2, 1); piece > 0; piece /= 2)
      for (size_t at = 0; at < steps.size();)
        if (!leave_out([&](size_t i) { return at <= i && i < at + piece; })) at += piece;
  }
  return steps;
}

std::string told(const Setting& setting, const std::vector<Step>& steps) {
  Lockstep pair{setting};
  std::string out = text_of(setting);
  for (const auto& s : steps) {
    out += "    " + text_of(s) + "\n";
    auto wrong = pair.apply(s);
    if (wrong.empty()) wrong = pair.compare();
    if (!wrong.empty()) return out + wrong;
  }
  return out;
}

TEST(BooksAgainstNaive, TellTheSameOfTheSameRandomCommands) {
  const uint64_t first = number_from_environment("LANDEX_SEED", 1);
  const uint64_t seeds = number_from_environment("LANDEX_SEEDS", 64);
  const uint64_t commands = number_from_environment("LANDEX_COMMANDS", 1'500);
  Seen seen;
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    RandomBooks random{seed};
    Lockstep pair{random.setting()};
    std::vector<Step> steps;
    for (uint64_t n = 0; n < commands; ++n) {
      steps.push_back(random.next(pair));
      auto wrong = pair.apply(steps.back());
      if (wrong.empty() && (n % 50 == 0 || n + 1 == commands)) wrong = pair.compare();
      ASSERT_EQ(wrong, "") << "command " << n << " of seed " << seed
                           << "\nthe shortest stream that shows a difference:\n"
                           << told(random.setting(), shortest(random.setting(), steps))
                           << "\nreproduce: LANDEX_SEED=" << seed << " LANDEX_SEEDS=1 LANDEX_COMMANDS=" << commands
                           << " build/release/tests/landex_seeds --gtest_filter=BooksAgainstNaive.*";
      seen.look(pair);
    }
  }
  if (std::getenv("LANDEX_SEED")) return;  // one stream need not meet everything
  // a guard must fail when it has looked at nothing; every second stream meets each of these
  const uint64_t enough = seeds / 2;
  EXPECT_EQ(seen.happenings.size(), std::variant_size_v<Happening>);
  for (const auto why :
       {EndReason::cancelled, EndReason::lapsed, EndReason::expired, EndReason::not_at_once, EndReason::not_in_full,
        EndReason::minimum_not_met, EndReason::would_meet, EndReason::self_trade, EndReason::cap_spent})
    EXPECT_GE(seen.reasons[why], enough) << static_cast<int>(why);
  EXPECT_GE(seen.full, enough);
  EXPECT_GE(seen.cascades, enough);
  EXPECT_GE(seen.peaks_in_one_walk, enough);
}

}  // namespace
}  // namespace landex::testing
