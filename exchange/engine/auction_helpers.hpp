// auction_helpers.hpp: conditions and answers that sealed auctions and listings share. A machine's refusal becomes a
// Refusal with the words of the engine; what the engine can say better (who, the law, money) it says itself.
#pragma once
#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {

inline const matching::AuctionRules& auction_rules(const State& s) {
  const auto& profile = s.market.profile;
  return profile && profile->auctions ? *profile->auctions : matching::kOurAuctionRules;
}

/// Who sells or bids: a district of its own. True if a day is open, without which nothing more can be asked.
inline bool require_party(const Asked& a) {
  require_district(a);
  require_policy(a);
  if (!require_day(a)) return false;
  require_own_account(a);
  require_county(a, a.who.participant);
  return true;
}

/// Auctions are held in every venue, once there is one; they are announced in the profile's windows, and keep their own
/// hours from there on; and there is room for one more.
inline void require_auctions(const Asked& a, matching::WindowKind kind, std::string_view name) {
  if (!a.state.venue)
    a.verdict.refuse({Reason::mode_not_open, policy::Clause::h66_21_4, {venue_fact(a.state)}, "auction"});
  require_window(a, kind, name);
  if (a.state.auctions.size() >= kMostAuctions)
    a.verdict.refuse({Reason::auction_full, {}, {{FactName::most, int64_t{kMostAuctions}}}, "auctions"});
}

inline void refuse_unknown(const Asked& a, AuctionId id) {
  a.verdict.refuse({Reason::unknown_auction, {}, {{FactName::number, fact(id)}}, {}});
}
inline void refuse_auction(const Asked& a, Reason why, AuctionId id, std::optional<Instant> when = {}) {
  std::vector<Fact> facts{{FactName::number, fact(id)}};
  if (when) facts.push_back({FactName::instant, fact(*when)});
  a.verdict.refuse({why, {}, std::move(facts), {}});
}
inline void refuse_same_party(const Asked& a) {
  a.verdict.refuse({Reason::same_party_twice, {}, {{FactName::participant, fact(a.who.participant)}}, {}});
}
inline void refuse_full(const Asked& a, std::optional<int64_t> most, std::string what) {
  a.verdict.refuse({Reason::auction_full, {}, {{FactName::most, most.value_or(0)}}, std::move(what)});
}
inline void refuse_too_low(const Asked& a, Instrument i, Rate given, std::optional<int64_t> least_ticks) {
  a.verdict.refuse({Reason::bid_too_low,
                    {},
                    {{FactName::given_rate, fact(given)},
                     {FactName::floor_rate, fact(rate_of(i, Price::ticks(least_ticks.value_or(0))))},
                     {FactName::instrument, fact(i)}},
                    {}});
}

/// A time of an auction that comes too early (`least`), or too late to be told exactly (`most`).
inline void refuse_time(const Asked& a, std::string field, std::optional<int64_t> least, std::optional<int64_t> most) {
  constexpr int64_t kSecond = 1'000'000;  // people read and write seconds: the first full one that will do
  if (least)
    a.verdict.refuse({Reason::auction_times,
                      {},
                      {{FactName::instant, (*least + kSecond - 1) / kSecond * kSecond}},
                      std::move(field)});
  else
    refuse_range(a, field, *most + 1, 0, *most, {});
}

inline District district_of(const State& s, Seat seat) { return s.ledger.account(seat).district; }

}  // namespace landex::engine
