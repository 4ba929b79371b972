// ledger.hpp: the two ledgers, money and land, which know only transfers. Every entry takes from one purse what it puts
// into another, so money sums to zero, and so does each instrument of land, after every entry.
// No purse falls below zero but `outside` (the world: minus what came in) and the city's `claims` (what it owes).
// Corrections are new entries. Owned by the engine's thread; pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>

#include "clearing/policy/clause.hpp"
#include "matching/types/district.hpp"
#include "matching/types/instrument.hpp"
#include "matching/types/money.hpp"
#include "matching/types/quantity.hpp"

namespace landex::clearing {

/// Places of a participant's account. The numbers are on the wire and in journals.
enum class Purse : uint8_t {
  outside = 1,    // the world beyond landex: the other side of every entry and exit
  free = 2,       // money: cash; land: available
  held = 3,       // for an order or a deal
  claims = 4,     // money: what the pool owes this county (negative for the city: what it owes)
  pool = 5,       // land: pooled by the city 市级统筹
  used = 6,       // land: written off for a project 核销
  cancelled = 7,  // land: deducted 核减
};
BOOST_DESCRIBE_ENUM(Purse, outside, free, held, claims, pool, used, cancelled)
constexpr size_t kPurses = 7;
constexpr size_t index_of(Purse p) { return static_cast<size_t>(p) - 1; }

struct MoneyEntry {
  District from;
  Purse from_purse;
  District to;
  Purse to_purse;
  Fen amount;                            // positive
  std::optional<policy::Clause> clause;  // why, where a clause says so
  uint64_t cause;                        // the order, deal, filing or command that it belongs to
};

struct LandEntry {
  Instrument instrument;
  District from;
  Purse from_purse;
  District to;
  Purse to_purse;
  Quantity quantity;  // positive
  std::optional<policy::Clause> clause;
  uint64_t cause;
};

class Ledger {
 public:
  void open(District participant, ParticipantClass kind) {
    accounts_.emplace(participant, Account{.kind = kind, .money = {}, .land = {}});
  }
  bool is_open(District d) const { return accounts_.contains(d); }
  ParticipantClass kind_of(District d) const { return accounts_.at(d).kind; }

  Fen money(District d, Purse p) const { return accounts_.at(d).money[index_of(p)]; }
  Quantity land(Instrument i, District d, Purse p) const {
    return accounts_.at(d).land[landex::index_of(i)][index_of(p)];
  }

  /// The caller has checked that the amount is there; a purse below zero means that we are wrong.
  void post(const MoneyEntry& e);
  void post(const LandEntry& e);

  /// What one purse holds over all participants.
  Fen total_money(Purse p) const;
  Quantity total_land(Instrument i, Purse p) const;

  /// What has come in from outside and not left again.
  Fen money_in() const { return -total_money(Purse::outside); }
  Quantity issued(Instrument i) const { return -total_land(i, Purse::outside); }

  /// Recounted from every purse; zero if the ledger is right.
  Fen sum_of_money() const;
  Quantity sum_of_land(Instrument i) const;
  bool balanced() const;

  struct Account {
    ParticipantClass kind;
    std::array<Fen, kPurses> money;
    std::array<std::array<Quantity, kPurses>, kInstruments.size()> land;
    BOOST_DESCRIBE_CLASS(Account, (), (kind, money, land), (), ())
  };
  const std::map<District, Account>& accounts() const { return accounts_; }

 private:
  std::map<District, Account> accounts_;
  BOOST_DESCRIBE_CLASS(Ledger, (), (), (), (accounts_))
};

}  // namespace landex::clearing
