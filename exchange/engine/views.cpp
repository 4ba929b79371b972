#include "exchange/engine/views.hpp"

#include <map>
#include <set>

#include "exchange/engine/orders.hpp"
#include "exchange/engine/view_auctions.hpp"
#include "exchange/engine/view_governments.hpp"
#include "exchange/engine/view_needs.hpp"
#include "exchange/engine/view_pool.hpp"
#include "exchange/engine/view_proposals.hpp"
#include "exchange/engine/view_registry.hpp"
#include "exchange/engine/view_titles.hpp"
#include "matching/checksum.hpp"

namespace landex::engine {
namespace {

view::Status ask(const State& s, const Asker&, const query::GetStatus&) {
  const clearing::Assets sum = s.ledger.recount();
  view::Status out{.rule_set = s.pack ? s.pack->rule_set : std::string{},
                   .behaviour = s.behaviour,
                   .venue = s.venue,
                   .day = s.day,
                   .last_day = s.last_day,
                   .accounts = static_cast<uint32_t>(s.ledger.accounts().size()),
                   .orders = s.market.books.resting(),
                   .money_in = s.ledger.money_in(),
                   .money_sum = sum.money,
                   .land = {},
                   .plots = s.reserve.total(),
                   .plots_pooled = {}};
  for (const Instrument i : kInstruments) {
    const auto total = [&](Purse p) { return s.ledger.total(p).of(i); };
    out.land.push_back({.instrument = i,
                        .issued = s.ledger.issued(i),
                        .free = total(Purse::free),
                        .held = total(Purse::held),
                        .pooled = total(Purse::pool),
                        .used = total(Purse::used),
                        .cancelled = total(Purse::cancelled),
                        .sum = sum.of(i),
                        .frozen = total(Purse::frozen),
                        .borrowed = total(Purse::borrowed)});
  }
  for (const auto& [name, plot] : s.reserve.plots())
    if (plot.pooled) out.plots_pooled += plot.area;
  return out;
}

view::Holdings ask(const State& s, const Asker& who, const query::GetHoldings& q) {
  view::Holdings out;
  for (const auto& account : s.ledger.accounts()) {
    const District district = account.district;
    if (!wanted(who, q.participant, district)) continue;
    view::Holding row{.participant = district,
                      .kind = account.kind,
                      .cash = account[Purse::free].money,
                      .held = account[Purse::held].money,
                      .claims = account[Purse::claims].money,
                      .positions = {},
                      .plots = {},
                      .plots_pooled = {}};
    if (who.role != Role::district) {  // what sealed bids hold would tell what they bid
      const Fen sealed = held_for_sealed_bids(s, *s.ledger.seat_of(district));
      row.cash += sealed;
      row.held -= sealed;
    }
    for (const Instrument i : kInstruments) {
      const auto land = [&](Purse p) { return account[p].of(i); };
      row.positions.push_back({.instrument = i,
                               .free = land(Purse::free),
                               .held = land(Purse::held),
                               .pool = land(Purse::pool),
                               .used = land(Purse::used),
                               .cancelled = land(Purse::cancelled),
                               .frozen = land(Purse::frozen),
                               .borrowed = land(Purse::borrowed),
                               .lent = s.entries.lent(district, i)});
    }
    for (const auto& [number, t] : s.titles.all) {
      using clearing::TitleState;
      if (t.product != clearing::Product::pbf_plot || t.holder != district) continue;
      if (t.state == TitleState::pooled) row.plots_pooled += t.area;
      if (t.state == TitleState::held || t.state == TitleState::on_offer) row.plots += t.area;
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

view::Orders ask(const State& s, const Asker& who, const query::GetOrders& q) {
  std::map<OrderId, view::OpenOrder> by_number;
  for (const Instrument i : kInstruments)
    for (const Side side : {Side::buy, Side::sell})
      s.market.books.for_each_order(book_of(i), side, [&](const matching::Resting& o) {
        const District owner = s.ledger.account(o.seat).district;
        if (!wanted(who, q.participant, owner)) return;
        by_number.emplace(o.id, view::OpenOrder{.order = o.id,
                                                .participant = owner,
                                                .instrument = i,
                                                .side = o.side,
                                                .remaining = o.left,
                                                .price = o.limit,
                                                .shown = o.shown,
                                                .at_best = o.at_best,
                                                .all_or_none = o.all_or_none,
                                                .trigger = o.trigger});
      });
  view::Orders out;
  for (const auto& [id, row] : by_number) out.rows.push_back(row);
  return out;
}

view::Depth ask(const State& s, const Asker&, const query::GetDepth& q) {
  view::Depth out{};
  out.instrument = q.instrument;
  if (!exists(q.instrument)) return out;
  const Market& m = s.market;
  const Session& session = m.session(q.instrument);
  const matching::BookNumber book = book_of(q.instrument);
  out.phase = session.phase;
  out.previous_close = session.previous_close;
  if (session.band) {
    out.band_low = session.band->low;
    out.band_high = session.band->high;
  }
  Quantity bids, asks;
  matching::BookChecksum checksum;
  for (const Side side : {Side::buy, Side::sell})
    m.books.for_each_level(book, side, [&](const matching::LevelMoved& l) {
      (side == Side::buy ? bids : asks) += l.shown;
      checksum.change(side, l.price, {}, {.quantity = l.shown, .orders = l.orders});
      if (q.levels != 0 && (side == Side::buy ? out.bids : out.asks).size() >= q.levels) return;
      (side == Side::buy ? out.bids : out.asks).push_back({.price = l.price, .quantity = l.shown, .orders = l.orders});
    });
  const auto imbalance = matching::imbalance_of(bids, asks);
  out.excess = imbalance.excess;
  out.total = imbalance.total;
  out.checksum = checksum.value() & static_cast<uint64_t>(kLargestExact);  // exact in a browser
  for (int k = 1; k <= kParticipantClasses; ++k) {
    const auto kind = static_cast<ParticipantClass>(k);
    const auto bid = m.books.best_dealable(book, kind, Side::sell), ask = m.books.best_dealable(book, kind, Side::buy);
    out.best.push_back({.kind = kind,
                        .bid = bid ? std::optional{bid->price} : std::nullopt,
                        .ask = ask ? std::optional{ask->price} : std::nullopt});
  }
  const auto best_bid = m.books.best(book, Side::buy), best_ask = m.books.best(book, Side::sell);
  const bool crossed = best_bid && best_ask && *best_bid >= *best_ask;
  const bool in_call = session.phase == matching::Phase::call || session.phase == matching::Phase::call_no_cancel;
  out.crossed_by_rule = crossed && session.phase == matching::Phase::continuous;
  if (in_call && s.day) {
    const auto call = indicative(s, q.instrument);
    out.indicative = call.price;
    out.indicative_volume = call.volume;
  }
  if (session.statistics.prices) {
    out.last = session.statistics.prices->last;
    out.high = session.statistics.prices->high;
    out.low = session.statistics.prices->low;
  }
  out.volume = session.statistics.traded.quantity.as<Quantity>();
  out.trades = session.statistics.trades;
  return out;
}

view::Deals ask(const State& s, const Asker& who, const query::GetDeals& q) {
  view::Deals out;
  for (const auto& [id, d] : s.deals)
    if (wanted(who, q.participant, d.seller) || wanted(who, q.participant, d.buyer))
      out.rows.push_back({.deal = d.id,
                          .proposer = d.proposer,
                          .seller = d.seller,
                          .buyer = d.buyer,
                          .legs = d.legs,
                          .amount = d.amount,
                          .state = d.state,
                          .until = d.until,
                          .notice_until = d.notice_until,
                          .pay_by = d.pay_by,
                          .titles = d.titles,
                          .landing = d.landing});
  return out;
}

view::Pool ask(const State& s, const Asker&, const query::GetPool&) {
  std::map<std::pair<District, Instrument>, view::PoolLine> lines;
  for (const auto& [id, filing] : s.registry.filings()) {
    if (filing.kind != IndicatorKind::supplementary) continue;
    const auto line = [&, county = filing.county](Instrument i) -> view::PoolLine& {
      auto& l = lines[{county, i}];
      l.county = county;
      l.instrument = i;
      return l;
    };
    for (const auto& part : clearing::components_of(filing.kind, filing.filed))
      line(part.instrument).filed += part.quantity;
    for (const auto& part : clearing::components_of(filing.kind, filing.deducted))
      line(part.instrument).deducted += part.quantity;
  }
  for (const auto& [key, under] : s.registry.under_rows())
    if (const auto at = lines.find({std::get<0>(key), std::get<1>(key)}); at != lines.end())
      at->second.pooled += under.pooled;
  for (const auto& claim : s.registry.pending()) lines[{claim.county, claim.instrument}].unpriced += claim.quantity;

  view::Pool out;
  for (auto& [key, line] : lines) {
    if (out.supplementary.empty() || out.supplementary.back().county != line.county)
      line.owed = s.ledger.money(line.county, Purse::claims);
    out.supplementary.push_back(line);
  }
  std::map<District, view::ReserveLine> reserve;
  std::map<District, std::set<policy::RowId>> rows;
  for (const auto& [name, plot] : s.reserve.plots()) {
    auto& line = reserve[plot.county];
    line.county = plot.county;
    line.entered += plot.area;
    rows[plot.county].insert(plot.share_row);
  }
  for (auto& [county, line] : reserve) {
    for (const auto& row : s.pack->rows) {
      if (row.parameter != policy::Parameter::pooled_share_pbf || !rows[county].contains(row.id())) continue;
      const auto t = s.reserve.target(row.id(), county);
      line.qualifying += t.qualifying;
      line.target += t.target;
      line.pooled += t.pooled;
      line.shortfall += t.shortfall();
    }
    out.reserve.push_back(line);
  }
  return out;
}

view::PriceRows ask(const State& s, const Asker&, const query::GetPrices&) {
  view::PriceRows out;
  for (const auto& r : s.prices.rows())
    out.rows.push_back({.row = r.id,
                        .instrument = r.instrument,
                        .rate = r.rate,
                        .from = r.from,
                        .until = r.until,
                        .document = r.document,
                        .approver = r.approver,
                        .revoked = r.revoked});
  return out;
}

view::CounterUsed ask(const State& s, const Asker& who, const query::GetCounter& q) {
  const auto at = s.streams.find({.person = who.person, .key = q.client_key});
  return {.highest = at == s.streams.end() ? Counter{} : at->second.highest};
}

view::Auctions ask(const State& s, const Asker& who, const query::GetAuctions&) { return auctions_of(s, who); }

view::Inbox ask(const State& s, const Asker& who, const query::GetInbox&) { return inbox_of(s, who); }

view::ProposalFile ask(const State& s, const Asker& who, const query::GetProposal& q) {
  return file_of(s, who, q.proposal);
}

view::Advances ask(const State& s, const Asker& who, const query::GetAdvances&) {
  view::Advances out;
  for (const auto& [id, a] : s.advances.all())
    if (may_see(who, a.county)) out.rows.push_back(a);
  return out;
}
view::Lineage ask(const State& s, const Asker& who, const query::GetLineage& q) { return lineage_of(s, who, q.filing); }
view::Lots ask(const State& s, const Asker& who, const query::GetLots& q) { return lots_of(s, who, q.participant); }
view::Projects ask(const State& s, const Asker& who, const query::GetProjects& q) {
  return projects_of(s, who, q.county);
}
view::Conflicts ask(const State& s, const Asker& who, const query::GetConflicts& q) {
  return conflicts_of(s, who, q.county);
}
view::Entries ask(const State& s, const Asker& who, const query::GetEntries& q) {
  return entries_of(s, who, q.participant);
}
view::Availability ask(const State& s, const Asker& who, const query::GetAvailable& q) {
  return available_of(s, who, q.participant, q.instrument);
}
view::Requests ask(const State& s, const Asker& who, const query::GetRequests& q) {
  return requests_of(s, who, q.county);
}
view::AllocationCase ask(const State& s, const Asker& who, const query::GetAllocationCase&) { return case_of(s, who); }
view::Allocations ask(const State& s, const Asker& who, const query::GetAllocation& q) {
  return allocation_of(s, who, q.allocation);
}
view::Needs ask(const State& s, const Asker& who, const query::GetNeeds& q) { return needs_of(s, who, q.participant); }
view::Balances ask(const State& s, const Asker& who, const query::GetBalances& q) {
  return balances_of(s, who, q.county);
}
view::Titles ask(const State& s, const Asker& who, const query::GetTitles& q) { return titles_of(s, who, q); }
view::Products ask(const State& s, const Asker&, const query::GetProducts&) { return products_of(s); }

}  // namespace

LANDEX_CLOSED_BODY(Query)
LANDEX_CLOSED_BODY(View)

View answer(const State& s, const Asker& who, const Query& q) {
  return std::visit([&](const auto& asked) -> View { return ask(s, who, asked); }, q);
}

}  // namespace landex::engine
