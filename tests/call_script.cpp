#include "tests/call_script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <stdexcept>

#include "matching/call_prevention.hpp"
#include "matching/call_uncross.hpp"
#include "tests/naive_call.hpp"

namespace landex::call_script {
namespace {

using namespace matching;

int64_t number(const std::string& text, size_t decimals) {
  const size_t point = text.find('.');
  if (point == std::string::npos || text.size() - point - 1 != decimals)
    throw std::invalid_argument{text + ": not a number with " + std::to_string(decimals) + " decimals"};
  return std::stoll(text.substr(0, point) + text.substr(point + 1));
}

std::string told(int64_t value, size_t decimals) {
  std::string digits = std::to_string(value);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  return digits.insert(digits.size() - decimals, ".");
}
std::string told(Quantity q) { return told(q.raw(), 4); }
std::string told(Price p) { return told(p.raw(), 2); }

constexpr std::array<std::string_view, 5> kSteps{"none", "volume", "surplus", "pressure", "reference"};

std::string told(const CallPrice& p) {
  const std::string step{kSteps[static_cast<size_t>(p.step) - 1]};
  if (p.price) return told(*p.price) + " " + step;
  return p.step == CallStep::nothing ? "none" : "none " + step;
}

const std::map<std::string, ParticipantClass>& classes() {
  static const std::map<std::string, ParticipantClass> words{
      {"mountain4", ParticipantClass::mountain4}, {"urban", ParticipantClass::urban}, {"city", ParticipantClass::city}};
  return words;
}

const std::map<std::string, SelfTrade>& modes() {
  static const std::map<std::string, SelfTrade> words{{"refuse", SelfTrade::refuse},
                                                      {"cancel_newest", SelfTrade::cancel_newest},
                                                      {"cancel_oldest", SelfTrade::cancel_oldest},
                                                      {"cancel_both", SelfTrade::cancel_both},
                                                      {"decrement", SelfTrade::decrement},
                                                      {"allow", SelfTrade::allow}};
  return words;
}

class Call {
 public:
  /// False: the words are no part of the call.
  bool read(std::istringstream& words) {
    std::string first;
    words >> first;
    if (first == "rule") return read_rule(words);
    if (first == "buy" || first == "sell") return read_order(first == "buy" ? Side::buy : Side::sell, words);
    if (first != "reference") return false;
    std::string price;
    words >> price;
    reference_ = Price::ticks(number(price, 2));
    return true;
  }

  /// What comes of the call, line by line.
  std::vector<std::string> run() {
    sort_in_priority(Side::buy, buys_);
    sort_in_priority(Side::sell, sells_);
    auto judged_buys = buys_, judged_sells = sells_;
    std::vector<CallPrevented> prevented;
    prevent_self_trades(buys_, sells_, pairs_, prevented);
    EXPECT_EQ(prevented, naive::prevent_self_trades(judged_buys, judged_sells, pairs_));
    std::vector<std::string> lines;
    lines.reserve(prevented.size() + 1);
    for (const auto& p : prevented)
      lines.push_back((p.ended ? "ended " : "smaller ") + names_.at(p.order) + " " + told(p.by) + " own " +
                      names_.at(p.own));

    const CallBook book{buys_, sells_};
    const CallPrice price = discover(book, pairs_, reference_);
    EXPECT_EQ(price, naive::settle(book, pairs_, naive::candidates(book, pairs_, reference_), reference_));
    const CallPrice of_all = naive::settle(book, pairs_, naive::every_tick(book, pairs_, reference_), reference_);
    if (price.price && of_all.price) {
      EXPECT_EQ(price.volume, of_all.volume);
    }
    lines.push_back("price " + told(price));
    if (of_all.price != price.price) lines.push_back("every tick " + told(of_all));
    if (!price.price) return lines;

    lines.push_back("moves " + told(price.volume) + " wanted " + told(price.demand) + " offered " + told(price.supply));
    std::vector<CallFill> fills;
    uncross(book, pairs_, *price.price, fills);
    EXPECT_EQ(fills, naive::uncross(book, pairs_, *price.price));
    for (const auto& f : fills)
      lines.push_back("meet " + names_.at(buys_[f.buy].id) + " " + names_.at(sells_[f.sell].id) + " " +
                      told(f.quantity));
    return lines;
  }

 private:
  bool read_rule(std::istringstream& words) {
    std::string seller, arrow, buyer, how, price;
    words >> seller >> arrow >> buyer >> how;
    std::optional<Price> floor;
    if (how == "from") {
      words >> price;
      floor = Price::ticks(number(price, 2));
    }
    pairs_.limit(classes().at(seller), classes().at(buyer), floor);
    return true;
  }

  bool read_order(Side side, std::istringstream& words) {
    std::string name, quantity, terms;
    words >> name >> quantity >> terms;
    const uint64_t n = ++last_;
    CallOrder o{.id = {n},
                .ticket = n,
                .seat = seat("the seat of " + name),
                .kind = ParticipantClass::urban,
                .terms = AtBest{},
                .quantity = Quantity::from_raw(number(quantity, 4)),
                .self_trade = SelfTrade::cancel_newest};
    if (terms != "best") o.terms = AtLimit{Price::ticks(number(terms.substr(1), 2))};
    for (std::string word; words >> word;) {
      if (word == "by") {
        words >> word;
        o.seat = seat(word);
      } else if (classes().contains(word)) {
        o.kind = classes().at(word);
      } else {
        o.self_trade = modes().at(word);
      }
    }
    names_[o.id] = name;
    (side == Side::buy ? buys_ : sells_).push_back(o);
    return true;
  }

  Seat seat(const std::string& who) {
    return static_cast<Seat>(seats_.try_emplace(who, static_cast<uint16_t>(seats_.size())).first->second);
  }

  std::vector<CallOrder> buys_, sells_;
  PairTable pairs_;
  std::optional<Price> reference_;
  uint64_t last_ = 0;
  std::map<OrderId, std::string> names_;
  std::map<std::string, uint16_t> seats_;
};

/// The words of a line, one space between them.
std::string normalized(std::istringstream words) {
  std::string line;
  for (std::string w; words >> w;) line += (line.empty() ? "" : " ") + w;
  return line;
}

}  // namespace

void check(std::string_view table) {
  Call call;
  std::string expected, came;
  std::istringstream lines{std::string{table}};
  for (std::string line; std::getline(lines, line);) {
    line = normalized(std::istringstream{line.substr(0, line.find('#'))});
    if (line.empty()) continue;
    std::istringstream words{line};
    if (!call.read(words)) expected += line + "\n";
  }
  for (const auto& line : call.run()) came += line + "\n";
  EXPECT_EQ(came, expected);
}

}  // namespace landex::call_script
