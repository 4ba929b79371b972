// steps_expiry.cpp: what happens when a day opens after the last day of something. Of an instrument whose law superior
// law has ended: nothing is traded any more. Of a batch: its land is worth nothing any more, so it leaves wherever it
// can still be used: the stock of whoever has it, what is lent, the pool. What has been used or cancelled stays. (That
// a batch expires is of the registry; what becomes of promises to deliver it is our default.)
//
// Lent land goes back to its lender first and expires there (clearing/entries.hpp); an allotment that has some of it
// goes back to the pool. Of a stock the purses are not told apart by lots, so quantities decide: what is free goes
// first. Where that is not enough, what is held is released until it is, in this order, the newest of each first, and
// only what holds this instrument:
//   1. orders in the book, which end as expired (proposals of deals have lapsed with their day: none is open);
//   2. auctions that nobody can have bid in (listings without a bid, sealed ones that take none yet), then the others:
//      they are cancelled, the bids free again;
//   3. deals: accepted, then confirmed, then paid. They are void for want of land, the buyer has its money back.
// Each is released whole: what of it is not needed is free. At last what is frozen is released, the newest freeze
// first: a freeze stands above what its owner has promised to others. After it the held purse is no more than the
// stock. What the pool has lost the city owes for all the same, and the county no other land: H66-7.2 asked for it at
// filing.
#include <algorithm>
#include <tuple>
#include <vector>

#include "exchange/engine/auction_helpers.hpp"
#include "exchange/engine/deals.hpp"
#include "exchange/engine/orders.hpp"
#include "exchange/engine/pool.hpp"

namespace landex::engine {
namespace {

/// The land of one stock that expires must become free.
class Cover {
 public:
  Cover(Doing& d, Instrument i, Seat seat, Quantity needed) : d_{d}, i_{i}, seat_{seat}, needed_{needed} {}

  void release() {
    end_orders();
    cancel_auctions();
    for (const DealState state : {DealState::accepted, DealState::confirmed, DealState::paid}) void_deals(state);
    thaw();
    assert(missing() == Quantity{});
  }

 private:
  Quantity free() const { return d_.state.ledger.account(seat_)[Purse::free].of(i_); }
  Quantity missing() const { return std::max(needed_ - free(), Quantity{}); }
  District owner() const { return d_.state.ledger.account(seat_).district; }

  void end_orders() {
    if (missing() == Quantity{}) return;
    std::vector<OrderId> sells;
    d_.state.market.books.for_each_order(book_of(i_), Side::sell, [&](const matching::Resting& r) {
      if (r.seat == seat_) sells.push_back(r.id);
    });
    std::ranges::sort(sells, std::ranges::greater{});
    for (const OrderId id : sells)
      if (missing() > Quantity{}) end_order(d_, id, matching::EndReason::expired);
  }

  void cancel_auctions() {
    if (missing() == Quantity{}) return;
    std::vector<std::pair<bool, AuctionId>> theirs;  // has somebody bid?
    for (const auto& [id, s] : d_.state.auctions.sealed)
      if (s.auction.terms().seller == seat_ && s.auction.terms().instrument == i_)
        theirs.emplace_back(d_.state.at >= s.auction.terms().opens, id);  // whether there is one is secret
    for (const auto& [id, l] : d_.state.auctions.listings)
      if (l.auction.terms().seller == seat_ && std::ranges::count(l.legs, i_, &command::Leg::instrument) > 0)
        theirs.emplace_back(l.auction.highest().has_value(), id);
    std::ranges::sort(theirs, [](const auto& a, const auto& b) {
      return std::tuple{a.first, b.second} < std::tuple{b.first, a.second};
    });
    for (const auto& [bid_in, id] : theirs)
      if (missing() > Quantity{}) move(d_, command::CancelAuction{.auction = id});
  }

  void void_deals(DealState state) {
    auto& deals = d_.state.deals;
    for (auto at = deals.rbegin(); at != deals.rend() && missing() > Quantity{}; ++at) {
      Deal& deal = at->second;
      const auto leg = std::ranges::find(deal.legs, i_, &command::Leg::instrument);
      if (deal.state != state || deal.seller != owner() || leg == deal.legs.end()) continue;
      const Quantity there = leg->quantity - std::min(leg->quantity, missing());
      make_void(d_, deal,
                Refusal{Reason::not_enough_land,
                        {},
                        {{FactName::instrument, fact(i_)},
                         {FactName::needed_quantity, fact(leg->quantity)},
                         {FactName::available_quantity, fact(there)},
                         {FactName::participant, fact(owner())}},
                        {}},
                {}, {});
    }
  }

  void thaw() {
    auto& freezes = d_.state.entries.freezes;
    for (auto at = freezes.rbegin(); at != freezes.rend() && missing() > Quantity{}; ++at) {
      auto& freeze = at->second;
      const Quantity part = std::min(freeze.left, missing());
      if (freeze.participant != owner() || freeze.instrument != i_ || part == Quantity{}) continue;
      freeze.left -= part;
      d_.events.emplace_back(event::LandUnfrozen{.freeze = freeze.id,
                                                 .participant = freeze.participant,
                                                 .instrument = i_,
                                                 .quantity = part,
                                                 .left = freeze.left,
                                                 .document = freeze.document});
      post_land(d_, i_, seat_, Purse::frozen, seat_, Purse::free, part, {}, freeze.id.value);
    }
  }

  Doing& d_;
  Instrument i_;
  Seat seat_;
  Quantity needed_;
};

Quantity lying(const Doing& d, Instrument i, Seat seat, Place place, FilingId filing) {
  return d.state.lots.of(i, {.seat = seat, .place = place}, filing);
}

/// What waits for a request goes back to the pool whole: a part of it is worth nothing any more, and the next
/// allocation may serve the rest anew.
void return_allotted(Doing& d, FilingId filing) {
  for (auto& [id, request] : d.state.pool_requests.requests)
    if (std::ranges::count(request.waiting, filing, &clearing::Allotment::filing) > 0) give_back(d, request, {});
}

/// Of the first loan first.
void return_lent(Doing& d, Instrument i, FilingId filing) {
  for (auto& [id, loan] : d.state.entries.loans) {
    if (loan.instrument != i) continue;
    const auto slice = std::ranges::find(loan.slices, filing, &clearing::Slice::filing);
    if (slice == loan.slices.end()) continue;
    const Quantity part = std::min(slice->quantity, lying(d, i, seat_of(d, loan.borrower), Place::borrowed, filing));
    if (part == Quantity{}) continue;
    loan.left -= part;
    loan.forget(filing, part);
    d.events.emplace_back(event::LandReturned{.loan = id,
                                              .lender = loan.lender,
                                              .borrower = loan.borrower,
                                              .instrument = i,
                                              .quantity = part,
                                              .left = loan.left,
                                              .document = loan.document});
    post_land(d, i, loan.borrower, Purse::borrowed, loan.lender, Purse::free, part, {}, id.value, filing);
  }
}

}  // namespace

void end_acquisitions(Doing& d) {
  if (!d.state.pack->ended_by(policy::Clause::h66_7_1, *d.state.day)) return;
  std::vector<OrderId> orders;
  for (const Instrument i : kInstruments)
    for (const Side side : {Side::buy, Side::sell})
      if (is_supplementary(i))
        d.state.market.books.for_each_order(book_of(i), side,
                                            [&](const matching::Resting& r) { orders.push_back(r.id); });
  std::ranges::sort(orders);
  for (const OrderId id : orders) end_order(d, id, matching::EndReason::expired);

  std::vector<AuctionId> auctions;
  for (const auto& [id, s] : d.state.auctions.sealed)
    if (is_supplementary(s.auction.terms().instrument)) auctions.push_back(id);
  for (const auto& [id, l] : d.state.auctions.listings)
    if (is_supplementary(l.auction.terms().instrument)) auctions.push_back(id);
  std::ranges::sort(auctions);
  for (const AuctionId id : auctions) move(d, command::CancelAuction{.auction = id});
}

void expire_lots(Doing& d) {
  for (const FilingId id : d.state.registry.expiring()) {
    const auto& filing = *d.state.registry.find(id);
    const Day expires = *filing.expires;
    if (*d.state.day <= expires) continue;
    return_allotted(d, id);
    for (const auto& part : clearing::components_of(filing.kind, filing.filed)) {
      const Instrument i = part.instrument;
      const auto expire = [&](Seat seat, Purse purse, Quantity gone) {
        if (gone == Quantity{}) return;
        if (purse == Purse::free) Cover{d, i, seat, gone}.release();
        d.events.emplace_back(event::LotExpired{.filing = id,
                                                .participant = d.state.ledger.account(seat).district,
                                                .instrument = i,
                                                .quantity = gone,
                                                .expires = expires});
        post_land(d, i, seat, purse, seat, Purse::cancelled, gone, {}, id.value, id);
      };
      return_lent(d, i, id);
      for (const auto& account : d.state.ledger.accounts()) {
        const Seat seat = seat_of(d, account.district);
        expire(seat, Purse::free, lying(d, i, seat, Place::stock, id));
        expire(seat, Purse::pool, lying(d, i, seat, Place::pool, id));
      }
    }
  }
}

}  // namespace landex::engine
