#include "clients/demo/year_steps.hpp"

#include "clients/feeds/facts.hpp"
#include "clients/terminal/government_words.hpp"

namespace landex::demo {
namespace {

namespace command = engine::command;
using clearing::RunKind;

template <class Enum>
Enum word(Fields& f, const char* key) {
  const auto value = terminal::from_word<Enum>(f.text(key));
  if (!value) f.complain(key, "one of: " + terminal::words_for<Enum>(), "应为以下之一：" + terminal::words_for<Enum>());
  return value.value_or(Enum{});
}

uint16_t year(Fields& f, const char* key) {
  const int64_t value = f.number(key);
  if (value < 2000 || value > 2100) f.complain(key, "a year from 2000 to 2100", "应为 2000 至 2100 的年份");
  return static_cast<uint16_t>(value);
}
Area mu(Fields& f, const char* key) { return Area::mu_4dp(f.decimal(key, 4)); }
Fen wan(Fields& f, const char* key) { return Fen::from_raw(f.decimal(key, 6)); }

/// The rows of the file that the key names, beside the day's file.
template <class Rows>
Rows facts(Fields& f, const wire::PlaceNames& places,
           std::expected<Rows, feeds::Faults> (*read)(const std::string&, std::string_view, const wire::PlaceNames&)) {
  const auto path = std::filesystem::path{f.file()}.parent_path() / f.text("facts");
  const auto text = read_text(path);
  if (!text) {
    f.take(text.error());
    return {};
  }
  auto rows = read(path.string(), *text, places);
  if (rows) return std::move(*rows);
  const auto& fault = rows.error().front();
  f.take(FileError{.file = fault.file,
                   .line = static_cast<int>(fault.line),
                   .en = fmt::format("{} = '{}': {}; {}", fault.field, fault.value, fault.en, fault.remedy_en),
                   .zh = fmt::format("{} = “{}”：{}；{}", fault.field, fault.value, fault.zh, fault.remedy_zh)});
  return {};
}

clearing::Reckoning reckoning(Fields& f, const wire::PlaceNames& places) {
  const auto kind = word<RunKind>(f, "run");
  const uint16_t y = year(f, "year");
  switch (kind) {
    case RunKind::protection:
      return clearing::ProtectionRun{
          .year = y, .budget = wan(f, "budget_wan"), .counties = facts(f, places, feeds::read_protection_facts)};
    case RunKind::pbf:
      return clearing::PbfRun{.year = y, .counties = facts(f, places, feeds::read_pbf_facts)};
    case RunKind::restoration:
      return clearing::RestorationRun{.year = y};
    case RunKind::enclave:
      return clearing::EnclaveRun{.year = y};
    case RunKind::consolidation_reward:
    case RunKind::homestead_reward:
    case RunKind::standard_farmland_reward:
      return clearing::RewardRun{.kind = kind, .year = y, .awards = facts(f, places, feeds::read_award_facts)};
  }
  return clearing::RestorationRun{.year = y};  // the word was none, and has been complained of
}

}  // namespace

std::optional<engine::Command> year_command(Fields& f, District by, const std::string& what,
                                            const wire::PlaceNames& places) {
  using engine::Command;
  if (what == "standard")
    return Command{command::PublishStandard{.kind = word<clearing::StandardKind>(f, "kind"),
                                            .year = year(f, "year"),
                                            .rate = Rate::yuan_per_mu(f.number("yuan_per_mu")),
                                            .document = f.text("document"),
                                            .approver = f.text("approver")}};
  if (what == "earmark" || what == "release")
    return Command{command::EarmarkFund{.fund = word<clearing::Fund>(f, "fund"),
                                        .amount = wan(f, "amount_wan"),
                                        .back = what == "release",
                                        .document = f.text("document")}};
  if (what == "task")
    return Command{command::RegisterTask{.county = f.district("county"),
                                         .first_year = year(f, "first_year"),
                                         .area = mu(f, "area"),
                                         .document = f.text("document")}};
  if (what == "restored")
    return Command{command::RecordRestored{.county = f.district("county"),
                                           .first_year = year(f, "first_year"),
                                           .area = mu(f, "area"),
                                           .document = f.text("document")}};
  if (what == "undertake")
    return Command{command::AgreeUndertaking{.provider = f.district("provider"),
                                             .receiver = f.district("receiver"),
                                             .first_year = year(f, "first_year"),
                                             .area = mu(f, "area"),
                                             .built = mu(f, "built"),
                                             .price = Rate::yuan_per_mu(f.number("yuan_per_mu")),
                                             .document = f.text("document")}};
  if (what == "enclave")
    return Command{command::RegisterEnclave{.sender = f.district("sender"),
                                            .receiver = f.district("receiver"),
                                            .kind = word<clearing::EnclaveKind>(f, "kind"),
                                            .name = f.text("enclave"),
                                            .secured = mu(f, "secured"),
                                            .included = mu(f, "included"),
                                            .document = f.text("document")}};
  if (what == "agree_pbf")
    return Command{command::AgreePbfTask{.enclave = {},
                                         .area = mu(f, "area"),
                                         .from = f.day("from"),
                                         .until = f.day("until"),
                                         .document = f.text("document")}};
  if (what == "scale")
    return Command{command::SetTownshipScale{.county = f.district("county"),
                                             .township = f.text("township"),
                                             .area = mu(f, "area"),
                                             .document = f.text("document")}};
  if (what == "use_scale")
    return Command{command::UseReservedScale{.county = by,
                                             .township = f.text("township"),
                                             .trade = word<clearing::RuralTrade>(f, "trade"),
                                             .area = mu(f, "area"),
                                             .project = f.text("project"),
                                             .document = f.text("document")}};
  if (what == "reckon")
    return Command{command::ReckonRun{.reckoning = reckoning(f, places), .document = f.text("document")}};
  if (what == "reverse")
    return Command{command::ReckonRun{.reckoning = clearing::ReversalRun{.run = {}}, .document = f.text("document")}};
  if (what == "pay") return Command{command::ExecuteRun{.run = {}, .document = f.text("document")}};
  if (what == "propose_run")
    return Command{command::Propose{.subject = command::ExecuteRun{.run = {}, .document = f.text("document")},
                                    .reason = f.text("reason"),
                                    .document = {}}};
  if (what == "approve")
    return Command{command::DecideProposal{
        .proposal = {}, .verdict = engine::StepVerdict::pass, .reason = f.text("reason"), .document = {}}};
  return std::nullopt;
}

void refer(engine::Command& c, uint64_t number) {
  if (auto* agree = std::get_if<command::AgreePbfTask>(&c)) agree->enclave = {number};
  if (auto* pay = std::get_if<command::ExecuteRun>(&c)) pay->run = {number};
  if (auto* decide = std::get_if<command::DecideProposal>(&c)) decide->proposal = {number};
  if (auto* reckon = std::get_if<command::ReckonRun>(&c))
    if (auto* reversal = std::get_if<clearing::ReversalRun>(&reckon->reckoning)) reversal->run = {number};
  if (auto* propose = std::get_if<command::Propose>(&c))
    if (auto* pay = std::get_if<command::ExecuteRun>(&propose->subject)) pay->run = {number};
}

}  // namespace landex::demo
