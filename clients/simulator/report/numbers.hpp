// numbers.hpp: numbers as the report writes them: wan yuan per mu with two decimals, mu and wan yuan with one, shares
// in per cent with one, indices with three; thousands set apart by a narrow space. What is not known is "—". Pure.
#pragma once
#include <string>
#include <string_view>

#include "clients/simulator/city/outcome.hpp"
#include "clients/simulator/report/html.hpp"

namespace landex::simulator::report {

/// "12 345.60"; "—" where v is no number.
std::string fixed(double v, int decimals);
/// "12.3 %" of 0.123.
std::string per_cent(double share);

/// How a measure is shown: its scale, decimals and unit in both languages.
struct Shown {
  double scale;
  int decimals;
  Words unit;  // empty: a bare number
};
Shown shown(const MeasureFacts& m);
/// The same for a unit of measure by name: "mu", "wan yuan/mu", "wan yuan", "1" …
Shown shown(std::string_view unit, bool share);
/// By that.
std::string text_of(const Shown& s, double v);
/// "1.20 ~ 3.40"; "—" if either end is unknown.
std::string interval(const Shown& s, double low, double high);
/// "均价 mean price（万元/亩 wan yuan/mu）".
std::string titled(const MeasureFacts& m);
Words titled_words(const MeasureFacts& m);

}  // namespace landex::simulator::report
