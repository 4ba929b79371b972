#include "exchange/reports/projection.hpp"
#include "matching/types/price.hpp"

namespace landex::reports {

namespace event = engine::event;
using engine::DealState;

namespace {

constexpr uint64_t kFirstPart = 1'000'000;  // trades of the book have the numbers below

std::string parts_text(const std::vector<engine::command::Leg>& legs,
                       const std::vector<engine::command::TitleLeg>& titles) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
  const auto at = [](Rate rate) { return "@" + std::to_string(rate.raw() / 100); };
  for (const auto& leg : legs) {
    const auto price = leg.price ? on_tick(leg.instrument, *leg.price) : std::nullopt;
    add(std::string{word_of(leg.instrument)} + ":" + std::to_string(leg.quantity.raw()) +
        (price ? "@" + std::to_string(price->raw()) : ""));
  }
  for (const auto& leg : titles) add("title:" + storable(leg.title) + at(leg.price));
  return text;
}

}  // namespace

// ---- orders ----

void Projector::Projection::on(const event::OrderAccepted& e) {
  Order& o = orders_.change(e.order.value);
  o.unit = e.participant;
  o.instrument = e.instrument;
  o.side = e.side;
  o.quantity = o.remaining = e.quantity;
  o.price = e.price;
  o.day = day_text_;
  o.updated = at_.seq;
}
void Projector::Projection::on(const event::OrderTerms& e) {
  Order& o = orders_.change(e.order.value);
  o.at_best = e.at_best;
  if (e.conditions) o.lifetime = e.conditions->lifetime;
  o.updated = at_.seq;
}
void Projector::Projection::on(const event::OrderReduced& e) {
  Order& o = orders_.change(e.order.value);
  o.remaining = e.remaining;
  o.updated = at_.seq;
}
void Projector::Projection::on(const event::OrderReplaced& e) {
  Order& o = orders_.change(e.order.value);
  o.remaining = e.remaining;
  o.price = e.price;
  o.updated = at_.seq;
}
void Projector::Projection::on(const event::OrderShown& e) {
  Order& o = orders_.change(e.order.value);
  o.remaining = e.remaining;
  o.price = e.price;
  o.updated = at_.seq;
}
void Projector::Projection::on(const event::OrderEnded& e) {
  Order& o = orders_.change(e.order.value);
  o.remaining = e.remaining;
  o.ended = e.reason;
  o.updated = at_.seq;
}
void Projector::Projection::fill(OrderId order, Quantity by) {
  Order& o = orders_.change(order.value);
  o.remaining -= by;
  o.updated = at_.seq;
}

void Projector::Projection::on(const event::Traded& e) {
  fill(e.buy_order, e.quantity);
  fill(e.sell_order, e.quantity);
  Trade& t = trades_.change({at_.seq, e.index});
  t.mode = calling_[index_of(e.instrument)] ? "call" : "book";
  t.day = day_text_;
  t.at_us = at_.at_us;
  t.instrument = e.instrument;
  t.seller = e.seller;
  t.buyer = e.buyer;
  t.quantity = e.quantity;
  t.price = e.price;
  t.amount = e.amount;
  t.state = word_of(DealState::settled);
  t.buy_order = e.buy_order.value;
  t.sell_order = e.sell_order.value;
}

/// The trades of a call stand between its price and the phase that follows it.
void Projector::Projection::on(const event::CallPriced& e) {
  if (!e.final) return;
  calling_[index_of(e.instrument)] = true;
  fact(TableId::calls, e.instrument, e.price, e.volume, e.demand, e.supply);
}
void Projector::Projection::on(const event::PhaseChanged& e) { calling_[index_of(e.instrument)] = false; }

// ---- deals ----

void Projector::Projection::on(const event::DealProposed& e) {
  Deal& d = deals_.change(e.deal.value);
  d.mode = "directed";
  d.proposer = e.proposer;
  d.seller = e.seller;
  d.buyer = e.buyer;
  d.legs = e.legs;
  d.titles = e.titles;
  d.amount = e.amount;
  d.state = DealState::proposed;
  d.updated = at_.seq;
}
void Projector::Projection::on(const event::DealCountered& e) {
  Deal& d = deals_.change(e.deal.value);
  d.proposer = e.proposer;
  d.legs = e.legs;
  d.titles = e.titles;
  d.amount = e.amount;
  d.updated = at_.seq;
}
void Projector::Projection::on(const event::Awarded& e) {
  Deal& d = deals_.change(e.deal.value);
  const Auction* auction = auctions_.find(e.auction.value);
  d.mode = auction && auction->sealed ? "sealed" : "listing";
  d.auction = e.auction.value;
  d.proposer = d.seller = e.seller;
  d.buyer = e.buyer;
  d.legs = e.legs;
  d.amount = e.amount;
  d.state = DealState::accepted;
  d.updated = at_.seq;
}
void Projector::Projection::on(const event::DealMoved& e) {
  Deal& d = deals_.change(e.deal.value);
  d.state = e.state;
  d.amount = e.amount;
  d.updated = at_.seq;
  if (e.state == DealState::accepted) {
    d.matched_day = day_text_;
    trade_parts_of(e.deal.value);
  }
  for (const Place& key : d.trades) trades_.change(key).state = word_of(e.state);
}
void Projector::Projection::on(const event::DealConfirmed& e) {
  Deal& d = deals_.change(e.deal.value);
  d.document = e.document;
  d.notice_until = value(e.notice_until);
  d.pay_by = value(e.pay_by);
  d.updated = at_.seq;
}
void Projector::Projection::on(const event::DealVoided& e) {
  Deal& d = deals_.change(e.deal.value);
  if (!e.document.empty()) d.document = e.document;
  d.void_reason = e.refusal ? std::string{word_of(e.refusal->reason)} : e.reason;
  d.updated = at_.seq;
}

/// Each part of a matched deal is a trade.
void Projector::Projection::trade_parts_of(Number deal_id) {
  Deal& d = deals_.change(deal_id);
  const auto part = [&]() -> Trade& {
    const Place key{at_.seq, kFirstPart + parts_++};
    d.trades.push_back(key);
    Trade& t = trades_.change(key);
    t.mode = d.mode;
    t.day = day_text_;
    t.at_us = at_.at_us;
    t.seller = d.seller;
    t.buyer = d.buyer;
    t.deal = deal_id;
    t.auction = d.auction;
    return t;
  };
  for (const auto& leg : d.legs) {
    Trade& t = part();
    t.instrument = leg.instrument;
    t.quantity = leg.quantity;
    if (leg.price) t.price = on_tick(leg.instrument, *leg.price);
    if (t.price) t.amount = consideration(t.quantity, *t.price);
  }
  for (const auto& leg : d.titles) {
    Trade& t = part();
    t.title = leg.title;
    if (const Title* title = titles_.find(leg.title)) {
      t.product = title->product;
      t.quantity = Quantity::of(title->area);
    }
    t.price = on_tick(Instrument::supplementary_area, leg.price);
    if (t.price) t.amount = consideration(t.quantity, *t.price);
  }
}

// ---- auctions ----

void Projector::Projection::on(const event::SealedAnnounced& e) {
  Auction& a = auctions_.change(e.auction.value);
  a.sealed = true;
  a.seller = e.seller;
  a.instrument = e.instrument;
  a.offered = e.offered;
  a.state = "announced";
  a.announced_day = day_text_;
  a.updated = at_.seq;
}
void Projector::Projection::on(const event::SealedOpened& e) {
  Auction& a = auctions_.change(e.auction.value);
  a.offered = e.offered;
  a.demand = e.demand;
  a.price = e.price;
  a.state = word_of(e.stage);
  a.decided_day = day_text_;
  a.updated = at_.seq;
}
void Projector::Projection::on(const event::ListingAnnounced& e) {
  Auction& a = auctions_.change(e.auction.value);
  a.seller = e.seller;
  a.instrument = e.legs.front().instrument;
  a.offered = e.legs.front().quantity;
  a.state = "announced";
  a.announced_day = day_text_;
  a.updated = at_.seq;
}
void Projector::Projection::on(const event::ListingRaised& e) {
  Auction& a = auctions_.change(e.auction.value);
  a.price = e.price;
  a.updated = at_.seq;
}
void Projector::Projection::on(const event::ListingMoved& e) {
  Auction& a = auctions_.change(e.auction.value);
  a.state = word_of(e.stage);
  a.price = e.highest;
  if (e.stage >= matching::AscendingStage::sold) a.decided_day = day_text_;
  a.updated = at_.seq;
}
void Projector::Projection::on(const event::AuctionCancelled& e) {
  Auction& a = auctions_.change(e.auction.value);
  a.state = "cancelled";
  a.decided_day = day_text_;
  a.updated = at_.seq;
}

// ---- rows ----

void Projector::Projection::tell_market() {
  orders_.flush([this](Number id, const Order& o) {
    const bool filled = !o.ended && o.remaining == Quantity{};
    add(TableId::orders, id, o.unit, o.instrument, o.side, o.quantity, o.remaining, o.price, o.at_best ? 1 : 0,
        o.lifetime,
        o.ended  ? "ended"
        : filled ? "filled"
                 : "open",
        o.ended, o.day, o.updated);
    return o.ended || filled;
  });
  trades_.flush([this](const Place& key, const Trade& t) {
    add(TableId::trades, key.first, key.second, t.day, t.at_us, t.mode, t.instrument, t.product, t.title, t.seller,
        t.buyer, class_of(t.seller), class_of(t.buyer), t.quantity, t.price, t.amount, t.state, t.deal, t.auction,
        t.buy_order, t.sell_order);
    return !t.deal;
  });
  deals_.flush([this](Number id, const Deal& d) {
    add(TableId::deals, id, d.mode, d.auction, d.proposer, d.seller, d.buyer, parts_text(d.legs, d.titles), d.amount,
        d.state, d.matched_day, d.notice_until, d.pay_by, d.document, d.void_reason, d.updated);
    return false;
  });
  auctions_.flush([this](Number id, const Auction& a) {
    add(TableId::auctions, id, a.sealed ? "sealed" : "listing", a.seller, a.instrument, a.offered, a.demand, a.price,
        a.state, a.announced_day, a.decided_day, a.updated);
    return false;
  });
}

}  // namespace landex::reports
