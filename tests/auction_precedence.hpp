// auction_precedence.hpp: refusals of an auction, pair by pair. A fault is one change to a good attempt; each alone is
// refused for its own reason, and two together for the one that stands first in the list of precedence. So faults must
// touch different things; those that cannot hold together are said to be apart.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace landex::auctions {

template <class Reason, class Attempt>
struct Precedence {
  struct Fault {
    Reason reason;
    std::function<void(Attempt&)> commit;
  };
  using Ask = std::function<std::optional<Reason>(const Attempt&)>;

  std::vector<Reason> list;
  std::set<std::pair<Reason, Reason>> apart;  // in the order of the list

  static std::string told(std::optional<Reason> r) { return r ? boost::describe::enum_to_string(*r, "?") : "done"; }

  /// Tries one command with each fault, and with each two. Adds to `seen` what was refused.
  void check(const std::string& command, const Attempt& good, const std::vector<Fault>& faults, const Ask& ask,
             std::set<Reason>& seen) const {
    EXPECT_EQ(told(ask(good)), "done") << command;
    const auto place = [&](Reason r) { return std::ranges::find(list, r) - list.begin(); };
    for (const auto& one : faults)
      for (const auto& other : faults) {
        if (place(one.reason) > place(other.reason) || apart.contains({one.reason, other.reason})) continue;
        for (const bool one_first : {true, false}) {
          Attempt attempt = good;
          (one_first ? one : other).commit(attempt);
          if (&one != &other) (one_first ? other : one).commit(attempt);
          EXPECT_EQ(told(ask(attempt)), told(one.reason)) << command << " with " << told(other.reason);
        }
        seen.insert(one.reason);
      }
  }
};

}  // namespace landex::auctions
