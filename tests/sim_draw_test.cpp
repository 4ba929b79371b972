// Draws of the laboratory: counter-based streams against Random123's own vectors, and distributions by their quantiles.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "clients/simulator/draw/distribution.hpp"
#include "clients/simulator/draw/stream.hpp"

namespace landex::simulator {
namespace {

using Words = std::vector<uint64_t>;

// Random123, examples/kat_vectors, the lines "philox4x64 10": counter (4 words), key (2), then the answer.
TEST(Stream, PhiloxGivesTheVectorsOfItsAuthors) {
  struct {
    r123::Philox4x64::ctr_type counter;
    r123::Philox4x64::key_type key;
    Words answer;
  } const vectors[] = {
      {{{0, 0, 0, 0}}, {{0, 0}}, {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}},
      {{{~0ull, ~0ull, ~0ull, ~0ull}},
       {{~0ull, ~0ull}},
       {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}},
      // digits of pi
      {{{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89}},
       {{0x452821e638d01377, 0xbe5466cf34e90c6c}},
       {0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}},
  };
  for (const auto& v : vectors) {
    const auto got = r123::Philox4x64{}(v.counter, v.key);
    EXPECT_EQ(Words(got.begin(), got.end()), v.answer);
  }
}

Words first(const StreamName& name, int n) {
  Stream s{name};
  Words out;
  for (int i = 0; i < n; ++i) out.push_back(s.bits());
  return out;
}

TEST(Stream, IsThatBlockCipherWithKeySeedAndRunAndCounterAgentPurposeBlock) {
  const auto got = first({.seed = 7, .run = 3, .agent = 330182, .purpose = Purpose::quote}, 8);
  Words expected;
  for (uint64_t block = 0; block < 2; ++block) {
    const auto b = r123::Philox4x64{}({{330182, 3 /* quote */, block, 0}}, {{7, 3}});
    expected.insert(expected.end(), b.begin(), b.end());
  }
  EXPECT_EQ(got, expected);
}

TEST(Stream, GivesTheSameWhoeverElseDrawsAndInWhateverOrder) {
  const StreamName a{.seed = 1, .run = 2, .agent = 10, .purpose = Purpose::plan};
  const StreamName b{.seed = 1, .run = 2, .agent = 11, .purpose = Purpose::plan};
  const auto alone_a = first(a, 100), alone_b = first(b, 100);
  Stream x{b}, y{a};  // the other order, and in turn
  Words turn_a, turn_b;
  for (int i = 0; i < 100; ++i) {
    turn_b.push_back(x.bits());
    turn_a.push_back(y.bits());
  }
  EXPECT_EQ(turn_a, alone_a);
  EXPECT_EQ(turn_b, alone_b);
}

TEST(Stream, DiffersInEverythingThatNamesIt) {
  const StreamName base{.seed = 1, .run = 2, .agent = 3, .purpose = Purpose::plan};
  auto seed = base, run = base, agent = base, purpose = base;
  seed.seed = 2, run.run = 3, agent.agent = 4, purpose.purpose = Purpose::quote;
  const std::vector names{base, seed, run, agent, purpose};
  for (size_t i = 0; i < names.size(); ++i)
    for (size_t j = i + 1; j < names.size(); ++j) EXPECT_NE(first(names[i], 4), first(names[j], 4)) << i << " " << j;
}

TEST(Stream, ACopyGoesOnFromTheSamePlace) {
  Stream a{{.seed = 1, .run = 0, .agent = 0, .purpose = Purpose::design}};
  for (int i = 0; i < 3; ++i) a.bits();
  Stream b = a;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(a.bits(), b.bits());
}

TEST(Stream, NumbersStayInTheirRangesAndAreSpreadEvenly) {
  Stream s{{.seed = 1, .run = 0, .agent = 0, .purpose = Purpose::design}};
  constexpr int n = 100'000;
  double sum = 0;
  std::vector<int> count(10);
  for (int i = 0; i < n; ++i) {
    const double u = s.unit(), o = s.open_unit();
    ASSERT_TRUE(0 <= u && u < 1 && 0 < o && o < 1);
    sum += u;
    ++count[s.below(10)];
  }
  EXPECT_NEAR(sum / n, 0.5, 0.004);                       // 4 standard errors of 1/sqrt(12 n)
  for (const int c : count) EXPECT_NEAR(c, n / 10, 380);  // 4 standard deviations of a binomial
  EXPECT_EQ(s.below(1), 0u);
}

// ---- Distributions -------------------------------------------------------------------------------------------------

const std::vector<Distribution> kAll{Constant{20},        Uniform{0.8, 1.2},    Triangular{0, 1, 4},
                                     Triangular{0, 0, 2}, Triangular{0, 2, 2},  Normal{1, 0.2, 0.5, 1.5},
                                     Normal{0, 1, 4, 5},  Normal{0, 1, -5, -4}, LogNormal{20, 0.1, 15, 30},
                                     Choice{{1, 2, 4}}};

TEST(Distribution, AQuantileRisesAndStaysInRange) {
  for (const auto& d : kAll) {
    const auto [low, high] = range_of(d);
    double before = quantile(d, 0);
    for (int i = 0; i <= 10'000; ++i) {
      const double x = quantile(d, std::min(i / 10'000.0, 1 - 0x1p-53));
      ASSERT_TRUE(low <= x && x <= high) << words_of(d) << " at " << i << ": " << x;
      ASSERT_LE(before, x) << words_of(d) << " at " << i;
      before = x;
    }
    EXPECT_NEAR(quantile(d, 0), low, 1e-12) << words_of(d);
  }
}

TEST(Distribution, QuantilesAreTheTextbooks) {
  EXPECT_DOUBLE_EQ(quantile(Uniform{10, 20}, 0.25), 12.5);
  // Triangle 0, 1, 4: F(x) = x²/4 up to 1, 1 − (4 − x)²/12 behind: F(1) = 1/4, and half of it lies below 4 − √6.
  EXPECT_DOUBLE_EQ(quantile(Triangular{0, 1, 4}, 0.25), 1.0);
  EXPECT_DOUBLE_EQ(quantile(Triangular{0, 1, 4}, 0.5), 4 - std::sqrt(6.0));
  // A normal that is hardly cut: the table's 1.96 at 97.5 %.
  EXPECT_NEAR(quantile(Normal{0, 1, -40, 40}, 0.975), 1.959963984540054, 1e-12);
  EXPECT_NEAR(quantile(Normal{100, 10, -300, 500}, 0.5), 100, 1e-12);
  // Cut in half: the median of |Z| is the quantile of 3/4.
  EXPECT_NEAR(quantile(Normal{0, 1, 0, 40}, 0.5), 0.6744897501960817, 1e-12);
  // Far in the tail the cut is still exact: of Z above 8, half lie below 8.0843… (Φ̄ halves there).
  const double far = quantile(Normal{0, 1, 8, 40}, 0.5);
  EXPECT_NEAR(std::erfc(far / std::sqrt(2.0)) / std::erfc(8 / std::sqrt(2.0)), 0.5, 1e-9);
  EXPECT_NEAR(quantile(LogNormal{20, 0.1, 1, 400}, 0.975), 20 * std::exp(0.1959963984540054), 1e-9);
  EXPECT_EQ(quantile(Choice{{1, 2, 4}}, 0.33), 1);
  EXPECT_EQ(quantile(Choice{{1, 2, 4}}, 0.34), 2);
  EXPECT_EQ(quantile(Choice{{1, 2, 4}}, 0.999), 4);
}

TEST(Distribution, MomentsComeOutOfManyDraws) {
  struct {
    Distribution d;
    double mean, sd;
  } const rows[] = {
      {Uniform{0, 12}, 6, std::sqrt(12.0)},                      // width / √12
      {Triangular{0, 1, 5}, 2, std::sqrt((1 + 25 - 5) / 18.0)},  // (a² + b² + c² − ab − ac − bc) / 18
      {Normal{10, 2, -10, 30}, 10, 2},                           // cut ten standard deviations away: as if it were not
      {Normal{0, 1, -1, 1}, 0, 0.539560},                        // √(1 − 2 φ(1) / (2 Φ(1) − 1)) = √(1 − .4839/.6827)
      {LogNormal{1, 0.5, 1e-6, 1e6}, 1.133148, 0.603901},        // exp(σ²/2); that times √(exp σ² − 1)
      {Choice{{0, 1, 5}}, 2, std::sqrt((4 + 1 + 9) / 3.0)},
  };
  for (const auto& r : rows) {
    Stream s{{.seed = 42, .run = 0, .agent = 0, .purpose = Purpose::plan}};
    constexpr int n = 200'000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
      const double x = quantile(r.d, s.unit());
      sum += x;
      squares += (x - r.mean) * (x - r.mean);
    }
    EXPECT_NEAR(sum / n, r.mean, 4 * r.sd / std::sqrt(n)) << words_of(r.d);
    EXPECT_NEAR(std::sqrt(squares / n), r.sd, 0.01 * r.sd) << words_of(r.d);
  }
}

TEST(Distribution, EachChoiceComesAsOften) {
  Stream s{{.seed = 5, .run = 0, .agent = 0, .purpose = Purpose::plan}};
  const Choice d{{0, 1, 2, 3, 4}};
  std::vector<int> count(5);
  for (int i = 0; i < 50'000; ++i) ++count[static_cast<size_t>(quantile(d, s.unit()))];
  for (const int c : count) EXPECT_NEAR(c, 10'000, 360);  // 4 standard deviations
}

TEST(Distribution, TheMiddleIsTheMedian) {
  EXPECT_EQ(middle(Constant{20}), 20);
  EXPECT_DOUBLE_EQ(middle(Uniform{0.8, 1.2}), 1);
  EXPECT_NEAR(middle(LogNormal{20, 0.2, 10, 40}), 20, 1e-12);  // cut at half and twice: the median stays
  EXPECT_EQ(middle(Choice{{1, 2, 4}}), 2);
  EXPECT_EQ(middle(Choice{{1, 2}}), 1);
}

TEST(Distribution, WordsAreReadBackAsTheSame) {
  for (const auto& d : kAll) EXPECT_EQ(distribution_from(words_of(d)), d) << words_of(d);
  EXPECT_EQ(words_of(Uniform{0.8, 1.2}), "uniform 0.8 … 1.2");
  EXPECT_EQ(words_of(Triangular{0.8, 1, 1.2}), "triangular 0.8 … 1 … 1.2");
  EXPECT_EQ(words_of(Normal{1, 0.2, 0.5, 1.5}), "normal mean 1 sd 0.2 in 0.5 … 1.5");
  EXPECT_EQ(words_of(LogNormal{20, 0.1, 15, 30}), "lognormal median 20 sigma 0.1 in 15 … 30");
  EXPECT_EQ(words_of(Choice{{1, 2, 4}}), "choice 1 | 2 | 4");
  EXPECT_EQ(words_of(Constant{0.1}), "0.1");
  EXPECT_EQ(distribution_from("uniform 0.8..1.2"), Distribution{(Uniform{0.8, 1.2})});
  for (const auto* bad : {"", "uniform", "uniform 1", "uniform 2 … 1", "uniform 1 … 1", "uniform 1 … 2 x", "normal 1",
                          "choice", "choice 1", "choice 2 | 1", "nan", "inf", "uniform nan … 1", "twenty", "20 %"})
    EXPECT_EQ(distribution_from(bad), std::nullopt) << bad;
}

TEST(Distribution, WhatIsNoneSaysWhy) {
  using enum DistributionFault;
  EXPECT_EQ(fault_of(Uniform{2, 1}), crossed);
  EXPECT_EQ(fault_of(Uniform{1, 1}), no_spread);
  EXPECT_EQ(fault_of(Triangular{0, 3, 2}), mode_outside);
  EXPECT_EQ(fault_of(Normal{1, 0, 0, 2}), no_spread);
  EXPECT_EQ(fault_of(Normal{0, 1, 7, 8}), far_away);
  EXPECT_EQ(fault_of(LogNormal{1, 0.2, 0, 2}), not_positive);
  EXPECT_EQ(fault_of(Choice{{1}}), no_choice);
  EXPECT_EQ(fault_of(Choice{{1, 1}}), not_rising);
  EXPECT_EQ(fault_of(Constant{NAN}), not_finite);
  for (const auto& d : kAll) EXPECT_EQ(fault_of(d), std::nullopt) << words_of(d);
}

}  // namespace
}  // namespace landex::simulator
