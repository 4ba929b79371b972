// proposers.hpp: who may propose what (the checks of the commands say the same; Approvals.* holds the two together), so
// that a chain nobody could pass is refused where it is written. A step of the district is for another person of the
// proposer's own district: of what the bureau alone proposes there is no such person. Data; pure.
#pragma once
#include <algorithm>

#include "clearing/policy/chain.hpp"

namespace landex::policy {

enum class Proposers : uint8_t { district = 1, bureau = 2, either = 3 };

constexpr Proposers proposers_of(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::write_off:
    case SubjectKind::apply_advance:
    case SubjectKind::lend_land:
    case SubjectKind::use_titles:
    case SubjectKind::request_pool:
    case SubjectKind::fill_balance:
      return Proposers::district;
    case SubjectKind::cancel_auction:
    case SubjectKind::file_batch:
    case SubjectKind::enter_plots:
    case SubjectKind::register_title:
    case SubjectKind::repay_advance:
    case SubjectKind::use_reserved_scale:
      return Proposers::either;
    case SubjectKind::deduct_batch:
    case SubjectKind::publish_price:
    case SubjectKind::settle_deal:
    case SubjectKind::settle_claims:
    case SubjectKind::withdraw:
    case SubjectKind::confirm_deal:
    case SubjectKind::void_deal:
    case SubjectKind::revoke_price:
    case SubjectKind::adjust_batch:
    case SubjectKind::cancel_land:
    case SubjectKind::transfer_land:
    case SubjectKind::restore_land:
    case SubjectKind::freeze_land:
    case SubjectKind::unfreeze_land:
    case SubjectKind::allocate_pool:
    case SubjectKind::allot_plots:
    case SubjectKind::open_product:
    case SubjectKind::certify_gap:
    case SubjectKind::cancel_title:
    case SubjectKind::execute_run:
    case SubjectKind::publish_standard:
    case SubjectKind::revoke_standard:
    case SubjectKind::earmark_fund:
    case SubjectKind::register_task:
    case SubjectKind::record_restored:
    case SubjectKind::agree_undertaking:
    case SubjectKind::register_enclave:
    case SubjectKind::agree_pbf_task:
      return Proposers::bureau;
  }
  return Proposers::bureau;
}

/// Is there somebody for every step?
inline bool has_people(const Chain& c) {
  return proposers_of(c.subject) != Proposers::bureau ||
         std::ranges::none_of(c.steps, [](const ChainStep& s) { return s.role == ChainRole::district; });
}

}  // namespace landex::policy
