#include "exchange/feed/audience.hpp"

namespace landex::feed {
namespace {

using namespace engine::event;

bool party(const auto&, District) { return false; }  // public, or for the sender alone
bool party(const MoneyMoved& e, District d) { return e.from == d || e.to == d; }
bool party(const LandMoved& e, District d) { return e.from == d || e.to == d; }
bool party(const Filed& e, District d) { return e.county == d; }
bool party(const ClaimBooked& e, District d) { return e.county == d; }
bool party(const PlotEntered& e, District d) { return e.county == d; }
bool party(const PlotPooled& e, District d) { return e.county == d; }
bool party(const OrderAccepted& e, District d) { return e.participant == d; }
bool party(const Traded& e, District d) { return e.buyer == d || e.seller == d; }
bool party(const OrderEnded& e, District d) { return e.participant == d; }
bool party(const OrderTerms& e, District d) { return e.participant == d; }
bool party(const OrderReduced& e, District d) { return e.participant == d; }
bool party(const OrderReplaced& e, District d) { return e.participant == d; }
bool party(const OrderShown& e, District d) { return e.participant == d; }
bool party(const StopTriggered& e, District d) { return e.participant == d; }
bool party(const DealProposed& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const DealMoved& e, District d) { return e.seller == d || e.buyer == d; }
bool party(const WrittenOff& e, District d) { return e.participant == d; }
bool party(const DealCountered& e, District d) { return e.seller == d || e.buyer == d; }

}  // namespace

bool is_public(const engine::Event& e) {
  return std::holds_alternative<Activated>(e) || std::holds_alternative<VenueSet>(e) ||
         std::holds_alternative<DayOpened>(e) || std::holds_alternative<DayClosed>(e) ||
         std::holds_alternative<AccountOpened>(e) || std::holds_alternative<PricePublished>(e) ||
         std::holds_alternative<LevelChanged>(e) || std::holds_alternative<ProfileSet>(e) ||
         std::holds_alternative<PhaseChanged>(e) || std::holds_alternative<CallPriced>(e) ||
         std::holds_alternative<BestChanged>(e) || std::holds_alternative<DayStatistics>(e);
}

bool concerns(const engine::Event& e, District participant) {
  return std::visit([&](const auto& what) { return party(what, participant); }, e);
}

bool may_see(const engine::Event& e, District participant, engine::Role role) {
  if (is_public(e)) return false;  // they come with the market, once
  return role == engine::Role::bureau || role == engine::Role::auditor || concerns(e, participant);
}

}  // namespace landex::feed
