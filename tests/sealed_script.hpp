// sealed_script.hpp: the table language of the sealed auction. 建德 (mountain-4) sells; bids may come from 9:00 and
// before 17:00; areas are mu, prices 万元/亩. How a table is read: auction_script.hpp. Commands, after a clock where it
// moves:
//   offer 10.0000 [least 1.0000] [published|hidden 18.00] [bids 3] [each 2]      enlarge 2.5000
//   pair urban 20.00|barred|free          (the rule between the seller and that class; free: no rule for any)
//   bid b1 余杭 6.0000 @21.00    amend b1 余杭 5.0000 @22.00    withdraw b1 余杭    seed 7    cancel
// Outcomes: done · refused <reason> [least …] [most …]. And of the opening, with a line for each bid, by rank:
//   open → sold 20.00 cover 13.0000/10.0000 [least 18.00] | undersubscribed cover 7.0000/10.0000 [least 18.00]
//     b1 accepted 6.0000 @21.00           (the area awarded; the price that was bid)
//     next 2.5000 2.5000 2.5000 2.5000    (what goes over to the next auctions)
#pragma once
#include <gtest/gtest.h>

#include <optional>

#include "matching/sealed_auction.hpp"
#include "tests/auction_script.hpp"

namespace landex::auctions {

using namespace matching;

constexpr Instant kOpens = {9LL * 3'600'000'000}, kCloses = {17LL * 3'600'000'000};

inline std::string told(const std::optional<SealedRefusal>& r) {
  if (!r) return "done";
  std::string out = std::string{"refused "} + boost::describe::enum_to_string(r->reason, "?");
  const bool in_ticks = r->reason == SealedReason::price_out_of_range || r->reason == SealedReason::below_floor ||
                        r->reason == SealedReason::below_reserve;
  const bool in_mu = r->reason == SealedReason::quantity_out_of_range;
  if (in_ticks) out += " least " + text(Price::ticks(*r->least));
  if (in_mu) out += " least " + text(Quantity::from_raw(*r->least)) + " most " + text(Quantity::from_raw(*r->most));
  return out;
}

class SealedTable {
 public:
  Words act(Words w) {
    if (w[0].find(':') != std::string::npos) {
      now_ = moment(0, w[0]);
      w.erase(w.begin());
    }
    if (w[0] == "offer") return {offer(w)};
    if (w[0] == "pair") {
      if (w[2] == "free")
        pairs_ = {};
      else
        pairs_.limit(ParticipantClass::mountain4, class_named(w[1]),
                     w[2] == "barred" ? std::nullopt : std::optional{price(w[2])});
      return {"done"};
    }
    if (w[0] == "open") return open();
    return {told(change(w))};
  }

 private:
  std::string offer(const Words& w) {
    SealedTerms t{.instrument = Instrument::supplementary_area,
                  .seller = seat("建德"),
                  .seller_kind = kind(seat("建德")),
                  .offered = area(w[1]),
                  .least_bid = area("0.0001"),
                  .reserve = {},
                  .opens = kOpens,
                  .closes = kCloses};
    SealedLimits limits{.bids = 8, .bids_per_seat = 4};
    for (size_t n = 2; n + 1 < w.size(); n += 2) {
      if (w[n] == "least") t.least_bid = area(w[n + 1]);
      if (w[n] == "published") t.reserve = {price(w[n + 1]), Disclosure::published};
      if (w[n] == "hidden") t.reserve = {price(w[n + 1]), Disclosure::hidden};
      if (w[n] == "bids") limits.bids = static_cast<uint32_t>(std::stoul(w[n + 1]));
      if (w[n] == "each") limits.bids_per_seat = static_cast<uint32_t>(std::stoul(w[n + 1]));
    }
    if (const auto r = SealedAuction::check_terms(t, limits, now_)) return told(r);
    auction_.emplace(AuctionId{1}, t, limits);
    return "done";
  }

  std::optional<SealedRefusal> change(const Words& w) {
    std::optional<SealedRefusal> r;
    if (w[0] == "bid" || w[0] == "amend") {
      const SealedBid bid{.id = bid_named(w[1]),
                          .seat = seat(w[2]),
                          .kind = kind(seat(w[2])),
                          .quantity = area(w[3]),
                          .price = price(w[4].substr(1))};
      r = w[0] == "bid" ? auction_->check_bid(bid, pairs_, now_) : auction_->check_amend(bid, pairs_, now_);
      if (!r) w[0] == "bid" ? auction_->do_bid(bid) : auction_->do_amend(bid);
    } else if (w[0] == "withdraw") {
      r = auction_->check_withdraw(bid_named(w[1]), seat(w[2]), now_);
      if (!r) auction_->do_withdraw(bid_named(w[1]));
    } else if (w[0] == "enlarge") {
      r = auction_->check_enlarge(area(w[1]), now_);
      if (!r) auction_->do_enlarge(area(w[1]));
    } else if (w[0] == "seed") {
      r = auction_->check_seed();
      if (!r) auction_->do_seed(std::stoull(w[1]));
    } else if (w[0] == "cancel") {
      r = auction_->check_cancel();
      if (!r) auction_->do_cancel();
    } else {
      ADD_FAILURE() << "no command " << w[0];
    }
    return r;
  }

  Words open() {
    if (const auto r = auction_->check_opening(now_)) return {told(r)};
    const auto o = auction_->do_opening(pairs_);
    Words out{boost::describe::enum_to_string(o.stage, "?") + (o.price ? " " + text(*o.price) : "") + " cover " +
              text(o.demand) + "/" + text(o.offered) + (o.least ? " least " + text(*o.least) : "")};
    for (const auto& b : o.bids)
      out.push_back(name(b.bid.id) + " " + boost::describe::enum_to_string(b.standing, "?") + " " + text(b.awarded) +
                    " @" + text(b.bid.price));
    std::string next;
    for (const auto& part : o.rolled_over) next += " " + text(part);
    if (!next.empty()) out.push_back("next" + next);
    return out;
  }

  std::optional<SealedAuction> auction_;
  PairTable pairs_;
  Instant now_{};
};

inline void check_sealed(std::string_view table) {
  SealedTable t;
  play(table, [&](const Words& w) { return t.act(w); });
}

}  // namespace landex::auctions
