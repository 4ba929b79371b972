// title_ladders.hpp: the ladders of products and titles (refusal_ladders.hpp says what a ladder is).
#pragma once
#include "tests/refusal_ladders.hpp"

namespace landex::refusals {

inline void climb_titles(Climb& all, Scenes& s) {
  using clearing::Product;
  Market m;
  m.check(R"(
    open 2024-06-03                                          → done
    fund 余杭 10.00 wan                                      → done
    file 建德 linkage 10.0000                                → done
    plots 建德 P1 10.0000 grade 1                            → done
    title 建德 function_restoration R1 10.0000               → done
    title 建德 high_standard H1 10.0000                      → done
    title 西湖 high_standard G1 10.0000                      → done
    title 建德 planning_space K1 10.0000                     → done
    use-titles 建德 K1                                       → done
    title 建德 planning_space K2 1.0000                      → done
    d1 = propose 建德 建德→余杭 title K2 @1.00               → done
    accept 余杭 d1                                           → settled
    conflict 建德 T9 certificate                             → done
    open-product forest 2024-06-03..2024-06-10               → done
  )");
  const District jiande = place("建德"), yuhang = place("余杭");

  cmd::OpenProduct opens{
      .product = Product::pbf_plot, .from = on(2024, 6, 10), .until = on(2024, 6, 3), .approval = ""};
  Ladder o{all, "OpenProduct"};
  o.rung(s.empty, kYuhang, opens, Reason::not_permitted);
  o.rung(s.empty, kBureau, opens, Reason::no_policy_active);
  o.rung(s.closed, kBureau, opens, Reason::day_not_open);
  o.rung(m, kBureau, opens, Reason::value_out_of_range);
  opens.product = Product::forest;
  o.rung(m, kBureau, opens, Reason::document_missing, Clause::h66_21_3);
  opens.approval = "批准文号";
  o.rung(m, kBureau, opens, Reason::period_ends_before_it_begins);
  opens.until = opens.from;
  o.rung(m, kBureau, opens, Reason::price_overlaps, Clause::h66_21_3);

  cmd::RegisterTitle title{.county = place("杭州"),
                           .product = Product::pbf_plot,
                           .number = "P1",
                           .area = Area::mu_4dp(1),
                           .grade = {},
                           .document = "",
                           .consent = ""};
  Ladder r{all, "RegisterTitle"};
  r.rung(s.empty, kYuhang, title, Reason::not_permitted);
  r.rung(s.empty, kBureau, title, Reason::no_policy_active);
  r.rung(s.closed, kBureau, title, Reason::day_not_open);
  r.rung(m, kBureau, title, Reason::unknown_unit);
  title.county = kStranger;
  r.rung(m, kBureau, title, Reason::account_not_open);
  title.county = jiande;
  r.rung(m, kJiande, title, Reason::value_out_of_range, Clause::h66_6_1);
  title.product = Product::public_forest;
  r.rung(m, kJiande, title, Reason::document_missing, Clause::h66_10_2);
  title.document = "验收文号";
  r.rung(m, kJiande, title, Reason::title_already_registered);
  title.number = "T9";
  r.rung(m, kJiande, title, Reason::consent_missing, Clause::h66_10_2);
  title.product = Product::high_standard;
  Ladder{all, "RegisterTitle on a plot in dispute"}.rung(m, kJiande, title, Reason::plot_in_conflict, Clause::h66_9);
  title.product = Product::planning_space;
  title.county = yuhang;
  Ladder{all, "RegisterTitle of planning space by another class"}.rung(m, kYuhang, title, Reason::advance_not_for_class,
                                                                       Clause::h66_14_2);
  title.product = Product{9};
  Ladder{all, "RegisterTitle of no product"}.rung(m, kYuhang, title, Reason::value_out_of_range);
  Ladder{all, "EnterPlots with the number of a title"}.rung(
      m, kJiande,
      cmd::EnterPlots{
          .county = jiande, .document = "划定文件", .plots = {{.plot = "R1", .area = Area::mu_4dp(1), .grade = 1}}},
      Reason::title_already_registered);

  cmd::FlagPlot flag{.plot = "P1", .grain_zone = true, .high_standard = false, .document = ""};
  Ladder f{all, "FlagPlot"};
  f.rung(m, kYuhang, flag, Reason::not_permitted);
  f.rung(s.empty, kJiande, flag, Reason::no_policy_active);
  f.rung(s.closed, kJiande, flag, Reason::day_not_open);
  flag.plot = "";
  f.rung(m, kJiande, flag, Reason::value_out_of_range);
  flag.plot = "H1";
  f.rung(m, kJiande, flag, Reason::document_missing, Clause::h66_6_4);
  flag.document = "认定";
  f.rung(m, kJiande, flag, Reason::unknown_title, Clause::h66_6_4);

  cmd::SplitTitle split{.title = "N9", .number = "R1", .area = {}};
  Ladder p{all, "SplitTitle"};
  p.rung(s.empty, kBureau, split, Reason::not_permitted);
  p.rung(s.empty, kYuhang, split, Reason::no_policy_active);
  p.rung(s.closed, kYuhang, split, Reason::day_not_open);
  p.rung(m, kYuhang, split, Reason::value_out_of_range);
  split.area = Area::mu_4dp(1);
  p.rung(m, kYuhang, split, Reason::unknown_title);
  split.title = "P1";
  p.rung(m, kYuhang, split, Reason::not_your_title);
  p.rung(m, kJiande, split, Reason::title_already_registered);
  split.number = "N1";
  p.rung(m, kJiande, split, Reason::title_indivisible, Clause::h66_21_2);

  cmd::UseTitles use{.titles = {}, .project = "", .document = ""};
  Ladder u{all, "UseTitles"};
  u.rung(s.empty, kBureau, use, Reason::not_permitted);
  u.rung(s.empty, kYuhang, use, Reason::no_policy_active);
  u.rung(s.closed, kYuhang, use, Reason::day_not_open);
  u.rung(m, kYuhang, use, Reason::value_out_of_range);
  use.titles = {{.number = "N9"}, {.number = "K1"}};
  u.rung(m, kYuhang, use, Reason::document_missing);
  use.project = "项目";
  use.document = "用地批复";
  u.rung(m, kYuhang, use, Reason::unknown_title);
  use.titles.erase(use.titles.begin());
  u.rung(m, kYuhang, use, Reason::not_your_title);
  u.rung(m, kJiande, use, Reason::title_state_forbids);

  cmd::CancelTitle cancel{.title = "", .document = ""};
  Ladder c{all, "CancelTitle"};
  c.rung(s.empty, kYuhang, cancel, Reason::not_permitted);
  c.rung(s.empty, kBureau, cancel, Reason::no_policy_active);
  c.rung(s.closed, kBureau, cancel, Reason::day_not_open);
  c.rung(m, kBureau, cancel, Reason::value_out_of_range);
  cancel.title = "N9";
  c.rung(m, kBureau, cancel, Reason::document_missing);
  cancel.document = "注销通知";
  c.rung(m, kBureau, cancel, Reason::unknown_title);
  cancel.title = "K1";
  c.rung(m, kBureau, cancel, Reason::title_state_forbids);

  // A directed sale of titles: each fault of its titles in turn.
  const auto one = [](const char* number, int64_t yuan) {
    return cmd::TitleLeg{.title = number, .price = Rate::yuan_per_mu(yuan)};
  };
  cmd::ProposeDeal deal{.seller = jiande, .buyer = yuhang, .legs = {}, .until = {}, .titles = {}, .landing = {}};
  Ladder nothing{all, "ProposeDeal of nothing"};
  nothing.rung(m, kJiande, deal, Reason::legs_not_valid);
  deal.titles = {one("N9", 0), one("N9", 200'050), one("G1", 200'000), one("K1", 200'000)};
  Ladder d{all, "ProposeDeal of titles"};
  d.rung(m, kJiande, deal, Reason::value_out_of_range);
  deal.titles->erase(deal.titles->begin());
  deal.titles->push_back(one("N9", 200'000));
  d.rung(m, kJiande, deal, Reason::legs_not_valid);
  deal.titles->pop_back();
  d.rung(m, kJiande, deal, Reason::price_off_tick);
  deal.titles->front().price = Rate::yuan_per_mu(200'000);
  d.rung(m, kJiande, deal, Reason::unknown_title);
  deal.titles->front() = one("H1", 200'000);
  d.rung(m, kJiande, deal, Reason::not_your_title);
  (*deal.titles)[1] = one("P1", 200'000);
  d.rung(m, kJiande, deal, Reason::title_state_forbids);
  deal.titles->pop_back();
  d.rung(m, kJiande, deal, Reason::product_not_open, Clause::h66_21_3);
  m.check("open-product high_standard 2024-06-03..2024-06-10 → done");
  d.rung(m, kJiande, deal, Reason::landing_missing, Clause::h66_6_5);
  deal.landing = cmd::Landing{.project = "亚运村", .purpose = clearing::RequestClass::key_zone, .document = "文号"};
  Ladder landing{all, "ProposeDeal for a key zone"};
  landing.rung(m, kYuhang, deal, Reason::purpose_not_served, Clause::h66_6_5);
  deal.landing->purpose = clearing::RequestClass::national;
  landing.rung(m, kYuhang, deal, Reason::not_enough_money);
  deal.landing->purpose = clearing::RequestClass{9};
  Ladder{all, "ProposeDeal for no class"}.rung(m, kYuhang, deal, Reason::value_out_of_range);
  deal.landing = cmd::Landing{.project = "", .purpose = clearing::RequestClass::city, .document = ""};
  Ladder{all, "ProposeDeal for a project without a name"}.rung(m, kYuhang, deal, Reason::document_missing,
                                                               Clause::h66_6_5);
  deal.landing.reset();
  deal.titles = std::vector<cmd::TitleLeg>(51, one("P1", 200'000));
  Ladder{all, "51 titles"}.rung(m, kJiande, deal, Reason::legs_not_valid);

  cmd::CounterDeal counter{.deal = {m.named("d1")},
                           .legs = {{.instrument = Instrument::linkage,
                                     .quantity = Quantity::from_raw(1),
                                     .price = Rate::yuan_per_mu(200'000)}},
                           .until = {},
                           .titles = {{one("G1", 200'000)}}};
  Ladder over{all, "CounterDeal of a deal that is settled"};
  over.rung(m, kYuhang, counter, Reason::not_your_title);
  counter.titles->clear();
  over.rung(m, kYuhang, counter, Reason::deal_state_forbids);
}

}  // namespace landex::refusals
