// auctions.hpp: the auctions that the engine keeps: those that are announced or run, and those decided today, until the
// day closes (events and journal keep what was). Matching decides who wins at which price; here is what belongs to it
// beside that: the parts of a lot, the numbers of the bidders, what waits for the next auction of a seller.
//
// HOLDS. Land is held under the auction's number, money under the bid's. A winner's land moves to the number of its
// bid, which is from then on the number of a deal that both sides hold for (steps_deals.cpp settles it).
// SECRECY (decisions 16). Until the opening nothing here that a sealed bid says reaches an event or an answer, but its
// owner's own. What remains visible before it: the owner's refusals to itself; to the bureau, that a withdrawal of
// money is refused for want of free money; and the journal, which keeps commands in the clear, to whoever may read the
// disk. Bounded: kMostAuctions are kept, with the venue's limits of bids and bidders in each. Part of the state; pure.
#pragma once
#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "exchange/engine/command.hpp"
#include "matching/ascending_auction.hpp"
#include "matching/sealed_auction.hpp"

namespace landex::engine {

inline constexpr size_t kMostAuctions = 1'024;  // more are refused (`auction_full`)

struct Sealed {
  matching::SealedAuction auction;
  std::optional<Price> price;  // that all who won pay
};
BOOST_DESCRIBE_STRUCT(Sealed, (), (auction, price))

struct Listing {
  matching::AscendingAuction auction;
  std::vector<command::Leg> legs;  // the first is what one bids on
  std::vector<Seat> bidders;       // by their number, from 1, in the order in which they bid or declared
};
BOOST_DESCRIBE_STRUCT(Listing, (), (auction, legs, bidders))

/// When the next stage of a listing is due. Ordered as it falls due.
struct ListingDue {
  Instant due;
  AuctionId auction;
  friend auto operator<=>(const ListingDue&, const ListingDue&) = default;
};
BOOST_DESCRIBE_STRUCT(ListingDue, (), (due, auction))

/// The sealed auctions of one seller in one instrument: what one cannot sell goes over to the next.
struct Series {
  District seller;
  Instrument instrument;
  friend auto operator<=>(const Series&, const Series&) = default;
};
BOOST_DESCRIBE_STRUCT(Series, (), (seller, instrument))

struct Auctions {
  std::map<AuctionId, Sealed> sealed;
  std::map<AuctionId, Listing> listings;
  std::set<ListingDue> due;  // of every listing that is not decided
  std::map<Series, std::vector<Quantity>>
      waiting;  // parts for auctions not announced yet, the nearest first; its land is free

  size_t size() const { return sealed.size() + listings.size(); }
};
BOOST_DESCRIBE_STRUCT(Auctions, (), (sealed, listings, due, waiting))

/// The number of a bidder of this listing, from 1.
inline std::optional<uint32_t> number_of(const Listing& l, Seat seat) {
  for (size_t n = 0; n < l.bidders.size(); ++n)
    if (l.bidders[n] == seat) return static_cast<uint32_t>(n + 1);
  return std::nullopt;
}

}  // namespace landex::engine
