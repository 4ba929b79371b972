#include "exchange/deeds/xlsx.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <vector>

#include "exchange/deeds/check_code.hpp"
#include "exchange/deeds/uppercase.hpp"
#include "exchange/deeds/value_text.hpp"
#include "exchange/wire/text_forms.hpp"

namespace landex::deeds {
namespace {

constexpr int64_t kExact = 1'000'000'000'000'000;  // 15 digits, all that a spreadsheet keeps
constexpr int64_t kDaysBefore1970 = 25'569;        // of a spreadsheet's calendar

double as_float(const Value& v) {
  if (v.kind == Kind::day) return static_cast<double>(*v.number + kDaysBefore1970);
  double unit = 1;
  for (int i = 0; i < decimals_of(v.kind); ++i) unit *= 10;
  return static_cast<double>(*v.number) / unit;
}

const char* number_format(Kind k) {
  switch (k) {
    case Kind::words:
    case Kind::text:
      return "@";
    case Kind::count:
      return "0";
    case Kind::day:
      return "yyyy\\-mm\\-dd";
    case Kind::area:
    case Kind::rate_per_mu:
      return "#,##0.0000";
    case Kind::coefficient:
      return "0.0000";
    case Kind::capacity:
      return "#,##0";
    case Kind::price_per_mu:
    case Kind::price_per_kg:
    case Kind::fen_per_mu:
    case Kind::money:
      return "#,##0.00";
  }
  assert(false);
  return "";
}

/// A1, with $ nowhere: formulas move with their rows.
std::string cell_name(lxw_row_t row, lxw_col_t column) {
  std::array<char, LXW_MAX_CELL_NAME_LENGTH> name{};
  lxw_rowcol_to_cell(name.data(), row, column);
  return name.data();
}

class Book {
 public:
  Book(const char* path, const Paper& paper) : book_{workbook_new(path)}, paper_{paper} {
    lxw_doc_properties about{};
    std::string title = clean(paper.title.zh + " " + paper.number), code = check_code(paper), author = "landex";
    about.title = title.data();
    about.subject = code.data();
    about.author = author.data();
    about.created = static_cast<time_t>(paper.day.raw()) * 86'400;
    workbook_set_properties(book_, &about);
    title_ = format("@", true, true);
    format_set_font_size(title_, 16);
    head_ = format("@", true, false);
    format_set_text_wrap(head_);
    format_set_align(head_, LXW_ALIGN_CENTER);
    format_set_align(head_, LXW_ALIGN_VERTICAL_CENTER);
    format_set_border(head_, LXW_BORDER_THIN);
    format_set_bg_color(head_, 0xE8E8E8);
    wrapped_ = format("@", false, true);
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  void form();
  void table(const Table& t, size_t number);
  lxw_error close() {
    const lxw_error error = workbook_close(book_);
    return error != LXW_NO_ERROR ? error : error_;
  }

 private:
  lxw_format* format(const char* number, bool bold, bool plain) {
    lxw_format* f = workbook_add_format(book_);
    format_set_num_format(f, number);
    if (bold) format_set_bold(f);
    if (!plain) format_set_border(f, LXW_BORDER_THIN);
    return f;
  }
  lxw_format* of(Kind kind, bool bold) {
    auto& f = formats_[{kind, bold}];
    if (f == nullptr) f = format(number_format(kind), bold, false);
    return f;
  }
  void write(lxw_worksheet* to, lxw_row_t r, lxw_col_t c, const std::string& text, lxw_format* f) {
    const lxw_error error = worksheet_write_string(to, r, c, clean(text).c_str(), f);
    if (error != LXW_NO_ERROR) error_ = error;  // a text longer than a cell holds would be left out without a word
  }
  void write(lxw_worksheet* to, lxw_row_t r, lxw_col_t c, const Value& v, bool bold = false) {
    if (v.is_blank())
      worksheet_write_blank(to, r, c, of(v.kind, bold));
    else if (is_words(v.kind))
      write(to, r, c, v.words.zh, of(v.kind, bold));
    else
      worksheet_write_number(to, r, c, as_float(v), of(v.kind, bold));
  }

  lxw_workbook* book_;
  const Paper& paper_;
  std::map<std::pair<Kind, bool>, lxw_format*> formats_;
  lxw_format *title_ = nullptr, *head_ = nullptr, *wrapped_ = nullptr;
  lxw_error error_ = LXW_NO_ERROR;
};

/// The first sheet: what is not in a table.
void Book::form() {
  lxw_worksheet* to = workbook_add_worksheet(book_, "正文 paper");
  worksheet_set_column(to, 0, 1, 22, nullptr);
  worksheet_set_column(to, 2, 2, 44, nullptr);
  worksheet_set_column(to, 3, 4, 30, nullptr);
  lxw_row_t r = 0;
  write(to, r++, 0, paper_.title.zh, title_);
  write(to, r++, 0, paper_.title.en, wrapped_);
  write(to, r++, 0, paper_.number, wrapped_);
  const auto heads = {"项目", "item", "内容 content", "内容（英文）/ 单位 in English / unit", "大写 capitals"};
  lxw_col_t c = 0;
  for (const char* h : heads) write(to, r, c++, h, head_);
  worksheet_freeze_panes(to, ++r, 0);
  const auto line = [&](const Words& label, const Words& content) {
    write(to, r, 0, label.zh, wrapped_);
    write(to, r, 1, label.en, wrapped_);
    write(to, r, 2, content.zh, wrapped_);
    write(to, r++, 3, content.en, wrapped_);
  };
  for (const Label& l : paper_.labels)
    if (l.kind == LabelKind::simulated) line({"模拟数据", "simulated data"}, l.about);
  for (const Label& l : paper_.labels)
    if (l.kind == LabelKind::caution) line({"注意", "caution"}, l.about);
  for (const Party& p : paper_.parties) {
    line(p.role, p.name);
    write(to, r - 1, 4, std::to_string(p.code.raw()), wrapped_);
  }
  for (const Field& f : paper_.fields) {
    line(f.label, f.value.kind == Kind::words ? f.value.words : Words{});
    const Words unit = unit_of(f.value.kind);
    if (f.value.kind != Kind::words) write(to, r - 1, 2, f.value);
    if (!unit.empty()) write(to, r - 1, 3, unit.zh + " " + unit.en, wrapped_);
    if (f.capitals && !f.value.is_blank()) write(to, r - 1, 4, uppercase(Fen::fen(*f.value.number)), wrapped_);
  }
  for (const Words& w : paper_.terms) line({"约定", "term"}, w);
  for (const Words& w : paper_.remarks) line({"备注", "remark"}, w);
  for (const Label& l : paper_.labels)
    if (l.kind == LabelKind::our_default) line({"本市场默认，非法定", "our default, not the law"}, l.about);
  const Basis& b = paper_.basis;
  line({"规则集", "rule set"}, {b.rule_set});
  for (const policy::Clause x : b.clauses) line({"条款", "clause"}, {std::string{policy::id_of(x)}});
  for (const PriceBasis& p : b.prices) {
    const Value rate = Value::of(p.instrument, p.rate);
    line({"价格表版本", "price-table version"},
         {"第" + std::to_string(p.row.value) + "号 " + p.document,
          std::string{name_of(p.instrument).en} + " " + text_of(rate) + " " + unit_of(rate.kind).en + ", " +
              wire::text_of(p.from) + " … " + wire::text_of(p.until)});
  }
  if (b.told) line({"日志序号", "journal number"}, {std::to_string(b.told->value)});
  line({"数据截至日志序号", "as of journal number"}, {std::to_string(b.as_of.value)});
  line({"业务日期", "business date"}, {wire::text_of(paper_.day)});
  const auto person = [](const std::optional<PersonId>& p) { return p ? std::to_string(p->value) : std::string{}; };
  line({"经办", "drafted by"}, {person(paper_.signers.drafted)});
  line({"复核", "reviewed by"}, {person(paper_.signers.reviewed)});
  line({"签发", "issued by"}, {person(paper_.signers.issued)});
  line({"校验码", "check code"}, {check_code(paper_)});
}

void Book::table(const Table& t, size_t number) {
  lxw_worksheet* to =
      workbook_add_worksheet(book_, (std::to_string(number) + " " + clean(t.name)).substr(0, 31).c_str());
  write(to, 0, 0, t.title.zh + " " + t.title.en, title_);
  constexpr lxw_row_t kHead = 1, kFirst = 2;
  std::vector<lxw_col_t> place;  // words take two columns, one for each language
  lxw_col_t c = 0;
  for (const Column& column : t.columns) {
    place.push_back(c);
    const Words unit = unit_of(column.kind);
    const bool words = column.kind == Kind::words;
    write(to, kHead, c,
          column.head.zh + (unit.empty() ? "" : "（" + unit.zh + "）") + (words ? "" : " " + column.head.en) +
              (unit.empty() ? "" : " (" + unit.en + ")"),
          head_);
    worksheet_set_column(to, c, c, is_words(column.kind) ? 20 : 18, nullptr);
    if (words) {
      write(to, kHead, ++c, column.head.en, head_);
      worksheet_set_column(to, c, c, 20, nullptr);
    }
    ++c;
  }
  worksheet_set_row(to, kHead, 32, nullptr);
  worksheet_freeze_panes(to, kFirst, 0);

  const auto formula = [&](lxw_row_t r, size_t column, const std::string& text, int64_t result) {
    const Value v{.kind = t.columns[column].kind, .number = result};
    const bool total = r >= kFirst + t.rows.size();
    // The floats that it adds are no whole fen: rounding to the last place gives back the exact figure.
    const std::string exact = "=ROUND(" + text + "," + std::to_string(decimals_of(v.kind)) + ")";
    worksheet_write_formula_num(to, r, place[column], exact.c_str(), of(v.kind, total), as_float(v));
  };
  lxw_row_t r = kFirst;
  for (const Row& row : t.rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const auto& running = t.columns[i].running;
      if (running && r > kFirst) {
        formula(r, i,
                cell_name(r - 1, place[i]) + "+" + cell_name(r, place[running->in]) + "-" +
                    cell_name(r, place[running->out]),
                *row[i].number);
        continue;
      }
      write(to, r, place[i], row[i]);
      if (row[i].kind == Kind::words)
        write(to, r, static_cast<lxw_col_t>(place[i] + 1), row[i].words.en, of(Kind::words, false));
    }
    ++r;
  }
  if (t.rows.empty() || std::ranges::none_of(t.columns, &Column::sum)) return;
  for (lxw_col_t i = 0; i < c; ++i) worksheet_write_blank(to, r, i, of(Kind::text, true));
  write(to, r, 0, t.total.zh + " " + t.total.en, of(Kind::text, true));
  for (size_t i = 0; i < t.columns.size(); ++i) {
    if (t.columns[i].sum)
      formula(r, i, "SUM(" + cell_name(kFirst, place[i]) + ":" + cell_name(r - 1, place[i]) + ")", sum_of(t, i));
    if (t.columns[i].running) formula(r, i, cell_name(r - 1, place[i]), *closing_of(t, i));
  }
}

bool exact(int64_t n) { return n < kExact && n > -kExact; }

bool exact(const Paper& p) {
  for (const Field& f : p.fields)
    if (!exact(f.value.number.value_or(0))) return false;
  for (const Table& t : p.tables) {
    for (const Row& row : t.rows)
      for (const Value& v : row)
        if (!exact(v.number.value_or(0))) return false;
    for (size_t c = 0; c < t.columns.size(); ++c)
      if (t.columns[c].sum && !exact(sum_of(t, c))) return false;
  }
  return true;
}

/// A file that is only in memory.
class Memory {
 public:
  Memory() : file_{memfd_create("paper", MFD_CLOEXEC)} {}
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() {
    if (file_ >= 0) close(file_);
  }
  bool open() const { return file_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
  std::string bytes() const {
    std::string all;
    std::array<char, 65536> some;
    for (ssize_t n = 0; (n = pread(file_, some.data(), some.size(), static_cast<off_t>(all.size()))) > 0;)
      all.append(some.data(), static_cast<size_t>(n));
    return all;
  }

 private:
  int file_;
};

}  // namespace

std::expected<std::string, Words> xlsx(const Paper& paper) {
  assert(!fault_of(paper));
  if (!exact(paper))
    return std::unexpected(
        Words{"金额或数量达到 15 位以上，电子表格无法精确表示；请用 PDF 或 CSV",
              "a figure has more than 15 digits, which a spreadsheet cannot hold exactly; use PDF or CSV"});
  const Memory file;
  const auto failed = [](const std::string& why) {
    return std::unexpected(Words{"无法生成电子表格：" + why, "the workbook could not be made: " + why});
  };
  if (!file.open()) return failed("memfd_create");
  Book book{file.path().c_str(), paper};
  book.form();
  for (size_t i = 0; i < paper.tables.size(); ++i) book.table(paper.tables[i], i + 1);
  if (const lxw_error error = book.close(); error != LXW_NO_ERROR) return failed(lxw_strerror(error));
  return file.bytes();
}

}  // namespace landex::deeds
