// ascending_auction.hpp: one lot, sold to whoever bids most: 公告 notice, 挂牌 listing with written bids, 限时竞价
// timed bidding if two want it, 成交 knocked down or 流拍 unsold. The lot is one quantity at a price per unit; it does
// not split. What else belongs to it (paddy, capacity) is the caller's affair.
//
//   announced ──from──► listed ──deadline, two want it──► timed ──countdown runs out──► sold | unsold
//                         └─────deadline, otherwise─────────────────────────────────► sold | unsold
//   withdrawn by the seller, from any of the first three, before the first bid
//
// BIDS. The first is at the start price or above, each later one at the highest plus the step or above; a seat may
// raise its own bid (that is how a sole bidder reaches a hidden reserve). Only the highest bid stands; the one it
// displaces is named in the result, so that its hold can be freed. A bid below the floor of its pair is refused.
// PRIORITY RIGHT 优先权. The named seat may also bid exactly what the highest bid of another is; it then stands as the
// highest, and others must outbid it by a step. It has to bid or declare before the deadline like anybody else.
// WHO WANTS IT. Seats that have bid, and seats that have declared 报名 for the timed bidding, before the deadline. With
// two or more, timed bidding begins at the deadline, and they alone may bid in it. With one bid it is decided at once.
// LATE BIDS. If a bid of the listing comes with less than `window_us` left, the deadline moves to that bid's time plus
// `extension_us` (always later than it was), `most` times or without limit.
// COUNTDOWN. Timed bidding ends `countdown_us` after the deadline, or after the last bid in it.
// RESERVE 底价. Hidden. It is told only when it decides: the highest bid is below it, and the lot is unsold.
//
// LAW. The floor of the day of the decision counts too (decisions 11): a highest bid that its pair no longer allows is
// not sold, and then no reserve is told.
//
// TIME. A stage lasts up to its due instant, without it. next_due() says when the next one begins; the caller fires
// on_time() for each before it asks for anything at or after that instant (decisions 5), however late it wakes up. The
// caller says when the stage begins: when it was due, or, if the venue was closed then, when it opened again. While it
// is closed the clock stands still: the countdown of a timed bidding begins anew with resume(), so that nobody is
// outwaited over night. Bounded: at most `rules.seats` seats bid or declare; only the highest bid is kept.
// One thread, pure; check_x before do_x.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <optional>
#include <vector>

#include "matching/pair_table.hpp"
#include "matching/types/bounds.hpp"
#include "matching/types/day.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/seat.hpp"

namespace landex::matching {

struct LateBids {
  int64_t window_us;             // 1..extension_us
  int64_t extension_us;          // ..kLongest_us
  std::optional<uint32_t> most;  // how often; none: without limit
  friend bool operator==(const LateBids&, const LateBids&) = default;
};
BOOST_DESCRIBE_STRUCT(LateBids, (), (window_us, extension_us, most))

inline constexpr int64_t kLongest_us = int64_t{366} * 86'400 * 1'000'000;
inline constexpr Instant kLatestDeadline{kLargestExact - kLongest_us};  // in 2254; what is added later stays exact
inline constexpr uint32_t kMostAscendingSeats = kMaxSeats;

/// What the venue sets. All times in µs, up to kLongest_us.
struct AscendingRules {
  int64_t least_notice_us;   // from the announcement to the listing; 0 or more
  int64_t least_listing_us;  // from the listing to its deadline; 1 or more
  int64_t countdown_us;      // 1 or more
  std::optional<LateBids> late;
  uint32_t seats;  // that may bid or declare; 1..kMostAscendingSeats
  friend bool operator==(const AscendingRules&, const AscendingRules&) = default;
};
BOOST_DESCRIBE_STRUCT(AscendingRules, (), (least_notice_us, least_listing_us, countdown_us, late, seats))

/// What the seller sets.
struct AscendingTerms {
  Instrument instrument;
  Seat seller;
  Quantity quantity;
  Price start;
  Price step;  // in ticks: the smallest rise
  std::optional<Price> reserve;
  std::optional<Seat> priority;
  Instant from, deadline;  // of the listing
};
BOOST_DESCRIBE_STRUCT(AscendingTerms, (),
                      (instrument, seller, quantity, start, step, reserve, priority, from, deadline))

struct AscendingBid {
  BidId id;
  Seat seat;
  Price price;
  friend bool operator==(const AscendingBid&, const AscendingBid&) = default;
};
BOOST_DESCRIBE_STRUCT(AscendingBid, (), (id, seat, price))

/// Behind each: what `given`, `least` and `most` of the refusal are. The numbers are never reused.
enum class AscendingReason : uint8_t {
  rules_not_usable = 1,
  over = 2,                   // sold, unsold or withdrawn
  not_listed_yet = 3,         // µs: now, from
  listing_over = 4,           // one declares before the deadline only
  notice_too_short = 5,       // µs: from, least
  listing_too_short = 6,      // µs: deadline, least
  quantity_out_of_range = 7,  // units of the instrument, all three
  start_out_of_range = 8,     // ticks: given, least
  step_out_of_range = 9,      // ticks: given, least
  total_out_of_range = 10,    // fen: –, –, most
  reserve_below_start = 11,   // ticks: given, least
  priority_of_seller = 12,    // the priority right is not the seller's
  own_auction = 13,           // the seller may not bid
  not_among_bidders = 14,     // timed bidding is for those who bid or declared before the deadline
  already_wants = 15,         // it has bid or declared
  pair_barred = 16,           // this class may not buy from the seller's
  below_floor = 17,           // ticks: given, least
  below_start = 18,           // ticks: given, least
  below_step = 19,            // ticks: given, least
  too_many_seats = 20,        // –, –, most
  has_bid = 21,               // given: the number of the highest bid
  time_out_of_range = 22,     // µs: given, –, most
};
BOOST_DESCRIBE_ENUM(AscendingReason, rules_not_usable, over, not_listed_yet, listing_over, notice_too_short,
                    listing_too_short, quantity_out_of_range, start_out_of_range, step_out_of_range, total_out_of_range,
                    reserve_below_start, priority_of_seller, own_auction, not_among_bidders, already_wants, pair_barred,
                    below_floor, below_start, below_step, too_many_seats, has_bid, time_out_of_range)

/// First that holds is the answer: when, then whether the numbers make sense, then who, then the law, then what the
/// seller has set and the others have bid, then room.
inline constexpr std::array kAscendingPrecedence{
    AscendingReason::rules_not_usable,    AscendingReason::over,
    AscendingReason::not_listed_yet,      AscendingReason::listing_over,
    AscendingReason::time_out_of_range,   AscendingReason::notice_too_short,
    AscendingReason::listing_too_short,   AscendingReason::quantity_out_of_range,
    AscendingReason::start_out_of_range,  AscendingReason::step_out_of_range,
    AscendingReason::reserve_below_start, AscendingReason::total_out_of_range,
    AscendingReason::priority_of_seller,  AscendingReason::own_auction,
    AscendingReason::not_among_bidders,   AscendingReason::already_wants,
    AscendingReason::pair_barred,         AscendingReason::below_floor,
    AscendingReason::below_start,         AscendingReason::below_step,
    AscendingReason::too_many_seats,      AscendingReason::has_bid,
};

struct AscendingRefusal {
  AscendingReason reason;
  std::optional<int64_t> given, least, most;  // see AscendingReason
  friend bool operator==(const AscendingRefusal&, const AscendingRefusal&) = default;
};
BOOST_DESCRIBE_STRUCT(AscendingRefusal, (), (reason, given, least, most))

enum class AscendingStage : uint8_t { announced = 1, listed = 2, timed = 3, sold = 4, unsold = 5, withdrawn = 6 };
BOOST_DESCRIBE_ENUM(AscendingStage, announced, listed, timed, sold, unsold, withdrawn)

/// A bid stands as the highest.
struct AscendingRaised {
  AuctionId auction;
  AscendingBid bid;
  bool by_priority;                       // at the price of the bid it displaces
  std::optional<AscendingBid> displaced;  // stands no longer; may be the same seat's
  Instant due;                            // when it is decided, or timed bidding begins, if nobody bids
  bool extended;                          // the deadline of the listing moved
  friend bool operator==(const AscendingRaised&, const AscendingRaised&) = default;
};
BOOST_DESCRIBE_STRUCT(AscendingRaised, (), (auction, bid, by_priority, displaced, due, extended))

/// A stage began. Sold: to `highest`. Unsold: nobody bid, or `highest` was below `reserve`, or its pair forbids it.
struct AscendingMoved {
  AuctionId auction;
  AscendingStage stage;
  Instant at;                  // when it began
  std::optional<Instant> due;  // when the next one is
  std::optional<AscendingBid> highest;
  std::optional<Price> reserve;  // told because it decided
  friend bool operator==(const AscendingMoved&, const AscendingMoved&) = default;
};
BOOST_DESCRIBE_STRUCT(AscendingMoved, (), (auction, stage, at, due, highest, reserve))

class AscendingAuction {
 public:
  static std::optional<AscendingRefusal> check_terms(const AscendingTerms& terms, const AscendingRules& rules,
                                                     Instant now);
  AscendingAuction(AuctionId id, const AscendingTerms& terms, const AscendingRules& rules);

  std::optional<Instant> next_due() const { return due_; }
  /// The one stage that is due at next_due() begins at `at`, then or later. `pair` is the rule between the seller's
  /// class and the highest bidder's on that day; without a bid it does not matter.
  AscendingMoved on_time(Instant at, const PairRule& pair);

  /// The venue has opened again at `at`: a countdown begins anew. Nothing else has a clock that ran.
  void resume(Instant at);

  /// `pair` is the rule between the seller's class and the bidder's.
  std::optional<AscendingRefusal> check_bid(const AscendingBid& bid, const PairRule& pair, Instant now) const;
  AscendingRaised do_bid(const AscendingBid& bid, Instant now);

  /// For the timed bidding, without a bid yet.
  std::optional<AscendingRefusal> check_declare(Seat seat, const PairRule& pair, Instant now) const;
  void do_declare(Seat seat);

  /// By the seller; that it is the seller who asks is the caller's check.
  std::optional<AscendingRefusal> check_withdraw() const;
  AscendingMoved do_withdraw(Instant now);

  /// The least price that this seat may bid now; its pair's floor apart.
  Price least_bid(Seat seat) const;

  AuctionId id() const { return id_; }
  const AscendingTerms& terms() const { return terms_; }
  AscendingStage stage() const { return stage_; }
  const std::optional<AscendingBid>& highest() const { return highest_; }
  const std::vector<Seat>& wanted_by() const { return wanted_by_; }  // ascending

 private:
  bool over() const { return stage_ > AscendingStage::timed; }
  bool may_match(Seat seat) const;
  Price next_price() const;
  bool wants(Seat seat) const;
  std::optional<AscendingRefusal> check_time(Instant now) const;
  AscendingMoved decide(Instant at, const PairRule& pair);
  AscendingMoved move(AscendingStage to, Instant at, std::optional<Instant> due);

  AuctionId id_;
  AscendingTerms terms_;
  AscendingRules rules_;
  AscendingStage stage_ = AscendingStage::announced;
  std::optional<Instant> due_;
  uint32_t extensions_ = 0;
  std::optional<AscendingBid> highest_;
  std::vector<Seat> wanted_by_;
  BOOST_DESCRIBE_CLASS(AscendingAuction, (), (), (),
                       (id_, terms_, rules_, stage_, due_, extensions_, highest_, wanted_by_))
};

}  // namespace landex::matching
