// The model's auctions: who may announce, bid and open, what that holds, and what becomes of it. How an auction itself
// goes is asked of its own naive judges (naive_sealed.hpp, naive_ascending.hpp); what they answer is turned here, by a
// second reading of the text, into refusals, events and entries.
#include <algorithm>
#include <cassert>

#include "matching/types/bounds.hpp"
#include "tests/model.hpp"

namespace landex::model {
using namespace engine;
using matching::AscendingStage;
using matching::SealedReason;
using policy::Clause;

namespace {

constexpr size_t kMostAuctions = 1'024;
constexpr size_t kMostLegs = 4;
constexpr int64_t kEnd = int64_t{1} << 53;  // of the time that can be told exactly

/// A price that makes no other reason come first where the given one is off the tick or out of range.
Price ticks_or_one(Instrument i, Rate rate) {
  const bool in_range = rate.raw() >= 1 && rate <= kMaxRate;
  return (in_range ? on_tick(i, rate) : std::nullopt).value_or(Price::ticks(1));
}

}  // namespace

// Conditions.

Seat Exchange::seat_of(District who) const {
  return Seat{static_cast<uint16_t>(std::ranges::find(seats_, who) - seats_.begin())};
}

District Exchange::owner_of(Seat seat) const { return seats_.at(static_cast<size_t>(seat)); }

const matching::AuctionRules& Exchange::auction_rules() const {
  return profile_ && profile_->auctions ? *profile_->auctions : matching::kOurAuctionRules;
}

void Exchange::require_party() {
  require_account(who_);
  if (is_open(who_) && classes_.at(who_) == ParticipantClass::city) refuse(Reason::unknown_unit);
}

void Exchange::require_room_for_auction(matching::WindowKind kind) {
  require_hours(kind);
  if (!venue_) refuse(Reason::mode_not_open, Clause::h66_21_4);
  if (sealed_.size() + listings_.size() >= kMostAuctions) refuse(Reason::auction_full);
}

void Exchange::require_rate(Instrument i, Rate rate) {
  if (rate.raw() < 1 || rate > kMaxRate)
    refuse(Reason::value_out_of_range);
  else if (!on_tick(i, rate))
    refuse(Reason::price_off_tick);
}

/// H66-7.6 for one part of a lot. Without a price it goes with the part that has one, unless it has its own.
void Exchange::require_floor(District seller, Instrument i, std::optional<Rate> price) {
  const policy::FloorRoute* on_route = route(i, seller, who_);
  const PriceRow* row = price_row(i);
  if (on_route == nullptr) return;
  if (!price) {
    if (row != nullptr) refuse(Reason::price_missing, on_route->clause);
  } else if (row == nullptr) {
    refuse(Reason::no_price_in_force, on_route->clause);
  } else if (const auto ticks = on_tick(i, *price); ticks && *ticks < floor_price(i, row->rate)) {
    refuse(Reason::below_floor, on_route->clause);
  }
}

/// All winners of a sealed auction pay one price: it must be lawful for whatever class of buyer.
void Exchange::require_floor_of_all(District seller, Instrument i, Rate price) {
  if (!is_supplementary(i)) return;
  const PriceRow* row = price_row(i);
  if (row == nullptr) {
    if (const auto* own = route(i, seller, who_)) refuse(Reason::no_price_in_force, own->clause);
    return;
  }
  const auto ticks = on_tick(i, price);
  if (!ticks || *ticks >= floor_price(i, row->rate)) return;
  for (const auto& r : pack_->floor_routes)
    if (r.seller == classes_.at(seller) && r.period().contains(*day_)) return refuse(Reason::below_floor, r.clause);
}

// Sealed auctions.

void Exchange::run(const command::AnnounceSealed& c) {
  require_party();
  require_room_for_auction(matching::WindowKind::auction);
  const Instant opens = c.opens.value_or(now_);
  if (opens < now_ || c.closes <= opens)
    refuse(Reason::auction_times);
  else if (c.closes.us >= kEnd)
    refuse(Reason::value_out_of_range);
  if (!exists(c.instrument)) return refuse(Reason::unknown_instrument, Clause::h66_21_2);
  auto& waiting = waiting_parts_[{who_, c.instrument}];
  Quantity part = waiting.empty() ? Quantity{} : waiting.front();
  if (const Quantity there = land(c.instrument, who_, Purse::free); there < part) part = there;  // the rest has gone
  const bool fits = c.quantity.raw() >= (part == Quantity{} ? 1 : 0) && c.quantity <= kMaxQuantity - part;
  const Quantity offered = fits ? c.quantity + part : kMaxQuantity;
  if (!fits || c.least_bid.raw() < 1 || c.least_bid > offered) refuse(Reason::value_out_of_range);
  if (c.reserve) {
    const auto how = c.reserve->disclosure;
    if (how != matching::Disclosure::published && how != matching::Disclosure::hidden)
      refuse(Reason::value_out_of_range);
    require_rate(c.instrument, c.reserve->price);
    if (!affordable_number(offered, ticks_or_one(c.instrument, c.reserve->price))) refuse(Reason::total_out_of_range);
  }
  if (land(c.instrument, who_, Purse::free) < offered) refuse(Reason::not_enough_land);
  require_offer(who_, c.instrument, offered);
  if (refusal_) return;

  if (!waiting.empty()) waiting.erase(waiting.begin());
  if (std::ranges::all_of(waiting, [](Quantity q) { return q == Quantity{}; })) waiting.clear();
  const AuctionId id{seq_};
  std::optional<matching::SealedReserve> reserve;
  if (c.reserve) reserve = {.price = *on_tick(c.instrument, c.reserve->price), .disclosure = c.reserve->disclosure};
  const bool told = reserve && reserve->disclosure == matching::Disclosure::published;
  sealed_.push_back({.id = id,
                     .terms = {.instrument = c.instrument,
                               .seller = seat_of(who_),
                               .seller_kind = classes_.at(who_),
                               .offered = offered,
                               .least_bid = c.least_bid,
                               .reserve = reserve,
                               .opens = opens,
                               .closes = c.closes},
                     .limits = auction_rules().sealed});
  out_.push_back(event::SealedAnnounced{id, who_, c.instrument, offered, part, c.least_bid,
                                        told ? std::optional{reserve->price} : std::nullopt, opens, c.closes});
  move(c.instrument, who_, Purse::free, who_, Purse::held, offered, {}, seq_);
  warn_offer(who_, c.instrument, seq_);
}

naive::Sealed* Exchange::sealed(AuctionId id) {
  const auto found = std::ranges::find(sealed_, id, &naive::Sealed::id);
  return found == sealed_.end() ? nullptr : &*found;
}

void Exchange::refuse(SealedReason why) {
  switch (why) {
    case SealedReason::decided:
      return refuse(Reason::auction_over);
    case SealedReason::bidding_not_begun:
      return refuse(Reason::bidding_not_begun);
    case SealedReason::bidding_over:
      return refuse(Reason::bidding_over);
    case SealedReason::bidding_not_over:
      return refuse(Reason::bidding_not_over);
    case SealedReason::unknown_bid:
    case SealedReason::not_your_bid:
      return refuse(Reason::unknown_bid);
    case SealedReason::quantity_out_of_range:
      return refuse(Reason::value_out_of_range);
    case SealedReason::total_out_of_range:
      return refuse(Reason::total_out_of_range);
    case SealedReason::own_auction:
      return refuse(Reason::same_party_twice);
    case SealedReason::below_reserve:
      return refuse(Reason::bid_too_low);
    case SealedReason::too_many_bids_of_seat:
    case SealedReason::auction_full:
      return refuse(Reason::auction_full);
    default:
      assert(false && "a reason that no command here can meet");
  }
}

/// A bid, new or changed (`id`), with what it holds already.
void Exchange::require_sealed_bid(const naive::Sealed& s, std::optional<BidId> id, Quantity quantity, Rate price) {
  if (!is_open(who_)) return;
  const Instrument i = s.terms.instrument;
  if (quantity.raw() < 1 || quantity > kMaxQuantity) refuse(Reason::value_out_of_range);
  require_rate(i, price);
  const matching::SealedBid bid{id.value_or(BidId{}), seat_of(who_), classes_.at(who_), quantity,
                                ticks_or_one(i, price)};
  if (bid.seat == s.terms.seller) refuse(Reason::same_party_twice);
  require_floor_of_all(owner_of(s.terms.seller), i, price);
  require_purchase(route(i, owner_of(s.terms.seller), who_) != nullptr, who_, i, quantity);
  const auto why = id ? s.against_amend(bid, {}, now_) : s.against_bid(bid, {}, now_);
  if (why) refuse(*why);
  if (quantity.raw() < 1 || !affordable_number(quantity, bid.price)) return;
  Fen more = deposit_for(consideration(quantity, bid.price));
  if (id && s.bids.contains(*id) && s.bids.at(*id).seat == bid.seat) more -= value_or_zero(put_up_, id->value);
  if (money(who_, Purse::free) < more) refuse(Reason::not_enough_money);
}

void Exchange::run(const command::BidSealed& c) {
  require_party();
  naive::Sealed* s = sealed(c.auction);
  if (s == nullptr) return refuse(Reason::unknown_auction);
  require_sealed_bid(*s, {}, c.quantity, c.price);
  if (refusal_) return;
  const BidId id{seq_};
  const Price price = *on_tick(s->terms.instrument, c.price);
  s->bids[id] = {id, seat_of(who_), classes_.at(who_), c.quantity, price};
  out_.push_back(event::SealedBidChanged{c.auction, id, who_});
  put_up(seq_, who_, deposit_for(consideration(c.quantity, price)));
}

void Exchange::run(const command::AmendBid& c) {
  require_party();
  naive::Sealed* s = sealed(c.auction);
  if (s == nullptr) return refuse(Reason::unknown_auction);
  require_sealed_bid(*s, c.bid, c.quantity, c.price);
  if (refusal_) return;
  auto& bid = s->bids.at(c.bid);
  bid.quantity = c.quantity;
  bid.price = *on_tick(s->terms.instrument, c.price);
  out_.push_back(event::SealedBidChanged{c.auction, c.bid, who_});
  put_up(c.bid.value, who_, deposit_for(consideration(bid.quantity, bid.price)));
}

void Exchange::run(const command::WithdrawBid& c) {
  require_party();
  naive::Sealed* s = sealed(c.auction);
  if (s == nullptr) return refuse(Reason::unknown_auction);
  if (!is_open(who_)) return;
  if (const auto why = s->against_withdraw(c.bid, seat_of(who_), now_)) refuse(*why);
  if (refusal_) return;
  s->bids.erase(c.bid);
  out_.push_back(event::SealedBidChanged{c.auction, c.bid, who_});
  put_up(c.bid.value, who_, {});
}

void Exchange::run(const command::OpenBids& c) {
  naive::Sealed* s = sealed(c.auction);
  if (s == nullptr) return refuse(Reason::unknown_auction);
  if (const auto why = s->against_opening(now_); why && *why != SealedReason::seed_missing) refuse(*why);
  if (refusal_) return;
  const auto terms = s->terms;
  s->seed = c.seed;
  const auto opened = s->open(sessions_[terms.instrument].pairs);
  const District seller = owner_of(terms.seller);
  out_.push_back(event::SealedOpened{c.auction, opened.stage, terms.instrument, opened.price, opened.demand,
                                     opened.offered, opened.least, opened.seed});
  for (const auto& r : opened.bids) {
    const District buyer = owner_of(r.bid.seat);
    out_.push_back(event::BidDecided{c.auction, r.bid.id, buyer, terms.instrument, r.bid.quantity, r.bid.price,
                                     r.standing, r.awarded});
    const Fen owed = opened.price ? consideration(r.awarded, *opened.price) : Fen{};
    if (r.awarded == Quantity{}) {
      put_up(r.bid.id.value, buyer, {});
      continue;
    }
    award(c.auction, {DealId{r.bid.id.value},
                      seller,
                      seller,
                      buyer,
                      {{terms.instrument, r.awarded, rate_of(terms.instrument, *opened.price)}},
                      owed,
                      DealState::accepted,
                      {}});
  }
  if (opened.price) return;
  move(terms.instrument, seller, Purse::held, seller, Purse::free, terms.offered, {}, c.auction.value);

  // What was not sold goes over, a part to each of the seller's next auctions; what has no auction yet waits.
  std::vector<naive::Sealed*> next;
  for (auto& other : sealed_)
    if (other.terms.seller == terms.seller && other.terms.instrument == terms.instrument && !other.decided &&
        now_ < other.terms.opens)
      next.push_back(&other);
  std::ranges::stable_sort(next, {}, [](const naive::Sealed* a) { return a->terms.opens; });
  auto& waiting = waiting_parts_[{seller, terms.instrument}];
  for (size_t n = 0; n < opened.rolled_over.size(); ++n) {
    const Quantity part = opened.rolled_over[n];
    if (part == Quantity{}) continue;
    const bool there = n < next.size();
    if (there && !next[n]->against_enlarge(part, now_)) {
      out_.push_back(event::RolledOver{c.auction, next[n]->id, terms.instrument, part});
      next[n]->terms.offered += part;
      move(terms.instrument, seller, Purse::free, seller, Purse::held, part, {}, next[n]->id.value);
      continue;
    }
    out_.push_back(event::RolledOver{c.auction, {}, terms.instrument, part});
    const size_t place = there ? 0 : n - next.size();
    if (waiting.size() <= place) waiting.resize(place + 1);
    waiting[place] = std::min(waiting[place] + part, kMaxQuantity);
  }
}

// Listings.

void Exchange::run(const command::AnnounceListing& c) {
  require_party();
  require_room_for_auction(matching::WindowKind::listing);
  const auto& rules = auction_rules().listing;
  const Instant from = c.from.value_or(Instant{now_.us + rules.least_notice_us});
  if (from > matching::kLatestDeadline || c.deadline > matching::kLatestDeadline)
    refuse(Reason::value_out_of_range);
  else if (from.us - now_.us < rules.least_notice_us || c.deadline.us - from.us < rules.least_listing_us)
    refuse(Reason::auction_times);
  if (c.legs.empty() || c.legs.size() > kMostLegs) refuse(Reason::legs_not_valid);
  if (c.legs.empty()) return;
  const auto& lot = c.legs.front();
  for (const auto& leg : c.legs) {
    const bool with_area =
        lot.instrument == Instrument::supplementary_area &&
        (leg.instrument == Instrument::supplementary_paddy || leg.instrument == Instrument::supplementary_capacity);
    if (leg.price || (&leg != &lot && !with_area) ||
        std::ranges::count(c.legs, leg.instrument, &command::Leg::instrument) > 1)
      refuse(Reason::legs_not_valid);
    if (!exists(leg.instrument))
      refuse(Reason::unknown_instrument, Clause::h66_21_2);
    else if (leg.quantity.raw() < 1 || leg.quantity > kMaxQuantity)
      refuse(Reason::value_out_of_range);
    else if (land(leg.instrument, who_, Purse::free) < leg.quantity)
      refuse(Reason::not_enough_land);
    if (exists(leg.instrument)) require_offer(who_, leg.instrument, leg.quantity);
  }
  if (c.priority) {
    require_account(*c.priority);
    if (is_open(*c.priority) && classes_.at(*c.priority) == ParticipantClass::city) refuse(Reason::unknown_unit);
    if (*c.priority == who_) refuse(Reason::same_party_twice);
  }
  if (!exists(lot.instrument)) return;
  const auto price = [&](Rate rate) {
    require_rate(lot.instrument, rate);
    if (lot.quantity.raw() >= 1 && lot.quantity <= kMaxQuantity &&
        !affordable_number(lot.quantity, ticks_or_one(lot.instrument, rate)))
      refuse(Reason::total_out_of_range);
  };
  price(c.start);
  price(c.step);
  if (c.reserve) price(*c.reserve);
  if (c.reserve && *c.reserve < c.start) refuse(Reason::value_out_of_range);
  if (refusal_) return;

  const AuctionId id{seq_};
  const auto ticks = [&](Rate rate) { return *on_tick(lot.instrument, rate); };
  listings_.push_back(
      {.id = id,
       .auction = {.terms = {.instrument = lot.instrument,
                             .seller = seat_of(who_),
                             .quantity = lot.quantity,
                             .start = ticks(c.start),
                             .step = ticks(c.step),
                             .reserve = c.reserve ? std::optional{ticks(*c.reserve)} : std::nullopt,
                             .priority = c.priority ? std::optional{seat_of(*c.priority)} : std::nullopt,
                             .from = from,
                             .deadline = c.deadline},
                   .rules = rules,
                   .announced = now_},
       .legs = c.legs,
       .bidders = {},
       .stage = AscendingStage::announced,
       .due = from});
  out_.push_back(event::ListingAnnounced{id, who_, c.legs, ticks(c.start), ticks(c.step), c.reserve.has_value(),
                                         c.priority, from, c.deadline});
  for (const auto& leg : c.legs) {
    move(leg.instrument, who_, Purse::free, who_, Purse::held, leg.quantity, {}, seq_);
    warn_offer(who_, leg.instrument, seq_);
  }
}

Exchange::Listing* Exchange::listing(AuctionId id) {
  const auto found = std::ranges::find(listings_, id, &Listing::id);
  return found == listings_.end() ? nullptr : &*found;
}

/// Not the seller; and in the timed bidding only who came before it.
void Exchange::require_bidder(const Listing& l) {
  if (seat_of(who_) == l.auction.terms.seller) refuse(Reason::same_party_twice);
  if (l.stage == AscendingStage::timed && !l.auction.at(now_).wanted_by.contains(seat_of(who_)))
    refuse(Reason::not_among_bidders);
}

void Exchange::require_law(const Listing& l, Rate price) {
  const District seller = owner_of(l.auction.terms.seller);
  for (const auto& leg : l.legs)
    require_floor(seller, leg.instrument,
                  leg.instrument == l.auction.terms.instrument ? std::optional{price} : std::nullopt);
}

void Exchange::refuse(matching::AscendingReason why) {
  using Why = matching::AscendingReason;
  switch (why) {
    case Why::over:
      return refuse(Reason::auction_over);
    case Why::not_listed_yet:
      return refuse(Reason::bidding_not_begun);
    case Why::total_out_of_range:
      return refuse(Reason::total_out_of_range);
    case Why::below_start:
    case Why::below_step:
      return refuse(Reason::bid_too_low);
    case Why::too_many_seats:
      return refuse(Reason::auction_full);
    case Why::has_bid:
      return refuse(Reason::bidding_begun);
    default:
      assert(refusal_ && "stated already");
  }
}

uint32_t Exchange::number_of_bidder(Listing& l) {
  const auto found = std::ranges::find(l.bidders, who_);
  const auto number = static_cast<uint32_t>(found - l.bidders.begin()) + 1;
  if (found == l.bidders.end()) {
    l.bidders.push_back(who_);
    out_.push_back(event::BidderNumbered{l.id, who_, number});
  }
  return number;
}

void Exchange::run(const command::BidListing& c) {
  require_party();
  Listing* l = listing(c.auction);
  if (l == nullptr) return refuse(Reason::unknown_auction);
  if (!is_open(who_)) return;
  const auto& terms = l->auction.terms;
  require_rate(terms.instrument, c.price);
  require_bidder(*l);
  require_law(*l, c.price);
  for (const auto& leg : l->legs)
    require_purchase(route(leg.instrument, owner_of(terms.seller), who_) != nullptr, who_, leg.instrument,
                     leg.quantity);
  const matching::AscendingBid bid{BidId{seq_}, seat_of(who_), ticks_or_one(terms.instrument, c.price)};
  if (const auto why = l->auction.against_bid(bid, {}, now_)) refuse(*why);
  const auto before = l->auction.at(now_);
  const Fen amount = affordable_number(terms.quantity, bid.price) ? consideration(terms.quantity, bid.price) : Fen{};
  const bool own = before.highest && before.highest->seat == bid.seat;
  if (money(who_, Purse::free) < deposit_for(amount) - (own ? value_or_zero(put_up_, before.highest->id.value) : Fen{}))
    refuse(Reason::not_enough_money);
  if (refusal_) return;

  l->auction.log.push_back({now_, bid.seat, bid});
  const auto after = l->auction.at(now_);
  l->due = after.due;
  const uint32_t number = number_of_bidder(*l);
  out_.push_back(event::ListingRaised{l->id, bid.id, number, terms.instrument, bid.price,
                                      before.highest && before.highest->price == bid.price, *after.due,
                                      after.extensions > before.extensions});
  if (before.highest) put_up(before.highest->id.value, owner_of(before.highest->seat), {});
  put_up(seq_, who_, deposit_for(amount));
}

void Exchange::run(const command::DeclareBidder& c) {
  require_party();
  Listing* l = listing(c.auction);
  if (l == nullptr) return refuse(Reason::unknown_auction);
  if (!is_open(who_)) return;
  require_bidder(*l);
  if (l->auction.at(now_).wanted_by.contains(seat_of(who_))) refuse(Reason::already_declared);
  require_law(*l, kMaxRate);
  if (const auto why = l->auction.against_declare(seat_of(who_), {}, now_)) refuse(*why);
  if (refusal_) return;
  l->auction.log.push_back({now_, seat_of(who_), {}});
  number_of_bidder(*l);
}

void Exchange::run(const command::CancelAuction& c) {
  const auto only = [&](Seat seller) {
    if (!by_bureau_ && (!is_open(who_) || seat_of(who_) != seller)) refuse(Reason::not_permitted);
  };
  if (const naive::Sealed* s = sealed(c.auction)) {
    only(s->terms.seller);
    if (const auto why = s->against_cancel())
      refuse(*why);
    else if (!by_bureau_ && now_ >= s->terms.opens)
      refuse(Reason::bidding_begun);
    if (refusal_) return;
    out_.push_back(event::AuctionCancelled{c.auction});
    for (const auto& [id, bid] : s->bids) put_up(id.value, owner_of(bid.seat), {});
    const District seller = owner_of(s->terms.seller);
    move(s->terms.instrument, seller, Purse::held, seller, Purse::free, s->terms.offered, {}, c.auction.value);
    std::erase_if(sealed_, [&](const auto& each) { return each.id == c.auction; });
  } else if (const Listing* l = listing(c.auction)) {
    only(l->auction.terms.seller);
    if (const auto why = l->auction.against_withdraw(now_)) refuse(*why);
    if (refusal_) return;
    out_.push_back(event::AuctionCancelled{c.auction});
    const District seller = owner_of(l->auction.terms.seller);
    for (const auto& leg : l->legs)
      move(leg.instrument, seller, Purse::held, seller, Purse::free, leg.quantity, {}, c.auction.value);
    std::erase_if(listings_, [&](const auto& each) { return each.id == c.auction; });
  } else {
    refuse(Reason::unknown_auction);
  }
}

// What becomes of them.

/// Both sides hold for it already: the auction for the seller, the bid for the buyer.
void Exchange::award(AuctionId auction, const Deal& won) {
  Deal& deal = deals_.emplace(won.id, won).first->second;
  put_up(deal.id.value, deal.buyer, std::min(put_up_[deal.id.value], deposit_for(deal.amount)));
  out_.push_back(event::Awarded{auction, deal.id, deal.seller, deal.buyer, deal.legs, deal.amount});
  accepted(deal);
}

std::pair<Instant, Exchange::Listing*> Exchange::next_listing() {
  std::pair<Instant, Listing*> next{Instant{INT64_MAX}, nullptr};
  if (!day_) return next;
  for (Listing& l : listings_)
    if (l.due && *l.due < next.first) next = {*l.due, &l};
  next.first = std::max(next.first, opened_at_);
  return next;
}

/// Which rule stands between the seller and who has bid most, today.
std::pair<matching::PairRule, Exchange::Rule> Exchange::law_at_decision(const Listing& l, District bidder) const {
  std::pair<matching::PairRule, Rule> law;
  const District seller = owner_of(l.auction.terms.seller);
  for (const auto& leg : l.legs) {
    const auto* on_route = route(leg.instrument, seller, bidder);
    if (on_route == nullptr) continue;
    const PriceRow* row = price_row(leg.instrument);
    if (leg.instrument == l.auction.terms.instrument)
      law = {{.limited = true, .floor = row ? std::optional{floor_price(leg.instrument, row->rate)} : std::nullopt},
             on_route->clause};
    else if (row != nullptr)
      return {{.limited = true, .floor = {}}, on_route->clause};
  }
  return law;
}

void Exchange::fire_listing(Listing& l, Instant at) {
  const auto& terms = l.auction.terms;
  if (l.stage == AscendingStage::announced) {
    l.stage = AscendingStage::listed;
    l.due = terms.deadline;
    out_.push_back(event::ListingMoved{l.id, l.stage, at, l.due, terms.instrument, {}, {}, {}, {}, {}});
    return;
  }
  const auto highest = l.auction.at(at).highest;
  Rule rule;
  if (highest) std::tie(l.auction.at_decision, rule) = law_at_decision(l, owner_of(highest->seat));
  const auto v = l.auction.at(at);
  l.stage = v.stage;
  l.due = v.due;
  const auto& pair = l.auction.at_decision;
  const bool forbidden =
      v.stage == AscendingStage::unsold && highest && pair.limited && (!pair.floor || highest->price < *pair.floor);
  std::optional<uint32_t> bidder;
  if (highest)
    bidder = static_cast<uint32_t>(std::ranges::find(l.bidders, owner_of(highest->seat)) - l.bidders.begin()) + 1;
  std::optional<Price> floor;
  if (forbidden) {
    // The floor that is told is the published one of the part that the rule is about.
    floor = pair.floor;
    if (!floor)
      for (const auto& leg : l.legs)
        if (const auto* row = price_row(leg.instrument); row != nullptr && leg.instrument != terms.instrument && !floor)
          floor = floor_price(leg.instrument, row->rate);
  }
  out_.push_back(event::ListingMoved{l.id, v.stage, at, v.due, terms.instrument,
                                     highest ? std::optional{highest->price} : std::nullopt, bidder, v.reserve,
                                     forbidden ? rule : Rule{}, floor});
  const District seller = owner_of(terms.seller);
  if (v.stage == AscendingStage::sold) {
    auto legs = l.legs;
    legs.front().price = rate_of(terms.instrument, highest->price);
    award(l.id, {DealId{highest->id.value},
                 seller,
                 seller,
                 owner_of(highest->seat),
                 legs,
                 consideration(terms.quantity, highest->price),
                 DealState::accepted,
                 {}});
  } else if (v.stage == AscendingStage::unsold) {
    for (const auto& leg : l.legs)
      move(leg.instrument, seller, Purse::held, seller, Purse::free, leg.quantity, {}, l.id.value);
    if (highest) put_up(highest->id.value, owner_of(highest->seat), {});
  }
}

/// While the venue was closed no clock of an auction ran.
void Exchange::wake_auctions() {
  for (Listing& l : listings_) {
    l.auction.nights.push_back({closed_at_, now_});
    if (l.stage == AscendingStage::timed) l.due = l.auction.at(now_).due;
  }
}

void Exchange::forget_decided_auctions() {
  std::erase_if(sealed_, [](const auto& s) { return s.decided; });
  std::erase_if(listings_, [](const Listing& l) { return l.stage > AscendingStage::timed; });
}

}  // namespace landex::model
