#include "tests/reports_check.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <set>
#include <vector>

#include "exchange/wire/text_forms.hpp"

namespace landex::testing {
namespace {

using engine::Place;
using engine::Purse;
using reports::Answer;
using reports::Database;

template <class E>
std::string word(E e) {
  return boost::describe::enum_to_string(e, "?");
}
std::string number(auto n) { return std::to_string(n); }
std::string maybe(const std::optional<Day>& d) { return d ? wire::text_of(*d) : "-"; }
/// A row as one line, null as "-".
std::string line(const Answer::Cells& cells) {
  std::string text;
  for (const auto& c : cells) text += (text.empty() ? "" : "|") + c.value_or("-");
  return text;
}

using Lines = std::multiset<std::string>;

Lines asked(Database& database, const std::string& sql) {
  const auto answer = database.query(sql);
  EXPECT_TRUE(answer) << sql << ": " << (answer ? "" : answer.error().en);
  Lines lines;
  if (answer)
    for (const auto& row : answer->rows) lines.insert(line(row));
  return lines;
}

template <class... Ts>
std::string joined(const Ts&... parts) {
  std::string text;
  ((text += (text.empty() ? "" : "|") + std::string{parts}), ...);
  return text;
}

}  // namespace

std::string differences(Database& database, const engine::State& s, std::map<std::string, size_t>& seen) {
  std::string wrong;
  const auto compare = [&](const std::string& what, const Lines& expected, const std::string& sql) {
    const Lines got = asked(database, sql);
    seen[what] += expected.size();
    if (got == expected) return;
    std::vector<std::string> missing, extra;
    std::ranges::set_difference(expected, got, std::back_inserter(missing));
    std::ranges::set_difference(got, expected, std::back_inserter(extra));
    wrong += fmt::format("{} at {}:\n  the engine has {}\n  the database has {}\n", what, s.last.value,
                         fmt::join(missing, "  "), fmt::join(extra, "  "));
  };

  Lines balances;
  for (const auto& a : s.ledger.accounts())
    for (auto p = 1; p <= static_cast<int>(clearing::kPurses); ++p) {
      const auto purse = static_cast<Purse>(p);
      const auto add = [&](const std::string& asset, int64_t amount) {
        if (amount != 0) balances.insert(joined(number(a.district.raw()), word(purse), asset, number(amount)));
      };
      add("money", a[purse].money.raw());
      for (const Instrument i : kInstruments) add(word(i), a[purse].of(i).raw());
    }
  compare("balances", balances,
          "select unit, purse, asset, amount_fen_e4mu_or_kg from balances where amount_fen_e4mu_or_kg <> 0");
  // The same from the entries alone.
  compare("entries", balances,
          "select unit, purse, asset, cast(sum(amount) as bigint) from ("
          "select to_unit as unit, to_purse as purse, 'money' as asset, amount_fen as amount from money_entries "
          "union all select from_unit, from_purse, 'money', -amount_fen from money_entries "
          "union all select to_unit, to_purse, instrument, quantity_e4mu_or_kg from land_entries "
          "union all select from_unit, from_purse, instrument, -quantity_e4mu_or_kg from land_entries) as e "
          "group by unit, purse, asset having sum(amount) <> 0");

  Lines lots;
  s.lots.for_each([&](District owner, Instrument i, Place place, const clearing::Slice& slice) {
    lots.insert(
        joined(number(slice.filing.value), number(owner.raw()), word(i), word(place), number(slice.quantity.raw())));
  });
  compare("lots", lots,
          "select filing_id, unit, instrument, place, cast(sum(quantity) as bigint) from ("
          "select filing_id, to_unit as unit, instrument, to_place as place, quantity_e4mu_or_kg as quantity "
          "from lot_entries union all select filing_id, from_unit, instrument, from_place, -quantity_e4mu_or_kg "
          "from lot_entries) as e where place <> 'outside' group by filing_id, unit, instrument, place "
          "having sum(quantity) <> 0");

  Lines orders;
  for (const Instrument i : kInstruments)
    for (const Side side : {Side::buy, Side::sell})
      s.market.books.for_each_order(engine::book_of(i), side, [&](const matching::Resting& r) {
        orders.insert(joined(number(r.id.value), number(s.ledger.account(r.seat).district.raw()), word(i), word(side),
                             number(r.left.raw()), number(r.limit.raw())));
      });
  compare("orders", orders,
          "select order_id, unit, instrument, side, remaining_e4mu_or_kg, price_tick from orders "
          "where state = 'open'");

  Lines deals;
  for (const auto& [id, d] : s.deals)
    deals.insert(joined(number(id.value), number(d.proposer.raw()), number(d.seller.raw()), number(d.buyer.raw()),
                        number(d.amount.raw()), word(d.state), maybe(d.matched), maybe(d.notice_until),
                        maybe(d.pay_by)));
  compare("deals", deals,
          "select deal_id, proposer, seller, buyer, amount_fen, state, matched_day, notice_until_day, pay_by_day "
          "from deals");
  // Every matched deal is a trade for each of its parts, and their amounts are its amount.
  Lines parts;
  for (const auto& [id, d] : s.deals)
    if (d.matched)
      parts.insert(
          joined(number(id.value), number(d.legs.size() + d.titles.size()), number(d.amount.raw()), word(d.state)));
  compare("trades of deals", parts,
          "select deal_id, count(*), cast(sum(amount_fen) as bigint), state from trades where deal_id is not null "
          "group by deal_id, state");

  Lines filings;
  for (const auto& [id, f] : s.registry.filings())
    filings.insert(joined(number(id.value), number(f.county.raw()), word(f.kind), wire::text_of(f.day),
                          number(f.filed.area.raw()), number(f.filed.paddy.raw()), number(f.filed.capacity.raw()),
                          number(f.deducted.area.raw()), number(f.deducted.paddy.raw()),
                          number(f.deducted.capacity.raw())));
  compare("filings", filings,
          "select filing_id, county, kind, filed_day, area_e4mu, paddy_e4mu, capacity_kg, deducted_area_e4mu, "
          "deducted_paddy_e4mu, deducted_capacity_kg from filings");

  Lines requests, waiting;
  for (const auto& [id, r] : s.pool_requests.requests) {
    requests.insert(joined(number(id.value), number(r.county.raw()), word(r.purpose), r.project,
                           number(r.need.area.raw()), number(r.need.paddy.raw()), number(r.need.capacity.raw()),
                           wire::text_of(r.deadline), word(r.state)));
    for (const auto& a : r.waiting)
      waiting.insert(joined(number(id.value), number(a.filing.value), word(a.component), number(a.quantity.raw())));
  }
  compare("requests", requests,
          "select request_id, county, purpose, project, area_e4mu, paddy_e4mu, capacity_kg, deadline_day, state "
          "from requests");
  compare("allotments", waiting,
          "select request_id, filing_id, instrument, quantity_e4mu_or_kg from allotments where state = 'waiting'");

  Lines pool;
  for (const Instrument i : kInstruments)
    if (const auto q = s.ledger.total(Purse::pool).of(i); q != Quantity{})
      pool.insert(joined(word(i), number(q.raw())));
  compare("pool", pool,
          "select instrument, cast(sum(case direction when 'in' then quantity_e4mu_or_kg else -quantity_e4mu_or_kg "
          "end) as bigint) as lies from pool_moves group by instrument having sum(case direction when 'in' then "
          "quantity_e4mu_or_kg else -quantity_e4mu_or_kg end) <> 0");

  Lines advances;
  for (const auto& [id, a] : s.advances.all())
    advances.insert(joined(number(id.value), number(a.county.raw()), number(a.fund.raw()), number(a.paid.raw()),
                           number(a.left.raw()), wire::text_of(a.granted), wire::text_of(a.due), a.contract,
                           word(a.state)));
  compare("advances", advances,
          "select advance_id, county, fund_fen, paid_fen, left_fen, granted_day, due_day, contract, state "
          "from advances");

  Lines approvals;
  for (const auto& [id, p] : s.proposals.all) {
    const auto* now = p.current();
    approvals.insert(joined(number(id.value), word(engine::kind_of(p.subject)), number(p.proposer.participant.raw()),
                            word(p.state), now ? word(now->step) : "-", maybe(p.due),
                            p.refusal ? word(p.refusal->reason) : "-"));
  }
  compare("approvals", approvals,
          "select proposal_id, kind, unit, state, step, due_day, refused_reason from approvals");

  Lines prices;
  for (const auto& r : s.prices.rows())
    prices.insert(joined(number(r.id.value), word(r.instrument), number(r.rate.raw()), wire::text_of(r.from),
                         wire::text_of(r.until), r.document, r.approver, r.revoked ? "1" : "0"));
  compare("prices", prices,
          "select price_row_id, instrument, rate_yuan_per_mu_or_fen_per_kg, valid_from, valid_until, document, "
          "approver, case when revoked_seq is null then '0' else '1' end from prices");

  Lines titles;
  for (const auto& [name, t] : s.titles.all)
    titles.insert(joined(name, word(t.product), number(t.county.raw()), number(t.holder.raw()), number(t.area.raw()),
                         t.grade ? number(int{*t.grade}) : "-", word(t.state), t.parent.value_or("-"),
                         t.project.empty() ? "-" : t.project));
  compare("titles", titles,
          "select title, product, county, holder, area_e4mu, grade, state, parent, project "
          "from titles");

  compare("commands", {joined(number(s.last.value), number(s.last.value))}, "select count(*), max(seq) from commands");
  return wrong;
}

std::map<std::string, std::string> contents(Database& database) {
  std::map<std::string, std::string> all;
  for (const auto& t : reports::tables()) {
    std::string text;
    for (const auto& l : asked(database, fmt::format("select {} from {}", reports::column_list(t), t.name)))
      text += l + "\n";
    all[std::string{t.name}] = text;
  }
  return all;
}

std::map<std::string, Digest> digests(Database& database) {
  std::map<std::string, Digest> all;
  for (const auto& t : reports::tables()) {
    Digest& d = all[std::string{t.name}];
    const auto ok = database.each(fmt::format("select {} from {}", reports::column_list(t), t.name),
                                  [&](const Answer::Cells& cells) {
                                    const std::string text = line(cells);
                                    ++d.rows;
                                    d.sum += XXH3_64bits(text.data(), text.size());
                                  });
    EXPECT_TRUE(ok) << t.name << ": " << (ok ? "" : ok.error().en);
  }
  return all;
}

}  // namespace landex::testing
