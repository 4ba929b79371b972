// ascending_script.hpp: the table language of the ascending listing auction. 建德 (mountain-4) sells; areas are mu,
// prices 万元/亩. How a table is read: auction_script.hpp. The venue of the tables asks for 20 days of notice and 10 of
// listing, counts down 5 minutes, lets a bid in the last 5 minutes move the deadline to 5 minutes after it, twice, and
// has room for 4 seats: examples, not the law. Every command begins with its day and clock:
//   0 09:00 announce 10.0000 start 20.00 step 0.10 [reserve 21.00] [priority 桐庐]
//           [from 20] [until 30] [late 2|always|never]     (listing from 09:00 of a day until 17:00 of another)
//   20 09:00 time                              what began by then; one line for each stage, below it the next
//   21 10:00 bid b1 余杭 20.00 · declare 余杭 · withdraw · least 余杭 (what it would have to bid)
//   31 09:00 resume                            the venue, closed since the line before, opens; then as `time`
//   21 10:00 pair urban 20.00|barred|free      the rule between the seller and that class; free: no rule for any
// Outcomes: refused <reason> [least 20.10] · done ·
//   announced|listed|timed until 30 17:05      highest until 30 17:05 [extended] [by-priority] [frees b1]
//   sold b3 余杭 21.00      unsold nobody      unsold b3 余杭 20.50 reserve 21.00      withdrawn      nothing
#pragma once
#include <gtest/gtest.h>

#include <optional>

#include "matching/ascending_auction.hpp"
#include "tests/auction_script.hpp"

namespace landex::auctions {

using namespace matching;

constexpr int64_t kMinute_us = 60'000'000, kDay_us = 1'440 * kMinute_us;

inline std::string told(const std::optional<AscendingRefusal>& r) {
  using enum AscendingReason;
  if (!r) return "done";
  std::string out = std::string{"refused "} + boost::describe::enum_to_string(r->reason, "?");
  for (const auto in_ticks :
       {start_out_of_range, step_out_of_range, reserve_below_start, below_floor, below_start, below_step})
    if (r->reason == in_ticks) out += " least " + text(Price::ticks(*r->least));
  if (r->reason == too_many_seats) out += " most " + std::to_string(*r->most);
  return out;
}

inline std::string text(Instant t) {
  const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const int64_t s = t.us / 1'000'000;
  std::string out = std::to_string(s / 86'400) + " " + two(s / 3'600 % 24) + ":" + two(s / 60 % 60);
  return s % 60 == 0 ? out : out + ":" + two(s % 60);
}

inline std::string told(const AscendingMoved& m) {
  std::string out = boost::describe::enum_to_string(m.stage, "?");
  if (m.due) return out + " until " + text(*m.due);
  if (m.stage == AscendingStage::withdrawn) return out;
  if (!m.highest) return out + " nobody";
  out += " " + name(m.highest->id) + " " + name(m.highest->seat) + " " + text(m.highest->price);
  return m.reserve ? out + " reserve " + text(*m.reserve) : out;
}

class AscendingTable {
 public:
  Words act(Words w) {
    now_ = moment(std::stoll(w.at(0)), w.at(1));
    w.erase(w.begin(), w.begin() + 2);
    if (w[0] == "announce") return {announce(w)};
    if (w[0] == "time") return time();
    if (w[0] == "resume") return opened_ = now_, auction_->resume(now_), time();
    if (w[0] == "pair") {
      const auto rule = w[2] == "barred" ? std::nullopt : std::optional{price(w[2] == "free" ? "0.00" : w[2])};
      w[2] == "free" ? pairs_ = {} : (pairs_.limit(ParticipantClass::mountain4, class_named(w[1]), rule), pairs_);
      return {"done"};
    }
    if (w[0] == "bid") return {bid(w)};
    if (w[0] == "least") return {text(auction_->least_bid(seat(w[1])))};
    if (w[0] == "declare") {
      const auto refusal = auction_->check_declare(seat(w[1]), pair(seat(w[1])), now_);
      if (!refusal) auction_->do_declare(seat(w[1]));
      return {told(refusal)};
    }
    if (w[0] != "withdraw") ADD_FAILURE() << "no command " << w[0];
    if (const auto refusal = auction_->check_withdraw()) return {told(refusal)};
    return {told(auction_->do_withdraw(now_))};
  }

 private:
  PairRule pair(Seat s) const { return pairs_(ParticipantClass::mountain4, kind(s)); }

  std::string announce(const Words& w) {
    AscendingTerms t{.instrument = Instrument::supplementary_area,
                     .seller = seat("建德"),
                     .quantity = area(w[1]),
                     .start = {},
                     .step = {},
                     .reserve = {},
                     .priority = {},
                     .from = moment(20, "09:00"),
                     .deadline = moment(30, "17:00")};
    LateBids late{.window_us = 5 * kMinute_us, .extension_us = 5 * kMinute_us, .most = 2};
    AscendingRules rules{.least_notice_us = 20 * kDay_us,
                         .least_listing_us = 10 * kDay_us,
                         .countdown_us = 5 * kMinute_us,
                         .late = late,
                         .seats = 4};
    for (size_t n = 2; n + 1 < w.size(); n += 2) {
      const std::string &what = w[n], &value = w[n + 1];
      if (what == "start") t.start = price(value);
      if (what == "step") t.step = price(value);
      if (what == "reserve") t.reserve = price(value);
      if (what == "priority") t.priority = seat(value);
      if (what == "from") t.from = moment(std::stoll(value), "09:00");
      if (what == "until") t.deadline = moment(std::stoll(value), "17:00");
      if (what == "late" && value == "always") rules.late->most.reset();
      if (what == "late" && value == "never") rules.late.reset();
    }
    if (const auto refusal = AscendingAuction::check_terms(t, rules, now_)) return told(refusal);
    auction_.emplace(AuctionId{1}, t, rules);
    return "announced until " + text(*auction_->next_due());
  }

  Words time() {
    Words out;
    while (auction_->next_due() && *auction_->next_due() <= now_) {
      const auto highest = auction_->highest();
      out.push_back(told(
          auction_->on_time(std::max(*auction_->next_due(), opened_), highest ? pair(highest->seat) : PairRule{})));
    }
    return out.empty() ? Words{"nothing"} : out;
  }

  std::string bid(const Words& w) {
    const AscendingBid b{.id = bid_named(w[1]), .seat = seat(w[2]), .price = price(w[3])};
    if (const auto refusal = auction_->check_bid(b, pair(b.seat), now_)) return told(refusal);
    const auto r = auction_->do_bid(b, now_);
    return "highest until " + text(r.due) + (r.extended ? " extended" : "") + (r.by_priority ? " by-priority" : "") +
           (r.displaced ? " frees " + name(r.displaced->id) : "");
  }

  std::optional<AscendingAuction> auction_;
  PairTable pairs_;
  Instant now_{}, opened_{};
};

inline void check_ascending(std::string_view table) {
  AscendingTable t;
  play(table, [&](const Words& w) { return t.act(w); });
}

}  // namespace landex::auctions
