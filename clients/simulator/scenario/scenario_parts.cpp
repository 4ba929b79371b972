#include "clients/simulator/scenario/scenario_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/describe/enum_from_string.hpp>

namespace landex::simulator {
namespace {

using namespace std::string_view_literals;

struct Wording {
  const char *zh, *en;
};

Wording wording_of(DistributionFault f) {
  switch (f) {
    case DistributionFault::not_finite:
      return {"有无穷大或 NaN：请填有限数", "is infinite or no number: write finite numbers"};
    case DistributionFault::crossed:
      return {"low 大于 high：请对调", "low is above high: exchange them"};
    case DistributionFault::mode_outside:
      return {"mode 不在 low 与 high 之间：请改正", "mode is not between low and high: correct it"};
    case DistributionFault::no_spread:
      return {"没有离散（low = high，或 sd、sigma 不大于 0）：请改为 [constants.…] 的 value",
              "has no spread (low = high, or sd or sigma of 0 or less): make it a value in [constants.…]"};
    case DistributionFault::not_positive:
      return {"对数正态分布的 median、low、high 均须大于 0：请改正",
              "median, low and high of a lognormal must be above 0: correct them"};
    case DistributionFault::far_away:
      return {"low 与 high 都在均值同侧 6 个标准差之外：请改正区间或均值",
              "low and high both lie more than 6 standard deviations to one side: correct them"};
    case DistributionFault::not_rising:
      return {"of 须由小到大且不重复：请重新排列", "of must rise, each value once: sort it"};
    case DistributionFault::no_choice:
      return {"of 须至少有两个值：请添加，或改为 [constants.…] 的 value",
              "of needs at least two values: add one, or make it a value in [constants.…]"};
  }
  return {"", ""};
}

const FactorFacts* facts_named(std::string_view name) {
  const auto f = factor_named(name);
  return f ? &facts_of(*f) : nullptr;
}

class Parts {
 public:
  explicit Parts(Faults& faults) : faults_{faults} {}

  std::optional<Setting> setting_of(const TomlTable& t, Factor f, Part part) {
    const auto& facts = facts_of(f);
    Setting s;
    s.part = part;
    if (const auto unit = t.text("unit", fmt::format("\"{}\"", facts.unit)); unit && *unit != facts.unit)
      t.fault("unit", fmt::format("单位不对：请写 unit = \"{}\"，数值按此单位填", facts.unit),
              fmt::format("wrong unit: write unit = \"{}\", and the value in it", facts.unit));
    constexpr std::array tags{"law"sv, "our_default"sv, "assumption"sv};
    if (const auto tag = t.text("tag", "\"assumption\"");
        tag && !boost::describe::enum_from_string(tag->c_str(), s.tag))
      t.fault("tag", fmt::format("没有此标注：请写 {}", joined(tags)),
              fmt::format("no such tag: write {}", joined(tags)));
    if (auto source = t.text("source", "\"模拟数据 …\"")) s.source = *source;
    const auto value = value_of(t, facts, part);
    if (!value) return std::nullopt;
    s.value = *value;
    return s;
  }

  std::optional<Shock> shock(const TomlTable& t) {
    t.allow(std::array{"session"sv, "factor"sv, "set"sv, "times"sv, "source"sv});
    const auto session =
        t.number("session", {.low = 1, .high = facts_of(Factor::sessions).high, .whole = true, .unit = "session"});
    const auto name = t.text("factor", "\"cross_city_price\"");
    const auto source = t.text("source", "\"模拟假设 …\"");
    std::vector<std::string_view> may;
    for (size_t i = 0; i < kFactors; ++i)
      if (const auto& f = facts_of(static_cast<Factor>(i)); f.may_shock) may.push_back(name_of(f.factor));
    const auto* facts = name ? facts_named(*name) : nullptr;
    if (name && !(facts && facts->may_shock)) {
      const auto near = facts ? "" : nearest(*name, may);
      t.fault("factor",
              fmt::format("{}：{}年内可变的有 {}", facts ? "年内不可变" : "没有此项",
                          near.empty() ? "" : fmt::format("是否应为 {}？", near), joined(may)),
              fmt::format("{}: {}what may move within the year is {}",
                          facts ? "may not move within the year" : "no such factor",
                          near.empty() ? "" : fmt::format("did you mean {}? ", near), joined(may)));
      return std::nullopt;
    }
    if (t.has("set") == t.has("times")) {
      faults_.add(t.place(), t.field("set"), t.value("set"), "须有 set 或 times 之一，且只有一个：请只写一个",
                  "has set and times, or neither: write one of them");
      return std::nullopt;
    }
    if (!facts || !session || !source) return std::nullopt;
    Shock s{
        .session = static_cast<uint32_t>(*session), .factor = facts->factor, .set = {}, .times = {}, .source = *source};
    if (t.has("set")) {
      s.set = facts->words.empty() ? t.number("set", bounds_of(*facts)) : set_word(t, *facts);
      return s.set ? std::optional{s} : std::nullopt;
    }
    if (!facts->words.empty()) {
      t.fault("times", fmt::format("选项不能相乘：请写 set = \"{}\"", facts->words.front()),
              fmt::format("a choice cannot be multiplied: write set = \"{}\"", facts->words.front()));
      return std::nullopt;
    }
    s.times = t.number("times", {.low = 0, .high = 1000});
    return s.times ? std::optional{s} : std::nullopt;
  }

 private:
  std::optional<Distribution> value_of(const TomlTable& t, const FactorFacts& facts, Part part) {
    if (part != Part::uncertainty) {
      if (t.has("distribution")) {
        t.fault(
            "distribution",
            part == Part::lever
                ? "杠杆是可选定的，不是随机的：请写 value，比较时用 --cross；若为随机，请移至 [uncertainties.…]"
                : "常数没有分布：请写 value；若为随机，请移至 [uncertainties.…]",
            part == Part::lever
                ? "a lever is chosen, not drawn: write value and compare with --cross, or move it to [uncertainties.…]"
                : "a constant has no distribution: write value, or move it to [uncertainties.…]");
        return std::nullopt;
      }
      t.allow(std::array{"unit"sv, "tag"sv, "source"sv, "value"sv});
      const auto x = facts.words.empty() ? t.number("value", bounds_of(facts)) : word(t, facts);
      return x ? std::optional<Distribution>{Constant{*x}} : std::nullopt;
    }
    if (t.has("value")) {
      t.fault("value", "不确定量须有分布：请写 distribution = \"uniform\" 等，或移至 [constants.…]",
              "an uncertainty has a distribution: write distribution = \"uniform\" and its fields, or move it to "
              "[constants.…]");
      return std::nullopt;
    }
    return distribution_of(t, facts);
  }

  static Bounds bounds_of(const FactorFacts& facts) {
    return {.low = facts.low, .high = facts.high, .whole = facts.whole, .unit = facts.unit};
  }

  std::optional<double> word(const TomlTable& t, const FactorFacts& facts) {
    const auto w = t.text("value", fmt::format("\"{}\"", facts.words.front()));
    if (!w) return std::nullopt;
    if (const auto n = number_of_word(facts, *w)) return n;
    t.fault("value", fmt::format("没有此选项：请写 {}", joined(facts.words)),
            fmt::format("no such choice: write {}", joined(facts.words)));
    return std::nullopt;
  }

  std::optional<Distribution> distribution_of(const TomlTable& t, const FactorFacts& facts) {
    constexpr std::array kinds{"uniform"sv, "triangular"sv, "normal"sv, "lognormal"sv, "choice"sv};
    const auto kind = t.text("distribution", "\"uniform\"");
    if (!kind) return std::nullopt;
    if (std::ranges::find(kinds, *kind) == kinds.end()) {
      t.fault("distribution", fmt::format("没有此分布：请写 {}", joined(kinds)),
              fmt::format("no such distribution: write {}", joined(kinds)));
      return std::nullopt;
    }
    if ((facts.whole || !facts.words.empty()) && *kind != "choice") {
      t.fault("distribution", "此项只取整数或选项：请用 distribution = \"choice\" 与 of = […]",
              "takes whole numbers or words only: write distribution = \"choice\" and of = […]");
      return std::nullopt;
    }
    const auto fields = [&](std::initializer_list<std::string_view> own) -> std::optional<std::vector<double>> {
      std::vector<std::string_view> keys{"unit", "tag", "source", "distribution"};
      keys.insert(keys.end(), own);
      t.allow(keys);
      std::vector<double> out;
      for (const auto key : own) {
        // A spread is no value of the factor: its bounds are its own.
        const bool spread = key == "sd" || key == "sigma";
        const auto x = t.number(
            key, spread ? Bounds{.low = 0, .high = facts.high - facts.low, .unit = facts.unit} : bounds_of(facts));
        if (x) out.push_back(*x);
      }
      return out.size() == own.size() ? std::optional{out} : std::nullopt;
    };
    std::optional<Distribution> d;
    if (*kind == "uniform") {
      if (const auto x = fields({"low", "high"})) d = Uniform{(*x)[0], (*x)[1]};
    } else if (*kind == "triangular") {
      if (const auto x = fields({"low", "mode", "high"})) d = Triangular{(*x)[0], (*x)[1], (*x)[2]};
    } else if (*kind == "normal") {
      if (const auto x = fields({"mean", "sd", "low", "high"})) d = Normal{(*x)[0], (*x)[1], (*x)[2], (*x)[3]};
    } else if (*kind == "lognormal") {
      if (const auto x = fields({"median", "sigma", "low", "high"})) d = LogNormal{(*x)[0], (*x)[1], (*x)[2], (*x)[3]};
    } else {
      d = choice_of(t, facts);
    }
    if (!d) return std::nullopt;
    if (const auto f = fault_of(*d)) {
      faults_.add(t.place("distribution"), t.field("distribution"), words_of(*d), wording_of(*f).zh, wording_of(*f).en);
      return std::nullopt;
    }
    return d;
  }

  std::optional<Distribution> choice_of(const TomlTable& t, const FactorFacts& facts) {
    t.allow(std::array{"unit"sv, "tag"sv, "source"sv, "distribution"sv, "of"sv});
    const auto* node = t.raw().get("of");
    const auto* list = node ? node->as_array() : nullptr;
    if (!list) {
      if (node)
        t.fault("of", "应为列表：请写 of = […, …]", "must be a list: write of = […, …]");
      else
        t.missing("of", "[…, …]");
      return std::nullopt;
    }
    Choice c;
    bool good = true;
    for (const auto& n : *list) {
      const auto* s = n.as_string();
      if (facts.words.empty() || !s) {
        const auto x = facts.words.empty() ? t.number_of(n, "of", bounds_of(facts)) : std::nullopt;
        if (x) c.of.push_back(*x);
        good = good && x;
        if (!facts.words.empty() && !s) unknown_word({t.file(), TomlTable::line_of(n)}, t.field("of"), shown(n), facts);
      } else if (const auto x = number_of_word(facts, s->get())) {
        c.of.push_back(*x);
      } else {
        good = false;
        unknown_word({t.file(), TomlTable::line_of(n)}, t.field("of"), s->get(), facts);
      }
    }
    return good ? std::optional<Distribution>{c} : std::nullopt;
  }

  void unknown_word(const FilePlace& at, std::string field, std::string value, const FactorFacts& facts) {
    faults_.add(at, std::move(field), std::move(value), fmt::format("没有此选项：请写 {}", joined(facts.words)),
                fmt::format("no such choice: write {}", joined(facts.words)));
  }

  std::optional<double> set_word(const TomlTable& t, const FactorFacts& facts) {
    const auto w = t.text("set", fmt::format("\"{}\"", facts.words.front()));
    if (!w) return std::nullopt;
    const auto n = number_of_word(facts, *w);
    if (!n) unknown_word(t.place("set"), t.field("set"), *w, facts);
    return n;
  }

  Faults& faults_;
};

}  // namespace

std::optional<Setting> setting_from(const TomlTable& t, Factor f, Part part, Faults& faults) {
  return Parts{faults}.setting_of(t, f, part);
}

std::optional<Shock> shock_from(const TomlTable& t, Faults& faults) { return Parts{faults}.shock(t); }

std::string joined(std::span<const std::string_view> words) { return fmt::format("{}", fmt::join(words, ", ")); }

}  // namespace landex::simulator
