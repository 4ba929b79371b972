#include "tests/random_pool.hpp"

#include "exchange/allocation/propose.hpp"
#include "exchange/engine/pool.hpp"

namespace landex::testing {
namespace {

namespace command = engine::command;
using clearing::RequestState;

std::string paper(Random& r) { return r.one_in(60) ? std::string{} : std::string{"文号"}; }

/// One in this state; number 1, which is none, if there is none, and at times any number.
RequestId some_request(Random& r, const engine::State& s, RequestState state) {
  std::vector<RequestId> all;
  for (const auto& [id, request] : s.pool_requests.requests)
    if (request.state == state || r.one_in(40)) all.push_back(id);
  return all.empty() ? RequestId{r.one_in(2) ? 1 : r.below(s.last.value + 2)} : all[r.below(all.size())];
}

std::vector<clearing::Draw> draws_now(Random& r, const engine::State& s) {
  const auto proposal = allocation::propose(engine::allocation_case(s));
  auto draws = proposal ? proposal->draws : std::vector<clearing::Draw>{};
  if (draws.empty() || r.one_in(12))
    draws.push_back({.request = some_request(r, s, RequestState::open).value,
                     .filing = {r.below(s.last.value + 2)},
                     .component = static_cast<Instrument>(r.one_in(10) ? r.below(7) : r.between(1, 3)),
                     .quantity = Quantity::from_raw(r.between(r.one_in(20) ? 0 : 1, 200))});
  if (r.one_in(15)) draws[r.below(draws.size())].quantity += Quantity::from_raw(r.between(-2, 2));
  if (r.one_in(30)) draws.pop_back();
  return draws;
}

}  // namespace

std::optional<engine::Command> allocation_step(Random& r, const engine::State& s) {
  for (auto at = s.proposals.all.rbegin(); at != s.proposals.all.rend(); ++at) {
    const auto* c = std::get_if<command::AllocatePool>(&at->second.subject);
    if (!c || at->second.state != engine::ProposalState::under_review) continue;
    const auto draft = s.pool_requests.drafts.find(c->allocation);
    if (draft == s.pool_requests.drafts.end() || (engine::is_stale(s, draft->second) && !r.one_in(40))) continue;
    if (r.one_in(12))  // what is before an approver does not change
      return command::AddDraws{.allocation = c->allocation, .part = draft->second.parts + 1, .draws = draws_now(r, s)};
    return command::DecideProposal{.proposal = at->first,
                                   .verdict = r.one_in(12) ? engine::StepVerdict::return_ : engine::StepVerdict::pass,
                                   .reason = "意见",
                                   .document = {}};
  }
  for (auto at = s.pool_requests.drafts.rbegin(); at != s.pool_requests.drafts.rend(); ++at) {
    const auto& draft = at->second;
    if (draft.effective || (engine::is_stale(s, draft) && !r.one_in(100))) continue;
    const bool cannot_be = draft.parts > 0 && clearing::verify(engine::allocation_case(s), draft.draws).has_value();
    if (cannot_be && !r.one_in(20)) continue;
    if (draft.parts == 0 || r.one_in(12))
      return command::AddDraws{
          .allocation = draft.id, .part = draft.parts + (r.one_in(15) ? 2 : 1), .draws = draws_now(r, s)};
    const command::AllocatePool allocate{.allocation = draft.id, .document = paper(r)};
    if (r.one_in(15)) return allocate;
    return command::Propose{.subject = allocate, .reason = "事由", .document = {}};
  }
  return std::nullopt;
}

engine::Command pool_command(Random& r, const engine::State& s) {
  constexpr uint32_t kCounties[] = {330182, 330127, 330110, 330109, 330100, 330999};
  const auto county = [&] { return District::code(kCounties[r.one_in(30) ? r.below(6) : r.below(4)]); };
  const auto purpose = [&] { return static_cast<clearing::RequestClass>(r.one_in(40) ? r.below(8) : r.between(1, 5)); };
  const Day today = s.last_day.value_or(*Day::ymd(2024, 6, 20));
  switch (r.below(16)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const auto amount = [&](int64_t most) { return r.one_in(2) ? 0 : r.between(r.one_in(40) ? -1 : 0, most); };
      command::RequestPool c{
          .county = county(),
          .purpose = purpose(),
          .project = paper(r),
          .need = {.area = Area::from_raw(amount(4'000)),
                   .paddy = Area::from_raw(amount(900)),
                   .capacity = Capacity::from_raw(amount(2'000))},
          .lowest_grade = {},
          .deadline = Day::from_raw(today.raw() + static_cast<int32_t>(r.between(r.one_in(20) ? -1 : 0, 8))),
          .document = paper(r),
          .exception = {},
          .balance = {}};
      if (r.one_in(3)) c.lowest_grade = static_cast<uint8_t>(r.between(r.one_in(30) ? 0 : 1, r.one_in(30) ? 16 : 15));
      if (c.purpose == clearing::RequestClass::other ? !r.one_in(6) : r.one_in(20))
        c.exception = clearing::PurposeException{.reason = paper(r), .approver = paper(r)};
      if (r.one_in(40)) c.balance = BalanceId{r.below(s.last.value + 2)};
      return c;
    }
    case 4:
      return command::WithdrawRequest{.request = some_request(r, s, RequestState::open), .document = paper(r)};
    case 5:
    case 6:
    case 7:
    case 8:
      return command::DraftAllocation{.computed_at = {r.one_in(20) ? r.below(s.last.value + 3) : s.last.value}};
    case 9:
    case 10:
    case 11:
    case 12:
      return command::TakeAllotment{.request = some_request(r, s, RequestState::allotted), .document = paper(r)};
    case 13:
      return command::ReturnAllotment{.request = some_request(r, s, RequestState::allotted), .document = paper(r)};
    default: {
      command::AllotPlots c{
          .plots = {}, .county = county(), .purpose = purpose(), .project = paper(r), .document = paper(r)};
      std::vector<std::string> pooled;
      for (const auto& [number, plot] : s.reserve.plots())
        if ((plot.pooled && !s.titles.find(number)) || r.one_in(40)) pooled.push_back(number);
      for (uint64_t n = r.one_in(30) ? 0 : 1 + r.below(2); n > 0; --n)
        c.plots.push_back({.number = pooled.empty() || r.one_in(40) ? "P" + std::to_string(r.below(400))
                                                                    : pooled[r.below(pooled.size())]});
      return c;
    }
  }
}

}  // namespace landex::testing
