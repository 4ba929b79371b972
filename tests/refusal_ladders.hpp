// refusal_ladders.hpp: every reason of refusal, reached. A ladder is one command with many faults: each rung is refused
// for the first of them in kPrecedence, moves nothing, and the next rung cures that one fault and no other; so the
// reason of every rung holds together with that of the next. Only refusals_test.cpp includes it.
#pragma once
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/engine/canonical.hpp"
#include "exchange/engine/verdict.hpp"
#include "exchange/wire/text_forms.hpp"
#include "matching/types/bounds.hpp"
#include "tests/market_script.hpp"

namespace landex::refusals {

namespace cmd = engine::command;
using engine::FactName;
using engine::IndicatorKind;
using engine::kPrecedence;
using engine::Reason;
using engine::Role;
using engine::Venue;
using policy::Clause;
using policy::Parameter;
using script::Market;
using script::on;
using script::place;
using script::Sender;

inline std::string name_of(Reason r) {
  std::string name = std::to_string(static_cast<int>(r));
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Reason>>([&](auto d) {
    if (d.value == r) name = d.name;
  });
  return name;
}

inline std::vector<Reason> all_reasons() {
  std::vector<Reason> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Reason>>([&](auto d) { all.push_back(d.value); });
  return all;
}

/// All that a refusal must leave as it was: everything but the number, the time and the memory of commands.
inline std::string what_must_not_move(const engine::State& state) {
  std::string bytes;
  engine::Canonical encode{bytes};
  engine::for_each_member(state, [&](std::string_view name, const auto& member) {
    if (name != "last" && name != "at" && name != "streams" && name != "streams_of") encode(member);
  });
  return bytes;
}

/// What all ladders together have shown.
struct Climb {
  std::set<Reason> seen;
  std::set<std::pair<Reason, Reason>> together;  // reasons of neighbouring rungs
  std::vector<engine::Refusal> refusals;
  std::vector<std::string> wrong;
};

class Ladder {
 public:
  Ladder(Climb& all, std::string name) : all_{all}, name_{std::move(name)} {}

  void rung(Market& market, const Sender& who, const engine::Command& c, Reason reason,
            std::optional<Clause> rule = {}) {
    rung(market, market.next_envelope(who), c, reason, rule);
  }
  void rung(Market& market, const engine::Envelope& who, const engine::Command& c, Reason reason,
            std::optional<Clause> rule = {}) {
    const auto before = what_must_not_move(market.engine().state());
    const auto refused = script::refusal_in(market.send(who, c));
    if (!refused) return wrong(reason, "it was done");
    if (refused->reason != reason) return wrong(reason, "the answer was " + name_of(refused->reason));
    if (refused->rule != rule)
      return wrong(reason, "the rule was " + (refused->rule ? wire::text_of(*refused->rule) : "none"));
    if (what_must_not_move(market.engine().state()) != before) wrong(reason, "something moved");
    if (last_ && engine::precedence_of(*last_) >= engine::precedence_of(reason))
      wrong(reason, "it does not come after " + name_of(*last_) + " in kPrecedence");
    all_.seen.insert(reason);
    if (last_) all_.together.emplace(*last_, reason);
    all_.refusals.push_back(*refused);
    last_ = reason;
  }

 private:
  void wrong(Reason reason, const std::string& what) {
    all_.wrong.push_back(name_ + ", " + name_of(reason) + ": " + what);
  }
  Climb& all_;
  std::string name_;
  std::optional<Reason> last_;
};

inline policy::Pack without(Parameter p) {
  policy::Pack pack = script::at_once();
  std::erase_if(pack.rows, [p](const policy::Row& r) { return r.parameter == p; });
  return pack;
}

inline const Sender kAnalyst{.participant = District::code(330110), .role = Role::analyst};
inline const Sender kYuhang = script::officer_of("余杭"), kXihu = script::officer_of("西湖"),
                    kJiande = script::officer_of("建德");
inline const Sender kBureau = script::bureau();
inline const District kStranger = District::code(110105);  // a place that the rule set does not know
inline const Sender kStrangersOfficer{.participant = kStranger, .role = Role::district};
inline constexpr Instrument kNoInstrument{9};
inline constexpr Side kNoSide{7};
inline constexpr Venue kNoVenue{9};
inline constexpr IndicatorKind kNoKind{9};

/// The smallest listing that there can be, a minute from now.
inline cmd::AnnounceListing small_listing(const Market& m) {
  const Instant from{.us = m.engine().state().at.us + 60'000'000};
  return {.legs = {{.instrument = Instrument::linkage, .quantity = Quantity::from_raw(1), .price = {}}},
          .start = Rate::yuan_per_mu(200'000),
          .step = Rate::yuan_per_mu(1'000),
          .reserve = {},
          .priority = {},
          .from = from,
          .deadline = {.us = from.us + 600'000'000}};
}

/// The markets on which ladders lean.
struct Scenes {
  Market empty{{.pack = std::nullopt}};  // nothing activated
  Market closed;                         // the day before is closed
  Market open;                           // with something of everything
  Market open_then_closed;               // the same, after the close
  Market no_venue{{.venue = std::nullopt}};
  Market production_closed{{.venue = Venue::production}};
  Market production{{.venue = Venue::production}};
  Market no_share{{.pack = without(Parameter::pooled_share_supplementary)}};
  Market no_pbf_share{{.pack = without(Parameter::pooled_share_pbf)}};
  Market no_grade{{.pack = without(Parameter::pbf_lowest_grade)}};
  Market never_opened{{.accounts = false}};
  Market banded;    // on its second day: linkage closed at 20.00, its band is 18.00 to 22.00
  Market full;      // as many orders as there is room for
  Market auctions;  // one in every stage
  Market full_of_auctions;
  Market registry;  // with projects, a plot in dispute, and something that each verb can undo

  static constexpr std::string_view kScene = R"(
    price area 20.00 2024-06-01..2024-06-30                → done
    price capacity 500000.00 2024-06-01..2024-06-30        → done   # the highest there may be
    open 2024-06-03                                        → done
    f1 = file 建德 area 125.0000 paddy 50.0000             → done   # 100 and 40 are free
    f2 = file 淳安 linkage 10.0000                         → done
    f3 = file 西湖 area 10000000.0000 paddy 10000000.0000  → done   # 2 million mu of paddy wait for a price
    f4 = file 余杭 area 12.5000                            → done
    plots 建德 P1 10.0000 grade 1                          → done
    fund 余杭 300.00 wan                                   → done
    s1 = sell 余杭 area 1.0000 @30.00                      → rests 1.0000
    d1 = propose 建德 建德→余杭 area 50.0000 @20.00        → done   # 1 000 万元; Yuhang has 300
    d2 = propose 建德 建德→余杭 area 1.0000 @20.00         → done
    accept 余杭 d2                                         → settled
    )";

  static constexpr std::string_view kBanded = R"(
    profile by-hand band 100                               → done
    open 2024-06-03                                        → done
    file 淳安 linkage 100.0000                             → done
    fund 余杭 300.00 wan                                   → done
    phase linkage continuous                               → done
    s1 = sell 淳安 linkage 1.0000 @20.00                   → rests 1.0000
    buy 余杭 linkage 1.0000 @20.00                         → filled
      trade s1 1.0000 @20.00 20.00 wan
    close 2024-06-03                                       → done
    open 2024-06-04                                        → done
    phase linkage continuous                               → done
    s2 = sell 余杭 linkage 1.0000 @22.00                   → rests 1.0000
    )";

  static constexpr std::string_view kAuctions = R"(
    open 2024-06-03                                                                                   → done
    file 西湖 linkage 100.0000                                                                        → done
    fund 余杭 300.00 wan                                                                              → done
    fund 萧山 30.00 wan                                                                               → done
    tick 2024-06-03T09:00:00                                                                          → done
    over  = sealed 西湖 linkage 1.0000 2024-06-03T09:10:00 2024-06-03T09:20:00                        → done
    shut  = sealed 西湖 linkage 1.0000 2024-06-03T09:10:00 2024-06-03T09:20:00                        → done
    now   = sealed 西湖 linkage 10.0000 2024-06-03T09:30:00 2024-06-03T11:00:00 reserve 20.00         → done
    later = sealed 西湖 linkage 1.0000 2024-06-04T09:30:00 2024-06-04T11:00:00                        → done
    timed = listing 西湖 linkage 1.0000 start 20.00 step 1.00 from 2024-06-03T09:01:00 until 2024-06-03T09:58:00 → done
    listed = listing 西湖 linkage 2.0000 start 20.00 step 1.00 from 2024-06-03T09:01:00 until 2024-06-03T11:00:00 → done
    tick 2024-06-03T09:30:00                                                                          → done
    open-bids over seed 1                                                                             → done
    b1 = bid 余杭 now 1.0000 @20.00                                                                   → done
    bid 余杭 listed @20.00                                                                            → done
    bid 余杭 timed @20.00                                                                             → done
    declare 滨江 timed                                                                                → done
    tick 2024-06-03T09:59:00                                                                          → done
    )";

  static constexpr std::string_view kRegistry = R"(
    open 2024-06-03                                        → done
    f1 = file 建德 area 125.0000 plot T1 125.0000          → done   # 100 are free
    f2 = file 余杭 linkage 10.0000                         → done
    n1 = deduct f1 area 1.0000                             → done
    deduct f1 area 1.0000                                  → done
    p1 = project 建德 supplementary                        → done
    conflict 建德 T9 certificate                           → done
    z1 = freeze 建德 area 10.0000                          → done
    unfreeze z1 10.0000                                    → done
    z2 = freeze 建德 area 10.0000                          → done
    file 西湖 area 25.0000                                 → done
    l1 = lend 西湖→余杭 area 10.0000 due 2024-06-04        → done
    l2 = lend 西湖→余杭 area 1.0000 due 2024-06-04         → done
    give-back 余杭 l2 1.0000                                  → done
    use 余杭 area 10.0000 borrowed                         → done
    u1 = use 建德 area 5.0000                              → done
    close 2024-06-03                                       → done
    open 2024-06-05                                        → done
    )";

  Scenes() {
    registry.check(kRegistry);
    auctions.check(kAuctions);
    full_of_auctions.check("open 2024-06-03 → done\nfile 西湖 linkage 1.0000 → done\ntick 2024-06-03T09:00:00 → done");
    for (size_t n = 0; n < engine::kMostAuctions; ++n) full_of_auctions.send(kXihu, small_listing(full_of_auctions));
    open.check(kScene);
    open_then_closed.check(kScene);
    open_then_closed.check("close 2024-06-03 → done");
    banded.check(kBanded);
    full.check(R"(
      open 2024-06-03                       → done
      file 淳安 linkage 100.0000            → done
      fund 余杭 10.00 wan                   → done
    )");
    const cmd::PlaceOrder smallest{.instrument = Instrument::linkage,
                                   .side = Side::sell,
                                   .quantity = Quantity::from_raw(1),
                                   .price = Rate::yuan_per_mu(200'000)};
    while (full.engine().state().market.books.resting() < engine::kMostOrders)
      full.send(script::officer_of("淳安"), smallest);
    for (Market* m : {&no_venue, &production, &no_share, &no_pbf_share, &no_grade}) m->check("open 2024-06-03 → done");
  }
};

inline void climb_identity(Climb& all, Scenes& s) {
  const engine::Command filing = cmd::OpenDay{.day = on(2024, 6, 4)};
  engine::Envelope who = s.closed.next_envelope(kAnalyst);
  who.client_key = {77};
  who.counter = {1};
  Ladder{all, "first use"}.rung(s.closed, who, filing, Reason::not_permitted);
  Ladder{all, "another command"}.rung(s.closed, who, cmd::OpenDay{.day = on(2024, 6, 5)},
                                      Reason::exists_with_different_field);
  for (uint64_t counter = 2; counter <= engine::kResultWindow + 1; ++counter) {
    who.counter = {counter};
    s.closed.send(who, filing);
  }
  who.counter = {1};
  Ladder{all, "out of the window"}.rung(s.closed, who, filing, Reason::already_used);
  who.counter = {0};
  Ladder{all, "counter 0"}.rung(s.closed, who, filing, Reason::value_out_of_range);

  engine::Envelope many{
      .client_key = {0}, .counter = {1}, .person = {4711}, .participant = kAnalyst.participant, .role = Role::analyst};
  while (many.client_key.value < engine::kStreamsPerPerson) {
    s.closed.send(many, filing);
    ++many.client_key.value;
  }
  Ladder keys{all, "client keys"};
  keys.rung(s.closed, many, filing, Reason::too_many_client_keys);
  many.client_key = {0};
  many.counter = {2};
  keys.rung(s.closed, many, filing, Reason::not_permitted);
}

inline void climb_days(Climb& all, Scenes& s) {
  const policy::Pack good = script::at_once();
  policy::Pack reversed = good;
  std::swap(reversed.from, reversed.until);
  Ladder activate{all, "Activate"};
  activate.rung(s.open, kAnalyst, cmd::Activate{.behaviour = 2, .pack = reversed}, Reason::not_permitted);
  activate.rung(s.open, kBureau, cmd::Activate{.behaviour = 2, .pack = reversed}, Reason::unknown_behaviour);
  activate.rung(s.open, kBureau, cmd::Activate{.behaviour = 1, .pack = reversed}, Reason::policy_not_usable);
  activate.rung(s.open, kBureau, cmd::Activate{.behaviour = 1, .pack = good}, Reason::day_already_open);

  policy::Pack no_city = good, two_cities = good, other_city = good, too_much = good, less_than_nothing = good;
  for (policy::Pack* p : {&no_city, &other_city})
    std::erase_if(p->units, [](const policy::Unit& u) { return u.kind == ParticipantClass::city; });
  for (policy::Pack* p : {&two_cities, &other_city}) {
    p->units.push_back(good.units.front());
    p->units.back().district = kStranger;
    p->units.back().kind = ParticipantClass::city;
  }
  for (const auto parameter : {Parameter::pooled_share_supplementary, Parameter::pooled_share_pbf}) {
    std::ranges::find(too_much.rows, parameter, &policy::Row::parameter)->value = 10'001;
    std::ranges::find(less_than_nothing.rows, parameter, &policy::Row::parameter)->value = -1;
  }
  for (const auto* p : {&no_city, &two_cities, &other_city, &too_much, &less_than_nothing})
    Ladder{all, "a pack that cannot be used"}.rung(s.closed, kBureau, cmd::Activate{.behaviour = 1, .pack = *p},
                                                   Reason::policy_not_usable);

  Ladder venue{all, "SetVenue"};
  venue.rung(s.empty, kAnalyst, cmd::SetVenue{.venue = kNoVenue}, Reason::not_permitted);
  venue.rung(s.empty, kBureau, cmd::SetVenue{.venue = kNoVenue}, Reason::no_policy_active);
  venue.rung(s.open, script::landexd(), cmd::SetVenue{.venue = kNoVenue}, Reason::day_already_open);
  venue.rung(s.closed, script::landexd(), cmd::SetVenue{.venue = kNoVenue}, Reason::value_out_of_range);
  Ladder same{all, "SetVenue as it is"};
  same.rung(s.open, script::landexd(), cmd::SetVenue{.venue = Venue::simulation}, Reason::day_already_open);
  same.rung(s.closed, script::landexd(), cmd::SetVenue{.venue = Venue::simulation}, Reason::venue_already_set);

  Ladder before{all, "OpenDay without a policy"};
  before.rung(s.empty, kAnalyst, cmd::OpenDay{.day = on(2022, 1, 1)}, Reason::not_permitted);
  before.rung(s.empty, kBureau, cmd::OpenDay{.day = on(2022, 1, 1)}, Reason::no_policy_active);
  Ladder open{all, "OpenDay"};
  open.rung(s.open, kAnalyst, cmd::OpenDay{.day = on(2022, 1, 1)}, Reason::not_permitted);
  open.rung(s.open, kBureau, cmd::OpenDay{.day = on(2022, 1, 1)}, Reason::day_already_open);
  open.rung(s.closed, kBureau, cmd::OpenDay{.day = on(2022, 1, 1)}, Reason::day_not_later);
  open.rung(s.never_opened, kBureau, cmd::OpenDay{.day = on(2022, 1, 1)}, Reason::no_rule_in_force);

  Ladder close{all, "CloseDay"};
  close.rung(s.empty, kAnalyst, cmd::CloseDay{.day = on(2024, 6, 4)}, Reason::not_permitted);
  close.rung(s.empty, kBureau, cmd::CloseDay{.day = on(2024, 6, 4)}, Reason::no_policy_active);
  close.rung(s.closed, kBureau, cmd::CloseDay{.day = on(2024, 6, 4)}, Reason::day_not_open);
  Ladder{all, "CloseDay of another day"}.rung(s.open, kBureau, cmd::CloseDay{.day = on(2024, 6, 4)},
                                              Reason::day_not_open);

  // An account can outlive its unit: the pack of the next day no longer names Binjiang.
  policy::Pack fewer = good;
  std::erase_if(fewer.units, [](const policy::Unit& u) { return u.district == place("滨江"); });
  Market later;
  later.send(script::landexd(), cmd::Activate{.behaviour = 1, .pack = fewer});
  Ladder account{all, "OpenAccount"};
  account.rung(s.empty, kAnalyst, cmd::OpenAccount{.participant = kStranger}, Reason::not_permitted);
  account.rung(s.empty, kBureau, cmd::OpenAccount{.participant = kStranger}, Reason::no_policy_active);
  account.rung(later, kBureau, cmd::OpenAccount{.participant = place("滨江")}, Reason::day_not_open);
  later.check("open 2024-06-03 → done");
  account.rung(later, kBureau, cmd::OpenAccount{.participant = place("滨江")}, Reason::unknown_unit);
  account.rung(later, kBureau, cmd::OpenAccount{.participant = place("余杭")}, Reason::account_already_open);
}

inline void climb_money(Climb& all, Scenes& s) {
  cmd::Deposit in{.participant = kStranger, .amount = Fen::fen(0), .document = ""};
  Ladder deposit{all, "Deposit"};
  deposit.rung(s.empty, kAnalyst, in, Reason::not_permitted);
  deposit.rung(s.empty, kBureau, in, Reason::no_policy_active);
  deposit.rung(s.closed, kBureau, in, Reason::day_not_open);
  deposit.rung(s.open, kBureau, in, Reason::account_not_open);
  in.participant = place("余杭");
  deposit.rung(s.open, kBureau, in, Reason::value_out_of_range);
  in.amount = kMaxMoney;
  deposit.rung(s.open, kBureau, in, Reason::document_missing);
  in.document = "入金单";
  deposit.rung(s.open, kBureau, in, Reason::total_out_of_range);
  in.document = std::string(201, 'x');
  Ladder{all, "a text of 201 bytes"}.rung(s.open, kBureau, in, Reason::value_out_of_range);

  cmd::Withdraw out{.participant = kStranger, .amount = Fen::fen(0), .document = ""};
  Ladder withdraw{all, "Withdraw"};
  withdraw.rung(s.empty, kYuhang, out, Reason::not_permitted);
  withdraw.rung(s.empty, kBureau, out, Reason::no_policy_active);
  withdraw.rung(s.closed, kBureau, out, Reason::day_not_open);
  withdraw.rung(s.open, kBureau, out, Reason::account_not_open);
  out.participant = place("余杭");
  withdraw.rung(s.open, kBureau, out, Reason::value_out_of_range);
  out.amount = kMaxMoney;
  withdraw.rung(s.open, kBureau, out, Reason::document_missing);
  out.document = "出金单";
  withdraw.rung(s.open, kBureau, out, Reason::not_enough_money);

  Ladder claims{all, "SettleClaims"};
  claims.rung(s.empty, kYuhang, cmd::SettleClaims{.county = kStranger}, Reason::not_permitted);
  claims.rung(s.empty, kBureau, cmd::SettleClaims{.county = kStranger}, Reason::no_policy_active);
  claims.rung(s.closed, kBureau, cmd::SettleClaims{.county = kStranger}, Reason::day_not_open);
  claims.rung(s.open, kBureau, cmd::SettleClaims{.county = kStranger}, Reason::account_not_open);
  claims.rung(s.open, kBureau, cmd::SettleClaims{.county = place("建德")}, Reason::not_enough_money, Clause::h66_7_4);
  for (const auto* nothing_owed : {"淳安", "杭州"})
    Ladder{all, "SettleClaims of nothing"}.rung(s.open, kBureau, cmd::SettleClaims{.county = place(nothing_owed)},
                                                Reason::nothing_to_settle, Clause::h66_7_4);
}

inline void climb_prices(Climb& all, Scenes& s) {
  cmd::PublishPrice price{.instrument = kNoInstrument,
                          .rate = Rate::from_raw(0),
                          .from = on(2024, 6, 20),
                          .until = on(2024, 6, 1),
                          .document = "",
                          .approver = "市规划和自然资源局"};
  Ladder l{all, "PublishPrice"};
  l.rung(s.empty, kYuhang, price, Reason::not_permitted);
  l.rung(s.empty, kBureau, price, Reason::no_policy_active);
  l.rung(s.open, kBureau, price, Reason::unknown_instrument, Clause::h66_21_2);
  price.instrument = Instrument::linkage;
  l.rung(s.open, kBureau, price, Reason::value_out_of_range);
  price.rate = kMaxRate;
  l.rung(s.open, kBureau, price, Reason::document_missing);
  price.document = "文号2";
  l.rung(s.open, kBureau, price, Reason::period_ends_before_it_begins);
  price.from = on(2024, 6, 1);
  price.until = on(2024, 6, 20);
  l.rung(s.open, kBureau, price, Reason::component_not_in_kind, Clause::h66_7_4);
  price.instrument = Instrument::supplementary_area;
  l.rung(s.open, kBureau, price, Reason::price_overlaps, Clause::h66_7_4);
  price.instrument = Instrument::supplementary_paddy;  // no price yet, and 2 million mu that wait for one
  l.rung(s.open, kBureau, price, Reason::price_changes_open_day, Clause::h66_7_6);
  l.rung(s.open_then_closed, kBureau, price, Reason::total_out_of_range);
  price.rate = Rate::yuan_per_mu(kMaxRate.raw() + 1);
  Ladder{all, "a rate above the highest"}.rung(s.closed, kBureau, price, Reason::value_out_of_range);
  price.approver.clear();
  price.rate = kMaxRate;
  Ladder{all, "no approver"}.rung(s.closed, kBureau, price, Reason::document_missing);
}

inline void climb_filing(Climb& all, Scenes& s) {
  cmd::FileBatch batch{.county = place("杭州"),
                       .kind = kNoKind,
                       .area = Area::mu_4dp(10),
                       .paddy = Area::mu_4dp(11),
                       .capacity = Capacity::kg(kMaxQuantity.raw()),
                       .project = "",
                       .document = "报备单"};
  Ladder l{all, "FileBatch"};
  l.rung(s.empty, kYuhang, batch, Reason::not_permitted);
  l.rung(s.empty, kBureau, batch, Reason::no_policy_active);
  l.rung(s.closed, kBureau, batch, Reason::day_not_open);
  l.rung(s.open, kBureau, batch, Reason::unknown_unit);
  batch.county = kStranger;
  l.rung(s.open, kBureau, batch, Reason::account_not_open);
  batch.county = place("建德");
  l.rung(s.open, kBureau, batch, Reason::value_out_of_range);
  batch.kind = IndicatorKind::linkage;
  l.rung(s.open, kBureau, batch, Reason::document_missing);
  batch.project = "项目";
  l.rung(s.open, kBureau, batch, Reason::component_not_in_kind, Clause::h66_14_1);
  batch.kind = IndicatorKind::supplementary;
  l.rung(s.open, kBureau, batch, Reason::paddy_exceeds_area);
  batch.paddy = Area::mu_4dp(10);
  l.rung(s.open, kBureau, batch, Reason::total_out_of_range);  // 20 billion kg at 0.5 million yuan

  batch.county = place("杭州");
  Ladder{all, "FileBatch without a share"}.rung(s.no_share, kBureau, batch, Reason::no_rule_in_force, Clause::h66_7_2);
  batch.county = place("建德");
  Ladder{all, "FileBatch of another county"}.rung(s.open, kYuhang, batch, Reason::not_permitted);
  for (const int64_t area : {int64_t{0}, int64_t{-1}, kMaxQuantity.raw() + 1}) {
    batch.area = Area::mu_4dp(area);
    Ladder{all, "FileBatch of an area out of range"}.rung(s.open, kBureau, batch, Reason::value_out_of_range);
  }

  const auto filing = [&](const char* name) { return FilingId{s.open.named(name)}; };
  cmd::DeductBatch less{.filing = {999'999}, .area = {}, .paddy = {}, .capacity = {}, .document = ""};
  Ladder unknown{all, "DeductBatch"};
  unknown.rung(s.empty, kJiande, less, Reason::not_permitted);
  unknown.rung(s.empty, kBureau, less, Reason::no_policy_active);
  unknown.rung(s.closed, kBureau, less, Reason::day_not_open);
  unknown.rung(s.open, kBureau, less, Reason::value_out_of_range);
  less.capacity = Capacity::kg(1);
  unknown.rung(s.open, kBureau, less, Reason::document_missing);
  less.document = "核减单";
  unknown.rung(s.open, kBureau, less, Reason::unknown_filing);

  less = {.filing = filing("f2"),
          .area = Area::mu_4dp(100'001),
          .paddy = Area::mu_4dp(-1),
          .capacity = Capacity::kg(1),
          .document = ""};
  Ladder known{all, "DeductBatch of a filing"};
  known.rung(s.open, kBureau, less, Reason::value_out_of_range);
  less.paddy = {};
  known.rung(s.open, kBureau, less, Reason::document_missing);
  less.document = "核减单";
  known.rung(s.open, kBureau, less, Reason::component_not_in_kind, Clause::h66_14_1);
  less.capacity = {};
  known.rung(s.open, kBureau, less, Reason::deduction_exceeds_filing);
  less = {.filing = filing("f1"), .area = Area::mu_4dp(1'000'000), .paddy = {}, .capacity = {}, .document = "核减单"};
  known.rung(s.open, kBureau, less, Reason::deduction_exceeds_holding);  // 125 filed, 100 left, 51 held or sold
}

inline void climb_plots(Climb& all, Scenes& s) {
  cmd::EnterPlots plots{
      .county = place("杭州"), .document = "", .plots = {{.plot = "P1", .area = Area::mu_4dp(0), .grade = 1}}};
  Ladder l{all, "EnterPlots"};
  l.rung(s.empty, kYuhang, plots, Reason::not_permitted);
  l.rung(s.empty, kBureau, plots, Reason::no_policy_active);
  l.rung(s.closed, kBureau, plots, Reason::day_not_open);
  l.rung(s.no_pbf_share, kBureau, plots, Reason::no_rule_in_force, Clause::h66_6_2);
  l.rung(s.open, kBureau, plots, Reason::unknown_unit);
  plots.county = kStranger;
  l.rung(s.open, kBureau, plots, Reason::account_not_open);
  plots.county = place("建德");
  l.rung(s.open, kBureau, plots, Reason::value_out_of_range);
  plots.plots.front().area = Area::mu_4dp(1);
  l.rung(s.open, kBureau, plots, Reason::document_missing, Clause::h66_6_1);
  plots.document = "划定文件";
  l.rung(s.open, kBureau, plots, Reason::plot_already_entered);
  Ladder{all, "EnterPlots without a lowest grade"}.rung(s.no_grade, kBureau, plots, Reason::no_rule_in_force,
                                                        Clause::h66_6_2);
  Ladder{all, "EnterPlots of another county"}.rung(s.open, kYuhang, plots, Reason::not_permitted);

  const auto out_of_range = [&](const char* why, std::vector<cmd::Plot> which) {
    plots.plots = std::move(which);
    Ladder{all, why}.rung(s.open, kBureau, plots, Reason::value_out_of_range);
  };
  out_of_range("grade 0", {{.plot = "P9", .area = Area::mu_4dp(1), .grade = 0}});
  out_of_range("grade 16", {{.plot = "P9", .area = Area::mu_4dp(1), .grade = 16}});
  out_of_range("a plot without a number", {{.plot = "", .area = Area::mu_4dp(1), .grade = 1}});
  out_of_range("1001 plots", std::vector<cmd::Plot>(1001, {.plot = "P9", .area = Area::mu_4dp(1), .grade = 1}));

  plots.document.clear();
  plots.plots.clear();
  Ladder none{all, "EnterPlots without plots"};
  none.rung(s.open, kBureau, plots, Reason::document_missing, Clause::h66_6_1);
  plots.document = "划定文件";
  none.rung(s.open, kBureau, plots, Reason::no_plots);
}

inline void climb_orders(Climb& all, Scenes& s) {
  cmd::PlaceOrder order{.instrument = kNoInstrument,
                        .side = kNoSide,
                        .quantity = kMaxQuantity,
                        .price = Rate::yuan_per_mu(kMaxRate.raw() - 1)};
  Ladder l{all, "PlaceOrder"};
  l.rung(s.empty, kAnalyst, order, Reason::not_permitted);
  l.rung(s.empty, kStrangersOfficer, order, Reason::no_policy_active);
  l.rung(s.production_closed, kStrangersOfficer, order, Reason::day_not_open);
  l.rung(s.production, kStrangersOfficer, order, Reason::mode_not_open, Clause::h66_21_4);
  l.rung(s.open, kStrangersOfficer, order, Reason::account_not_open);
  l.rung(s.open, kYuhang, order, Reason::unknown_instrument, Clause::h66_21_2);
  order.instrument = Instrument::supplementary_area;
  l.rung(s.open, kYuhang, order, Reason::value_out_of_range);
  order.side = Side::buy;
  l.rung(s.open, kYuhang, order, Reason::price_off_tick);
  order.price = kMaxRate;
  l.rung(s.open, kYuhang, order, Reason::total_out_of_range);
  order.quantity = Quantity::of(Area::mu_4dp(1'000'000));
  l.rung(s.open, kYuhang, order, Reason::crosses_own_order);  // 100 mu at 5 000: his own ask is at 30
  order.price = Rate::yuan_per_mu(299'900);
  l.rung(s.open, kYuhang, order, Reason::not_enough_money);
  order.side = Side::sell;
  order.price = Rate::yuan_per_mu(300'000);
  Ladder{all, "PlaceOrder to sell"}.rung(s.open, kYuhang, order, Reason::not_enough_land);

  for (const int64_t quantity : {int64_t{0}, int64_t{-1}, kMaxQuantity.raw() + 1}) {
    order.quantity = Quantity::from_raw(quantity);
    Ladder{all, "a quantity out of range"}.rung(s.open, kYuhang, order, Reason::value_out_of_range);
  }
  order.quantity = Quantity::from_raw(1);
  for (const int64_t rate : {int64_t{0}, int64_t{-100}, kMaxRate.raw() + 100}) {
    order.price = Rate::from_raw(rate);
    Ladder{all, "a price out of range"}.rung(s.open, kYuhang, order, Reason::value_out_of_range);
  }

  Ladder cancel{all, "CancelOrder"};
  cancel.rung(s.empty, kBureau, cmd::CancelOrder{.order = {999'999}}, Reason::not_permitted);
  cancel.rung(s.empty, kXihu, cmd::CancelOrder{.order = {999'999}}, Reason::no_policy_active);
  cancel.rung(s.closed, kXihu, cmd::CancelOrder{.order = {999'999}}, Reason::day_not_open);
  cancel.rung(s.open, kXihu, cmd::CancelOrder{.order = {999'999}}, Reason::unknown_order);
  Ladder{all, "CancelOrder of another"}.rung(s.open, kXihu, cmd::CancelOrder{.order = {s.open.named("s1")}},
                                             Reason::not_your_order);

  cmd::WriteOff use{.instrument = kNoInstrument, .quantity = Quantity::from_raw(0), .project = ""};
  Ladder write_off{all, "WriteOff"};
  write_off.rung(s.empty, kBureau, use, Reason::not_permitted);
  write_off.rung(s.empty, kStrangersOfficer, use, Reason::no_policy_active);
  write_off.rung(s.closed, kStrangersOfficer, use, Reason::day_not_open);
  write_off.rung(s.open, kStrangersOfficer, use, Reason::account_not_open);
  write_off.rung(s.open, kXihu, use, Reason::unknown_instrument, Clause::h66_21_2);
  use.instrument = Instrument::linkage;
  write_off.rung(s.open, kXihu, use, Reason::value_out_of_range);
  use.quantity = Quantity::from_raw(1);
  write_off.rung(s.open, kXihu, use, Reason::document_missing);
  use.project = "项目";
  write_off.rung(s.open, kXihu, use, Reason::not_enough_land);
}

inline void climb_conditions(Climb& all, Scenes& s) {
  using engine::Lifetime;
  engine::OrderConditions c{.lifetime = Lifetime::until_day,
                            .last_day = on(2024, 6, 2),
                            .until = {},
                            .post_only = true,
                            .all_or_none = true,
                            .minimum = {},
                            .peak = {},
                            .trigger = Rate::yuan_per_mu(150'050),
                            .cap = {},
                            .self_trade = SelfTrade::refuse};
  cmd::PlaceOrder order{.instrument = Instrument::supplementary_paddy,  // has not opened
                        .side = Side::buy,
                        .quantity = kMaxQuantity,
                        .price = kMaxRate,
                        .conditions = c};
  Ladder l{all, "PlaceOrder with conditions"};
  l.rung(s.banded, kYuhang, order, Reason::price_off_tick);
  order.conditions->trigger.reset();
  l.rung(s.banded, kYuhang, order, Reason::conditions_conflict);
  order.conditions->all_or_none = false;
  l.rung(s.banded, kYuhang, order, Reason::phase_forbids);
  order.instrument = Instrument::linkage;
  l.rung(s.banded, kYuhang, order, Reason::expiry_not_later);
  order.conditions->last_day = on(2024, 6, 4);
  l.rung(s.banded, kYuhang, order, Reason::outside_price_band);
  l.rung(s.open, kYuhang, order, Reason::total_out_of_range);  // where there is no band
  order.price = Rate::yuan_per_mu(220'000);
  l.rung(s.banded, kYuhang, order, Reason::crosses_own_order);
  order.price = Rate::yuan_per_mu(219'900);
  l.rung(s.full, kYuhang, order, Reason::not_enough_money);
  order.quantity = Quantity::from_raw(1);
  l.rung(s.full, kYuhang, order, Reason::book_full);

  cmd::PlaceAtBest best{.instrument = kNoInstrument, .side = kNoSide, .quantity = {}, .conditions = c};
  best.conditions->trigger.reset();
  best.conditions->last_day.reset();
  Ladder b{all, "PlaceAtBest"};
  b.rung(s.empty, kAnalyst, best, Reason::not_permitted);
  b.rung(s.empty, kStrangersOfficer, best, Reason::no_policy_active);
  b.rung(s.production_closed, kStrangersOfficer, best, Reason::day_not_open);
  b.rung(s.production, kStrangersOfficer, best, Reason::mode_not_open, Clause::h66_21_4);
  b.rung(s.open, kStrangersOfficer, best, Reason::account_not_open);
  b.rung(s.open, kYuhang, best, Reason::unknown_instrument, Clause::h66_21_2);
  best.instrument = Instrument::supplementary_paddy;
  b.rung(s.open, kYuhang, best, Reason::value_out_of_range);
  best.side = Side::buy;
  best.quantity = kMaxQuantity;
  b.rung(s.open, kYuhang, best, Reason::conditions_conflict);
  best.conditions.reset();
  b.rung(s.banded, kYuhang, best, Reason::phase_forbids);
  b.rung(s.open, kYuhang, best, Reason::no_price_band);
  best.instrument = Instrument::linkage;
  b.rung(s.banded, kYuhang, best, Reason::crosses_own_order);
  best.side = Side::sell;
  Ladder{all, "PlaceAtBest to sell"}.rung(s.banded, kYuhang, best, Reason::not_enough_land);

  c.all_or_none = c.post_only = false;
  c.lifetime = Lifetime::until_instant;
  c.last_day.reset();
  c.trigger.reset();
  c.until = s.open.engine().state().at;
  order.conditions = c;
  Ladder{all, "an instant that has passed"}.rung(s.open, kYuhang, order, Reason::expiry_not_later);
  c.lifetime = Lifetime{7};
  order.conditions = c;
  Ladder{all, "a lifetime that does not exist"}.rung(s.open, kYuhang, order, Reason::value_out_of_range);
  c.lifetime = Lifetime::day;
  c.self_trade = SelfTrade{7};
  order.conditions = c;
  Ladder{all, "a mode that does not exist"}.rung(s.open, kYuhang, order, Reason::value_out_of_range);
}

inline void climb_changes(Climb& all, Scenes& s) {
  cmd::ReplaceOrder replace{
      .order = {999'999}, .left_before = Quantity::from_raw(1), .left = {}, .price = Rate::yuan_per_mu(220'050)};
  Ladder l{all, "ReplaceOrder"};
  l.rung(s.empty, kBureau, replace, Reason::not_permitted);
  l.rung(s.empty, kXihu, replace, Reason::no_policy_active);
  l.rung(s.closed, kXihu, replace, Reason::day_not_open);
  l.rung(s.open, kXihu, replace, Reason::unknown_order);
  replace.order = {s.banded.named("s2")};
  Ladder{all, "ReplaceOrder of another"}.rung(s.banded, kXihu, replace, Reason::not_your_order);
  Ladder own{all, "ReplaceOrder of the own"};
  own.rung(s.banded, kYuhang, replace, Reason::value_out_of_range);
  replace.left = Quantity::from_raw(10'001);
  own.rung(s.banded, kYuhang, replace, Reason::price_off_tick);
  replace.price = Rate::yuan_per_mu(220'100);
  own.rung(s.banded, kYuhang, replace, Reason::order_has_moved);
  replace.left_before = Quantity::from_raw(10'000);
  own.rung(s.banded, kYuhang, replace, Reason::outside_price_band);
  replace.price = Rate::yuan_per_mu(220'000);
  own.rung(s.banded, kYuhang, replace, Reason::not_enough_land);

  cmd::CancelOrders cancel{.participant = kStranger, .instrument = kNoInstrument, .side = kNoSide};
  Ladder c{all, "CancelOrders"};
  c.rung(s.empty, kYuhang, cancel, Reason::not_permitted);
  c.rung(s.empty, kBureau, cancel, Reason::no_policy_active);
  c.rung(s.closed, kBureau, cancel, Reason::day_not_open);
  c.rung(s.open, kBureau, cancel, Reason::account_not_open);
  cancel.participant = place("余杭");
  c.rung(s.open, kBureau, cancel, Reason::unknown_instrument, Clause::h66_21_2);
  cancel.instrument.reset();
  c.rung(s.open, kBureau, cancel, Reason::value_out_of_range);

  cmd::SetProfile profile{.profile = matching::simulation_profile()};
  profile.profile.no_cancel_s = 86'400;
  Ladder p{all, "SetProfile"};
  p.rung(s.empty, kYuhang, profile, Reason::not_permitted);
  p.rung(s.empty, kBureau, profile, Reason::no_policy_active);
  p.rung(s.open, kBureau, profile, Reason::day_already_open);
  p.rung(s.closed, kBureau, profile, Reason::profile_not_usable);

  cmd::MovePhase phase{.instrument = kNoInstrument, .to = matching::Phase{9}};
  Ladder m{all, "MovePhase"};
  m.rung(s.empty, kYuhang, phase, Reason::not_permitted);
  m.rung(s.empty, kBureau, phase, Reason::no_policy_active);
  m.rung(s.production_closed, kBureau, phase, Reason::day_not_open);
  m.rung(s.production, kBureau, phase, Reason::mode_not_open, Clause::h66_21_4);
  m.rung(s.open, kBureau, phase, Reason::unknown_instrument, Clause::h66_21_2);
  phase.instrument = Instrument::linkage;
  m.rung(s.open, kBureau, phase, Reason::value_out_of_range);
  phase.to = matching::Phase::call_no_cancel;
  m.rung(s.open, kBureau, phase, Reason::phase_move_not_legal);

  Ladder{all, "Tick"}.rung(s.open, kBureau, cmd::Tick{}, Reason::not_permitted);
}

inline cmd::Leg leg(Instrument i, int64_t quantity, std::optional<int64_t> rate) {
  return {.instrument = i,
          .quantity = Quantity::from_raw(quantity),
          .price = rate ? std::optional{Rate::from_raw(*rate)} : std::nullopt};
}

inline void climb_deals(Climb& all, Scenes& s) {
  constexpr auto kArea = Instrument::supplementary_area;
  constexpr auto kCapacity = Instrument::supplementary_capacity;
  cmd::ProposeDeal deal{
      .seller = place("杭州"), .buyer = kStranger, .legs = {leg(kNoInstrument, 0, 200'000), leg(kNoInstrument, 1, {})}};
  Ladder l{all, "ProposeDeal"};
  l.rung(s.empty, kAnalyst, deal, Reason::not_permitted);
  l.rung(s.empty, kXihu, deal, Reason::no_policy_active);
  l.rung(s.closed, kXihu, deal, Reason::day_not_open);
  l.rung(s.no_venue, kXihu, deal, Reason::mode_not_open, Clause::h66_21_4);
  l.rung(s.open, kXihu, deal, Reason::unknown_unit);
  deal.seller = place("余杭");
  l.rung(s.open, kXihu, deal, Reason::account_not_open);
  deal.buyer = place("余杭");
  l.rung(s.open, kXihu, deal, Reason::unknown_instrument, Clause::h66_21_2);
  deal.legs = {leg(kArea, 0, 200'000), leg(kArea, 1, {})};
  l.rung(s.open, kXihu, deal, Reason::value_out_of_range);
  deal.legs = {leg(kArea, 1, 200'001), leg(kArea, 1, {})};
  l.rung(s.open, kXihu, deal, Reason::legs_not_valid);
  deal.legs = {leg(kArea, 1, 200'001), leg(Instrument::linkage, 1, {})};
  l.rung(s.open, kXihu, deal, Reason::price_missing);
  deal.legs = {leg(kArea, 1, 200'001)};
  l.rung(s.open, kXihu, deal, Reason::price_off_tick);
  deal.legs = {leg(kArea, 1, 200'000)};
  l.rung(s.open, kXihu, deal, Reason::not_your_deal);
  l.rung(s.open, kYuhang, deal, Reason::same_party_twice);

  Ladder{all, "a stranger to the market proposes a deal of two others"}.rung(
      s.open, kStrangersOfficer, cmd::ProposeDeal{.seller = place("建德"), .buyer = place("余杭"), .legs = deal.legs},
      Reason::not_your_deal);
  deal.legs.assign(5, leg(kArea, 1, 200'000));
  Ladder{all, "five legs"}.rung(s.open, kYuhang, deal, Reason::legs_not_valid);

  // On the route: paddy has no price, the area's floor is 20.00, Jiande has 49 mu, and 10 million mu at 5 000 万元/亩
  // are more than can be reckoned.
  constexpr auto kPaddy = Instrument::supplementary_paddy;
  deal = {
      .seller = place("建德"),
      .buyer = place("余杭"),
      .legs = {leg(kPaddy, 1, 100), leg(kArea, 1, 199'900), leg(Instrument::linkage, kMaxQuantity.raw(), 50'000'000)}};
  Ladder route{all, "ProposeDeal on the route"};
  route.rung(s.open, kJiande, deal, Reason::no_price_in_force, Clause::h66_7_6);
  deal.legs.erase(deal.legs.begin());
  route.rung(s.open, kJiande, deal, Reason::below_floor, Clause::h66_7_6);
  deal.legs.front() = leg(kArea, 1, 200'000);
  route.rung(s.open, kJiande, deal, Reason::total_out_of_range);
  deal.legs.back() = leg(Instrument::linkage, kMaxQuantity.raw(), 100);
  route.rung(s.open, kJiande, deal, Reason::not_enough_land);
  deal.legs = {leg(kArea, 1, 200'000), leg(kCapacity, 1, {})};
  Ladder{all, "no price for what has one"}.rung(s.open, kJiande, deal, Reason::price_missing, Clause::h66_7_6);
  deal.legs = {leg(kArea, 2'000'000, 200'000)};
  Ladder{all, "ProposeDeal to buy"}.rung(s.open, kYuhang, deal, Reason::not_enough_money);
  // Each leg can be reckoned, their sum cannot: 9 million mu at 100 万元/亩 is 9 × 10^14 fen; so twice 5 × 10^15.
  deal.legs = {leg(kArea, 50'000'000'000, 10'000'000), leg(Instrument::linkage, 50'000'000'000, 10'000'000)};
  Ladder{all, "a sum of legs"}.rung(s.open, kYuhang, deal, Reason::total_out_of_range);

  const auto number = [&](const char* name) { return DealId{s.open.named(name)}; };
  const DealId none{999'999};
  const auto unknown = [&](const char* name, const Sender& wrong, const Sender& right, const engine::Command& c) {
    Ladder u{all, name};
    u.rung(s.empty, wrong, c, Reason::not_permitted);
    u.rung(s.empty, right, c, Reason::no_policy_active);
    u.rung(s.closed, right, c, Reason::day_not_open);
    u.rung(s.open, right, c, Reason::unknown_deal);
  };
  deal.legs = {leg(Instrument::linkage, 1, 200'000)};
  deal.until = s.banded.engine().state().at;
  Ladder hours{all, "ProposeDeal before its hours"};
  hours.rung(s.banded, kYuhang, deal, Reason::window_closed);
  hours.rung(s.open, kYuhang, deal, Reason::expiry_not_later);
  deal.until.reset();
  unknown("AcceptDeal", kBureau, kXihu, cmd::AcceptDeal{.deal = none});
  unknown("EndDeal", kBureau, kXihu, cmd::EndDeal{.deal = none});
  unknown("SettleDeal", kXihu, kBureau, cmd::SettleDeal{.deal = none});

  Ladder accept{all, "AcceptDeal of a deal"};
  accept.rung(s.open, kXihu, cmd::AcceptDeal{.deal = number("d2")}, Reason::not_your_deal);
  accept.rung(s.open, kYuhang, cmd::AcceptDeal{.deal = number("d2")}, Reason::deal_state_forbids);
  Ladder poor{all, "AcceptDeal without the money"};
  poor.rung(s.open, kJiande, cmd::AcceptDeal{.deal = number("d1")}, Reason::not_your_deal);
  poor.rung(s.open, kYuhang, cmd::AcceptDeal{.deal = number("d1")}, Reason::not_enough_money);
  Ladder end{all, "EndDeal of a deal"};
  end.rung(s.open, kXihu, cmd::EndDeal{.deal = number("d2")}, Reason::not_your_deal);
  end.rung(s.open, kYuhang, cmd::EndDeal{.deal = number("d2")}, Reason::deal_state_forbids);
  for (const auto* not_accepted : {"d1", "d2"})
    Ladder{all, "SettleDeal of a deal"}.rung(s.open, kBureau, cmd::SettleDeal{.deal = number(not_accepted)},
                                             Reason::deal_state_forbids);
}

inline void climb_announcements(Climb& all, Scenes& s) {
  const Sender kPoor = script::officer_of("萧山");
  cmd::AnnounceSealed sealed{
      .instrument = kNoInstrument,
      .quantity = {},
      .least_bid = {},
      .reserve = cmd::Reserve{.price = Rate::yuan_per_mu(kMaxRate.raw() - 1), .disclosure = matching::Disclosure{9}},
      .opens = Instant{1},
      .closes = {1}};
  Ladder l{all, "AnnounceSealed"};
  l.rung(s.empty, kAnalyst, sealed, Reason::not_permitted);
  l.rung(s.empty, kStrangersOfficer, sealed, Reason::no_policy_active);
  l.rung(s.closed, kStrangersOfficer, sealed, Reason::day_not_open);
  l.rung(s.no_venue, kStrangersOfficer, sealed, Reason::mode_not_open, Clause::h66_21_4);
  l.rung(s.auctions, kStrangersOfficer, sealed, Reason::account_not_open);
  l.rung(s.auctions, kPoor, sealed, Reason::auction_times);
  const int64_t at = s.auctions.engine().state().at.us;
  sealed.closes = {at + 60'000'000};
  sealed.opens = sealed.closes;
  Ladder{all, "AnnounceSealed that closes when it opens"}.rung(s.auctions, kPoor, sealed, Reason::auction_times);
  sealed.closes = {at + 120'000'000};
  l.rung(s.auctions, kPoor, sealed, Reason::unknown_instrument, Clause::h66_21_2);
  sealed.instrument = Instrument::linkage;
  l.rung(s.auctions, kPoor, sealed, Reason::value_out_of_range);
  sealed.quantity = kMaxQuantity;
  sealed.least_bid = Quantity::from_raw(1);
  sealed.reserve->disclosure = matching::Disclosure::hidden;
  l.rung(s.auctions, kPoor, sealed, Reason::price_off_tick);
  sealed.reserve->price = kMaxRate;
  l.rung(s.auctions, kPoor, sealed, Reason::total_out_of_range);
  sealed.reserve.reset();
  l.rung(s.full_of_auctions, kPoor, sealed, Reason::not_enough_land);
  sealed.quantity = Quantity::from_raw(1);
  l.rung(s.full_of_auctions, kXihu, sealed, Reason::auction_full);

  cmd::AnnounceListing listing{.legs = {{.instrument = kNoInstrument, .quantity = {}, .price = kMaxRate}},
                               .start = Rate::yuan_per_mu(kMaxRate.raw() - 1),
                               .step = Rate::yuan_per_mu(100),
                               .reserve = {},
                               .priority = kXihu.participant,
                               .from = Instant{1},
                               .deadline = {2}};
  Ladder m{all, "AnnounceListing"};
  m.rung(s.empty, kAnalyst, listing, Reason::not_permitted);
  m.rung(s.empty, kStrangersOfficer, listing, Reason::no_policy_active);
  m.rung(s.closed, kStrangersOfficer, listing, Reason::day_not_open);
  m.rung(s.no_venue, kStrangersOfficer, listing, Reason::mode_not_open, Clause::h66_21_4);
  m.rung(s.auctions, kStrangersOfficer, listing, Reason::account_not_open);
  m.rung(s.auctions, kXihu, listing, Reason::auction_times);
  listing.from = Instant{at + 60'000'000};
  Ladder{all, "a listing that is too short"}.rung(s.auctions, kXihu, listing, Reason::auction_times);
  listing.deadline = {at + 600'000'000};
  m.rung(s.auctions, kXihu, listing, Reason::unknown_instrument, Clause::h66_21_2);
  listing.legs.front().instrument = Instrument::linkage;
  m.rung(s.auctions, kXihu, listing, Reason::value_out_of_range);
  listing.legs.front().quantity = kMaxQuantity;
  m.rung(s.auctions, kXihu, listing, Reason::legs_not_valid);
  listing.legs.front().price.reset();
  m.rung(s.auctions, kXihu, listing, Reason::price_off_tick);
  listing.start = kMaxRate;
  m.rung(s.auctions, kXihu, listing, Reason::same_party_twice);
  listing.priority.reset();
  m.rung(s.auctions, kXihu, listing, Reason::total_out_of_range);
  listing.start = Rate::yuan_per_mu(100);
  m.rung(s.auctions, kXihu, listing, Reason::not_enough_land);
  listing.reserve = Rate::yuan_per_mu(0);
  Ladder{all, "a reserve below the start"}.rung(s.auctions, kXihu, listing, Reason::value_out_of_range);
  listing.reserve.reset();
  listing.deadline = {matching::kLatestDeadline.us + 1};
  Ladder{all, "a deadline in another age"}.rung(s.auctions, kXihu, listing, Reason::value_out_of_range);
  listing.legs.clear();
  Ladder{all, "a listing of nothing"}.rung(s.auctions, kXihu, listing, Reason::value_out_of_range);
}

inline void climb_bids(Climb& all, Scenes& s) {
  const Sender kPoor = script::officer_of("萧山");
  const auto number = [&](const char* name) { return AuctionId{s.auctions.named(name)}; };
  const AuctionId none{999'999};
  const BidId theirs{s.auctions.named("b1")};
  const auto unknown = [&](const char* name, const engine::Command& c) {
    Ladder u{all, name};
    u.rung(s.empty, kAnalyst, c, Reason::not_permitted);
    u.rung(s.empty, kStrangersOfficer, c, Reason::no_policy_active);
    u.rung(s.closed, kStrangersOfficer, c, Reason::day_not_open);
    u.rung(s.auctions, kStrangersOfficer, c, Reason::account_not_open);
    u.rung(s.auctions, kPoor, c, Reason::unknown_auction);
  };
  cmd::BidSealed bid{.auction = none, .quantity = {}, .price = Rate::yuan_per_mu(150'050)};
  unknown("BidSealed", bid);
  unknown("AmendBid", cmd::AmendBid{.auction = none, .bid = theirs, .quantity = {}, .price = {}});
  unknown("WithdrawBid", cmd::WithdrawBid{.auction = none, .bid = theirs});
  unknown("BidListing", cmd::BidListing{.auction = none, .price = {}});
  unknown("DeclareBidder", cmd::DeclareBidder{.auction = none});
  Ladder open{all, "OpenBids"};
  open.rung(s.empty, kYuhang, cmd::OpenBids{.auction = none, .seed = 1}, Reason::not_permitted);
  open.rung(s.empty, kBureau, cmd::OpenBids{.auction = none, .seed = 1}, Reason::no_policy_active);
  open.rung(s.closed, kBureau, cmd::OpenBids{.auction = none, .seed = 1}, Reason::day_not_open);
  open.rung(s.auctions, kBureau, cmd::OpenBids{.auction = number("listed"), .seed = 1}, Reason::unknown_auction);
  Ladder{all, "OpenBids twice"}.rung(s.auctions, kBureau, cmd::OpenBids{.auction = number("over"), .seed = 1},
                                     Reason::auction_over);
  Ladder{all, "OpenBids too early"}.rung(s.auctions, kBureau, cmd::OpenBids{.auction = number("now"), .seed = 1},
                                         Reason::bidding_not_over);
  Ladder cancel{all, "CancelAuction"};
  cancel.rung(s.empty, kAnalyst, cmd::CancelAuction{.auction = none}, Reason::not_permitted);
  cancel.rung(s.empty, kXihu, cmd::CancelAuction{.auction = none}, Reason::no_policy_active);
  cancel.rung(s.closed, kXihu, cmd::CancelAuction{.auction = none}, Reason::day_not_open);
  cancel.rung(s.auctions, kXihu, cmd::CancelAuction{.auction = none}, Reason::unknown_auction);
  for (const auto* stage : {"now", "listed", "timed"}) {
    Ladder begun{all, "CancelAuction after bidding began"};
    begun.rung(s.auctions, kYuhang, cmd::CancelAuction{.auction = number(stage)}, Reason::not_permitted);
    begun.rung(s.auctions, kXihu, cmd::CancelAuction{.auction = number(stage)}, Reason::bidding_begun);
  }
  Ladder{all, "CancelAuction of one that is opened"}.rung(
      s.auctions, kBureau, cmd::CancelAuction{.auction = number("over")}, Reason::auction_over);

  const auto in = [&](const char* stage, Reason why) {
    bid.auction = number(stage);
    Ladder when{all, "BidSealed and when"};
    when.rung(s.auctions, kXihu, bid, why);  // of a price off the tick, for nothing, by the seller
    when.rung(s.auctions, kXihu, cmd::BidSealed{.auction = number("now"), .quantity = {}, .price = bid.price},
              Reason::value_out_of_range);
  };
  in("later", Reason::bidding_not_begun);
  in("shut", Reason::bidding_over);
  in("over", Reason::auction_over);
  Ladder amend{all, "AmendBid of another"};
  cmd::AmendBid change{.auction = number("now"), .bid = theirs, .quantity = {}, .price = {}};
  amend.rung(s.auctions, kPoor, change, Reason::unknown_bid);
  amend.rung(s.auctions, kYuhang, change, Reason::value_out_of_range);
  Ladder{all, "WithdrawBid of another"}.rung(
      s.auctions, kPoor, cmd::WithdrawBid{.auction = number("now"), .bid = theirs}, Reason::unknown_bid);

  bid.auction = number("now");
  bid.quantity = Quantity::from_raw(100'001);
  Ladder b{all, "BidSealed in time"};
  b.rung(s.auctions, kXihu, bid, Reason::value_out_of_range);  // more than is offered
  bid.quantity = Quantity::from_raw(100'000);
  b.rung(s.auctions, kXihu, bid, Reason::price_off_tick);
  bid.price = Rate::yuan_per_mu(199'900);
  b.rung(s.auctions, kXihu, bid, Reason::same_party_twice);
  b.rung(s.auctions, kPoor, bid, Reason::bid_too_low);
  bid.price = Rate::yuan_per_mu(200'000);
  b.rung(s.auctions, kPoor, bid, Reason::not_enough_money);

  cmd::BidListing raise{.auction = number("timed"), .price = Rate::yuan_per_mu(200'050)};
  Ladder r{all, "BidListing in timed bidding"};
  r.rung(s.auctions, kXihu, raise, Reason::price_off_tick);
  raise.price = Rate::yuan_per_mu(200'100);
  r.rung(s.auctions, kXihu, raise, Reason::same_party_twice);
  r.rung(s.auctions, kPoor, raise, Reason::not_among_bidders);
  r.rung(s.auctions, script::officer_of("滨江"), raise, Reason::bid_too_low);
  raise.price = Rate::yuan_per_mu(210'000);
  r.rung(s.auctions, script::officer_of("滨江"), raise, Reason::not_enough_money);
  raise.price = Rate::yuan_per_mu(0);
  Ladder{all, "a bid of nothing"}.rung(s.auctions, kPoor, raise, Reason::value_out_of_range);
  Ladder declare{all, "DeclareBidder"};
  declare.rung(s.auctions, kXihu, cmd::DeclareBidder{.auction = number("timed")}, Reason::same_party_twice);
  declare.rung(s.auctions, kPoor, cmd::DeclareBidder{.auction = number("timed")}, Reason::not_among_bidders);
  Ladder{all, "DeclareBidder again"}.rung(s.auctions, kYuhang, cmd::DeclareBidder{.auction = number("listed")},
                                          Reason::already_declared);
}

inline void climb_approvals(Climb& all, Scenes& s) {
  const script::Setup setup{.pack = script::shipped().pack, .venue = Venue::production};
  Market closed{setup}, m{setup};
  m.check(R"(
    open 2024-09-27                     → done
    file 建德 linkage 10.0000           → done
    p1 = ask use 建德 linkage 1.0000    → done
    p2 = ask use 建德 linkage 1.0000    → done
    recall 建德 p2                      → done
    p3 = ask use 建德 linkage 1.0000    → done
    by 2 return 建德 p3                 → done
  )");
  const auto number = [&m](const char* name) { return ProposalId{m.named(name)}; };
  policy::Pack filings_too = script::shipped().pack;
  filings_too.chains.push_back(filings_too.chains.back());
  filings_too.chains.back().subject = policy::SubjectKind::file_batch;
  Market filings{{.pack = filings_too, .venue = Venue::production}};
  filings.check("open 2024-09-27 → done");

  const cmd::WriteOff use{.instrument = kNoInstrument, .quantity = {}, .project = {}};
  Ladder direct{all, "WriteOff where a chain is in force"};
  direct.rung(m, kAnalyst, use, Reason::not_permitted);
  direct.rung(closed, kStrangersOfficer, use, Reason::day_not_open);
  direct.rung(m, kStrangersOfficer, use, Reason::approval_needed);

  cmd::FileBatch filing{.county = place("杭州"),
                        .kind = IndicatorKind::linkage,
                        .area = {},
                        .paddy = {},
                        .capacity = {},
                        .project = "项目",
                        .document = "文号"};
  Ladder propose{all, "Propose"};
  const auto proposed = [&] { return cmd::Propose{.subject = filing, .reason = {}, .document = {}}; };
  propose.rung(m, kAnalyst, proposed(), Reason::not_permitted);
  propose.rung(s.empty, kBureau, proposed(), Reason::no_policy_active);
  propose.rung(closed, kBureau, proposed(), Reason::day_not_open);
  propose.rung(m, kBureau, proposed(), Reason::no_chain);
  propose.rung(filings, kBureau, proposed(), Reason::unknown_unit);
  filing.county = place("建德");
  propose.rung(filings, kBureau, proposed(), Reason::value_out_of_range);
  filing.area = Area::mu_4dp(1);
  propose.rung(filings, kBureau, proposed(), Reason::document_missing);  // why it is proposed

  Ladder decide{all, "DecideProposal"};
  cmd::DecideProposal d{.proposal = {999'999}, .verdict = engine::StepVerdict{9}, .reason = {}, .document = {}};
  decide.rung(m, kAnalyst, d, Reason::not_permitted);
  decide.rung(s.empty, kBureau, d, Reason::no_policy_active);
  decide.rung(closed, kBureau, d, Reason::day_not_open);
  decide.rung(m, kBureau, d, Reason::value_out_of_range);
  d.verdict = engine::StepVerdict::return_;
  decide.rung(m, kBureau, d, Reason::document_missing);
  d.reason = "缺少附图";
  decide.rung(m, kBureau, d, Reason::unknown_proposal);
  d.proposal = number("p1");
  decide.rung(m, kBureau, d, Reason::not_your_step);
  Ladder own{all, "DecideProposal of one's own that is over, then of one that is not"};
  d.proposal = number("p2");
  own.rung(m, kJiande, d, Reason::proposal_state_forbids);
  d.proposal = number("p1");
  own.rung(m, kJiande, d, Reason::needs_another_person);

  const Sender second_of_jiande{.participant = place("建德"), .nth = 2};
  Ladder again{all, "Resubmit"};
  cmd::Resubmit r{.proposal = {999'999}, .subject = filing, .reason = {}, .document = {}};
  again.rung(m, kAnalyst, r, Reason::not_permitted);
  again.rung(closed, kYuhang, r, Reason::day_not_open);
  again.rung(m, kYuhang, r, Reason::document_missing);
  r.reason = "补正";
  again.rung(m, kYuhang, r, Reason::unknown_proposal);
  r.proposal = number("p1");
  again.rung(m, second_of_jiande, r, Reason::not_your_proposal);
  again.rung(m, kJiande, r, Reason::proposal_state_forbids);
  r.proposal = number("p3");
  again.rung(m, kJiande, r, Reason::subject_differs);

  Ladder back{all, "WithdrawProposal"};
  back.rung(m, kAnalyst, cmd::WithdrawProposal{.proposal = {999'999}}, Reason::not_permitted);
  back.rung(closed, kYuhang, cmd::WithdrawProposal{.proposal = {999'999}}, Reason::day_not_open);
  back.rung(m, kYuhang, cmd::WithdrawProposal{.proposal = {999'999}}, Reason::unknown_proposal);
  back.rung(m, second_of_jiande, cmd::WithdrawProposal{.proposal = number("p2")}, Reason::not_your_proposal);
  back.rung(m, kJiande, cmd::WithdrawProposal{.proposal = number("p2")}, Reason::proposal_state_forbids);
}

inline void climb_advances(Climb& all, Scenes& s) {
  const script::Setup setup{.pack = script::shipped().pack};
  Market closed{setup}, m{setup};
  m.check(R"(
    open 2024-06-03                                    → done
    fund 杭州 100.00 wan                               → done
    p1 = ask advance 建德 100.00 wan by 2025-06-03     → done
    pass 杭州 p1                                       → done
    by 2 pass 杭州 p1                                  → done
    withdraw 建德 50.00 wan                            → done
  )");
  policy::Pack none = script::shipped().pack;
  std::erase_if(none.rows, [](const policy::Row& r) { return r.parameter == Parameter::advance_share; });
  Market no_share_now{{.pack = none}};
  no_share_now.check("open 2024-06-03 → done");

  cmd::ApplyAdvance a{.fund = {}, .filing_by = on(2026, 1, 1), .contract = {}};
  const auto asked = [&] { return cmd::Propose{.subject = a, .reason = "事由", .document = {}}; };

  // Superior law has ended the clause; and no calendar counts the days of the chain's steps.
  policy::Pack no_calendar = script::shipped().pack;
  no_calendar.calendar.reset();
  policy::Pack ended = no_calendar;
  ended.ended.push_back({.clause = Clause::h66_7_5, .last = on(2024, 6, 2), .document = "文号"});
  Market after_its_end{{.pack = ended}}, uncounted{{.pack = no_calendar}};
  after_its_end.check("open 2024-06-03 → done");
  uncounted.check("open 2024-06-03 → done");
  Ladder over{all, "ApplyAdvance after the last day of its clause"};
  over.rung(after_its_end, kJiande, asked(), Reason::rule_ended, Clause::h66_7_5);
  over.rung(uncounted, kJiande, asked(), Reason::no_rule_in_force);
  Ladder apply{all, "ApplyAdvance"};
  apply.rung(m, kBureau, asked(), Reason::not_permitted);
  apply.rung(s.empty, kYuhang, asked(), Reason::no_policy_active);
  apply.rung(closed, kYuhang, asked(), Reason::day_not_open);
  apply.rung(no_share_now, kYuhang, asked(), Reason::no_rule_in_force, Clause::h66_7_5);
  apply.rung(m, kYuhang, a, Reason::approval_needed);
  apply.rung(m, kStrangersOfficer, asked(), Reason::account_not_open);
  apply.rung(m, kYuhang, asked(), Reason::value_out_of_range);
  a.fund = Fen::wan(200);
  apply.rung(m, kYuhang, asked(), Reason::document_missing, Clause::h66_7_5);
  a.contract = "合同1";
  apply.rung(m, kYuhang, asked(), Reason::advance_not_for_class, Clause::h66_7_5);
  apply.rung(m, kJiande, asked(), Reason::advance_day_out_of_reach, Clause::h66_7_5);
  a.filing_by = on(2025, 1, 1);
  apply.rung(m, kJiande, asked(), Reason::not_enough_money, Clause::h66_7_5);

  cmd::RepayAdvance r{.advance = {999'999}, .amount = {}, .document = {}};
  Ladder repay{all, "RepayAdvance"};
  repay.rung(m, kAnalyst, r, Reason::not_permitted);
  repay.rung(s.empty, kYuhang, r, Reason::no_policy_active);
  repay.rung(closed, kYuhang, r, Reason::day_not_open);
  repay.rung(m, kYuhang, r, Reason::value_out_of_range);
  r.amount = Fen::wan(51);
  repay.rung(m, kYuhang, r, Reason::document_missing);
  r.document = "还款单";
  repay.rung(m, kYuhang, r, Reason::unknown_advance);
  r.advance = {m.named("p1")};
  repay.rung(m, kJiande, r, Reason::repays_too_much);  // 50 are left, and Jiande has none
  r.amount = Fen::wan(50);
  repay.rung(m, kJiande, r, Reason::not_enough_money);
}

inline void climb_settlement(Climb& all, Scenes& s) {
  const auto production = [](policy::Pack pack) {
    return Market{{.pack = std::move(pack), .venue = Venue::production}};
  };
  Market m = production(script::at_once());
  m.check(R"(
    r1 = price area 20.00 2024-06-01..2024-06-30        → done
    open 2024-06-03                                     → done
    file 淳安 linkage 100.0000                          → done
    fund 余杭 40.00 wan                                 → done
    d1 = propose 淳安 淳安→余杭 linkage 10.0000 @10.00  → done
    d2 = propose 淳安 淳安→余杭 linkage 10.0000 @10.00  → done
    accept 余杭 d2                                      → accepted
    confirm d2                                          → done
    d3 = propose 淳安 淳安→余杭 linkage 1.0000 @10.00   → done
    accept 余杭 d3                                      → accepted
    confirm d3                                          → done
    pay-deal 余杭 d3                                    → done
  )");
  policy::Pack without = script::at_once();
  std::erase_if(without.rows, [](const policy::Row& r) { return r.parameter == Parameter::notice_days; });
  Market no_notice = production(without);
  no_notice.check("open 2024-06-03 → done");
  const DealId none{999'999}, proposed{m.named("d1")}, confirmed{m.named("d2")}, paid{m.named("d3")};

  cmd::ConfirmDeal confirm{.deal = none, .document = {}};
  Ladder l{all, "ConfirmDeal"};
  l.rung(s.empty, kYuhang, confirm, Reason::not_permitted);
  l.rung(s.empty, kBureau, confirm, Reason::no_policy_active);
  l.rung(s.closed, kBureau, confirm, Reason::day_not_open);
  l.rung(no_notice, kBureau, confirm, Reason::no_rule_in_force, Clause::h66_21_4);
  l.rung(m, kBureau, confirm, Reason::document_missing);
  confirm.document = "成交确认书";
  l.rung(m, kBureau, confirm, Reason::unknown_deal);
  confirm.deal = proposed;
  l.rung(m, kBureau, confirm, Reason::deal_state_forbids);

  cmd::PayDeal pay{.deal = none};
  Ladder p{all, "PayDeal"};
  p.rung(s.empty, kBureau, pay, Reason::not_permitted);
  p.rung(s.empty, kXihu, pay, Reason::no_policy_active);
  p.rung(s.closed, kXihu, pay, Reason::day_not_open);
  p.rung(m, kXihu, pay, Reason::unknown_deal);
  pay.deal = proposed;
  p.rung(m, kXihu, pay, Reason::not_your_deal);
  p.rung(m, kYuhang, pay, Reason::deal_state_forbids);
  pay.deal = confirmed;  // 80 万元 beside the deposit; Yuhang has 10
  p.rung(m, kYuhang, pay, Reason::not_enough_money);

  Ladder hand_over{all, "SettleDeal on notice"};
  hand_over.rung(m, kBureau, cmd::SettleDeal{.deal = confirmed}, Reason::deal_state_forbids);
  hand_over.rung(m, kBureau, cmd::SettleDeal{.deal = paid}, Reason::notice_not_over, Clause::h66_21_4);

  cmd::VoidDeal end{.deal = none, .reason = {}, .document = {}};
  Ladder v{all, "VoidDeal"};
  v.rung(s.empty, kYuhang, end, Reason::not_permitted);
  v.rung(s.empty, kBureau, end, Reason::no_policy_active);
  v.rung(s.closed, kBureau, end, Reason::day_not_open);
  v.rung(m, kBureau, end, Reason::document_missing);
  end.reason = "异议成立";
  end.document = "文号";
  v.rung(m, kBureau, end, Reason::unknown_deal);
  end.deal = proposed;
  v.rung(m, kBureau, end, Reason::deal_state_forbids);

  cmd::RevokePrice revoke{.row = {999'999}, .document = {}};
  Ladder r{all, "RevokePrice"};
  r.rung(s.empty, kYuhang, revoke, Reason::not_permitted);
  r.rung(s.empty, kBureau, revoke, Reason::no_policy_active);
  r.rung(m, kBureau, revoke, Reason::document_missing);
  revoke.document = "文号";
  r.rung(m, kBureau, revoke, Reason::unknown_price_row, Clause::h66_7_4);
  revoke.row = {m.named("r1")};
  r.rung(m, kBureau, revoke, Reason::price_changes_open_day, Clause::h66_7_6);
}

inline void climb_projects(Climb& all, Scenes& s) {
  const Sender kChunan = script::officer_of("淳安");
  const auto project_of = [&](const char* name) { return ProjectId{s.registry.named(name)}; };
  cmd::RegisterProject project{.county = kStranger, .kind = kNoKind, .name = "", .document = ""};
  Ladder r{all, "RegisterProject"};
  r.rung(s.empty, kYuhang, project, Reason::not_permitted);
  r.rung(s.empty, kBureau, project, Reason::no_policy_active);
  r.rung(s.closed, kBureau, project, Reason::day_not_open);
  r.rung(s.registry, kBureau, project, Reason::account_not_open);
  project.county = place("余杭");
  r.rung(s.registry, kBureau, project, Reason::value_out_of_range);
  project.kind = IndicatorKind::linkage;
  r.rung(s.registry, kBureau, project, Reason::document_missing);
  project.county = place("杭州");
  Ladder{all, "a project of the city"}.rung(s.registry, kBureau, project, Reason::unknown_unit);

  cmd::MoveProject step{.project = project_of("p1"), .to = engine::ProjectState{9}, .document = ""};
  Ladder m{all, "MoveProject"};
  m.rung(s.registry, kYuhang, step, Reason::not_permitted);
  m.rung(s.empty, kJiande, step, Reason::no_policy_active);
  m.rung(s.closed, kJiande, step, Reason::day_not_open);
  m.rung(s.registry, kJiande, step, Reason::value_out_of_range);
  step.to = engine::ProjectState::city_accepted;
  m.rung(s.registry, kJiande, step, Reason::document_missing);
  step.document = "批复";
  for (const auto& who : {kJiande, kBureau})
    Ladder{all, "a step too far"}.rung(s.registry, who, step, Reason::project_move_not_legal);
  step.project = {999'999};
  m.rung(s.registry, kJiande, step, Reason::unknown_project);

  cmd::FileBatch batch{.county = place("余杭"),
                       .kind = IndicatorKind::linkage,
                       .area = Area::mu_4dp(10),
                       .paddy = Area::mu_4dp(11),
                       .capacity = {},
                       .project = "项目",
                       .document = "报备单",
                       .project_id = project_of("p1"),
                       .grade = 16,
                       .plots = std::vector<clearing::BatchPlot>{},
                       .expires = on(2024, 6, 4)};
  Ladder f{all, "FileBatch of a project"};
  f.rung(s.registry, kYuhang, batch, Reason::value_out_of_range);
  batch.grade = 15;
  f.rung(s.registry, kYuhang, batch, Reason::component_not_in_kind, Clause::h66_14_1);
  batch.kind = IndicatorKind::supplementary;
  f.rung(s.registry, kYuhang, batch, Reason::paddy_exceeds_area);
  batch.paddy = {};
  f.rung(s.registry, kYuhang, batch, Reason::no_plots);
  batch.plots = {{.plot = "T1", .area = Area::mu_4dp(4)}, {.plot = "T9", .area = Area::mu_4dp(4)}};
  f.rung(s.registry, kYuhang, batch, Reason::plot_already_entered);
  batch.plots->front().plot = "T8";
  f.rung(s.registry, kYuhang, batch, Reason::project_not_ready);
  s.registry.check(R"(
    move 建德 p1 established      → done
    move 建德 p1 implementing     → done
    move 建德 p1 county_accepted  → done
    move bureau p1 city_accepted  → done
  )");
  f.rung(s.registry, kYuhang, batch, Reason::project_differs);
  batch.county = place("建德");
  f.rung(s.registry, kJiande, batch, Reason::plots_do_not_sum);
  batch.plots->front().area = Area::mu_4dp(6);
  f.rung(s.registry, kJiande, batch, Reason::plot_in_conflict, Clause::h66_9);
  batch.plots->back().plot = "T7";
  f.rung(s.registry, kJiande, batch, Reason::term_not_later);
  batch.project_id = {999'999};
  Ladder{all, "FileBatch of no project"}.rung(s.registry, kJiande, batch, Reason::unknown_project);
  Ladder{all, "EnterPlots of a plot in dispute"}.rung(
      s.registry, kJiande,
      cmd::EnterPlots{.county = place("建德"),
                      .document = "划定文件",
                      .plots = {{.plot = "T9", .area = Area::mu_4dp(1), .grade = 1}}},
      Reason::plot_in_conflict, Clause::h66_9);

  cmd::RecordConflict dispute{.county = kStranger, .plot = "T9", .conflict = clearing::ConflictKind{9}, .document = ""};
  Ladder c{all, "RecordConflict"};
  c.rung(s.empty, kYuhang, dispute, Reason::not_permitted);
  c.rung(s.empty, kBureau, dispute, Reason::no_policy_active);
  c.rung(s.closed, kBureau, dispute, Reason::day_not_open);
  c.rung(s.registry, kBureau, dispute, Reason::account_not_open);
  dispute.county = place("建德");
  c.rung(s.registry, kJiande, dispute, Reason::value_out_of_range);
  dispute.conflict = clearing::ConflictKind::other;
  c.rung(s.registry, kJiande, dispute, Reason::document_missing, Clause::h66_9);
  dispute.document = "地类认定表";
  c.rung(s.registry, kJiande, dispute, Reason::plot_in_conflict, Clause::h66_9);
  dispute.county = place("余杭");
  dispute.plot = "T1";
  Ladder{all, "a dispute about another county's plot"}.rung(s.registry, kYuhang, dispute, Reason::not_permitted);

  cmd::ClearConflict clear{.plot = "T9", .papers = {{.paper = clearing::Paper{9}, .document = ""}}};
  Ladder k{all, "ClearConflict"};
  k.rung(s.registry, kChunan, clear, Reason::not_permitted);
  k.rung(s.empty, kJiande, clear, Reason::no_policy_active);
  k.rung(s.closed, kJiande, clear, Reason::day_not_open);
  k.rung(s.registry, kJiande, clear, Reason::value_out_of_range);
  clear.papers.front().paper = clearing::Paper::survey;
  k.rung(s.registry, kJiande, clear, Reason::document_missing, Clause::h66_9);
  clear.papers.front().document = "调查表";
  k.rung(s.registry, kJiande, clear, Reason::papers_missing, Clause::h66_9);
  clear.plot = "T1";
  Ladder{all, "ClearConflict of none"}.rung(s.registry, kJiande, clear, Reason::unknown_conflict, Clause::h66_9);
}

inline void climb_verbs(Climb& all, Scenes& s) {
  constexpr auto kArea = Instrument::supplementary_area;
  const District jiande = place("建德"), yuhang = place("余杭");
  const auto named = [&](const char* name) { return s.registry.named(name); };
  const uint64_t none = 999'999;
  const Quantity much = Quantity::from_raw(2'000'000), one = Quantity::from_raw(1);

  const auto taken = [&](const char* name, auto command) {
    Ladder l{all, name};
    l.rung(s.empty, kYuhang, command, Reason::not_permitted);
    l.rung(s.empty, kBureau, command, Reason::no_policy_active);
    l.rung(s.closed, kBureau, command, Reason::day_not_open);
    l.rung(s.registry, kBureau, command, Reason::account_not_open);
    command.participant = jiande;
    l.rung(s.registry, kBureau, command, Reason::unknown_instrument, Clause::h66_21_2);
    command.instrument = kArea;
    l.rung(s.registry, kBureau, command, Reason::value_out_of_range);
    command.quantity = much;
    l.rung(s.registry, kBureau, command, Reason::document_missing);
    command.document = "文号";
    l.rung(s.registry, kBureau, command, Reason::not_enough_land);
  };
  taken("FreezeLand",
        cmd::FreezeLand{.participant = kStranger, .instrument = kNoInstrument, .quantity = {}, .document = ""});
  taken("CancelLand",
        cmd::CancelLand{.participant = kStranger, .instrument = kNoInstrument, .quantity = {}, .document = ""});

  cmd::UnfreezeLand thaw{.freeze = {none}, .quantity = {}, .document = ""};
  Ladder u{all, "UnfreezeLand"};
  u.rung(s.empty, kYuhang, thaw, Reason::not_permitted);
  u.rung(s.empty, kBureau, thaw, Reason::no_policy_active);
  u.rung(s.closed, kBureau, thaw, Reason::day_not_open);
  u.rung(s.registry, kBureau, thaw, Reason::value_out_of_range);
  thaw.quantity = much;
  u.rung(s.registry, kBureau, thaw, Reason::document_missing);
  thaw.document = "文号";
  u.rung(s.registry, kBureau, thaw, Reason::unknown_entry);
  thaw.freeze = {named("z1")};
  u.rung(s.registry, kBureau, thaw, Reason::already_resolved);
  thaw.freeze = {named("z2")};
  Ladder{all, "UnfreezeLand of too much"}.rung(s.registry, kBureau, thaw, Reason::exceeds_entry);
  Ladder{all, "RestoreLand of none"}.rung(s.registry, kBureau,
                                          cmd::RestoreLand{.write_off = {none}, .quantity = one, .document = "文号"},
                                          Reason::unknown_entry);
  Ladder restore{all, "RestoreLand"};
  restore.rung(s.registry, kYuhang, cmd::RestoreLand{}, Reason::not_permitted);
  restore.rung(s.registry, kBureau, cmd::RestoreLand{.write_off = {named("u1")}, .quantity = {}, .document = ""},
               Reason::value_out_of_range);
  restore.rung(s.registry, kBureau, cmd::RestoreLand{.write_off = {named("u1")}, .quantity = much, .document = ""},
               Reason::document_missing);
  restore.rung(s.registry, kBureau, cmd::RestoreLand{.write_off = {named("u1")}, .quantity = much, .document = "文号"},
               Reason::exceeds_entry);

  cmd::TransferLand transfer{
      .from = kStranger, .to = kStranger, .instrument = kNoInstrument, .quantity = {}, .document = ""};
  Ladder t{all, "TransferLand"};
  t.rung(s.empty, kYuhang, transfer, Reason::not_permitted);
  t.rung(s.empty, kBureau, transfer, Reason::no_policy_active);
  t.rung(s.closed, kBureau, transfer, Reason::day_not_open);
  t.rung(s.registry, kBureau, transfer, Reason::account_not_open);
  transfer.from = transfer.to = jiande;
  t.rung(s.registry, kBureau, transfer, Reason::unknown_instrument, Clause::h66_21_2);
  transfer.instrument = kArea;
  t.rung(s.registry, kBureau, transfer, Reason::value_out_of_range);
  transfer.quantity = much;
  t.rung(s.registry, kBureau, transfer, Reason::document_missing);
  transfer.document = "文号";
  t.rung(s.registry, kBureau, transfer, Reason::same_party_twice);
  transfer.to = yuhang;
  t.rung(s.registry, kBureau, transfer, Reason::not_enough_land);
  transfer.to = place("杭州");
  Ladder{all, "TransferLand to the city"}.rung(s.registry, kBureau, transfer, Reason::unknown_unit);

  cmd::LendLand lend{.to = yuhang, .instrument = kNoInstrument, .quantity = {}, .due = on(2024, 6, 5), .document = ""};
  Ladder l{all, "LendLand"};
  l.rung(s.empty, kBureau, lend, Reason::not_permitted);
  l.rung(s.empty, kYuhang, lend, Reason::no_policy_active);
  l.rung(s.closed, kYuhang, lend, Reason::day_not_open);
  l.rung(s.registry, kStrangersOfficer, lend, Reason::account_not_open);
  l.rung(s.registry, kYuhang, lend, Reason::unknown_instrument, Clause::h66_21_2);
  lend.instrument = kArea;
  l.rung(s.registry, kYuhang, lend, Reason::value_out_of_range);
  lend.quantity = much;
  l.rung(s.registry, kYuhang, lend, Reason::document_missing);
  lend.document = "借用协议";
  l.rung(s.registry, kYuhang, lend, Reason::same_party_twice);
  l.rung(s.registry, kJiande, lend, Reason::term_not_later);
  lend.due = on(2024, 6, 6);
  l.rung(s.registry, kJiande, lend, Reason::borrower_overdue);
  lend.to = place("西湖");
  l.rung(s.registry, kJiande, lend, Reason::loan_on_floor_route, Clause::h66_7_6);
  lend.to = place("淳安");
  l.rung(s.registry, kJiande, lend, Reason::not_enough_land);

  cmd::ReturnLand back{.loan = {none}, .quantity = {}, .document = ""};
  Ladder b{all, "ReturnLand"};
  b.rung(s.empty, kBureau, back, Reason::not_permitted);
  b.rung(s.empty, kJiande, back, Reason::no_policy_active);
  b.rung(s.closed, kJiande, back, Reason::day_not_open);
  b.rung(s.registry, kStrangersOfficer, back, Reason::account_not_open);
  b.rung(s.registry, kJiande, back, Reason::value_out_of_range);
  back.quantity = much;
  b.rung(s.registry, kJiande, back, Reason::document_missing);
  back.document = "归还单";
  Ladder{all, "ReturnLand of none"}.rung(s.registry, kJiande, back, Reason::unknown_entry);
  back.loan = {named("l2")};
  b.rung(s.registry, kJiande, back, Reason::not_your_loan);
  b.rung(s.registry, kYuhang, back, Reason::already_resolved);
  back.loan = {named("l1")};
  Ladder too_much{all, "ReturnLand of too much, and of what is not there"};
  too_much.rung(s.registry, kYuhang, back, Reason::exceeds_entry);
  back.quantity = one;
  too_much.rung(s.registry, kYuhang, back, Reason::not_enough_land);
  Ladder{all, "WriteOff out of what is borrowed"}.rung(
      s.registry, kYuhang,
      cmd::WriteOff{.instrument = kArea, .quantity = one, .project = "项目", .from_borrowed = true},
      Reason::not_enough_land);

  cmd::AdjustBatch more{.filing = {none}, .area = {}, .paddy = {}, .capacity = {}, .reverses = {none}, .document = ""};
  Ladder a{all, "AdjustBatch"};
  a.rung(s.empty, kYuhang, more, Reason::not_permitted);
  a.rung(s.empty, kBureau, more, Reason::no_policy_active);
  a.rung(s.closed, kBureau, more, Reason::day_not_open);
  a.rung(s.registry, kBureau, more, Reason::value_out_of_range);
  more.area = Area::from_raw(kMaxQuantity.raw());
  more.paddy = Area::from_raw(kMaxQuantity.raw());
  a.rung(s.registry, kBureau, more, Reason::document_missing);
  more.document = "调整单";
  Ladder{all, "AdjustBatch of none"}.rung(s.registry, kBureau, more, Reason::unknown_filing);
  more.filing = {named("f2")};
  a.rung(s.registry, kBureau, more, Reason::component_not_in_kind, Clause::h66_14_1);
  more.filing = {named("f1")};
  a.rung(s.registry, kBureau, more, Reason::plots_do_not_sum);
  auto little = more;
  little.area = Area::from_raw(1);
  little.paddy = {};
  a.rung(s.registry, kBureau, little, Reason::unknown_correction);
  more.reverses = {named("n1")};
  auto back_again = more;  // two deductions took 1 mu each
  back_again.area = Area::mu_4dp(20'000);
  back_again.paddy = {};
  Ladder{all, "AdjustBatch of more than was deducted"}.rung(s.registry, kBureau, back_again, Reason::exceeds_entry);
  more.reverses = {named("f1")};
  more.area = {};
  Ladder{all, "AdjustBatch with more paddy than area"}.rung(s.registry, kBureau, more, Reason::paddy_exceeds_area);
}

inline void climb_needs(Climb& all, Scenes& s) {
  Market m;
  m.check(R"(
    open 2024-06-03                                        → done
    file 余杭 area 12.5000                                 → done   # 10 are free
    g1 = gap 余杭 area 1.0000 2024-06-03..2024-06-30       → done
    revoke-gap g1                                          → done
    k1 = balance 余杭 area 20.0000 by 2024-12-31           → done
    k2 = balance 余杭 area 1.0000 by 2024-12-31            → done
    close-balance 余杭 k2                                  → done
  )");
  const auto named = [&](const char* name) { return m.named(name); };
  cmd::RegisterNeed need{
      .county = kStranger, .instrument = kNoInstrument, .quantity = Quantity::from_raw(-1), .document = ""};
  Ladder n{all, "RegisterNeed"};
  n.rung(s.empty, kYuhang, need, Reason::not_permitted);
  n.rung(s.empty, kStrangersOfficer, need, Reason::no_policy_active);
  n.rung(s.closed, kStrangersOfficer, need, Reason::day_not_open);
  n.rung(m, kStrangersOfficer, need, Reason::account_not_open);
  need.county = place("余杭");
  n.rung(m, kYuhang, need, Reason::unknown_instrument, Clause::h66_21_2);
  need.instrument = Instrument::linkage;
  n.rung(m, kYuhang, need, Reason::value_out_of_range);
  need.quantity = Quantity::from_raw(1);
  n.rung(m, kYuhang, need, Reason::document_missing, Clause::h66_7_7);
  need.document = "自用保障表";
  n.rung(m, kYuhang, need, Reason::component_not_in_kind, Clause::h66_7_7);
  need.county = place("杭州");
  Ladder{all, "an own need of the city"}.rung(m, script::officer_of("杭州"), need, Reason::unknown_unit);

  cmd::CertifyGap gap{.participant = kStranger,
                      .instrument = kNoInstrument,
                      .quantity = {},
                      .from = on(2024, 6, 3),
                      .until = on(2024, 6, 2),
                      .document = ""};
  Ladder g{all, "CertifyGap"};
  g.rung(s.empty, kYuhang, gap, Reason::not_permitted);
  g.rung(s.empty, kBureau, gap, Reason::no_policy_active);
  g.rung(s.closed, kBureau, gap, Reason::day_not_open);
  g.rung(m, kBureau, gap, Reason::account_not_open);
  gap.participant = place("余杭");
  g.rung(m, kBureau, gap, Reason::unknown_instrument, Clause::h66_21_2);
  gap.instrument = Instrument::linkage;
  g.rung(m, kBureau, gap, Reason::value_out_of_range);
  gap.quantity = Quantity::from_raw(1);
  g.rung(m, kBureau, gap, Reason::document_missing, Clause::h66_7_6);
  gap.document = "缺口证明";
  g.rung(m, kBureau, gap, Reason::period_ends_before_it_begins);
  gap.from = gap.until;
  g.rung(m, kBureau, gap, Reason::component_not_in_kind, Clause::h66_7_6);
  gap.instrument = Instrument::supplementary_area;
  g.rung(m, kBureau, gap, Reason::term_not_later);

  cmd::RevokeGap revoke{.gap = {named("g1")}, .document = ""};
  Ladder r{all, "RevokeGap"};
  r.rung(s.empty, kYuhang, revoke, Reason::not_permitted);
  r.rung(s.empty, kBureau, revoke, Reason::no_policy_active);
  r.rung(s.closed, kBureau, revoke, Reason::day_not_open);
  r.rung(m, kBureau, revoke, Reason::document_missing, Clause::h66_7_6);
  revoke.document = "撤销文号";
  r.rung(m, kBureau, revoke, Reason::unknown_gap, Clause::h66_7_6);

  cmd::OpenBalance open{.county = kStranger,
                        .project = "",
                        .purpose = {},
                        .need = {},
                        .lowest_grade = {},
                        .deadline = on(2024, 6, 2),
                        .document = ""};
  Ladder o{all, "OpenBalance"};
  o.rung(s.empty, kYuhang, open, Reason::not_permitted);
  o.rung(s.empty, kStrangersOfficer, open, Reason::no_policy_active);
  o.rung(s.closed, kStrangersOfficer, open, Reason::day_not_open);
  o.rung(m, kStrangersOfficer, open, Reason::account_not_open);
  open.county = place("余杭");
  o.rung(m, kYuhang, open, Reason::value_out_of_range);
  open.need.area = Area::mu_4dp(1);
  o.rung(m, kYuhang, open, Reason::document_missing);
  open.project = "建设项目";
  open.document = "用地报批";
  o.rung(m, kYuhang, open, Reason::term_not_later);

  cmd::FillBalance fill{.balance = {999'999},
                        .tier = clearing::Tier{9},
                        .amount = {.area = Area::mu_4dp(200'001), .paddy = {}, .capacity = {}},
                        .reason = "",
                        .document = "",
                        .price = {}};
  Ladder f{all, "FillBalance"};
  f.rung(s.empty, kBureau, fill, Reason::not_permitted);
  f.rung(s.empty, kYuhang, fill, Reason::no_policy_active);
  f.rung(s.closed, kYuhang, fill, Reason::day_not_open);
  f.rung(m, kYuhang, fill, Reason::value_out_of_range);
  fill.tier = clearing::Tier::outside;
  f.rung(m, kYuhang, fill, Reason::document_missing);
  fill.document = "落实文件";
  f.rung(m, kYuhang, fill, Reason::price_missing, Clause::h66_7_1);
  fill.price = Rate::yuan_per_mu(200'000);
  f.rung(m, kYuhang, fill, Reason::unknown_balance, Clause::h66_7_1);
  fill.balance = {named("k2")};
  f.rung(m, kYuhang, fill, Reason::balance_over, Clause::h66_7_1);
  fill.balance = {named("k1")};
  f.rung(m, kYuhang, fill, Reason::exceeds_need, Clause::h66_7_1);
  fill.amount.area = Area::mu_4dp(200'000);
  f.rung(m, kYuhang, fill, Reason::tier_skipped, Clause::h66_7_1);
  fill.tier = clearing::Tier::purchase;
  Ladder{all, "FillBalance, priced"}.rung(m, kYuhang, fill, Reason::component_not_in_kind, Clause::h66_7_1);
  fill.price = {};
  f.rung(
      m, kYuhang,
      [&] {
        auto c = fill;
        c.reason = "工期";
        return c;
      }(),
      Reason::not_enough_land);
  fill.tier = clearing::Tier::pool;
  Ladder{all, "FillBalance from the pool"}.rung(m, kYuhang, fill, Reason::filled_by_taking, Clause::h66_7_1);

  cmd::CloseBalance close{.balance = {999'999}, .document = ""};
  Ladder c{all, "CloseBalance"};
  c.rung(s.empty, kAnalyst, close, Reason::not_permitted);
  c.rung(s.empty, kYuhang, close, Reason::no_policy_active);
  c.rung(s.closed, kYuhang, close, Reason::day_not_open);
  c.rung(m, kYuhang, close, Reason::document_missing);
  close.document = "办结单";
  c.rung(m, kYuhang, close, Reason::unknown_balance, Clause::h66_7_1);
  close.balance = {named("k2")};
  c.rung(m, kYuhang, close, Reason::balance_over, Clause::h66_7_1);
}

/// A deal under a pack in which needs refuse and limits are in force from the second day on.
inline void climb_limits(Climb& all) {
  policy::Pack pack = script::at_once();
  for (auto& row : pack.rows)
    if (row.parameter == Parameter::own_need_consequence || row.parameter == Parameter::gap_consequence) row.value = 2;
  const auto limit = [&](Parameter p, int64_t value) {
    pack.rows.push_back({.parameter = p,
                         .from = on(2024, 6, 4),
                         .until = on(2024, 6, 30),
                         .value = value,
                         .clause = Clause::h66_21_4,
                         .origin = policy::Origin::our_default});
  };
  limit(Parameter::purchase_limit, 100'000);
  limit(Parameter::holding_limit, 150'000);
  limit(Parameter::holding_days, 5);
  Market m{{.pack = pack}};
  m.check(R"(
    price area 20.00 2024-06-01..2024-06-30                → done
    open 2024-06-03                                        → done
    file 淳安 area 125.0000                                → done
    file 余杭 area 12.5000                                 → done   # 10 are free
    fund 临安 500.00 wan                                   → done
    d1 = propose 淳安 淳安→临安 area 5.0000 @15.00         → done
    accept 临安 d1                                         → settled
    need 临安 area 5.0000                                  → done
    close 2024-06-03                                       → done
    open 2024-06-04                                        → done
  )");
  const Sender seller = script::officer_of("临安");
  cmd::ProposeDeal sale{.seller = seller.participant,
                        .buyer = kYuhang.participant,
                        .legs = {{.instrument = Instrument::supplementary_area,
                                  .quantity = Quantity::from_raw(2'000'000),
                                  .price = Rate::yuan_per_mu(190'000)}},
                        .until = {}};
  Ladder l{all, "ProposeDeal under limits"};
  l.rung(m, seller, sale, Reason::below_floor, Clause::h66_7_6);
  sale.legs.front().price = Rate::yuan_per_mu(200'000);
  l.rung(m, seller, sale, Reason::no_certified_gap, Clause::h66_7_6);
  m.check("gap 余杭 area 200.0000 2024-06-04..2024-06-30 → done");
  l.rung(m, seller, sale, Reason::over_purchase_limit, Clause::h66_21_4);
  sale.legs.front().quantity = Quantity::from_raw(90'000);
  l.rung(m, seller, sale, Reason::over_holding_limit, Clause::h66_21_4);
  m.check("use 余杭 area 5.0000 → done");
  l.rung(m, seller, sale, Reason::held_too_short, Clause::h66_21_4);
  m.check("close 2024-06-04 → done\nopen 2024-06-11 → done");
  l.rung(m, seller, sale, Reason::own_need_reserved, Clause::h66_7_7);
  m.check("need 临安 area 0.0000 → done");
  l.rung(m, seller, sale, Reason::not_enough_land);
}

}  // namespace landex::refusals
