#include "exchange/deeds/pdf.hpp"

#include <cairo-pdf.h>

#include <algorithm>
#include <cassert>
#include <memory>

#include "exchange/deeds/check_code.hpp"
#include "exchange/deeds/pages.hpp"
#include "exchange/deeds/uppercase.hpp"
#include "exchange/deeds/value_text.hpp"
#include "exchange/wire/text_forms.hpp"

namespace landex::deeds {
namespace {

constexpr double kBody = 9.5, kSmall = 7.5, kCell = 8.5, kCellSmall = 6.8;
constexpr double kPale = 0.35;  // of the second language

/// Chinese, and English below it, smaller.
Spans both(const Words& w, double size, double small, bool bold = false) {
  return {{.text = clean(w.zh), .size = size, .bold = bold}, {.text = clean(w.en), .size = small, .grey = kPale}};
}
Spans label(const Words& w) { return both(w, kBody, kSmall); }
Spans plain(std::string text, double size = kBody, bool bold = false) {
  return {{.text = clean(text), .size = size, .bold = bold}};
}

std::string with_unit(const Value& v) {
  if (v.is_blank()) return "—";
  const Words unit = unit_of(v.kind);
  return text_of(v) + (unit.empty() ? "" : " " + unit.zh + " " + unit.en);
}

Spans of_field(const Field& f) {
  if (f.value.kind == Kind::words && !f.value.is_blank()) return label(f.value.words);
  if (f.value.kind == Kind::day && !f.value.is_blank()) {
    const Day day = Day::from_raw(static_cast<int32_t>(*f.value.number));
    return {{.text = day_zh(day), .size = kBody}, {.text = wire::text_of(day), .size = kSmall, .grey = kPale}};
  }
  Spans spans = plain(with_unit(f.value));
  if (f.capitals && !f.value.is_blank())
    spans.push_back({.text = "大写 " + uppercase(Fen::fen(*f.value.number)), .size = kBody});
  return spans;
}

/// A form: labels to the left.
Grid form(std::vector<std::pair<Spans, Spans>> lines) {
  Grid grid{.columns = {{.fit = Fit::figures, .at_least = 120}, {.fit = Fit::words}}, .rows = {}, .shaded_first = true};
  for (auto& [left, right] : lines) grid.rows.push_back({{.spans = std::move(left)}, {.spans = std::move(right)}});
  return grid;
}

Grid grid_of(const Table& t) {
  Grid grid{.columns = {}, .rows = {}};
  GridRow head;
  for (const Column& c : t.columns) {
    const bool figures = !is_words(c.kind);
    grid.columns.push_back({.fit = figures ? Fit::figures : Fit::words});
    Spans spans = both(c.head, kCell, kCellSmall, true);
    if (const Words unit = unit_of(c.kind); !unit.empty())
      spans.push_back({.text = "（" + unit.zh + " " + unit.en + "）", .size = kCellSmall, .grey = kPale});
    head.push_back({.spans = std::move(spans), .align = Align::centre});
  }
  grid.head.push_back(std::move(head));
  for (const Row& row : t.rows) {
    GridRow cells;
    for (const Value& v : row) {
      if (v.kind == Kind::words)
        cells.push_back({.spans = both(v.words, kCell, kCellSmall)});
      else if (v.kind == Kind::text)
        cells.push_back({.spans = plain(v.words.zh, kCell)});
      else
        cells.push_back(
            {.spans = plain(text_of(v), kCell), .align = v.kind == Kind::day ? Align::centre : Align::right});
    }
    grid.rows.push_back(std::move(cells));
  }
  if (std::ranges::any_of(t.columns, &Column::sum)) {
    GridRow total;
    for (size_t c = 0; c < t.columns.size(); ++c) {
      const Column& column = t.columns[c];
      Value v = Value::blank(column.kind);
      if (column.sum) v.number = sum_of(t, c);
      if (column.running) v.number = closing_of(t, c);
      if (c == 0 && v.is_blank())
        total.push_back({.spans = both(t.total, kCell, kCellSmall, true)});
      else
        total.push_back({.spans = plain(text_of(v), kCell, true), .align = Align::right});
    }
    grid.rows.push_back(std::move(total));
    grid.total = true;
  }
  return grid;
}

Spans caption(const Words& w) {
  return {{.text = clean(w.zh) + (w.en.empty() ? "" : "　" + clean(w.en)), .size = 10.5, .bold = true}};
}

std::string clauses_of(const Basis& b) {
  std::string all;
  for (const policy::Clause c : b.clauses) all += (all.empty() ? "" : "、") + std::string{policy::id_of(c)};
  return all;
}

void put_title(Pages& to, const Paper& p) {
  to.paragraph(
      {{.text = clean(p.title.zh), .size = 20, .bold = true}, {.text = clean(p.title.en), .size = 11, .grey = kPale}},
      Align::centre);
  to.space(6);
  to.paragraph(plain(p.number, 11), Align::centre);
  to.space(8);
  if (p.simulated()) {
    Spans spans{{.text = "模拟数据　不构成任何真实交易、权利或义务", .size = kBody, .bold = true},
                {.text = "Simulated data: no real deal, right or duty", .size = kSmall, .grey = kPale}};
    for (const Label& l : p.labels)
      if (l.kind == LabelKind::simulated && !l.about.empty())
        for (Span& s : both(l.about, kSmall + 1, kSmall)) spans.push_back(std::move(s));
    to.framed(spans);
    to.space(8);
  }
  for (const Label& l : p.labels) {
    if (l.kind != LabelKind::caution) continue;
    to.framed({{.text = "注意　" + clean(l.about.zh), .size = kBody, .bold = true},
               {.text = clean(l.about.en), .size = kSmall, .grey = kPale}});
    to.space(8);
  }
}

void put_parties(Pages& to, const Paper& p) {
  if (p.parties.empty()) return;
  std::vector<std::pair<Spans, Spans>> lines;
  for (const Party& x : p.parties) {
    Spans name = label(x.name);
    name.push_back({.text = "代码 code " + std::to_string(x.code.raw()), .size = kSmall, .grey = kPale});
    lines.emplace_back(label(x.role), std::move(name));
  }
  to.grid({}, form(std::move(lines)));
  to.space(8);
}

void put_fields(Pages& to, const Paper& p) {
  if (p.fields.empty()) return;
  std::vector<std::pair<Spans, Spans>> lines;
  for (const Field& f : p.fields) lines.emplace_back(label(f.label), of_field(f));
  to.grid({}, form(std::move(lines)));
  to.space(10);
}

void put_list(Pages& to, const Words& title, const std::vector<Words>& items) {
  if (items.empty()) return;
  to.keep(40);
  to.paragraph(caption(title), Align::left);
  to.space(2);
  int number = 0;
  for (const Words& item : items) {
    const std::string mark = std::to_string(++number) + ". ";
    to.paragraph(
        {{.text = mark + clean(item.zh), .size = kBody}, {.text = clean(item.en), .size = kSmall, .grey = kPale}},
        Align::left, 12);
    to.space(2);
  }
  to.space(6);
}

void put_basis(Pages& to, const Paper& p) {
  const Basis& b = p.basis;
  std::vector<std::pair<Spans, Spans>> lines;
  lines.emplace_back(label({"规则集", "rule set"}), plain(b.rule_set));
  if (!b.clauses.empty()) lines.emplace_back(label({"条款", "clauses"}), plain(clauses_of(b)));
  for (const PriceBasis& r : b.prices) {
    const InstrumentName name = name_of(r.instrument);
    const Value rate = Value::of(r.instrument, r.rate);
    lines.emplace_back(label({"价格表版本", "price-table version"}),
                       Spans{{.text = clean("第" + std::to_string(r.row.value) + "号　" + r.document), .size = kBody},
                             {.text = std::string{name.zh} + " " + std::string{name.en} + "　" + with_unit(rate) +
                                      "　" + wire::text_of(r.from) + " … " + wire::text_of(r.until),
                              .size = kSmall + 0.5}});
  }
  if (b.told) lines.emplace_back(label({"日志序号", "journal number"}), plain(std::to_string(b.told->value)));
  lines.emplace_back(label({"数据截至日志序号", "as of journal number"}), plain(std::to_string(b.as_of.value)));
  lines.emplace_back(label({"业务日期", "business date"}), of_field({.label = {}, .value = Value::of(p.day)}));
  to.grid(caption({"依据", "Basis"}), form(std::move(lines)));
  to.space(10);
}

void put_signatures(Pages& to, const Paper& p) {
  const auto person = [](const std::optional<PersonId>& id) {
    return id ? "人员 person " + std::to_string(id->value) : std::string{"（待签 open）"};
  };
  const auto signer = [&](const Words& role, const std::optional<PersonId>& id) {
    return Pages::Box{.name = label(role), .hint = plain(person(id), kSmall + 1), .foot = {}};
  };
  constexpr double kSigner = 52, kSeal = 104;
  to.keep(kSigner + 10 + (p.seals.empty() ? 0 : kSeal));
  to.boxes({signer({"经办", "drafted by"}, p.signers.drafted), signer({"复核", "reviewed by"}, p.signers.reviewed),
            signer({"签发", "issued by"}, p.signers.issued)},
           kSigner);
  const size_t across = p.seals.size() == 2 || p.seals.size() == 4 ? 2 : 3;
  for (size_t at = 0; at < p.seals.size(); at += across) {
    to.space(10);
    std::vector<Pages::Box> row;
    for (size_t i = at; i < std::min(at + across, p.seals.size()); ++i)
      row.push_back({.name = label(p.seals[i].who),
                     .hint = {{.text = "（盖章处 seal）", .size = kBody, .grey = 0.6}},
                     .foot = {{.text = "　　　年　　月　　日", .size = kSmall + 1}}});
    to.boxes(row, kSeal);
  }
}

/// Head and foot of every page.
void put_frame(cairo_t* to, const Typesetter& ts, const Paper& p, const std::string& code, size_t page, size_t pages) {
  const auto line = [&](const std::string& text, double size, double y, Align align, double share = 1) {
    Text t = ts.shape(plain(text, size));
    t.fit(kTextWidth * share, align);
    cairo_set_source_rgb(to, 0.25, 0.25, 0.25);
    t.draw(to, kMargin + (align == Align::right ? kTextWidth * (1 - share) : 0), y, 0, 1);  // one line, and no overlap
  };
  const auto rule = [&](double y) {
    cairo_set_source_rgb(to, 0.35, 0.35, 0.35);
    cairo_set_line_width(to, 0.5);
    cairo_move_to(to, kMargin, y);
    cairo_line_to(to, kMargin + kTextWidth, y);
    cairo_stroke(to);
  };
  line("土地指标交易 landex　" + p.title.zh, 7.5, 34, Align::left, 0.4);
  if (p.simulated()) line("模拟数据 SIMULATED DATA", 8, 21, Align::centre);
  line(p.number, 7.5, 34, Align::right, 0.58);
  rule(48);
  rule(kPageHeight - kBottom + 10);
  const std::string n = std::to_string(page + 1), m = std::to_string(pages);
  line("校验码 check code　" + code, 6.5, kPageHeight - kBottom + 14, Align::left);
  line("规则 rules " + p.basis.rule_set + "　截至日志 as of no. " + std::to_string(p.basis.as_of.value), 7,
       kPageHeight - kBottom + 27, Align::left, 0.6);
  line("第 " + n + " 页，共 " + m + " 页　page " + n + " of " + m, 7, kPageHeight - kBottom + 27, Align::right, 0.38);
}

cairo_status_t append(void* to, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::expected<std::string, Words> pdf(const Paper& paper) {
  assert(!fault_of(paper));
  const auto ts = Typesetter::with_fonts();
  if (!ts)
    return std::unexpected(Words{"未安装中文字体：请安装软件包 fonts-noto-cjk",
                                 "no font with Chinese characters: install the package fonts-noto-cjk"});
  Pages pages{*ts};
  put_title(pages, paper);
  put_parties(pages, paper);
  put_fields(pages, paper);
  for (const Table& t : paper.tables) {
    pages.grid(caption(t.title), grid_of(t));
    pages.space(10);
  }
  put_list(pages, {"约定", "Terms"}, paper.terms);
  put_list(pages, {"备注", "Remarks"}, paper.remarks);
  std::vector<Words> ours;
  for (const Label& l : paper.labels)
    if (l.kind == LabelKind::our_default) ours.push_back(l.about);
  put_list(pages, {"本市场默认，非法定", "Our default, not the law"}, ours);
  put_basis(pages, paper);
  put_signatures(pages, paper);

  std::string bytes;
  const std::string code = check_code(paper);
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface{
      cairo_pdf_surface_create_for_stream(append, &bytes, kPageWidth, kPageHeight), cairo_surface_destroy};
  const auto tell = [&](cairo_pdf_metadata_t what, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface.get(), what, text.c_str());
  };
  tell(CAIRO_PDF_METADATA_TITLE, clean(paper.title.zh + " " + paper.number));
  tell(CAIRO_PDF_METADATA_SUBJECT, code);
  tell(CAIRO_PDF_METADATA_CREATOR, "landex");
  tell(CAIRO_PDF_METADATA_CREATE_DATE, wire::text_of(paper.day) + "T00:00:00+08:00");
  {
    const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> to{cairo_create(surface.get()), cairo_destroy};
    for (size_t page = 0; page < pages.count(); ++page) {
      put_frame(to.get(), *ts, paper, code, page, pages.count());
      pages.draw(to.get(), page);
      cairo_show_page(to.get());
    }
  }
  cairo_surface_finish(surface.get());
  if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS)
    return std::unexpected(Words{"无法生成 PDF：" + std::string{cairo_status_to_string(status)},
                                 "the PDF could not be made: " + std::string{cairo_status_to_string(status)}});
  return bytes;
}

}  // namespace landex::deeds
