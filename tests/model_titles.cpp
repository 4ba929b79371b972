// The model's titles: cards in a box, each with what is written on it.
#include <algorithm>

#include "tests/model.hpp"

namespace landex::model {

namespace command = engine::command;
namespace event = engine::event;
using clearing::Product;
using clearing::RequestClass;
using clearing::TitleState;
using engine::Reason;
using policy::Clause;

namespace {

constexpr size_t kMostTitles = 50;
constexpr size_t kLongest = 200;

bool named(const std::string& text) { return !text.empty() && text.size() <= kLongest; }
bool waits_for_a_switch(Product p) { return p != Product::pbf_plot && p != Product::planning_space; }
bool may_be_divided(Product p) {
  return p == Product::function_restoration || p == Product::forest || p == Product::planning_space;
}
bool lies_on_a_plot(Product p) {
  return p == Product::function_restoration || p == Product::high_standard || p == Product::grain_zone;
}

}  // namespace

Clause rule_of_product(Product p) {
  switch (p) {
    case Product::pbf_plot:
      return Clause::h66_21_2;
    case Product::public_forest:
      return Clause::h66_10_2;
    case Product::planning_space:
      return Clause::h66_14_2;
    case Product::function_restoration:
    case Product::forest:
    case Product::high_standard:
    case Product::grain_zone:
      break;
  }
  return Clause::h66_21_3;
}

Exchange::Card* Exchange::card(const std::string& number) {
  const auto found = cards_.find(number);
  return found == cards_.end() ? nullptr : &found->second;
}

bool Exchange::traded_today(Product product) const {
  if (!waits_for_a_switch(product)) return true;
  for (const Switch& s : switches_)
    if (s.product == product && s.from <= *day_ && *day_ <= s.until) return true;
  return false;
}

void Exchange::plot_becomes_title(const std::string& number, District county, const command::Plot& plot) {
  cards_[number] = {Product::pbf_plot, county, county, plot.area, TitleState::held, {}, plot.grade, {}, {}};
}

void Exchange::give(const std::string& number, District to, TitleState state, Rule rule, uint64_t cause,
                    const std::string& project) {
  Card& c = cards_.at(number);
  out_.push_back(event::TitleMoved{number, c.product, c.holder, to, state, rule, cause, project});
  c.holder = to;
  c.state = state;
}

/// There is one of that number, it is this one's, and nothing is in its way.
void Exchange::require_card(const std::string& number, District holder) {
  if (!named(number)) refuse(Reason::value_out_of_range);
  const Card* c = card(number);
  if (c == nullptr) return refuse(Reason::unknown_title);
  if (c->holder != holder) refuse(Reason::not_your_title);
  if (c->state != TitleState::held) refuse(Reason::title_state_forbids);
}

/// A plot that is in dispute is neither sold nor used.
void Exchange::require_undisputed(const std::string& number) {
  const Card* c = card(number);
  if (c == nullptr || c->product == Product::forest || c->product == Product::public_forest ||
      c->product == Product::planning_space)
    return;
  if (in_dispute(number)) refuse(Reason::plot_in_conflict, Clause::h66_9);
}

Fen Exchange::price_of_titles(const Deal& deal) const {
  Fen sum;
  for (const auto& leg : deal.titles)
    sum += consideration(Quantity::of(cards_.at(leg.title).area), Price::ticks(leg.price.raw() / 100));
  return sum;
}

bool Exchange::joint(const Deal& deal) const {
  int kinds = 0;
  for (const Product p : {Product::pbf_plot, Product::high_standard, Product::grain_zone})
    kinds += std::ranges::any_of(deal.titles, [&](const command::TitleLeg& leg) {
      const auto found = cards_.find(leg.title);
      return found != cards_.end() && found->second.product == p;
    });
  return kinds > 1;
}

/// The titles of terms, and what they add to the amount: one more than there can be where it is too much.
void Exchange::require_titles(Deal& deal) {
  const Fen too_much = kMaxMoney + Fen::fen(1);
  if (deal.titles.size() > kMostTitles) refuse(Reason::legs_not_valid);
  for (size_t i = 0; i < deal.titles.size(); ++i) {
    const auto& leg = deal.titles[i];
    for (size_t before = 0; before < i; ++before)
      if (deal.titles[before].title == leg.title) refuse(Reason::legs_not_valid);
    const bool in_range = leg.price.raw() >= 1 && leg.price <= kMaxRate;
    if (!in_range) refuse(Reason::value_out_of_range);
    if (in_range && leg.price.raw() % 100 != 0) refuse(Reason::price_off_tick);
    const Card* c = card(leg.title);
    const bool freed_by_this = c != nullptr && c->state == TitleState::on_offer && c->deal == deal.id;
    if (!freed_by_this) require_card(leg.title, deal.seller);
    require_undisputed(leg.title);
    if (c == nullptr) continue;
    if (!traded_today(c->product)) refuse(Reason::product_not_open, rule_of_product(c->product));
    if (!in_range || leg.price.raw() % 100 != 0) continue;
    const Quantity area = Quantity::of(c->area);
    const Price price = Price::ticks(leg.price.raw() / 100);
    deal.amount =
        affordable_number(area, price) ? std::min(deal.amount + consideration(area, price), too_much) : too_much;
  }
  if (deal.landing) {
    if (deal.landing->purpose < RequestClass::national || deal.landing->purpose > RequestClass::other)
      refuse(Reason::value_out_of_range);
    require_text(deal.landing->project, Clause::h66_6_5);
    require_text(deal.landing->document, Clause::h66_6_5);
  }
  if (!joint(deal)) return;
  if (!deal.landing) return refuse(Reason::landing_missing, Clause::h66_6_5);
  const auto purpose = deal.landing->purpose;
  if (purpose != RequestClass::national && purpose != RequestClass::provincial && purpose != RequestClass::city)
    refuse(Reason::purpose_not_served, Clause::h66_6_5);
}

/// Those of a deal, held for it or free again.
void Exchange::titles_of(const Deal& deal, bool offered) {
  for (const auto& leg : deal.titles) {
    cards_.at(leg.title).deal = deal.id;
    give(leg.title, deal.seller, offered ? TitleState::on_offer : TitleState::held, {}, deal.id.value);
  }
}

void Exchange::run(const command::OpenProduct& c) {
  const bool may_be_opened = c.product >= Product::function_restoration && c.product <= Product::grain_zone;
  if (!may_be_opened) refuse(Reason::value_out_of_range);
  require_text(c.approval, may_be_opened ? Rule{rule_of_product(c.product)} : Rule{});
  if (c.from > c.until) refuse(Reason::period_ends_before_it_begins);
  for (const Switch& s : switches_)
    if (s.product == c.product && !(c.until < s.from || s.until < c.from))
      refuse(Reason::price_overlaps, rule_of_product(c.product));
  if (refusal_) return;
  switches_.push_back({c.product, c.from, c.until});
  out_.push_back(event::ProductOpened{c.product, c.from, c.until, c.approval});
}

void Exchange::run(const command::RegisterTitle& c) {
  require_account(c.county);
  if (is_open(c.county) && classes_.at(c.county) == ParticipantClass::city) refuse(Reason::unknown_unit);
  if (!named(c.number) || c.area.raw() < 1 || Quantity::of(c.area) > kMaxQuantity || c.consent.size() > kLongest)
    refuse(Reason::value_out_of_range);
  if (c.grade && (*c.grade < 1 || *c.grade > 15)) refuse(Reason::value_out_of_range);
  if (card(c.number) != nullptr) refuse(Reason::title_already_registered);
  if (c.product == Product::pbf_plot) return refuse(Reason::value_out_of_range, Clause::h66_6_1);
  if (!exists(c.product)) return refuse(Reason::value_out_of_range);
  require_text(c.document, rule_of_product(c.product));
  if (c.product == Product::forest && c.consent.empty()) refuse(Reason::consent_missing, Clause::h66_10_1);
  if (c.product == Product::public_forest && c.consent.empty()) refuse(Reason::consent_missing, Clause::h66_10_2);
  if (lies_on_a_plot(c.product) && in_dispute(c.number)) refuse(Reason::plot_in_conflict, Clause::h66_9);
  if (c.product == Product::planning_space && is_open(c.county) && classes_.at(c.county) != ParticipantClass::mountain4)
    refuse(Reason::advance_not_for_class, Clause::h66_14_2);
  if (refusal_) return;
  cards_[c.number] = {c.product, c.county, c.county, c.area, TitleState::held, {}, c.grade, c.document, c.consent};
  out_.push_back(event::TitleRegistered{c.number, c.product, c.county, c.area, c.grade, c.document, c.consent, {}});
}

void Exchange::run(const command::FlagPlot& c) {
  if (!named(c.plot)) refuse(Reason::value_out_of_range);
  require_text(c.document, Clause::h66_6_4);
  const auto plot = std::ranges::find_if(library_, [&](const LibraryPlot& p) { return p.plot.plot == c.plot; });
  if (plot == library_.end()) return refuse(Reason::unknown_title, Clause::h66_6_4);
  const TitleState now = cards_.at(c.plot).state;
  if (now == TitleState::used || now == TitleState::cancelled) refuse(Reason::title_state_forbids);
  if (!refusal_) out_.push_back(event::PlotFlagged{c.plot, plot->county, c.grain_zone, c.high_standard, c.document});
}

void Exchange::run(const command::SplitTitle& c) {
  if (!named(c.number)) refuse(Reason::value_out_of_range);
  if (card(c.number) != nullptr) refuse(Reason::title_already_registered);
  Card* whole = card(c.title);
  require_card(c.title, who_);
  if (c.area.raw() < 1 || Quantity::of(c.area) > kMaxQuantity) refuse(Reason::value_out_of_range);
  if (whole != nullptr && c.area >= whole->area) refuse(Reason::value_out_of_range);
  if (whole != nullptr && !may_be_divided(whole->product))
    refuse(Reason::title_indivisible, rule_of_product(whole->product));
  if (refusal_) return;
  whole->area -= c.area;
  Card part = *whole;
  part.area = c.area;
  part.holder = part.county;
  cards_[c.number] = part;
  out_.push_back(event::TitleRegistered{c.number, part.product, part.county, c.area, part.grade, part.document,
                                        part.consent, c.title});
  if (part.county != who_) give(c.number, who_, TitleState::held, {}, seq_);
}

void Exchange::run(const command::UseTitles& c) {
  require_text(c.project);
  require_text(c.document);
  if (c.titles.empty() || c.titles.size() > kMostTitles) refuse(Reason::value_out_of_range);
  for (const auto& t : c.titles) {
    require_card(t.number, who_);
    require_undisputed(t.number);
    if (card(t.number) != nullptr && std::ranges::count(c.titles, t.number, &command::TitleNumber::number) > 1)
      refuse(Reason::title_state_forbids);
  }
  if (refusal_) return;
  for (const auto& t : c.titles)
    give(t.number, who_, TitleState::used, rule_of_product(cards_.at(t.number).product), seq_, c.project);
}

void Exchange::run(const command::CancelTitle& c) {
  require_text(c.document);
  if (!named(c.title)) refuse(Reason::value_out_of_range);
  const Card* found = card(c.title);
  if (found == nullptr) return refuse(Reason::unknown_title);
  if (found->state != TitleState::held && found->state != TitleState::pooled) refuse(Reason::title_state_forbids);
  if (!refusal_) give(c.title, found->holder, TitleState::cancelled, {}, seq_);
}

}  // namespace landex::model
