#include "exchange/engine/view_auctions.hpp"

#include <algorithm>

#include "exchange/engine/listing_law.hpp"

namespace landex::engine {
namespace {

using matching::AscendingStage;

view::SealedRow row_of(const State& s, std::optional<Seat> asker, const Sealed& sealed) {
  const auto& t = sealed.auction.terms();
  const bool published = t.reserve && t.reserve->disclosure == matching::Disclosure::published;
  view::SealedRow row{.auction = sealed.auction.id(),
                      .seller = s.ledger.account(t.seller).district,
                      .instrument = t.instrument,
                      .offered = t.offered,
                      .least_bid = t.least_bid,
                      .reserve = published ? std::optional{t.reserve->price} : std::nullopt,
                      .opens = t.opens,
                      .closes = t.closes,
                      .stage = sealed.auction.stage(),
                      .price = sealed.price,
                      .bids = {}};
  for (const auto& bid : sealed.auction.bids())
    if (bid.seat == asker) row.bids.push_back({.bid = bid.id, .quantity = bid.quantity, .price = bid.price});
  return row;
}

/// What this seat would have to bid now: the step, and the floor where that is higher.
std::optional<Price> least_for(const State& s, const Listing& l, Seat asker) {
  const auto& a = l.auction;
  const auto stage = a.stage();
  if (asker == a.terms().seller || !s.day || (stage != AscendingStage::listed && stage != AscendingStage::timed))
    return std::nullopt;
  if (stage == AscendingStage::timed && !std::ranges::binary_search(a.wanted_by(), asker)) return std::nullopt;
  return matching::ask_for_pair(law_of(s, l.legs, a.terms().seller, asker).rule, a.least_bid(asker));
}

view::ListingRow row_of(const State& s, std::optional<Seat> asker, const Listing& l) {
  const auto& t = l.auction.terms();
  const auto& highest = l.auction.highest();
  return {.auction = l.auction.id(),
          .seller = s.ledger.account(t.seller).district,
          .legs = l.legs,
          .start = t.start,
          .step = t.step,
          .reserve = t.reserve.has_value(),
          .priority = t.priority ? std::optional{s.ledger.account(*t.priority).district} : std::nullopt,
          .from = t.from,
          .stage = l.auction.stage(),
          .due = l.auction.next_due(),
          .highest = highest ? std::optional{highest->price} : std::nullopt,
          .bidder = highest ? number_of(l, highest->seat) : std::nullopt,
          .you = asker ? number_of(l, *asker) : std::nullopt,
          .least = asker ? least_for(s, l, *asker) : std::nullopt};
}

}  // namespace

view::Auctions auctions_of(const State& s, const Asker& who) {
  const auto asker = who.role == Role::district ? s.ledger.seat_of(who.participant) : std::nullopt;
  view::Auctions out;
  for (const auto& [id, sealed] : s.auctions.sealed) out.sealed.push_back(row_of(s, asker, sealed));
  for (const auto& [id, listing] : s.auctions.listings) out.listings.push_back(row_of(s, asker, listing));
  return out;
}

Fen held_for_sealed_bids(const State& s, Seat seat) {
  Fen sum;
  for (const auto& [id, sealed] : s.auctions.sealed) {
    if (sealed.auction.stage() != matching::SealedStage::undecided) continue;
    for (const auto& bid : sealed.auction.bids())
      if (bid.seat == seat) sum += s.holds.money({.purpose = bid.id.value, .owner = s.ledger.account(seat).district});
  }
  return sum;
}

}  // namespace landex::engine
