#include "clients/simulator/experiments/plain_market.hpp"

#include <cassert>

#include "matching/types/bounds.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;

const Day kDay = *Day::ymd(2024, 6, 3);  // any: no rule hangs from it
constexpr Instant kBegin{0};

}  // namespace

PlainMarket::PlainMarket(World& world, uint32_t traders) : world_{world}, resting_(traders) {
  assert(traders >= 2);
  world_.begin(plain_pack(traders, kDay, kDay), engine::Venue::simulation, kBegin);
  const auto done = [&](engine::Command c) {
    world_.bureau(std::move(c));
    assert(!world_.refused());
  };
  done(command::OpenDay{.day = kDay});
  done(command::OpenAccount{.participant = world_.city()});
  const Fen money = Fen::from_raw(kMaxMoney.raw() / 2 / traders);
  for (uint32_t n = 0; n < traders; ++n) {
    done(command::OpenAccount{.participant = trader(n)});
    done(command::Deposit{.participant = trader(n), .amount = money, .document = "plain"});
  }
  // One batch for all, so that what a trader holds is one lot for ever and a trade costs the same however long it runs.
  done(command::FileBatch{.county = trader(0),
                          .kind = engine::IndicatorKind::linkage,
                          .area = Area::from_raw(kMaxQuantity.raw()),
                          .paddy = {},
                          .capacity = {},
                          .project = "plain",
                          .document = "plain"});
  const Quantity land = Quantity::from_raw(kMaxQuantity.raw() / traders);
  for (uint32_t n = 1; n < traders; ++n)
    done(command::TransferLand{
        .from = trader(0), .to = trader(n), .instrument = kInstrument, .quantity = land, .document = "plain"});
}

PlainMarket::Deal PlainMarket::note(const engine::event::Traded& t) {
  const uint32_t first = trader(0).raw();
  const Deal deal{.buyer = t.buyer.raw() - first, .seller = t.seller.raw() - first, .price = t.price};
  resting_[deal.buyer].number = resting_[deal.seller].number = 0;
  return deal;
}

std::optional<PlainMarket::Deal> PlainMarket::quote(uint32_t n, Side side, Price price) {
  Resting& mine = resting_[n];
  const Rate rate = rate_of(kInstrument, price);
  const engine::Events* events;
  if (mine.number != 0) {
    events = &world_.district(
        trader(n), command::ReplaceOrder{.order = {mine.number}, .left_before = kUnit, .left = kUnit, .price = rate});
  } else {
    events = &world_.district(
        trader(n), command::PlaceOrder{.instrument = kInstrument, .side = side, .quantity = kUnit, .price = rate});
    mine.number = world_.last().value;
  }
  assert(!world_.refused());
  for (const auto& e : *events)
    if (const auto* t = std::get_if<engine::event::Traded>(&e)) return note(*t);
  return std::nullopt;
}

void PlainMarket::withdraw(uint32_t n) {
  assert(has_quote(n));
  world_.district(trader(n), command::CancelOrder{.order = {resting_[n].number}});
  assert(!world_.refused());
  resting_[n].number = 0;
}

void PlainMarket::withdraw_all() {
  for (uint32_t n = 0; n < traders(); ++n)
    if (has_quote(n)) withdraw(n);
}

void PlainMarket::begin_call() {
  world_.bureau(command::MovePhase{.instrument = kInstrument, .to = matching::Phase::call});
  assert(!world_.refused());
}

std::span<const PlainMarket::Deal> PlainMarket::end_call() {
  deals_.clear();
  for (const auto& e : world_.bureau(command::MovePhase{.instrument = kInstrument, .to = matching::Phase::continuous}))
    if (const auto* t = std::get_if<engine::event::Traded>(&e)) deals_.push_back(note(*t));
  assert(!world_.refused());
  return deals_;
}

void PlainMarket::set_reference(Price price) {
  quote(0, Side::buy, price);
  [[maybe_unused]] const auto deal = quote(1, Side::sell, price);
  assert(deal);
}

std::optional<Price> PlainMarket::best(Side side) const {
  return world_.state().market.books.best(engine::book_of(kInstrument), side);
}

Seen PlainMarket::seen() const {
  return {.bid = best(Side::buy),
          .ask = best(Side::sell),
          .last = world_.state().market.books.last_price(engine::book_of(kInstrument))};
}

}  // namespace landex::simulator
