// typeset.hpp: shaped text for a page: Pango lays it out, Cairo draws it. A text is broken to its width, by words and
// where a word is too long by characters, so nothing ever runs over its edge; it can be drawn in parts, line by line,
// when a page ends inside it. The fonts are Noto Serif CJK SC, or Noto Sans CJK SC where that is not installed; the
// same fonts and libraries give the same bytes. All lengths are points. Not shared between threads.
#pragma once
#include <cairo/cairo.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace landex::deeds {

/// A paragraph of a text; the next begins on a new line.
struct Span {
  std::string text;
  double size = 9;
  bool bold = false;
  double grey = 0;  // 0 black … 1 white
};
using Spans = std::vector<Span>;

enum class Align : uint8_t { left, centre, right };

/// Text that has been shaped. Copies share it.
class Text {
 public:
  /// The width of its widest line if nothing is broken.
  double natural_width() const { return natural_; }
  /// Breaks it. To be called before all that follows.
  void fit(double width, Align align);

  size_t lines() const { return lines_.size(); }
  double height() const { return height(0, lines()); }
  /// Of lines from … until.
  double height(size_t from, size_t until) const;
  /// The first line from `from` on that is not in `height` any more; at least one line is.
  size_t fitting(size_t from, double height) const;
  void draw(cairo_t* to, double x, double y, size_t from, size_t until) const;

 private:
  friend class Typesetter;
  struct Line {
    double top, height, baseline, x;
    int index;
  };
  std::shared_ptr<void> layout_;  // of Pango, whose headers stay in one file
  std::vector<Line> lines_;
  double natural_ = 0;
};

class Typesetter {
 public:
  /// None if no font with Chinese characters is installed.
  static std::optional<Typesetter> with_fonts();
  Text shape(const Spans& spans) const;

 private:
  explicit Typesetter(std::string family);
  std::string family_;
  std::shared_ptr<void> context_;
};

}  // namespace landex::deeds
