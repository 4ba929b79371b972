#include "exchange/desk/paper.hpp"

#include <fmt/format.h>

#include "exchange/deeds/check_code.hpp"
#include "exchange/deeds/csv.hpp"
#include "exchange/deeds/pdf.hpp"
#include "exchange/deeds/xlsx.hpp"
#include "exchange/desk/papers.hpp"

namespace landex::desk {
namespace {

Asked paper_of(LookUp& at, const wire::AskPaper& asked) {
  switch (asked.kind) {
    case wire::PaperKind::deal_confirmation:
      return deal_confirmation(at, asked.number);
    case wire::PaperKind::transfer_slip:
      return transfer_slip(at, asked.number);
    case wire::PaperKind::pooling_notice:
      return pooling_notice(at, asked.number);
    case wire::PaperKind::allocation_notice:
      return allocation_notice(at, asked.number);
    case wire::PaperKind::advance_contract:
      return advance_contract(at, asked.number);
    case wire::PaperKind::statement:
      if (!asked.from || !asked.until)
        return std::unexpected(Words{.zh = "对账单须写明起止日。", .en = "A statement needs its first and last day."});
      return statement(at, asked.participant.value_or(at.who().participant), {*asked.from, *asked.until});
    case wire::PaperKind::ledger_card:
      return ledger_card(at, asked.number);
    case wire::PaperKind::run_notice:
      return run_notice(at, asked.number);
  }
  return std::unexpected(Words{.zh = "没有这种文书。", .en = "There is no such kind of paper."});
}

/// Tables one after the other, each under its name, where a file can hold but one sheet.
std::string as_csv(const deeds::Paper& paper) {
  std::string out;
  for (const auto& table : paper.tables) {
    const std::string one = deeds::csv(table, deeds::CsvReader::spreadsheet);
    out += out.empty() ? one : "\r\n" + one.substr(one.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  }
  return out;
}

Found<std::string> render(const deeds::Paper& paper, wire::PaperFormat format) {
  switch (format) {
    case wire::PaperFormat::pdf:
      return deeds::pdf(paper);
    case wire::PaperFormat::xlsx:
      return deeds::xlsx(paper);
    case wire::PaperFormat::csv:
      return as_csv(paper);
  }
  return std::unexpected(Words{.zh = "没有这种格式。", .en = "There is no such format."});
}

std::string_view ending(wire::PaperFormat format) {
  switch (format) {
    case wire::PaperFormat::pdf:
      return "pdf";
    case wire::PaperFormat::xlsx:
      return "xlsx";
    case wire::PaperFormat::csv:
      return "csv";
  }
  return "";
}

}  // namespace

Found<File> file_of(reports::Database& database, const House& house, const engine::Asker& who,
                    const wire::AskPaper& asked) {
  if (asked.number > static_cast<uint64_t>(INT64_MAX)) return std::unexpected(no_such("文书", "paper", asked.number));
  LookUp at{database, house, who};
  Asked paper = std::unexpected(Words{});
  if (const auto read = database.snapshot([&] { paper = paper_of(at, asked); }); !read)
    return std::unexpected(Words{.zh = read.error().zh, .en = read.error().en});
  if (!paper) return std::unexpected(paper.error());
  auto bytes = render(*paper, asked.format);
  if (!bytes) return std::unexpected(bytes.error());
  if (bytes->size() > kMostBytes)
    return std::unexpected(
        Words{.zh = fmt::format("文书有 {} 字节，超过 {}：请缩短期间，或改用 xlsx、csv。", bytes->size(), kMostBytes),
              .en = fmt::format("The paper has {} bytes, more than {}: ask for a shorter period, or as xlsx or csv.",
                                bytes->size(), kMostBytes)});
  return File{.as_of = paper->basis.as_of,
              .name = fmt::format("{}.{}", paper->number, ending(asked.format)),
              .bytes = std::move(*bytes),
              .check_code = deeds::check_code(*paper)};
}

}  // namespace landex::desk
