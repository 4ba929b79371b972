// accountant.hpp: knows nothing but the entries that the engine tells (MoneyMoved, LandMoved, LotMoved), and keeps the
// purses and the lots by them alone. Where its books and the engine's state agree after every command, a balance is the
// sum of its entries and nothing else: nothing is written that is not told (P14), and nothing is told by halves (P1).
// It also holds each event that hands something over against the entries beside it: both legs, or none (P3).
// A run between governments pays what its dry run said, line by line, and nothing else.
// Simple maps, no rule of the market. One thread.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "exchange/engine/engine.hpp"

namespace landex::testing {

class Accountant {
 public:
  /// Books what one command told. Says what is wrong with it; nothing if all is well.
  std::string book(Sequence seq, const engine::Events& events);

  /// Where the engine's purses and lots are not what was told, or do not sum to zero; nothing if they are and do.
  std::string differs_from(const engine::State& state) const;

  /// How often each kind of hand-over was seen, for guards that must have looked at something.
  struct Seen {
    uint64_t trades = 0, deals = 0, pooled = 0, priced_claims = 0, paid_claims = 0, advances = 0, defaults = 0;
    std::map<clearing::RunKind, uint64_t> reckoned, paid, reversed;  // runs between governments
  };
  const Seen& seen() const { return seen_; }

 private:
  using Purse = engine::Purse;
  using Place = engine::Place;

  std::string entries(const engine::Events& events);
  std::string both_legs(Sequence seq, const engine::Events& events);
  std::string corrections(Sequence seq, const engine::Events& events);
  std::string between_governments(const engine::Events& events);
  bool may_owe(District d, Purse p) const {
    return p == Purse::outside || ((p == Purse::claims || p == Purse::advances) && city_ == d);
  }

  std::optional<District> city_;
  std::map<std::pair<District, Purse>, Fen> money_;
  std::map<std::tuple<District, Instrument, Purse>, Quantity> land_;
  std::map<std::tuple<District, Instrument, Place, FilingId>, Quantity> lots_;
  std::map<DealId, std::vector<engine::command::Leg>> legs_;
  std::map<DealId, std::vector<engine::command::TitleLeg>> titles_;
  std::map<FilingId, std::set<Sequence>> entries_of_;  // of a filing: what a correction may name
  std::map<PriceRowId, bool> stands_;                  // of each price row that was published
  std::map<WriteOffId, Quantity> used_;                // of each write-off, what is not restored
  std::map<clearing::Fund, Fen> funds_;                // by what was told of each
  std::map<RunId, engine::event::RunReckoned> dry_;    // the dry run of each
  std::map<RunId, engine::event::RunPaid> paid_;       // and its payment
  std::set<RunId> undone_;
  Seen seen_;
};

}  // namespace landex::testing
