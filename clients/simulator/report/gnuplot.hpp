// gnuplot.hpp: a figure as SVG, drawn by the program gnuplot (Debian: gnuplot-nox). It runs as a child, reads its
// script from memory and writes to memory: no shell, no file on disk, none of the user's own gnuplot settings. Whatever
// comes from files (titles, names) enters a script through `literal` or `tic` alone; numbers through `number`. Enhanced
// text is off, so @, {} and ^ are only characters.
#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "clients/simulator/report/report.hpp"

namespace landex::simulator::report {

/// A text as gnuplot's single-quoted string: nothing is substituted in one. Control characters become spaces; ' becomes
/// a sign that `drawn` turns back, since gnuplot 5.4 does not read a doubled ' at the beginning of a string.
std::string literal(std::string_view text);
/// The same for a label at a tic, where gnuplot would read % as a format.
std::string tic(std::string_view text);
/// Shortest round-trip decimal; NaN where there is none, which gnuplot leaves out.
std::string number(double v);
/// How wide a text is drawn, in ems: a Chinese character takes one, a Latin one a little more than half. Gnuplot counts
/// both alike, so whoever leaves room for text asks this.
double ems(std::string_view text);

/// A script in the making.
class Plot {
 public:
  /// `name`: [a-z0-9-]+, unique on the page: ids of the SVG begin with it. Size in pixels.
  Plot(std::string name, int width, int height);

  Plot& line(std::string_view script);
  /// A block of numbers; gives its name, "$d1".
  std::string data(const std::vector<std::vector<double>>& rows);

  struct Entry {
    enum class Look { solid, dashed, dotted, box, point, blank } look;  // blank: a row of words alone
    std::string colour, text;
    double fill = 1;  // of a box: 0 … 1
  };
  /// A row of entries above the axes, or more, for which the plot grows; sets the top margin. Before `margins`.
  Plot& legend(const std::vector<Entry>& entries);
  /// Left, right and bottom margins, pixels.
  Plot& margins(double left, double right, double bottom);

  const std::string& name() const { return name_; }
  int width() const { return width_; }
  int height() const { return height_; }
  std::string script() const;

 private:
  std::string name_;
  int width_, height_;
  std::string data_, lines_;
  int blocks_ = 0;
};

/// gnuplot's dash type for a line.
std::string_view dash_of(Plot::Entry::Look look);

/// The SVG element, to stand in HTML: no XML head, ids that begin with the plot's name. `label`: what a screen reader
/// says. A gnuplot that is missing or fails is a fault that names the package.
std::expected<std::string, ReportFault> drawn(const Plot& plot, std::string_view label);

}  // namespace landex::simulator::report
