#include "clients/simulator/report/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "clients/simulator/report/numbers.hpp"

namespace landex::simulator::report {
namespace {

constexpr double kFont = 13;
constexpr double kMostLeft = 350;

/// Left margin for such names at the axis.
template <class Rows, class Name>
double room_for(const Rows& rows, Name name) {
  double most = 4;
  for (const auto& row : rows) most = std::max(most, ems(name(row)));
  return std::min(most * kFont + 22, kMostLeft);
}

/// Names of rows at the axis, the first at the top.
std::string row_tics(const std::vector<std::string>& names) {
  std::string out = "set ytics (";
  for (size_t i = 0; i < names.size(); ++i)
    out += fmt::format("{}{} {}", i == 0 ? "" : ", ", tic(cut(names[i], (kMostLeft - 20) / kFont)),
                       -static_cast<double>(i));
  return out + ") scale 0";
}

void x_title(Plot& p, const std::string& text, double left) {
  p.line(fmt::format("set label {} at screen {}, {} center", literal(text), (left + kWide - 20) / 2 / kWide,
                     12.0 / p.height()));
}

/// Room at the right for a number behind the bar.
void rows_frame(Plot& p, const std::vector<std::string>& names, double left, const std::string& title) {
  p.margins(left, 28, 58);
  p.line("set grid noytics xtics lc rgb '#dddddd' lw 0.7").line("set xtics format '%h'");
  p.line(fmt::format("set yrange [{}:0.6]", 0.4 - static_cast<double>(names.size())));
  p.line(row_tics(names));
  x_title(p, title, left);
}

double most_of(double a, double b) { return std::isfinite(b) ? std::max(a, b) : a; }
double least_of(double a, double b) { return std::isfinite(b) ? std::min(a, b) : a; }

/// A range that is not empty.
std::string range(double low, double high) {
  if (!(high > low)) {
    const double pad = low == 0 ? 1 : std::abs(low) * 0.1;
    low -= pad;
    high += pad;
  }
  return fmt::format("[{}:{}]", number(low), number(high));
}

}  // namespace

std::string cut(std::string_view text, double most_ems) {
  if (ems(text) <= most_ems) return std::string{text};
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t n = 1;
    while (i + n < text.size() && (static_cast<unsigned char>(text[i + n]) & 0xC0) == 0x80) ++n;
    if (ems(out) + ems(text.substr(i, n)) + 1 > most_ems) break;
    out += text.substr(i, n);
    i += n;
  }
  return out + "…";
}

std::string group_name(const View& v, size_t i, double most_ems) {
  const Words& w = v.groups[i].label;
  const std::string whole = w.en.empty() || w.en == w.zh ? w.zh : w.zh + " " + w.en;
  if (v.one()) return cut(whole, most_ems);
  return fmt::format("{} {}", static_cast<char>('A' + i), cut(whole, most_ems - 2));
}

std::string unit_name(const View& v, District d) {
  const Words w = v.name_of(d);
  return w.en.empty() ? w.zh : w.zh + " " + w.en;
}

Plot plot_of(const std::string& name, const StackedBars& c) {
  std::vector<std::string> names;
  for (const auto& r : c.rows) names.push_back(r.name);
  Plot p{name, kWide, static_cast<int>(108 + 40 * c.rows.size())};
  std::vector<Plot::Entry> entries;
  for (const auto& part : c.parts) entries.push_back({Plot::Entry::Look::box, part.colour, part.name});
  p.legend(entries);
  const double left = room_for(names, std::identity{});
  rows_frame(p, names, left, c.x_title);
  double most = 0;
  for (const auto& r : c.rows) {
    double sum = 0;
    for (const double v : r.values) sum += std::isfinite(v) ? v : 0;
    most = std::max(most, sum);
  }
  p.line(fmt::format("set xrange {}", range(0, most)));
  std::string plots;
  for (size_t k = 0; k < c.parts.size(); ++k) {
    std::vector<std::vector<double>> boxes;
    for (size_t i = 0; i < c.rows.size(); ++i) {
      double from = 0;
      for (size_t j = 0; j < k; ++j) from += std::isfinite(c.rows[i].values[j]) ? c.rows[i].values[j] : 0;
      const double v = c.rows[i].values[k], y = -static_cast<double>(i);
      if (!std::isfinite(v) || v <= 0) continue;
      boxes.push_back({from, y, from, from + v, y - 0.34, y + 0.34});
      const std::string text = fixed(v, c.decimals);
      if (v / most * (kWide - left - 28) > ems(text) * kFont + 6)
        p.line(fmt::format("set label {} at first {}, {} center front tc rgb '{}'", literal(text), from + v / 2, y,
                           c.parts[k].light ? "#111111" : "#ffffff"));
    }
    if (boxes.empty()) boxes.push_back({0, 1, 0, 0, 1, 1});  // gnuplot will not plot nothing
    plots += fmt::format("{}{} using 1:2:3:4:5:6 with boxxyerror fc rgb {}", plots.empty() ? "plot " : ", ",
                         p.data(boxes), literal(c.parts[k].colour));
  }
  return p.line(plots);
}

Plot plot_of(const std::string& name, const Whiskers& c) {
  std::vector<std::string> names;
  for (const auto& r : c.rows) names.push_back(r.name);
  Plot p{name, kWide, static_cast<int>(116 + 34 * c.rows.size())};
  p.legend(c.legend);
  const double left = room_for(names, std::identity{});
  rows_frame(p, names, left, c.x_title);
  double low = INFINITY, high = -INFINITY;
  std::string plots;
  for (size_t i = 0; i < c.rows.size(); ++i) {
    const auto& r = c.rows[i];
    for (const double v : {r.mean, r.low, r.high, r.p10, r.p90}) low = least_of(low, v), high = most_of(high, v);
    const double y = -static_cast<double>(i);
    const std::string colour = literal(r.colour);
    const auto add = [&](const std::string& what) { plots += (plots.empty() ? "plot " : ", ") + what; };
    if (std::isfinite(r.p10) && std::isfinite(r.p90))
      add(p.data({{r.p10, y, r.p90 - r.p10, 0}}) + " using 1:2:3:4 with vectors nohead lw 1.6 lc rgb " + colour);
    if (std::isfinite(r.low) && std::isfinite(r.high))
      add(p.data({{r.low, y, r.high - r.low, 0}}) + " using 1:2:3:4 with vectors nohead lw 6 lc rgb " + colour);
    if (std::isfinite(r.mean)) add(p.data({{r.mean, y}}) + " using 1:2 with points pt 7 ps 0.9 lc rgb '#000000'");
  }
  if (plots.empty()) {
    low = 0, high = 1;
    plots = "plot " + p.data({{0, 9}}) + " using 1:2 with points";
  }
  const double pad = (high - low) * 0.06;
  p.line(fmt::format("set xrange {}", range(low - pad, high + pad)));
  return p.line(plots);
}

Plot plot_of(const std::string& name, const GroupedBars& c) {
  const double bar = 0.8 / static_cast<double>(std::max<size_t>(c.series.size(), 1));
  const auto thick = static_cast<double>(c.series.size()) * 9 + 11;
  Plot p{name, kWide, static_cast<int>(122 + thick * static_cast<double>(c.rows.size()))};
  std::vector<Plot::Entry> entries;
  if (c.series.size() > 1)
    for (const auto& s : c.series) entries.push_back({Plot::Entry::Look::box, s.colour, s.name});
  p.legend(entries);
  const double left = room_for(c.rows, std::identity{});
  rows_frame(p, c.rows, left, c.x_title);
  double low = 0, high = 0;
  std::string plots;
  for (size_t k = 0; k < c.series.size(); ++k) {
    const auto& s = c.series[k];
    std::vector<std::vector<double>> boxes, lines;
    for (size_t i = 0; i < c.rows.size(); ++i) {
      if (!std::isfinite(s.values[i])) continue;
      const double v = s.values[i], y = -static_cast<double>(i) + 0.4 - bar * (static_cast<double>(k) + 0.5);
      boxes.push_back({v / 2, y, std::min(0.0, v), std::max(0.0, v), y - bar * 0.46, y + bar * 0.46});
      low = least_of(least_of(low, v), s.low[i]);
      high = most_of(most_of(high, v), s.high[i]);
      if (std::isfinite(s.low[i]) && std::isfinite(s.high[i])) lines.push_back({s.low[i], y, s.high[i] - s.low[i], 0});
    }
    if (boxes.empty()) boxes.push_back({0, 9, 0, 0, 9, 9});
    plots += fmt::format("{}{} using 1:2:3:4:5:6 with boxxyerror fc rgb {}", plots.empty() ? "plot " : ", ",
                         p.data(boxes), literal(s.colour));
    if (!lines.empty()) plots += ", " + p.data(lines) + " using 1:2:3:4 with vectors nohead lw 1.4 lc rgb '#111111'";
  }
  const double pad = (high - low) * 0.04;
  p.line(fmt::format("set xrange {}", range(low < 0 ? low - pad : 0, high + pad)));
  p.line("set arrow from first 0, graph 0 to first 0, graph 1 nohead lw 1 lc rgb '#555555' front");
  return p.line(plots);
}

Plot plot_of(const std::string& name, const Lines& c) {
  Plot p{name, kWide, 400};
  using enum Plot::Entry::Look;
  std::vector<Plot::Entry> entries;
  bool bands = false;
  for (const auto& line : c.lines) {
    if (!line.name.empty()) entries.push_back({line.look, line.colour, line.name});
    bands = bands || (!line.low.empty() && !line.bars);
  }
  entries.insert(entries.end(), c.also.begin(), c.also.end());
  entries.push_back({blank, "", c.y_title});
  p.legend(entries);
  p.margins(74, 24, 58);
  x_title(p, c.x_title, 74);
  double low = INFINITY, high = -INFINITY, from = INFINITY, to = -INFINITY;
  std::string fills, strokes;
  for (const auto& line : c.lines) {
    std::vector<std::vector<double>> rows;
    bool any = false;
    for (size_t i = 0; i < line.x.size(); ++i) {
      if (!std::isfinite(line.y[i])) {
        if (any) rows.emplace_back();  // a gap stays a gap
        continue;
      }
      any = true;
      const double a = line.low.empty() ? NAN : line.low[i], b = line.high.empty() ? NAN : line.high[i];
      rows.push_back({line.x[i], line.y[i], std::isfinite(a) ? a : line.y[i], std::isfinite(b) ? b : line.y[i]});
      from = least_of(from, line.x[i]), to = most_of(to, line.x[i]);
      low = least_of(least_of(low, line.y[i]), a), high = most_of(most_of(high, line.y[i]), b);
    }
    if (!any) continue;
    const std::string d = p.data(rows), colour = literal(line.colour);
    if (!line.low.empty() && !line.bars)
      fills += fmt::format("{} using 1:3:4 with filledcurves fs transparent solid 0.2 noborder fc rgb {}, ", d, colour);
    if (line.bars)  // yerrorbars would blank the line behind its points
      fills += fmt::format("{} using 1:3:(0):($4-$3) with vectors nohead lw 1.6 lc rgb {}, ", d, colour);
    strokes += fmt::format("{} using 1:2 with linespoints pt 7 ps {} lw 2.2 dt {} lc rgb {}, ", d,
                           line.bars ? "0.7" : "0.12", dash_of(line.look), colour);
  }
  if (strokes.empty()) {
    from = low = 0, to = high = 1;
    strokes = p.data({{0, -9}}) + " using 1:2 with points, ";
  }
  if (c.zero) low = std::min(low, *c.zero), high = std::max(high, *c.zero);
  const double pad = (high - low) * 0.06;
  p.line(fmt::format("set xrange {}\nset yrange {}", range(from, to), range(low - pad, high + pad)));
  if (c.log_x && to > from) p.line("set logscale x 10");
  std::string all = "plot " + fills + strokes;
  all.resize(all.size() - 2);
  return p.line(all);
}

Plot plot_of(const std::string& name, const HeatMap& c) {
  const double left = room_for(c.rows, std::identity{}) + 4;
  const auto rows = static_cast<double>(c.rows.size()), columns = static_cast<double>(c.columns.size());
  Plot p{name, kWide, static_cast<int>(74 + 30 * rows)};
  p.line(
      fmt::format("set lmargin at screen {}\nset rmargin at screen {}\nset bmargin at screen {}\nset tmargin at "
                  "screen {}",
                  left / kWide, 1 - 10.0 / kWide, 10.0 / p.height(), 1 - 60.0 / p.height()));
  p.line("unset grid\nunset border").line(row_tics(c.rows));
  p.line(fmt::format("set xrange [-0.5:{}]\nset yrange [{}:0.5]\nunset xtics", columns - 0.5, 0.5 - rows));
  const double cell = (kWide - left - 10) / columns;
  for (size_t j = 0; j < c.columns.size(); ++j)
    p.line(fmt::format("set label {} at first {}, screen {} center", literal(cut(c.columns[j], cell / kFont)), j,
                       1 - 46.0 / p.height()));
  p.line(fmt::format("set label {} at screen {}, {} left", literal(c.row_title + "   " + c.column_title), 14.0 / kWide,
                     1 - 16.0 / p.height()));
  double most = 0;
  for (const auto& row : c.values)
    for (const double v : row) most = std::max(most, v);
  std::vector<std::vector<double>> boxes;
  for (size_t i = 0; i < c.rows.size(); ++i)
    for (size_t j = 0; j < c.columns.size(); ++j) {
      const double v = c.values[i][j], x = static_cast<double>(j), y = -static_cast<double>(i);
      const double shade = most > 0 && v > 0 ? 0.08 + 0.92 * std::sqrt(v / most) : 0;
      const auto mix = [&](double to) { return std::lround(255 + (to - 255) * shade); };
      const auto rgb = static_cast<double>(mix(0) * 65536 + mix(80) * 256 + mix(140));
      boxes.push_back({x, y, x - 0.48, x + 0.48, y - 0.47, y + 0.47, v > 0 ? rgb : (i == j ? 0xE9E9E9 : 0xFAFAFA)});
      if (v > 0)
        p.line(fmt::format("set label {} at first {}, {} center front font ',11' tc rgb '{}'",
                           literal(fixed(v, v < 99.95 ? 1 : 0)), x, y, shade > 0.55 ? "#ffffff" : "#111111"));
    }
  return p.line("plot " + p.data(boxes) + " using 1:2:3:4:5:6:7 with boxxyerror lc rgb variable");
}

}  // namespace landex::simulator::report
