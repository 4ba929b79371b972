#include "clients/feeds/export.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <cassert>
#include <ranges>
#include <utility>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::feeds {
namespace {

using Cells = std::vector<SheetCell>;

/// A row as it grows, and its sheet's columns with the first row: so that the two cannot part.
class Line {
 public:
  explicit Line(const wire::PlaceNames& places) : places_{places} {}

  Line& text(std::string column, std::string value) { return put(std::move(column), {.text = std::move(value)}); }
  Line& count(std::string column, uint64_t value) {
    return put(std::move(column), {.text = std::to_string(value), .number = true});
  }
  Line& raw(std::string column, int64_t value) {
    return put(std::move(column), {.text = std::to_string(value), .number = true});
  }
  template <class E>
  Line& word(std::string column, E value) {
    return text(std::move(column), boost::describe::enum_to_string(value, "unknown"));
  }
  /// Its code, and its name beside it.
  Line& place(const std::string& column, District d) {
    const auto at = places_.find(d);
    return count(column, d.raw()).text(column + "_name", at == places_.end() ? "" : at->second.zh);
  }
  /// In the unit that the line says; none: the line has no such amount.
  Line& amount(const std::string& column, Instrument i, std::optional<Quantity> q) {
    return text(column, q ? wire::quantity(i, *q) : "")
        .put(column + "_raw", {.text = q ? std::to_string(q->raw()) : "", .number = true});
  }
  Line& money(const std::string& column, std::optional<Fen> f) {
    return text(column, f ? wire::decimal(f->raw(), 2) : "")
        .put(column + "_raw", {.text = f ? std::to_string(f->raw()) : "", .number = true});
  }
  Line& area(const std::string& column, Area a) {
    return text(column + "_mu", wire::mu(a)).raw(column + "_raw", a.raw());
  }
  Line& unit(Instrument i) {
    return text("unit", counted_in_kg(i) ? "kg" : "mu").text("raw_unit", counted_in_kg(i) ? "kg" : "0.0001mu");
  }
  Line& unit_of_money() { return text("unit", "yuan").text("raw_unit", "fen"); }
  Line& day(std::string column, std::optional<Day> d) { return text(std::move(column), d ? wire::text_of(*d) : ""); }

  void end(Sheet& sheet) && {
    if (sheet.columns.empty()) sheet.columns = std::move(columns_);
    assert(sheet.columns.size() == cells_.size());
    sheet.rows.push_back(std::move(cells_));
  }

 private:
  Line& put(std::string column, SheetCell cell) {
    columns_.push_back(std::move(column));
    cells_.push_back(std::move(cell));
    return *this;
  }
  const wire::PlaceNames& places_;
  std::vector<std::string> columns_;
  Cells cells_;
};

/// The columns of a sheet without rows are those of an example, which is then thrown away.
template <class Rows, class Write>
Sheet sheet(const Rows& rows, const std::ranges::range_value_t<Rows>& example, Write write) {
  Sheet out;
  for (const auto& row : rows) write(out, row);
  if (!out.columns.empty()) return out;
  write(out, example);
  out.rows.clear();
  return out;
}

template <class Parts, class Text>
std::string joined(const Parts& parts, Text text) {
  std::string out;
  for (const auto& p : parts) out += (out.empty() ? "" : ";") + text(p);
  return out;
}

}  // namespace

Sheet sheet_of(const engine::view::Holdings& v, const wire::PlaceNames& places) {
  using engine::view::Holding, engine::view::Position;
  return sheet(v.rows, Holding{}, [&](Sheet& out, const Holding& h) {
    const auto line = [&](const std::string& asset) {
      Line l{places};
      l.text("record", "holding").place("participant", h.participant).word("class", h.kind).text("asset", asset);
      return l;
    };
    // Money has what land has of these, and claims: what the pool owes it.
    const auto none = std::optional<Quantity>{};
    const auto land = [&](const std::string& asset, Line unit, Instrument i, const Position* p) {
      Line l = std::move(unit);
      if (p)
        l.amount("free", i, p->free).amount("held", i, p->held);
      else
        l.money("free", h.cash).money("held", h.held);
      l.amount("pool", i, p ? std::optional{p->pool} : none)
          .amount("used", i, p ? std::optional{p->used} : none)
          .amount("cancelled", i, p ? std::optional{p->cancelled} : none)
          .amount("frozen", i, p ? std::optional{p->frozen} : none)
          .amount("borrowed", i, p ? std::optional{p->borrowed} : none)
          .amount("lent", i, p ? std::optional{p->lent} : none)
          .money("claims_yuan", asset == "money" ? std::optional{h.claims} : std::nullopt);
      std::move(l).end(out);
    };
    Line money = line("money");
    money.unit_of_money();
    land("money", std::move(money), Instrument::supplementary_area, nullptr);
    for (const auto& p : h.positions) {
      const std::string asset = boost::describe::enum_to_string(p.instrument, "unknown");
      Line l = line(asset);
      l.unit(p.instrument);
      land(asset, std::move(l), p.instrument, &p);
    }
  });
}

Sheet sheet_of(std::span<const engine::view::LineageRow> filings, const wire::PlaceNames& places) {
  using engine::view::LineageRow;
  return sheet(filings, LineageRow{}, [&](Sheet& out, const LineageRow& f) {
    Line l{places};
    l.text("record", "batch")
        .text("source_id", "landex-" + std::to_string(f.filing.raw()))
        .count("filing", f.filing.raw())
        .place("county", f.county)
        .word("kind", f.kind)
        .area("area", f.filed.area)
        .area("paddy", f.filed.paddy)
        .raw("capacity_kg", f.filed.capacity.raw())
        .text("project", f.project)
        .text("document", f.document)
        .text("registered", f.project_id ? "yes" : "")
        .text("project_id", f.project_id ? std::to_string(f.project_id->raw()) : "")
        .text("grade", f.grade ? std::to_string(*f.grade) : "")
        .text("plots_mu", joined(f.plots, [](const auto& p) { return p.plot + ":" + wire::mu(p.area); }))
        .day("expires", f.expires)
        .day("day", f.day)
        .text("deducted_area_mu", wire::mu(f.deducted.area))
        .text("deducted_paddy_mu", wire::mu(f.deducted.paddy))
        .raw("deducted_capacity_kg", f.deducted.capacity.raw());
    std::move(l).end(out);
  });
}

Sheet sheet_of(const engine::view::Lots& v, const wire::PlaceNames& places) {
  using engine::view::LotRow;
  return sheet(v.rows, LotRow{}, [&](Sheet& out, const LotRow& r) {
    Line l{places};
    l.text("record", "lot")
        .count("filing", r.filing.raw())
        .word("instrument", r.instrument)
        .unit(r.instrument)
        .place("participant", r.participant)
        .word("place", r.place)
        .amount("quantity", r.instrument, r.quantity);
    std::move(l).end(out);
  });
}

Sheet sheet_of(const engine::view::Projects& v, const wire::PlaceNames& places) {
  using engine::view::ProjectRow;
  return sheet(v.rows, ProjectRow{}, [&](Sheet& out, const ProjectRow& p) {
    Line l{places};
    l.text("record", "project")
        .text("source_id", "landex-" + std::to_string(p.project.raw()))
        .count("project_id", p.project.raw())
        .place("county", p.county)
        .word("kind", p.kind)
        .text("name", p.name)
        .word("state", p.state)
        .text("document", p.document);
    std::move(l).end(out);
  });
}

Sheet sheet_of(const engine::view::Conflicts& v, const wire::PlaceNames& places) {
  using engine::view::ConflictRow;
  return sheet(v.rows, ConflictRow{}, [&](Sheet& out, const ConflictRow& c) {
    Line l{places};
    l.text("record", "conflict")
        .text("source_id", "landex-" + c.plot)
        .place("county", c.county)
        .text("plot", c.plot)
        .word("conflict", c.conflict)
        .text("document", c.document)
        .text("open", c.open ? "yes" : "no")
        .text("papers", joined(c.papers, [](const auto& p) {
                return boost::describe::enum_to_string(p.paper, "unknown") + std::string{"="} + p.document;
              }));
    std::move(l).end(out);
  });
}

Sheet sheet_of(const engine::view::Deals& v, const wire::PlaceNames& places) {
  using engine::view::DealRow;
  const engine::command::Leg leg{.instrument = Instrument::supplementary_area, .quantity = {}, .price = {}};
  const DealRow example{
      .deal = {}, .proposer = {}, .seller = {}, .buyer = {}, .legs = {leg}, .amount = {}, .state = {}};
  return sheet(v.rows, example, [&](Sheet& out, const DealRow& d) {
    for (size_t n = 0; n < d.legs.size(); ++n) {  // a line for each leg; the amount is of the deal, told once
      const auto& one = d.legs[n];
      const bool kg = counted_in_kg(one.instrument);
      Line l{places};
      l.text("record", "deal")
          .count("deal", d.deal.raw())
          .count("leg", n + 1)
          .place("seller", d.seller)
          .place("buyer", d.buyer)
          .word("state", d.state)
          .word("instrument", one.instrument)
          .unit(one.instrument)
          .amount("quantity", one.instrument, one.quantity)
          .text("price_yuan_per_unit", !one.price ? "" : wire::decimal(one.price->raw(), kg ? 2 : 0))
          .money("amount_yuan", n == 0 ? std::optional{d.amount} : std::nullopt)
          .day("notice_until", d.notice_until)
          .day("pay_by", d.pay_by);
      std::move(l).end(out);
    }
  });
}

namespace {

/// A county's part under 7.2 or 6.2. What a rule does not have stays empty.
struct PoolRow {
  District county;
  std::string rule;
  std::string asset;
  Instrument unit_of;
  std::optional<Quantity> filed, deducted, unpriced, entered, qualifying, target;
  Quantity pooled;
  std::optional<Quantity> shortfall;
  std::optional<Fen> owed;
};

}  // namespace

Sheet sheet_of(const engine::view::Pool& v, const wire::PlaceNames& places) {
  std::vector<PoolRow> rows;
  District told;
  for (const auto& p : v.supplementary) {
    rows.push_back({.county = p.county,
                    .rule = wire::text_of(policy::Clause::h66_7_2),
                    .asset = boost::describe::enum_to_string(p.instrument, "unknown"),
                    .unit_of = p.instrument,
                    .filed = p.filed,
                    .deducted = p.deducted,
                    .unpriced = p.unpriced,
                    .entered = {},
                    .qualifying = {},
                    .target = {},
                    .pooled = p.pooled,
                    .shortfall = {},
                    .owed = p.county == told ? std::nullopt : std::optional{p.owed}});
    told = p.county;
  }
  for (const auto& r : v.reserve)
    rows.push_back({.county = r.county,
                    .rule = wire::text_of(policy::Clause::h66_6_2),
                    .asset = "reserve_plots",
                    .unit_of = Instrument::supplementary_area,
                    .filed = {},
                    .deducted = {},
                    .unpriced = {},
                    .entered = Quantity::of(r.entered),
                    .qualifying = Quantity::of(r.qualifying),
                    .target = Quantity::of(r.target),
                    .pooled = Quantity::of(r.pooled),
                    .shortfall = Quantity::of(r.shortfall),
                    .owed = {}});
  return sheet(rows, PoolRow{}, [&](Sheet& out, const PoolRow& r) {
    Line l{places};
    l.text("record", "pool").place("county", r.county).text("rule", r.rule).text("asset", r.asset).unit(r.unit_of);
    for (const auto& [name, amount] : {std::pair{"filed", r.filed},
                                       {"deducted", r.deducted},
                                       {"unpriced", r.unpriced},
                                       {"entered", r.entered},
                                       {"qualifying", r.qualifying},
                                       {"target", r.target},
                                       {"pooled", std::optional{r.pooled}},
                                       {"shortfall", r.shortfall}})
      l.amount(name, r.unit_of, amount);
    l.money("owed_yuan", r.owed);
    std::move(l).end(out);
  });
}

}  // namespace landex::feeds
