#include <algorithm>

#include "clients/simulator/city/mechanism.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;

constexpr int64_t kHour = int64_t{3'600} * 1'000'000;

/// Sellers announce what they have to spare, lot by lot, their limit as published reserve; a buyer bids in one of the
/// auctions whose reserve it can pay, by lot; after an hour the bureau opens all, in order of their numbers. What an
/// auction could not sell goes over to its seller's next (the engine's rule).
class SealedAuctions final : public MarketMechanism {
 public:
  explicit SealedAuctions(Seeds seeds)
      : lots_{Stream{{.seed = seeds.study, .run = seeds.run, .agent = 0, .purpose = Purpose::lottery}}} {}

  bool sellers_announce() const override { return true; }

  void begin(Town& town) override {
    open_.clear();
    closes_ = {.us = town.world.now().us + kHour};
  }

  void offer(Town& town, const Offer& o) override {
    if (o.replaces != kNone) return;  // a bid stays as it is
    if (o.side == Side::sell)
      announce(town, o);
    else
      bid(town, o);
  }

  void end(Town& town) override {
    if (open_.empty()) return;
    town.world.wait_until(closes_);
    for (const auto& auction : open_) town.bureau(command::OpenBids{.auction = auction.id, .seed = lots_.bits()});
  }

 private:
  struct Open {
    AuctionId id;
    uint32_t quote;
    Price least;
  };

  void announce(Town& town, const Offer& o) {
    const auto& state = town.world.state();
    const District d = town.parties[o.party].district;
    // A part that waits from an earlier auction comes on top, whether or not this offer is as large.
    Quantity part;
    if (const auto at = state.auctions.waiting.find({.seller = d, .instrument = o.instrument});
        at != state.auctions.waiting.end())
      part = std::min(at->second.front(), town.land(o.party, o.instrument));
    const Quantity offered = std::max(o.quantity, part), fresh = offered - part;
    const auto n = enter_quote(town, o, offered, o.price);
    if (!town.district(o.party, command::AnnounceSealed{
                                    .instrument = o.instrument,
                                    .quantity = fresh,
                                    .least_bid = Quantity::from_raw(1),
                                    .reserve = engine::command::Reserve{.price = rate_of(o.instrument, o.price),
                                                                        .disclosure = matching::Disclosure::published},
                                    .opens = {},
                                    .closes = closes_})) {
      town.end_quote(n);
      return;
    }
    open_.push_back({.id = {town.world.last().value}, .quote = n, .least = o.price});
  }

  void bid(Town& town, const Offer& o) {
    const auto& state = town.world.state();
    const auto* row = state.prices.in_force(o.instrument, town.day);
    some_.clear();
    for (const auto& a : open_) {
      const Quote& s = town.quotes[a.quote];
      if (s.instrument != o.instrument || s.party == o.party) continue;
      // All pay one price: no bid below the floor of any class that the seller may sell to.
      const bool floored = is_supplementary(o.instrument) && row && !state.pack->floor_routes.empty() &&
                           town.parties[s.party].kind == ParticipantClass::mountain4;
      const Price least = floored ? std::max(a.least, floor_price(o.instrument, row->rate)) : a.least;
      if (o.price >= least) some_.push_back(&a);
    }
    if (some_.empty()) return;
    const Open& chosen = *some_[lots_.below(some_.size())];
    const Quantity q = std::min(o.quantity, town.quotes[chosen.quote].left);
    const auto n = enter_quote(town, o, q, o.price);
    if (!town.district(
            o.party, command::BidSealed{.auction = chosen.id, .quantity = q, .price = rate_of(o.instrument, o.price)}))
      town.end_quote(n);
  }

  Stream lots_;
  Instant closes_;
  std::vector<Open> open_;
  std::vector<const Open*> some_;
};

}  // namespace

std::unique_ptr<MarketMechanism> make_sealed(Seeds seeds) { return std::make_unique<SealedAuctions>(seeds); }

}  // namespace landex::simulator
