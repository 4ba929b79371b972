#include "clearing/governments/reckon_pbf.hpp"

#include <algorithm>

#include "clearing/governments/split.hpp"

namespace landex::clearing {

std::optional<std::vector<RunLine>> reckon_pbf(const PbfRun& run, int64_t rate_base, Rate price, District city) {
  const auto base_of = [&](const PbfFact& f) { return Wide{(rate_base == 1 ? f.cultivated : f.land).raw()}; };
  auto counties = run.counties;
  std::ranges::sort(counties, {}, &PbfFact::county);
  Wide protected_all = 0, base_all = 0;
  for (const auto& f : counties) {
    protected_all += f.pbf.raw();
    base_all += base_of(f);
  }
  std::vector<RunLine> contributions, receipts;
  if (base_all == 0) return contributions;

  std::vector<Wide> weights;
  Wide collected = 0;
  for (const auto& f : counties) {
    // What it lacks, times the whole base: then every comparison is exact.
    const Wide lacks = protected_all * base_of(f) - Wide{f.pbf.raw()} * base_all;
    RunLine line{.from = f.county,
                 .to = city,
                 .amount = {},
                 .item = LineItem::pbf_contribution,
                 .clause = policy::Clause::h66_4_1,
                 .rate = price};
    line.area = Area::from_raw(static_cast<int64_t>(half_up(lacks < 0 ? -lacks : lacks, base_all)));
    if (lacks > 0) {
      const auto amount = money_of(half_up(lacks * price.raw(), base_all * 100));  // 0.0001 mu × yuan = 1/100 fen
      if (!amount) return std::nullopt;
      collected += amount->raw();
      line.amount = *amount;
      if (*amount != Fen{}) contributions.push_back(std::move(line));
    } else if (lacks < 0) {
      std::swap(line.from, line.to);
      line.item = LineItem::pbf_receipt;
      receipts.push_back(std::move(line));
      weights.push_back(-lacks);
    }
  }
  const auto sum = money_of(collected + collected);  // all lines together, in and out
  if (!sum) return std::nullopt;
  const auto parts = split(Fen::fen(static_cast<int64_t>(collected)), weights);
  for (size_t i = 0; i < receipts.size(); ++i) {
    if (parts[i] == Fen{}) continue;
    receipts[i].amount = parts[i];
    contributions.push_back(std::move(receipts[i]));
  }
  return contributions;
}

}  // namespace landex::clearing
