#include "clients/simulator/scenario/scenario_check.hpp"

#include <fmt/format.h>

#include <boost/describe/enum_to_string.hpp>

#include "clients/simulator/scenario/toml_table.hpp"

namespace landex::simulator {
namespace {

// ---- What the policy files say of a factor -------------------------------------------------------------------------

struct PolicyValue {
  policy::Clause clause;
  policy::Origin origin;
  std::optional<double> value;  // in the factor's numbers; none: a word that the factor does not have
};

/// Of the document's own words: whether superior law has ended the clause since is the rule set's affair, not the
/// tag's.
std::optional<PolicyValue> policy_value(const policy::Pack& pack, Factor f, Day on) {
  using policy::Parameter;
  const auto row = [&](Parameter p, auto value_of) -> std::optional<PolicyValue> {
    for (const auto& r : pack.rows)
      if (r.parameter == p && r.period().contains(on)) return PolicyValue{r.clause, r.origin, value_of(r.value)};
    return std::nullopt;
  };
  const auto share = [](int64_t v) { return std::optional{static_cast<double>(v) / 10'000}; };
  switch (f) {
    case Factor::pool_share:
      return row(Parameter::pooled_share_supplementary, share);
    case Factor::advance_share:
      return row(Parameter::advance_share, share);
    case Factor::gap_switch:  // 1 = warned, 2 = refused
      return row(Parameter::gap_consequence, [](int64_t v) { return std::optional{static_cast<double>(v - 1)}; });
    case Factor::payer:  // 1 = the project pays what the pool paid, 3 = nothing: the city bears it
      return row(Parameter::release_price, [](int64_t v) -> std::optional<double> {
        if (v == 1) return static_cast<double>(Payer::project);
        if (v == 3) return static_cast<double>(Payer::city);
        return std::nullopt;
      });
    case Factor::floor:
      for (const auto& r : pack.floor_routes)
        if (r.seller == ParticipantClass::mountain4 && r.buyer == ParticipantClass::urban && r.period().contains(on))
          return PolicyValue{r.clause, r.origin, 1};
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::string setting_text(const FactorFacts& facts, const Distribution& d) {
  const auto* c = std::get_if<Constant>(&d);
  return c ? value_text(facts, c->value) : words_of(d);
}

class Check {
 public:
  Check(const Draft& d, const host::PolicyBook& policy, Faults& faults)
      : d_{d}, s_{d.scenario}, pack_{policy.pack}, faults_{faults} {}

  void all() {
    everything_said();
    // On a day without law every tag and every district would be wrong: that the day is says it all.
    lawful_day_ = d_.has_first_day && year();
    for (size_t i = 0; lawful_day_ && i < kFactors; ++i)
      if (d_.said[i]) tag(static_cast<Factor>(i));
    units();
    if (d_.said[index_of(Factor::sessions)]) shocks();
  }

 private:
  void everything_said() {
    for (size_t i = 0; i < kFactors; ++i) {
      const auto& facts = facts_of(static_cast<Factor>(i));
      const auto name = name_of(facts.factor);
      if (!d_.said[i])
        faults_.add(d_.file, fmt::format("constants.{}", name), "",
                    fmt::format("无处设定{}：请添加 [constants.{}]，或以 base = \"hangzhou\" 继承", facts.zh, name),
                    fmt::format("nobody sets it: add [constants.{}], or inherit with base = \"hangzhou\"", name));
    }
    if (!d_.has_first_day)
      faults_.add(d_.file, "first_day", "", "缺少此键：请添加 first_day = 2024-01-08，或继承 base",
                  "missing: add first_day = 2024-01-08, or inherit a base");
    if (!d_.has_seed)
      faults_.add(d_.file, "seed", "", "缺少此键：请添加 seed = 1（同一种子得同一结果），或继承 base",
                  "missing: add seed = 1 (the same seed gives the same results), or inherit a base");
    if (s_.units.empty())
      faults_.add(d_.file, "unit", "", "没有任何区、县（市）：请添加 [[unit]]，或继承 base",
                  "no unit at all: add [[unit]], or inherit a base");
  }

  /// Is the first day one of the rule set?
  bool year() {
    if (!pack_.period().contains(s_.first_day)) {
      outside(s_.first_day);
      return false;
    }
    if (!d_.said[index_of(Factor::sessions)]) return true;
    // As city/timeline.hpp spreads them: weekly, and more than 52 over the year.
    const auto sessions = static_cast<int32_t>(range_of(s_[Factor::sessions].value).high);
    const auto days = sessions <= 52 ? 7 * (sessions - 1) : 365 * (sessions - 1) / sessions;
    const auto last = Day::from_raw(s_.first_day.raw() + days);
    if (!pack_.period().contains(last) || !policy::is_working_day(pack_, last)) outside(last);
    return true;
  }

  void outside(Day day) {
    faults_.add(
        d_.first_day_at, "first_day", day_text(s_.first_day),
        fmt::format("{} 不在规则集有效期 {} 至 {} 内，或无该年工作日历：请改 first_day 或减少 sessions", day_text(day),
                    day_text(pack_.from), day_text(pack_.until)),
        fmt::format("{} lies outside the rule set ({} to {}) or the calendar of working days: change first_day, or "
                    "have fewer sessions",
                    day_text(day), day_text(pack_.from), day_text(pack_.until)));
  }

  static std::string day_text(Day d) {
    const auto date = d.date();
    return fmt::format("{}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
  }

  /// Law is what a clause says; our default what the policy files say where it is silent; all else is assumed.
  void tag(Factor f) {
    const auto& facts = facts_of(f);
    const auto& setting = s_[f];
    if (setting.tag == Tag::assumption) return;
    const auto& at = d_.settings_at[index_of(f)];
    const auto field = field_of(s_, f), value = setting_text(facts, setting.value);
    const auto said = policy_value(pack_, f, s_.first_day);
    if (setting.tag == Tag::our_default) {
      if (!said) return;  // the policy files have no such number; the source says where the default comes from
      if (said->origin == policy::Origin::our_default && is_value(setting, said->value)) return;
      faults_.add(at, field + ".tag", "our_default",
                  fmt::format("{} 不是政策文件中的默认值（{}：{}）：请改 tag = \"assumption\"", value,
                              policy::id_of(said->clause), policy_text(facts, *said)),
                  fmt::format("{} is not the default of the policy files ({}: {}): write tag = \"assumption\"", value,
                              policy::id_of(said->clause), policy_text(facts, *said)));
      return;
    }
    if (!said || said->origin != policy::Origin::law) {
      faults_.add(at, field + ".tag", "law",
                  fmt::format("没有条款规定{}：请改 tag = \"our_default\" 或 \"assumption\"", facts.zh),
                  "no clause sets this number: write tag = \"our_default\" or \"assumption\"");
      return;
    }
    const auto id = setting.source.substr(0, setting.source.find_first_of(" ,;(«"));
    const auto clause = policy::clause_named(id);
    if (!clause || *clause != said->clause)
      faults_.add(at, field + ".source", setting.source,
                  fmt::format("{}：请以规定此数的条款编号开头：\"{} …\"",
                              clause ? "该条款未规定此数" : "没有此条款编号", policy::id_of(said->clause)),
                  fmt::format("{}: begin with the clause that sets the number, \"{} …\"",
                              clause ? "this clause does not set it" : "no such clause", policy::id_of(said->clause)));
    if (!is_value(setting, said->value))
      faults_.add(
          at, field + ".value", value,
          fmt::format("法定值为 {}（{}），{} 不能标为 law：请改 tag = \"assumption\"，或填 {}",
                      policy_text(facts, *said), policy::id_of(said->clause), value, policy_text(facts, *said)),
          fmt::format("the law says {} ({}), so {} is not \"law\": write tag = \"assumption\", or the value {}",
                      policy_text(facts, *said), policy::id_of(said->clause), value, policy_text(facts, *said)));
  }

  static bool is_value(const Setting& s, std::optional<double> v) { return v && s.value == Distribution{Constant{*v}}; }
  static std::string policy_text(const FactorFacts& facts, const PolicyValue& v) {
    return v.value ? value_text(facts, *v.value) : "?";
  }

  // ---- Units -------------------------------------------------------------------------------------------------------

  void units() {
    for (const auto& u : s_.units) {
      unit_ = &u;
      if (lawful_day_) known(u);
      if (u.need_mu > 0 && u.projects == 0)
        wrong("projects", 0, "有需求而无项目：请填项目数", "there is a need but no project: write their number");
      if (u.need_mu == 0 && u.projects > 0)
        wrong("projects", u.projects, "有项目而无需求：请填 need_mu，或 projects = 0",
              "there are projects without a need: write need_mu, or projects = 0");
      if (u.need_mu > 0 && u.value_wan == 0)
        wrong("value_wan", 0, "有需求而无出价能力：请填每亩价值（万元/亩）",
              "there is a need of no worth: write what a mu is worth (wan yuan/mu)");
      if (u.capacity_mu > 0 && u.cost_wan == 0)
        wrong("cost_wan", 0, "有垦造能力而无成本：请填首亩成本（万元/亩）",
              "land is reclaimed at no cost: write that of the first mu (wan yuan/mu)");
      if (u.capacity_mu > 0 && u.last_cost_wan < u.cost_wan)
        wrong("last_cost_wan", u.last_cost_wan, "末亩成本低于首亩成本：请填不低于 cost_wan 的数",
              "the last mu costs less than the first: write at least cost_wan");
    }
  }

  void wrong(const char* key, double value, const char* zh, const char* en) {
    faults_.add(d_.units_at.at(unit_->district), fmt::format("unit {}.{}", unit_->district.raw(), key), shown(value),
                zh, en);
  }

  void known(const UnitPlan& u) {
    const auto* named = pack_.unit(u.district, s_.first_day);
    if (named && named->kind != ParticipantClass::city) return;
    std::string codes;
    for (const auto& p : pack_.units)
      if (p.kind != ParticipantClass::city) codes += fmt::format("{}{}", codes.empty() ? "" : ", ", p.district.raw());
    faults_.add(d_.units_at.at(u.district), "unit.district", fmt::format("{}", u.district.raw()),
                fmt::format("政策文件中无此区、县（市）：请填 {}", codes),
                fmt::format("no district or county of the policy files: write one of {}", codes));
  }

  // ---- Shocks ------------------------------------------------------------------------------------------------------

  void shocks() {
    const auto sessions = range_of(s_[Factor::sessions].value).low;
    std::array<std::optional<Range>, kFactors> reached;  // by the shocks so far
    for (size_t i = 0; i < s_.shocks.size(); ++i) {
      const auto& shock = s_.shocks[i];
      const auto field = fmt::format("shock[{}]", i + 1);
      if (shock.session > sessions)
        faults_.add(d_.shocks_at[i], field + ".session", fmt::format("{}", shock.session),
                    fmt::format("全年只有 {} 场：请填 1 至 {}", sessions, sessions),
                    fmt::format("the year has only {} sessions: write 1 to {}", sessions, sessions));
      const auto& facts = facts_of(shock.factor);
      if (!d_.said[index_of(shock.factor)]) continue;
      auto& range = reached[index_of(shock.factor)];
      if (!range) range = range_of(s_[shock.factor].value);
      range = Range{shock.after(range->low), shock.after(range->high)};
      if (shock.set) continue;  // in bounds as it was read
      for (const double end : {range->low, range->high})
        if (!fits(facts, end)) {
          faults_.add(
              d_.shocks_at[i], field + ".times", shown(*shock.times),
              fmt::format("使 {} 变为 {}，超出 {} 至 {}：请改倍数", name_of(shock.factor), end, facts.low, facts.high),
              fmt::format("takes {} to {}, out of {} to {}: change it", name_of(shock.factor), end, facts.low,
                          facts.high));
          break;
        }
    }
  }

  const Draft& d_;
  const Scenario& s_;
  const policy::Pack& pack_;
  Faults& faults_;
  const UnitPlan* unit_ = nullptr;
  bool lawful_day_ = false;
};

}  // namespace

std::string value_text(const FactorFacts& facts, double value) {
  const auto word = word_of(facts, value);
  return word.empty() ? shown(value) : std::string{word};
}

std::string field_of(const Scenario& s, Factor f) {
  constexpr std::array words{"constants", "uncertainties", "levers"};
  return fmt::format("{}.{}", words[static_cast<size_t>(s[f].part) - 1], name_of(f));
}

void check_whole(const Draft& d, const host::PolicyBook& policy, Faults& faults) { Check{d, policy, faults}.all(); }

}  // namespace landex::simulator
