#include "clients/demo/day.hpp"

#include <fmt/format.h>

#include "clients/demo/fields.hpp"
#include "clients/demo/year_steps.hpp"

namespace landex::demo {
namespace {

namespace command = engine::command;

std::vector<District> units(Fields& f) {
  std::vector<District> out;
  for (const auto& u : f.array("units")) out.push_back(District::code(static_cast<uint32_t>(u.value_or(int64_t{0}))));
  return out;
}

command::EnterPlots plots(Fields& f, District by) {
  command::EnterPlots c{.county = by, .document = f.text("document"), .plots = {}};
  for (const auto& row : f.array("plots")) {
    const auto* table = row.as_table();
    if (!table) {
      f.complain("plots", "each is { plot = …, area = …, grade = … }", "每项应为 { plot = …, area = …, grade = … }");
      continue;
    }
    Fields p{f.file(), *table};
    c.plots.push_back({.plot = p.text("plot"),
                       .area = Area::mu_4dp(p.decimal("area", 4)),
                       .grade = static_cast<uint8_t>(p.number("grade"))});
    if (const auto bad = p.bad()) f.complain("plots", bad->en, bad->zh);
  }
  return c;
}

command::ProposeDeal deal(Fields& f, District by) {
  command::ProposeDeal c{.seller = f.has("seller") ? f.district("seller") : by,
                         .buyer = f.has("buyer") ? f.district("buyer") : by,
                         .legs = {}};
  const auto leg = [&](const char* quantity, const char* price, Instrument i) {
    if (!f.has(quantity)) return;
    c.legs.push_back({.instrument = i,
                      .quantity = f.quantity(quantity, i),
                      .price = f.has(price) ? std::optional{f.rate(price, i)} : std::nullopt});
  };
  leg("area", "price_wan", Instrument::supplementary_area);
  leg("paddy", "paddy_price_wan", Instrument::supplementary_paddy);
  leg("capacity", "capacity_price_yuan", Instrument::supplementary_capacity);
  leg("linkage", "linkage_price_wan", Instrument::linkage);
  return c;
}

/// What a project asks of the pool (H66-7.3).
command::RequestPool request(Fields& f, District by) {
  using clearing::RequestClass;
  command::RequestPool c{.county = by,
                         .purpose = RequestClass::other,
                         .project = f.text("project"),
                         .need = {.area = Area::mu_4dp(f.decimal("area", 4)), .paddy = {}, .capacity = {}},
                         .lowest_grade = {},
                         .deadline = f.day("until"),
                         .document = f.text("document"),
                         .exception = {},
                         .balance = {}};
  const std::string word = f.text("class");
  bool known = word == "other";
  for (const auto& [name, purpose] : {std::pair{"national", RequestClass::national},
                                      {"provincial", RequestClass::provincial},
                                      {"city", RequestClass::city},
                                      {"key_zone", RequestClass::key_zone}})
    if (word == name) {
      c.purpose = purpose;
      known = true;
    }
  if (!known)
    f.complain("class", "national, provincial, city, key_zone or other",
               "应为 national、provincial、city、key_zone 或 other");
  if (f.has("paddy")) c.need.paddy = Area::mu_4dp(f.decimal("paddy", 4));
  if (f.has("grade")) c.lowest_grade = static_cast<uint8_t>(f.number("grade"));
  if (f.has("exception"))
    c.exception = clearing::PurposeException{.reason = f.text("exception"), .approver = f.text("approver")};
  return c;
}

/// The commands of one step: one, or one for each of its units.
std::vector<engine::Command> commands_of(Fields& f, District by, const std::string& what,
                                         const wire::PlaceNames& places) {
  if (what == "price") {
    const Instrument i = f.instrument();
    return {command::PublishPrice{.instrument = i,
                                  .rate = f.rate("rate_wan", i),
                                  .from = f.day("from"),
                                  .until = f.day("until"),
                                  .document = f.text("document"),
                                  .approver = f.text("approver")}};
  }
  if (what == "open_day") return {command::OpenDay{.day = f.day("day")}};
  if (what == "close_day") return {command::CloseDay{.day = f.day("day")}};
  if (what == "open_accounts" || what == "deposit") {
    std::vector<engine::Command> out;
    const Fen amount = what == "deposit" ? Fen::from_raw(f.decimal("amount_wan", 6)) : Fen{};
    const std::string document = what == "deposit" ? f.text("document") : std::string{};
    for (const District d : units(f)) {
      if (what == "deposit")
        out.push_back(command::Deposit{.participant = d, .amount = amount, .document = document});
      else
        out.push_back(command::OpenAccount{.participant = d});
    }
    return out;
  }
  if (what == "file") {
    const std::string kind = f.text("kind");
    if (kind != "supplementary" && kind != "linkage")
      f.complain("kind", "supplementary or linkage", "应为 supplementary 或 linkage");
    command::FileBatch c{
        .county = by,
        .kind = kind == "linkage" ? engine::IndicatorKind::linkage : engine::IndicatorKind::supplementary,
        .area = Area::mu_4dp(f.decimal("area", 4)),
        .paddy = Area::mu_4dp(f.decimal("paddy", 4)),
        .capacity = Capacity::kg(f.decimal("capacity", 0)),
        .project = f.text("project"),
        .document = f.text("document")};
    if (f.has("grade")) c.grade = static_cast<uint8_t>(f.number("grade"));
    return {c};
  }
  if (what == "plots") return {plots(f, by)};
  if (what == "request") return {request(f, by)};
  if (what == "order") {
    const Instrument i = f.instrument();
    const std::string side = f.text("side");
    if (side != "buy" && side != "sell") f.complain("side", "buy or sell", "应为 buy 或 sell");
    return {command::PlaceOrder{.instrument = i,
                                .side = side == "buy" ? Side::buy : Side::sell,
                                .quantity = f.quantity("quantity", i),
                                .price = f.rate("price_wan", i)}};
  }
  if (what == "cancel") return {command::CancelOrder{}};
  if (what == "propose") return {deal(f, by)};
  if (what == "accept") return {command::AcceptDeal{}};
  if (what == "use") {
    const Instrument i = f.instrument();
    return {command::WriteOff{.instrument = i, .quantity = f.quantity("quantity", i), .project = f.text("project")}};
  }
  if (what == "settle_claims") return {command::SettleClaims{.county = f.district("county")}};
  if (auto c = year_command(f, by, what, places)) return {std::move(*c)};
  f.complain("do", fmt::format("'{}' is not known", what), fmt::format("未知的“{}”", what));
  return {};
}

}  // namespace

std::expected<Day, FileError> parse_day(const std::string& name, const std::string& text,
                                        const wire::PlaceNames& places) {
  const auto file = parse_toml(name, text);
  if (!file) return std::unexpected(file.error());
  Fields head{name, *file};
  Day day{.title_zh = head.text("title_zh"), .title_en = head.text("title_en"), .date = head.day("day"), .steps = {}};
  for (const auto& row : head.array("step")) {
    const auto* table = row.as_table();
    if (!table) return std::unexpected(head.error("every step is a [[step]]", "每一步应写作 [[step]]"));
    Fields f{name, *table};
    Step step{.by = f.district("by"),
              .command = {},
              .name = f.text("name", false),
              .of = f.text("of", false),
              .expect = f.text("expect", false),
              .say_zh = f.text("say_zh", false),
              .say_en = f.text("say_en", false),
              .source = f.text("source"),
              .line = static_cast<int>(table->source().begin.line)};
    const auto commands = commands_of(f, step.by, f.text("do"), places);
    if (f.has("person")) step.nth = static_cast<size_t>(f.number("person"));
    if (auto bad = f.bad()) return std::unexpected(std::move(*bad));
    for (const auto& c : commands) {
      step.command = c;
      day.steps.push_back(step);
      step.say_zh.clear();
      step.say_en.clear();
    }
  }
  if (auto bad = head.bad()) return std::unexpected(std::move(*bad));
  if (day.steps.empty()) return std::unexpected(head.error("the day has no step", "没有任何步骤"));
  return day;
}

std::expected<Day, FileError> load_day(const std::filesystem::path& file, const wire::PlaceNames& places) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_day(file.string(), *text, places);
}

std::optional<engine::Command> resolve(const Step& step, const NumberOf& numbers) {
  engine::Command c = step.command;
  if (step.of.empty()) return c;
  const auto at = numbers.find(step.of);
  if (at == numbers.end()) return std::nullopt;
  if (auto* cancel = std::get_if<command::CancelOrder>(&c)) cancel->order = {at->second};
  if (auto* accept = std::get_if<command::AcceptDeal>(&c)) accept->deal = {at->second};
  refer(c, at->second);
  return c;
}

}  // namespace landex::demo
