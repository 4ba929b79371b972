// ids.hpp: names of things. An id is the number of the command that made the thing (decisions 1), so a replay names
// everything alike. One template, no arithmetic: an order cannot be passed for a deal.
#pragma once
#include <compare>
#include <cstdint>

namespace landex {

template <class Kind>
struct Id {
  using Raw = uint64_t;
  uint64_t value = 0;
  static constexpr Id from_raw(uint64_t v) { return Id{v}; }
  constexpr uint64_t raw() const { return value; }
  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;
};

using Sequence = Id<struct SequenceKind>;  // the one number that orders everything
using OrderId = Id<struct OrderKind>;
using DealId = Id<struct DealKind>;
using AuctionId = Id<struct AuctionKind>;
using BidId = Id<struct BidKind>;
using FilingId = Id<struct FilingKind>;
using AdvanceId = Id<struct AdvanceKind>;
using ProposalId = Id<struct ProposalKind>;
using ProjectId = Id<struct ProjectKind>;
using FreezeId = Id<struct FreezeKind>;
using LoanId = Id<struct LoanKind>;
using WriteOffId = Id<struct WriteOffKind>;
using PriceRowId = Id<struct PriceRowKind>;
using RequestId = Id<struct RequestKind>;
using AllocationId = Id<struct AllocationKind>;
using GapId = Id<struct GapKind>;
using BalanceId = Id<struct BalanceKind>;
using StandardId = Id<struct StandardIdKind>;
using UndertakingId = Id<struct UndertakingKind>;
using EnclaveId = Id<struct EnclaveIdKind>;
using AgreementId = Id<struct AgreementKind>;
using RunId = Id<struct RunIdKind>;
using PersonId = Id<struct PersonKind>;      // pseudonymous; names are not in the journal
using ClientKey = Id<struct ClientKeyKind>;  // names one stream of counters of one person
using Counter = Id<struct CounterKind>;      // counts the commands of a client key, from 1

}  // namespace landex
