#include "clients/simulator/study/axes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace landex::simulator {
namespace {

std::unexpected<StudyFault> fault(const std::string& text, std::string zh, std::string en) {
  return std::unexpected{
      StudyFault{.zh = fmt::format("轴“{}”：{}", text, zh), .en = fmt::format("axis '{}': {}", text, en)}};
}

std::optional<Factor> factor_of(std::string_view name) {
  for (size_t i = 0; i < kFactors; ++i)
    if (name_of(static_cast<Factor>(i)) == name) return static_cast<Factor>(i);
  return std::nullopt;
}

/// A number, or a word of a choice.
std::optional<double> number_of(const FactorFacts& facts, std::string_view text) {
  for (size_t i = 0; i < facts.words.size(); ++i)
    if (facts.words[i] == text) return static_cast<double>(i);
  double x = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(x)) return std::nullopt;
  return x;
}

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(by);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + by.size());
  }
}

/// What the shocks of the year take a value of an axis to must be one that the factor can have.
std::optional<StudyFault> fault_of_shocks(const Scenario& scenario, const std::string& text, Factor factor,
                                          double value) {
  const FactorFacts& facts = facts_of(factor);
  double now = value;
  for (const Shock& shock : scenario.shocks) {
    if (shock.factor != factor) continue;
    now = shock.after(now);
    if (!fits(facts, now))
      return fault(
                 text,
                 fmt::format("第 {} 场的冲击使 {} 变为 {}，超出 {} 至 {}（{}）。请改取值或情景中的冲击。",
                             shock.session, value, now, facts.low, facts.high, facts.unit),
                 fmt::format("the shock of session {} takes {} to {}, outside {} to {} ({}). Change the value, or the "
                             "shock in the scenario.",
                             shock.session, value, now, facts.low, facts.high, facts.unit))
          .error();
  }
  return std::nullopt;
}

}  // namespace

StudyResult<Axis> axis_of(const Scenario& scenario, const std::string& text, bool grid) {
  const std::string_view all{text};
  const size_t equals = all.find('=');
  const std::string_view name = all.substr(0, equals);
  const auto factor = factor_of(name);
  if (!factor)
    return fault(text, fmt::format("没有因子 {}。用 landex scenario check {} 查看全部因子。", name, scenario.name),
                 fmt::format("there is no factor {}. landex scenario check {} lists them all.", name, scenario.name));
  const FactorFacts& facts = facts_of(*factor);
  if (equals == std::string_view::npos) {
    const Distribution& d = scenario[*factor].value;
    if (is_constant(d) || (grid && !std::holds_alternative<Choice>(d)))
      return fault(text,
                   fmt::format("情景没有给出它的取值{}。请写明，如 {}={},{}。", grid ? "列表" : "范围", name, facts.low,
                               facts.high),
                   fmt::format("the scenario gives no {} for it. Say it, as in {}={},{}.", grid ? "list" : "range",
                               name, facts.low, facts.high));
    return Axis{.factor = *factor, .spread = d};
  }
  const std::string_view value = all.substr(equals + 1);
  const bool range = value.find("..") != std::string_view::npos;
  if (range && grid)
    return fault(text, fmt::format("组合须列出取值，如 {}={},{}。", name, facts.low, facts.high),
                 fmt::format("a grid needs a list, as in {}={},{}.", name, facts.low, facts.high));
  if (range && !facts.words.empty())
    return fault(text, fmt::format("它是选择，不是数。请列出：{}。", fmt::join(facts.words, ",")),
                 fmt::format("it is a choice, no number. List it: {}.", fmt::join(facts.words, ",")));
  std::vector<double> numbers;
  for (const std::string_view part : split(value, range ? ".." : ",")) {
    const auto x = number_of(facts, part);
    if (!x) {
      const std::string may =
          facts.words.empty() ? std::string{"0.1,0.2"} : fmt::format("{}", fmt::join(facts.words, ","));
      return fault(text, fmt::format("“{}”读不懂。可写：{}={}。", part, name, may),
                   fmt::format("'{}' is not understood. Write for instance {}={}.", part, name, may));
    }
    const double most = facts.words.empty() ? facts.high : static_cast<double>(facts.words.size() - 1);
    if (*x < facts.low || *x > most)
      return fault(text, fmt::format("{} 超出范围 {} 至 {}（{}）。", part, facts.low, most, facts.unit),
                   fmt::format("{} is outside its bounds, {} to {} ({}).", part, facts.low, most, facts.unit));
    if ((facts.whole || !facts.words.empty()) && *x != std::floor(*x))
      return fault(text, fmt::format("{} 须为整数。", part), fmt::format("{} must be a whole number.", part));
    if (!range && std::ranges::find(numbers, *x) != numbers.end())
      return fault(text, fmt::format("{} 出现两次。", part), fmt::format("{} is there twice.", part));
    if (auto wrong = fault_of_shocks(scenario, text, *factor, *x)) return std::unexpected{std::move(*wrong)};
    numbers.push_back(*x);
  }
  if (!range) return Axis{.factor = *factor, .spread = Choice{numbers}};
  if (numbers.size() != 2 || !(numbers[0] < numbers[1]))
    return fault(text, "范围写作 低..高，低须小于高，如 0.1..0.4。",
                 "a range is low..high, low below high, as in 0.1..0.4.");
  return Axis{.factor = *factor, .spread = Uniform{numbers[0], numbers[1]}};
}

std::vector<Axis> uncertainties_of(const Scenario& scenario) {
  std::vector<Axis> axes;
  for (const Factor f : scenario.uncertain()) axes.push_back({.factor = f, .spread = scenario[f].value});
  return axes;
}

std::optional<StudyFault> fault_of(const Design& d) {
  if (d.kind != DesignKind::replicates && d.axes.empty())
    return StudyFault{
        .zh = "没有轴：请给出 --cross 或 --axis（如 pool_share=0.1,0.2），或在情景中写明不确定因素。",
        .en =
            "there is no axis: give --cross or --axis (pool_share=0.1,0.2), or state uncertainties in the "
            "scenario."};
  for (size_t i = 0; i < d.axes.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (d.axes[i].factor == d.axes[j].factor)
        return StudyFault{.zh = fmt::format("轴 {} 出现两次。请合并为一个。", name_of(d.axes[i].factor)),
                          .en = fmt::format("axis {} is there twice. Make it one.", name_of(d.axes[i].factor))};
  if (d.kind == DesignKind::morris && (d.levels < 2 || d.levels % 2 != 0))
    return StudyFault{.zh = fmt::format("--levels {}：须为不小于 2 的偶数。", d.levels),
                      .en = fmt::format("--levels {}: must be even, 2 or more.", d.levels)};
  // as doubles first: a product of these may not fit
  double runs = static_cast<double>(d.n) * (d.kind == DesignKind::replicates ? 1 : static_cast<double>(d.replicates));
  const auto k = static_cast<double>(d.axes.size());
  if (d.kind == DesignKind::cross) {
    runs = static_cast<double>(d.replicates);
    for (const Axis& a : d.axes) runs *= static_cast<double>(cross_values(a).size());
  } else if (d.kind == DesignKind::morris) {
    runs *= k + 1;
  } else if (d.kind == DesignKind::sobol) {
    runs *= k + 2;
  }
  if (!(runs >= 1) || runs > static_cast<double>(kMostRuns))
    return StudyFault{.zh = fmt::format("此设计共 {:.0f} 次模拟：须在 1 与 {} 之间。", runs, kMostRuns),
                      .en = fmt::format("this design has {:.0f} runs: it must have 1 to {}.", runs, kMostRuns)};
  return std::nullopt;
}

}  // namespace landex::simulator
