#include "clients/demo/day.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <fstream>
#include <set>
#include <sstream>

#include "exchange/wire/units_text.hpp"

namespace landex::demo {
namespace {

namespace command = engine::command;

/// One table of the file, which knows which of its keys were asked for; what was not is unknown.
class Fields {
 public:
  Fields(const std::string& file, const toml::table& table) : file_{file}, table_{table} {}

  DayError error(const std::string& en, const std::string& zh) const {
    return {.file = file_, .line = static_cast<int>(table_.source().begin.line), .en = en, .zh = zh};
  }
  void complain(const std::string& key, const std::string& en, const std::string& zh) {
    if (!bad_) bad_ = error(fmt::format("'{}': {}", key, en), fmt::format("“{}”：{}", key, zh));
  }
  bool has(const char* key) { return table_.contains(key); }

  std::string text(const char* key, bool required = true) {
    used_.insert(key);
    const auto value = table_[key].value_exact<std::string>();
    if (!value && (required || has(key))) complain(key, "a text is needed here", "此处须为文字");
    return value.value_or("");
  }
  int64_t number(const char* key) {
    used_.insert(key);
    const auto value = table_[key].value_exact<int64_t>();
    if (!value) complain(key, "a whole number is needed here", "此处须为整数");
    return value.value_or(0);
  }
  /// A decimal written as text, exact in units of 10^-decimals.
  int64_t decimal(const char* key, int decimals) {
    const auto value = wire::from_decimal(text(key), decimals);
    if (!value)
      complain(key, fmt::format("a decimal with at most {} places is needed here, in quotes", decimals),
               fmt::format("此处须为加引号的小数，最多 {} 位", decimals));
    return value.value_or(0);
  }
  landex::Day day(const char* key) {
    used_.insert(key);
    const auto value = table_[key].value_exact<toml::date>();
    const auto day = value ? landex::Day::ymd(value->year, value->month, value->day) : std::nullopt;
    if (!day) complain(key, "a date is needed here, YYYY-MM-DD without quotes", "此处须为日期 YYYY-MM-DD，不加引号");
    return day.value_or(landex::Day{});
  }
  District district(const char* key) { return District::code(static_cast<uint32_t>(number(key))); }
  Instrument instrument() {
    const std::string word = text("instrument");
    for (const auto& [name, i] : {std::pair{"area", Instrument::supplementary_area},
                                  {"paddy", Instrument::supplementary_paddy},
                                  {"capacity", Instrument::supplementary_capacity},
                                  {"linkage", Instrument::linkage}})
      if (word == name) return i;
    complain("instrument", "area, paddy, capacity or linkage", "应为 area、paddy、capacity 或 linkage");
    return Instrument::linkage;
  }
  Quantity quantity(const char* key, Instrument i) {
    return Quantity::from_raw(decimal(key, counted_in_kg(i) ? 0 : 4));
  }
  Rate rate(const char* key, Instrument i) { return Rate::from_raw(decimal(key, counted_in_kg(i) ? 2 : 4)); }
  const toml::array& array(const char* key) {
    used_.insert(key);
    static const toml::array none;
    const auto* value = table_[key].as_array();
    if (!value) complain(key, "a list is needed here", "此处须为列表");
    return value ? *value : none;
  }
  const std::string& file() const { return file_; }

  /// The first thing wrong with this table, an unknown key included.
  std::optional<DayError> bad() {
    if (bad_) return bad_;
    for (const auto& [key, value] : table_)
      if (!used_.contains(std::string{key.str()}))
        return error(fmt::format("unknown key '{}'", key.str()), fmt::format("未知的键“{}”", key.str()));
    return std::nullopt;
  }

 private:
  std::string file_;
  const toml::table& table_;
  std::set<std::string> used_;
  std::optional<DayError> bad_;
};

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

/// The commands of one step: one, or one for each of its units.
std::vector<engine::Command> commands_of(Fields& f, District by, const std::string& what) {
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
    return {command::FileBatch{
        .county = by,
        .kind = kind == "linkage" ? engine::IndicatorKind::linkage : engine::IndicatorKind::supplementary,
        .area = Area::mu_4dp(f.decimal("area", 4)),
        .paddy = Area::mu_4dp(f.decimal("paddy", 4)),
        .capacity = Capacity::kg(f.decimal("capacity", 0)),
        .project = f.text("project"),
        .document = f.text("document")}};
  }
  if (what == "plots") return {plots(f, by)};
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
  f.complain("do", fmt::format("'{}' is not known", what), fmt::format("未知的“{}”", what));
  return {};
}

}  // namespace

std::expected<Day, DayError> parse_day(const std::string& name, const std::string& text) {
  toml::table file;
  try {
    file = toml::parse(text, name);
  } catch (const toml::parse_error& e) {
    return std::unexpected(DayError{.file = name,
                                    .line = static_cast<int>(e.source().begin.line),
                                    .en = std::string{e.description()},
                                    .zh = "TOML 语法错误：" + std::string{e.description()}});
  }
  Fields head{name, file};
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
    const auto commands = commands_of(f, step.by, f.text("do"));
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

std::expected<Day, DayError> load_day(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return std::unexpected(DayError{.file = file.string(), .line = 0, .en = "cannot be read", .zh = "无法读取"});
  return parse_day(file.string(), text.str());
}

std::optional<engine::Command> resolve(const Step& step, const NumberOf& numbers) {
  engine::Command c = step.command;
  if (step.of.empty()) return c;
  const auto at = numbers.find(step.of);
  if (at == numbers.end()) return std::nullopt;
  if (auto* cancel = std::get_if<command::CancelOrder>(&c)) cancel->order = {at->second};
  if (auto* accept = std::get_if<command::AcceptDeal>(&c)) accept->deal = {at->second};
  return c;
}

}  // namespace landex::demo
