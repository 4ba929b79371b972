// What a study is, as rows and as a manifest; and how a scenario under a design comes to it.
#include <fmt/format.h>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <map>

#include "clients/simulator/study/store.hpp"

namespace landex::simulator {
namespace {

template <class E>
std::string word(E e) {
  std::string found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (d.value == e) found = d.name;
  });
  return found;
}
template <class E>
bool read_word(const std::string& text, E& e) {
  bool found = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (text == d.name) {
      e = d.value;
      found = true;
    }
  });
  return found;
}
template <class Number>
bool read_number(const std::string& text, Number& n) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc{} && end == text.data() + text.size();
}

std::string axis_key(size_t i) { return fmt::format("axis_{:02}", i + 1); }

}  // namespace

std::string StudyFacts::design_zh() const {
  switch (design) {
    case DesignKind::replicates:
      return fmt::format("重复模拟 {} 次，不确定因素每次重新抽取", n);
    case DesignKind::cross:
      return fmt::format("杠杆全因子组合（{} 个因子），每格 {} 次，各格共用随机种子", axes.size(), replicates);
    case DesignKind::latin_hypercube:
      return fmt::format("拉丁超立方 {} 点，{} 个因子，每点 {} 次", n, axes.size(), replicates);
    case DesignKind::morris:
      return fmt::format("Morris 筛选 {} 条轨迹，{} 个因子，{} 个水平，每点 {} 次", n, axes.size(), levels, replicates);
    case DesignKind::sobol:
      return fmt::format("Sobol（Saltelli）基样本 {}，{} 个因子，每点 {} 次", n, axes.size(), replicates);
  }
  return {};
}

std::string StudyFacts::design_en() const {
  switch (design) {
    case DesignKind::replicates:
      return fmt::format("{} replicates, every uncertainty drawn anew", n);
    case DesignKind::cross:
      return fmt::format("grid; levers: {}; replicates of each cell: {}, the same seeds in every cell", axes.size(),
                         replicates);
    case DesignKind::latin_hypercube:
      return fmt::format("Latin hypercube; points: {}; factors: {}; replicates of each point: {}", n, axes.size(),
                         replicates);
    case DesignKind::morris:
      return fmt::format("Morris screening; trajectories: {}; factors: {}; levels: {}; replicates of each point: {}", n,
                         axes.size(), levels, replicates);
    case DesignKind::sobol:
      return fmt::format("Sobol by Saltelli; base sample: {}; factors: {}; replicates of each point: {}", n,
                         axes.size(), replicates);
  }
  return {};
}

Design StudyFacts::unit_design() const {
  Design d{.kind = design, .n = n, .replicates = replicates, .levels = levels, .axes = {}, .seed = seed};
  for (const StoredAxis& a : axes) d.axes.push_back({.factor = a.factor, .spread = Uniform{0, 1}});
  return d;
}

std::vector<std::pair<std::string, std::string>> entries_of(const StudyFacts& f) {
  std::vector<std::pair<std::string, std::string>> all{
      {"name", f.name},
      {"title_zh", f.title_zh},
      {"title_en", f.title_en},
      {"about_zh", f.about_zh},
      {"about_en", f.about_en},
      {"first_day", f.first_day},
      {"rule_sets", f.rule_sets},
      {"outcomes", f.outcomes},
      {"seed", std::to_string(f.seed)},
      {"design", word(f.design)},
      {"design_zh", f.design_zh()},
      {"design_en", f.design_en()},
      {"n", std::to_string(f.n)},
      {"replicates", std::to_string(f.replicates)},
      {"levels", std::to_string(f.levels)},
      {"runs", std::to_string(f.runs)},
      {"axes", std::to_string(f.axes.size())},
  };
  for (size_t i = 0; i < f.axes.size(); ++i) {
    all.emplace_back(axis_key(i), word(f.axes[i].factor));
    all.emplace_back(axis_key(i) + "_spread", f.axes[i].words);
  }
  all.emplace_back("detail", word(f.detail));
  all.emplace_back("engine_behaviour", f.engine_behaviour);
  all.emplace_back("sources_version", f.sources_version);
  all.emplace_back("scenario_hash", f.scenario_hash);
  all.emplace_back("policy_hash", f.policy_hash);
  all.emplace_back("remake", f.remake);
  all.emplace_back("scenario_text", f.scenario_text);
  return all;
}

std::optional<StudyFacts> facts_from(std::span<const std::pair<std::string, std::string>> entries) {
  std::map<std::string, std::string> at{entries.begin(), entries.end()};
  StudyFacts f;
  for (const auto& [key, to] :
       std::initializer_list<std::pair<const char*, std::string*>>{{"name", &f.name},
                                                                   {"title_zh", &f.title_zh},
                                                                   {"title_en", &f.title_en},
                                                                   {"about_zh", &f.about_zh},
                                                                   {"about_en", &f.about_en},
                                                                   {"first_day", &f.first_day},
                                                                   {"rule_sets", &f.rule_sets},
                                                                   {"outcomes", &f.outcomes},
                                                                   {"engine_behaviour", &f.engine_behaviour},
                                                                   {"sources_version", &f.sources_version},
                                                                   {"scenario_hash", &f.scenario_hash},
                                                                   {"policy_hash", &f.policy_hash},
                                                                   {"remake", &f.remake},
                                                                   {"scenario_text", &f.scenario_text}}) {
    if (!at.contains(key)) return std::nullopt;
    *to = at[key];
  }
  size_t axes = 0;
  if (!read_number(at["seed"], f.seed) || !read_word(at["design"], f.design) || !read_number(at["n"], f.n) ||
      !read_number(at["replicates"], f.replicates) || !read_number(at["levels"], f.levels) ||
      !read_number(at["runs"], f.runs) || !read_number(at["axes"], axes) || axes > kFactors ||
      !read_word(at["detail"], f.detail))
    return std::nullopt;
  for (size_t i = 0; i < axes; ++i) {
    StoredAxis a{.factor = {}, .words = at[axis_key(i) + "_spread"]};
    if (!read_word(at[axis_key(i)], a.factor)) return std::nullopt;
    f.axes.push_back(std::move(a));
  }
  return f;
}

}  // namespace landex::simulator
