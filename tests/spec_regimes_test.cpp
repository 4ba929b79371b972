// Two regimes side by side: H66-2022, the document's own text, and post-2025, the same with what superior law has ended
// (clearing/policy/post_2025.toml). The business date chooses: until a clause's last day both say the same; after it
// H66-2022 goes on, and post-2025 refuses with that day. Each expected line was read from the two documents by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/host/rule_sets.hpp"
#include "exchange/wire/refusal_text.hpp"
#include "exchange/wire/text_forms.hpp"
#include "tests/market_script.hpp"
#include "tests/policy_directory.hpp"

namespace landex {
namespace {

using policy::Clause;
using policy::Parameter;
using script::on;
namespace command = engine::command;

const std::string kLand = "自然资发〔2024〕204号";                    // one yearly balance of the province
const std::string kPbf = "永久基本农田保护红线管理办法（部令17号）";  // permanent basic farmland
const std::string kLinkage = "自然资发〔2021〕178号";                 // across provinces

const host::PolicyBook& post_2025() {
  static const host::PolicyBook book = [] {
    auto loaded = host::load_policy(script::policy_directory(), "post-2025");
    EXPECT_TRUE(loaded) << loaded.error().file << ":" << loaded.error().line << " " << loaded.error().en;
    return loaded.value_or(host::PolicyBook{});
  }();
  return book;
}

/// A market of a rule set, without chains.
script::Market under(policy::Pack pack) {
  pack.chains.clear();
  return script::Market{{.pack = std::move(pack), .venue = engine::Venue::simulation, .accounts = true}};
}

std::string overlay_text() {
  std::ostringstream text;
  text << std::ifstream{script::policy_directory() / "post_2025.toml"}.rdbuf();
  return text.str();
}

// ---- what the second rule set says ----

TEST(Regimes, TheOverlayEndsTheseClausesAndNoOthers) {
  const Day land = on(2024, 12, 31), pbf = on(2025, 9, 30);
  const std::vector<policy::Ended> ended{
      {Clause::h66_6_2, pbf, kPbf},   {Clause::h66_6_3, pbf, kPbf},   {Clause::h66_6_4, pbf, kPbf},
      {Clause::h66_6_5, pbf, kPbf},   {Clause::h66_7_1, land, kLand}, {Clause::h66_7_2, land, kLand},
      {Clause::h66_7_3, land, kLand}, {Clause::h66_7_4, land, kLand}, {Clause::h66_7_5, land, kLand},
      {Clause::h66_7_6, land, kLand}, {Clause::h66_7_7, land, kLand},
  };
  EXPECT_EQ(post_2025().pack.ended, ended);
  EXPECT_TRUE(script::shipped().pack.ended.empty());  // the text itself has ended nothing
}

TEST(Regimes, TheOverlayNamesThreeDocumentsAllFromSecondarySources) {
  const auto& sources = post_2025().sources;
  ASSERT_EQ(sources.size(), 3U);
  EXPECT_EQ(sources[0].document, kLand);
  EXPECT_EQ(sources[0].from, on(2025, 1, 1));
  EXPECT_EQ(sources[0].until, std::nullopt);
  EXPECT_EQ(sources[1].document, kPbf);
  EXPECT_EQ(sources[1].from, on(2025, 10, 1));
  EXPECT_EQ(sources[1].until, std::nullopt);
  EXPECT_EQ(sources[2].document, kLinkage);  // which ends no clause
  EXPECT_EQ(sources[2].from, std::nullopt);
  EXPECT_EQ(sources[2].until, on(2025, 12, 31));
  for (const auto& s : sources) EXPECT_EQ(s.reliability, host::Reliability::secondary);
}

TEST(Regimes, ApartFromWhatHasEndedTheTwoRuleSetsAreTheSame) {
  policy::Pack pack = post_2025().pack;
  EXPECT_EQ(pack.rule_set, "post-2025");
  pack.rule_set = "H66-2022";
  pack.ended.clear();
  EXPECT_EQ(pack, script::shipped().pack);
}

TEST(Regimes, ARowOfAnEndedClauseIsFoundOnItsLastDayAndNotAfterIt) {
  using enum ParticipantClass;
  const policy::Pack &old = script::shipped().pack, &now = post_2025().pack;
  const Day last = on(2024, 12, 31), next = on(2025, 1, 1);
  for (const auto parameter : {Parameter::pooled_share_supplementary, Parameter::advance_share,
                               Parameter::payable_moment, Parameter::take_days, Parameter::gap_consequence}) {
    EXPECT_EQ(now.row(parameter, last)->value, old.row(parameter, last)->value);
    EXPECT_EQ(now.row(parameter, next), nullptr);
    EXPECT_NE(old.row(parameter, next), nullptr);
  }
  EXPECT_NE(now.floor_route(mountain4, urban, last), nullptr);
  EXPECT_EQ(now.floor_route(mountain4, urban, next), nullptr);
  EXPECT_NE(now.row(Parameter::pooled_share_pbf, on(2025, 9, 30)), nullptr);
  EXPECT_EQ(now.row(Parameter::pooled_share_pbf, on(2025, 10, 1)), nullptr);
  EXPECT_NE(now.row(Parameter::deposit_share, on(2026, 1, 5)), nullptr);  // H66-21.4 goes on
}

// ---- the same day under both ----

// On the last day of H66-7 both rule sets do the same.
constexpr std::string_view kLastDay = R"(
    price area 20.00 2024-01-01..2025-12-31                → done
    open 2024-12-31                                        → done
    fund 余杭 1 000.00 wan                                 → done
    f1 = file 建德 area 100.0000                           → done
      pool 建德 area 20.0000                                  # 20 %
    propose 建德 建德→余杭 area 10.0000 @19.99             → refused below_floor H66-7.6
    d1 = propose 建德 建德→余杭 area 10.0000 @20.00        → done
    accept 余杭 d1                                         → settled
    s1 = sell 建德 area 5.0000 @20.00 gtc                  → rests 5.0000
    close 2024-12-31                                       → done
)";

TEST(Regimes, UnderH66ItselfFilingsAndOrdersGoOnAfterTheLastDayOf2024) {
  auto m = under(script::shipped().pack);
  m.check(kLastDay);
  m.check(R"(
    open 2025-01-02                                        → done
    rests s1 5.0000
    file 建德 area 50.0000                                 → done
      pool 建德 area 10.0000
    propose 建德 建德→余杭 area 10.0000 @19.99             → refused below_floor H66-7.6
    d2 = propose 建德 建德→余杭 area 10.0000 @20.00        → done
    accept 余杭 d2                                         → settled
    buy 余杭 area 5.0000 @20.00                            → filled
      trade s1 5.0000 @20.00 100.00 wan H66-7.6
  )");
}

TEST(Regimes, UnderPost2025TheSameFilingAndOrdersAreRefusedFromTheNextDay) {
  auto m = under(post_2025().pack);
  m.check(kLastDay);
  m.check(R"(
    open 2025-01-02                                        → done
      ended s1 5.0000 expired                                 # no floor any more: nothing that rests may trade
      freed 建德 area 5.0000
    file 建德 area 50.0000                                 → refused rule_ended H66-7.2
    propose 建德 建德→余杭 area 10.0000 @19.99             → refused rule_ended H66-7.1
    propose 建德 建德→余杭 area 10.0000 @20.00             → refused rule_ended H66-7.1
    propose 建德 建德→桐庐 area 10.0000 @15.00             → refused rule_ended H66-7.1   # nor where no floor was
    sell 建德 area 5.0000 @20.00                           → refused rule_ended H66-7.1
    buy 余杭 area 5.0000 @20.00                            → refused rule_ended H66-7.1
    a = sealed 建德 area 10.0000 2025-01-02T09:30:00 2025-01-02T10:00:00 → refused rule_ended H66-7.1
    a = listing 建德 area 10.0000 start 20.00 step 0.10 from 2025-01-02T09:30:00 until 2025-01-02T10:00:00 → refused rule_ended H66-7.1
  )");
}

TEST(Regimes, TheRefusalNamesTheLastDayAndTheDocument) {
  auto m = under(post_2025().pack);
  m.check("open 2025-01-02 → done");
  const auto events =
      m.send(script::officer_of("建德"), command::PlaceOrder{.instrument = Instrument::supplementary_area,
                                                             .side = Side::sell,
                                                             .quantity = Quantity::from_raw(10'000),
                                                             .price = Rate::from_raw(200'000),
                                                             .conditions = {}});
  const auto refused = script::refusal_in(events);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason, engine::Reason::rule_ended);
  const auto told = wire::tell(*refused, {});
  for (const auto& text : {told.zh, told.en}) {
    EXPECT_NE(text.find("2024-12-31"), std::string::npos) << text;
    EXPECT_NE(text.find(kLand), std::string::npos) << text;
  }
}

TEST(Regimes, AfterTheLastDayNobodyComesToHaveMoreAndWhatIsHeldIsStillUsed) {
  auto m = under(post_2025().pack);
  m.check(R"(
    price area 20.00 2024-01-01..2025-12-31                → done
    open 2024-12-30                                        → done
    f1 = file 建德 area 100.0000                           → done
    fund 余杭 1 000.00 wan                                 → done
    fund 杭州 1 000.00 wan                                 → done
    k1 = balance 余杭 area 5.0000 by 2025-12-31            → done
    l1 = lend 建德→桐庐 area 4.0000 due 2025-06-30         → done
    u1 = use 建德 area 3.0000                              → done
    deduct f1 area 2.0000                                  → done
    z1 = freeze 建德 area 1.0000                           → done
    close 2024-12-30                                       → done
    open 2025-01-02                                        → done

    adjust f1 area 1.0000 corrects f1                      → refused rule_ended H66-7.2
    transfer 建德→余杭 area 1.0000                         → refused rule_ended H66-7.1
    lend 建德→桐庐 area 1.0000 due 2025-06-30              → refused rule_ended H66-7.1
    balance 余杭 area 5.0000 by 2025-12-31                 → refused rule_ended H66-7.1
    fill 余杭 k1 outside area 1.0000 @20.00                → refused rule_ended H66-7.1
    request 余杭 city area 5.0000 until 2025-06-30         → refused rule_ended H66-7.3
    draft                                                  → refused rule_ended H66-7.3
    advance 建德 100.00 wan by 2025-06-03                  → refused rule_ended H66-7.5
    gap 余杭 area 10.0000 2025-01-02..2025-06-30           → refused rule_ended H66-7.6
    need 建德 area 10.0000                                 → refused rule_ended H66-7.7

    use 建德 area 10.0000                                  → done      # written off for a project
    use 桐庐 area 1.0000 borrowed                          → done
    give-back 桐庐 l1 3.0000                               → done
    restore u1 3.0000                                      → done
    unfreeze z1 1.0000                                     → done
    deduct f1 area 1.0000                                  → done
    cancel-land 建德 area 1.0000                           → done
    close-balance 余杭 k1                                  → done
    pay 建德                                               → done      # what the pool owes for what was filed in time
  )");
}

TEST(Regimes, LinkageGoesOnUnderBoth) {
  for (const auto& pack : {script::shipped().pack, post_2025().pack}) {
    SCOPED_TRACE(pack.rule_set);
    auto m = under(pack);
    m.check(R"(
      open 2026-03-02                                      → done      # also after 2025-12-31: not across provinces
      file 淳安 linkage 20.0000                            → done
      fund 余杭 1 000.00 wan                               → done
      d1 = propose 淳安 淳安→余杭 linkage 5.0000 @15.00    → done
      accept 余杭 d1                                       → settled
      s1 = sell 淳安 linkage 5.0000 @15.00                 → rests 5.0000
      buy 余杭 linkage 5.0000 @15.00                       → filled
        trade s1 5.0000 @15.00 75.00 wan
    )");
  }
}

TEST(Regimes, AnAuctionThatWouldEndAfterTheLastDayIsCancelledWhenTheNextDayOpens) {
  auto m = under(post_2025().pack);
  m.check(R"(
    price area 20.00 2024-01-01..2025-12-31                → done
    open 2024-12-31                                        → done
    file 建德 area 100.0000                                → done
    fund 余杭 1 000.00 wan                                 → done
    tick 2024-12-31T09:00:00                               → done
    a1 = listing 建德 area 10.0000 start 20.00 step 0.10 from 2024-12-31T09:30:00 until 2025-01-02T10:00:00 → done
    a2 = sealed 建德 area 10.0000 2024-12-31T09:30:00 2025-01-02T10:00:00 → done
    a3 = listing 建德 area 10.0000 start 20.00 step 0.10 from 2024-12-31T09:30:00 until 2025-01-02T10:00:00 → done
    tick 2024-12-31T09:31:00                               → done
    b1 = bid 余杭 a1 @20.00                                → done
    b2 = bid 余杭 a2 10.0000 @20.00                        → done
    cash 余杭 free 600.00 wan held 400.00 wan
    close 2024-12-31                                       → done
    open 2025-01-02                                        → done
    cash 余杭 free 1 000.00 wan held 0.00 wan
    holds 建德 area free 80.0000 held 0.0000
    bid 余杭 a1 @20.10                                     → refused unknown_auction
    bid 余杭 a2 10.0000 @20.00                             → refused unknown_auction
  )");
}

TEST(Regimes, ADealAgreedInTimeIsSettledAfterTheLastDay) {
  policy::Pack pack = post_2025().pack;
  pack.chains.clear();
  script::Market m{{.pack = pack, .venue = engine::Venue::production, .accounts = true}};
  m.check(R"(
    price area 20.00 2024-01-01..2025-12-31                → done
    open 2024-12-31                                        → done
    file 建德 area 100.0000                                → done
    fund 余杭 1 000.00 wan                                 → done
    d1 = propose 建德 建德→余杭 area 10.0000 @20.00        → done
    accept 余杭 d1                                         → accepted
    close 2024-12-31                                       → done
    open 2025-01-02                                        → done
    confirm d1                                             → done
    deal d1 confirmed 200.00 wan
  )");
}

// ---- permanent basic farmland: another document, another day ----

TEST(Regimes, ReservePlotsEnterAndAreTradedUntilTheLastDayOfSeptember2025) {
  auto m = under(post_2025().pack);
  m.check(R"(
    open 2025-09-30                                        → done
    fund 余杭 1 000.00 wan                                 → done
    plots 建德 P1 10.0000 grade 3 P2 10.0000 grade 4 P3 10.0000 grade 9 → done
    d1 = propose 建德 建德→余杭 title P3 @10.00            → done
    accept 余杭 d1                                         → settled
    flag 建德 P2 grain                                     → done
    close 2025-09-30                                       → done
    open 2025-10-09                                        → done
    plots 建德 P4 10.0000 grade 3                          → refused rule_ended H66-6.2
    allot-plots 余杭 city P1                               → refused rule_ended H66-6.3
    flag 建德 P2 grain standard                            → refused rule_ended H66-6.4
    propose 余杭 余杭→建德 title P3 @10.00                 → refused rule_ended H66-6.5
    use-titles 余杭 P3                                     → done      # what is held is used
    title 建德 high_standard G1 30.0000 grade 4            → done      # H66-21.3 goes on
  )");
}

// ---- the end of the document itself ----

TEST(Regimes, OnTheDayAfterH66EndsNeitherRuleSetOpensABusinessDay) {
  for (const auto& pack : {script::shipped().pack, post_2025().pack}) {
    auto m = under(pack);
    m.check(R"(
      open 2027-12-12 → refused no_rule_in_force
      open 2027-12-11 → done
    )");
  }
}

// ---- reading the overlay ----

TEST(Regimes, AnUnknownRuleSetIsRefusedByName) {
  const auto book = host::load_policy(script::policy_directory(), "post-2026");
  ASSERT_FALSE(book);
  EXPECT_EQ(book.error().file, "post-2026");
  EXPECT_NE(book.error().en.find("is no rule set: write H66-2022 or post-2025"), std::string::npos);
  EXPECT_NE(book.error().zh.find("不是规则集"), std::string::npos);
}

TEST(Regimes, WhatAnOverlayDoesNotSayExactlyIsRefusedWithItsLine) {
  struct Case {
    std::string_view what, find, put;  // ^ marks the line that is told
    std::string_view en, zh;
  };
  const std::vector<Case> cases{
      {"an unknown table", "[overlay]", "^[underlay]", "unknown key \"underlay\"", "不认识的键“underlay”"},
      {"a key too many", "base = \"H66-2022\"", "base = \"H66-2022\"\n^until = 2027-12-11", "unknown key \"until\"",
       "不认识的键“until”"},
      {"another base", "base = \"H66-2022\"", "^base = \"H66-2021\"", "is not the rule set below it",
       "不是其下的规则集"},
      {"the name of its base", "name = \"post-2025\"", "^name = \"H66-2022\"", "give it a name of its own",
       "请另取名称"},
      {"a source without a day", "from = 2025-10-01\n", "", "a source without a day", "来源没有日期"},
      {"a source twice", "document = \"自然资发〔2021〕178号\"", "^document = \"自然资发〔2024〕204号\"",
       "is listed twice", "列了两次"},
      {"a key too many in a source", "until = 2025-12-31\n", "until = 2025-12-31\nsure = true\n",
       "unknown key \"sure\"", "不认识的键“sure”"},
      {"a day in quotes", "clause = \"H66-7.1\"\nlast = 2024-12-31", "clause = \"H66-7.1\"\n^last = \"2024-12-31\"",
       "\"last\" has the wrong type", "“last”的类型不对"},
      {"a day before the rules", "clause = \"H66-7.1\"\nlast = 2024-12-31", "clause = \"H66-7.1\"\n^last = 2022-12-11",
       "\"last\" ends nothing", "last 未提前结束"},
      {"the last day of the rules", "clause = \"H66-7.1\"\nlast = 2024-12-31",
       "clause = \"H66-7.1\"\n^last = 2027-12-11", "\"last\" ends nothing", "last 未提前结束"},
      {"a clause that is none", "clause = \"H66-7.1\"", "^clause = \"H66-7.9\"", "unknown clause \"H66-7.9\"",
       "不认识的条款“H66-7.9”"},
      {"a clause twice", "clause = \"H66-7.2\"", "^clause = \"H66-7.1\"", "H66-7.1 is ended twice",
       "H66-7.1 结束了两次"},
      {"a document that is no source",
       "last = 2024-12-31\ndocument = \"自然资发〔2024〕204号\"\n\n[[ended]]\nclause = \"H66-7.2\"",
       "last = 2024-12-31\n^document = \"x\"\n\n[[ended]]\nclause = \"H66-7.2\"", "\"x\" is no [[source]] above",
       "“x”不在上文"},
      {"text that is not TOML", "[overlay]", "^[overlay", "not valid TOML", "不是合法的 TOML"},
  };
  ASSERT_TRUE(host::parse_overlay(script::shipped(), {"post_2025.toml", overlay_text()}));
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    std::string text = overlay_text();
    const auto at = text.find(c.find);
    ASSERT_NE(at, std::string::npos);
    ASSERT_EQ(text.find(c.find, at + 1), std::string::npos) << "more than one place to edit";
    text.replace(at, c.find.size(), c.put);
    const auto mark = text.find('^');
    if (mark != std::string::npos) text.erase(mark, 1);
    const auto book = host::parse_overlay(script::shipped(), {"post_2025.toml", text});
    ASSERT_FALSE(book);
    const auto& e = book.error();
    if (mark != std::string::npos) {
      EXPECT_EQ(e.line, 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark), '\n')) << e.en;
    }
    EXPECT_NE(e.en.find(c.en), std::string::npos) << e.en;
    EXPECT_NE(e.zh.find(c.zh), std::string::npos) << e.zh;
  }
  const auto empty = host::parse_overlay(script::shipped(), {"post_2025.toml", ""});
  ASSERT_FALSE(empty);
  EXPECT_NE(empty.error().en.find("no [overlay]"), std::string::npos);
}

TEST(Regimes, NoDateOfTheOverlayCanMoveUnnoticed) {
  const std::string text = overlay_text();
  static const std::regex dated{R"((?:^|\n)(?:from|until|last) = (\d{4})-(\d\d)-(\d\d))"};
  size_t looked = 0;
  for (std::sregex_iterator m{text.begin(), text.end(), dated}, none; m != none; ++m) {
    const auto raw =
        on(std::stoi((*m)[1]), static_cast<unsigned>(std::stoi((*m)[2])), static_cast<unsigned>(std::stoi((*m)[3])))
            .raw();
    for (const int by : {-1, 1}) {
      std::string changed = text;
      const auto from = static_cast<size_t>(m->position(1));
      changed.replace(from, 10, wire::text_of(Day::from_raw(raw + by)));
      const auto book = host::parse_overlay(script::shipped(), {"post_2025.toml", changed});
      ++looked;
      ASSERT_TRUE(book);
      const bool same_sources =
          std::ranges::equal(book->sources, post_2025().sources,
                             [](const auto& a, const auto& b) { return a.from == b.from && a.until == b.until; });
      EXPECT_TRUE(book->pack != post_2025().pack || !same_sources) << changed.substr(from, 10);
    }
  }
  EXPECT_EQ(looked, 2 * (3U + 11U));
}

}  // namespace
}  // namespace landex
