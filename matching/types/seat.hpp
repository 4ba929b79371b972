// seat.hpp: the dense number of a participant inside one engine, given out in the order in which accounts open. Books
// and ledgers index arrays with it; no event and no wire message carries it (they name the District).
#pragma once
#include <cstdint>

namespace landex {

enum class Seat : uint16_t {};
constexpr uint32_t kMaxSeats = 65'536;

}  // namespace landex
