#include "clients/simulator/agents/quoter.hpp"

#include <algorithm>
#include <cmath>

namespace landex::simulator {
namespace {

constexpr double kMostRelative = .05;  // of ZIP's target: R within 5 % of 1

int64_t nearest(double ticks) { return static_cast<int64_t>(std::floor(ticks + .5)); }

double of(Price limit) { return static_cast<double>(limit.raw()); }

}  // namespace

Quoter::Quoter(const QuoterRules& rules, Side side, Stream learn) : rules_{rules}, side_{side}, learn_{learn} {
  if (rules.pricing != Pricing::zip) return;
  beta_ = .1 + .4 * learn_.unit();
  gamma_ = .1 * learn_.unit();
  const double margin = .05 + .3 * learn_.unit();
  profit_ = side == Side::buy ? -margin : margin;
}

Price Quoter::in_market(int64_t ticks) const {
  return Price::ticks(std::clamp(ticks, rules_.lowest.raw(), rules_.highest.raw()));
}

Price Quoter::between(Price low, Price high, Stream& stream) const {
  const auto ticks = static_cast<uint64_t>(high.raw() - low.raw()) + 1;
  return Price::ticks(low.raw() + static_cast<int64_t>(stream.below(ticks)));
}

Price Quoter::quote(Price limit, Stream& stream) {
  const bool buys = side_ == Side::buy;
  switch (rules_.pricing) {
    case Pricing::truthful:
      break;
    case Pricing::margin:
      return in_market(nearest(of(limit) * (buys ? 1 - rules_.margin : 1 + rules_.margin)));
    case Pricing::zip:
      return in_market(nearest(of(limit) * (1 + profit_)));
    case Pricing::zi_c: {
      const Price own = in_market(limit.raw());
      return buys ? between(rules_.lowest, own, stream) : between(own, rules_.highest, stream);
    }
    case Pricing::zi_u:
      return between(rules_.lowest, rules_.highest, stream);
  }
  return in_market(limit.raw());
}

void Quoter::hear(const Shout& shout, Price limit, bool active) {
  if (rules_.pricing != Pricing::zip || limit <= Price{}) return;
  const Price now = in_market(nearest(of(limit) * (1 + profit_)));
  const bool own_side = shout.side == side_;
  if (side_ == Side::sell) {
    if (shout.traded && now <= shout.price)
      aim(shout.price, /*up=*/true, now, limit);
    else if (active && shout.traded != own_side && now >= shout.price)
      aim(shout.price, /*up=*/false, now, limit);
  } else {
    if (shout.traded && now >= shout.price)
      aim(shout.price, /*up=*/false, now, limit);
    else if (active && shout.traded != own_side && now <= shout.price)
      aim(shout.price, /*up=*/true, now, limit);
  }
}

/// Widrow–Hoff with momentum: τ = R·q + A;  Γ ← γΓ + (1 − γ)·β(τ − p);  μ ← (p + Γ)/λ − 1, unless that were a loss.
void Quoter::aim(Price at, bool up, Price now, Price limit) {
  const double sign = up ? 1 : -1;
  const double relative = 1 + sign * kMostRelative * learn_.unit();
  const double absolute = sign * rules_.zip_absolute * learn_.unit();
  const double target = relative * of(at) + absolute;
  momentum_ = gamma_ * momentum_ + (1 - gamma_) * beta_ * (target - of(now));
  const double profit = (of(now) + momentum_) / of(limit) - 1;
  if (side_ == Side::sell ? profit > 0 : profit < 0 && profit > -1) profit_ = profit;
}

}  // namespace landex::simulator
