#include "exchange/deeds/pages.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace landex::deeds {
namespace {

constexpr double kPad = 3;     // between a cell's text and its lines
constexpr double kLine = 0.5;  // of a frame
constexpr double kHeadShade = 0.92, kLabelShade = 0.96, kNoShade = 1;
constexpr double kLeastWords = 52;  // of a column of words, before everything is made smaller
constexpr double kFull = kPageHeight - kTop - kBottom;

double sum(const std::vector<double>& all) { return std::accumulate(all.begin(), all.end(), 0.0); }

}  // namespace

void Pages::new_page() {
  pages_.emplace_back();
  y_ = kTop;
}

void Pages::put(const Text& text, double x, double y, size_t from, size_t until) {
  pages_.back().push_back([=](cairo_t* to) { text.draw(to, x, y, from, until); });
}

void Pages::frame(double x, double y, double width, double height, double shade) {
  pages_.back().push_back([=](cairo_t* to) {
    cairo_save(to);
    cairo_rectangle(to, x, y, width, height);
    if (shade < kNoShade) {
      cairo_set_source_rgb(to, shade, shade, shade);
      cairo_fill_preserve(to);
    }
    cairo_set_source_rgb(to, 0.35, 0.35, 0.35);
    cairo_set_line_width(to, kLine);
    cairo_stroke(to);
    cairo_restore(to);
  });
}

void Pages::draw(cairo_t* to, size_t page) const {
  for (const Mark& mark : pages_[page]) {
    cairo_set_source_rgb(to, 0, 0, 0);
    mark(to);
  }
}

void Pages::space(double height) {
  if (!fresh()) y_ += height;
}

void Pages::keep(double height) {
  if (height > left() && !fresh()) new_page();
}

void Pages::paragraph(const Spans& spans, Align align, double indent) {
  Text text = typesetter_.shape(spans);
  text.fit(kTextWidth - indent, align);
  for (size_t from = 0; from < text.lines();) {
    if (text.height(from, from + 1) > left() && !fresh()) new_page();
    const size_t until = text.fitting(from, left());
    put(text, kMargin + indent, y_, from, until);
    y_ += text.height(from, until);
    from = until;
  }
}

void Pages::framed(const Spans& spans) { grid({}, {.columns = {{.fit = Fit::words}}, .rows = {{{.spans = spans}}}}); }

// --- grids ---------------------------------------------------------------------------------------------------------

Pages::Shaped Pages::shape(const GridRow& row) const {
  Shaped shaped;
  for (const GridCell& cell : row) {
    shaped.cells.push_back(typesetter_.shape(cell.spans));
    shaped.aligns.push_back(cell.align);
  }
  return shaped;
}

/// Of the columns, padding included; wider than the page if the figures are.
std::vector<double> Pages::widths(const Grid& grid, const std::vector<Shaped>& rows) const {
  const size_t n = grid.columns.size();
  std::vector<double> natural(n, 0);
  for (const Shaped& row : rows)
    for (size_t c = 0; c < n; ++c)
      natural[c] = std::max(natural[c], std::ceil(row.cells[c].natural_width()) + 2 * kPad);
  std::vector<double> width(n, 0);
  double words_natural = 0, taken = 0;
  size_t words = 0;
  for (size_t c = 0; c < n; ++c) {
    natural[c] = std::max(natural[c], grid.columns[c].at_least);
    if (grid.columns[c].fit == Fit::words) {
      natural[c] = std::min(natural[c], kTextWidth);
      words_natural += natural[c];
      ++words;
    } else {
      natural[c] += kPad;  // figures beside figures are easily read as one
      width[c] = natural[c];
      taken += natural[c];
    }
  }
  double spare = kTextWidth - taken;
  if (words == 0) {
    for (double& w : width) w += std::max(0.0, spare) / static_cast<double>(n);
    return width;
  }
  // Each column of words has its least; what is left beyond goes by how much each would like.
  std::vector<double> least(n, 0);
  double leasts = 0, wishes = 0;
  for (size_t c = 0; c < n; ++c) {
    if (grid.columns[c].fit != Fit::words) continue;
    least[c] = std::min(natural[c], std::max(kLeastWords, grid.columns[c].at_least));
    leasts += least[c];
    wishes += natural[c] - least[c];
  }
  spare -= leasts;
  for (size_t c = 0; c < n; ++c) {
    if (grid.columns[c].fit != Fit::words) continue;
    width[c] = least[c];
    if (spare > 0)
      width[c] += wishes > spare ? spare * (natural[c] - least[c]) / wishes
                                 : natural[c] - least[c] + (spare - wishes) * natural[c] / words_natural;
  }
  return width;
}

void Pages::row_piece(const Shaped& row, const std::vector<double>& widths, const std::vector<size_t>& from,
                      const std::vector<size_t>& until, double height, bool head, bool shaded_first) {
  double x = kMargin;
  for (size_t c = 0; c < row.cells.size(); ++c) {
    frame(x, y_, widths[c], height, head ? kHeadShade : shaded_first && c == 0 ? kLabelShade : kNoShade);
    const double text_height = row.cells[c].height(from[c], until[c]);
    const bool whole = from[c] == 0 && until[c] == row.cells[c].lines();  // it stands in the middle of its row
    put(row.cells[c], x + kPad, y_ + (whole ? (height - text_height) / 2 : kPad), from[c], until[c]);
    x += widths[c];
  }
  y_ += height;
}

void Pages::row(const Shaped& row, const std::vector<double>& widths, const Grid& grid, bool head,
                const std::vector<Shaped>& heads) {
  const auto begin_page = [&] {
    new_page();
    if (head) return;
    for (const Shaped& h : heads) this->row(h, widths, grid, true, {});
  };
  std::vector<size_t> from(row.cells.size(), 0), until(row.cells.size(), 0);
  if (row.height > left() && !fresh()) begin_page();
  if (row.height <= left()) {
    for (size_t c = 0; c < row.cells.size(); ++c) until[c] = row.cells[c].lines();
    return row_piece(row, widths, from, until, row.height, head, grid.shaded_first);
  }
  // Higher than a page: between its lines, page by page.
  for (bool more = true; more;) {
    more = false;
    double height = 0;
    for (size_t c = 0; c < row.cells.size(); ++c) {
      until[c] = from[c] < row.cells[c].lines() ? row.cells[c].fitting(from[c], left() - 2 * kPad) : from[c];
      height = std::max(height, row.cells[c].height(from[c], until[c]) + 2 * kPad);
      more = more || until[c] < row.cells[c].lines();
    }
    row_piece(row, widths, from, until, height, head, grid.shaded_first);
    from = until;
    if (more) begin_page();
  }
}

void Pages::grid(const Spans& caption, Grid grid) {
  std::vector<Shaped> all;
  std::vector<double> width;
  const size_t heads = grid.head.size();
  const auto each_span = [&](auto&& change) {
    for (auto* part : {&grid.head, &grid.rows})
      for (GridRow& row : *part)
        for (GridCell& cell : row)
          for (Span& span : cell.spans) change(span);
  };
  for (int shrinks = 0;; ++shrinks) {
    all.clear();
    for (const auto* part : {&grid.head, &grid.rows})
      for (const GridRow& row : *part) all.push_back(shape(row));
    width = widths(grid, all);
    if (sum(width) <= kTextWidth + 0.5 || shrinks == 6) break;
    each_span([](Span& span) { span.size *= 0.92; });
  }
  if (const double wide = sum(width); wide > kTextWidth + 0.5)  // then figures too are broken, but stay in their cells
    for (double& w : width) w *= kTextWidth / wide;
  for (Shaped& row : all)
    for (size_t c = 0; c < row.cells.size(); ++c) {
      row.cells[c].fit(width[c] - 2 * kPad, row.aligns[c]);
      row.height = std::max(row.height, row.cells[c].height() + 2 * kPad);
    }

  const std::vector<Shaped> head(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(heads));
  double begins = 0;  // caption, head and first row stay together
  for (size_t r = 0; r < std::min(all.size(), heads + 1); ++r) begins += all[r].height;
  Text title = typesetter_.shape(caption);
  if (!caption.empty()) {
    title.fit(kTextWidth, Align::left);
    begins += title.height() + kPad;
  }
  keep(std::min(begins, kFull));
  if (!caption.empty()) {
    put(title, kMargin, y_, 0, title.lines());
    y_ += title.height() + kPad;
  }
  for (const Shaped& h : head) row(h, width, grid, true, {});
  for (size_t r = heads; r < all.size(); ++r) {
    const bool before_total = grid.total && r + 2 == all.size() && r > heads;
    if (before_total && all[r].height + all[r + 1].height > left() && !fresh()) {
      new_page();
      for (const Shaped& h : head) row(h, width, grid, true, {});
    }
    row(all[r], width, grid, false, head);
  }
}

// --- boxes ---------------------------------------------------------------------------------------------------------

void Pages::boxes(const std::vector<Box>& row, double least_height) {
  constexpr double kGap = 12;
  const auto n = static_cast<double>(row.size());
  const double width = (kTextWidth - kGap * (n - 1)) / n;
  struct Set {
    Text name, hint, foot;
  };
  std::vector<Set> set;
  double height = least_height;
  for (const Box& box : row) {
    Set s{typesetter_.shape(box.name), typesetter_.shape(box.hint), typesetter_.shape(box.foot)};
    for (Text* t : {&s.name, &s.hint, &s.foot}) t->fit(width - 4 * kPad, Align::centre);
    height = std::max(height, s.name.height() + s.hint.height() + s.foot.height() + 8 * kPad);
    set.push_back(std::move(s));
  }
  keep(height);
  double x = kMargin;
  for (const Set& s : set) {
    frame(x, y_, width, height, kNoShade);
    const double foot = y_ + height - 2 * kPad - s.foot.height();
    const double under_name = y_ + 2 * kPad + s.name.height();
    put(s.name, x + 2 * kPad, y_ + 2 * kPad, 0, s.name.lines());
    put(s.hint, x + 2 * kPad, (under_name + foot - s.hint.height()) / 2, 0, s.hint.lines());
    put(s.foot, x + 2 * kPad, foot, 0, s.foot.lines());
    x += width + kGap;
  }
  y_ += height;
}

}  // namespace landex::deeds
