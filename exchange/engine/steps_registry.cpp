// steps_registry.cpp: how indicators enter and leave: filing with the city's 20 %, deduction, adjustment, the reserve
// library with the city's 30 %, use by a project; and the published price that the pool pays.
#include <algorithm>
#include <set>

#include "exchange/engine/advances.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/posting.hpp"
#include "exchange/engine/titles.hpp"

namespace landex::engine {
namespace {

using clearing::components_of;
using policy::Clause;
using policy::Parameter;

constexpr size_t kMaxPlots = 1000;

void require_filing_role(const Asked& a, District county) {
  require_role(a, a.who.role == Role::bureau || (a.who.role == Role::district && a.who.participant == county));
}

/// The county, and the city that pools from it, have accounts, and the county is one.
void require_county_and_city(const Asked& a, District county) {
  require_account(a, county);
  require_county(a, county);
  if (a.state.pack) require_account(a, *city_of(*a.state.pack));
}

/// What counties have coming from the pool. The city's own purse shows the same, with the other sign.
Fen owed_by_city(const State& s) {
  const District city = *city_of(*s.pack);
  return s.ledger.is_open(city) ? -s.ledger.money(city, Purse::claims) : Fen{};
}

/// Would the city's debt stay within what can be reckoned?
void require_payable(const Asked& a, Fen more) {
  if (more > kMaxMoney - owed_by_city(a.state))
    a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxMoney.raw()}}, "claims"});
}

Components amounts_of(const command::FileBatch& c) {
  return {.area = c.area, .paddy = c.paddy, .capacity = c.capacity};
}
Components amounts_of(const command::DeductBatch& c) {
  return {.area = c.area, .paddy = c.paddy, .capacity = c.capacity};
}
Components amounts_of(const command::AdjustBatch& c) {
  return {.area = c.area, .paddy = c.paddy, .capacity = c.capacity};
}

bool require_components(const Asked& a, const Components& amounts, int64_t least_area) {
  return require_range(a, "area", amounts.area.raw(), least_area, kMaxQuantity.raw()) &
         require_range(a, "paddy", amounts.paddy.raw(), 0, kMaxQuantity.raw()) &
         require_range(a, "capacity", amounts.capacity.raw(), 0, kMaxQuantity.raw());
}

void require_linkage_is_area_only(const Asked& a, IndicatorKind kind, const Components& amounts) {
  if (kind == IndicatorKind::linkage && (amounts.paddy != Area{} || amounts.capacity != Capacity{}))
    a.verdict.refuse(
        {Reason::component_not_in_kind, Clause::h66_14_1, {}, amounts.paddy != Area{} ? "paddy" : "capacity"});
}

/// Bought outside the city and used at once (steps_balances.cpp): no batch of ours that could be corrected.
bool was_filed_elsewhere(const clearing::Filing& f) { return f.kind == IndicatorKind::supplementary && !f.share_row; }

/// Books what the city owes for pooled land: priced if a price is in force on the day of filing, else in mu 待定价.
/// What the county has had already at prices that were revoked is set against it, and then its advances are.
void book_claim(Doing& d, const clearing::PendingClaim& claim, const clearing::PriceRow* row) {
  if (!row) {
    d.state.registry.add_pending(claim);
    d.events.emplace_back(event::ClaimBooked{.filing = claim.filing,
                                             .county = claim.county,
                                             .instrument = claim.instrument,
                                             .quantity = claim.quantity,
                                             .amount = {},
                                             .row = {}});
    return;
  }
  const Fen amount = payable(claim.instrument, claim.quantity, row->rate);
  d.events.emplace_back(event::ClaimBooked{.filing = claim.filing,
                                           .county = claim.county,
                                           .instrument = claim.instrument,
                                           .quantity = claim.quantity,
                                           .amount = amount,
                                           .row = row->id});
  post_money(d, *city_of(*d.state.pack), Purse::claims, claim.county, Purse::claims, amount, Clause::h66_7_4,
             claim.filing.value);
  d.state.registry.add_booked(row->id, {.claim = claim, .amount = amount});
  const Fen carried = std::min(amount, d.state.registry.carried(claim.county));
  d.state.registry.set_carried(claim.county, d.state.registry.carried(claim.county) - carried);
  post_money(d, claim.county, Purse::claims, *city_of(*d.state.pack), Purse::claims, carried, Clause::h66_7_4,
             claim.filing.value);
  net_advances(d, claim.county, claim.day, claim.filing, amount - carried);
}

/// A claim whose price was revoked waits for another. What the county has coming is less by its amount; what is not
/// there any more, because it was paid or netted, is carried against what is booked next.
void unbook_claim(Doing& d, const clearing::BookedClaim& booked) {
  const auto& claim = booked.claim;
  const Fen back = std::min(booked.amount, d.state.ledger.money(claim.county, Purse::claims));
  post_money(d, claim.county, Purse::claims, *city_of(*d.state.pack), Purse::claims, back, Clause::h66_7_4,
             claim.filing.value);
  d.state.registry.set_carried(claim.county, d.state.registry.carried(claim.county) + booked.amount - back);
  book_claim(d, claim, nullptr);
}

/// What is filed stays within what can be reckoned, and so does what the pool comes to owe for its part, at the price
/// of the day of the filing. `share` is none where nothing is pooled.
void require_reckonable(const Asked& a, District county, Day filed, const std::vector<clearing::Component>& parts,
                        const std::optional<policy::RowId>& share) {
  Fen priced;
  for (const auto& part : parts) {
    if (part.quantity > kMaxIssued - a.state.ledger.issued(part.instrument))
      a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxIssued.raw()}}, "issued"});
    const auto* row = a.state.prices.in_force(part.instrument, filed);
    if (!share || !row) continue;
    const Fen more =
        payable(part.instrument, a.state.registry.due(*share, county, part.instrument, part.quantity), row->rate);
    if (more > kMaxMoney - priced) return require_payable(a, kMaxMoney + Fen::fen(1));
    priced += more;
  }
  require_payable(a, priced);
}

/// What is filed enters, and the city takes its part: H66-7.2, the 20 %, at filing (our default), of the land that is
/// being filed; and H66-7.4, what it owes for it, in the same step. The `same period` of the price is the day of the
/// filing (our default), also of what is adjusted later.
void enter_and_pool(Doing& d, FilingId id, District county, Day filed, const std::vector<clearing::Component>& parts,
                    const std::optional<policy::RowId>& share) {
  for (const auto& part : parts)
    post_land(d, part.instrument, county, Purse::outside, county, Purse::free, part.quantity, {}, id.value, id);
  if (!share) return;
  for (const auto& part : parts) {
    const Quantity due = d.state.registry.due(*share, county, part.instrument);
    if (due == Quantity{}) continue;
    d.state.registry.pooled(*share, county, part.instrument, due);
    post_land(d, part.instrument, county, Purse::free, *city_of(*d.state.pack), Purse::pool, due, Clause::h66_7_2,
              id.value, id);
    book_claim(d, {.filing = id, .county = county, .instrument = part.instrument, .quantity = due, .day = filed},
               d.state.prices.in_force(part.instrument, filed));
  }
}

/// The project that a batch names has been accepted by the city, and is of the same county and kind.
void require_project(const Asked& a, const command::FileBatch& c) {
  if (!c.project_id) return;
  const auto* project = a.state.projects.find(*c.project_id);
  if (!project) {
    a.verdict.refuse({Reason::unknown_project, {}, {{FactName::number, fact(*c.project_id)}}, {}});
    return;
  }
  if (!clearing::may_move(project->state, ProjectState::filed, clearing::ProjectMover::filing))
    a.verdict.refuse({Reason::project_not_ready,
                      {},
                      {{FactName::number, fact(project->id)}, {FactName::project_state, fact(project->state)}},
                      {}});
  if (project->county != c.county || project->kind != c.kind)
    a.verdict.refuse({Reason::project_differs,
                      {},
                      {{FactName::number, fact(project->id)}, {FactName::participant, fact(project->county)}},
                      project->county != c.county ? "county" : "kind"});
}

/// A plot makes one batch, once, and none while its land class is in dispute; together they are the batch.
void require_batch_plots(const Asked& a, const command::FileBatch& c) {
  if (!c.plots) return;
  if (c.plots->empty()) a.verdict.refuse({Reason::no_plots, {}, {}, {}});
  if (!require_range(a, "plots", static_cast<int64_t>(c.plots->size()), 0, kMaxPlots)) return;
  std::set<std::string_view> named;
  bool in_range = true;
  Area sum;
  for (const auto& p : *c.plots) {
    in_range &= require_range(a, "plot", static_cast<int64_t>(p.plot.size()), 1, static_cast<int64_t>(kMaxText));
    in_range &= require_range(a, "area", p.area.raw(), 1, kMaxQuantity.raw());
    if (in_range) sum += p.area;
    if (!named.insert(p.plot).second || a.state.registry.made_by(p.plot))
      a.verdict.refuse({Reason::plot_already_entered, {}, {}, p.plot});
    require_no_conflict(a, p.plot);
  }
  if (in_range && !c.plots->empty() && sum != c.area)
    a.verdict.refuse({Reason::plots_do_not_sum,
                      {},
                      {{FactName::needed_quantity, c.area.raw()}, {FactName::available_quantity, sum.raw()}},
                      {}});
}

/// A correction of a deduction gives back what it took, once.
void require_given_back(const Asked& a, const clearing::Filing& filing, const clearing::FilingEntry& deduction,
                        const Components& more) {
  if (!deduction.left) return;
  for (const auto& part : components_of(filing.kind, more)) {
    Quantity left;
    for (const auto& of_it : components_of(filing.kind, *deduction.left))
      if (of_it.instrument == part.instrument) left = of_it.quantity;
    if (part.quantity > left)
      a.verdict.refuse({Reason::exceeds_entry,
                        {},
                        {{FactName::number, fact(deduction.number)},
                         {FactName::instrument, fact(part.instrument)},
                         {FactName::needed_quantity, fact(part.quantity)},
                         {FactName::available_quantity, fact(left)}},
                        "deduction"});
  }
}

/// What was filed with plots stays within them; and they are there to back it, if nothing of it was left.
void require_within_plots(const Asked& a, const clearing::Filing& filing, Area more) {
  if (filing.plots.empty()) return;
  const Area area = filing.filed.area - filing.deducted.area + more;
  if (area > filing.plotted())
    a.verdict.refuse({Reason::plots_do_not_sum,
                      {},
                      {{FactName::needed_quantity, area.raw()}, {FactName::available_quantity, filing.plotted().raw()}},
                      {}});
  if (!filing.nothing_left()) return;
  for (const auto& p : filing.plots) {
    if (a.state.registry.made_by(p.plot)) a.verdict.refuse({Reason::plot_already_entered, {}, {}, p.plot});
    require_no_conflict(a, p.plot);
  }
}

}  // namespace

void check(const Asked& a, const command::PublishPrice& c) {
  require_bureau(a);
  require_policy(a);
  require_text(a, "document", c.document);
  require_text(a, "approver", c.approver);
  const bool in_range = require_range(a, "rate", c.rate.raw(), 1, kMaxRate.raw(), c.instrument);
  const Period period{c.from, c.until};
  const bool in_order = c.from <= c.until;
  if (!in_order)
    a.verdict.refuse({Reason::period_ends_before_it_begins,
                      {},
                      {{FactName::from_day, fact(c.from)}, {FactName::until_day, fact(c.until)}},
                      {}});
  if (!require_instrument(a, c.instrument)) return;
  if (!is_supplementary(c.instrument))
    a.verdict.refuse(
        {Reason::component_not_in_kind, Clause::h66_7_4, {{FactName::instrument, fact(c.instrument)}}, "instrument"});
  if (!in_order) return;
  if (const auto* row = a.state.prices.overlapping(c.instrument, period))
    a.verdict.refuse({Reason::price_overlaps,
                      Clause::h66_7_4,
                      {{FactName::number, fact(row->id)},
                       {FactName::from_day, fact(row->from)},
                       {FactName::until_day, fact(row->until)},
                       {FactName::instrument, fact(c.instrument)}},
                      row->document});
  if (a.state.day && period.contains(*a.state.day))
    a.verdict.refuse({Reason::price_changes_open_day, Clause::h66_7_6, {{FactName::day, fact(*a.state.day)}}, {}});
  if (!in_range || !a.state.pack) return;
  Fen priced;
  for (const auto& claim : a.state.registry.pending_in(c.instrument, period)) {
    const Fen more = payable(c.instrument, claim.quantity, c.rate);
    if (more > kMaxMoney - priced) return require_payable(a, kMaxMoney + Fen::fen(1));
    priced += more;
  }
  require_payable(a, priced);
}

void move(Doing& d, const command::PublishPrice& c) {
  const PriceRowId id{d.seq.value};
  d.state.prices.publish({.id = id,
                          .instrument = c.instrument,
                          .rate = c.rate,
                          .from = c.from,
                          .until = c.until,
                          .document = c.document,
                          .approver = c.approver});
  d.events.emplace_back(event::PricePublished{.row = id,
                                              .instrument = c.instrument,
                                              .rate = c.rate,
                                              .from = c.from,
                                              .until = c.until,
                                              .document = c.document,
                                              .approver = c.approver});
  const auto& row = d.state.prices.rows().back();
  for (const auto& claim : d.state.registry.take_pending(c.instrument, row.period())) book_claim(d, claim, &row);
}

void check(const Asked& a, const command::RevokePrice& c) {
  require_bureau(a);
  require_policy(a);
  require_text(a, "document", c.document);
  const auto* row = a.state.prices.find(c.row);
  if (!row || row->revoked) {
    a.verdict.refuse({Reason::unknown_price_row, Clause::h66_7_4, {{FactName::number, fact(c.row)}}, {}});
    return;
  }
  if (a.state.day && row->period().contains(*a.state.day))
    a.verdict.refuse({Reason::price_changes_open_day, Clause::h66_7_6, {{FactName::day, fact(*a.state.day)}}, {}});
}

void move(Doing& d, const command::RevokePrice& c) {
  const auto& row = *d.state.prices.find(c.row);
  d.events.emplace_back(event::PriceRevoked{
      .row = row.id, .instrument = row.instrument, .from = row.from, .until = row.until, .document = c.document});
  d.state.prices.revoke(c.row);
  for (const auto& booked : d.state.registry.take_booked(c.row)) unbook_claim(d, booked);
}

void check(const Asked& a, const command::FileBatch& c) {
  require_filing_role(a, c.county);
  require_policy(a);
  const bool open = require_day(a);
  require_county_and_city(a, c.county);
  const bool kind_known =
      require_range(a, "kind", fact(c.kind), fact(IndicatorKind::supplementary), fact(IndicatorKind::linkage));
  const Components amounts = amounts_of(c);
  const bool in_range = require_components(a, amounts, 1);
  require_text(a, "project", c.project);
  require_text(a, "document", c.document);
  if (kind_known) require_linkage_is_area_only(a, c.kind, amounts);
  if (c.paddy > c.area)
    a.verdict.refuse({Reason::paddy_exceeds_area,
                      {},
                      {{FactName::needed_quantity, c.paddy.raw()}, {FactName::available_quantity, c.area.raw()}},
                      {}});
  if (c.grade) require_range(a, "grade", *c.grade, 1, 15);
  require_batch_plots(a, c);
  require_project(a, c);
  if (!open || !kind_known || !a.state.pack) return;
  if (c.expires && *c.expires < *a.state.day)
    a.verdict.refuse({Reason::term_not_later, {}, {{FactName::day, fact(*a.state.day)}}, "expires"});

  const auto* share = a.state.pack->row(Parameter::pooled_share_supplementary, *a.state.day);
  if (c.kind == IndicatorKind::supplementary && !share)
    refuse_no_rule(a, Clause::h66_7_2, "pooled_share.supplementary_farmland");
  if (!in_range || !a.state.ledger.is_open(c.county) || !a.state.ledger.is_open(*city_of(*a.state.pack))) return;
  const bool pooled = share && c.kind == IndicatorKind::supplementary;
  require_reckonable(a, c.county, *a.state.day, components_of(c.kind, amounts),
                     pooled ? std::optional{share->id()} : std::nullopt);
}

void move(Doing& d, const command::FileBatch& c) {
  const FilingId id{d.seq.value};
  const Day day = *d.state.day;
  std::optional<policy::RowId> share;
  if (c.kind == IndicatorKind::supplementary)
    share = d.state.pack->row(Parameter::pooled_share_supplementary, day)->id();
  const Components amounts = amounts_of(c);
  d.state.registry.file({.id = id,
                         .county = c.county,
                         .kind = c.kind,
                         .day = day,
                         .filed = amounts,
                         .deducted = {},
                         .share_row = share,
                         .project = c.project,
                         .document = c.document,
                         .project_id = c.project_id,
                         .grade = c.grade,
                         .plots = c.plots.value_or(std::vector<clearing::BatchPlot>{}),
                         .expires = c.expires,
                         .entries = {}});
  d.events.emplace_back(event::Filed{.filing = id,
                                     .county = c.county,
                                     .kind = c.kind,
                                     .area = c.area,
                                     .paddy = c.paddy,
                                     .capacity = c.capacity,
                                     .day = day});
  enter_and_pool(d, id, c.county, day, components_of(c.kind, amounts), share);
  if (!c.project_id) return;
  const auto& project = *d.state.projects.find(*c.project_id);
  if (project.state == ProjectState::filed) return;
  const ProjectState before = project.state;
  d.state.projects.move(project.id, ProjectState::filed, c.document);
  d.events.emplace_back(event::ProjectMoved{.project = project.id,
                                            .county = project.county,
                                            .from = before,
                                            .to = ProjectState::filed,
                                            .document = c.document});
}

void check(const Asked& a, const command::DeductBatch& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  const Components less = amounts_of(c);
  const bool in_range = require_components(a, less, 0);
  if (less == Components{}) require_range(a, "area", 0, 1, kMaxQuantity.raw());
  require_text(a, "document", c.document);
  const auto* filing = a.state.registry.find(c.filing);
  if (!filing || was_filed_elsewhere(*filing)) {
    a.verdict.refuse({Reason::unknown_filing, {}, {{FactName::number, fact(c.filing)}}, {}});
    return;
  }
  require_linkage_is_area_only(a, filing->kind, less);
  if (!require_not_expired(a, *filing)) return;
  if (!in_range) return;
  const auto exceeds = [&](const char* field, auto now, auto filed, auto deducted) {
    if (now > filed - deducted)
      a.verdict.refuse(
          {Reason::deduction_exceeds_filing,
           {},
           {{FactName::number, fact(c.filing)}, {FactName::given, fact(now)}, {FactName::most, fact(filed - deducted)}},
           field});
  };
  exceeds("area", less.area, filing->filed.area, filing->deducted.area);
  exceeds("paddy", less.paddy, filing->filed.paddy, filing->deducted.paddy);
  exceeds("capacity", less.capacity, filing->filed.capacity, filing->deducted.capacity);
  for (const auto& part : components_of(filing->kind, less))
    require_land(a, filing->county, part.instrument, part.quantity, Reason::deduction_exceeds_holding);
}

void move(Doing& d, const command::DeductBatch& c) {
  const Components less = amounts_of(c);
  const auto& filing = *d.state.registry.find(c.filing);
  d.events.emplace_back(event::Deducted{.filing = c.filing, .area = c.area, .paddy = c.paddy, .capacity = c.capacity});
  for (const auto& part : components_of(filing.kind, less))
    post_land(d, part.instrument, filing.county, Purse::free, filing.county, Purse::cancelled, part.quantity, {},
              c.filing.value, c.filing);  // what the county has no longer of it, it makes good from its other land
  d.state.registry.deduct(c.filing, less, d.seq);
}

void check(const Asked& a, const command::AdjustBatch& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  const Components more = amounts_of(c);
  const bool in_range = require_components(a, more, 0);
  if (more == Components{}) require_range(a, "area", 0, 1, kMaxQuantity.raw());
  require_text(a, "document", c.document);
  const auto* filing = a.state.registry.find(c.filing);
  if (!filing || was_filed_elsewhere(*filing)) {
    a.verdict.refuse({Reason::unknown_filing, {}, {{FactName::number, fact(c.filing)}}, {}});
    return;
  }
  require_linkage_is_area_only(a, filing->kind, more);
  if (!require_not_expired(a, *filing)) return;
  const auto* named = filing->entry(c.reverses);
  if (!named)
    a.verdict.refuse({Reason::unknown_correction,
                      {},
                      {{FactName::number, fact(c.filing)}, {FactName::given, fact(c.reverses)}},
                      {}});
  // What a deduction took wrongly comes back: nobody has more than was filed in time.
  if (named && !named->left && filing->kind == IndicatorKind::supplementary) require_not_ended(a, Clause::h66_7_2);
  if (named && in_range) require_given_back(a, *filing, *named, more);
  if (in_range) require_within_plots(a, *filing, c.area);
  if (!in_range || !open) return;
  const Area area = filing->filed.area + c.area, paddy = filing->filed.paddy + c.paddy;
  if (paddy > area)
    a.verdict.refuse({Reason::paddy_exceeds_area,
                      {},
                      {{FactName::needed_quantity, paddy.raw()}, {FactName::available_quantity, area.raw()}},
                      {}});
  require_reckonable(a, filing->county, filing->day, components_of(filing->kind, more), filing->share_row);
}

void move(Doing& d, const command::AdjustBatch& c) {
  const Components more = amounts_of(c);
  const auto& filing = *d.state.registry.find(c.filing);
  d.events.emplace_back(event::Adjusted{.filing = c.filing,
                                        .county = filing.county,
                                        .area = c.area,
                                        .paddy = c.paddy,
                                        .capacity = c.capacity,
                                        .reverses = c.reverses,
                                        .document = c.document});
  d.state.registry.adjust(c.filing, more, c.reverses, d.seq);
  enter_and_pool(d, c.filing, filing.county, filing.day, components_of(filing.kind, more), filing.share_row);
}

void check(const Asked& a, const command::EnterPlots& c) {
  require_filing_role(a, c.county);
  require_policy(a);
  const bool open = require_day(a);
  require_county_and_city(a, c.county);
  require_text(a, "document", c.document, Clause::h66_6_1);
  if (c.plots.empty()) a.verdict.refuse({Reason::no_plots, {}, {}, {}});
  if (!require_range(a, "plots", static_cast<int64_t>(c.plots.size()), 0, kMaxPlots)) return;

  std::set<std::string_view> named;
  bool in_range = true;
  for (const auto& p : c.plots) {
    in_range &= require_range(a, "plot", static_cast<int64_t>(p.plot.size()), 1, static_cast<int64_t>(kMaxText));
    in_range &= require_range(a, "area", p.area.raw(), 1, kMaxQuantity.raw());
    in_range &= require_range(a, "grade", p.grade, 1, 15);
    if (!named.insert(p.plot).second || a.state.reserve.has(p.plot))
      a.verdict.refuse({Reason::plot_already_entered, {}, {}, p.plot});
    require_new_title(a, p.plot);
    require_no_conflict(a, p.plot);
  }
  if (open && a.state.pack)
    for (const auto parameter : {Parameter::pooled_share_pbf, Parameter::pbf_lowest_grade})
      if (!a.state.pack->row(parameter, *a.state.day))
        refuse_no_rule(
            a, Clause::h66_6_2,
            parameter == Parameter::pooled_share_pbf ? "pooled_share.pbf_reserve" : "pbf.lowest_qualifying_grade");
  if (!in_range) return;
  Area more;
  for (const auto& p : c.plots) more += p.area;
  if (more.raw() > kMaxIssued.raw() - a.state.reserve.total().raw())
    a.verdict.refuse({Reason::total_out_of_range, {}, {{FactName::most, kMaxIssued.raw()}}, "area"});
}

void move(Doing& d, const command::EnterPlots& c) {
  const auto& share = *d.state.pack->row(Parameter::pooled_share_pbf, *d.state.day);
  const int64_t lowest = d.state.pack->row(Parameter::pbf_lowest_grade, *d.state.day)->value;
  for (const auto& p : c.plots) {
    const bool qualifies = p.grade <= lowest;
    d.state.reserve.enter({.plot = p.plot,
                           .county = c.county,
                           .area = p.area,
                           .grade = p.grade,
                           .qualifies = qualifies,
                           .pooled = false,
                           .share_row = share.id(),
                           .document = c.document});
    d.events.emplace_back(event::PlotEntered{
        .county = c.county, .plot = p.plot, .area = p.area, .grade = p.grade, .qualifies = qualifies});
    add_title_of_plot(d, p.plot);
    const bool grain_zone = p.grain_zone.value_or(false), high_standard = p.high_standard.value_or(false);
    if (grain_zone || high_standard)  // told like any other flag
      move(d, command::FlagPlot{
                  .plot = p.plot, .grain_zone = grain_zone, .high_standard = high_standard, .document = c.document});
  }
  pool_plots(d, share.id(), c.county);
}

void check(const Asked& a, const command::WriteOff& c) {
  require_district(a);
  require_policy(a);
  require_day(a);
  const bool has_account = require_account(a, a.who.participant);
  const bool in_range = require_range(a, "quantity", c.quantity.raw(), 1, kMaxQuantity.raw(), c.instrument);
  require_text(a, "project", c.project);
  if (require_instrument(a, c.instrument) && has_account && in_range)
    require_land_in(a, a.who.participant, c.from_borrowed.value_or(false) ? Purse::borrowed : Purse::free, c.instrument,
                    c.quantity);
}

void move(Doing& d, const command::WriteOff& c) {
  const WriteOffId id{d.seq.value};
  d.events.emplace_back(event::WrittenOff{
      .participant = d.who, .instrument = c.instrument, .quantity = c.quantity, .project = c.project});
  const size_t told = d.events.size();
  post_land(d, c.instrument, d.who, c.from_borrowed.value_or(false) ? Purse::borrowed : Purse::free, d.who, Purse::used,
            c.quantity, {}, id.value);
  clearing::WrittenOffLand entry{.id = id,
                                 .participant = d.who,
                                 .instrument = c.instrument,
                                 .quantity = c.quantity,
                                 .left = c.quantity,
                                 .project = c.project,
                                 .slices = {},
                                 .borrowed = c.from_borrowed.value_or(false)};
  for (size_t at = told; at < d.events.size(); ++at)
    if (const auto* lot = std::get_if<event::LotMoved>(&d.events[at]))
      entry.slices.push_back({.filing = lot->filing, .quantity = lot->quantity});
  d.state.entries.write_offs.emplace(id, std::move(entry));
}

}  // namespace landex::engine
