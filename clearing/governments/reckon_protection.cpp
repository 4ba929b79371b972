#include "clearing/governments/reckon_protection.hpp"

#include <algorithm>

#include "clearing/governments/split.hpp"
#include "clearing/policy/share.hpp"

namespace landex::clearing {
namespace {

/// A line on its way: its words, its full amount (sharing by standard) or its weight (pro rata), and what is paid.
struct Draft {
  RunLine line;
  Wide full = 0;
  bool uplift = false;
  Fen paid = {};
};

std::vector<Draft> drafts_of(const ProtectionRun& run, const ProtectionRules& rules, Rate standard, District city) {
  const bool by_standard = rules.sharing == 1;
  const auto draft = [&](const ProtectionFact& f, Area area, int64_t share, LineItem item, policy::Clause clause) {
    return Draft{.line = {.from = city,
                          .to = f.county,
                          .amount = {},
                          .item = item,
                          .clause = clause,
                          .area = area,
                          .rate = by_standard ? std::optional{standard} : std::nullopt,
                          .share = share},
                 .uplift = item == LineItem::rice_uplift};
  };
  auto counties = run.counties;
  std::ranges::sort(counties, {}, &ProtectionFact::county);
  std::vector<Draft> out;
  for (const auto& f : counties) {
    const int64_t k = rules.by_grade[static_cast<size_t>(f.grade) - 1];
    const Wide product = Wide{k} * rules.rice_uplift;  // 1/10^8
    const auto share = static_cast<int64_t>(half_up(product, policy::kWholeShare));
    Draft base = draft(f, eligible_area(f), k, LineItem::protection, policy::Clause::h66_3_1);
    Draft rice = draft(f, f.rice, share, LineItem::rice_uplift, policy::Clause::h66_3_4);
    // 0.0001 mu × yuan × 1/10 000 = 1/10^6 fen; with the uplift 1/10^10.
    const Wide base_product = Wide{eligible_area(f).raw()} * k, rice_product = Wide{f.rice.raw()} * product;
    base.full = by_standard ? half_up(base_product * standard.raw(), 1'000'000) : base_product * policy::kWholeShare;
    rice.full = by_standard ? half_up(rice_product * standard.raw(), 10'000'000'000) : rice_product;
    out.push_back(std::move(base));
    out.push_back(std::move(rice));
  }
  return out;
}

Wide sum_of(const std::vector<Draft>& drafts, bool uplifts) {
  Wide sum = 0;
  for (const auto& d : drafts)
    if (d.uplift == uplifts) sum += d.full;
  return sum;
}

/// `sum` by the full amounts of those that `takes_part` names.
template <class TakesPart>
void share_out(std::vector<Draft>& drafts, Fen sum, TakesPart takes_part) {
  std::vector<Wide> weights;
  for (const auto& d : drafts) weights.push_back(takes_part(d) ? d.full : 0);
  const auto parts = split(sum, weights);
  for (size_t i = 0; i < drafts.size(); ++i)
    if (takes_part(drafts[i])) drafts[i].paid = parts[i];
}

/// Each its full amount. All of it is money: it was measured before.
void pay_in_full(std::vector<Draft>& drafts, bool uplifts) {
  for (auto& d : drafts)
    if (d.uplift == uplifts) d.paid = *money_of(d.full);
}

void pay_by_standard(std::vector<Draft>& drafts, Fen budget, int64_t over_budget) {
  const Wide bases = sum_of(drafts, false), uplifts = sum_of(drafts, true);
  if (over_budget == 3 && bases + uplifts > budget.raw())
    return share_out(drafts, budget, [](const Draft&) { return true; });
  if (bases > budget.raw()) return share_out(drafts, budget, [](const Draft& d) { return !d.uplift; });
  pay_in_full(drafts, false);
  if (bases + uplifts <= budget.raw()) return pay_in_full(drafts, true);
  if (over_budget == 2)
    share_out(drafts, budget - Fen::fen(static_cast<int64_t>(bases)), [](const Draft& d) { return d.uplift; });
}

}  // namespace

std::optional<std::vector<RunLine>> reckon_protection(const ProtectionRun& run, const ProtectionRules& rules,
                                                      Rate standard, District city) {
  auto drafts = drafts_of(run, rules, standard, city);
  const bool by_standard = rules.sharing == 1;
  if (by_standard) {
    if (!money_of(sum_of(drafts, false) + sum_of(drafts, true))) return std::nullopt;
    pay_by_standard(drafts, run.budget, rules.over_budget);
  } else {
    share_out(drafts, run.budget, [](const Draft&) { return true; });
  }
  std::vector<RunLine> lines;
  for (auto& d : drafts) {
    if (d.paid == Fen{}) continue;
    d.line.amount = d.paid;
    if (by_standard && d.paid.raw() != d.full) d.line.full = money_of(d.full);
    lines.push_back(std::move(d.line));
  }
  return lines;
}

}  // namespace landex::clearing
