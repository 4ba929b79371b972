// steps_reserved_scale.cpp: the construction land that a township plan reserves for rural projects (H66-17).
#include "clearing/policy/share.hpp"
#include "exchange/engine/check_helpers.hpp"
#include "exchange/engine/runs.hpp"

namespace landex::engine {
namespace {

using clearing::RuralTrade;
using policy::Clause;
using policy::Parameter;

constexpr Clause kRule = Clause::h66_17;

bool require_township(const Asked& a, District county, const std::string& township, Area area) {
  require_account(a, county);
  require_county(a, county);
  require_text(a, "township", township, kRule);
  return require_range(a, "area", area.raw(), 1, kMaxQuantity.raw());
}

}  // namespace

void check(const Asked& a, const command::SetTownshipScale& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  require_township(a, c.county, c.township, c.area);
  require_text(a, "document", c.document, kRule);
  if (open && a.state.pack) require_row(a, Parameter::reserved_scale_share, kRule, "township.reserved_share");
  if (a.state.scales.all.contains({.county = c.county, .township = c.township}))
    a.verdict.refuse({Reason::already_registered, kRule, {{FactName::participant, fact(c.county)}}, "scale"});
}

void move(Doing& d, const command::SetTownshipScale& c) {
  const Area reserved =
      policy::share_down(c.area, d.state.pack->row(Parameter::reserved_scale_share, *d.state.day)->value);
  d.state.scales.all.emplace(clearing::TownshipKey{.county = c.county, .township = c.township},
                             clearing::TownshipScale{.county = c.county,
                                                     .township = c.township,
                                                     .scale = c.area,
                                                     .reserved = reserved,
                                                     .used = {},
                                                     .document = c.document,
                                                     .uses = {}});
  d.events.emplace_back(event::ScaleSet{
      .county = c.county, .township = c.township, .scale = c.area, .reserved = reserved, .document = c.document});
}

void check(const Asked& a, const command::UseReservedScale& c) {
  require_role(a, a.who.role == Role::bureau || (a.who.role == Role::district && a.who.participant == c.county));
  require_policy(a);
  require_day(a);
  require_clause(a, kRule);
  const bool sized = require_township(a, c.county, c.township, c.area);
  require_text(a, "project", c.project, kRule);
  require_text(a, "document", c.document, kRule);
  require_range(a, "trade", fact(c.trade), fact(RuralTrade::farming), fact(RuralTrade::study));
  const auto at = a.state.scales.all.find({.county = c.county, .township = c.township});
  if (at == a.state.scales.all.end()) {
    a.verdict.refuse({Reason::unknown_scale, kRule, {{FactName::participant, fact(c.county)}}, c.township});
    return;
  }
  if (const Area left = at->second.reserved - at->second.used; sized && c.area > left)
    a.verdict.refuse({Reason::over_reserved_scale,
                      kRule,
                      {{FactName::needed_area, fact(c.area)}, {FactName::available_area, fact(left)}},
                      c.township});
}

void move(Doing& d, const command::UseReservedScale& c) {
  auto& scale = d.state.scales.all.at({.county = c.county, .township = c.township});
  scale.used += c.area;
  scale.uses.push_back(
      {.number = d.seq, .trade = c.trade, .area = c.area, .project = c.project, .document = c.document});
  d.events.emplace_back(event::ScaleUsed{.county = c.county,
                                         .township = c.township,
                                         .trade = c.trade,
                                         .area = c.area,
                                         .left = scale.reserved - scale.used,
                                         .project = c.project,
                                         .document = c.document});
}

}  // namespace landex::engine
