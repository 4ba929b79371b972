// Every history of a small market, up to a length: an alphabet of twelve commands that reaches every purse, three
// participants and the city, and all 12^5 ways to put five of them in a row (and so all shorter ones: they are how the
// longer begin). After every command the engine and the naive model have told the same events and hold the same, money
// and land sum to zero, nothing is negative, and lots add up to purses; after every block the audit is clean.
//
// The alphabet. 县 is a mountain county with 10 mu filed (8 free, 2 pooled, 40 wan owed), 甲 and 乙 urban districts
// with 100 wan each; the price in force is 20.00 万元/亩. `A / B` is A, or B if what A makes is still open.
//    1  file       县 files 10 mu                            7  freeze     县 2 mu / release 1 mu of them
//    2  deduct     3 mu of the first filing                  8  lend       乙 lends 甲 2 mu / 甲 returns 1 mu
//    3  sell       县 4 mu at 20.00                          9  use        甲 1 mu, borrowed first / restore half of it
//    4  buy        甲 3 mu at 20.00                         10  transfer   县 to 乙 3 mu
//    5  cancel     县 its last order                        11  pay        the pool's debt to 县
//    6  deal       县 to 乙 2 mu at 21.00 / 乙 accepts      12  advance    to 县, 30 of 60 wan, proposed / approved
//                                                                          by the bureau / 县 repays 20 wan
//
// An engine costs more to make than a history to run, so one engine takes a block of histories, each with three
// accounts of its own; at its end its orders are cancelled, so that no history meets another.
// A command that is refused changes nothing but the memory of commands: that is looked at each time. So what comes
// after it is what comes after the history without it, which is shorter and has been run; LANDEX_EVERY=1 runs these
// too. LANDEX_LENGTH=6 runs the longer ones (12 times as long); LANDEX_FIRST=3 only those that begin with letter 3.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "exchange/engine/engine.hpp"
#include "tests/model.hpp"
#include "tests/random_market.hpp"
#include "tests/seeds.hpp"

namespace landex {
namespace {

namespace command = engine::command;
namespace event = engine::event;
using engine::Purse;
using engine::Role;

using testing::number_from_environment;

constexpr size_t kLetters = 12;
constexpr std::array<const char*, kLetters> kNames{"file",   "deduct", "sell", "buy",      "cancel", "deal",
                                                   "freeze", "lend",   "use",  "transfer", "pay",    "advance"};
constexpr uint32_t kHistoriesInABlock = 32;
constexpr auto kArea = Instrument::supplementary_area;
const District kCity = District::code(330100);

Quantity mu(int64_t n) { return Quantity::of(Area::mu_4dp(n * 10'000)); }

/// The three of one history.
struct Parties {
  District county, first, second;
  explicit Parties(uint32_t n)
      : county{District::code(400'000 + n)}, first{District::code(500'000 + n)}, second{District::code(600'000 + n)} {}
  std::array<District, 3> all() const { return {county, first, second}; }
};

policy::Pack pack_of_a_block() {
  policy::Pack pack = testing::small_pack();
  std::erase_if(pack.chains, [](const auto& c) { return c.subject != policy::SubjectKind::apply_advance; });
  auto& steps = pack.chains.front().steps;
  steps.erase(steps.begin(), std::prev(steps.end()));  // one is enough here
  policy::Unit unit = pack.units.front();
  pack.units.clear();
  const auto add = [&](District d, ParticipantClass kind) {
    unit.district = d;
    unit.kind = kind;
    pack.units.push_back(unit);
  };
  add(kCity, ParticipantClass::city);
  for (uint32_t n = 0; n < kHistoriesInABlock; ++n) {
    const Parties p{n};
    add(p.county, ParticipantClass::mountain4);
    add(p.first, ParticipantClass::urban);
    add(p.second, ParticipantClass::urban);
  }
  std::ranges::sort(pack.units, {}, &policy::Unit::district);
  return pack;
}

/// One engine, one model, and what has been made last in the history at hand.
class Block {
 public:
  Block() {
    static const policy::Pack pack = pack_of_a_block();
    const Day day = *Day::ymd(2024, 6, 20);
    bureau(command::Activate{.behaviour = engine::kBehaviour, .pack = pack});
    bureau(command::SetVenue{.venue = engine::Venue::simulation});
    bureau(command::PublishPrice{.instrument = kArea,
                                 .rate = Rate::yuan_per_mu(200'000),
                                 .from = day,
                                 .until = day,
                                 .document = "文号",
                                 .approver = "省厅"});
    bureau(command::OpenDay{.day = day});
    bureau(command::OpenAccount{.participant = kCity});
    bureau(command::Deposit{.participant = kCity, .amount = Fen::wan(1'000'000), .document = "入金单"});
  }

  void begin(const Parties& p) {
    parties_ = p;
    order_ = {}, deal_ = {}, freeze_ = {}, loan_ = {}, use_ = {}, advance_ = {};
    for (const District d : p.all()) bureau(command::OpenAccount{.participant = d});
    for (const District d : {p.first, p.second})
      bureau(command::Deposit{.participant = d, .amount = Fen::wan(100), .document = "入金单"});
    filing_ = {seq_ + 1};
    said(0);
  }

  /// Does a letter. False if it was refused.
  bool said(size_t letter) {
    const Parties& p = parties_;
    const auto& s = engine_.state();
    const uint64_t next = seq_ + 1;
    switch (letter) {
      case 0:
        return own(p.county, command::FileBatch{.county = p.county,
                                                .kind = engine::IndicatorKind::supplementary,
                                                .area = Area::mu_4dp(100'000),
                                                .paddy = {},
                                                .capacity = {},
                                                .project = "垦造项目",
                                                .document = "报备单"});
      case 1:
        return bureau(command::DeductBatch{
            .filing = filing_, .area = Area::mu_4dp(30'000), .paddy = {}, .capacity = {}, .document = "核减单"});
      case 2: {
        const bool done = order(p.county, Side::sell, mu(4));
        if (done) order_ = {next};
        return done;
      }
      case 3:
        return order(p.first, Side::buy, mu(3));
      case 4:
        return own(p.county, command::CancelOrder{.order = order_});
      case 5: {
        const auto at = s.deals.find(deal_);
        if (at != s.deals.end() && at->second.state == engine::DealState::proposed)
          return own(p.second, command::AcceptDeal{.deal = deal_});
        const bool done =
            own(p.county, command::ProposeDeal{
                              .seller = p.county,
                              .buyer = p.second,
                              .legs = {{.instrument = kArea, .quantity = mu(2), .price = Rate::yuan_per_mu(210'000)}}});
        if (done) deal_ = {next};
        return done;
      }
      case 6: {
        if (const auto at = s.entries.freezes.find(freeze_);
            at != s.entries.freezes.end() && at->second.left > Quantity{})
          return bureau(command::UnfreezeLand{.freeze = freeze_, .quantity = mu(1), .document = "解冻通知"});
        const bool done = bureau(command::FreezeLand{
            .participant = p.county, .instrument = kArea, .quantity = mu(2), .document = "冻结通知"});
        if (done) freeze_ = {next};
        return done;
      }
      case 7: {
        if (const auto at = s.entries.loans.find(loan_); at != s.entries.loans.end() && at->second.left > Quantity{})
          return own(p.first, command::ReturnLand{.loan = loan_, .quantity = mu(1), .document = "归还单"});
        const bool done = own(p.second, command::LendLand{.to = p.first,
                                                          .instrument = kArea,
                                                          .quantity = mu(2),
                                                          .due = *Day::ymd(2024, 6, 28),
                                                          .document = "借用协议"});
        if (done) loan_ = {next};
        return done;
      }
      case 8: {
        if (const auto at = s.entries.write_offs.find(use_);
            at != s.entries.write_offs.end() && at->second.left > Quantity{})
          return bureau(command::RestoreLand{
              .write_off = use_, .quantity = Quantity::of(Area::mu_4dp(5'000)), .document = "还原批复"});
        const bool borrowed = s.ledger.land(kArea, p.first, Purse::borrowed) > Quantity{};
        const bool done =
            own(p.first, command::WriteOff{.instrument = kArea,
                                           .quantity = mu(1),
                                           .project = "建设项目",
                                           .from_borrowed = borrowed ? std::optional{true} : std::nullopt});
        if (done) use_ = {next};
        return done;
      }
      case 9:
        return bureau(command::TransferLand{
            .from = p.county, .to = p.second, .instrument = kArea, .quantity = mu(3), .document = "划转文件"});
      case 10:
        return bureau(command::SettleClaims{.county = p.county});
      default: {
        if (const auto* a = s.advances.find(advance_); a && a->left > Fen{})
          return own(p.county,
                     command::RepayAdvance{.advance = advance_, .amount = Fen::wan(20), .document = "还款单"});
        const ProposalId proposal{advance_.value};
        if (const auto* asked = s.proposals.find(proposal); asked && !engine::is_final(asked->state))
          return bureau(command::DecideProposal{
              .proposal = proposal, .verdict = engine::StepVerdict::pass, .reason = {}, .document = {}});
        const bool did =
            own(p.county, command::Propose{.subject = command::ApplyAdvance{.fund = Fen::wan(60),
                                                                            .filing_by = *Day::ymd(2024, 12, 1),
                                                                            .contract = "合同1号"},
                                           .reason = "垦造",
                                           .document = {}});
        if (did) advance_ = {next};
        return did;
      }
    }
  }

  /// Nothing of this history meets the next: its orders go, and its open deal does not matter to anybody else.
  void end() {
    if (engine_.state().market.books.resting() == 0) return;
    for (const District d : parties_.all())
      bureau(command::CancelOrders{.participant = d, .instrument = {}, .side = {}});
  }

  /// Of the three and the city: sums, signs, lots, and the model's purses. Nothing if all is well.
  std::string wrong() const {
    const auto& s = engine_.state();
    if (!differs_.empty()) return differs_;
    if (!s.ledger.balanced()) return "the ledger's running total is not nothing";
    for (const District d : parties_.all()) {
      const Seat seat = *s.ledger.seat_of(d);
      const auto& account = s.ledger.account(seat);
      std::array<Quantity, 7> places{};
      for (size_t n = 1; n <= clearing::kPurses; ++n) {
        const auto p = static_cast<Purse>(n);
        if (account[p].money != model_.money(d, p) || account[p].of(kArea) != model_.land(kArea, d, p))
          return "a purse is not what the model has";
        if (p == Purse::outside) continue;
        if (account[p].money < Fen{} || account[p].of(kArea) < Quantity{}) return "a purse is below zero";
        places[static_cast<size_t>(clearing::place_of(p))] += account[p].of(kArea);
      }
      for (auto n = static_cast<size_t>(clearing::Place::stock); n <= static_cast<size_t>(clearing::Place::borrowed);
           ++n) {
        for (const auto& slice : s.lots.of(kArea, {.seat = seat, .place = static_cast<clearing::Place>(n)}))
          places[n] -= slice.quantity;
        if (places[n] != Quantity{}) return "the lots of a place are not what lies there";
      }
    }
    return {};
  }
  std::string audit() const { return engine_.audit(); }

 private:
  bool bureau(const engine::Command& c) { return send(kCity, Role::bureau, c); }
  bool own(District who, const engine::Command& c) { return send(who, Role::district, c); }
  bool order(District who, Side side, Quantity quantity) {
    return own(who, command::PlaceOrder{
                        .instrument = kArea, .side = side, .quantity = quantity, .price = Rate::yuan_per_mu(200'000)});
  }
  bool send(District who, Role role, const engine::Command& c) {
    ++seq_;
    const engine::Stamped stamped{.seq = {seq_},
                                  .at = {static_cast<int64_t>(seq_)},
                                  .envelope = {.client_key = {1},
                                               .counter = {seq_},
                                               .person = {uint64_t{who.raw()}},
                                               .participant = who,
                                               .role = role},
                                  .command = c};
    const auto& mine = engine_.apply(stamped);
    const auto theirs = model_.apply(stamped);
    bool same = mine.size() == theirs.size(), done = true;
    for (size_t i = 0; same && i < mine.size(); ++i) {
      const auto* refused = std::get_if<event::Refused>(&mine[i]);
      const auto* by_model = std::get_if<event::Refused>(&theirs[i]);
      if (refused) done = false;
      same = refused && by_model ? refused->refusal.reason == by_model->refusal.reason &&
                                       refused->refusal.rule == by_model->refusal.rule
                                 : mine[i] == theirs[i];
    }
    if (!same) differs_ = "the model tells other events";
    if (!done && mine.size() != 1) differs_ = "a command that was refused told of something else too";
    return done;
  }

  engine::Engine engine_;
  model::Exchange model_;
  uint64_t seq_ = 0;
  std::string differs_;
  Parties parties_{0};
  FilingId filing_;
  OrderId order_;
  DealId deal_;
  FreezeId freeze_;
  LoanId loan_;
  WriteOffId use_;
  AdvanceId advance_;
};

TEST(Histories, EveryHistoryOfTwelveCommandsKeepsTheSumsAndIsWhatTheModelSays) {
  const size_t length = number_from_environment("LANDEX_LENGTH", 5);
  const bool every = number_from_environment("LANDEX_EVERY", 0) != 0;
  const size_t only = number_from_environment("LANDEX_FIRST", 0);
  std::vector<size_t> history(length, 0);
  if (only != 0) history.front() = only - 1;
  std::vector<size_t> before;  // the history run last
  std::array<uint64_t, kLetters> done{}, refused{};
  std::optional<Block> block;
  uint64_t run = 0, commands = 0, covered = 0;
  for (bool more = true; more;) {
    const uint32_t place = static_cast<uint32_t>(run % kHistoriesInABlock);
    if (place == 0) {
      ASSERT_EQ(block ? block->audit() : "", "") << "after history " << run;
      block.emplace();
    }
    block->begin(Parties{place});
    // A prefix that the last history had too has been looked at already.
    const auto fresh = static_cast<size_t>(std::ranges::mismatch(history, before).in1 - history.begin());
    uint64_t covers = 1;
    for (size_t n = 0; n < length; ++n) {
      const bool did = block->said(history[n]);
      if (n < fresh) continue;
      ++commands;
      ++(did ? done : refused)[history[n]];
      if (const auto wrong = block->wrong(); !wrong.empty()) {
        std::string told;
        for (size_t i = 0; i <= n; ++i) told += std::string{" "} + kNames[history[i]];
        FAIL() << wrong << " after:" << told;
      }
      if (did || every) continue;
      for (; n + 1 < length; ++n) {  // on to the next letter here
        history[n + 1] = kLetters - 1;
        covers *= kLetters;
      }
    }
    block->end();
    before = history;
    ++run;
    covered += covers;
    // The next in the order of an abacus, the last letter first.
    more = false;
    for (size_t n = length; n-- > (only == 0 ? 0 : 1);) {
      if (++history[n] < kLetters) {
        more = true;
        break;
      }
      history[n] = 0;
    }
  }
  ASSERT_EQ(block->audit(), "");
  uint64_t expected = 1;
  for (size_t n = only == 0 ? 0 : 1; n < length; ++n) expected *= kLetters;
  EXPECT_EQ(covered, expected);
  RecordProperty("histories", std::to_string(covered));
  RecordProperty("run", std::to_string(run));
  RecordProperty("commands", std::to_string(commands));
  // a guard must fail when it has looked at nothing: each letter was done in some histories, and refused in others
  if (length < 4 || only != 0) return;
  for (size_t letter = 0; letter < kLetters; ++letter) {
    EXPECT_GT(done[letter], 0u) << kNames[letter];
    EXPECT_TRUE(letter == 0 || letter == 5 || refused[letter] > 0u) << kNames[letter];
  }
}

}  // namespace
}  // namespace landex
