#include "clients/simulator/city/trader.hpp"

#include <algorithm>

#include "clients/simulator/city/amounts.hpp"

namespace landex::simulator {
namespace {

constexpr auto kArea = Instrument::supplementary_area;
// 模拟假设: a speculator buys 5 % below and sells 5 % above the mean of the last five sessions that traded, with a
// fifth of its money at a time. No document knows one.
constexpr size_t kMovingSessions = 5;
constexpr double kSpread = .05, kStake = .2;

QuoterRules rules_of(const Point& point, Price highest) {
  QuoterRules r;
  r.pricing = static_cast<Pricing>(point.choice<Strategy>(Factor::strategy));
  r.margin = point[Factor::margin];
  r.lowest = Price::ticks(1);
  r.highest = highest;
  return r;
}

static_assert(static_cast<uint8_t>(Strategy::truthful) == static_cast<uint8_t>(Pricing::truthful));
static_assert(static_cast<uint8_t>(Strategy::margin) == static_cast<uint8_t>(Pricing::margin));
static_assert(static_cast<uint8_t>(Strategy::zip) == static_cast<uint8_t>(Pricing::zip));
static_assert(static_cast<uint8_t>(Strategy::zi_c) == static_cast<uint8_t>(Pricing::zi_c));
static_assert(static_cast<uint8_t>(Strategy::zi_u) == static_cast<uint8_t>(Pricing::zi_u));

Stream stream_of(const Town& town, uint32_t party, TraderRole role, Seeds seeds, Purpose purpose, uint64_t more = 0) {
  return Stream{{.seed = seeds.study,
                 .run = seeds.run,
                 .agent = uint64_t{town.parties[party].district.raw()} * 8 + static_cast<uint64_t>(role) * 2 + more,
                 .purpose = purpose}};
}

/// What the money buys at that price.
Quantity affordable(Fen money, Price price) { return Quantity::from_raw(money.raw() / price.raw()); }

}  // namespace

Trader::Trader(const Town& town, uint32_t party, TraderRole role, Seeds seeds, Price highest)
    : party_{party},
      role_{role},
      quote_{stream_of(town, party, role, seeds, Purpose::quote)},
      turn_{stream_of(town, party, role, seeds, Purpose::turn)},
      area_{rules_of(town.now, highest), role == TraderRole::seller ? Side::sell : Side::buy,
            stream_of(town, party, role, seeds, Purpose::learn)},
      linkage_{rules_of(town.now, highest), role == TraderRole::seller ? Side::sell : Side::buy,
               stream_of(town, party, role, seeds, Purpose::learn, 1)} {}

void Trader::change_strategy(const Town& town, Seeds seeds, Price highest) {
  const Side side = role_ == TraderRole::seller ? Side::sell : Side::buy;
  area_ = Quoter{rules_of(town.now, highest), side, stream_of(town, party_, role_, seeds, Purpose::learn)};
  linkage_ = Quoter{rules_of(town.now, highest), side, stream_of(town, party_, role_, seeds, Purpose::learn, 1)};
}

std::optional<Offer> Trader::turn(Town& town) {
  switch (role_) {
    case TraderRole::buyer:
      return buy(town);
    case TraderRole::seller:
      return sell(town);
    case TraderRole::speculator:
      break;
  }
  return speculate(town);
}

std::optional<Offer> Trader::offer(Town& town, Intent intent, uint32_t item, Instrument i, Side side, Quantity q,
                                   Price limit, uint32_t replaces) {
  const auto rule = town.now.choice<QuoteRule>(Factor::quote_rule);
  if (replaces != kNone && rule == QuoteRule::persist) return std::nullopt;
  (i == Instrument::linkage ? last_linkage_limit_ : last_area_limit_) = limit;
  const Price price = quoter(i).quote(limit, quote_);
  if (side == Side::buy) {
    Fen money = town.money(party_);
    if (replaces != kNone) money += consideration(town.quotes[replaces].left, town.quotes[replaces].price);
    q = std::min(q, affordable(money, price));
  }
  if (q == Quantity{}) return std::nullopt;
  if (replaces != kNone && town.quotes[replaces].price == price) return std::nullopt;  // nothing new to say
  if (rule == QuoteRule::improve) {
    const auto best = town.world.state().market.books.best(engine::book_of(i), side);
    if (best && (side == Side::buy ? price <= *best : price >= *best)) return std::nullopt;
  }
  return Offer{.party = party_,
               .intent = intent,
               .item = item,
               .instrument = i,
               .side = side,
               .quantity = q,
               .price = price,
               .limit = limit,
               .replaces = replaces};
}

std::optional<Offer> Trader::buy(Town& town) {
  const Party& p = town.parties[party_];
  if (p.lacks[0] + p.lacks[1] == Quantity{}) return std::nullopt;
  // The leg with the highest limit that is not quoted yet, those first that were not tried in this session (an auction
  // may have no lot for one, and has for the next); if all are quoted, the one that was quoted first.
  uint32_t best = kNone, oldest = kNone;
  Instrument leg = kArea, oldest_leg = kArea;
  Price best_limit;
  bool best_untried = false;
  for (uint32_t n = p.first_project; n < p.last_project; ++n) {
    const auto& project = town.projects[n];
    if (!project.begun) break;  // they are in order of their beginnings
    if (project.over) continue;
    const auto look = [&](Instrument i, Quantity lacks) {
      if (lacks == Quantity{}) return;
      const bool linkage = i == Instrument::linkage;
      const uint32_t quote = project.quote[linkage];
      if (quote != kNone) {
        if (oldest == kNone || quote < town.projects[oldest].quote[oldest_leg == Instrument::linkage]) {
          oldest = n;
          oldest_leg = i;
        }
        return;
      }
      const Price limit = town.limit_of(project, i);
      const bool untried = project.tried[linkage] != town.session;
      if (limit > Price{} && (untried != best_untried ? untried : limit > best_limit)) {
        best = n;
        leg = i;
        best_limit = limit;
        best_untried = untried;
      }
    };
    look(kArea, project.lacks());
    look(Instrument::linkage, project.lacks_linkage());
  }
  if (best == kNone && oldest == kNone) return std::nullopt;
  const uint32_t n = best != kNone ? best : oldest;
  const Instrument i = best != kNone ? leg : oldest_leg;
  auto& project = town.projects[n];
  const Price limit = town.limit_of(project, i);
  if (limit == Price{}) return std::nullopt;
  project.tried[i == Instrument::linkage] = town.session;
  return offer(town, Intent::buy_for_project, n, i, Side::buy,
               i == Instrument::linkage ? project.lacks_linkage() : project.lacks(), limit,
               best != kNone ? kNone : project.quote[i == Instrument::linkage]);
}

std::optional<Offer> Trader::sell(Town& town) {
  const Party& p = town.parties[party_];
  if (p.left[0] + p.left[1] == Quantity{}) return std::nullopt;
  // What own projects need is kept of the land that came first (H66-7.7). Of either instrument the cheapest that is not
  // quoted yet, those first that were not tried in this session; of the two the one with fewer quotes, else a seller
  // with many lots of one would never come to the other.
  Quantity kept = p.needs;
  uint32_t oldest = kNone;
  std::array<uint32_t, 2> cheapest{kNone, kNone}, quoted{};
  std::array<Quantity, 2> free_of{};
  for (const uint32_t n : p.slices) {
    const Slice& s = town.slices[n];
    if (s.left == Quantity{}) continue;
    const bool linkage = s.instrument == Instrument::linkage;
    if (s.quote != kNone) {
      ++quoted[linkage];
      if (oldest == kNone || s.quote < town.slices[oldest].quote) oldest = n;
      continue;
    }
    Quantity free = s.left;
    if (!linkage) {
      const Quantity part = std::min(kept, free);
      kept -= part;
      free -= part;
    }
    if (free == Quantity{}) continue;
    const auto rank = [&](const Slice& x) { return std::pair{x.tried == town.session, x.cost}; };
    if (uint32_t& best = cheapest[linkage]; best == kNone || rank(s) < rank(town.slices[best])) {
      best = n;
      free_of[linkage] = free;
    }
  }
  const bool linkage = cheapest[0] == kNone || (cheapest[1] != kNone && quoted[1] < quoted[0]);
  const uint32_t best = cheapest[linkage];
  Quantity most = free_of[linkage];
  if (best == kNone && oldest == kNone) return std::nullopt;
  const uint32_t n = best != kNone ? best : oldest;
  Slice& s = town.slices[n];
  s.tried = town.session;
  if (best == kNone) most = town.quotes[s.quote].left;
  most = best == kNone ? most : std::min(most, town.land(party_, s.instrument));
  return offer(town, Intent::sell_slice, n, s.instrument, Side::sell, most, s.cost, best == kNone ? s.quote : kNone);
}

std::optional<Offer> Trader::speculate(Town& town) {
  if (means_.empty()) return std::nullopt;
  double mean = 0;
  for (const Price p : means_) mean += static_cast<double>(p.raw());
  mean /= static_cast<double>(means_.size());
  const Party& p = town.parties[party_];
  bid_last_ = !bid_last_;
  const Side side = bid_last_ ? Side::buy : Side::sell;
  for (const auto& q : town.quotes)
    if (q.live && q.party == party_ && q.side == side) return std::nullopt;  // one of each side at a time
  const Price price = price_of(mean / 100 * (side == Side::buy ? 1 - kSpread : 1 + kSpread));
  if (price == Price{}) return std::nullopt;
  const Fen stake = Fen::fen(static_cast<int64_t>(static_cast<double>(town.money(party_).raw()) * kStake));
  const Quantity q = side == Side::buy ? affordable(stake, price) : std::min(p.inventory, town.land(party_, kArea));
  if (q == Quantity{}) return std::nullopt;
  return Offer{.party = party_,
               .intent = Intent::speculate,
               .item = party_,
               .instrument = kArea,
               .side = side,
               .quantity = q,
               .price = price,
               .limit = price};
}

void Trader::hear(const Town& town, Instrument i, const Shout& shout) {
  if (role_ == TraderRole::speculator) return;
  const Party& p = town.parties[party_];
  const bool linkage = i == Instrument::linkage;
  const bool active = (role_ == TraderRole::buyer ? p.lacks : p.left)[linkage] > Quantity{};
  quoter(i).hear(shout, linkage ? last_linkage_limit_ : last_area_limit_, active);
}

void Trader::end_session(std::optional<Price> mean) {
  if (role_ != TraderRole::speculator || !mean) return;
  if (means_.size() == kMovingSessions) means_.erase(means_.begin());
  means_.push_back(*mean);
}

}  // namespace landex::simulator
