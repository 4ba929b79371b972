#include "tests/random_books.hpp"

#include <algorithm>
#include <map>

namespace landex::testing {

using namespace matching;

// ---- telling ----

namespace {

std::string n(int64_t x) { return std::to_string(x); }
std::string name_of(OrderId id) { return 'o' + std::to_string(id.value); }
std::string side_of(Side s) { return s == Side::buy ? " buy " : " sell "; }

std::string text_of_happening(const Happening& happening) {
  return std::visit(
      [](const auto& h) -> std::string {
        using Kind = std::decay_t<decltype(h)>;
        if constexpr (std::is_same_v<Kind, Filled>)
          return name_of(h.taker) + side_of(h.taker_side) + n(h.quantity.raw()) + " of " + name_of(h.maker) + " @" +
                 n(h.price.raw()) + " limits " + n(h.taker_limit.raw()) + ' ' + n(h.maker_limit.raw());
        else if constexpr (std::is_same_v<Kind, Ended>)
          return name_of(h.order) + " ends " + n(h.left.raw()) + " @" + n(h.limit.raw()) + " reason " +
                 n(static_cast<int>(h.reason));
        else if constexpr (std::is_same_v<Kind, Reduced>)
          return name_of(h.order) + " less " + n(h.by.raw()) + " leaves " + n(h.left.raw());
        else if constexpr (std::is_same_v<Kind, Joined>)
          return name_of(h.order) + " rests " + n(h.left.raw()) + " shows " + n(h.shown.raw()) + " @" +
                 n(h.limit.raw());
        else if constexpr (std::is_same_v<Kind, Triggered>)
          return name_of(h.order) + " triggers";
        else
          return "level" + side_of(h.side) + n(h.price.raw()) + ": " + n(h.was_shown.raw()) + " in " +
                 n(h.were_orders) + " is " + n(h.shown.raw()) + " in " + n(h.orders);
      },
      happening);
}

std::string text_of_tape(const Told& tape) {
  std::string out;
  for (const auto& h : tape) out += "\n      " + text_of_happening(h);
  return out.empty() ? "\n      nothing" : out;
}

std::string text_of_resting(const Resting& r) {
  return "\n      " + name_of(r.id) + side_of(r.side) + n(r.left.raw()) + " shows " + n(r.shown.raw()) + " @" +
         n(r.limit.raw()) + (r.at_best ? " best" : "") + " class " + n(static_cast<int>(r.kind)) + " seat " +
         n(static_cast<int>(r.seat)) + " ticket " + n(static_cast<int64_t>(r.ticket >> kTicketBits)) + '+' +
         n(static_cast<int64_t>(r.ticket & ((1u << kTicketBits) - 1))) + (r.all_or_none ? " aon" : "") +
         (r.post_only ? " post-only" : "") + (r.peak ? " peak " + n(r.peak->raw()) : "") +
         (r.trigger ? " waits " + n(r.trigger->raw()) : "");
}

std::string text_of_order(const NewOrder& o) {
  static constexpr const char* kModes[] = {"", "refuse", "newest", "oldest", "both", "decrement", "allow"};
  std::string out = name_of(o.id) + side_of(o.side) + n(o.quantity.raw());
  out += std::holds_alternative<AtBest>(o.terms) ? " best" : " @" + n(limit_of(o.terms).raw());
  if (o.residue != Residue::rests) out += o.residue == Residue::ends ? " ends" : " fok";
  if (const auto& c = o.conditions) {
    if (c->post_only) out += " post-only";
    if (c->all_or_none) out += " aon";
    if (c->minimum) out += " min " + n(c->minimum->raw());
    if (c->peak) out += " peak " + n(c->peak->raw());
    if (c->trigger) out += " stop " + n(c->trigger->raw());
    if (c->cap) out += " cap " + n(c->cap->raw());
  }
  return out + " as class" + n(static_cast<int>(o.kind)) + " by P" + n(static_cast<int>(o.seat)) + ' ' +
         kModes[static_cast<size_t>(o.self_trade)];
}

std::string text_of_rules(const step::Rules& r) {
  std::string out = "book " + n(static_cast<int>(r.book)) + "; band " + n(r.low.raw()) + ' ' + n(r.high.raw());
  if (r.cleared) return out + "; no pairs";
  for (int seller = 1; seller <= 5; ++seller)
    for (int buyer = 1; buyer <= 5; ++buyer)
      if (const auto& rule = r.pairs(static_cast<ParticipantClass>(seller), static_cast<ParticipantClass>(buyer));
          rule.limited)
        out += "; pair class" + n(seller) + " class" + n(buyer) +
               (rule.floor ? " from " + n(rule.floor->raw()) : " never");
  return out;
}

bool reached(const Resting& r) { return !r.trigger; }

}  // namespace

std::string text_of(const Setting& s) {
  return "    holds " + n(s.limits.orders) + "; highest " + n(s.limits.highest.raw()) + "; classes " +
         std::to_string(s.classes) + "\n";
}

std::string text_of(const Step& s) {
  struct Teller {
    std::string operator()(const step::Place& p) const {
      return text_of_order(p.order) + "   # book " + n(static_cast<int>(p.book));
    }
    std::string operator()(const step::Cancel& c) const {
      return "cancel " + name_of(c.order) + " reason " + n(static_cast<int>(c.why));
    }
    std::string operator()(const step::Replace& r) const {
      return "replace " + name_of(r.order) + ' ' + n(r.left.raw()) + " @" + n(r.limit.raw());
    }
    std::string operator()(const step::Close& c) const { return "book " + n(static_cast<int>(c.book)) + " closes"; }
    std::string operator()(const step::Uncross& u) const {
      std::string out = "call @" + n(u.price.raw()) + ':';
      for (const auto& m : u.meetings) out += ' ' + name_of(m.buy) + ' ' + name_of(m.sell) + ' ' + n(m.quantity.raw());
      return out + "   # book " + n(static_cast<int>(u.book));
    }
    std::string operator()(const step::Reenter& r) const { return "reenter   # book " + n(static_cast<int>(r.book)); }
    std::string operator()(const step::Rules& r) const { return text_of_rules(r); }
  };
  return std::visit(Teller{}, s);
}

std::optional<OrderId> order_of(const Step& s) {
  if (const auto* p = std::get_if<step::Place>(&s)) return p->order.id;
  if (const auto* c = std::get_if<step::Cancel>(&s)) return c->order;
  if (const auto* r = std::get_if<step::Replace>(&s)) return r->order;
  return std::nullopt;
}

// ---- side by side ----

std::string Lockstep::same(const Tape& tape, const Told& judge) {
  const Told books{tape.begin(), tape.end()};
  tape_ = judge;
  if (books == judge) return "";
  return "    the books told:" + text_of_tape(books) + "\n    the judge told:" + text_of_tape(judge);
}

std::string Lockstep::run(const step::Place& p) {
  const auto room = judge_.room(p.order.id);
  if (books_.room(p.order.id) != room) return "    they differ on the room for " + name_of(p.order.id);
  full_ = room == Room::full;
  if (room != Room::enough || judge_.find(p.order.id)) return "";
  const bool special = p.order.conditions &&
                       (p.order.conditions->all_or_none || p.order.conditions->minimum || p.order.conditions->trigger);
  if (!closed(p.book) && p.order.id.value % 4 == 0) {  // as the engine's hot path does, which may not read the tape
    const bool more = books_.place_quietly(p.book, p.order);
    tape_ = judge_.place(p.book, p.order);
    const bool joins = tape_.size() == 2 && std::holds_alternative<Joined>(tape_[0]);
    if (!more && !tape_.empty() && !joins) return "    there was more to read:" + text_of_tape(tape_);
    return p.order.id.value % 8 == 0 ? "" : same(books_.tape(), Told{tape_});
  }
  if (!closed(p.book)) return same(books_.place(p.book, p.order), judge_.place(p.book, p.order));
  if (special || p.order.residue != Residue::rests) return "";
  return same(books_.collect(p.book, p.order), judge_.collect(p.book, p.order));
}

std::string Lockstep::run(const step::Cancel& c) {
  const bool rested = judge_.cancel(c.order, c.why);
  if (books_.cancel(c.order, c.why) != rested) return "    they differ on whether " + name_of(c.order) + " rested";
  if (!rested) return "";
  tape_ = judge_.tape();
  return c.why == EndReason::expired ? "" : same(books_.tape(), Told{tape_});  // not everybody reads the tape
}

std::string Lockstep::run(const step::Replace& r) {
  const auto old = judge_.find(r.order);
  if (!old || (old->peak && r.left.raw() > old->peak->raw() * kMaxPeaks)) return "";
  const bool open = !closed(*judge_.book_of(r.order));
  return same(books_.replace(r.command, r.order, r.left, r.limit, open),
              judge_.replace(r.command, r.order, r.left, r.limit, open));
}

std::string Lockstep::run(const step::Close& c) {
  closed_.at(static_cast<size_t>(c.book)) = 1;
  return "";
}

std::string Lockstep::run(const step::Uncross& u) {
  if (!closed(u.book)) return "";
  std::map<OrderId, Quantity> left;
  std::vector<Meeting> possible;
  for (const auto& m : u.meetings) {
    const auto bid = judge_.find(m.buy), ask = judge_.find(m.sell);
    if (!bid || !ask || !reached(*bid) || !reached(*ask)) continue;
    Quantity& of_bid = left.try_emplace(m.buy, bid->left).first->second;
    Quantity& of_ask = left.try_emplace(m.sell, ask->left).first->second;
    if (m.quantity > of_bid || m.quantity > of_ask) continue;
    of_bid -= m.quantity;
    of_ask -= m.quantity;
    possible.push_back(m);
  }
  closed_.at(static_cast<size_t>(u.book)) = 0;
  return same(books_.uncross(u.command, u.book, possible, u.price),
              judge_.uncross(u.command, u.book, possible, u.price));
}

std::string Lockstep::run(const step::Reenter& r) {
  closed_.at(static_cast<size_t>(r.book)) = 0;
  return same(books_.reenter(r.command, r.book), judge_.reenter(r.command, r.book));
}

std::string Lockstep::run(const step::Rules& r) {
  char& tabled = tabled_.at(static_cast<size_t>(r.book));
  bool empty = true;  // the number of classes changes in an empty book only
  for (const Side side : {Side::buy, Side::sell})
    judge_.for_each_order(r.book, side, [&](const Resting&) { empty = false; });
  if (r.cleared && tabled && empty) {
    tabled = 0;
    books_.clear_pairs(r.book);
    judge_.clear_pairs(r.book);
  } else if (!r.cleared && setting_.classes > 0 && (tabled || empty)) {
    tabled = 1;
    books_.set_pairs(r.book, r.pairs, setting_.classes);
    judge_.set_pairs(r.book, r.pairs, setting_.classes);
  }
  books_.set_band(r.book, r.low, r.high);
  judge_.set_band(r.book, r.low, r.high);
  return "";
}

std::string Lockstep::apply(const Step& s) {
  tape_.clear();
  full_ = false;
  return std::visit([this](const auto& which) { return run(which); }, s);
}

std::string Lockstep::compare(BookNumber b, Side side) const {
  std::string out;
  Told levels, judged_levels;
  const auto into = [](Told& list) {  // what a level was is asked of tapes only
    return [&list](const LevelMoved& l) {
      list.emplace_back(LevelMoved{
          .side = l.side, .price = l.price, .shown = l.shown, .was_shown = {}, .orders = l.orders, .were_orders = 0});
    };
  };
  books_.for_each_level(b, side, into(levels));
  judge_.for_each_level(b, side, into(judged_levels));
  if (levels != judged_levels)
    out += "\n    levels:" + text_of_tape(levels) + "\n    the judge's:" + text_of_tape(judged_levels);

  std::string orders = "\n    orders:", judged = "\n    the judge's:";
  std::vector<Resting> listed, judged_list;
  books_.for_each_order(b, side, [&](const Resting& r) { listed.push_back(r), orders += text_of_resting(r); });
  judge_.for_each_order(b, side, [&](const Resting& r) { judged_list.push_back(r), judged += text_of_resting(r); });
  if (listed != judged_list) out += orders + judged;
  for (const auto& r : judged_list)
    if (books_.find(r.id) != r || books_.book_of(r.id) != b) out += "\n    find differs for " + name_of(r.id);

  if (books_.best(b, side) != judge_.best(b, side)) out += "\n    best differs";
  const auto classes = std::max<size_t>(setting_.classes, 1);
  for (size_t c = 1; c <= classes; ++c) {
    const auto kind = static_cast<ParticipantClass>(c);
    const auto mine = books_.best_dealable(b, kind, side), judges = judge_.best_dealable(b, kind, side);
    if (mine.has_value() != judges.has_value() ||
        (mine && (mine->price != judges->price || mine->limit != judges->limit)))
      out += "\n    best dealable differs for class " + std::to_string(c) + side_of(side) +
             (mine ? n(mine->price.raw()) + " of " + n(mine->limit.raw()) : "nothing") + ", the judge " +
             (judges ? n(judges->price.raw()) + " of " + n(judges->limit.raw()) : "nothing");
    for (uint64_t k = 0; k < std::min<uint64_t>(setting_.prices, 8); ++k) {
      const auto limit = Price::ticks(setting_.lowest + static_cast<int64_t>(k) * setting_.step);
      if (books_.barred(b, kind, side, limit) != judge_.barred(b, kind, side, limit))
        out += "\n    barred differs for class " + std::to_string(c) + side_of(side) + '@' + n(limit.raw());
      const auto seat = static_cast<Seat>(k % 4);
      // of an own at-best order in a call this question says nothing: self-trades there are the call's business
      if (!closed(b) && books_.own_crossing(b, seat, side, limit) != judge_.own_crossing(b, seat, side, limit))
        out += "\n    own crossing differs for P" + std::to_string(k % 4) + side_of(side) + '@' + n(limit.raw());
    }
  }
  return out;
}

std::string Lockstep::compare() const {
  std::string out;
  for (uint16_t b = 0; b < setting_.limits.books; ++b) {
    out += compare(BookNumber{b}, Side::buy) + compare(BookNumber{b}, Side::sell);
    if (books_.last_price(BookNumber{b}) != judge_.last_price(BookNumber{b})) out += "\n    last price differs";
  }
  if (books_.resting() != judge_.resting()) out += "\n    the count of resting orders differs";
  return out;
}

// ---- drawing ----

RandomBooks::RandomBooks(uint64_t seed) : random_{seed} {
  auto& r = random_;
  constexpr size_t kClasses[] = {0, 1, 3, 5};
  constexpr uint32_t kOrders[] = {6, 40, 200};
  constexpr int64_t kSteps[] = {1, 1, 1, 1, 63, 4'099};
  constexpr uint64_t kPrices[] = {3, 8, 30};
  setting_.classes = kClasses[seed % 4];
  setting_.step = kSteps[r.below(6)];
  setting_.prices = kPrices[r.below(3)];
  setting_.lowest = r.one_in(3) ? 1 : r.between(50, 150);
  const auto highest = setting_.lowest + setting_.step * static_cast<int64_t>(setting_.prices - 1);
  setting_.limits = {.books = static_cast<uint16_t>(r.between(1, 3)),
                     .orders = kOrders[r.below(3)],
                     .highest = Price::ticks(r.one_in(2) ? highest : highest + 70)};
  setting_.most = r.one_in(8) ? 100'000'000'000 : r.between(4, 30);
  setting_.conditions = r.one_in(4) ? 60 : static_cast<uint64_t>(r.between(1, 3));
  command_ = r.one_in(4) ? (uint64_t{1} << 36) - 40'000 : r.below(10'000);
}

Price RandomBooks::price() {
  return Price::ticks(setting_.lowest + setting_.step * static_cast<int64_t>(random_.below(setting_.prices)));
}

Quantity RandomBooks::quantity() { return Quantity::from_raw(random_.between(1, setting_.most)); }

Conditions RandomBooks::conditions(const NewOrder& o, bool for_a_call) {
  auto& r = random_;
  Conditions c;
  const auto part = [&] { return Quantity::from_raw(r.between(1, o.quantity.raw())); };
  if (!for_a_call && r.one_in(3)) c.trigger = price();
  if (r.one_in(5)) c.post_only = true;
  if (!for_a_call && r.one_in(4)) c.minimum = part();
  if (!for_a_call && r.one_in(4))
    c.all_or_none = true;  // never an iceberg: a lot that does not split has no parts to show
  else if (r.one_in(3))
    c.peak = std::max(part(), Quantity::from_raw(o.quantity.raw() / 100 + 1));
  if (std::holds_alternative<AtBest>(o.terms) && o.side == Side::buy && r.one_in(2))
    c.cap = Fen::fen(checked_mul(o.quantity.raw(), price().raw()) / r.between(1, 4));
  return c;
}

NewOrder RandomBooks::order(bool for_a_call) {
  auto& r = random_;
  NewOrder o{.id = {command_},
             .quantity = quantity(),
             .terms = r.one_in(5) ? Terms{AtBest{}} : Terms{AtLimit{price()}},
             .seat = static_cast<Seat>(r.below(4)),
             .kind = static_cast<ParticipantClass>(1 + r.below(std::max<uint64_t>(setting_.classes, 1))),
             .side = r.one_in(2) ? Side::buy : Side::sell,
             .residue = for_a_call || !r.one_in(4) ? Residue::rests
                        : r.one_in(2)              ? Residue::ends
                                                   : Residue::all_now_or_end,
             .self_trade =
                 r.one_in(setting_.conditions > 9 ? 1 : 3) ? SelfTrade::allow : static_cast<SelfTrade>(1 + r.below(6)),
             .outlives_day = r.one_in(3),
             .conditions = {}};
  if (r.one_in(setting_.conditions)) o.conditions = conditions(o, for_a_call);
  return o;
}

step::Rules RandomBooks::rules(BookNumber b) {
  auto& r = random_;
  step::Rules out{.book = b, .cleared = r.one_in(6), .pairs = {}, .low = price(), .high = price()};
  if (out.high < out.low) std::swap(out.low, out.high);
  if (out.cleared || r.one_in(6)) return out;  // a table without a rule
  for (size_t seller = 1; seller <= setting_.classes; ++seller)
    for (size_t buyer = 1; buyer <= setting_.classes; ++buyer)
      if (!r.one_in(3) && (setting_.classes > 1 || r.one_in(2)))
        out.pairs.limit(static_cast<ParticipantClass>(seller), static_cast<ParticipantClass>(buyer),
                        r.one_in(4) ? std::nullopt : std::optional{price()});
  return out;
}

step::Uncross RandomBooks::uncross(const Lockstep& pair, BookNumber b) {
  auto& r = random_;
  step::Uncross out{.command = {command_}, .book = b, .meetings = {}, .price = price()};
  std::vector<Resting> buys, sells;
  const auto list = [&](Side side, std::vector<Resting>& into) {
    pair.judge().for_each_order(b, side, [&](const Resting& o) {
      if (reached(o) && !o.all_or_none) into.push_back(o);
    });
  };
  list(Side::buy, buys);
  list(Side::sell, sells);
  if (buys.empty() || sells.empty()) return out;
  for (uint64_t tries = r.below(8); tries > 0; --tries) {
    auto& bid = buys[r.below(buys.size())];
    auto& ask = sells[r.below(sells.size())];
    const Quantity most = std::min(bid.left, ask.left);
    if (most == Quantity{}) continue;
    const auto quantity = r.one_in(2) ? most : Quantity::from_raw(r.between(1, most.raw()));
    bid.left -= quantity;
    ask.left -= quantity;
    out.meetings.push_back({.buy = bid.id, .sell = ask.id, .quantity = quantity});
  }
  return out;
}

Step RandomBooks::next(const Lockstep& pair) {
  auto& r = random_;
  if (prepared_ < setting_.limits.books) return rules(BookNumber{static_cast<uint16_t>(prepared_++)});
  command_ += r.one_in(4) ? r.below(20) + 1 : 1;
  const auto b = BookNumber{static_cast<uint16_t>(r.below(setting_.limits.books))};
  std::vector<Resting> resting;
  for (const Side side : {Side::buy, Side::sell})
    pair.judge().for_each_order(b, side, [&](const Resting& o) { resting.push_back(o); });
  const auto what = r.below(100);
  if (pair.closed(b) && what < 8) return uncross(pair, b);
  if (pair.closed(b) && what < 12) return rules(b);
  if ((pair.closed(b) && what < 14) || what == 14) return step::Reenter{.command = {command_}, .book = b};
  if (what < 17) return step::Close{b};
  if (what < 30 && !resting.empty()) {
    constexpr EndReason kWhy[] = {EndReason::cancelled, EndReason::lapsed, EndReason::expired};
    return step::Cancel{.order = r.one_in(20) ? OrderId{command_} : resting[r.below(resting.size())].id,
                        .why = kWhy[r.below(3)]};
  }
  if (what < 42 && !resting.empty()) {
    const auto& o = resting[r.below(resting.size())];
    const auto left =
        r.one_in(3) ? o.left : Quantity::from_raw(r.between(1, std::min(o.left.raw() * 2, setting_.most)));
    return step::Replace{.command = {command_}, .order = o.id, .left = left, .limit = r.one_in(2) ? o.limit : price()};
  }
  return step::Place{.book = b, .order = order(pair.closed(b))};
}

}  // namespace landex::testing
