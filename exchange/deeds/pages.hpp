// pages.hpp: blocks that flow over A4 pages: paragraphs, grids whose head stands again on each page, and boxes that are
// never split. A row goes whole to the next page; one that is higher than a page is split between its lines. Pages are
// kept until the last is laid out, for each says how many there are. Points, from the top left corner. Not shared
// between threads.
#pragma once
#include <functional>

#include "exchange/deeds/typeset.hpp"

namespace landex::deeds {

inline constexpr double kPageWidth = 595.276, kPageHeight = 841.890;  // A4
inline constexpr double kMargin = 51;
inline constexpr double kTop = 62, kBottom = 66;  // head and foot of the page are above and below
inline constexpr double kTextWidth = kPageWidth - 2 * kMargin;

/// How wide a column becomes. Figures are as wide as their widest cell and are not broken; words share what is left.
enum class Fit : uint8_t { figures, words };
struct GridColumn {
  Fit fit;
  double at_least = 0;
};

struct GridCell {
  Spans spans;
  Align align = Align::left;
};
using GridRow = std::vector<GridCell>;

struct Grid {
  std::vector<GridColumn> columns;
  std::vector<GridRow> head = {};  // once on each page
  std::vector<GridRow> rows;
  bool total = false;         // the last row is one: it stays with the row above it
  bool shaded_first = false;  // a form: the first column is its labels
};

class Pages {
 public:
  explicit Pages(const Typesetter& typesetter) : typesetter_{typesetter} { new_page(); }

  void paragraph(const Spans& spans, Align align, double indent = 0);
  void space(double height);
  /// A frame around a paragraph, never split unless it is higher than a page.
  void framed(const Spans& spans);
  /// With a caption that stays with the first row. All sizes of the grid are scaled down if its figures do not fit.
  void grid(const Spans& caption, Grid grid);
  /// Up to three boxes side by side: `name` above, `hint` in the middle, `foot` below. Never split.
  struct Box {
    Spans name, hint, foot;
  };
  void boxes(const std::vector<Box>& row, double least_height);
  /// The next `height` are on one page, if they fit on any.
  void keep(double height);

  size_t count() const { return pages_.size(); }
  void draw(cairo_t* to, size_t page) const;

 private:
  struct Shaped {
    std::vector<Text> cells;
    std::vector<Align> aligns;
    double height = 0;
  };
  using Mark = std::function<void(cairo_t*)>;

  double left() const { return kPageHeight - kBottom - y_; }
  bool fresh() const { return y_ <= kTop; }
  void new_page();
  void put(const Text& text, double x, double y, size_t from, size_t until);
  void frame(double x, double y, double width, double height, double shade);
  std::vector<double> widths(const Grid& grid, const std::vector<Shaped>& rows) const;
  Shaped shape(const GridRow& row) const;
  void row(const Shaped& row, const std::vector<double>& widths, const Grid& grid, bool head,
           const std::vector<Shaped>& heads);
  void row_piece(const Shaped& row, const std::vector<double>& widths, const std::vector<size_t>& from,
                 const std::vector<size_t>& until, double height, bool head, bool shaded_first);

  const Typesetter& typesetter_;
  std::vector<std::vector<Mark>> pages_;
  double y_ = 0;
};

}  // namespace landex::deeds
