#include "tests/book_script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "tests/naive_books.hpp"

namespace landex::testing {
namespace {

using namespace matching;
using Words = std::vector<std::string>;

constexpr std::string_view kArrow = "→";

struct NotUnderstood : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Words words_of(std::string_view line) {
  std::istringstream in{std::string{line.substr(0, line.find('#'))}};
  Words words;
  for (std::string w; in >> w;) words.push_back(w);
  return words;
}

std::string without_comma(std::string word) {
  if (word.ends_with(',') || word.ends_with(':')) word.pop_back();
  return word;
}

std::string joined(const Words& words, std::string_view with = " ") {
  std::string line;
  for (const auto& w : words) line += (line.empty() ? "" : std::string{with}) + w;
  return line.empty() ? "nothing" : line;
}

template <class Enum>
std::string name_of_value(Enum v) {
  std::string name = "?";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto d) {
    if (d.value == v) name = d.name;
  });
  return name;
}

template <class Enum>
Enum value_named(const std::string& word) {
  std::optional<Enum> value;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto d) {
    if (word == d.name) value = d.value;
  });
  if (!value) throw NotUnderstood{"not a word here: " + word};
  return *value;
}

int64_t number(std::string_view word) {
  if (word.empty() || word.find_first_not_of("0123456789") != std::string_view::npos)
    throw NotUnderstood{"not a number: " + std::string{word}};
  return std::stoll(std::string{word});
}

ParticipantClass class_named(const std::string& word) {
  if (word.starts_with("class")) return static_cast<ParticipantClass>(number(std::string_view{word}.substr(5)));
  return value_named<ParticipantClass>(word);
}

constexpr std::array<std::pair<std::string_view, SelfTrade>, 6> kSelfTradeWords{{{"refuse", SelfTrade::refuse},
                                                                                 {"newest", SelfTrade::cancel_newest},
                                                                                 {"oldest", SelfTrade::cancel_oldest},
                                                                                 {"both", SelfTrade::cancel_both},
                                                                                 {"decrement", SelfTrade::decrement},
                                                                                 {"allow", SelfTrade::allow}}};

/// A script on its way through one implementation of the books.
template <class TheBooks>
class Stage {
 public:
  std::vector<std::string> run(std::string_view script, const std::string& whose) {
    size_t at = 0;
    std::istringstream in{std::string{script}};
    for (std::string text; std::getline(in, text);) {
      ++at;
      const Words words = words_of(text);
      if (words.empty()) continue;
      ++lines_;
      try {
        if (words.front() != kArrow) compare();
        where_ = whose + ", line " + std::to_string(at) + ": " + joined(words);
        read(words);
      } catch (const NotUnderstood& e) {
        differs("a line that can be read", e.what());
      }
    }
    compare();
    if (lines_ == 0) wrong_.emplace_back("the script has no line");
    return wrong_;
  }

 private:
  void differs(const std::string& expected, const std::string& came) {
    wrong_.push_back(where_ + "\n    expected: " + expected + "\n    came:     " + came);
  }

  void read(const Words& words) {
    auto from = std::ranges::find(words, kArrow);
    if (words.front() != kArrow) {
      words_ = {words.begin(), from};
      at_ = 0;
      if (prepares(next()) || (at_ = 0, states(next()))) {
        if (from != words.end() || at_ < words_.size()) throw NotUnderstood{"left over at its end"};
        return;
      }
      at_ = 0;
      command(next());
      if (at_ < words_.size()) throw NotUnderstood{"left over: " + words_[at_]};
      pending_ = true;
      if (from != words.end()) expected_.emplace();
    } else if (!pending_) {
      throw NotUnderstood{"no command stands above it"};
    } else if (!expected_) {
      expected_.emplace();
    }
    while (from != words.end()) {
      const auto to = std::find(from + 1, words.end(), kArrow);
      if (const auto told = joined({from + 1, to}); told != "nothing") expected_->push_back(told);
      from = to;
    }
  }

  /// What the last command was expected to tell against what it told.
  void compare() {
    if (!pending_) return;
    pending_ = false;
    const auto expected = expected_.value_or(implied_);
    const bool levels = std::ranges::any_of(expected, [](const auto& e) { return e.starts_with("level "); });
    std::vector<std::string> came;
    for (const auto& h : told_)
      if (levels || !std::holds_alternative<LevelMoved>(h)) came.push_back(text_of(h));
    if (expected != came) differs(joined(expected, " → "), joined(came, " → "));
    expected_.reset();
  }

  std::string next(std::string_view what = "word") {
    if (at_ >= words_.size()) throw NotUnderstood{"here a " + std::string{what} + " is missing"};
    return without_comma(words_[at_++]);
  }
  bool more() const { return at_ < words_.size(); }
  bool next_is(std::string_view word) {
    if (!more() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  Quantity next_quantity() { return Quantity::from_raw(number(next("quantity"))); }
  Price next_price() {
    const auto w = next("price");
    if (!w.starts_with('@')) throw NotUnderstood{"a price begins with @: " + w};
    return Price::ticks(number(std::string_view{w}.substr(1)));
  }
  OrderId next_order() {
    const auto w = next("name of an order");
    const auto found = names_.find(w);
    if (found == names_.end()) throw NotUnderstood{"no order is named " + w};
    return found->second;
  }
  std::string name_of(OrderId id) const {
    for (const auto& [name, named] : names_)
      if (named == id) return name;
    return "?";
  }
  Seat seat_named(const std::string& name) {
    return seats_.try_emplace(name, static_cast<Seat>(seats_.size())).first->second;
  }

  void tell(const auto& tape) { told_.assign(tape.begin(), tape.end()); }

  TheBooks& books() {
    if (!books_) books_ = std::make_unique<TheBooks>(limits_);
    return *books_;
  }

  // ---- lines that prepare ----

  bool prepares(const std::string& verb) {
    if (verb == "holds" || verb == "highest") {
      if (books_) throw NotUnderstood{"too late: the books are made"};
      if (verb == "holds")
        limits_.orders = static_cast<uint32_t>(number(next("number")));
      else
        limits_.highest = Price::ticks(number(next("price")));
    } else if (verb == "pair") {
      const auto seller = class_named(next("class")), buyer = class_named(next("class"));
      std::optional<Price> floor;
      if (!next_is("never")) {
        if (!next_is("from")) throw NotUnderstood{"a pair deals from a price or never"};
        floor = Price::ticks(number(next("price")));
      }
      pairs_.limit(seller, buyer, floor);
      books().set_pairs(book_, pairs_, 5);
    } else if (verb == "band") {
      const auto low = Price::ticks(number(next("price")));
      books().set_band(book_, low, Price::ticks(number(next("price"))));
    } else if (verb == "book") {
      book_ = static_cast<BookNumber>(number(next("number")));
    } else {
      return false;
    }
    return true;
  }

  // ---- lines that command ----

  void command(const std::string& verb) {
    implied_.clear();
    told_.clear();
    ++command_;
    if (verb == "cancel") {
      const auto id = next_order();
      const auto why = more() ? value_named<EndReason>(next()) : EndReason::cancelled;
      if (const auto o = books().find(id))
        implied_ = {name_of(id) + " ends " + std::to_string(o->left.raw()) + ' ' + name_of_value(why)};
      const bool rested = books().find(id).has_value();
      if (books().cancel(id, why) != rested) differs("true if it rested", "the other");
      if (rested) tell(books().tape());
    } else if (verb == "replace") {
      const auto id = next_order();
      const auto left = next_quantity();
      const auto old = books().find(id);
      if (!old) throw NotUnderstood{"it does not rest"};
      const auto limit = more() && words_[at_].starts_with('@') ? next_price() : old->limit;
      tell(books().replace({command_}, id, left, limit, !next_is("in-call")));
    } else if (verb == "call") {
      const auto price = next_price();
      std::vector<Meeting> meetings;
      while (more()) {
        const auto buy = next_order(), sell = next_order();
        meetings.push_back({.buy = buy, .sell = sell, .quantity = next_quantity()});
      }
      tell(books().uncross({command_}, book_, meetings, price));
    } else if (verb == "reenter") {
      tell(books().reenter({command_}, book_));
    } else {
      order(verb);
    }
    follow_levels();
  }

  void order(const std::string& name) {
    const Side side = value_named<Side>(next("side"));
    const auto quantity = next_quantity();
    const Terms terms = next_is("best") ? Terms{AtBest{}} : Terms{AtLimit{next_price()}};
    NewOrder o{.id = {command_},
               .quantity = quantity,
               .terms = terms,
               .seat = {},
               .kind = ParticipantClass::mountain4,
               .side = side,
               .conditions = {}};
    std::string owner = name;
    bool in_call = false;
    const auto conditions = [&]() -> Conditions& { return o.conditions ? *o.conditions : o.conditions.emplace(); };
    while (more()) {
      const auto word = next();
      const auto mode =
          std::ranges::find(kSelfTradeWords, std::string_view{word}, &std::pair<std::string_view, SelfTrade>::first);
      if (word == "post-only")
        conditions().post_only = true;
      else if (word == "aon")
        conditions().all_or_none = true;
      else if (word == "min")
        conditions().minimum = next_quantity();
      else if (word == "peak")
        conditions().peak = next_quantity();
      else if (word == "stop")
        conditions().trigger = Price::ticks(number(next("price")));
      else if (word == "cap")
        conditions().cap = Fen::fen(number(next("money")));
      else if (word == "ends")
        o.residue = Residue::ends;
      else if (word == "fok")
        o.residue = Residue::all_now_or_end;
      else if (word == "as")
        o.kind = class_named(next("class"));
      else if (word == "by")
        owner = next("participant");
      else if (word == "in-call")
        in_call = true;
      else if (mode != kSelfTradeWords.end())
        o.self_trade = mode->second;
      else
        throw NotUnderstood{"not a word of an order: " + word};
    }
    o.seat = seat_named(owner);
    names_[name] = o.id;
    if (const auto c = o.conditions.value_or(Conditions{}); !c.trigger) {
      const Quantity shown = std::min(c.peak.value_or(quantity), quantity);
      implied_ = {
          text_of(Joined{.order = o.id, .left = quantity, .shown = shown, .limit = {}, .seat = {}, .side = side})};
    }
    tell(in_call ? books().collect(book_, o) : books().place(book_, o));
  }

  std::string text_of(const Happening& happening) const {
    const auto q = [](Quantity x) { return std::to_string(x.raw()); };
    return std::visit(
        [&](const auto& h) -> std::string {
          using Kind = std::decay_t<decltype(h)>;
          if constexpr (std::is_same_v<Kind, Filled>)
            return name_of(h.taker) + " takes " + q(h.quantity) + " of " + name_of(h.maker) + " @" +
                   std::to_string(h.price.raw());
          else if constexpr (std::is_same_v<Kind, Ended>)
            return name_of(h.order) + " ends " + q(h.left) + ' ' + name_of_value(h.reason);
          else if constexpr (std::is_same_v<Kind, Reduced>)
            return name_of(h.order) + " less " + q(h.by) + " leaves " + q(h.left);
          else if constexpr (std::is_same_v<Kind, Joined>)
            return name_of(h.order) + " rests " + q(h.left) + (h.shown < h.left ? " shows " + q(h.shown) : "");
          else if constexpr (std::is_same_v<Kind, Triggered>)
            return name_of(h.order) + " triggers";
          else
            return "level " + name_of_value(h.side) + ' ' + std::to_string(h.price.raw()) +
                   (h.orders == 0 ? " gone" : ' ' + q(h.shown) + " in " + std::to_string(h.orders));
        },
        happening);
  }

  // ---- lines that say how things stand ----

  bool states(const std::string& verb) {
    std::string came;
    if (verb == "buys" || verb == "sells") {
      came = orders(verb == "buys" ? Side::buy : Side::sell);
    } else if (verb == "levels") {
      came = levels(value_named<Side>(next("side")));
    } else if (verb == "best") {
      const auto best = books().best(book_, value_named<Side>(next("side")));
      came = best ? std::to_string(best->raw()) : "nothing";
    } else if (verb == "dealable") {
      const auto kind = class_named(next("class"));
      const auto best = books().best_dealable(book_, kind, value_named<Side>(next("side")));
      came = best ? '@' + std::to_string(best->price.raw()) + " of " + std::to_string(best->limit.raw()) : "nothing";
    } else if (verb == "barred") {
      const auto kind = class_named(next("class"));
      const auto side = value_named<Side>(next("side"));
      came = std::to_string(books().barred(book_, kind, side, next_price()).raw());
    } else if (verb == "own") {
      const auto seat = seat_named(next("participant"));
      const auto side = value_named<Side>(next("side"));
      const auto own = books().own_crossing(book_, seat, side, next_price());
      came = own ? name_of(*own) : "nothing";
    } else if (verb == "last") {
      const auto last = books().last_price(book_);
      came = last ? std::to_string(last->raw()) : "nothing";
    } else if (verb == "resting") {
      came = std::to_string(books().resting());
    } else if (verb == "room") {
      const auto room = books().room({command_ + 1});
      came = room == Room::enough ? "enough" : room == Room::full ? "full" : "another answer";
    } else {
      return false;
    }
    const std::string expected = joined({words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end()});
    at_ = words_.size();
    if (came != expected) differs(expected, came);
    return true;
  }

  std::string orders(Side side) {
    Words out;
    books().for_each_order(book_, side, [&](const Resting& r) {
      out.push_back(name_of(r.id) + ' ' + std::to_string(r.left.raw()) +
                    (r.at_best ? " best" : " @" + std::to_string(r.limit.raw())) +
                    (r.trigger          ? " waits " + std::to_string(r.trigger->raw())
                     : r.shown < r.left ? " shows " + std::to_string(r.shown.raw())
                                        : ""));
      if (books().find(r.id) != r || books().book_of(r.id) != book_) differs("found as it is listed", name_of(r.id));
    });
    return joined(out, ", ");
  }

  std::string levels(Side side) {
    Words out;
    books().for_each_level(book_, side, [&](const LevelMoved& l) {
      out.push_back(std::to_string(l.price.raw()) + ' ' + std::to_string(l.shown.raw()) + " in " +
                    std::to_string(l.orders));
    });
    return joined(out, ", ");
  }

  /// The levels that a reader of the tape would have must be those that the book shows.
  void follow_levels() {
    auto& known = known_[book_];
    for (const auto& h : told_) {
      const auto* l = std::get_if<LevelMoved>(&h);
      if (!l) continue;
      auto& level = known[{l->side, l->price}];
      if (level != std::pair{l->was_shown, l->were_orders} || level == std::pair{l->shown, l->orders})
        differs("a level that moved from what it was", text_of(h));
      level = {l->shown, l->orders};
      if (l->orders == 0) known.erase({l->side, l->price});
    }
    std::map<std::pair<Side, Price>, std::pair<Quantity, uint32_t>> shown;
    for (const Side side : {Side::buy, Side::sell})
      books().for_each_level(book_, side, [&](const LevelMoved& l) { shown[{side, l.price}] = {l.shown, l.orders}; });
    if (shown != known) differs("the levels that the tape told", levels(Side::buy) + " | " + levels(Side::sell));
  }

  std::vector<std::string> wrong_;
  size_t lines_ = 0;
  std::string where_;  // the line in hand
  Words words_;
  size_t at_ = 0;

  bool pending_ = false;  // a command whose outcome is still being read
  std::optional<std::vector<std::string>> expected_;
  std::vector<std::string> implied_;  // without an arrow
  Told told_;

  BookLimits limits_{.orders = 4'096, .highest = Price::ticks(2'000)};
  std::unique_ptr<TheBooks> books_;
  BookNumber book_{0};
  PairTable pairs_;
  uint64_t command_ = 0;
  std::map<std::string, OrderId> names_;
  std::map<std::string, Seat> seats_;
  std::map<BookNumber, std::map<std::pair<Side, Price>, std::pair<Quantity, uint32_t>>> known_;
};

}  // namespace

std::vector<std::string> book_mismatches(std::string_view script) {
  auto wrong = Stage<Books>{}.run(script, "the books");
  for (auto& w : Stage<NaiveBooks>{}.run(script, "the judge")) wrong.push_back(std::move(w));
  return wrong;
}

void check_book(std::string_view script) {
  for (const auto& wrong : book_mismatches(script)) ADD_FAILURE() << wrong;
}

}  // namespace landex::testing
