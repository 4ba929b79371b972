// chain.hpp: who has to say yes before a command of some kind is done: 初审 → 审核 → 批准 → 公示 → 生效, as dated data.
// H66 states no chain, so each that we ship is our default, not the law; a bureau writes its own in approvals.toml.
// The numbers are in journals: never reused. Data; pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "clearing/policy/clause.hpp"
#include "matching/types/day.hpp"

namespace landex::policy {

/// The commands that may need a second pair of eyes, in the order of the engine's list of them (engine::Subject).
enum class SubjectKind : uint8_t {
  deduct_batch = 1,
  write_off = 2,
  publish_price = 3,
  settle_deal = 4,
  settle_claims = 5,
  withdraw = 6,
  cancel_auction = 7,
  file_batch = 8,
  enter_plots = 9,
  apply_advance = 10,
  confirm_deal = 11,
  void_deal = 12,
  revoke_price = 13,
  adjust_batch = 14,
  cancel_land = 15,
  transfer_land = 16,
  restore_land = 17,
  freeze_land = 18,
  unfreeze_land = 19,
  lend_land = 20,
  repay_advance = 21,
  allocate_pool = 22,
  allot_plots = 23,
  open_product = 24,
  certify_gap = 25,
  use_titles = 26,
  request_pool = 27,
  fill_balance = 28,
  cancel_title = 29,
  register_title = 30,
  execute_run = 31,
  publish_standard = 32,
  revoke_standard = 33,
  earmark_fund = 34,
  register_task = 35,
  record_restored = 36,
  agree_undertaking = 37,
  register_enclave = 38,
  agree_pbf_task = 39,
  use_reserved_scale = 40,
};
BOOST_DESCRIBE_ENUM(SubjectKind, deduct_batch, write_off, publish_price, settle_deal, settle_claims, withdraw,
                    cancel_auction, file_batch, enter_plots, apply_advance, confirm_deal, void_deal, revoke_price,
                    adjust_batch, cancel_land, transfer_land, restore_land, freeze_land, unfreeze_land, lend_land,
                    repay_advance, allocate_pool, allot_plots, open_product, certify_gap, use_titles, request_pool,
                    fill_balance, cancel_title, register_title, execute_run, publish_standard, revoke_standard,
                    earmark_fund, register_task, record_restored, agree_undertaking, register_enclave, agree_pbf_task,
                    use_reserved_scale)

enum class StepKind : uint8_t {
  first_review = 1,  // 初审
  review = 2,        // 审核
  approve = 3,       // 批准
};
BOOST_DESCRIBE_ENUM(StepKind, first_review, review, approve)

/// Whose a step is. The numbers are those of engine::Role.
enum class ChainRole : uint8_t {
  district = 1,  // another person of the proposer's own district or county
  bureau = 2,
};
BOOST_DESCRIBE_ENUM(ChainRole, district, bureau)

/// Where a chain is in force. The numbers are those of engine::Venue.
enum class ChainVenue : uint8_t { simulation = 1, production = 2 };
BOOST_DESCRIBE_ENUM(ChainVenue, simulation, production)

struct ChainStep {
  StepKind step;
  ChainRole role;
  uint16_t within;  // working days from the day on which the step began; the last of them is the last to decide on
  friend bool operator==(const ChainStep&, const ChainStep&) = default;
};
BOOST_DESCRIBE_STRUCT(ChainStep, (), (step, role, within))

struct Chain {
  SubjectKind subject;
  std::optional<ChainVenue> venue;  // none: at every venue
  Day from, until;                  // both included
  std::vector<ChainStep> steps;     // 初审 before 审核 before 批准; the last is a 批准
  uint16_t notice;                  // working days of 公示 after the last step; 0: it takes effect at once
  Clause clause;
  Origin origin;
  Period period() const { return {from, until}; }
  friend bool operator==(const Chain&, const Chain&) = default;
};
BOOST_DESCRIBE_STRUCT(Chain, (), (subject, venue, from, until, steps, notice, clause, origin))

inline constexpr uint16_t kMostWorkingDays = 250;  // of a step or a notice: about a year
inline constexpr size_t kMostSteps = 5;

/// Can it be followed: one to five steps, in their order, ending with 批准, each with time to decide? What stops an
/// auction has no notice: it frees what sealed bids hold, which is nobody's to see (decisions 16), and a business day
/// that opens does not say so of the command that it does.
inline bool can_be_followed(const Chain& c) {
  const auto good = [](const ChainStep& s) {
    return s.step >= StepKind::first_review && s.step <= StepKind::approve && s.role >= ChainRole::district &&
           s.role <= ChainRole::bureau && s.within >= 1 && s.within <= kMostWorkingDays;
  };
  return c.from <= c.until && !c.steps.empty() && c.steps.size() <= kMostSteps && std::ranges::all_of(c.steps, good) &&
         std::ranges::is_sorted(c.steps, {}, &ChainStep::step) && c.steps.back().step == StepKind::approve &&
         c.notice <= kMostWorkingDays && c.subject >= SubjectKind::deduct_batch &&
         c.subject <= SubjectKind::use_reserved_scale && (c.subject != SubjectKind::cancel_auction || c.notice == 0) &&
         (!c.venue || *c.venue == ChainVenue::simulation || *c.venue == ChainVenue::production);
}

}  // namespace landex::policy
