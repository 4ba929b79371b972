// html.hpp: the page: sections, tables and figures in their order, then one HTML document with no script, that fetches
// nothing. Words of files go in as text and are escaped here, in one place; markup is only what this room writes.
// Chinese first, then English. Pure until `html`, which draws the figures.
#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clients/simulator/report/gnuplot.hpp"

namespace landex::simulator::report {

/// For text and for attributes in quotes. Control characters and what is not UTF-8 become U+FFFD.
std::string escaped(std::string_view text);
/// A path in a link: all but unreserved characters and / by per cent.
std::string link_of(std::string_view path);

/// A text in both languages.
struct Words {
  std::string zh{}, en{};
};

/// A table of texts. A first column of names, then numbers, is the usual shape.
struct Sheet {
  std::vector<Words> columns;
  std::vector<std::vector<std::string>> rows{};
  size_t names = 1;  // the first so many columns are names: left-aligned
};

struct Figure {
  Plot plot;
  Words caption;                     // what is seen
  Words basis;                       // unit, n, what the interval is
  Sheet table;                       // the same numbers
  std::vector<std::string> files{};  // relative links to the data
};

class Page {
 public:
  explicit Page(Words title) : title_{std::move(title)} {}

  /// `id`: [a-z0-9-]+. Named in the contents.
  void section(std::string id, Words title);
  void heading(const Words& title);
  void paragraph(const Words& words);
  /// The standing sentence and the like: framed.
  void notice(const Words& words);
  void table(const Sheet& sheet, const Words& caption);
  void figure(Figure figure);
  /// Long text as it is, folded away.
  void verbatim(const Words& title, std::string_view text);
  /// Links to files beside the page: path, and what it says.
  void links(const Words& before, const std::vector<std::string>& paths);
  /// Are there figures or tables in the section that is being written?
  bool empty_section() const { return empty_; }

  std::expected<std::string, ReportFault> html() const;

 private:
  struct Section {
    std::string id;
    Words title;
  };
  Words title_;
  std::vector<Section> sections_;
  std::vector<std::variant<std::string, Figure>> blocks_;
  bool empty_ = true;
};

}  // namespace landex::simulator::report
