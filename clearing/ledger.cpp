#include "clearing/ledger.hpp"

#include <algorithm>

namespace landex::clearing {

Seat Ledger::open(District participant, ParticipantClass kind) {
  assert(may_open(participant) && !is_open(participant) && !full());
  const Seat seat{static_cast<uint16_t>(accounts_.size())};
  accounts_.push_back({.district = participant, .kind = kind, .purses = {}});
  const auto code = [this](Seat s) { return account(s).district; };
  by_code_.insert(std::ranges::upper_bound(by_code_, participant, {}, code), seat);
  seats_.set(participant, seat);
  return seat;
}

Assets Ledger::recount() const {
  Assets sum;
  for (const auto& account : accounts_)
    for (const Assets& purse : account.purses) sum += purse;
  return sum;
}

Assets Ledger::total(Purse p) const {
  Assets sum;
  for (const auto& account : accounts_) sum += account[p];
  return sum;
}

}  // namespace landex::clearing
