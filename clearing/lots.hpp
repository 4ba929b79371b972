// lots.hpp: which land it is. Balances are what is held and traded (ledger.hpp); a lot 批 is the land of one filing,
// and here stands how much of each filing lies in each place of each participant. When land moves from one place to
// another, the first filed goes first (decisions 8), unless a filing is named to go before it. Moves between purses of
// one place (free, held, frozen: all of them stock) move no lots.
// Invariants, recounted by the engine's audit: per participant and instrument, the slices of a place sum to its purses;
// per filing and instrument, the slices of all places sum to what was filed. So what is issued is what plots made.
// Nothing is allocated when a slice is taken, and nothing when one arrives where there is room: it costs a look at two
// short arrays. Owned by the engine's thread; pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <cassert>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "clearing/ledger.hpp"
#include "matching/types/ids.hpp"

namespace landex::clearing {

/// Where land is. The numbers are on the wire and in journals.
enum class Place : uint8_t {
  outside = 1,    // not yet filed
  stock = 2,      // all that is in the account: free, on offer, frozen
  pool = 3,       // 市级统筹
  used = 4,       // written off for a project 核销
  cancelled = 5,  // 核减, 注销, 过期
  borrowed = 6,   // 借用
};
BOOST_DESCRIBE_ENUM(Place, outside, stock, pool, used, cancelled, borrowed)

/// Where the land of a purse is. The purses of money alone are told apart from outside by nobody.
constexpr Place place_of(Purse p) {
  switch (p) {
    case Purse::outside:
    case Purse::claims:
    case Purse::advances:
    case Purse::funds:
      return Place::outside;
    case Purse::free:
    case Purse::held:
    case Purse::frozen:
      return Place::stock;
    case Purse::pool:
      return Place::pool;
    case Purse::used:
      return Place::used;
    case Purse::cancelled:
      return Place::cancelled;
    case Purse::borrowed:
      return Place::borrowed;
  }
  return Place::outside;
}

/// Land of one filing.
struct Slice {
  FilingId filing;
  Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(Slice, (), (filing, quantity))

class Lots {
 public:
  struct Spot {
    Seat seat;
    Place place;
    friend bool operator==(const Spot&, const Spot&) = default;
  };

  /// With every account that opens in the ledger.
  void open(District owner) {
    owners_.push_back(owner);
    if (slices_.size() < owners_.size() * kSpots) slices_.resize(owners_.size() * kSpots);
  }

  /// No land and no owners; the memory is kept.
  void reset() {
    for (size_t n = 0; n < owners_.size() * kSpots; ++n) slices_[n].clear();
    owners_.clear();
  }

  /// Land that is filed: it comes from outside.
  void enter(Instrument i, Spot to, FilingId filing, Quantity quantity) { add(at(i, to), filing, quantity); }

  /// Takes `quantity`, which the caller knows to be there: of `first` as far as it goes, then first filed first. Tells
  /// each slice as `tell(filing, quantity)`, in the order taken.
  template <class Tell>
  void move(Instrument i, Spot from, Spot to, Quantity quantity, std::optional<FilingId> first, const Tell& tell) {
    assert(!(from == to));
    Slices& source = at(i, from);
    Slices& target = at(i, to);
    const auto take = [&](Slices::iterator slice) {
      const FilingId filing = slice->filing;
      const Quantity taken = std::min(slice->quantity, quantity);
      quantity -= taken;
      slice->quantity -= taken;
      if (slice->quantity == Quantity{}) source.erase(slice);
      add(target, filing, taken);
      tell(filing, taken);
    };
    if (first)
      if (const auto named = find(source, *first); named != source.end() && named->filing == *first) take(named);
    while (quantity > Quantity{}) {
      assert(!source.empty());
      take(std::prev(source.end()));
    }
  }

  /// What lies there, the last filed first.
  std::span<const Slice> of(Instrument i, Spot spot) const { return slices_[index_of(i, spot)]; }
  Quantity of(Instrument i, Spot spot, FilingId filing) const {
    const Slices& slices = slices_[index_of(i, spot)];
    const auto found = std::ranges::lower_bound(slices, filing, std::ranges::greater{}, &Slice::filing);
    return found != slices.end() && found->filing == filing ? found->quantity : Quantity{};
  }

  /// Every slice as `tell(owner, instrument, place, slice)`: by owner's code, instrument, place, first filed first.
  template <class Tell>
  void for_each(const Tell& tell) const {
    std::vector<uint16_t> seats(owners_.size());
    for (size_t n = 0; n < seats.size(); ++n) seats[n] = static_cast<uint16_t>(n);
    std::ranges::sort(seats, {}, [this](uint16_t s) { return owners_[s]; });
    for (const uint16_t s : seats)
      for (const Instrument i : kInstruments)
        for (auto p = std::to_underlying(Place::stock); p <= std::to_underlying(Place::borrowed); ++p) {
          const auto slices = of(i, {.seat = Seat{s}, .place = static_cast<Place>(p)});
          for (auto slice = slices.rbegin(); slice != slices.rend(); ++slice)
            tell(owners_[s], i, static_cast<Place>(p), *slice);
        }
  }

 private:
  // The last filed stands first, so that what goes first is taken from the end.
  using Slices = std::vector<Slice>;
  static constexpr size_t kPlaces = 5;  // all but `outside`
  static constexpr size_t kSpots = kPlaces * kInstruments.size();

  static size_t index_of(Instrument i, Spot spot) {
    assert(spot.place != Place::outside);
    return (std::to_underlying(spot.seat) * kPlaces + std::to_underlying(spot.place) -
            std::to_underlying(Place::stock)) *
               kInstruments.size() +
           landex::index_of(i);
  }
  Slices& at(Instrument i, Spot spot) { return slices_[index_of(i, spot)]; }
  static Slices::iterator find(Slices& slices, FilingId filing) {
    return std::ranges::lower_bound(slices, filing, std::ranges::greater{}, &Slice::filing);
  }
  static void add(Slices& slices, FilingId filing, Quantity quantity) {
    const auto slice = find(slices, filing);
    if (slice != slices.end() && slice->filing == filing)
      slice->quantity += quantity;
    else
      slices.insert(slice, {.filing = filing, .quantity = quantity});
  }

  std::vector<District> owners_;  // by seat
  std::vector<Slices> slices_;    // by seat, place, instrument; after a reset those of seats to come are there, empty
};

}  // namespace landex::clearing
