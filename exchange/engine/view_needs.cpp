#include "exchange/engine/view_needs.hpp"

#include "exchange/engine/balances.hpp"

namespace landex::engine {
namespace {

using clearing::Tier;

/// Of the area: the best that the county's class may deal at in the book, or the price between cities in force.
std::optional<Rate> area_price(const State& s, District county, Tier tier) {
  constexpr auto kArea = Instrument::supplementary_area;
  if (!s.day || !s.ledger.is_open(county)) return std::nullopt;
  if (tier == Tier::purchase) {
    const auto best = s.market.books.best_dealable(book_of(kArea), s.ledger.kind_of(county), Side::buy);
    return best ? std::optional{rate_of(kArea, best->price)} : std::nullopt;
  }
  const auto* row = tier == Tier::outside ? s.prices.in_force(kArea, *s.day) : nullptr;
  return row ? std::optional{row->rate} : std::nullopt;
}

view::TierRow tier_of(const State& s, const clearing::Balance& b, Tier tier) {
  const auto could = [&](Instrument i) { return could_give(s, b, tier, i).raw(); };
  return {.tier = tier,
          .could = {.area = Area::from_raw(could(Instrument::supplementary_area)),
                    .paddy = Area::from_raw(could(Instrument::supplementary_paddy)),
                    .capacity = Capacity::from_raw(could(Instrument::supplementary_capacity))},
          .open = serves(b, tier),
          .area_price = area_price(s, b.county, tier)};
}

}  // namespace

view::Needs needs_of(const State& s, const Asker& who, std::optional<District> participant) {
  view::Needs out;
  for (const auto& [key, need] : s.needs.own) {
    const auto& [county, instrument] = key;
    if (wanted(who, participant, county))
      out.own.push_back(
          {.county = county, .instrument = instrument, .quantity = need.quantity, .document = need.document});
  }
  for (const auto& [id, gap] : s.needs.gaps)
    if (wanted(who, participant, gap.participant)) out.gaps.push_back(gap);
  return out;
}

view::Balances balances_of(const State& s, const Asker& who, std::optional<District> county) {
  view::Balances out;
  for (const auto& [id, b] : s.needs.balances) {
    if (!wanted(who, county, b.county)) continue;
    view::BalanceRow row{.balance = b, .left = left_of(b), .tiers = {}};
    if (b.open)
      for (const Tier t : {Tier::own, Tier::pool, Tier::purchase, Tier::outside}) row.tiers.push_back(tier_of(s, b, t));
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace landex::engine
