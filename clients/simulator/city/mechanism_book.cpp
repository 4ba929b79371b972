#include "clients/simulator/city/mechanism.hpp"
#include "exchange/engine/market.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;

class Continuous final : public MarketMechanism {
 public:
  void offer(Town& town, const Offer& o) override { place_order(town, o); }
};

/// The engine moves each instrument's phase by the bureau's hand: a day without a timetable begins continuous.
class Call final : public MarketMechanism {
 public:
  explicit Call(bool then_continuous) : then_continuous_{then_continuous} {}
  void begin(Town& town) override { move(town, matching::Phase::call); }
  void round(Town& town, uint32_t round, uint32_t rounds) override {
    if (then_continuous_ && round == (rounds + 1) / 2) move(town, matching::Phase::continuous);
  }
  void offer(Town& town, const Offer& o) override { place_order(town, o); }
  void end(Town& town) override { move(town, matching::Phase::closed); }

 private:
  static void move(Town& town, matching::Phase to) {
    for (const Instrument i : {Instrument::supplementary_area, Instrument::linkage})
      if (town.world.state().market.session(i).phase != to) town.bureau(command::MovePhase{.instrument = i, .to = to});
  }
  bool then_continuous_;
};

}  // namespace

uint32_t enter_quote(Town& town, const Offer& o, Quantity left, Price price) {
  ++town.tally.orders;
  return town.add_quote({.id = town.world.last().value + 1,
                         .party = o.party,
                         .intent = o.intent,
                         .item = o.item,
                         .instrument = o.instrument,
                         .side = o.side,
                         .left = left,
                         .price = price,
                         .limit = o.limit,
                         .live = true});
}

void place_order(Town& town, const Offer& o) {
  const Rate price = rate_of(o.instrument, o.price);
  if (o.replaces != kNone) {
    ++town.tally.orders;
    Quote& q = town.quotes[o.replaces];
    const Quantity before = q.left, left = std::min(o.quantity, before);
    q.price = o.price;
    q.limit = o.limit;
    q.left = left;
    const OrderId id{q.id};
    if (!town.district(o.party,
                       command::ReplaceOrder{.order = id, .left_before = before, .left = left, .price = price}))
      if (Quote& kept = town.quotes[o.replaces]; kept.live) kept.left = before;
    return;
  }
  const uint32_t n = enter_quote(town, o, o.quantity, o.price);
  if (!town.district(o.party, command::PlaceOrder{
                                  .instrument = o.instrument, .side = o.side, .quantity = o.quantity, .price = price}))
    town.end_quote(n);
}

std::unique_ptr<MarketMechanism> make_continuous() { return std::make_unique<Continuous>(); }
std::unique_ptr<MarketMechanism> make_call(bool then_continuous) { return std::make_unique<Call>(then_continuous); }

}  // namespace landex::simulator
