// instrument.hpp: what is traded. The numbers are on the wire and in journals: never reused. Zero is not an instrument.
#pragma once
#include <array>
#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace landex {

enum class Instrument : uint8_t {
  supplementary_area = 1,      // 补充耕地 数量: 0.0001 mu, ticks of 0.01 万元/亩
  supplementary_paddy = 2,     // 补充耕地 水田: 0.0001 mu, ticks of 0.01 万元/亩
  supplementary_capacity = 3,  // 补充耕地 产能: kg, ticks of 1 fen per kg
  linkage = 4,                 // 增减挂钩节余: 0.0001 mu, ticks of 0.01 万元/亩
};
BOOST_DESCRIBE_ENUM(Instrument, supplementary_area, supplementary_paddy, supplementary_capacity, linkage)

inline constexpr std::array kInstruments{Instrument::supplementary_area, Instrument::supplementary_paddy,
                                         Instrument::supplementary_capacity, Instrument::linkage};

/// Dense index from 0, for arrays with one place for each instrument.
constexpr size_t index_of(Instrument i) { return static_cast<size_t>(i) - 1; }

constexpr bool exists(Instrument i) { return index_of(i) < kInstruments.size(); }

/// Is a unit a kilogram, priced in fen per kilogram? Otherwise it is 0.0001 mu.
constexpr bool counted_in_kg(Instrument i) { return i == Instrument::supplementary_capacity; }

/// The three components of supplementary cultivated land 补充耕地, to which H66-7 applies.
constexpr bool is_supplementary(Instrument i) { return i != Instrument::linkage; }

struct InstrumentName {
  std::string_view zh, en;
};
constexpr InstrumentName name_of(Instrument i) {
  constexpr std::array<InstrumentName, kInstruments.size()> names{
      {{"补充耕地数量", "supplementary farmland (area)"},
       {"补充耕地水田", "supplementary farmland (paddy)"},
       {"补充耕地产能", "supplementary farmland (capacity)"},
       {"增减挂钩节余", "linkage surplus"}}};
  return names[index_of(i)];
}

}  // namespace landex
