// market_told.cpp: what came with a command, in the words of the script (market_script.hpp says what they mean).
#include "tests/market_titles.hpp"
#include "tests/market_words.hpp"

namespace landex::script {

using engine::Event;
using engine::Events;

namespace {

/// What only a market with calls, conditions and classes tells.
std::string told_of_trading(const Market& market, const Event& e) {
  namespace ev = engine::event;
  const auto named = [&](OrderId o) { return market.name_of(o.value); };
  const auto amount = [&](OrderId o, Quantity q) { return wire::quantity(market.instrument_of(o), q); };
  if (const auto* r = std::get_if<ev::OrderReduced>(&e))
    return "reduced " + named(r->order) + " by " + amount(r->order, r->by) + " to " + amount(r->order, r->remaining);
  if (const auto* r = std::get_if<ev::OrderReplaced>(&e))
    return "replaced " + named(r->order) + " " + amount(r->order, r->remaining) + " @" + wire::price(r->price);
  if (const auto* s = std::get_if<ev::OrderShown>(&e))
    return "shown " + named(s->order) + " " + amount(s->order, s->shown) + " of " + amount(s->order, s->remaining) +
           " @" + wire::price(s->price);
  if (const auto* t = std::get_if<ev::StopTriggered>(&e)) return "triggered " + named(t->order);
  if (const auto* p = std::get_if<ev::PhaseChanged>(&e))
    return "moved " + word_of(p->instrument) + " " + name_of_value(p->to);
  if (const auto* c = std::get_if<ev::CallPriced>(&e)) {
    std::string line = (c->final ? "call " : "indicative ") + word_of(c->instrument) + " price " +
                       price_or_none(c->price) + " volume " + wire::quantity(c->instrument, c->volume);
    if (c->final)
      line += " demand " + wire::quantity(c->instrument, c->demand) + " supply " +
              wire::quantity(c->instrument, c->supply) + " step " + name_of_value(c->step);
    return line;
  }
  if (const auto* b = std::get_if<ev::BestChanged>(&e))
    return "best " + word_of(b->instrument) + " " + name_of_value(b->kind) + " bid " + price_or_none(b->bid) + " ask " +
           price_or_none(b->ask);
  if (const auto* d = std::get_if<ev::DayStatistics>(&e))
    return "day " + word_of(d->instrument) + " open " + price_or_none(d->open) + " high " + price_or_none(d->high) +
           " low " + price_or_none(d->low) + " last " + price_or_none(d->last) + " close " + price_or_none(d->close) +
           " volume " + (d->volume ? wire::quantity(d->instrument, *d->volume) : "none") + " turnover " +
           (d->turnover ? yuan(*d->turnover) : "none") + " trades " + std::to_string(d->trades);
  return {};
}

std::string told_of_registry(const Market& market, const Event& e) {
  namespace ev = engine::event;
  const auto named = [&](auto id) { return market.name_of(id.value); };
  const auto land = [](Instrument i, Quantity q) { return word_of(i) + " " + wire::quantity(i, q); };
  if (const auto* l = std::get_if<ev::LotMoved>(&e))
    return "lot " + named(l->filing) + " " + land(l->instrument, l->quantity) + " " + short_name(l->from) + "." +
           name_of_value(l->from_place) + std::string{kArrow} + short_name(l->to) + "." + name_of_value(l->to_place);
  if (const auto* x = std::get_if<ev::LotExpired>(&e))
    return "expired " + named(x->filing) + " " + short_name(x->participant) + " " + land(x->instrument, x->quantity);
  if (const auto* o = std::get_if<ev::LoanOverdue>(&e))
    return "overdue " + named(o->loan) + " " + short_name(o->borrower) + " " + land(o->instrument, o->left);
  if (const auto* p = std::get_if<ev::ProjectMoved>(&e))
    return "went " + named(p->project) + " " + name_of_value(p->from) + std::string{kArrow} + name_of_value(p->to);
  return {};
}

std::string told_of_needs(const Market& market, const Event& e) {
  namespace ev = engine::event;
  if (const auto* w = std::get_if<ev::Warned>(&e)) {
    const Instrument i = w->instrument.value_or(Instrument::supplementary_area);
    return "warned " + short_name(w->participant) + " " + name_of_value(w->warning) + " " + word_of(i) + " " +
           wire::quantity(i, w->given) + " " + wire::quantity(i, w->bound) + rule_text(w->clause);
  }
  if (const auto* f = std::get_if<ev::BalanceFilled>(&e))
    return "filled " + market.name_of(f->balance.value) + " " + name_of_value(f->tier) + " " + words_of(f->amount) +
           " left " + words_of(f->left);
  if (const auto* c = std::get_if<ev::BalanceClosed>(&e))
    return "balanced " + market.name_of(c->balance.value) + " left " + words_of(c->left);
  return {};
}

std::string told_of_auctions(const Market& market, const Event& e) {
  namespace ev = engine::event;
  const auto named = [&](auto id) { return market.name_of(id.value); };
  if (const auto* a = std::get_if<ev::SealedAnnounced>(&e)) {
    std::string line = "announced " + named(a->auction) + " " + wire::quantity(a->instrument, a->offered);
    if (a->rolled_over != Quantity{}) line += " rolled " + wire::quantity(a->instrument, a->rolled_over);
    return a->reserve ? line + " reserve " + wire::price(*a->reserve) : line;
  }
  if (const auto* o = std::get_if<ev::SealedOpened>(&e))
    return "opened " + named(o->auction) + " " + name_of_value(o->stage) +
           (o->price ? " price " + wire::price(*o->price) : "") + " demand " +
           wire::quantity(o->instrument, o->demand) + " offered " + wire::quantity(o->instrument, o->offered) +
           (o->least ? " least " + wire::price(*o->least) : "");
  if (const auto* b = std::get_if<ev::BidDecided>(&e))
    return "decided " + named(b->bid) + " " + name_of_value(b->standing) +
           (b->awarded == Quantity{} ? "" : " " + wire::quantity(b->instrument, b->awarded));
  if (const auto* r = std::get_if<ev::RolledOver>(&e))
    return "rolled " + named(r->from) + (r->to ? " to " + named(*r->to) : " waits") + " " +
           wire::quantity(r->instrument, r->quantity);
  if (const auto* a = std::get_if<ev::ListingAnnounced>(&e))
    return "announced " + named(a->auction) + " " +
           wire::quantity(a->legs.front().instrument, a->legs.front().quantity);
  if (const auto* b = std::get_if<ev::BidderNumbered>(&e))
    return "bidder " + short_name(b->participant) + " " + std::to_string(b->bidder);
  if (const auto* r = std::get_if<ev::ListingRaised>(&e))
    return "raised " + named(r->bid) + " " + std::to_string(r->bidder) + " @" + wire::price(r->price) + " until " +
           told_instant(r->due) + (r->extended ? " extended" : "") + (r->by_priority ? " by-priority" : "");
  if (const auto* m = std::get_if<ev::ListingMoved>(&e))
    return "stage " + named(m->auction) + " " + name_of_value(m->stage) +
           (m->due ? " until " + told_instant(*m->due) : "") +
           (m->highest ? " " + std::to_string(m->bidder.value_or(0)) + " @" + wire::price(*m->highest) : "") +
           (m->reserve ? " reserve " + wire::price(*m->reserve) : "") +
           (m->rule ? " floor " + price_or_none(m->floor) + rule_text(m->rule) : "");
  if (const auto* a = std::get_if<ev::Awarded>(&e))
    return "awarded " + named(a->deal) + " " + short_name(a->seller) + std::string{kArrow} + short_name(a->buyer) +
           " " + yuan(a->amount);
  return {};
}

std::string told_of_settlement(const Market& market, const Event& e) {
  namespace ev = engine::event;
  if (const auto* c = std::get_if<ev::DealConfirmed>(&e))
    return "confirmed " + market.name_of(c->deal.value) + " notice until " + wire::text_of(c->notice_until) +
           " pay by " + wire::text_of(c->pay_by);
  if (const auto* v = std::get_if<ev::DealVoided>(&e))
    return "voided " + market.name_of(v->deal.value) +
           (v->refusal ? " " + name_of_value(v->refusal->reason) + rule_text(v->refusal->rule) : "");
  return {};
}

std::string told_of_pool(const Market& market, const Event& e) {
  namespace ev = engine::event;
  if (const auto* m = std::get_if<ev::RequestMoved>(&e))
    return "request " + market.name_of(m->request.value) + " " + name_of_value(m->state);
  if (const auto* a = std::get_if<ev::Allotted>(&e))
    return "allotted " + market.name_of(a->request.value) + " " + market.name_of(a->filing.value) + " " +
           word_of(a->component) + " " + wire::quantity(a->component, a->quantity);
  return {};
}

std::string told_of_approvals(const Market& market, const Event& e) {
  namespace ev = engine::event;
  if (const auto* p = std::get_if<ev::Proposed>(&e))
    return "proposed " + market.name_of(p->proposal.value) + " " + name_of_value(p->kind) + " " +
           name_of_value(p->step) + " until " + wire::text_of(p->due);
  if (const auto* m = std::get_if<ev::ProposalMoved>(&e))
    return "approval " + market.name_of(m->proposal.value) + " " + name_of_value(m->state) +
           (m->step ? " " + name_of_value(*m->step) : "") + (m->due ? " until " + wire::text_of(*m->due) : "") +
           (m->refusal ? " " + name_of_value(m->refusal->reason) + rule_text(m->refusal->rule) : "");
  if (const auto* p = std::get_if<ev::AdvancePaid>(&e))
    return "advanced " + market.name_of(p->advance.value) + " " + short_name(p->county) + " " + yuan(p->amount) +
           " until " + wire::text_of(p->due);
  if (const auto* m = std::get_if<ev::AdvanceMoved>(&e))
    return "reduced-advance " + market.name_of(m->advance.value) + " " + name_of_value(m->state) + " by " +
           yuan(m->reduced) + " to " + yuan(m->left) + (m->filing ? " filing " + market.name_of(m->filing->value) : "");
  return {};
}

}  // namespace

std::vector<std::string> told(const Market& market, const Events& events) {
  namespace ev = engine::event;
  std::vector<std::string> lines;
  for (size_t at = 0; at < events.size(); ++at) {
    const Event& e = events[at];
    if (const auto* t = std::get_if<ev::Traded>(&e)) {
      const uint64_t own = market.last().value;
      std::string met = market.name_of(t->buy_order.value) + " " + market.name_of(t->sell_order.value);
      if (t->buy_order.value == own) met = market.name_of(t->sell_order.value);
      if (t->sell_order.value == own) met = market.name_of(t->buy_order.value);
      const auto* paid = at + 1 < events.size() ? std::get_if<ev::MoneyMoved>(&events[at + 1]) : nullptr;
      lines.push_back("trade " + met + " " + wire::quantity(t->instrument, t->quantity) + " @" + wire::price(t->price) +
                      " " + yuan(t->amount) + rule_text(paid ? paid->clause : std::nullopt));
    } else if (const auto* f = std::get_if<ev::FloorApplied>(&e)) {
      std::string line = "floor " + (f->floor ? wire::price(*f->floor) : std::string{"none"});
      if (f->lifted != Quantity{}) line += " lifted " + wire::quantity(f->instrument, f->lifted);
      if (f->passed_over != Quantity{}) line += " passed " + wire::quantity(f->instrument, f->passed_over);
      lines.push_back(line + rule_text(f->rule));
    } else if (const auto* l = std::get_if<ev::LevelChanged>(&e)) {
      lines.push_back("level " + word_of(l->instrument) + " " + side_word(l->side) + " " + wire::price(l->price) +
                      (l->orders == 0
                           ? std::string{" gone"}
                           : " " + wire::quantity(l->instrument, l->quantity) + " " + std::to_string(l->orders)));
    } else if (const auto* o = std::get_if<ev::OrderEnded>(&e)) {
      using matching::EndReason;
      const std::string rest =
          market.name_of(o->order.value) + " " + wire::quantity(market.instrument_of(o->order), o->remaining);
      if (o->lapsed != (o->reason == EndReason::lapsed || o->reason == EndReason::expired))
        lines.push_back("ended " + rest + " and is told both as lapsed and not");
      else if (o->reason == EndReason::lapsed)
        lines.push_back("lapsed " + rest);
      else
        lines.push_back("ended " + rest + (o->reason == EndReason::cancelled ? "" : " " + name_of_value(o->reason)));
    } else if (const auto* m = std::get_if<ev::MoneyMoved>(&e)) {
      if (m->from_purse == Purse::held && m->to_purse == Purse::free && m->from == m->to)
        lines.push_back("freed " + short_name(m->to) + " " + yuan(m->amount));
      if (m->from_purse == Purse::held && m->from != m->to && m->clause == policy::Clause::h66_21_4)
        lines.push_back("deposit " + short_name(m->from) + std::string{kArrow} + short_name(m->to) + " " +
                        yuan(m->amount) + rule_text(m->clause));
    } else if (const auto* q = std::get_if<ev::LandMoved>(&e)) {
      const std::string what = word_of(q->instrument) + " " + wire::quantity(q->instrument, q->quantity);
      if (q->from_purse == Purse::held && q->to_purse == Purse::free && q->from == q->to)
        lines.push_back("freed " + short_name(q->to) + " " + what);
      if (q->to_purse == Purse::pool) lines.push_back("pool " + short_name(q->from) + " " + what);
    } else if (const auto* c = std::get_if<ev::ClaimBooked>(&e)) {
      lines.push_back("claim " + short_name(c->county) + " " + word_of(c->instrument) + " " +
                      wire::quantity(c->instrument, c->quantity) + " " + (c->amount ? yuan(*c->amount) : "待定价"));
    } else if (const auto* p = std::get_if<ev::PlotEntered>(&e)) {
      lines.push_back("entered " + p->plot + " " + wire::mu(p->area) + (p->qualifies ? " qualifies" : " out"));
    } else if (const auto* k = std::get_if<ev::PlotPooled>(&e)) {
      lines.push_back("taken " + k->plot + " " + wire::mu(k->area) + " target " + wire::mu(k->target) + " short " +
                      wire::mu(k->shortfall));
    } else if (std::string line = told_of_trading(market, e); !line.empty()) {
      lines.push_back(std::move(line));
    } else if (std::string of_titles = told_of_titles(e); !of_titles.empty()) {
      lines.push_back(std::move(of_titles));
    } else if (std::string of_registry = told_of_registry(market, e); !of_registry.empty()) {
      lines.push_back(std::move(of_registry));
    } else if (std::string of_needs = told_of_needs(market, e); !of_needs.empty()) {
      lines.push_back(std::move(of_needs));
    } else if (std::string of_auction = told_of_auctions(market, e); !of_auction.empty()) {
      lines.push_back(std::move(of_auction));
    } else if (std::string of_approval = told_of_approvals(market, e); !of_approval.empty()) {
      lines.push_back(std::move(of_approval));
    } else if (std::string of_pool = told_of_pool(market, e); !of_pool.empty()) {
      lines.push_back(std::move(of_pool));
    } else if (std::string of_settlement = told_of_settlement(market, e); !of_settlement.empty()) {
      lines.push_back(std::move(of_settlement));
    }
  }
  return lines;
}

}  // namespace landex::script
