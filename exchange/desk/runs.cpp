// runs.cpp: 年度结算通知 of a yearly run between governments: what was reckoned, or paid.
#include <fmt/format.h>
#include <boost/describe/enum_from_string.hpp>

#include "exchange/deeds/run_papers.hpp"
#include "exchange/desk/papers.hpp"
#include "exchange/wire/government_names.hpp"

namespace landex::desk {
namespace {

template <class E>
Words named(const std::string& word) {
  E e{};
  if (!boost::describe::enum_from_string(word.c_str(), e)) return {.zh = word, .en = word};
  const wire::Name name = wire::name_of(e);
  return {.zh = std::string{name.zh}, .en = std::string{name.en}};
}

}  // namespace

Asked run_notice(LookUp& at, uint64_t run) {
  const Words missing = no_such("年度结算", "run", run);
  LANDEX_TRY(row,
             at.line(fmt::format("select kind, year, state, total_fen, reverses_id, document, reckoned_day, paid_day, "
                                 "paid_seq, budget_fen from runs where run_id = {}",
                                 run),
                     missing));
  const std::string state = row.text("state");
  if (state == "reckoned" && at.who().role == engine::Role::district) return std::unexpected(missing);
  LANDEX_TRY(lines, at.lines(fmt::format("select from_unit, to_unit, item, clause, area_e4mu, rate_yuan_per_mu, "
                                         "share_e4, base_fen, full_fen, amount_fen, about_id, project from run_lines "
                                         "where run_id = {} order by idx",
                                         run)));
  const Day day = state == "reckoned" ? row.day("reckoned_day") : row.day("paid_day");
  deeds::RunFacts facts{.run = run,
                        .kind = named<clearing::RunKind>(row.text("kind")),
                        .year = static_cast<int>(row.number("year")),
                        .stage = state == "reckoned" ? deeds::RunStage::dry_run : deeds::RunStage::paid,
                        .lines = {},
                        .fund = row.has("budget_fen") ? std::optional{row.of<Fen>("budget_fen")} : std::nullopt,
                        .uplift = {},
                        .reverses = {},
                        .document = row.text("document")};
  if (const auto reverses = row.maybe_number("reverses_id")) facts.reverses = static_cast<uint64_t>(*reverses);
  if (const auto* uplift = at.house().pack.row(policy::Parameter::rice_uplift, day)) facts.uplift = uplift->value;
  for (const Line& line : lines) {
    deeds::TransferLine out{.from = at.unit(line.unit("from_unit")),
                            .to = at.unit(line.unit("to_unit")),
                            .item = named<clearing::LineItem>(line.text("item")),
                            .clause = *policy::clause_named(line.text("clause")),
                            .amount = line.of<Fen>("amount_fen")};
    if (line.has("area_e4mu")) out.area = line.of<Area>("area_e4mu");
    if (const auto yuan = line.maybe_number("rate_yuan_per_mu")) out.per_mu = Fen::yuan(*yuan);
    out.coefficient = line.maybe_number("share_e4");
    if (line.has("base_fen")) out.base = line.of<Fen>("base_fen");
    if (line.has("full_fen")) out.full = line.of<Fen>("full_fen");
    out.about = line.text("project");
    if (out.about.empty() && line.number("about_id") != 0) out.about = std::to_string(line.number("about_id"));
    facts.lines.push_back(std::move(out));
  }
  const auto told = static_cast<uint64_t>(row.maybe_number("paid_seq").value_or(static_cast<int64_t>(run)));
  LANDEX_TRY(issue, at.issue(day, Sequence{told}));
  clearing::RunKind kind{};
  boost::describe::enum_from_string(row.text("kind").c_str(), kind);
  if (const wire::Name ours = wire::ours_of(kind); !ours.zh.empty())
    issue.our_defaults.push_back({.zh = std::string{ours.zh}, .en = std::string{ours.en}});
  if (clearing::fund_of(kind))
    issue.our_defaults.push_back({.zh = "分设专户（H66-20 未规定账户）", .en = "sub-accounts (H66-20 orders none)"});
  LANDEX_TRY(drafted, at.person_of(run));
  issue.signers.drafted = drafted;
  if (told != run) {
    LANDEX_TRY(issued, at.person_of(told));
    issue.signers.issued = issued;
  }
  return deeds::yearly_run(facts, issue);
}

}  // namespace landex::desk
