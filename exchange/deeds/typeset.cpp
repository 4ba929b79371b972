#include "exchange/deeds/typeset.hpp"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cassert>

namespace landex::deeds {
namespace {

constexpr double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }
constexpr int units(double pt) { return static_cast<int>(pt * PANGO_SCALE); }

PangoLayout* layout_of(const std::shared_ptr<void>& text) { return static_cast<PangoLayout*>(text.get()); }

/// A colour or size of a part of the text.
void add(PangoAttrList* to, PangoAttribute* attribute, size_t from, size_t until) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(until);
  pango_attr_list_insert(to, attribute);
}

std::optional<std::string> chinese_family() {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.emplace_back(pango_font_family_get_name(families[i]));
  g_free(families);
  for (const char* wanted : {"Noto Serif CJK SC", "Noto Sans CJK SC"})
    if (std::ranges::find(names, wanted) != names.end()) return wanted;
  return std::nullopt;
}

}  // namespace

std::optional<Typesetter> Typesetter::with_fonts() {
  static const std::optional<std::string> family = chinese_family();  // the list is long; fonts come with a restart
  if (!family) return std::nullopt;
  return Typesetter{*family};
}

Typesetter::Typesetter(std::string family) : family_{std::move(family)} {
  PangoContext* context = pango_font_map_create_context(pango_cairo_font_map_get_default());
  context_.reset(context, g_object_unref);
  pango_cairo_context_set_resolution(context, 72);  // a unit is a point
  pango_context_set_language(context, pango_language_from_string("zh-cn"));
  pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
  cairo_font_options_t* options = cairo_font_options_create();  // paper has no pixels to fit to
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
}

Text Typesetter::shape(const Spans& spans) const {
  Text text;
  PangoLayout* layout = pango_layout_new(static_cast<PangoContext*>(context_.get()));
  text.layout_.reset(layout, g_object_unref);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, family_.c_str());
  pango_font_description_set_size(font, units(9));
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);

  std::string all;
  PangoAttrList* attributes = pango_attr_list_new();
  for (const Span& span : spans) {
    if (span.text.empty()) continue;
    if (!all.empty()) all += '\n';
    const size_t from = all.size();
    all += span.text;
    add(attributes, pango_attr_size_new(units(span.size)), from, all.size() + 1);
    if (span.bold) add(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, all.size() + 1);
    if (span.grey > 0) {
      const auto level = static_cast<guint16>(span.grey * 65535);
      add(attributes, pango_attr_foreground_new(level, level, level), from, all.size() + 1);
    }
  }
  add(attributes, pango_attr_insert_hyphens_new(FALSE), 0, all.size() + 1);  // a broken number or code has no hyphen
  pango_layout_set_text(layout, all.c_str(), static_cast<int>(all.size()));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  int width = 0;
  pango_layout_get_size(layout, &width, nullptr);
  text.natural_ = points(width);
  return text;
}

void Text::fit(double width, Align align) {
  PangoLayout* layout = layout_of(layout_);
  pango_layout_set_width(layout, units(std::max(width, 1.0)) + 1);  // what fits exactly is not to be broken by rounding
  lines_.clear();
  double top = 0;
  const int count = pango_layout_get_line_count(layout);
  for (int i = 0; i < count; ++i) {
    PangoRectangle logical;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, i), nullptr, &logical);
    const double spare = width - points(logical.width);
    const double x = align == Align::left ? 0 : align == Align::right ? spare : spare / 2;
    lines_.push_back(
        {.top = top, .height = points(logical.height), .baseline = -points(logical.y), .x = x, .index = i});
    top += points(logical.height);
  }
}

double Text::height(size_t from, size_t until) const {
  if (from >= until) return 0;
  return lines_[until - 1].top + lines_[until - 1].height - lines_[from].top;
}

size_t Text::fitting(size_t from, double height_left) const {
  size_t until = from;
  while (until < lines() && (until == from || height(from, until + 1) <= height_left)) ++until;
  return until;
}

void Text::draw(cairo_t* to, double x, double y, size_t from, size_t until) const {
  for (size_t i = from; i < until; ++i) {
    const Line& line = lines_[i];
    cairo_move_to(to, x + line.x, y + line.top - lines_[from].top + line.baseline);
    pango_cairo_show_layout_line(to, pango_layout_get_line_readonly(layout_of(layout_), line.index));
  }
}

}  // namespace landex::deeds
