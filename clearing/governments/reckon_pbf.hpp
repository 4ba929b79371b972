// reckon_pbf.hpp: compensation for protecting permanent basic farmland 永久基本农田保护补偿 (H66-4.1): counties whose
// protection rate is below the city's average pay for what they lack, and those with heavier tasks receive it
// «统一收取、统筹支付». How the rate is defined, what a mu costs and how the sum is shared is left to later rules; this
// model is our default, not the law. Everything that comes in goes out, to the fen. Pure.
#pragma once
#include <optional>
#include <vector>

#include "clearing/governments/runs.hpp"

namespace landex::clearing {

/// `rate_base`: the rate is PBF of cultivated land (1) or of all land (2). With r the average, what county i lacks is
/// r × its base − its PBF. Contributions by county code, then receipts by county code. Nothing if a number of it
/// exceeds what can be written.
std::optional<std::vector<RunLine>> reckon_pbf(const PbfRun& run, int64_t rate_base, Rate price, District city);

}  // namespace landex::clearing
