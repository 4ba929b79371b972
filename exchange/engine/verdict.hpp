// verdict.hpp: collects every reason against a command and keeps the one that comes first in kPrecedence, so that a
// refusal never depends on the order in which the code looked.
#pragma once
#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "exchange/engine/refusal.hpp"

namespace landex::engine {

constexpr size_t precedence_of(Reason r) {
  const auto at = std::ranges::find(kPrecedence, r);
  assert(at != kPrecedence.end());
  return static_cast<size_t>(at - kPrecedence.begin());
}

class Verdict {
 public:
  /// Against the command. Of equal reasons the first stays.
  void refuse(Refusal r) {
    if (!first_ || precedence_of(r.reason) < precedence_of(first_->reason)) first_ = std::move(r);
  }
  bool refused() const { return first_.has_value(); }
  const std::optional<Refusal>& first() const { return first_; }

 private:
  std::optional<Refusal> first_;
};

}  // namespace landex::engine
