#include "exchange/host/policy_files.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <compare>
#include <initializer_list>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "clearing/policy/proposers.hpp"
#include "exchange/host/policy_table.hpp"
#include "matching/types/bounds.hpp"

namespace landex::host {
namespace {

using namespace policy_reading;
using policy::Clause;
using policy::Origin;
using policy::Parameter;
using State = ClauseText::State;
using namespace std::string_view_literals;

// ---- The words of the files, all in one place ----------------------------------------------------------------------

constexpr std::array kTableNames{"rule_set"sv, "clause"sv, "floor_route"sv, "unit"sv, "year"sv, "chain"sv};

constexpr std::array kStateNames{Word<State>{"modelled", State::modelled},
                                 Word<State>{"no_computable_rule", State::no_computable_rule},
                                 Word<State>{"planned", State::planned}};

// What a switch may say so far; the numbers are those that Parameter names.
constexpr std::array kPoolBases{Word<int64_t>{"cumulative", 1}};
constexpr std::array kPoolRoundings{Word<int64_t>{"down", 1}};
constexpr std::array kPayableMoments{Word<int64_t>{"filing", 1}};
constexpr std::array kAdvanceBases{Word<int64_t>{"contract_fund", 1}};
constexpr std::array kAdvanceNettings{Word<int64_t>{"claims_first", 1}};
constexpr std::array kPayablePayers{Word<int64_t>{"pool_account", 1}};
constexpr std::array kReleasePrices{Word<int64_t>{"pass_through", 1}, Word<int64_t>{"price_of_the_allotment", 2},
                                    Word<int64_t>{"none", 3}};
constexpr std::array kConsequences{Word<int64_t>{"deposit_to_seller", 1}, Word<int64_t>{"deposit_to_city", 2}};
constexpr std::array kFloorMoments{Word<int64_t>{"match", 1}, Word<int64_t>{"confirmation", 2},
                                   Word<int64_t>{"both", 3}};

constexpr std::array kNeedConsequences{Word<int64_t>{"warn", 1}, Word<int64_t>{"refuse", 2}};

constexpr std::array kSharings{Word<int64_t>{"by_standard", 1}, Word<int64_t>{"pro_rata", 2}};
constexpr std::array kOverBudgets{Word<int64_t>{"no_uplift", 1}, Word<int64_t>{"scale_uplift", 2},
                                  Word<int64_t>{"scale_all", 3}};
constexpr std::array kRateBases{Word<int64_t>{"cultivated", 1}, Word<int64_t>{"land", 2}};
constexpr std::array kReductionModes{Word<int64_t>{"flat", 1}, Word<int64_t>{"pro_rata", 2}};
constexpr std::array kReductionOf{Word<int64_t>{"receiver", 1}, Word<int64_t>{"sender", 2}};

constexpr std::array kSubjects{
    Word<policy::SubjectKind>{"deduct_batch", policy::SubjectKind::deduct_batch},
    Word<policy::SubjectKind>{"write_off", policy::SubjectKind::write_off},
    Word<policy::SubjectKind>{"publish_price", policy::SubjectKind::publish_price},
    Word<policy::SubjectKind>{"settle_deal", policy::SubjectKind::settle_deal},
    Word<policy::SubjectKind>{"settle_claims", policy::SubjectKind::settle_claims},
    Word<policy::SubjectKind>{"withdraw", policy::SubjectKind::withdraw},
    Word<policy::SubjectKind>{"cancel_auction", policy::SubjectKind::cancel_auction},
    Word<policy::SubjectKind>{"file_batch", policy::SubjectKind::file_batch},
    Word<policy::SubjectKind>{"enter_plots", policy::SubjectKind::enter_plots},
    Word<policy::SubjectKind>{"apply_advance", policy::SubjectKind::apply_advance},

    Word<policy::SubjectKind>{"confirm_deal", policy::SubjectKind::confirm_deal},
    Word<policy::SubjectKind>{"void_deal", policy::SubjectKind::void_deal},
    Word<policy::SubjectKind>{"revoke_price", policy::SubjectKind::revoke_price},
    Word<policy::SubjectKind>{"adjust_batch", policy::SubjectKind::adjust_batch},
    Word<policy::SubjectKind>{"cancel_land", policy::SubjectKind::cancel_land},
    Word<policy::SubjectKind>{"transfer_land", policy::SubjectKind::transfer_land},
    Word<policy::SubjectKind>{"restore_land", policy::SubjectKind::restore_land},
    Word<policy::SubjectKind>{"freeze_land", policy::SubjectKind::freeze_land},
    Word<policy::SubjectKind>{"unfreeze_land", policy::SubjectKind::unfreeze_land},
    Word<policy::SubjectKind>{"lend_land", policy::SubjectKind::lend_land},
    Word<policy::SubjectKind>{"repay_advance", policy::SubjectKind::repay_advance},
    Word<policy::SubjectKind>{"allocate_pool", policy::SubjectKind::allocate_pool},
    Word<policy::SubjectKind>{"allot_plots", policy::SubjectKind::allot_plots},
    Word<policy::SubjectKind>{"open_product", policy::SubjectKind::open_product},
    Word<policy::SubjectKind>{"certify_gap", policy::SubjectKind::certify_gap},
    Word<policy::SubjectKind>{"use_titles", policy::SubjectKind::use_titles},
    Word<policy::SubjectKind>{"request_pool", policy::SubjectKind::request_pool},
    Word<policy::SubjectKind>{"fill_balance", policy::SubjectKind::fill_balance},
    Word<policy::SubjectKind>{"cancel_title", policy::SubjectKind::cancel_title},
    Word<policy::SubjectKind>{"register_title", policy::SubjectKind::register_title},
    Word<policy::SubjectKind>{"execute_run", policy::SubjectKind::execute_run},
    Word<policy::SubjectKind>{"publish_standard", policy::SubjectKind::publish_standard},
    Word<policy::SubjectKind>{"revoke_standard", policy::SubjectKind::revoke_standard},
    Word<policy::SubjectKind>{"earmark_fund", policy::SubjectKind::earmark_fund},
    Word<policy::SubjectKind>{"register_task", policy::SubjectKind::register_task},
    Word<policy::SubjectKind>{"record_restored", policy::SubjectKind::record_restored},
    Word<policy::SubjectKind>{"agree_undertaking", policy::SubjectKind::agree_undertaking},
    Word<policy::SubjectKind>{"register_enclave", policy::SubjectKind::register_enclave},
    Word<policy::SubjectKind>{"agree_pbf_task", policy::SubjectKind::agree_pbf_task},
    Word<policy::SubjectKind>{"use_reserved_scale", policy::SubjectKind::use_reserved_scale}};
constexpr std::array kSteps{Word<policy::StepKind>{"first_review", policy::StepKind::first_review},
                            Word<policy::StepKind>{"review", policy::StepKind::review},
                            Word<policy::StepKind>{"approve", policy::StepKind::approve}};
constexpr std::array kChainRoles{Word<policy::ChainRole>{"district", policy::ChainRole::district},
                                 Word<policy::ChainRole>{"bureau", policy::ChainRole::bureau}};
constexpr std::array kChainVenues{Word<policy::ChainVenue>{"simulation", policy::ChainVenue::simulation},
                                  Word<policy::ChainVenue>{"production", policy::ChainVenue::production}};

enum class Shape { share, multiple, grade, months, days, years, units, area, one_of };
constexpr int64_t kMostMultiple = 100'000;  // 1 000 %: of a coefficient or a weight, which may be more than the whole
constexpr int64_t kWorstGrade = 15;         // of the national scale, 1 best
constexpr int64_t kMostMonths = 120;        // of a term
constexpr int64_t kMostYears = 50;          // of a cycle
constexpr int64_t kMostDays = 250;          // working days: about a year; units are 0.0001 mu, of capacity 1 kg

/// [[group.key]] sets this parameter.
struct Setting {
  Parameter parameter;
  std::string_view group, key;
  Shape shape;
  std::span<const Word<int64_t>> words = {};  // of one_of
};
constexpr std::array kSettings{
    Setting{Parameter::pooled_share_supplementary, "pooled_share", "supplementary_farmland", Shape::share},
    Setting{Parameter::pooled_share_pbf, "pooled_share", "pbf_reserve", Shape::share},
    Setting{Parameter::pbf_lowest_grade, "pbf", "lowest_qualifying_grade", Shape::grade},
    Setting{Parameter::pool_base, "pool", "base", Shape::one_of, kPoolBases},
    Setting{Parameter::pool_rounding, "pool", "rounding", Shape::one_of, kPoolRoundings},
    Setting{Parameter::payable_moment, "payable", "moment", Shape::one_of, kPayableMoments},
    Setting{Parameter::payable_payer, "payable", "payer", Shape::one_of, kPayablePayers},
    Setting{Parameter::advance_share, "advance", "share", Shape::share},
    Setting{Parameter::advance_months, "advance", "within_months", Shape::months},
    Setting{Parameter::advance_base, "advance", "base", Shape::one_of, kAdvanceBases},
    Setting{Parameter::advance_netting, "advance", "netting", Shape::one_of, kAdvanceNettings},
    Setting{Parameter::deposit_share, "settlement", "deposit", Shape::share},
    Setting{Parameter::notice_days, "settlement", "notice_days", Shape::days},
    Setting{Parameter::confirm_days, "settlement", "confirm_days", Shape::days},
    Setting{Parameter::payment_days, "settlement", "payment_days", Shape::days},
    Setting{Parameter::default_consequence, "settlement", "default_consequence", Shape::one_of, kConsequences},
    Setting{Parameter::floor_moment, "floor", "checked_at", Shape::one_of, kFloorMoments},
    Setting{Parameter::take_days, "pool", "take_days", Shape::days},
    Setting{Parameter::release_price, "pool", "release_price", Shape::one_of, kReleasePrices},
    Setting{Parameter::own_need_consequence, "need", "own_need", Shape::one_of, kNeedConsequences},
    Setting{Parameter::gap_consequence, "need", "gap", Shape::one_of, kNeedConsequences},
    Setting{Parameter::skip_consequence, "need", "skipped_tier", Shape::one_of, kNeedConsequences},
    Setting{Parameter::purchase_limit, "limit", "purchase", Shape::units},
    Setting{Parameter::holding_limit, "limit", "holding", Shape::units},
    Setting{Parameter::holding_days, "limit", "holding_days", Shape::days},
    Setting{Parameter::fee_share, "fee", "share", Shape::share},
    Setting{Parameter::protection_excellent, "protection", "excellent", Shape::multiple},
    Setting{Parameter::protection_good, "protection", "good", Shape::multiple},
    Setting{Parameter::protection_pass, "protection", "pass", Shape::multiple},
    Setting{Parameter::protection_fail, "protection", "fail", Shape::multiple},
    Setting{Parameter::protection_sharing, "protection", "sharing", Shape::one_of, kSharings},
    Setting{Parameter::rice_uplift, "protection", "rice_uplift", Shape::share},
    Setting{Parameter::over_budget, "protection", "over_budget", Shape::one_of, kOverBudgets},
    Setting{Parameter::pbf_rate_base, "pbf", "rate_base", Shape::one_of, kRateBases},
    Setting{Parameter::restoration_cycle, "restoration", "cycle_years", Shape::years},
    Setting{Parameter::guide_gap_weight, "restoration", "gap_weight", Shape::multiple},
    Setting{Parameter::guide_tax_weight, "restoration", "tax_weight", Shape::multiple},
    Setting{Parameter::guide_premium, "restoration", "premium", Shape::share},
    Setting{Parameter::guide_band, "restoration", "band", Shape::share},
    Setting{Parameter::reward_tilt, "reward", "mountain4_tilt", Shape::share},
    Setting{Parameter::homestead_share, "reward", "homestead_share", Shape::share},
    Setting{Parameter::standard_farmland_share, "reward", "standard_farmland_share", Shape::share},
    Setting{Parameter::reserved_scale_share, "township", "reserved_share", Shape::share},
    Setting{Parameter::enclave_space, "enclave", "space", Shape::area},
    Setting{Parameter::enclave_reduction, "enclave", "reduction", Shape::area},
    Setting{Parameter::enclave_reduction_mode, "enclave", "reduction_mode", Shape::one_of, kReductionModes},
    Setting{Parameter::enclave_reduction_of, "enclave", "reduction_of", Shape::one_of, kReductionOf},
};

// ---- All files together --------------------------------------------------------------------------------------------

class Reader {
 public:
  explicit Reader(std::span<const PolicySource> sources) : sources_{sources} {}

  std::expected<PolicyBook, PolicyError> read() {
    for (size_t f = 0; f < sources_.size(); ++f) parse(f);
    for (const auto& t : tables("rule_set")) rule_set(t);  // first: every other period lies inside its period
    for (const auto& t : tables("clause")) clause(t);
    for (const auto& s : kSettings)
      for (const auto& t : tables(s.group, s.key)) row(s, t);
    for (const auto& t : tables("floor_route")) floor_route(t);
    for (const auto& t : tables("unit")) unit(t);
    for (const auto& t : tables("year")) year(t);
    for (const auto& t : tables("chain")) chain(t);
    if (findings_.none()) complete();
    if (!findings_.none()) return std::unexpected{findings_.first(sources_)};
    std::ranges::sort(book_.clauses, {}, &ClauseText::clause);
    return std::move(book_);
  }

 private:
  std::string said_at(Place p) const { return fmt::format("{}:{}", sources_[p.file].name, p.line); }

  void parse(size_t file) {
    try {
      documents_.push_back(toml::parse(sources_[file].text));
    } catch (const toml::parse_error& e) {
      documents_.emplace_back();
      findings_.add({file, std::max(1, line_of(e.source()))},
                    fmt::format("not valid TOML: {}; correct this line", e.description()),
                    fmt::format("不是合法的 TOML（解析器原文：{}）：请改正此行", e.description()));
    }
    known_names(file);
  }

  void known_names(size_t file) {
    for (const auto& [key, node] : documents_[file]) {
      if (std::ranges::find(kTableNames, key.str()) != kTableNames.end()) continue;
      const bool group = std::ranges::any_of(kSettings, [&](const auto& s) { return s.group == key.str(); });
      if (!group) {
        unknown_table(file, key, fmt::format("{}", key.str()));
        continue;
      }
      const auto* inner = node.as_table();
      if (!inner) {
        findings_.add({file, line_of(node.source())},
                      fmt::format("\"{0}\" is a group of values: write [[{0}.…]] above each row", key.str()),
                      fmt::format("“{0}”是一组数值：请在每一行之上写 [[{0}.…]]", key.str()));
        continue;
      }
      for (const auto& [name, rows] : *inner)
        if (std::ranges::none_of(kSettings, [&](const auto& s) { return s.group == key.str() && s.key == name.str(); }))
          unknown_table(file, name, fmt::format("{}.{}", key.str(), name.str()));
    }
  }

  void unknown_table(size_t file, const toml::key& key, const std::string& name) {
    std::string known = fmt::format("{}", fmt::join(kTableNames, ", "));
    for (const auto& s : kSettings) known += fmt::format(", {}.{}", s.group, s.key);
    findings_.add({file, line_of(key.source())},
                  fmt::format("unknown key \"{}\": correct or remove it; a policy file takes {}", name, known),
                  fmt::format("不认识的键“{}”：请改正或删去；政策文件可用 {}", name, known));
  }

  /// The tables of that name in all files, in file order. One [rule_set], rows of everything else.
  std::vector<Table> tables(std::string_view name, std::string_view inner = {}) {
    std::vector<Table> out;
    for (size_t f = 0; f < documents_.size(); ++f) {
      const auto* node = documents_[f].get(name);
      if (node && !inner.empty()) node = node->is_table() ? node->as_table()->get(inner) : nullptr;
      if (!node) continue;
      const auto title = inner.empty() ? std::string{name} : fmt::format("{}.{}", name, inner);
      const bool single = name == "rule_set";
      const auto wrong = [&](const toml::node& at) {
        const auto form = single ? fmt::format("[{}]", title) : fmt::format("[[{}]]", title);
        findings_.add({f, line_of(at.source())}, fmt::format("\"{}\" has the wrong type: write {}", title, form),
                      fmt::format("“{}”的类型不对：请写成 {}", title, form));
      };
      if (single != node->is_table() || (!single && !node->is_array())) {
        wrong(*node);
      } else if (single) {
        out.emplace_back(*node->as_table(), f, findings_);
      } else {
        for (const auto& n : *node->as_array()) {
          if (n.is_table())
            out.emplace_back(*n.as_table(), f, findings_);
          else
            wrong(n);
        }
      }
    }
    return out;
  }

  void rule_set(Table t) {
    t.allow({"name", "document", "title", "from", "until"});
    if (rule_set_at_)
      findings_.add(t.place(), fmt::format("a second [rule_set]: keep one; the first is {}", said_at(*rule_set_at_)),
                    fmt::format("重复的 [rule_set]：只保留一个；第一个在 {}", said_at(*rule_set_at_)));
    rule_set_at_ = t.place();
    const auto name = t.text("name"), document = t.text("document"), title = t.text("title");
    const auto period = t.period();
    if (!name || !document || !title || !period) return;
    in_force_ = *period;
    book_.pack.rule_set = *name;
    book_.pack.from = period->from;
    book_.pack.until = period->until;
    book_.document = *document;
    book_.title = *title;
  }

  void clause(Table t) {
    t.allow(
        {"id", "article", "title_zh", "title_en", "text", "summary_en", "state", "reason_zh", "reason_en", "issue"});
    const auto id = t.clause("id");
    const auto article = t.whole("article", 1, 21);
    const auto title_zh = t.text("title_zh"), title_en = t.text("title_en");
    const auto text = t.text("text"), summary_en = t.text("summary_en");
    const auto state = t.one_of<State>("state", kStateNames, {"is not a state of a clause", "不是条款状态"});
    std::optional<std::string> reason_zh{std::in_place}, reason_en{std::in_place};
    std::optional<int64_t> issue{0};
    if (state) {
      if (*state == State::no_computable_rule) {
        reason_zh = t.text("reason_zh");
        reason_en = t.text("reason_en");
      }
      if (*state == State::planned) issue = t.whole("issue", 1, 1'000'000);
      belongs_to(t, "reason_zh", *state, State::no_computable_rule);
      belongs_to(t, "reason_en", *state, State::no_computable_rule);
      belongs_to(t, "issue", *state, State::planned);
    }
    if (id) {
      const auto [first, is_new] = clause_at_.emplace(*id, t.place());
      if (!is_new)
        findings_.add(
            t.place("id"),
            fmt::format("{} is listed twice: keep one; the first is {}", policy::id_of(*id), said_at(first->second)),
            fmt::format("{} 列了两次：只保留一处；第一处在 {}", policy::id_of(*id), said_at(first->second)));
      const auto its_article = static_cast<int64_t>(*id) / 10;  // article × 10 + paragraph
      if (article && *article != its_article)
        findings_.add(t.place("article"),
                      fmt::format("{0} is in article {1}: write article = {1}", policy::id_of(*id), its_article),
                      fmt::format("{0} 属于第 {1} 条：请填 article = {1}", policy::id_of(*id), its_article));
    }
    if (!id || !article || !title_zh || !title_en || !text || !summary_en || !state) return;
    if (!reason_zh || !reason_en || !issue) return;
    book_.clauses.push_back({.clause = *id,
                             .article = static_cast<int>(*article),
                             .title_zh = *title_zh,
                             .title_en = *title_en,
                             .text = *text,
                             .summary_en = *summary_en,
                             .state = *state,
                             .reason_zh = *reason_zh,
                             .reason_en = *reason_en,
                             .issue = static_cast<int>(*issue)});
  }

  void belongs_to(const Table& t, std::string_view key, State given, State owner) {
    if (given == owner || !t.has(key)) return;
    const auto& name = std::ranges::find(kStateNames, owner, &Word<State>::value)->word;
    findings_.add(t.place(key),
                  fmt::format("\"{0}\" goes with state = \"{1}\" only: remove one or the other", key, name),
                  fmt::format("“{0}”只用于 state = \"{1}\"：请删去此键或改正 state", key, name));
  }

  /// What every dated row has.
  struct Stamp {
    Period period;
    Clause clause;
    Origin origin;
  };
  std::optional<Stamp> stamp(Table& t) {
    const auto period = t.period();
    const auto clause = t.clause("clause");
    const auto origin = t.origin();
    if (period && in_force_) {
      for (const auto& [key, day] : {std::pair{"from"sv, period->from}, std::pair{"until"sv, period->until}})
        if (!in_force_->contains(day))
          findings_.add(
              t.place(key),
              fmt::format("\"{}\" is outside the rule set's period (see [rule_set] at {}): no value reaches further",
                          key, said_at(*rule_set_at_)),
              fmt::format("“{}”超出规则集的有效期（见 {} 的 [rule_set]）：请改为有效期内的日期", key,
                          said_at(*rule_set_at_)));
    }
    if (!period || !clause || !origin) return std::nullopt;
    return Stamp{*period, *clause, *origin};
  }

  /// Two rows of one thing for one day would be two laws for one day.
  struct Taken {
    Period period;
    Place at;
  };
  bool overlaps(std::vector<Taken>& rows, const Table& t, const Period& period) {
    const auto clash = std::ranges::find_if(rows, [&](const auto& r) { return r.period.overlaps(period); });
    if (clash != rows.end()) {
      const auto where = said_at(clash->at);
      findings_.add(t.place(),
                    fmt::format("overlaps the row at {}: one value a day; end that row before this one begins", where),
                    fmt::format("与 {} 的一行日期重叠：每日只能有一个值；请让前一行在此行开始之前结束", where));
      return true;
    }
    rows.push_back({period, t.place()});
    return false;
  }

  void row(const Setting& s, Table t) {
    t.allow({"from", "until", "value", "clause", "default"});
    const auto stamped = stamp(t);
    std::optional<int64_t> value;
    switch (s.shape) {
      case Shape::share:
        value = t.share("value");
        break;
      case Shape::multiple:
        value = t.share("value", kMostMultiple);
        break;
      case Shape::grade:
        value = t.whole("value", 1, kWorstGrade);
        break;
      case Shape::months:
        value = t.whole("value", 1, kMostMonths);
        break;
      case Shape::days:
        value = t.whole("value", 0, kMostDays);
        break;
      case Shape::years:
        value = t.whole("value", 1, kMostYears);
        break;
      case Shape::units:
        value = t.whole("value", 1, kMaxQuantity.raw());
        break;
      case Shape::area:
        value = t.area("value", kMaxQuantity.raw());
        break;
      case Shape::one_of:
        value = t.one_of<int64_t>("value", s.words, {"is not modelled yet", "尚未建模"});
        break;
    }
    if (!stamped || overlaps(rows_[s.parameter], t, stamped->period) || !value) return;
    book_.pack.rows.push_back(
        {s.parameter, stamped->period.from, stamped->period.until, *value, stamped->clause, stamped->origin});
  }

  void floor_route(Table t) {
    t.allow({"seller", "buyer", "from", "until", "clause", "default"});
    const auto stamped = stamp(t);
    const auto seller = t.participant_class("seller"), buyer = t.participant_class("buyer");
    if (!stamped || !seller || !buyer || overlaps(routes_[{*seller, *buyer}], t, stamped->period)) return;
    book_.pack.floor_routes.push_back(
        {*seller, *buyer, stamped->period.from, stamped->period.until, stamped->clause, stamped->origin});
  }

  void unit(Table t) {
    t.allow({"code", "zh", "en", "class", "from", "until", "clause", "default"});
    const auto stamped = stamp(t);
    const auto code = t.whole("code", 100'000, 999'999);  // six digits, GB/T 2260
    const auto zh = t.text("zh"), en = t.text("en");
    const auto kind = t.participant_class("class");
    if (!stamped || !code || !zh || !en || !kind) return;

    // Rows of one code are the history of one unit, so they carry one name; another unit has another name.
    const auto district = District::code(static_cast<uint32_t>(*code));
    for (const auto& u : book_.units) {
      const bool same_code = u.district == district, same_zh = u.zh == *zh, same_en = u.en == *en;
      if (same_code ? same_zh && same_en : !same_zh && !same_en) continue;
      findings_.add(t.place(same_code ? "code" : (same_zh ? "zh" : "en")),
                    fmt::format("duplicate unit: {} is already {} {}; correct the code or the name", u.district.raw(),
                                u.zh, u.en),
                    fmt::format("单位重复：{} 已是{}（{}）；请改正代码或名称", u.district.raw(), u.zh, u.en));
      return;
    }
    if (*kind == ParticipantClass::city &&
        std::ranges::any_of(book_.pack.units, [&](const auto& u) { return u.kind == ParticipantClass::city; }))
      findings_.add(t.place("class"), "a second unit of class \"city\": the pool has one owner; correct the class",
                    "类别为 \"city\" 的单位多于一个：统筹账户只有一个所有者；请改正类别");
    if (overlaps(units_[district], t, stamped->period)) return;

    book_.pack.units.push_back(
        {district, *kind, stamped->period.from, stamped->period.until, stamped->clause, stamped->origin});
    const auto named = std::ranges::find(book_.units, district, &UnitName::district);
    if (named == book_.units.end())
      book_.units.push_back({.district = district, .zh = *zh, .en = *en, .kind = *kind});
    else
      named->kind = *kind;
  }

  /// One year of the calendar: the days off among Monday to Friday, and the weekend days worked.
  void year(Table t) {
    t.allow({"year", "notice", "checked", "off", "worked"});
    const auto number = t.whole("year", 1970, 9998);
    const auto notice = t.text("notice"), checked = t.text("checked");
    const auto off = t.days("off"), worked = t.days("worked");
    if (!number || !notice || !checked || !off || !worked) return;
    const auto first = *Day::ymd(static_cast<int>(*number), 1, 1), last = *Day::ymd(static_cast<int>(*number), 12, 31);
    auto& calendar = book_.pack.calendar;
    if (calendar && first.raw() != calendar->until.raw() + 1) {
      findings_.add(t.place("year"), "the years of the calendar follow each other: this one does not come next",
                    "日历各年须依次相连：此年不是下一年");
      return;
    }
    std::vector<policy::CalendarDay> days;
    for (const bool working : {false, true})
      for (const Day d : working ? *worked : *off) {
        if (d < first || last < d || policy::is_weekend(d) != working) {
          const auto ymd = d.date();
          const auto said = fmt::format("{}-{:02}-{:02}", static_cast<int>(ymd.year()),
                                        static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
          findings_.add(
              t.place(working ? "worked" : "off"),
              fmt::format("{} is no {} of that year: only exceptions to Monday to Friday are listed", said,
                          working ? "Saturday or Sunday" : "weekday"),
              fmt::format("{} 不是该年的{}：只列周一至周五之外的例外", said, working ? "周六或周日" : "工作日"));
          return;
        }
        days.push_back({.day = d, .working = working});
      }
    std::ranges::sort(days, {}, &policy::CalendarDay::day);
    if (!calendar) calendar.emplace(first, last, std::vector<policy::CalendarDay>{});
    calendar->until = last;
    calendar->exceptions.insert(calendar->exceptions.end(), days.begin(), days.end());
  }

  void chain(Table t) {
    t.allow({"subject", "venue", "from", "until", "notice", "steps", "clause", "default"});
    const auto stamped = stamp(t);
    const auto subject =
        t.one_of<policy::SubjectKind>("subject", kSubjects, {"is no command that is approved", "不是须审批的事项"});
    std::optional<policy::ChainVenue> venue;
    if (t.has("venue")) {
      venue = t.one_of<policy::ChainVenue>("venue", kChainVenues, {"is no venue", "不是场所"});
      if (!venue) return;
    }
    const auto notice = t.whole("notice", 0, policy::kMostWorkingDays);
    auto rows = t.tables("steps");
    if (!rows) return;
    std::vector<policy::ChainStep> steps;
    for (auto& row : *rows) {
      row.allow({"step", "role", "within"});
      const auto step = row.one_of<policy::StepKind>("step", kSteps, {"is no step", "不是审批环节"});
      const auto role = row.one_of<policy::ChainRole>("role", kChainRoles, {"is no role of a step", "不是环节的角色"});
      const auto within = row.whole("within", 1, policy::kMostWorkingDays);
      if (step && role && within) steps.push_back({*step, *role, static_cast<uint16_t>(*within)});
    }
    if (!stamped || !subject || !notice || steps.size() != rows->size()) return;
    policy::Chain made{.subject = *subject,
                       .venue = venue,
                       .from = stamped->period.from,
                       .until = stamped->period.until,
                       .steps = std::move(steps),
                       .notice = static_cast<uint16_t>(*notice),
                       .clause = stamped->clause,
                       .origin = stamped->origin};
    if (!policy::can_be_followed(made)) {
      findings_.add(
          t.place("steps"),
          fmt::format("this chain cannot be followed: one to {} steps in the order first_review, review, "
                      "approve, ending with approve; cancel_auction has notice = 0",
                      policy::kMostSteps),
          fmt::format("此审批链走不通：须有 1 至 {} 个环节，依 first_review、review、approve 的次序，以 approve "
                      "结束；cancel_auction 的 notice 须为 0",
                      policy::kMostSteps));
      return;
    }
    if (!policy::has_people(made)) {
      findings_.add(t.place("steps"),
                    "nobody could pass this chain: the bureau alone proposes this, and a step of the district is for "
                    "another person of the proposer's own; give each step role = \"bureau\"",
                    "此审批链无人能走完：此事项只由市局提出，而 district 环节须由提出单位的另一人办理；各环节请用 "
                    "role = \"bureau\"");
      return;
    }
    for (const auto v : {policy::ChainVenue::simulation, policy::ChainVenue::production})
      if ((!venue || *venue == v) && overlaps(chains_[{*subject, v}], t, stamped->period)) return;
    book_.pack.chains.push_back(std::move(made));
  }

  /// What only the whole can lack. Nothing else is wrong.
  void complete() {
    if (!rule_set_at_) {
      findings_.add({0, 1}, "no [rule_set]: add one with name, document, title, from and until",
                    "没有 [rule_set]：请添加，写明 name、document、title、from、until");
      return;
    }
    // A missing clause is told at the one that it should follow.
    Place after = *rule_set_at_;
    for (const auto& k : policy::kClauses) {
      const auto listed = clause_at_.find(k.clause);
      if (listed == clause_at_.end()) {
        findings_.add(after, fmt::format("{} is not listed: add its [[clause]] after this table", k.id),
                      fmt::format("没有列出 {}：请在此表之后添加它的 [[clause]]", k.id));
        return;
      }
      after = listed->second;
    }
    if (std::ranges::none_of(book_.pack.units, [](const auto& u) { return u.kind == ParticipantClass::city; }))
      findings_.add(*rule_set_at_, "no [[unit]] of class \"city\": add the owner of the pool",
                    "没有类别为 \"city\" 的 [[unit]]：请添加统筹账户的所有者");
  }

  std::span<const PolicySource> sources_;
  std::vector<toml::table> documents_;
  Findings findings_;
  PolicyBook book_;
  std::optional<Place> rule_set_at_;
  std::optional<Period> in_force_;
  std::map<Clause, Place> clause_at_;
  std::map<Parameter, std::vector<Taken>> rows_;
  std::map<std::pair<ParticipantClass, ParticipantClass>, std::vector<Taken>> routes_;
  std::map<District, std::vector<Taken>> units_;
  std::map<std::pair<policy::SubjectKind, policy::ChainVenue>, std::vector<Taken>> chains_;
};

/// Exact, without zeros at the end: 2 050 of 100 is 20.5.
std::string decimal_of(int64_t value, int64_t whole) {
  std::string out = std::to_string(value / whole);
  if (value % whole == 0) return out;
  std::string part = std::to_string(whole + value % whole).substr(1);
  part.erase(part.find_last_not_of('0') + 1);
  return out + "." + part;
}

}  // namespace

std::expected<PolicyBook, PolicyError> parse_policy(std::span<const PolicySource> sources) {
  if (sources.empty()) return std::unexpected{PolicyError{"", 0, "no policy file was given", "没有给出政策文件"}};
  return Reader{sources}.read();
}

std::string value_text(Parameter parameter, int64_t value) {
  const auto at = std::ranges::find(kSettings, parameter, &Setting::parameter);
  if (at == kSettings.end()) return std::to_string(value);
  switch (at->shape) {
    case Shape::share:
    case Shape::multiple:
      return decimal_of(value, 100) + "%";
    case Shape::area:
      return decimal_of(value, 10'000) + " mu";
    case Shape::one_of:
      for (const auto& w : at->words)
        if (w.value == value) return std::string{w.word};
      return std::to_string(value);
    case Shape::grade:
    case Shape::months:
    case Shape::days:
    case Shape::years:
    case Shape::units:
      return std::to_string(value);
  }
  return std::to_string(value);
}

std::string key_of(Parameter parameter) {
  const auto at = std::ranges::find(kSettings, parameter, &Setting::parameter);
  return at == kSettings.end() ? std::to_string(static_cast<int>(parameter)) : fmt::format("{}.{}", at->group, at->key);
}

}  // namespace landex::host
