// seat_table.hpp: from the code of a participant to its seat in two loads: a page for each thousand codes or so, made
// when the first of them opens. Codes have six digits; a larger one has no seat. 2 KiB a page, 4 KiB beside them.
#pragma once
#include <array>
#include <cassert>
#include <optional>
#include <utility>
#include <vector>

#include "matching/types/district.hpp"
#include "matching/types/seat.hpp"

namespace landex::clearing {

class SeatTable {
 public:
  static constexpr uint32_t kCodes = 1'000'000;
  static constexpr uint32_t kSeats = kMaxSeats - 1;  // one number says `none`

  SeatTable() : pages_(1, kEmptyPage) {}

  std::optional<Seat> find(District d) const {
    if (d.raw() >= kCodes) return std::nullopt;
    const uint16_t seat = pages_[page_of_[d.raw() / kPage]][d.raw() % kPage];
    if (seat == kNone) return std::nullopt;
    return Seat{seat};
  }

  /// Nobody has a seat; the memory is kept.
  void reset() {
    page_of_ = {};
    pages_.resize(1);
  }

  void set(District d, Seat seat) {
    assert(d.raw() < kCodes && std::to_underlying(seat) != kNone);
    uint16_t& page = page_of_[d.raw() / kPage];
    if (page == 0) {
      page = static_cast<uint16_t>(pages_.size());
      pages_.push_back(kEmptyPage);
    }
    pages_[page][d.raw() % kPage] = std::to_underlying(seat);
  }

 private:
  static constexpr uint16_t kNone = kMaxSeats - 1;
  static constexpr uint32_t kPage = 1024;
  using Page = std::array<uint16_t, kPage>;
  static constexpr Page kEmptyPage = [] {
    Page p{};
    p.fill(kNone);
    return p;
  }();

  std::array<uint16_t, kCodes / kPage + 1> page_of_{};
  std::vector<Page> pages_;  // the first is empty, for all codes that have no page of their own
};

}  // namespace landex::clearing
