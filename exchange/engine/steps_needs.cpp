// steps_needs.cpp: what a county keeps for its own projects (H66-7.7), and the certificates of gaps (H66-7.6). What
// follows from them for offers and purchases: needs.hpp.
#include "exchange/engine/check_helpers.hpp"

namespace landex::engine {
namespace {

using policy::Clause;

/// Of supplementary farmland: H66-7.6 and 7.7 speak of nothing else.
bool require_supplementary(const Asked& a, Instrument i, Clause rule) {
  if (!require_instrument(a, i)) return false;
  if (is_supplementary(i)) return true;
  a.verdict.refuse({Reason::component_not_in_kind, rule, {{FactName::instrument, fact(i)}}, "instrument"});
  return false;
}

}  // namespace

void check(const Asked& a, const command::RegisterNeed& c) {
  require_role(a, a.who.role == Role::district && a.who.participant == c.county);
  require_policy(a);
  require_day(a);
  require_not_ended(a, Clause::h66_7_7);
  require_account(a, c.county);
  require_county(a, c.county);
  require_text(a, "document", c.document, Clause::h66_7_7);
  require_range(a, "quantity", c.quantity.raw(), 0, kMaxQuantity.raw(), c.instrument);
  require_supplementary(a, c.instrument, Clause::h66_7_7);
}

void move(Doing& d, const command::RegisterNeed& c) {
  auto& own = d.state.needs.own;
  if (c.quantity == Quantity{})
    own.erase({c.county, c.instrument});
  else
    own[{c.county, c.instrument}] = {.quantity = c.quantity, .document = c.document};
  d.events.emplace_back(event::NeedRegistered{
      .county = c.county, .instrument = c.instrument, .quantity = c.quantity, .document = c.document});
}

void check(const Asked& a, const command::CertifyGap& c) {
  require_bureau(a);
  require_policy(a);
  const bool open = require_day(a);
  require_not_ended(a, Clause::h66_7_6);
  require_account(a, c.participant);
  require_county(a, c.participant);
  require_text(a, "document", c.document, Clause::h66_7_6);
  require_range(a, "quantity", c.quantity.raw(), 1, kMaxQuantity.raw(), c.instrument);
  require_supplementary(a, c.instrument, Clause::h66_7_6);
  if (c.from > c.until)
    a.verdict.refuse({Reason::period_ends_before_it_begins,
                      {},
                      {{FactName::from_day, fact(c.from)}, {FactName::until_day, fact(c.until)}},
                      {}});
  if (open && c.until < *a.state.day)
    a.verdict.refuse({Reason::term_not_later, {}, {{FactName::day, fact(*a.state.day)}}, "until"});
}

void move(Doing& d, const command::CertifyGap& c) {
  const GapId id{d.seq.value};
  d.state.needs.gaps.emplace(id, clearing::Gap{.id = id,
                                               .participant = c.participant,
                                               .instrument = c.instrument,
                                               .quantity = c.quantity,
                                               .from = c.from,
                                               .until = c.until,
                                               .document = c.document,
                                               .revoked = false});
  d.events.emplace_back(event::GapCertified{.gap = id,
                                            .participant = c.participant,
                                            .instrument = c.instrument,
                                            .quantity = c.quantity,
                                            .from = c.from,
                                            .until = c.until,
                                            .document = c.document});
}

void check(const Asked& a, const command::RevokeGap& c) {
  require_bureau(a);
  require_policy(a);
  require_day(a);
  require_text(a, "document", c.document, Clause::h66_7_6);
  const auto at = a.state.needs.gaps.find(c.gap);
  if (at == a.state.needs.gaps.end() || at->second.revoked)
    a.verdict.refuse({Reason::unknown_gap, Clause::h66_7_6, {{FactName::number, fact(c.gap)}}, {}});
}

void move(Doing& d, const command::RevokeGap& c) {
  auto& gap = d.state.needs.gaps.at(c.gap);
  gap.revoked = true;
  d.events.emplace_back(event::GapRevoked{.gap = c.gap, .participant = gap.participant, .document = c.document});
}

}  // namespace landex::engine
