// sealed_auction.hpp: one sealed auction with one price 密封统一价: a seller offers a quantity of one instrument, seats
// bid in secret inside a window, all bids are opened at once, and whoever is accepted pays the lowest accepted price.
//
// WINDOW. Bids come, change and leave from `opens` on and before `closes`; the stamp of the command decides, there is
// no timer. A changed bid keeps its id, so also its place in a tie. Until the opening no result names a price or a
// quantity (decisions 16).
//
// RESERVE AND FLOORS. As all pay one price, that price must be lawful for everyone who may win. So the least price of
// an auction is its reserve, raised to the highest floor that the seller's class has with any class it may trade with.
// A seller who wants bids below that floor opens the auction to the classes without it: the caller's table then bars
// the others. A bid under a floor or a published reserve is refused when it comes; one under a hidden reserve is taken,
// and is out at the opening. The table of the opening decides: a bid whose pair has been barred meanwhile is out too.
//
// OPENING. Bids rank by price, the highest first; equal prices by tie_rank(seed, bid), the least first; then by id.
// They are filled in that order until the offer is covered, the last one in part (that part may be under the least
// bid). The price is that of the last bid that got anything. If the bids that count do not cover the offer, nothing
// trades, and the whole offer goes over to the next auctions of the series, see roll_over().
// Source: Regulation (EU) 1031/2010 Art. 7(1)-(5), and EEX's notices (evenly over the next four). Ours are tie_rank and
// the least price; 7(6), to cancel far below the secondary market, is not here.
//
// SEED. It comes once, in a command of its own, before the opening. Given after `closes`, no bidder can have aimed at
// it; given before `opens`, nobody who has seen the bids can. Which of the two is the venue's choice.
//
// Invariants: bids stand in order of id, at most `limits.bids` of them; nothing changes once it is decided. Memory is
// taken when the auction is made. One thread, pure; the caller gives ids that rise, and fires check_x before do_x.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <optional>
#include <vector>

#include "matching/checksum.hpp"
#include "matching/pair_table.hpp"
#include "matching/types/day.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/seat.hpp"

namespace landex::matching {

enum class Disclosure : uint8_t { published = 1, hidden = 2 };
BOOST_DESCRIBE_ENUM(Disclosure, published, hidden)

struct SealedReserve {
  Price price;
  Disclosure disclosure;
  friend bool operator==(const SealedReserve&, const SealedReserve&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedReserve, (), (price, disclosure))

struct SealedTerms {
  Instrument instrument;
  Seat seller;
  ParticipantClass seller_kind;
  Quantity offered;
  Quantity least_bid;
  std::optional<SealedReserve> reserve;
  Instant opens, closes;
  friend bool operator==(const SealedTerms&, const SealedTerms&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedTerms, (), (instrument, seller, seller_kind, offered, least_bid, reserve, opens, closes))

inline constexpr uint32_t kMostSealedBids = 65'536;  // × kMaxQuantity: the demand is still exact in a browser
inline constexpr uint32_t kMostRollOver = 64;

struct SealedLimits {
  uint32_t bids;           // 1..kMostSealedBids
  uint32_t bids_per_seat;  // 1 or more
  uint32_t roll_over = 4;  // over how many auctions an undersubscribed offer goes; 1..kMostRollOver
  friend bool operator==(const SealedLimits&, const SealedLimits&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedLimits, (), (bids, bids_per_seat, roll_over))

struct SealedBid {
  BidId id;
  Seat seat;
  ParticipantClass kind;
  Quantity quantity;
  Price price;
  friend bool operator==(const SealedBid&, const SealedBid&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedBid, (), (id, seat, kind, quantity, price))

/// Behind each: what `given`, `least` and `most` of the refusal are. The numbers are never reused.
enum class SealedReason : uint8_t {
  limits_not_usable = 1,
  decided = 2,                 // it was opened or cancelled
  bidding_not_begun = 3,       // µs: now, opens
  bidding_begun = 4,           // µs: now, –, opens
  bidding_over = 5,            // µs: now, –, closes
  bidding_not_over = 6,        // µs: now, closes
  window_not_usable = 7,       // µs: opens, now; or closes, opens; or closes, –, most
  quantity_out_of_range = 8,   // units of the instrument, all three
  least_bid_out_of_range = 9,  // units, all three
  price_out_of_range = 10,     // ticks: given, least
  total_out_of_range = 11,     // fen: –, –, most
  unknown_bid = 12,            // given: the bid's number
  not_your_bid = 13,           // given: the bid's number
  own_auction = 14,            // the seller may not bid
  pair_barred = 15,            // this class may not buy from the seller's
  below_floor = 16,            // ticks: given, least
  below_reserve = 17,          // ticks: given, least; only of a published one
  too_many_bids_of_seat = 18,  // –, –, most
  auction_full = 19,           // –, –, most
  seed_already_given = 20,
  seed_missing = 21,
};
BOOST_DESCRIBE_ENUM(SealedReason, limits_not_usable, decided, bidding_not_begun, bidding_begun, bidding_over,
                    bidding_not_over, window_not_usable, quantity_out_of_range, least_bid_out_of_range,
                    price_out_of_range, total_out_of_range, unknown_bid, not_your_bid, own_auction, pair_barred,
                    below_floor, below_reserve, too_many_bids_of_seat, auction_full, seed_already_given, seed_missing)

/// First that holds is the answer: when, then which bid is meant, then whether the numbers make sense, then the law,
/// then what the seller has set, then room.
inline constexpr std::array kSealedPrecedence{
    SealedReason::limits_not_usable,
    SealedReason::decided,
    SealedReason::bidding_not_begun,
    SealedReason::bidding_begun,
    SealedReason::bidding_over,
    SealedReason::bidding_not_over,
    SealedReason::window_not_usable,
    SealedReason::unknown_bid,
    SealedReason::not_your_bid,
    SealedReason::quantity_out_of_range,
    SealedReason::least_bid_out_of_range,
    SealedReason::price_out_of_range,
    SealedReason::total_out_of_range,
    SealedReason::own_auction,
    SealedReason::pair_barred,
    SealedReason::below_floor,
    SealedReason::below_reserve,
    SealedReason::too_many_bids_of_seat,
    SealedReason::auction_full,
    SealedReason::seed_already_given,
    SealedReason::seed_missing,
};

struct SealedRefusal {
  SealedReason reason;
  std::optional<int64_t> given, least, most;  // see SealedReason
  friend bool operator==(const SealedRefusal&, const SealedRefusal&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedRefusal, (), (reason, given, least, most))

enum class SealedStage : uint8_t { undecided = 1, sold = 2, undersubscribed = 3, cancelled = 4 };
BOOST_DESCRIBE_ENUM(SealedStage, undecided, sold, undersubscribed, cancelled)

/// A bid came, changed or left. No price and no quantity: what to hold or free, the caller reads from find().
struct SealedChanged {
  AuctionId auction;
  BidId bid;
  Seat seat;
  friend bool operator==(const SealedChanged&, const SealedChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedChanged, (), (auction, bid, seat))

enum class SealedStanding : uint8_t { accepted = 1, in_part = 2, not_reached = 3, below_least = 4, barred = 5 };
BOOST_DESCRIBE_ENUM(SealedStanding, accepted, in_part, not_reached, below_least, barred)

struct SealedResult {
  SealedBid bid;
  SealedStanding standing;
  Quantity awarded;
  friend bool operator==(const SealedResult&, const SealedResult&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedResult, (), (bid, standing, awarded))

/// What the opening found. demand / offered is the cover ratio, exact.
struct SealedOpened {
  AuctionId auction;
  SealedStage stage;           // sold or undersubscribed
  std::optional<Price> price;  // what everybody accepted pays; none: nothing trades
  Quantity demand, offered;    // demand: of the bids that count
  std::optional<Price> least;  // the least price; told if the reserve is published, or a bid was below it
  uint64_t seed;
  std::vector<SealedResult> bids;     // those that count by rank, then the others by rank
  std::vector<Quantity> rolled_over;  // the parts for the next auctions, the nearest first; none if it was sold
  friend bool operator==(const SealedOpened&, const SealedOpened&) = default;
};
BOOST_DESCRIBE_STRUCT(SealedOpened, (), (auction, stage, price, demand, offered, least, seed, bids, rolled_over))

/// Place of a bid among equal prices, the least first: output number `bid` of splitmix64 seeded with `seed`. No two
/// bids of one auction have the same.
constexpr uint64_t tie_rank(uint64_t seed, BidId bid) { return finalise64(seed + bid.raw() * 0x9E3779B97F4A7C15U); }

/// `quantity` over `auctions` parts that sum to it: evenly, and what is left over one unit each to the nearest. (The
/// largest remainder with equal weights, ties to the nearest.) A part may be 0. 10 over 4: 3, 3, 2, 2.
std::vector<Quantity> roll_over(Quantity quantity, uint32_t auctions);

class SealedAuction {
 public:
  static std::optional<SealedRefusal> check_terms(const SealedTerms& terms, const SealedLimits& limits, Instant now);
  SealedAuction(AuctionId id, const SealedTerms& terms, const SealedLimits& limits);

  /// What an earlier auction of the series could not sell is added to the offer, before bidding begins.
  std::optional<SealedRefusal> check_enlarge(Quantity by, Instant now) const;
  void do_enlarge(Quantity by) { terms_.offered += by; }

  std::optional<SealedRefusal> check_bid(const SealedBid& bid, const PairTable& pairs, Instant now) const;
  SealedChanged do_bid(const SealedBid& bid);

  /// `changed` is the bid as it is to be; its id says which.
  std::optional<SealedRefusal> check_amend(const SealedBid& changed, const PairTable& pairs, Instant now) const;
  SealedChanged do_amend(const SealedBid& changed);

  std::optional<SealedRefusal> check_withdraw(BidId bid, Seat seat, Instant now) const;
  SealedChanged do_withdraw(BidId bid);

  std::optional<SealedRefusal> check_seed() const;
  void do_seed(uint64_t seed) { seed_ = seed; }

  std::optional<SealedRefusal> check_opening(Instant now) const;
  SealedOpened do_opening(const PairTable& pairs);

  /// Stopped before it was opened; who may do that is the caller's check. Nothing is opened, nothing goes over.
  std::optional<SealedRefusal> check_cancel() const { return check_undecided(); }
  void do_cancel() { stage_ = SealedStage::cancelled; }

  /// Nothing if there is no such bid. Until the opening, for the bidder and the holds alone.
  const SealedBid* find(BidId bid) const;
  const std::vector<SealedBid>& bids() const { return bids_; }

  AuctionId id() const { return id_; }
  const SealedTerms& terms() const { return terms_; }
  SealedStage stage() const { return stage_; }

 private:
  std::optional<SealedRefusal> check_undecided() const;
  std::optional<SealedRefusal> check_window(Instant now) const;
  std::optional<SealedRefusal> check_own(BidId bid, Seat seat) const;
  std::optional<SealedRefusal> check_words(const SealedBid& bid, const PairTable& pairs) const;

  AuctionId id_;
  SealedTerms terms_;
  SealedLimits limits_;
  SealedStage stage_ = SealedStage::undecided;
  std::optional<uint64_t> seed_;
  std::vector<SealedBid> bids_;
  BOOST_DESCRIBE_CLASS(SealedAuction, (), (), (), (id_, terms_, limits_, stage_, seed_, bids_))
};

}  // namespace landex::matching
