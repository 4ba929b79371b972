#include <algorithm>

#include "clients/simulator/city/mechanism.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;

constexpr int64_t kMinute = int64_t{60} * 1'000'000;
constexpr Price kStep = Price::ticks(10);  // 0.10 wan yuan/mu, 模拟假设

/// Sellers list whole lots at their limit; a buyer whose project can take a whole lot bids the least that stands as
/// the highest, in the listing where that is lowest, if its price allows. At the deadline a lot with one bidder is
/// decided; with more, timed bidding goes on until a countdown runs out without a bid.
class Listings final : public MarketMechanism {
 public:
  bool sellers_announce() const override { return true; }

  void begin(Town& town) override {
    open_.clear();
    // No bid comes so late that the deadline would move (kOurAuctionRules): the rounds are before the last minutes.
    deadline_ = {.us = town.world.now().us + 60 * kMinute};
  }

  void offer(Town& town, const Offer& o) override {
    if (o.replaces != kNone) return;  // its bid stands
    if (o.side == Side::sell)
      list(town, o);
    else
      bid(town, o);
  }

  void end(Town& town) override {
    if (open_.empty()) return;
    town.world.wait_until(deadline_);
    town.tick();
    // Timed bidding: those who wanted it may still raise. Everybody has bid what it would in the rounds, so the
    // countdown runs out.
    const int64_t countdown = matching::kOurAuctionRules.listing.countdown_us;
    town.world.wait_until({.us = deadline_.us + countdown});
    town.tick();
  }

 private:
  struct Open {
    AuctionId id;
    uint32_t quote;    // the seller's
    uint32_t highest;  // the quote that stands; kNone: nobody's
    Quantity lot;
    Price next;
  };

  void list(Town& town, const Offer& o) {
    const auto n = enter_quote(town, o, o.quantity, o.price);
    std::vector<engine::command::Leg> legs{{.instrument = o.instrument, .quantity = o.quantity, .price = {}}};
    if (!town.district(o.party, command::AnnounceListing{.legs = std::move(legs),
                                                         .start = rate_of(o.instrument, o.price),
                                                         .step = rate_of(o.instrument, kStep),
                                                         .reserve = {},
                                                         .priority = {},
                                                         .from = {},
                                                         .deadline = deadline_})) {
      town.end_quote(n);
      return;
    }
    open_.push_back(
        {.id = {town.world.last().value}, .quote = n, .highest = kNone, .lot = o.quantity, .next = o.price});
  }

  void bid(Town& town, const Offer& o) {
    const auto& state = town.world.state();
    const auto* row = state.prices.in_force(o.instrument, town.day);
    Open* best = nullptr;
    Price at;
    for (auto& a : open_) {
      const Quote& s = town.quotes[a.quote];
      if (s.instrument != o.instrument || s.party == o.party || a.lot > o.quantity) continue;
      if (a.highest != kNone && town.quotes[a.highest].party == o.party) continue;
      Price price = a.next;
      if (row && engine::route_of(state, o.instrument, town.parties[s.party].district, town.parties[o.party].district,
                                  town.day))
        price = std::max(price, floor_price(o.instrument, row->rate));
      if (price <= o.price && (!best || price < at)) {
        best = &a;
        at = price;
      }
    }
    if (!best) return;
    const auto n = enter_quote(town, o, best->lot, at);
    if (!town.district(o.party, command::BidListing{.auction = best->id, .price = rate_of(o.instrument, at)})) {
      town.end_quote(n);
      return;
    }
    if (best->highest != kNone) town.end_quote(best->highest);  // outbid
    best->highest = n;
    best->next = Price::ticks(at.raw() + kStep.raw());
  }

  Instant deadline_;
  std::vector<Open> open_;
};

}  // namespace

std::unique_ptr<MarketMechanism> make_listing() { return std::make_unique<Listings>(); }

}  // namespace landex::simulator
