// paper_facts.hpp: facts of one paper of each kind, for the specs of papers and their benchmark. Invented, and said to
// be: every paper made from them is labelled as simulated.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "exchange/deeds/account_papers.hpp"
#include "exchange/deeds/deal_papers.hpp"
#include "exchange/deeds/pool_papers.hpp"
#include "exchange/deeds/run_papers.hpp"

namespace landex::paper_facts {

using deeds::Words;

inline Day day(int year, unsigned month, unsigned d) { return *Day::ymd(year, month, d); }
inline Area mu(int64_t whole) { return Area::mu_4dp(whole * 10'000); }
inline Quantity q(Area a) { return Quantity::of(a); }
inline Quantity kg(int64_t n) { return Quantity::of(Capacity::kg(n)); }

inline deeds::Unit city() { return {.code = District::code(330100), .name = {"杭州市", "Hangzhou"}}; }
inline deeds::Unit jiande() { return {.code = District::code(330182), .name = {"建德市", "Jiande"}}; }
inline deeds::Unit tonglu() { return {.code = District::code(330122), .name = {"桐庐县", "Tonglu"}}; }
inline deeds::Unit chunan() { return {.code = District::code(330127), .name = {"淳安县", "Chun'an"}}; }
inline deeds::Unit yuhang() { return {.code = District::code(330110), .name = {"余杭区", "Yuhang"}}; }

inline deeds::PriceBasis price_of_area() {
  return {.row = {12},
          .instrument = Instrument::supplementary_area,
          .rate = Rate::yuan_per_mu(200'000),
          .from = day(2024, 1, 1),
          .until = day(2024, 12, 31),
          .document = "杭规划资源〔2023〕188号"};
}

inline deeds::Issue issue(uint64_t told = 640) {
  return {.day = day(2024, 6, 3),
          .told = {told},
          .as_of = {900},
          .rule_set = "H66-2022",
          .prices = {price_of_area()},
          .bureau = {"杭州市规划和自然资源局", "Hangzhou Bureau of Planning and Natural Resources"},
          .signers = {.drafted = PersonId{17}, .reviewed = PersonId{18}, .issued = PersonId{3}},
          .simulated = Words{"全部单位、数量与价格均为虚构", "all units, areas and prices are invented"}};
}

/// 10 mu × 20.00 + 4 mu × 2.50 万元/亩 + 5 000 kg × 1.50 元/公斤.
inline deeds::DealFacts deal() {
  return {
      .deal = {601},
      .mode = {"协议转让", "directed sale"},
      .seller = jiande(),
      .buyer = yuhang(),
      .legs = {{.instrument = Instrument::supplementary_area, .quantity = q(mu(10)), .price = Price::ticks(2'000)},
               {.instrument = Instrument::supplementary_paddy, .quantity = q(mu(4)), .price = Price::ticks(250)},
               {.instrument = Instrument::supplementary_capacity, .quantity = kg(5'000), .price = Price::ticks(150)}},
      .amount = Fen::yuan(2'107'500),
      .agreed = day(2024, 5, 27),
      .notice_until = day(2024, 6, 7),
      .pay_by = day(2024, 6, 21),
      .document = "杭规划资源〔2024〕31号",
      .project = "䶮山至城西科创大走廊快速路工程（一期）配套项目",
      .clauses = {policy::Clause::h66_7_6}};
}

inline deeds::SlipFacts slip() {
  using I = Instrument;
  return {.deal = DealId{601},
          .reason = {"成交交割", "settlement of a deal"},
          .from = jiande(),
          .to = yuhang(),
          .lines = {{.instrument = I::supplementary_area, .filing = FilingId{112}, .quantity = q(mu(6))},
                    {.instrument = I::supplementary_area, .filing = FilingId{215}, .quantity = q(mu(4))},
                    {.instrument = I::supplementary_paddy, .filing = FilingId{112}, .quantity = q(mu(4))},
                    {.instrument = I::supplementary_capacity, .filing = FilingId{112}, .quantity = kg(5'000)}},
          .paid = Fen::yuan(2'107'500),
          .document = "杭规划资源〔2024〕31号"};
}

/// 20 % of 500 mu, 200 mu of paddy and 250 000 kg.
inline deeds::FilingPooledFacts filing_pooled() {
  using I = Instrument;
  return {.county = jiande(),
          .filing = {112},
          .kind = {"补充耕地", "supplementary farmland"},
          .filed = day(2024, 3, 4),
          .share = 2'000,
          .components = {{.instrument = I::supplementary_area,
                          .filed = q(mu(500)),
                          .pooled = q(mu(100)),
                          .price = Rate::yuan_per_mu(200'000),
                          .owed = Fen::wan(2'000)},
                         {.instrument = I::supplementary_paddy,
                          .filed = q(mu(200)),
                          .pooled = q(mu(40)),
                          .price = Rate::yuan_per_mu(30'050),
                          .owed = Fen::yuan(1'202'000)},
                         {.instrument = I::supplementary_capacity,
                          .filed = kg(250'000),
                          .pooled = kg(50'000),
                          .price = Rate::fen_per_kg(150),
                          .owed = Fen::yuan(75'000)}},
          .netted = {{.advance = {77}, .amount = Fen::wan(500)}}};
}

/// 30 % of 200 mu are 60: 30 and 28.5 fit, the next plot does not.
inline deeds::PlotsPooledFacts plots_pooled() {
  return {.county = jiande(),
          .share = 3'000,
          .qualifying = mu(200),
          .pooled_before = {},
          .target = mu(60),
          .shortfall = Area::mu_4dp(15'000),
          .plots = {{.plot = "JD-2024-0007", .grade = 4, .area = mu(30)},
                    {.plot = "JD-2024-0003", .grade = 5, .area = Area::mu_4dp(285'000)}}};
}

inline deeds::AllocationFacts allocation() {
  using I = Instrument;
  return {.allocation = {700},
          .request = {650},
          .county = yuhang(),
          .city = city(),
          .purpose = {"省重大项目", "provincial major project"},
          .project = "杭州西站枢纽配套道路",
          .need = {.area = mu(30), .paddy = mu(10), .capacity = Capacity::kg(9'000)},
          .deadline = day(2024, 12, 31),
          .take_by = day(2024, 6, 17),
          .lines = {{.instrument = I::supplementary_area,
                     .filing = {112},
                     .quantity = q(mu(20)),
                     .price = Rate::yuan_per_mu(200'000),
                     .amount = Fen::wan(400)},
                    {.instrument = I::supplementary_area,
                     .filing = {215},
                     .quantity = q(mu(10)),
                     .price = Rate::yuan_per_mu(200'000),
                     .amount = Fen::wan(200)},
                    {.instrument = I::supplementary_paddy, .filing = {112}, .quantity = q(mu(10))},
                    {.instrument = I::supplementary_capacity,
                     .filing = {112},
                     .quantity = kg(9'000),
                     .price = Rate::fen_per_kg(150),
                     .amount = Fen::yuan(13'500)}},
          .document = "杭规划资源〔2024〕35号"};
}

inline deeds::AdvanceFacts advance() {
  return {.advance = {77},
          .city = city(),
          .county = jiande(),
          .contract = "杭垦造合〔2024〕7号",
          .fund = Fen::wan(1'000),
          .amount = Fen::wan(500),
          .share = 5'000,
          .granted = day(2024, 1, 15),
          .due = day(2025, 1, 15)};
}

/// 100.00 + 20.00 − 50.00 = 70.00, and so on for as many entries as are wanted.
inline deeds::AccountFacts account(int entries) {
  deeds::AccountFacts a{
      .name = "money", .title = {"资金账户（可用与占用）", "Money (free and held)"}, .opening = 100'00};
  a.closing = a.opening;
  for (int i = 0; i < entries; ++i) {
    const int64_t change = i % 3 == 1 ? -(50'00 + i) : 2'000'000'00 + i * 17;
    a.entries.push_back({.number = {static_cast<uint64_t>(100 + i)},
                         .day = Day::from_raw(day(2024, 1, 1).raw() + std::min(i / 2, 365)),
                         .cause = change > 0 ? Words{"成交收款", "received for a deal"}
                                             : Words{"协议受让补充耕地数量，成交 601，䶮山快速路工程配套",
                                                     "bought supplementary farmland, deal 601"},
                         .other = change > 0 ? yuhang() : tonglu(),
                         .clause = policy::Clause::h66_7_6,
                         .change = change});
    a.closing += change;
  }
  return a;
}

inline deeds::StatementFacts statement(int entries) {
  return {
      .unit = jiande(),
      .period = {.from = day(2024, 1, 1), .until = day(2024, 12, 31)},
      .accounts = {
          account(entries),
          {.name = "supplementary_area",
           .title = {"补充耕地数量", "Supplementary farmland (area)"},
           .instrument = Instrument::supplementary_area,
           .opening = 100'0000,
           .closing = 489'9000,
           .entries = {{.number = {112}, .day = day(2024, 3, 4), .cause = {"报备入库", "filed"}, .change = 500'0000},
                       {.number = {112},
                        .day = day(2024, 3, 4),
                        .cause = {"市级统筹", "pooled by the city"},
                        .other = city(),
                        .clause = policy::Clause::h66_7_2,
                        .change = -100'0000},
                       {.number = {640},
                        .day = day(2024, 6, 3),
                        .cause = {"成交划出", "sold"},
                        .other = yuhang(),
                        .change = -10'1000}}}}};
}

inline deeds::LedgerCardFacts ledger_card() {
  deeds::AccountFacts a = statement(0).accounts[1];
  for (auto& e : a.entries) e.reviewed_by = PersonId{18};
  return {.unit = jiande(),
          .period = {.from = day(2024, 1, 1), .until = day(2024, 6, 30)},
          .of = "supplementary_area",
          .subject = {"补充耕地数量", "supplementary farmland (area)"},
          .account = std::move(a)};
}

/// Area × 30.00 元/亩 × coefficient; the uplift of 50 % would come to 90 000, and 60 000 are left of the fund.
inline deeds::RunFacts run() {
  const auto line = [](deeds::Unit to, int64_t area, int64_t coefficient, int64_t yuan) {
    return deeds::TransferLine{.from = city(),
                               .to = std::move(to),
                               .item = {"耕地保护补偿", "protection of farmland"},
                               .clause = policy::Clause::h66_3_1,
                               .area = mu(area),
                               .per_mu = Fen::yuan(30),
                               .coefficient = coefficient,
                               .amount = Fen::yuan(yuan)};
  };
  const auto uplift = [](deeds::Unit to, int64_t area, int64_t full, int64_t yuan) {
    return deeds::TransferLine{.from = city(),
                               .to = std::move(to),
                               .item = {"水稻上浮", "uplift for rice"},
                               .clause = policy::Clause::h66_3_4,
                               .area = mu(area),
                               .per_mu = Fen::yuan(30),
                               .coefficient = 5'000,
                               .full = Fen::yuan(full),
                               .amount = Fen::yuan(yuan)};
  };
  return {.run = 810,
          .kind = {"耕地保护补偿", "compensation for the protection of farmland"},
          .year = 2023,
          .stage = deeds::RunStage::paid,
          .lines = {line(jiande(), 10'000, 12'000, 360'000), line(tonglu(), 8'000, 10'000, 240'000),
                    line(chunan(), 5'000, 8'000, 120'000), uplift(jiande(), 4'000, 60'000, 40'000),
                    uplift(tonglu(), 2'000, 30'000, 20'000)},
          .fund = Fen::yuan(780'000),
          .uplift = 5'000,
          .document = "杭财农〔2024〕12号"};
}

/// One paper of each kind, by the name of its file.
inline std::vector<std::pair<std::string, deeds::Made>> one_of_each() {
  deeds::Issue of_run = issue(810);
  of_run.prices = {};
  of_run.our_defaults = {{"分配系数表、标准与资金上限（H66-3.1 未规定公式）",
                          "coefficients, standard and the cap by the fund (H66-3.1 states no formula)"}};
  return {{"deal_confirmation", deeds::deal_confirmation(deal(), issue())},
          {"transfer_slip", deeds::transfer_slip(slip(), issue(641))},
          {"pooling_notice_20", deeds::filing_pooling_notice(filing_pooled(), issue(112))},
          {"pooling_notice_30", deeds::plots_pooling_notice(plots_pooled(), issue(300))},
          {"allocation_notice", deeds::allocation_notice(allocation(), issue(700))},
          {"advance_contract", deeds::advance_contract(advance(), issue(77))},
          {"statement", deeds::statement(statement(40), issue())},
          {"ledger_card", deeds::ledger_card(ledger_card(), issue())},
          {"yearly_run", deeds::yearly_run(run(), of_run)}};
}

}  // namespace landex::paper_facts
