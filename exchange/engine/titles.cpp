#include "exchange/engine/titles.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {
namespace {

using clearing::in_joint_balance;
using clearing::OpenedBy;
using clearing::rule_of;
using policy::Clause;

/// It may be traded today: the rule set says so, or an approval that is in force.
void require_open(const Asked& a, Product p) {
  if (is_open(a.state, p, *a.state.day)) return;
  const auto& rule = rule_of(p);
  if (rule.ends_with && !require_not_ended(a, *rule.ends_with)) return;
  if (rule.opened_by == OpenedBy::rule_set) return refuse_no_rule(a, rule.clause, "products");
  a.verdict.refuse(
      {Reason::product_not_open, rule.clause, {{FactName::product, fact(p)}, {FactName::day, fact(*a.state.day)}}, {}});
}

void refuse_state(const Asked& a, const Title& t) {
  a.verdict.refuse({Reason::title_state_forbids, {}, {{FactName::title_state, fact(t.state)}}, t.number});
}

bool is_joint(const State& s, const std::vector<command::TitleLeg>& titles) {
  std::set<Product> products;
  for (const auto& leg : titles)
    if (const Title* t = s.titles.find(leg.title); t && in_joint_balance(t->product)) products.insert(t->product);
  return products.size() > 1;
}

/// Is the seller's part of a deal held?
bool seller_holds(const Deal& deal) {
  return (deal.state == DealState::proposed && deal.proposer == deal.seller) || deal.state == DealState::accepted ||
         deal.state == DealState::confirmed || deal.state == DealState::paid;
}

}  // namespace

bool is_open(const State& s, Product p, Day on) {
  if (!s.pack || !s.pack->period().contains(on)) return false;
  if (const auto law = rule_of(p).ends_with; law && s.pack->ended_by(*law, on)) return false;
  if (rule_of(p).opened_by == OpenedBy::rule_set) return true;
  return std::ranges::any_of(s.titles.openings,
                             [&](const clearing::Opening& o) { return o.product == p && o.period().contains(on); });
}

const Title* require_title(const Asked& a, const std::string& number) {
  require_range(a, "title", static_cast<int64_t>(number.size()), 1, static_cast<int64_t>(kMaxText));
  const Title* t = a.state.titles.find(number);
  if (!t) a.verdict.refuse({Reason::unknown_title, {}, {}, number});
  return t;
}

void require_new_title(const Asked& a, const std::string& number) {
  if (const Title* t = a.state.titles.find(number))
    a.verdict.refuse({Reason::title_already_registered,
                      {},
                      {{FactName::product, fact(t->product)}, {FactName::participant, fact(t->county)}},
                      number});
}

void require_title_state(const Asked& a, const Title& t, std::initializer_list<TitleState> wanted) {
  if (std::ranges::find(wanted, t.state) == wanted.end()) refuse_state(a, t);
}

void require_holder(const Asked& a, const Title& t, District holder) {
  if (t.holder != holder)
    a.verdict.refuse({Reason::not_your_title, {}, {{FactName::participant, fact(holder)}}, t.number});
}

void require_undisputed(const Asked& a, const Title& t) {
  if (rule_of(t.product).is_plot) require_no_conflict(a, t.number);
}

bool require_titles(const Asked& a, District seller, const std::vector<command::TitleLeg>& titles,
                    std::optional<DealId> deal, Fen& amount) {
  std::set<std::string_view> named;
  for (const auto& leg : titles) named.insert(leg.title);
  if (titles.size() > kMaxTitles || named.size() != titles.size())
    a.verdict.refuse(
        {Reason::legs_not_valid,
         {},
         {{FactName::given, static_cast<int64_t>(titles.size())}, {FactName::most, static_cast<int64_t>(kMaxTitles)}},
         {}});
  bool sound = true;
  for (const auto& leg : titles) {
    const auto price = require_rate(a, "price", kPricedPerMu, leg.price);
    const Title* t = require_title(a, leg.title);
    sound &= t && price;
    if (!t) continue;
    require_holder(a, *t, seller);
    require_undisputed(a, *t);
    if (!deal || t->deal != deal) require_title_state(a, *t, {TitleState::held});
    if (a.state.day && a.state.pack) require_open(a, t->product);
    if (!price) continue;
    const auto quantity = Quantity::of(t->area);
    if (!affordable_number(quantity, *price) || consideration(quantity, *price) > kMaxMoney - amount) {
      refuse_amount(a);
      sound = false;
    } else {
      amount += consideration(quantity, *price);
    }
  }
  return sound;
}

void require_landing(const Asked& a, const std::vector<command::TitleLeg>& titles,
                     const std::optional<command::Landing>& landing) {
  using clearing::RequestClass;
  if (landing) {
    require_range(a, "purpose", fact(landing->purpose), fact(RequestClass::national), fact(RequestClass::other));
    require_text(a, "project", landing->project, Clause::h66_6_5);
    require_text(a, "document", landing->document, Clause::h66_6_5);
  }
  if (!is_joint(a.state, titles)) return;
  if (!landing)
    a.verdict.refuse({Reason::landing_missing, Clause::h66_6_5, {}, {}});
  else if (landing->purpose > RequestClass::city)  // 重大建设项目: a key zone is none
    a.verdict.refuse(
        {Reason::purpose_not_served, Clause::h66_6_5, {{FactName::purpose, fact(landing->purpose)}}, landing->project});
}

void require_titles_stand(const Asked& a, const Deal& deal) {
  for (const auto& leg : deal.titles) {
    const Title& t = a.state.titles.all.at(leg.title);
    require_holder(a, t, deal.seller);
    require_title_state(a, t, {TitleState::held});
    require_undisputed(a, t);
  }
  if (deal.titles.empty()) return;
  // Of a title that was split since, less than was agreed on would go for the same money.
  Fen now = amount_of(a.state, deal.titles);
  for (const auto& leg : deal.legs)
    if (leg.price) now += consideration(leg.quantity, *on_tick(leg.instrument, *leg.price));
  if (now == deal.amount) return;
  const auto split = std::ranges::find_if(deal.titles, [&](const command::TitleLeg& leg) {
    return rule_of(a.state.titles.all.at(leg.title).product).divisible;
  });
  refuse_state(a, a.state.titles.all.at(split->title));
}

Fen amount_of(const State& s, const std::vector<command::TitleLeg>& titles) {
  Fen amount;
  for (const auto& leg : titles)
    amount += consideration(Quantity::of(s.titles.all.at(leg.title).area), *on_tick(kPricedPerMu, leg.price));
  return amount;
}

std::optional<policy::Clause> clause_of_titles(const State& s, const std::vector<command::TitleLeg>& titles) {
  if (titles.empty()) return std::nullopt;
  return is_joint(s, titles) ? Clause::h66_6_5 : rule_of(s.titles.all.at(titles.front().title).product).clause;
}

void move_title(Doing& d, Title& t, District to, TitleState state, std::optional<policy::Clause> clause,
                uint64_t cause) {
  d.events.emplace_back(event::TitleMoved{.title = t.number,
                                          .product = t.product,
                                          .from = t.holder,
                                          .to = to,
                                          .state = state,
                                          .clause = clause,
                                          .cause = cause,
                                          .project = t.project});
  t.holder = to;
  t.state = state;
}

void offer_titles(Doing& d, const Deal& deal) {
  for (const auto& leg : deal.titles) {
    Title& t = d.state.titles.all.at(leg.title);
    t.deal = deal.id;
    move_title(d, t, t.holder, TitleState::on_offer, {}, deal.id.value);
  }
}

void free_titles(Doing& d, const Deal& deal) {
  for (const auto& leg : deal.titles) {
    Title& t = d.state.titles.all.at(leg.title);
    t.deal.reset();
    move_title(d, t, t.holder, TitleState::held, {}, deal.id.value);
  }
}

void deliver_titles(Doing& d, const Deal& deal) {
  for (const auto& leg : deal.titles) {
    Title& t = d.state.titles.all.at(leg.title);
    t.deal.reset();
    move_title(d, t, deal.buyer, TitleState::held, rule_of(t.product).clause, deal.id.value);
  }
}

void add_title_of_plot(Doing& d, const std::string& plot) {
  const auto& p = d.state.reserve.plots().at(plot);
  d.state.titles.all.emplace(plot, Title{.number = plot,
                                         .product = Product::pbf_plot,
                                         .county = p.county,
                                         .holder = p.county,
                                         .area = p.area,
                                         .grade = p.grade,
                                         .grain_zone = false,
                                         .high_standard = false,
                                         .document = p.document,
                                         .consent = {},
                                         .parent = {},
                                         .state = TitleState::held,
                                         .deal = {},
                                         .project = {},
                                         .registered = d.seq});
}

void pool_plots(Doing& d, const policy::RowId& share, District county) {
  const Area target = d.state.reserve.target(share, county).target;
  const auto may_take = [&](const clearing::ReservePlot& p) {
    const Title& t = d.state.titles.all.at(p.plot);
    return t.state == TitleState::held && t.holder == county && !d.state.conflicts.open_on(p.plot);
  };
  const District city = *city_of(*d.state.pack);
  for (const auto& taken : d.state.reserve.fill(share, county, may_take)) {
    d.events.emplace_back(event::PlotPooled{
        .county = county, .plot = taken.plot, .area = taken.area, .target = target, .shortfall = taken.shortfall});
    move_title(d, d.state.titles.all.at(taken.plot), city, TitleState::pooled, Clause::h66_6_2, d.seq.value);
  }
}

void use_pooled_plot(Doing& d, const std::string& plot, District county, const std::string& project, uint64_t cause) {
  Title& t = d.state.titles.all.at(plot);
  t.project = project;
  move_title(d, t, county, TitleState::used, Clause::h66_6_3, cause);
}

std::string audit_titles(const State& s) {
  std::set<std::pair<std::string, DealId>> on_offer, named;
  size_t plots = 0;
  for (const auto& [number, t] : s.titles.all) {
    if (t.state == TitleState::on_offer && t.deal) on_offer.emplace(number, *t.deal);
    if ((t.state == TitleState::on_offer) != t.deal.has_value())
      return "title " + number + " is on offer without a deal, or names one without being on offer";
    if ((t.state == TitleState::used) == t.project.empty())
      return "title " + number + " is used without a project, or names one without being used";
    if (t.area <= Area{} || !s.ledger.is_open(t.holder)) return "title " + number + " has no area, or no holder";
    if (t.parent) {
      const Title* whole = s.titles.find(*t.parent);
      if (!whole || whole->product != t.product || whole->county != t.county || whole->registered >= t.registered)
        return "title " + number + " is not a part of what it was split off";
    }
    if (t.product != Product::pbf_plot) continue;
    ++plots;
    const auto plot = s.reserve.plots().find(number);
    if (plot == s.reserve.plots().end() || plot->second.area != t.area || plot->second.county != t.county)
      return "title " + number + " is not the plot of the library";
    const bool the_citys = s.ledger.kind_of(t.holder) == ParticipantClass::city;
    if ((t.state != TitleState::used && plot->second.pooled != the_citys) ||
        (t.state == TitleState::pooled && !the_citys))
      return "plot " + number + " is pooled in the library alone, or as a title alone";
  }
  if (plots != s.reserve.plots().size()) return "a plot of the library is no title";
  for (const auto& [id, deal] : s.deals)
    if (seller_holds(deal))
      for (const auto& leg : deal.titles) named.emplace(leg.title, id);
  return on_offer == named ? "" : "titles on offer are not those of the deals whose sellers hold";
}

}  // namespace landex::engine
