// clause.hpp: the rule ids that code, tests, refusals and ledger entries cite. Each id has its Chinese text and its
// state (modelled, no_computable_rule, planned) in h66.toml; a test holds the two lists together.
// The numbers are in journals and on the wire: article × 10 + paragraph, never reused. Zero is not a clause.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

namespace landex::policy {

/// Where a value comes from: the words of the clause, or a choice of ours that the clause leaves open.
enum class Origin : uint8_t { law = 1, our_default = 2 };
BOOST_DESCRIBE_ENUM(Origin, law, our_default)

enum class Clause : uint16_t {
  h66_1 = 10,
  h66_2 = 20,
  h66_3_1 = 31,
  h66_3_2 = 32,
  h66_3_3 = 33,
  h66_3_4 = 34,
  h66_4_1 = 41,
  h66_5_1 = 51,
  h66_5_2 = 52,
  h66_5_3 = 53,
  h66_6_1 = 61,
  h66_6_2 = 62,
  h66_6_3 = 63,
  h66_6_4 = 64,
  h66_6_5 = 65,
  h66_7_1 = 71,
  h66_7_2 = 72,
  h66_7_3 = 73,
  h66_7_4 = 74,
  h66_7_5 = 75,
  h66_7_6 = 76,
  h66_7_7 = 77,
  h66_8 = 80,
  h66_9 = 90,
  h66_10_1 = 101,
  h66_10_2 = 102,
  h66_11 = 110,
  h66_12 = 120,
  h66_13 = 130,
  h66_14_1 = 141,
  h66_14_2 = 142,
  h66_15 = 150,
  h66_16 = 160,
  h66_17 = 170,
  h66_18 = 180,
  h66_19_1 = 191,
  h66_19_2 = 192,
  h66_19_3 = 193,
  h66_20 = 200,
  h66_21_1 = 211,
  h66_21_2 = 212,
  h66_21_3 = 213,
  h66_21_4 = 214,
};

struct ClauseId {
  Clause clause;
  std::string_view id;  // as policy.md writes it
};

inline constexpr std::array kClauses{
    ClauseId{Clause::h66_1, "H66-1"},       ClauseId{Clause::h66_2, "H66-2"},
    ClauseId{Clause::h66_3_1, "H66-3.1"},   ClauseId{Clause::h66_3_2, "H66-3.2"},
    ClauseId{Clause::h66_3_3, "H66-3.3"},   ClauseId{Clause::h66_3_4, "H66-3.4"},
    ClauseId{Clause::h66_4_1, "H66-4.1"},   ClauseId{Clause::h66_5_1, "H66-5.1"},
    ClauseId{Clause::h66_5_2, "H66-5.2"},   ClauseId{Clause::h66_5_3, "H66-5.3"},
    ClauseId{Clause::h66_6_1, "H66-6.1"},   ClauseId{Clause::h66_6_2, "H66-6.2"},
    ClauseId{Clause::h66_6_3, "H66-6.3"},   ClauseId{Clause::h66_6_4, "H66-6.4"},
    ClauseId{Clause::h66_6_5, "H66-6.5"},   ClauseId{Clause::h66_7_1, "H66-7.1"},
    ClauseId{Clause::h66_7_2, "H66-7.2"},   ClauseId{Clause::h66_7_3, "H66-7.3"},
    ClauseId{Clause::h66_7_4, "H66-7.4"},   ClauseId{Clause::h66_7_5, "H66-7.5"},
    ClauseId{Clause::h66_7_6, "H66-7.6"},   ClauseId{Clause::h66_7_7, "H66-7.7"},
    ClauseId{Clause::h66_8, "H66-8"},       ClauseId{Clause::h66_9, "H66-9"},
    ClauseId{Clause::h66_10_1, "H66-10.1"}, ClauseId{Clause::h66_10_2, "H66-10.2"},
    ClauseId{Clause::h66_11, "H66-11"},     ClauseId{Clause::h66_12, "H66-12"},
    ClauseId{Clause::h66_13, "H66-13"},     ClauseId{Clause::h66_14_1, "H66-14.1"},
    ClauseId{Clause::h66_14_2, "H66-14.2"}, ClauseId{Clause::h66_15, "H66-15"},
    ClauseId{Clause::h66_16, "H66-16"},     ClauseId{Clause::h66_17, "H66-17"},
    ClauseId{Clause::h66_18, "H66-18"},     ClauseId{Clause::h66_19_1, "H66-19.1"},
    ClauseId{Clause::h66_19_2, "H66-19.2"}, ClauseId{Clause::h66_19_3, "H66-19.3"},
    ClauseId{Clause::h66_20, "H66-20"},     ClauseId{Clause::h66_21_1, "H66-21.1"},
    ClauseId{Clause::h66_21_2, "H66-21.2"}, ClauseId{Clause::h66_21_3, "H66-21.3"},
    ClauseId{Clause::h66_21_4, "H66-21.4"},
};

/// "H66-7.6". Nothing for a number that names no clause.
constexpr std::string_view id_of(Clause c) {
  for (const auto& k : kClauses)
    if (k.clause == c) return k.id;
  return {};
}
constexpr std::optional<Clause> clause_named(std::string_view id) {
  for (const auto& k : kClauses)
    if (k.id == id) return k.clause;
  return std::nullopt;
}

}  // namespace landex::policy
