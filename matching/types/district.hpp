// district.hpp: who takes part: a district, county or county-level city, or the city itself, by its six-digit code.
#pragma once
#include <boost/describe.hpp>
#include <compare>
#include <cstdint>

namespace landex {

/// The code of GB/T 2260. Zero is not a district.
class District {
 public:
  using Raw = uint32_t;
  constexpr District() = default;
  static constexpr District code(uint32_t c) { return District{c}; }
  static constexpr District from_raw(uint32_t c) { return District{c}; }
  constexpr uint32_t raw() const { return code_; }
  friend constexpr bool operator==(District, District) = default;
  friend constexpr auto operator<=>(District, District) = default;

 private:
  constexpr explicit District(uint32_t c) : code_{c} {}
  uint32_t code_ = 0;
};

/// The sort of participant, for tables of who may trade with whom and from which price on. The numbers are on the wire.
enum class ParticipantClass : uint8_t {
  mountain4 = 1,  // 山区4县
  urban = 2,      // 城区
  city = 3,       // the city, owner of the pool
};
BOOST_DESCRIBE_ENUM(ParticipantClass, mountain4, urban, city)
constexpr int kParticipantClasses = 3;
constexpr int index_of(ParticipantClass c) { return static_cast<int>(c) - 1; }
constexpr bool exists(ParticipantClass c) { return c >= ParticipantClass::mountain4 && c <= ParticipantClass::city; }

}  // namespace landex
