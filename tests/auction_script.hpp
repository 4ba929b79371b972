// auction_script.hpp: what the table languages of the two auctions share: how a table is read and compared, and the
// words for areas, prices, places and instants. A line with → is a command and its outcome; the lines below it say what
// came with it, all of it. Words are separated by spaces; # begins a comment. A table without a command fails.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/describe/enum_to_string.hpp>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/price.hpp"
#include "matching/types/seat.hpp"

namespace landex::auctions {

using Words = std::vector<std::string>;

inline Words split(const std::string& line) {
  std::istringstream in{line.substr(0, line.find('#'))};
  Words words;
  for (std::string w; in >> w;) words.push_back(w);
  return words;
}

inline std::string joined(const Words& words) {
  std::string out;
  for (const auto& w : words) (out += out.empty() ? "" : " ") += w;
  return out;
}

/// "6.0000" with 4 places is 60 000.
inline int64_t number(std::string text, size_t places) {
  const auto dot = text.find('.');
  EXPECT_TRUE(places == 0 ? dot == std::string::npos : dot + 1 + places == text.size()) << text;
  if (dot != std::string::npos) text.erase(dot, 1);
  return std::stoll(text);
}
inline std::string decimal(int64_t n, size_t places) {
  std::string digits = std::to_string(n < 0 ? -n : n);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  return (n < 0 ? "-" : "") + digits.insert(digits.size() - places, ".");
}
inline Quantity area(const std::string& mu) { return Quantity::from_raw(number(mu, 4)); }
inline Price price(const std::string& wan_per_mu) { return Price::ticks(number(wan_per_mu, 2)); }
inline std::string text(Quantity q) { return decimal(q.raw(), 4); }
inline std::string text(Price p) { return decimal(p.raw(), 2); }

struct Place {
  std::string_view name;
  ParticipantClass kind;
};
inline constexpr std::array kPlaces{
    Place{"建德", ParticipantClass::mountain4}, Place{"桐庐", ParticipantClass::mountain4},
    Place{"淳安", ParticipantClass::mountain4}, Place{"余杭", ParticipantClass::urban},
    Place{"萧山", ParticipantClass::urban},     Place{"西湖", ParticipantClass::urban},
    Place{"滨江", ParticipantClass::urban},     Place{"杭州", ParticipantClass::city}};

inline Seat seat(std::string_view name) {
  for (size_t n = 0; n < kPlaces.size(); ++n)
    if (kPlaces[n].name == name) return static_cast<Seat>(n);
  ADD_FAILURE() << "no place " << name;
  return {};
}
inline ParticipantClass kind(Seat s) { return kPlaces[static_cast<size_t>(s)].kind; }
inline std::string name(Seat s) { return std::string{kPlaces[static_cast<size_t>(s)].name}; }
inline ParticipantClass class_named(const std::string& word) {
  for (const auto c : {ParticipantClass::mountain4, ParticipantClass::urban, ParticipantClass::city})
    if (word == boost::describe::enum_to_string(c, "?")) return c;
  ADD_FAILURE() << "no class " << word;
  return {};
}

/// "b3" names bid 3.
inline BidId bid_named(const std::string& word) {
  EXPECT_EQ(word.at(0), 'b') << word;
  return {std::stoull(word.substr(1))};
}
inline std::string name(BidId id) { return "b" + std::to_string(id.value); }

/// Day 0 of a table begins at 0 µs. "09:00", "17:04:59" or "17:04:59.999999".
inline Instant moment(int64_t day, const std::string& clock) {
  const int64_t hours = std::stoll(clock.substr(0, 2)), minutes = std::stoll(clock.substr(3, 2));
  int64_t us = 0;
  if (clock.size() > 5) us = std::stoll(clock.substr(6, 2)) * 1'000'000;
  if (clock.size() > 8) us += std::stoll(clock.substr(9, 6));
  return {((day * 24 + hours) * 60 + minutes) * 60'000'000 + us};
}

/// Plays a table: `act` does one command and says its outcome, and below it what came with it.
inline void play(std::string_view table, const std::function<Words(const Words&)>& act) {
  std::istringstream in{std::string{table}};
  Words came;  // of the last command, what has not been compared yet
  std::string command;
  size_t commands = 0;
  const auto compare = [&](const std::string& written) {
    const std::string got = came.empty() ? "nothing more" : came.front();
    EXPECT_EQ(got, written) << "in: " << command;
    if (!came.empty()) came.erase(came.begin());
  };
  const auto all_compared = [&] {
    for (const auto& more : came) ADD_FAILURE() << "came too: " << more << "\nin: " << command;
  };
  for (std::string line; std::getline(in, line);) {
    const Words words = split(line);
    if (words.empty()) continue;
    const auto arrow = std::find(words.begin(), words.end(), "→");
    if (arrow == words.end()) {
      compare(joined(words));
      continue;
    }
    all_compared();
    command = joined(words);
    ++commands;
    came = act(Words{words.begin(), arrow});
    compare(joined(Words{arrow + 1, words.end()}));
  }
  all_compared();
  EXPECT_GT(commands, 0U) << "a table without a command";
}

inline uint64_t number_from_environment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace landex::auctions
