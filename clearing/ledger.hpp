// ledger.hpp: the two ledgers, money and land, which know only transfers. Every entry takes from one purse what it puts
// into another, so money sums to zero, and so does each instrument of land, after every entry: a running total that
// every write of a purse enters shows it at once, and a recount of all purses shows it slowly.
// No purse falls below zero but `outside` (the world: minus what came in) and the city's `claims` (what it owes) and
// `advances` (what it has coming).
// Accounts stand in the order in which they opened, which is their Seat; whoever tells them all tells them by code.
// Corrections are new entries. Owned by the engine's thread; pure.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cassert>
#include <cstdint>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "clearing/assets.hpp"
#include "clearing/seat_table.hpp"
#include "matching/types/district.hpp"

namespace landex::clearing {

/// Places of a participant's account. The numbers are on the wire and in journals.
enum class Purse : uint8_t {
  outside = 1,    // the world beyond landex: the other side of every entry and exit
  free = 2,       // money: cash; land: available
  held = 3,       // for an order or a deal
  claims = 4,     // money: what the pool owes this county (negative for the city: what it owes)
  pool = 5,       // land: pooled by the city 市级统筹
  used = 6,       // land: written off for a project 核销
  cancelled = 7,  // land: deducted 核减, written out 注销, or expired 过期
  advances = 8,   // money: what the city has prepaid this county 预拨 (negative for the city: what it has coming)
  frozen = 9,     // land: the bureau has frozen it 冻结
  borrowed = 10,  // land: lent by another county 借用; usable for a project, never for sale
  funds = 11,     // money: the city's earmarked sub-accounts (H66-20, governments/funds.hpp)
};
BOOST_DESCRIBE_ENUM(Purse, outside, free, held, claims, pool, used, cancelled, advances, frozen, borrowed, funds)
constexpr size_t kPurses = 11;

class Ledger {
 public:
  /// 448 bytes; whose it is, what is free, and the money and first instrument that are held are one cache line.
  struct alignas(64) Account {
    District district;
    ParticipantClass kind;
    std::array<Assets, kPurses>
        purses;  // free, held, claims, pool, used, cancelled, advances, frozen, borrowed, funds, outside

    const Assets& operator[](Purse p) const { return purses[place_of(p)]; }
    Assets& operator[](Purse p) { return purses[place_of(p)]; }

   private:
    static constexpr size_t place_of(Purse p) {
      return p == Purse::outside ? kPurses - 1 : static_cast<size_t>(p) - static_cast<size_t>(Purse::free);
    }
    BOOST_DESCRIBE_CLASS(Account, (), (district, kind, purses), (), ())
  };

  /// Can a participant of this code have an account? Codes have six digits.
  static bool may_open(District d) { return d.raw() < SeatTable::kCodes; }
  bool full() const { return accounts_.size() >= SeatTable::kSeats; }
  /// No accounts; the memory is kept.
  void reset() {
    accounts_.clear();
    by_code_.clear();
    seats_.reset();
    total_ = {};
  }
  /// The caller has checked that it may open, is not open yet, and that there is room.
  Seat open(District participant, ParticipantClass kind);

  std::optional<Seat> seat_of(District d) const { return seats_.find(d); }
  const Account& account(Seat s) const {
    assert(std::to_underlying(s) < accounts_.size());
    return accounts_[std::to_underlying(s)];
  }
  /// Every account, by code.
  auto accounts() const {
    return by_code_ | std::views::transform([this](Seat s) -> const Account& { return account(s); });
  }

  bool is_open(District d) const { return seat_of(d).has_value(); }
  ParticipantClass kind_of(District d) const { return account_of(d).kind; }
  Fen money(District d, Purse p) const { return account_of(d)[p].money; }
  Quantity land(Instrument i, District d, Purse p) const { return account_of(d)[p].of(i); }

  /// One entry. The amount is positive, and the caller has checked that it is there; a purse below zero means that we
  /// are wrong.
  void post(Seat from, Purse from_purse, Seat to, Purse to_purse, Fen amount) {
    assert(amount > Fen{});
    change(from, from_purse, -amount);
    change(to, to_purse, amount);
  }
  void post(Instrument i, Seat from, Purse from_purse, Seat to, Purse to_purse, Quantity quantity) {
    assert(quantity > Quantity{});
    change(i, from, from_purse, -quantity);
    change(i, to, to_purse, quantity);
  }

  /// Does the running total say that all sums to zero? Costs the same however many accounts there are.
  bool balanced() const { return total_.empty(); }
  /// What all purses sum to, counted anew; nothing if the ledger is right.
  Assets recount() const;

  /// What one purse holds over all participants.
  Assets total(Purse p) const;
  /// What has come in from outside and not left again.
  Fen money_in() const { return -total(Purse::outside).money; }
  Quantity issued(Instrument i) const { return -total(Purse::outside).of(i); }

 private:
  const Account& account_of(District d) const {
    const auto seat = seat_of(d);
    assert(seat);
    return account(*seat);
  }
  static bool may_owe(const Account& a, Purse p) {
    return p == Purse::outside || ((p == Purse::claims || p == Purse::advances) && a.kind == ParticipantClass::city);
  }
  // The two places where a purse is written.
  void change(Seat s, Purse p, Fen by) {
    Account& a = accounts_[std::to_underlying(s)];
    a[p].money += by;
    total_.money += by;
    assert(a[p].money >= Fen{} || may_owe(a, p));
  }
  void change(Instrument i, Seat s, Purse p, Quantity by) {
    Account& a = accounts_[std::to_underlying(s)];
    a[p].of(i) += by;
    total_.of(i) += by;
    assert(a[p].of(i) >= Quantity{} || p == Purse::outside);
  }

  std::vector<Account> accounts_;  // by seat
  std::vector<Seat> by_code_;
  SeatTable seats_;
  Assets total_;  // of all purses: nothing
};

}  // namespace landex::clearing
