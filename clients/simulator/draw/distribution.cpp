#include "clients/simulator/draw/distribution.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <charconv>
#include <cmath>
#include <span>

namespace landex::simulator {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

// Plain doubles throughout: the same bits whatever a machine's long double is, and faster.
using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Standard = boost::math::normal_distribution<double, Plain>;

/// The quantile of a standard normal that is cut at a and b, a < b. Above the middle it is reckoned from the other
/// tail, where the small probabilities are exact.
double cut_quantile(double a, double b, double u) {
  if (a > 0) return -cut_quantile(-b, -a, 1 - u);
  const Standard z;
  const double below_a = boost::math::cdf(z, a), below_b = boost::math::cdf(z, b);
  const double p = below_a + u * (below_b - below_a);
  if (p <= 0) return a;
  if (p >= 1) return b;
  return std::clamp(boost::math::quantile(z, p), a, b);
}

std::string text_of(double x) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, x).ptr;  // the shortest that reads back as the same
  return {buffer, end};
}

constexpr std::string_view kTo = " … ";

// ---- Reading -------------------------------------------------------------------------------------------------------

void skip_blanks(std::string_view& s) { s.remove_prefix(std::min(s.find_first_not_of(' '), s.size())); }

bool take(std::string_view& s, std::string_view word) {
  skip_blanks(s);
  if (!s.starts_with(word)) return false;
  s.remove_prefix(word.size());
  return true;
}

bool take_to(std::string_view& s) { return take(s, "…") || take(s, ".."); }

bool take(std::string_view& s, double& x) {
  skip_blanks(s);
  size_t length = s.find_first_of(" |");
  if (const auto dots = s.find(".."); dots < length) length = dots;
  if (const auto dots = s.find("…"); dots < length) length = dots;
  const auto word = s.substr(0, length);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), x);
  if (error != std::errc{} || end != word.data() + word.size()) return false;
  s.remove_prefix(word.size());
  return true;
}

std::optional<Distribution> read(std::string_view& s) {
  if (take(s, "uniform")) {
    Uniform d{};
    if (take(s, d.low) && take_to(s) && take(s, d.high)) return d;
  } else if (take(s, "triangular")) {
    Triangular d{};
    if (take(s, d.low) && take_to(s) && take(s, d.mode) && take_to(s) && take(s, d.high)) return d;
  } else if (take(s, "normal")) {
    Normal d{};
    if (take(s, "mean") && take(s, d.mean) && take(s, "sd") && take(s, d.sd) && take(s, "in") && take(s, d.low) &&
        take_to(s) && take(s, d.high))
      return d;
  } else if (take(s, "lognormal")) {
    LogNormal d{};
    if (take(s, "median") && take(s, d.median) && take(s, "sigma") && take(s, d.sigma) && take(s, "in") &&
        take(s, d.low) && take_to(s) && take(s, d.high))
      return d;
  } else if (take(s, "choice")) {
    Choice d;
    do {
      double x = 0;
      if (!take(s, x)) return std::nullopt;
      d.of.push_back(x);
    } while (take(s, "|"));
    return d;
  } else if (Constant d{}; take(s, d.value)) {
    return d;
  }
  return std::nullopt;
}

// ---- What is no distribution ---------------------------------------------------------------------------------------

using Fault = std::optional<DistributionFault>;

Fault fault_of_bounds(double low, double high) {
  if (low > high) return DistributionFault::crossed;
  if (low == high) return DistributionFault::no_spread;
  return std::nullopt;
}

Fault fault_of_cut(double mean, double sd, double low, double high) {
  if (const auto f = fault_of_bounds(low, high)) return f;
  if (sd <= 0) return DistributionFault::no_spread;
  if (high < mean - 6 * sd || low > mean + 6 * sd) return DistributionFault::far_away;
  return std::nullopt;
}

bool finite(std::initializer_list<double> all) {
  return std::ranges::all_of(all, [](double x) { return std::isfinite(x); });
}

}  // namespace

double quantile(const Distribution& d, double u) {
  return std::visit(Overloaded{
                        [](const Constant& c) { return c.value; },
                        [u](const Uniform& c) { return std::min(c.low + u * (c.high - c.low), c.high); },
                        [u](const Triangular& c) {
                          const double width = c.high - c.low, at_mode = (c.mode - c.low) / width;
                          return u < at_mode ? c.low + std::sqrt(u * width * (c.mode - c.low))
                                             : c.high - std::sqrt((1 - u) * width * (c.high - c.mode));
                        },
                        [u](const Normal& c) {
                          const double z = cut_quantile((c.low - c.mean) / c.sd, (c.high - c.mean) / c.sd, u);
                          return std::clamp(c.mean + c.sd * z, c.low, c.high);
                        },
                        [u](const LogNormal& c) {
                          const double a = std::log(c.low / c.median) / c.sigma,
                                       b = std::log(c.high / c.median) / c.sigma;
                          return std::clamp(c.median * std::exp(c.sigma * cut_quantile(a, b, u)), c.low, c.high);
                        },
                        [u](const Choice& c) {
                          const auto n = static_cast<double>(c.of.size());
                          return c.of[std::min(static_cast<size_t>(u * n), c.of.size() - 1)];
                        },
                    },
                    d);
}

Range range_of(const Distribution& d) {
  return std::visit(Overloaded{
                        [](const Constant& c) { return Range{c.value, c.value}; },
                        [](const Choice& c) { return Range{c.of.front(), c.of.back()}; },
                        [](const auto& c) { return Range{c.low, c.high}; },
                    },
                    d);
}

bool is_constant(const Distribution& d) { return std::holds_alternative<Constant>(d); }

double middle(const Distribution& d) {
  if (const auto* c = std::get_if<Choice>(&d)) return c->of[(c->of.size() - 1) / 2];
  return quantile(d, 0.5);
}

std::string words_of(const Distribution& d) {
  const auto range = [](double low, double high) { return text_of(low) + std::string{kTo} + text_of(high); };
  return std::visit(Overloaded{
                        [](const Constant& c) { return text_of(c.value); },
                        [&](const Uniform& c) { return "uniform " + range(c.low, c.high); },
                        [&](const Triangular& c) {
                          return "triangular " + text_of(c.low) + std::string{kTo} + range(c.mode, c.high);
                        },
                        [&](const Normal& c) {
                          return "normal mean " + text_of(c.mean) + " sd " + text_of(c.sd) + " in " +
                                 range(c.low, c.high);
                        },
                        [&](const LogNormal& c) {
                          return "lognormal median " + text_of(c.median) + " sigma " + text_of(c.sigma) + " in " +
                                 range(c.low, c.high);
                        },
                        [](const Choice& c) {
                          std::string s;
                          for (const double x : c.of) s += (s.empty() ? "choice " : " | ") + text_of(x);
                          return s;
                        },
                    },
                    d);
}

std::optional<Distribution> distribution_from(std::string_view words) {
  auto found = read(words);
  skip_blanks(words);
  if (!found || !words.empty() || fault_of(*found)) return std::nullopt;
  return found;
}

std::optional<DistributionFault> fault_of(const Distribution& d) {
  using enum DistributionFault;
  return std::visit(
      Overloaded{
          [](const Constant& c) { return finite({c.value}) ? Fault{} : not_finite; },
          [](const Uniform& c) { return finite({c.low, c.high}) ? fault_of_bounds(c.low, c.high) : Fault{not_finite}; },
          [](const Triangular& c) -> Fault {
            if (!finite({c.low, c.mode, c.high})) return not_finite;
            if (const auto f = fault_of_bounds(c.low, c.high)) return f;
            return c.mode < c.low || c.mode > c.high ? Fault{mode_outside} : std::nullopt;
          },
          [](const Normal& c) -> Fault {
            if (!finite({c.mean, c.sd, c.low, c.high})) return not_finite;
            return fault_of_cut(c.mean, c.sd, c.low, c.high);
          },
          [](const LogNormal& c) -> Fault {
            if (!finite({c.median, c.sigma, c.low, c.high})) return not_finite;
            if (c.median <= 0 || c.low <= 0 || c.high <= 0) return not_positive;
            return fault_of_cut(std::log(c.median), c.sigma, std::log(c.low), std::log(c.high));
          },
          [](const Choice& c) -> Fault {
            if (c.of.size() < 2) return no_choice;
            if (std::ranges::any_of(c.of, [](double x) { return !std::isfinite(x); })) return not_finite;
            const bool rising = std::ranges::adjacent_find(c.of, std::greater_equal{}) == c.of.end();
            return rising ? Fault{} : not_rising;
          },
      },
      d);
}

}  // namespace landex::simulator
