// steps_titles.cpp: products and their titles: a product of H66-21.3 is opened, titles are registered, split, used and
// cancelled, and what was built on a reserve plot is noted (H66-6.4). They are sold by directed deals
// (steps_deals.cpp).
#include <algorithm>
#include <set>

#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/titles.hpp"

namespace landex::engine {
namespace {

using clearing::OpenedBy;
using clearing::Registrar;
using clearing::rule_of;
using policy::Clause;

void require_title_number(const Asked& a, const std::string& number) {
  require_range(a, "number", static_cast<int64_t>(number.size()), 1, static_cast<int64_t>(kMaxText));
}

bool require_area(const Asked& a, Area area, int64_t most) { return require_range(a, "area", area.raw(), 1, most); }

}  // namespace

void check(const Asked& a, const command::OpenProduct& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  // The others are open by the rule set.
  const bool opens =
      require_range(a, "product", fact(c.product), fact(Product::function_restoration), fact(Product::grain_zone));
  const auto rule = opens ? std::optional{rule_of(c.product).clause} : std::nullopt;
  require_text(a, "approval", c.approval, rule);
  if (c.until < c.from)
    a.verdict.refuse({Reason::period_ends_before_it_begins,
                      {},
                      {{FactName::from_day, fact(c.from)}, {FactName::until_day, fact(c.until)}},
                      {}});
  for (const auto& o : a.state.titles.openings)
    if (o.product == c.product && o.period().overlaps({c.from, c.until}))
      a.verdict.refuse({Reason::price_overlaps,
                        rule,
                        {{FactName::from_day, fact(o.from)}, {FactName::until_day, fact(o.until)}},
                        o.approval});
}

void move(Doing& d, const command::OpenProduct& c) {
  d.state.titles.openings.push_back({.product = c.product, .from = c.from, .until = c.until, .approval = c.approval});
  d.events.emplace_back(
      event::ProductOpened{.product = c.product, .from = c.from, .until = c.until, .approval = c.approval});
}

void check(const Asked& a, const command::RegisterTitle& c) {
  require_role(a, a.who.role == Role::bureau || (a.who.role == Role::district && a.who.participant == c.county));
  require_policy(a);
  require_day(a);
  const bool has_account = require_account(a, c.county);
  require_county(a, c.county);
  require_title_number(a, c.number);
  require_area(a, c.area, kMaxQuantity.raw());
  if (c.grade) require_range(a, "grade", *c.grade, 1, 15);
  require_range(a, "consent", static_cast<int64_t>(c.consent.size()), 0, static_cast<int64_t>(kMaxText));
  require_new_title(a, c.number);
  if (c.product == Product::pbf_plot) {  // enters by the library, which H66-6.1 asks for
    a.verdict.refuse({Reason::value_out_of_range,
                      Clause::h66_6_1,
                      {{FactName::given, fact(c.product)},
                       {FactName::least, fact(Product::function_restoration)},
                       {FactName::most, fact(Product::planning_space)}},
                      "registered_product"});
    return;
  }
  if (!require_range(a, "product", fact(c.product), fact(Product::function_restoration), fact(Product::planning_space)))
    return;
  const auto& rule = rule_of(c.product);
  require_text(a, "document", c.document, rule.clause);
  if (rule.consent && c.consent.empty())
    a.verdict.refuse({Reason::consent_missing, rule.consent, {{FactName::product, fact(c.product)}}, {}});
  if (rule.is_plot) require_no_conflict(a, c.number);
  if (rule.registrar == Registrar::mountain4 && has_account &&
      a.state.ledger.kind_of(c.county) != ParticipantClass::mountain4)
    a.verdict.refuse(
        {Reason::advance_not_for_class,
         rule.clause,
         {{FactName::participant, fact(c.county)}, {FactName::seller_class, fact(a.state.ledger.kind_of(c.county))}},
         "planning_space"});
}

void move(Doing& d, const command::RegisterTitle& c) {
  d.state.titles.all.emplace(c.number, Title{.number = c.number,
                                             .product = c.product,
                                             .county = c.county,
                                             .holder = c.county,
                                             .area = c.area,
                                             .grade = c.grade,
                                             .grain_zone = false,
                                             .high_standard = false,
                                             .document = c.document,
                                             .consent = c.consent,
                                             .parent = {},
                                             .state = TitleState::held,
                                             .deal = {},
                                             .project = {},
                                             .registered = d.seq});
  d.events.emplace_back(event::TitleRegistered{.title = c.number,
                                               .product = c.product,
                                               .county = c.county,
                                               .area = c.area,
                                               .grade = c.grade,
                                               .document = c.document,
                                               .consent = c.consent,
                                               .parent = {}});
}

void check(const Asked& a, const command::FlagPlot& c) {
  const Title* found = a.state.titles.find(c.plot);
  const Title* t = found && found->product == Product::pbf_plot ? found : nullptr;
  // Of the county in which it lies, whoever holds it.
  require_role(a,
               a.who.role == Role::bureau || (a.who.role == Role::district && (!t || t->county == a.who.participant)));
  require_policy(a);
  require_day(a);
  require_not_ended(a, Clause::h66_6_4);
  require_range(a, "plot", static_cast<int64_t>(c.plot.size()), 1, static_cast<int64_t>(kMaxText));
  require_text(a, "document", c.document, Clause::h66_6_4);
  if (!t)
    a.verdict.refuse({Reason::unknown_title, Clause::h66_6_4, {}, c.plot});
  else
    require_title_state(a, *t, {TitleState::held, TitleState::on_offer, TitleState::pooled});
}

void move(Doing& d, const command::FlagPlot& c) {
  Title& t = d.state.titles.all.at(c.plot);
  t.grain_zone = c.grain_zone;
  t.high_standard = c.high_standard;
  d.events.emplace_back(event::PlotFlagged{.plot = c.plot,
                                           .county = t.county,
                                           .grain_zone = c.grain_zone,
                                           .high_standard = c.high_standard,
                                           .document = c.document});
}

void check(const Asked& a, const command::SplitTitle& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  require_title_number(a, c.number);
  require_new_title(a, c.number);
  const Title* t = require_title(a, c.title);
  require_area(a, c.area, t ? t->area.raw() - 1 : kMaxQuantity.raw());
  if (!t) return;
  require_holder(a, *t, a.who.participant);
  require_title_state(a, *t, {TitleState::held});
  const auto& rule = rule_of(t->product);
  if (!rule.divisible)
    a.verdict.refuse({Reason::title_indivisible, rule.clause, {{FactName::product, fact(t->product)}}, t->number});
}

void move(Doing& d, const command::SplitTitle& c) {
  Title& whole = d.state.titles.all.at(c.title);
  Title part = whole;
  whole.area -= c.area;
  part.number = c.number;
  part.area = c.area;
  part.parent = whole.number;
  part.registered = d.seq;
  part.holder = part.county;  // until the next line but one, if it is another's
  d.events.emplace_back(event::TitleRegistered{.title = part.number,
                                               .product = part.product,
                                               .county = part.county,
                                               .area = part.area,
                                               .grade = part.grade,
                                               .document = part.document,
                                               .consent = part.consent,
                                               .parent = part.parent});
  if (whole.holder != part.holder) move_title(d, part, whole.holder, TitleState::held, {}, d.seq.value);
  d.state.titles.all.emplace(c.number, std::move(part));
}

void check(const Asked& a, const command::UseTitles& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  require_text(a, "project", c.project);
  require_text(a, "document", c.document);
  require_range(a, "titles", static_cast<int64_t>(c.titles.size()), 1, static_cast<int64_t>(kMaxTitles));
  std::set<std::string_view> before;
  for (const auto& [number] : c.titles) {
    const Title* t = require_title(a, number);
    if (!t) continue;
    require_holder(a, *t, a.who.participant);
    require_title_state(a, *t, {TitleState::held});
    require_undisputed(a, *t);
    if (!before.insert(number).second)  // by then it would be
      a.verdict.refuse({Reason::title_state_forbids, {}, {{FactName::title_state, fact(TitleState::used)}}, number});
  }
}

void move(Doing& d, const command::UseTitles& c) {
  for (const auto& [number] : c.titles) {
    Title& t = d.state.titles.all.at(number);
    t.project = c.project;
    move_title(d, t, t.holder, TitleState::used, rule_of(t.product).clause, d.seq.value);
  }
}

void check(const Asked& a, const command::CancelTitle& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document);
  if (const Title* t = require_title(a, c.title)) require_title_state(a, *t, {TitleState::held, TitleState::pooled});
}

void move(Doing& d, const command::CancelTitle& c) {
  Title& t = d.state.titles.all.at(c.title);
  move_title(d, t, t.holder, TitleState::cancelled, {}, d.seq.value);
}

}  // namespace landex::engine
