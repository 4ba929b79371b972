// pool.cpp: what the city's pool took, allotted and prepaid: 统筹通知书, 统筹指标分配通知书, 预拨资金合同.
#include <fmt/format.h>

#include "exchange/deeds/pool_papers.hpp"
#include "exchange/desk/papers.hpp"
#include "exchange/wire/text_forms.hpp"

namespace landex::desk {
namespace {

/// The share that was law on that day. What the policy files at hand do not say is not on a paper.
Found<int64_t> share_of(const LookUp& at, policy::Parameter parameter, Day on) {
  if (const auto* row = at.house().pack.row(parameter, on)) return row->value;
  return std::unexpected(
      Words{.zh = fmt::format("现有政策文件没有 {} 有效的比例，不能出具。", wire::text_of(on)),
            .en = fmt::format("The policy files at hand have no share in force on {}.", wire::text_of(on))});
}

District city_of(const LookUp& at) {
  for (const auto& unit : at.house().pack.units)
    if (unit.kind == ParticipantClass::city) return unit.district;
  return {};
}

Asked of_filing(LookUp& at, const Line& filing, uint64_t number) {
  const Day filed = filing.day("filed_day");
  deeds::FilingPooledFacts facts{.county = at.unit(filing.unit("county")),
                                 .filing = FilingId{number},
                                 .kind = {.zh = "补充耕地", .en = "supplementary cultivated land"},
                                 .filed = filed,
                                 .share = 0,
                                 .components = {}};
  LANDEX_TRY(share, share_of(at, policy::Parameter::pooled_share_supplementary, filed));
  facts.share = share;
  LANDEX_TRY(issue, at.issue(filed, Sequence{number}));
  // What came in with the filing itself; a later adjustment of it is a notice of its own.
  LANDEX_TRY(moved,
             at.lines(fmt::format("select instrument, from_purse, to_purse, quantity_e4mu_or_kg as quantity from "
                                  "land_entries where seq = {} and cause_seq = {} order by idx",
                                  number, number)));
  LANDEX_TRY(claims, at.lines(fmt::format("select instrument, amount_fen from claims where seq = {} and filing_id = {}",
                                          number, number)));
  for (const Line& in : moved) {
    if (in.text("from_purse") != "outside") continue;
    const Instrument i = in.instrument();
    deeds::PooledComponent part{.instrument = i, .filed = in.of<Quantity>("quantity"), .pooled = {}};
    for (const Line& out : moved)
      if (out.text("to_purse") == "pool" && out.instrument() == i) part.pooled += out.of<Quantity>("quantity");
    for (const Line& claim : claims)
      if (claim.instrument() == i && claim.has("amount_fen")) part.owed = claim.of<Fen>("amount_fen");
    if (part.owed) {
      LANDEX_TRY(price, at.price(issue, i, filed));
      part.price = price;
    }
    facts.components.push_back(part);
  }
  LANDEX_TRY(netted,
             at.lines(fmt::format("select advance_id, reduced_fen from advance_moves where filing_id = {} and seq "
                                  "= {} order by idx",
                                  number, number)));
  for (const Line& row : netted)
    facts.netted.push_back({.advance = row.of<AdvanceId>("advance_id"), .amount = row.of<Fen>("reduced_fen")});
  LANDEX_TRY(person, at.person_of(number));
  issue.signers.drafted = person;
  return deeds::filing_pooling_notice(facts, issue);
}

Asked of_plots(LookUp& at, uint64_t number) {
  const Words missing = no_such("统筹入库", "filing or entry of plots that was pooled", number);
  LANDEX_TRY(taken,
             at.lines(fmt::format("select p.county as county, p.business_day as day, p.plot as plot, t.grade as "
                                  "grade, p.area_e4mu as area, p.target_e4mu as target, p.shortfall_e4mu as "
                                  "shortfall from plots_pooled p join plots t on t.plot = p.plot where p.seq = {} "
                                  "order by p.idx",
                                  number)));
  if (taken.empty() || !at.may_see(taken.front().unit("county"))) return std::unexpected(missing);
  const District county = taken.front().unit("county");
  LANDEX_TRY(last, at.last_day());
  const Day day = taken.front().maybe_day("day").value_or(last);
  LANDEX_TRY(share, share_of(at, policy::Parameter::pooled_share_pbf, day));
  LANDEX_TRY(sums,
             at.line(fmt::format("select (select coalesce(cast(sum(area_e4mu) as bigint), 0) from plots where "
                                 "county = {} and qualifies = 1 and seq <= {}) as qualifying, (select "
                                 "coalesce(cast(sum(area_e4mu) as bigint), 0) from plots_pooled where county = {} "
                                 "and seq < {}) as before",
                                 county.raw(), number, county.raw(), number),
                     missing));
  deeds::PlotsPooledFacts facts{.county = at.unit(county),
                                .share = share,
                                .qualifying = sums.of<Area>("qualifying"),
                                .pooled_before = sums.of<Area>("before"),
                                .target = taken.back().of<Area>("target"),
                                .shortfall = taken.back().of<Area>("shortfall"),
                                .plots = {}};
  for (const Line& row : taken)
    facts.plots.push_back(
        {.plot = row.text("plot"), .grade = static_cast<uint8_t>(row.number("grade")), .area = row.of<Area>("area")});
  LANDEX_TRY(issue, at.issue(day, Sequence{number}));
  LANDEX_TRY(person, at.person_of(number));
  issue.signers.drafted = person;
  return deeds::plots_pooling_notice(facts, issue);
}

}  // namespace

Asked pooling_notice(LookUp& at, uint64_t number) {
  LANDEX_TRY(filings,
             at.lines(fmt::format("select county, kind, filed_day from filings where filing_id = {}", number)));
  if (filings.empty()) return of_plots(at, number);
  const Line& filing = filings.front();
  if (!at.may_see(filing.unit("county"))) return std::unexpected(no_such("报备", "filing", number));
  if (filing.text("kind") != "supplementary")
    return std::unexpected(
        Words{.zh = fmt::format("第 {} 号是增减挂钩指标，市级不统筹（H66-14 未规定）。", number),
              .en = fmt::format("Filing {} is linkage surplus, of which nothing is pooled.", number)});
  return of_filing(at, filing, number);
}

Asked allocation_notice(LookUp& at, uint64_t request) {
  const Words missing = no_such("统筹申请", "request", request);
  LANDEX_TRY(row,
             at.line(fmt::format("select county, purpose, project, area_e4mu, paddy_e4mu, capacity_kg, deadline_day, "
                                 "state from requests where request_id = {}",
                                 request),
                     missing));
  if (!at.may_see(row.unit("county"))) return std::unexpected(missing);
  LANDEX_TRY(allotted, at.lines(fmt::format("select seq, business_day, filing_id, instrument, quantity_e4mu_or_kg, "
                                            "allocation_id, state from allotments where request_id = {} and state <> "
                                            "'returned' order by seq, idx",
                                            request)));
  if (allotted.empty())
    return std::unexpected(Words{.zh = fmt::format("第 {} 号申请尚未分得指标。", request),
                                 .en = fmt::format("Request {} has not been allotted anything.", request)});
  const auto last = static_cast<uint64_t>(allotted.back().number("allocation_id"));
  deeds::AllocationFacts facts{.allocation = AllocationId{last},
                               .request = RequestId{request},
                               .county = at.unit(row.unit("county")),
                               .city = at.unit(city_of(at)),
                               .purpose = words_of_purpose(row.text("purpose")),
                               .project = row.text("project"),
                               .need = {.area = row.of<Area>("area_e4mu"),
                                        .paddy = row.of<Area>("paddy_e4mu"),
                                        .capacity = row.of<Capacity>("capacity_kg")},
                               .deadline = row.day("deadline_day"),
                               .lines = {}};
  for (const Line& line : allotted)
    facts.lines.push_back({.instrument = line.instrument(),
                           .filing = line.of<FilingId>("filing_id"),
                           .quantity = line.of<Quantity>("quantity_e4mu_or_kg")});
  LANDEX_TRY(today, at.last_day());
  const Line& newest = allotted.back();
  LANDEX_TRY(issue, at.issue(newest.maybe_day("business_day").value_or(today), newest.of<Sequence>("seq")));
  LANDEX_TRY(person, at.person_of(static_cast<uint64_t>(newest.number("seq"))));
  issue.signers.issued = person;
  return deeds::allocation_notice(facts, issue);
}

Asked advance_contract(LookUp& at, uint64_t advance) {
  const Words missing = no_such("预拨", "advance", advance);
  LANDEX_TRY(row, at.line(fmt::format("select county, fund_fen, paid_fen, granted_day, due_day, contract from advances "
                                      "where advance_id = {}",
                                      advance),
                          missing));
  if (!at.may_see(row.unit("county"))) return std::unexpected(missing);
  LANDEX_TRY(today, at.last_day());
  const Day granted = row.maybe_day("granted_day").value_or(today);
  LANDEX_TRY(share, share_of(at, policy::Parameter::advance_share, granted));
  LANDEX_TRY(issue, at.issue(granted, Sequence{advance}));
  LANDEX_TRY(person, at.person_of(advance));
  issue.signers.drafted = person;
  return deeds::advance_contract({.advance = AdvanceId{advance},
                                  .city = at.unit(city_of(at)),
                                  .county = at.unit(row.unit("county")),
                                  .contract = row.text("contract"),
                                  .fund = row.of<Fen>("fund_fen"),
                                  .amount = row.of<Fen>("paid_fen"),
                                  .share = share,
                                  .granted = granted,
                                  .due = row.day("due_day")},
                                 issue);
}

}  // namespace landex::desk
