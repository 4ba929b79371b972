// charts.hpp: the few kinds of chart that the report is made of, with numbers in and a Plot out. Room for text is
// reckoned here (Plot's own measure of Chinese), so nothing overlaps whatever the names. Widths are of a page of 860.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "clients/simulator/report/view.hpp"

namespace landex::simulator::report {

inline constexpr int kWide = 860;

/// Cut to so many ems, with … at the end.
std::string cut(std::string_view text, double most_ems);
/// "A 基准 Base": how a group is called in figures and tables; alone, without the letter.
std::string group_name(const View& v, size_t i, double most_ems = 26);
/// "建德市 Jiande".
std::string unit_name(const View& v, District d);

/// Rows of bars whose parts lie end to end: shares of a whole, sources of a sum. The number stands in a part that has
/// room for it.
struct Piece {
  std::string name, colour;
  bool light;  // dark text on it
};
struct StackedBars {
  std::string x_title;
  std::vector<Piece> parts;
  struct Row {
    std::string name;
    std::vector<double> values;  // by part
  };
  std::vector<Row> rows;
  int decimals = 1;
};
Plot plot_of(const std::string& name, const StackedBars& c);

/// Rows of points with a thin line (spread) and a thick one (interval).
struct Whiskers {
  std::string x_title;
  struct Row {
    std::string name, colour;
    double mean, low, high, p10, p90;  // NaN: not drawn
  };
  std::vector<Row> rows;
  std::vector<Plot::Entry> legend{};
};
Plot plot_of(const std::string& name, const Whiskers& c);

/// Rows of groups of bars from 0, each with its interval.
struct GroupedBars {
  std::string x_title;
  struct Series {
    std::string name, colour;
    std::vector<double> values, low, high;  // by row; low, high NaN: no interval
  };
  std::vector<std::string> rows;
  std::vector<Series> series;
};
Plot plot_of(const std::string& name, const GroupedBars& c);

/// Lines over x with bands.
struct Lines {
  std::string x_title, y_title;
  struct Line {
    std::string name, colour;
    Plot::Entry::Look look = Plot::Entry::Look::solid;
    std::vector<double> x, y;
    std::vector<double> low{}, high{};  // a band, if not empty
    bool bars = false;                  // the band as error bars
  };
  std::vector<Line> lines;
  std::vector<Plot::Entry> also{};  // more legend
  bool log_x = false;
  std::optional<double> zero{};  // a thin line there
};
Plot plot_of(const std::string& name, const Lines& c);

/// A matrix with its numbers: rows pay columns. Darker is more.
struct HeatMap {
  std::vector<std::string> rows, columns;
  std::vector<std::vector<double>> values;  // 0: left empty
  std::string row_title, column_title;
};
Plot plot_of(const std::string& name, const HeatMap& c);

}  // namespace landex::simulator::report
