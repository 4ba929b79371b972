#include "tests/market_script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

#include "exchange/allocation/propose.hpp"
#include "exchange/engine/pool.hpp"
#include "exchange/engine/views.hpp"
#include "tests/market_titles.hpp"
#include "tests/market_words.hpp"
#include "tests/policy_directory.hpp"

namespace landex::script {

using engine::Event;
using engine::Events;
using engine::Role;

const host::PolicyBook& shipped() {
  static const host::PolicyBook book = [] {
    auto loaded = host::load_policy(policy_directory());
    if (!loaded) throw std::runtime_error{loaded.error().file + ": " + loaded.error().en};
    return *loaded;
  }();
  return book;
}

policy::Pack at_once() {
  policy::Pack pack = shipped().pack;
  pack.chains.clear();
  return pack;
}

District place(std::string_view name) {
  for (const auto& u : shipped().units)
    if (short_of(u.zh) == name) return u.district;
  throw NotUnderstood{"not a place: " + std::string{name}};
}

Day on(int year, unsigned month, unsigned of_month) { return Day::ymd(year, month, of_month).value(); }

Sender bureau() { return {.participant = place("杭州"), .role = Role::bureau}; }
Sender landexd() { return {.participant = place("杭州"), .role = Role::system}; }
Sender officer_of(std::string_view name) { return {.participant = place(name), .role = Role::district}; }

PersonId person_of(const Sender& who) {
  return {uint64_t{who.participant.raw()} * 10 + static_cast<uint64_t>(who.role) + (who.nth - 1) * 10'000'000};
}

std::optional<engine::Refusal> refusal_in(const Events& events) {
  for (const auto& e : events)
    if (const auto* refused = std::get_if<engine::event::Refused>(&e)) return refused->refusal;
  return std::nullopt;
}

/// One line of a script on its way: its words, read from the left.
class Line {
 public:
  Line(Market& market, Words words) : market_{market}, words_{std::move(words)} {}

  /// Does the command and says what came of it, in the words of an outcome.
  std::string run(Events& events) {
    if (words_.size() > 2 && words_[1] == "=") {
      market_.names_[words_[0]] = market_.seq_ + 1;
      at_ = 2;
    }
    uint64_t nth = 1;
    if (words_[at_] == "by") {
      ++at_;
      nth = static_cast<uint64_t>(number(next("number of the person"), 0));
    }
    auto [who, command] = command_of(next("command"));
    who.nth = nth;
    if (at_ < words_.size()) throw NotUnderstood{"left over: " + words_[at_]};
    events = market_.send(who, command);
    return outcome(command, events);
  }

  /// How things stand, in the words in which the line asks. Nothing if the line does not ask that.
  std::optional<std::string> state() {
    const std::string verb = next("word");
    if (verb == "holds") return holds();
    if (verb == "cash") return cash();
    if (verb == "rests") return rests();
    if (verb == "deal") return deal();
    if (verb == "waits") return waits();
    if (verb == "reserve") return reserve();
    if (verb == "session") return session();
    if (verb == "depth") return depth();
    if (verb == "proposal") return proposal_state();
    if (verb == "inbox") return inbox();
    if (verb == "lots") return lots();
    if (verb == "stands") return stands();
    if (verb == "asks") return asks();
    if (verb == "available") return available();
    if (verb == "owned") return owned(market_, words_, at_);
    if (verb == "tier") return tier();
    return std::nullopt;
  }

 private:
  using Asked = std::pair<Sender, engine::Command>;

  std::string next(std::string_view what) {
    if (at_ >= words_.size()) throw NotUnderstood{"here a " + std::string{what} + " is missing"};
    return words_[at_++];
  }
  bool more() const { return at_ < words_.size(); }
  District next_place() { return place(next("place")); }
  Instrument next_instrument() {
    const auto w = next("instrument");
    const auto i = instrument_word(w);
    if (!i) throw NotUnderstood{"not an instrument: " + w};
    return *i;
  }
  Fen next_money() {
    std::string digits;
    while (more() && is_number(words_[at_])) digits += words_[at_++];
    const auto unit = next("unit (yuan or wan)");
    if (unit != "yuan" && unit != "wan") throw NotUnderstood{"not yuan or wan: " + unit};
    return Fen::fen(checked_mul(number(digits, 2), unit == "wan" ? 10'000 : 1));
  }
  uint64_t next_name() {
    const auto w = next("name");
    const auto at = market_.names_.find(w);
    if (at == market_.names_.end()) throw NotUnderstood{"nothing is named " + w};
    return at->second;
  }
  Rate next_price(Instrument i) {
    const auto w = next("price");
    if (!w.starts_with('@')) throw NotUnderstood{"a price begins with @: " + w};
    return rate(i, std::string_view{w}.substr(1));
  }
  Components next_components(bool& linkage) {
    Components c;
    while (more()) {
      const auto w = next("component");
      if (w == "linkage" || w == "area") {
        linkage = w == "linkage";
        c.area = Area::mu_4dp(number(next("area"), 4));
      } else if (w == "paddy") {
        c.paddy = Area::mu_4dp(number(next("paddy"), 4));
      } else if (w == "capacity") {
        c.capacity = Capacity::kg(number(next("capacity"), 0));
      } else {
        --at_;  // not of the components
        break;
      }
    }
    return c;
  }

  /// What a batch may have besides its components.
  void next_details(engine::command::FileBatch& c) {
    while (more()) {
      const auto w = next("detail of a batch");
      if (w == "project") {
        c.project_id = ProjectId{next_name()};
      } else if (w == "grade") {
        c.grade = static_cast<uint8_t>(number(next("grade"), 0));
      } else if (w == "expires") {
        c.expires = day(next("day"));
      } else if (w == "plot") {
        if (!c.plots) c.plots.emplace();
        std::string name = next("plot");
        c.plots->push_back({.plot = std::move(name), .area = Area::mu_4dp(number(next("area"), 4))});
      } else {
        throw NotUnderstood{"not of a batch: " + w};
      }
    }
  }

  std::pair<District, District> next_way() {
    const std::string way = next("from→to");
    const auto arrow = way.find(kArrow);
    if (arrow == std::string::npos) throw NotUnderstood{"from→to, without spaces: " + way};
    return {place(std::string_view{way}.substr(0, arrow)), place(std::string_view{way}.substr(arrow + kArrow.size()))};
  }
  /// The bureau, or the officer of a place.
  Sender next_sender() {
    const auto w = next("place, or bureau");
    return w == "bureau" ? bureau() : officer_of(w);
  }
  template <class Key, class Entry>
  Quantity next_quantity_of(const std::map<Key, Entry>& entries, Key id) {
    const auto at = entries.find(id);
    return quantity(at == entries.end() ? Instrument::supplementary_area : at->second.instrument, next("quantity"));
  }

  /// The verbs of the registry, and what stands before a filing.
  std::optional<Asked> registry(const std::string& verb) {
    namespace cmd = engine::command;
    const auto& entries = market_.engine_.state().entries;
    if (verb == "project") {
      const District d = next_place();
      const auto kind = value_named<engine::IndicatorKind>(next("kind"));
      return Asked{officer_of(short_name(d)),
                   cmd::RegisterProject{.county = d, .kind = kind, .name = "垦造项目", .document = "立项申请"}};
    }
    if (verb == "move") {
      const Sender who = next_sender();
      const ProjectId id{next_name()};
      return Asked{who, cmd::MoveProject{
                            .project = id, .to = value_named<engine::ProjectState>(next("state")), .document = "批复"}};
    }
    if (verb == "conflict") {
      const District d = next_place();
      std::string plot = next("plot");
      const auto kind = value_named<clearing::ConflictKind>(next("kind"));
      return Asked{
          more() ? next_sender() : officer_of(short_name(d)),
          cmd::RecordConflict{.county = d, .plot = std::move(plot), .conflict = kind, .document = "地类认定表"}};
    }
    if (verb == "clear") {
      const Sender who = next_sender();
      cmd::ClearConflict c{.plot = next("plot"), .papers = {}};
      while (more()) c.papers.push_back({.paper = value_named<clearing::Paper>(next("paper")), .document = "证明材料"});
      return Asked{who, c};
    }
    if (verb == "freeze" || verb == "cancel-land") {
      const District d = next_place();
      const Instrument i = next_instrument();
      const Quantity q = quantity(i, next("quantity"));
      if (verb == "freeze")
        return Asked{bureau(),
                     cmd::FreezeLand{.participant = d, .instrument = i, .quantity = q, .document = "冻结通知"}};
      return Asked{bureau(), cmd::CancelLand{.participant = d, .instrument = i, .quantity = q, .document = "注销通知"}};
    }
    if (verb == "unfreeze") {
      const FreezeId id{next_name()};
      return Asked{
          bureau(),
          cmd::UnfreezeLand{.freeze = id, .quantity = next_quantity_of(entries.freezes, id), .document = "解冻通知"}};
    }
    if (verb == "transfer") {
      const auto [from, to] = next_way();
      const Instrument i = next_instrument();
      const Quantity q = quantity(i, next("quantity"));
      return Asked{bureau(),
                   cmd::TransferLand{.from = from, .to = to, .instrument = i, .quantity = q, .document = "划转文件"}};
    }
    if (verb == "lend") {
      const auto [from, to] = next_way();
      const Instrument i = next_instrument();
      const Quantity q = quantity(i, next("quantity"));
      if (next("word due") != "due") throw NotUnderstood{"lend <from→to> <instrument> <quantity> due <day>"};
      return Asked{
          officer_of(short_name(from)),
          cmd::LendLand{.to = to, .instrument = i, .quantity = q, .due = day(next("day")), .document = "借用协议"}};
    }
    if (verb == "give-back") {
      const District d = next_place();
      const LoanId id{next_name()};
      return Asked{officer_of(short_name(d)),
                   cmd::ReturnLand{.loan = id, .quantity = next_quantity_of(entries.loans, id), .document = "归还单"}};
    }
    if (verb == "restore") {
      const WriteOffId id{next_name()};
      return Asked{bureau(),
                   cmd::RestoreLand{
                       .write_off = id, .quantity = next_quantity_of(entries.write_offs, id), .document = "还原批复"}};
    }
    if (verb == "adjust") {
      const FilingId filing{next_name()};
      bool linkage = false;
      const Components c = next_components(linkage);
      if (next("word corrects") != "corrects") throw NotUnderstood{"adjust <filing> <components> corrects <number>"};
      return Asked{bureau(), cmd::AdjustBatch{.filing = filing,
                                              .area = c.area,
                                              .paddy = c.paddy,
                                              .capacity = c.capacity,
                                              .reverses = {next_name()},
                                              .document = "调整单"}};
    }
    return std::nullopt;
  }

  /// Requests to the pool, and its allocation.
  std::optional<Asked> of_pool(const std::string& verb) {
    namespace cmd = engine::command;
    if (verb == "request") {
      const District d = next_place();
      const auto purpose = value_named<clearing::RequestClass>(next("class"));
      bool linkage = false;
      cmd::RequestPool c{.county = d,
                         .purpose = purpose,
                         .project = "重大项目",
                         .need = next_components(linkage),
                         .lowest_grade = {},
                         .deadline = {},
                         .document = "申请函",
                         .exception = {},
                         .balance = {}};
      while (more()) {
        const auto w = next("word");
        if (w == "grade") {
          c.lowest_grade = static_cast<uint8_t>(number(next("grade"), 0));
        } else if (w == "until") {
          c.deadline = day(next("day"));
        } else if (w == "exception") {
          c.exception.emplace();
          c.exception->reason = next("reason");
          if (more()) c.exception->approver = next("approver");
        } else {
          throw NotUnderstood{"not of a request: " + w};
        }
      }
      return Asked{officer_of(short_name(d)), c};
    }
    if (verb == "withdraw-request" || verb == "take" || verb == "hand-back") {
      const District d = next_place();
      const RequestId id{next_name()};
      if (verb == "take") return Asked{office(d), cmd::TakeAllotment{.request = id, .document = "接收单"}};
      if (verb == "hand-back") return Asked{office(d), cmd::ReturnAllotment{.request = id, .document = "退回单"}};
      return Asked{office(d), cmd::WithdrawRequest{.request = id, .document = "撤回函"}};
    }
    if (verb == "draft") return Asked{bureau(), cmd::DraftAllocation{.computed_at = market_.last()}};
    if (verb == "draws") {
      cmd::AddDraws c{.allocation = {next_name()}, .part = 1, .draws = {}};
      if (words_[at_] == "reckoned") {
        ++at_;
        c.draws = allocation::propose(engine::allocation_case(market_.engine_.state()))->draws;
      } else if (next("word part") == "part") {
        c.part = static_cast<uint32_t>(number(next("part"), 0));
      } else {
        throw NotUnderstood{"draws <allocation> reckoned | part <n> <request> <filing> <component> <quantity> …"};
      }
      while (more()) {
        const uint64_t request = next_name();
        const FilingId filing{next_name()};
        const Instrument i = next_instrument();
        c.draws.push_back(
            {.request = request, .filing = filing, .component = i, .quantity = quantity(i, next("quantity"))});
      }
      return Asked{bureau(), c};
    }
    if (verb == "allocate")
      return Asked{bureau(), cmd::AllocatePool{.allocation = {next_name()}, .document = "分配文件"}};
    if (verb == "allot-plots") {
      const District d = next_place();
      cmd::AllotPlots c{.plots = {},
                        .county = d,
                        .purpose = value_named<clearing::RequestClass>(next("class")),
                        .project = "重大项目",
                        .document = "补划方案"};
      while (more()) c.plots.push_back({.number = next("plot")});
      return Asked{bureau(), c};
    }
    return std::nullopt;
  }

  /// Own needs, gaps and balances.
  std::optional<Asked> needs(const std::string& verb) {
    namespace cmd = engine::command;
    if (verb == "need" || verb == "gap") {
      const District d = next_place();
      const Instrument i = next_instrument();
      const Quantity q = quantity(i, next("quantity"));
      if (verb == "need")
        return Asked{officer_of(short_name(d)),
                     cmd::RegisterNeed{.county = d, .instrument = i, .quantity = q, .document = "自用保障表"}};
      const auto [from, until] = next_period();
      return Asked{
          bureau(),
          cmd::CertifyGap{
              .participant = d, .instrument = i, .quantity = q, .from = from, .until = until, .document = "缺口证明"}};
    }
    if (verb == "revoke-gap") return Asked{bureau(), cmd::RevokeGap{.gap = {next_name()}, .document = "撤销文号"}};
    if (verb == "balance") return balance();
    if (verb == "fill") return filling();
    if (verb == "close-balance") {
      const District d = next_place();
      return Asked{office(d), cmd::CloseBalance{.balance = {next_name()}, .document = "办结单"}};
    }
    return std::nullopt;
  }

  Asked balance() {
    const District d = next_place();
    bool linkage = false;
    engine::command::OpenBalance c{.county = d,
                                   .project = "建设项目",
                                   .purpose = {},
                                   .need = next_components(linkage),
                                   .lowest_grade = {},
                                   .deadline = {},
                                   .document = "用地报批"};
    while (more()) {
      const auto w = next("word");
      if (w == "for")
        c.purpose = value_named<clearing::RequestClass>(next("purpose"));
      else if (w == "grade")
        c.lowest_grade = static_cast<uint8_t>(number(next("grade"), 0));
      else if (w == "by")
        c.deadline = day(next("day"));
      else
        throw NotUnderstood{"not of a balance: " + w};
    }
    return {officer_of(short_name(d)), c};
  }

  Asked filling() {
    const District d = next_place();
    const BalanceId id{next_name()};
    const auto from = value_named<clearing::Tier>(next("tier"));
    const auto i = more() ? instrument_word(words_[at_]) : std::nullopt;
    bool linkage = false;
    engine::command::FillBalance c{.balance = id,
                                   .tier = from,
                                   .amount = next_components(linkage),
                                   .reason = {},
                                   .document = "落实文件",
                                   .price = {}};
    while (more()) {
      if (words_[at_].starts_with('@'))
        c.price = next_price(i.value_or(Instrument::supplementary_area));
      else if (next("word because") == "because")
        c.reason = next("reason");
      else
        throw NotUnderstood{"fill <place> <balance> <tier> <components> [@price] [because reason]"};
    }
    return {officer_of(short_name(d)), c};
  }

  std::pair<Day, Day> next_period() {
    const std::string period = next("period");
    const auto dots = period.find("..");
    if (dots == std::string::npos) throw NotUnderstood{"a period is day..day: " + period};
    return {day(std::string_view{period}.substr(0, dots)), day(std::string_view{period}.substr(dots + 2))};
  }

  Asked command_of(const std::string& verb) {
    namespace cmd = engine::command;
    const auto own = [](District d) { return Sender{.participant = d, .role = Role::district}; };
    if (verb == "open") {
      cmd::OpenDay open{.day = day(next("day"))};
      if (more()) {
        if (next("word random") != "random") throw NotUnderstood{"says something other than random"};
        open.random = static_cast<uint64_t>(number(next("number"), 0));
      }
      return {bureau(), open};
    }
    if (verb == "tick") {
      market_.at_us_ = std::max(market_.at_us_, instant(next("instant")).us - 1);
      return {landexd(), cmd::Tick{}};
    }
    if (verb == "profile") return profile();
    if (verb == "phase") {
      const auto w = next("instrument, or all");
      const auto i = w == "all" ? std::nullopt : instrument_word(w);
      if (!i && w != "all") throw NotUnderstood{"not an instrument, nor all: " + w};
      return {bureau(), cmd::MovePhase{.instrument = i, .to = value_named<matching::Phase>(next("phase"))}};
    }
    if (verb == "close") return {bureau(), cmd::CloseDay{.day = day(next("day"))}};
    if (verb == "venue") {
      const auto w = next("venue");
      if (w != "simulation" && w != "production") throw NotUnderstood{"not a venue: " + w};
      return {landexd(),
              cmd::SetVenue{.venue = w == "simulation" ? engine::Venue::simulation : engine::Venue::production}};
    }
    if (verb == "account") return {bureau(), cmd::OpenAccount{.participant = next_place()}};
    if (verb == "fund") {
      const District d = next_place();
      return {bureau(), cmd::Deposit{.participant = d, .amount = next_money(), .document = "入金单"}};
    }
    if (verb == "withdraw") {
      const District d = next_place();
      return {bureau(), cmd::Withdraw{.participant = d, .amount = next_money(), .document = "出金单"}};
    }
    if (verb == "price") return price();
    if (verb == "file") {
      const District d = next_place();
      bool linkage = false;
      const Components c = next_components(linkage);
      cmd::FileBatch batch{.county = d,
                           .kind = linkage ? engine::IndicatorKind::linkage : engine::IndicatorKind::supplementary,
                           .area = c.area,
                           .paddy = c.paddy,
                           .capacity = c.capacity,
                           .project = "项目",
                           .document = "报备单"};
      next_details(batch);
      return {own(d), batch};
    }
    if (verb == "deduct") {
      const FilingId filing{next_name()};
      bool linkage = false;
      const Components c = next_components(linkage);
      return {bureau(),
              cmd::DeductBatch{
                  .filing = filing, .area = c.area, .paddy = c.paddy, .capacity = c.capacity, .document = "核减单"}};
    }
    if (verb == "plots") return plots();
    if (verb == "sell" || verb == "buy") {
      const District d = next_place();
      const Instrument i = next_instrument();
      const Quantity q = quantity(i, next("quantity"));
      const Side side = verb == "sell" ? Side::sell : Side::buy;
      const bool at_best = more() && words_[at_] == "best";
      if (at_best) {
        ++at_;
        return {own(d),
                cmd::PlaceAtBest{.instrument = i, .side = side, .quantity = q, .conditions = next_conditions(i)}};
      }
      const Rate price = next_price(i);
      return {own(d),
              cmd::PlaceOrder{
                  .instrument = i, .side = side, .quantity = q, .price = price, .conditions = next_conditions(i)}};
    }
    if (verb == "replace") {
      const District d = next_place();
      const OrderId id{next_name()};
      const Instrument i = market_.instrument_of(id);
      const Quantity before = quantity(i, next("what is left"));
      if (next("→ the new quantity: word by") != "by")
        throw NotUnderstood{"replace <place> <order> <left> by <quantity> @<price>"};
      const Quantity left = quantity(i, next("quantity"));
      return {own(d), cmd::ReplaceOrder{.order = id, .left_before = before, .left = left, .price = next_price(i)}};
    }
    if (verb == "cancel-all") {
      const District d = next_place();
      cmd::CancelOrders all{.participant = d, .instrument = {}, .side = {}};
      Sender who = own(d);
      while (more()) {
        const auto w = next("word");
        if (w == "bureau")
          who = bureau();
        else if (w == "buy" || w == "sell")
          all.side = w == "buy" ? Side::buy : Side::sell;
        else if (all.instrument = instrument_word(w); !all.instrument)
          throw NotUnderstood{"not an instrument or side: " + w};
      }
      return {who, all};
    }
    if (verb == "cancel") {
      const District d = next_place();
      return {own(d), cmd::CancelOrder{.order = {next_name()}}};
    }
    if (verb == "propose") return proposal();
    if (verb == "accept") {
      const District d = next_place();
      return {own(d), cmd::AcceptDeal{.deal = {next_name()}}};
    }
    if (verb == "end") {
      const District d = next_place();
      return {own(d), cmd::EndDeal{.deal = {next_name()}}};
    }
    if (verb == "settle") return {bureau(), cmd::SettleDeal{.deal = {next_name()}}};
    if (verb == "confirm") return {bureau(), cmd::ConfirmDeal{.deal = {next_name()}, .document = "成交确认书"}};
    if (verb == "void")
      return {bureau(), cmd::VoidDeal{.deal = {next_name()}, .reason = "异议成立", .document = "文号"}};
    if (verb == "revoke") return {bureau(), cmd::RevokePrice{.row = {next_name()}, .document = "更正文号"}};
    if (verb == "pay-deal") {
      const District d = next_place();
      return {own(d), cmd::PayDeal{.deal = {next_name()}}};
    }
    if (verb == "pay") {
      cmd::SettleClaims pay{.county = next_place()};
      if (more()) {
        if (next("word most") != "most") throw NotUnderstood{"pay <place> [most <money>]"};
        pay.at_most = next_money();
      }
      return {bureau(), pay};
    }
    if (verb == "use") {
      const District d = next_place();
      const Instrument i = next_instrument();
      cmd::WriteOff use{.instrument = i, .quantity = quantity(i, next("quantity")), .project = "建设项目"};
      if (more()) {
        if (next("word borrowed") != "borrowed") throw NotUnderstood{"says something other than borrowed"};
        use.from_borrowed = true;
      }
      return {own(d), use};
    }
    if (verb == "counter") {
      const District d = next_place();
      return {own(d), cmd::CounterDeal{
                          .deal = {next_name()}, .legs = next_legs(), .until = {}, .titles = titles_from(words_, at_)}};
    }
    if (verb == "ask" || verb == "correct" || verb == "recall" || verb == "pass" || verb == "return" ||
        verb == "reject")
      return approval(verb);
    if (verb == "advance") {
      const District d = next_place();
      const Fen fund = next_money();
      if (next("word by") != "by") throw NotUnderstood{"advance <place> <fund> by <day>"};
      return {own(d), cmd::ApplyAdvance{.fund = fund, .filing_by = day(next("day")), .contract = "合同1"}};
    }
    if (verb == "repay") {
      const District d = next_place();
      const AdvanceId id{next_name()};
      return {office(d), cmd::RepayAdvance{.advance = id, .amount = next_money(), .document = "还款单"}};
    }
    if (const auto asked = registry(verb)) return *asked;
    if (const auto asked = of_pool(verb)) return *asked;
    if (const auto asked = title_command(verb, words_, at_)) return *asked;
    if (const auto asked = needs(verb)) return *asked;
    return auction(verb);
  }

  /// Who acts for a place; 杭州: the bureau.
  static Sender office(District d) {
    return d == bureau().participant ? bureau() : Sender{.participant = d, .role = Role::district};
  }

  Asked approval(const std::string& verb) {
    namespace cmd = engine::command;
    if (verb == "ask" || verb == "correct") {
      const ProposalId id{verb == "correct" ? next_name() : 0};
      const auto [who, command] = command_of(next("command"));
      const auto subject = std::visit(
          []<class C>(const C& c) -> engine::Subject {
            if constexpr (engine::kIsOneOf<C, engine::SubjectList>)
              return c;
            else
              throw NotUnderstood{"not a command that is approved"};
          },
          command);
      if (verb == "ask") return {who, cmd::Propose{.subject = subject, .reason = "事由", .document = {}}};
      return {who, cmd::Resubmit{.proposal = id, .subject = subject, .reason = "补正", .document = {}}};
    }
    const District d = next_place();
    const ProposalId id{next_name()};
    if (verb == "recall") return {office(d), cmd::WithdrawProposal{.proposal = id}};
    using engine::StepVerdict;
    const auto verdict = verb == "pass"     ? StepVerdict::pass
                         : verb == "return" ? StepVerdict::return_
                                            : StepVerdict::refuse;
    return {office(d), cmd::DecideProposal{.proposal = id, .verdict = verdict, .reason = "意见", .document = {}}};
  }

  Asked auction(const std::string& verb) {
    namespace cmd = engine::command;
    if (verb == "open-bids") {
      const AuctionId id{next_name()};
      if (next("word seed") != "seed") throw NotUnderstood{"says something other than seed"};
      return {bureau(), cmd::OpenBids{.auction = id, .seed = static_cast<uint64_t>(number(next("number"), 0))}};
    }
    if (verb != "sealed" && verb != "listing" && verb != "bid" && verb != "amend" && verb != "take-back" &&
        verb != "declare" && verb != "cancel-auction")
      throw NotUnderstood{"not a command: " + verb};
    const District d = next_place();
    const Sender who{.participant = d, .role = Role::district};
    if (verb == "sealed") return {who, sealed()};
    if (verb == "listing") return {who, listing()};
    const AuctionId id{next_name()};
    const Instrument i = lot_of(id);
    if (verb == "declare") return {who, cmd::DeclareBidder{.auction = id}};
    if (verb == "cancel-auction")
      return {d == bureau().participant ? bureau() : who, cmd::CancelAuction{.auction = id}};
    if (verb == "take-back") return {who, cmd::WithdrawBid{.auction = id, .bid = {next_name()}}};
    if (verb == "amend") {
      const BidId bid{next_name()};
      const Quantity q = quantity(i, next("quantity"));
      return {who, cmd::AmendBid{.auction = id, .bid = bid, .quantity = q, .price = next_price(i)}};
    }
    if (more() && words_[at_].starts_with('@')) return {who, cmd::BidListing{.auction = id, .price = next_price(i)}};
    const Quantity q = quantity(i, next("quantity"));
    return {who, cmd::BidSealed{.auction = id, .quantity = q, .price = next_price(i)}};
  }

  Instrument lot_of(AuctionId id) const {
    const auto& auctions = market_.engine_.state().auctions;
    if (const auto at = auctions.sealed.find(id); at != auctions.sealed.end())
      return at->second.auction.terms().instrument;
    const auto at = auctions.listings.find(id);
    return at == auctions.listings.end() ? Instrument::supplementary_area : at->second.auction.terms().instrument;
  }

  engine::command::AnnounceSealed sealed() {
    const Instrument i = next_instrument();
    engine::command::AnnounceSealed c{.instrument = i,
                                      .quantity = quantity(i, next("quantity")),
                                      .least_bid = Quantity::from_raw(1),
                                      .reserve = {},
                                      .opens = instant(next("instant")),
                                      .closes = instant(next("instant"))};
    while (more()) {
      const auto w = next("word");
      if (w == "least")
        c.least_bid = quantity(i, next("quantity"));
      else if (w == "reserve" || w == "hidden")
        c.reserve = {.price = rate(i, next("price")),
                     .disclosure = w == "hidden" ? matching::Disclosure::hidden : matching::Disclosure::published};
      else
        throw NotUnderstood{"not of a sealed auction: " + w};
    }
    return c;
  }

  engine::command::AnnounceListing listing() {
    engine::command::AnnounceListing c{
        .legs = {}, .start = {}, .step = {}, .reserve = {}, .priority = {}, .from = {}, .deadline = {}};
    while (more()) {
      const auto w = next("word");
      const auto lot = [&] { return c.legs.empty() ? Instrument::supplementary_area : c.legs.front().instrument; };
      if (const auto i = instrument_word(w))
        c.legs.push_back({.instrument = *i, .quantity = quantity(*i, next("quantity")), .price = {}});
      else if (w == "start")
        c.start = rate(lot(), next("price"));
      else if (w == "step")
        c.step = rate(lot(), next("price"));
      else if (w == "reserve")
        c.reserve = rate(lot(), next("price"));
      else if (w == "priority")
        c.priority = next_place();
      else if (w == "from")
        c.from = instant(next("instant"));
      else if (w == "until")
        c.deadline = instant(next("instant"));
      else
        throw NotUnderstood{"not of a listing: " + w};
    }
    return c;
  }

  /// What stands behind the price of an order. Nothing: no conditions.
  std::optional<engine::OrderConditions> next_conditions(Instrument i) {
    using engine::Lifetime;
    if (!more()) return std::nullopt;
    engine::OrderConditions c{.lifetime = Lifetime::day,
                              .last_day = {},
                              .until = {},
                              .post_only = false,
                              .all_or_none = false,
                              .minimum = {},
                              .peak = {},
                              .trigger = {},
                              .cap = {},
                              .self_trade = SelfTrade::refuse};
    while (more()) {
      const auto w = next("condition");
      if (w == "post-only") {
        c.post_only = true;
      } else if (w == "aon") {
        c.all_or_none = true;
      } else if (w == "ioc" || w == "fok" || w == "gtc") {
        c.lifetime = w == "ioc" ? Lifetime::immediate : w == "fok" ? Lifetime::fill_or_kill : Lifetime::until_cancelled;
      } else if (w == "until") {
        const auto when = next("day or instant");
        const bool whole_day = when.find('T') == std::string::npos;
        c.lifetime = whole_day ? Lifetime::until_day : Lifetime::until_instant;
        if (whole_day)
          c.last_day = day(when);
        else
          c.until = instant(when);
      } else if (w == "min") {
        c.minimum = quantity(i, next("quantity"));
      } else if (w == "iceberg") {
        c.peak = quantity(i, next("quantity"));
      } else if (w == "stop") {
        c.trigger = rate(i, next("price"));
      } else if (w == "cap") {
        c.cap = next_money();
      } else if (w == "self") {
        c.self_trade = value_named<SelfTrade>(next("mode"));
      } else {
        throw NotUnderstood{"not a condition: " + w};
      }
    }
    return c;
  }

  /// The simulation profile with what the words change.
  Asked profile() {
    matching::VenueProfile p = matching::simulation_profile();
    while (more()) {
      const auto w = next("word");
      if (w == "by-hand") {
        p.timetable.clear();
        p.no_cancel_s = 0;
      } else if (w == "no-band") {
        p.continuous_band_permille.reset();
      } else if (w == "band") {
        p.continuous_band_permille = static_cast<uint32_t>(number(next("permille"), 0));
      } else if (w == "closing-minutes") {
        p.closing_minutes = static_cast<uint32_t>(number(next("minutes"), 0));
      } else {
        throw NotUnderstood{"not of a profile: " + w};
      }
    }
    return {bureau(), engine::command::SetProfile{.profile = p}};
  }

  Asked price() {
    const Instrument i = next_instrument();
    const Rate r = rate(i, next("rate"));
    const std::string period = next("period");
    const auto dots = period.find("..");
    if (dots == std::string::npos) throw NotUnderstood{"a period is day..day: " + period};
    return {bureau(), engine::command::PublishPrice{.instrument = i,
                                                    .rate = r,
                                                    .from = day(std::string_view{period}.substr(0, dots)),
                                                    .until = day(std::string_view{period}.substr(dots + 2)),
                                                    .document = more() ? next("document") : "文号1",
                                                    .approver = "市规划和自然资源局"}};
  }

  bool took(std::string_view word) {
    const bool here = more() && words_[at_] == word;
    if (here) ++at_;
    return here;
  }

  Asked plots() {
    const District d = next_place();
    engine::command::EnterPlots c{.county = d, .document = "划定文件", .plots = {}};
    while (more()) {
      std::string plot = next("plot");
      const Area area = Area::mu_4dp(number(next("area"), 4));
      if (next("word grade") != "grade") throw NotUnderstood{"a plot is <name> <area> grade <grade>"};
      const auto grade = static_cast<uint8_t>(number(next("grade"), 0));
      c.plots.push_back({.plot = std::move(plot), .area = area, .grade = grade});
      if (took("grain")) c.plots.back().grain_zone = true;
      if (took("standard")) c.plots.back().high_standard = true;
    }
    return {Sender{.participant = d, .role = Role::district}, c};
  }

  Asked proposal() {
    const District who = next_place();
    const std::string route = next("seller→buyer");
    const auto arrow = route.find(kArrow);
    if (arrow == std::string::npos) throw NotUnderstood{"seller→buyer, without spaces: " + route};
    engine::command::ProposeDeal c{.seller = place(std::string_view{route}.substr(0, arrow)),
                                   .buyer = place(std::string_view{route}.substr(arrow + kArrow.size())),
                                   .legs = next_legs(),
                                   .until = {},
                                   .titles = titles_from(words_, at_),
                                   .landing = landing_from(words_, at_)};
    return {Sender{.participant = who, .role = Role::district}, c};
  }

  std::vector<engine::command::Leg> next_legs() {
    std::vector<engine::command::Leg> legs;
    while (more() && !ends_legs(words_[at_])) {
      const Instrument i = next_instrument();
      const Quantity q = quantity(i, next("quantity"));
      const bool priced = more() && words_[at_].starts_with('@');
      legs.push_back({.instrument = i, .quantity = q, .price = priced ? std::optional{next_price(i)} : std::nullopt});
    }
    return legs;
  }

  std::string outcome(const engine::Command& command, const Events& events) const {
    if (const auto refused = refusal_in(events))
      return "refused " + name_of_value(refused->reason) + rule_text(refused->rule);
    for (const auto& e : events)
      if (std::holds_alternative<engine::event::Repeated>(e)) return "repeated";
    if (std::holds_alternative<engine::command::PlaceOrder>(command) ||
        std::holds_alternative<engine::command::PlaceAtBest>(command))
      return order_outcome({market_.seq_}, events);
    if (const auto* replace = std::get_if<engine::command::ReplaceOrder>(&command))
      return order_outcome(replace->order, events);
    if (const auto* accept = std::get_if<engine::command::AcceptDeal>(&command))
      return name_of_value(market_.engine_.state().deals.at(accept->deal).state);
    return "done";
  }

  /// What became of an order that a command brought or changed.
  std::string order_outcome(OrderId id, const Events& events) const {
    const Instrument i = market_.instrument_of(id);
    if (const auto order = market_.engine_.state().market.books.find(id))
      return (order->trigger ? "waits " : "rests ") + wire::quantity(i, order->left);
    for (const auto& e : events)
      if (const auto* ended = std::get_if<engine::event::OrderEnded>(&e); ended && ended->order == id)
        return "ended " + wire::quantity(i, ended->remaining) + " " + name_of_value(ended->reason);
    return "filled";
  }

  std::string name_of_number(uint64_t n) const { return market_.name_of(n); }

  std::string holds() {
    const District d = next_place();
    const Instrument i = next_instrument();
    std::string line = "holds " + short_name(d) + " " + word_of(i);
    for (const auto& [word, purse] : asked_purses())
      line += " " + word + " " + wire::quantity(i, market_.engine_.state().ledger.land(i, d, purse));
    return line;
  }
  std::string cash() {
    const District d = next_place();
    std::string line = "cash " + short_name(d);
    for (const auto& [word, purse] : asked_purses())
      line += " " + word + " " + yuan(market_.engine_.state().ledger.money(d, purse));
    return line;
  }
  /// The purses that the rest of the line names, in its order.
  std::vector<std::pair<std::string, Purse>> asked_purses() {
    std::vector<std::pair<std::string, Purse>> out;
    for (; more(); ++at_)
      for (const auto& [word, purse] : kPurseWords)
        if (word == words_[at_]) out.emplace_back(word, purse);
    if (out.empty()) throw NotUnderstood{"names no purse"};
    return out;
  }
  std::string rests() {
    const auto id = next_name();
    std::string line = "rests " + name_of_number(id) + " ";
    const auto& books = market_.engine_.state().market.books;
    if (const auto order = books.find(OrderId{id})) {
      const Instrument i = engine::instrument_of(*books.book_of(OrderId{id}));
      line += wire::quantity(i, order->left);
      if (order->shown != order->left) line += " shown " + wire::quantity(i, order->shown);
      return line;
    }
    return line + "nothing";
  }
  engine::view::Depth depth_of(Instrument i) const {
    return std::get<engine::view::Depth>(engine::answer(market_.engine_.state(),
                                                        {.person = {}, .participant = {}, .role = Role::analyst},
                                                        engine::query::GetDepth{.instrument = i, .levels = 0}));
  }
  std::string session() {
    const Instrument i = next_instrument();
    const auto d = depth_of(i);
    std::string line = "session " + word_of(i) + " " + name_of_value(d.phase);
    for (; more(); ++at_) {
      if (words_[at_] == "close") line += " close " + price_or_none(d.previous_close);
      if (words_[at_] == "band") line += " band " + price_or_none(d.band_low) + " " + price_or_none(d.band_high);
      if (words_[at_] == "last") line += " last " + price_or_none(d.last);
    }
    return line;
  }
  std::string depth() {
    const Instrument i = next_instrument();
    const auto kind = value_named<ParticipantClass>(next("class"));
    const auto d = depth_of(i);
    std::string line = "depth " + word_of(i) + " " + name_of_value(kind);
    for (const auto& b : d.best)
      if (b.kind == kind) line += " bid " + price_or_none(b.bid) + " ask " + price_or_none(b.ask);
    return line + (d.crossed_by_rule ? " crossed" : "");
  }
  std::string deal() {
    const auto id = next_name();
    const auto at = market_.engine_.state().deals.find(DealId{id});
    if (at == market_.engine_.state().deals.end()) return "deal " + name_of_number(id) + " nothing";
    return "deal " + name_of_number(id) + " " + name_of_value(at->second.state) + " " + yuan(at->second.amount);
  }
  std::string proposal_state() {
    const auto id = next_name();
    const auto* p = market_.engine_.state().proposals.find(ProposalId{id});
    std::string line = "proposal " + name_of_number(id);
    if (!p) return line + " nothing";
    line += " " + name_of_value(p->state);
    if (const auto* now = p->current()) line += " " + name_of_value(now->step);
    return p->due ? line + " until " + wire::text_of(*p->due) : line;
  }
  std::string inbox() {
    const District d = next_place();
    Sender who = office(d);
    who.nth = static_cast<uint64_t>(number(next("number of the person"), 0));
    const auto desk = std::get<engine::view::Inbox>(engine::answer(
        market_.engine_.state(), {.person = person_of(who), .participant = who.participant, .role = who.role},
        engine::query::GetInbox{}));
    std::string line = "inbox " + short_name(d) + " " + std::to_string(who.nth);
    for (; more(); ++at_)
      for (const auto box : {engine::view::Box::to_do, engine::view::Box::running, engine::view::Box::ended}) {
        if (words_[at_] != name_of_value(box)) continue;
        line += " " + words_[at_];
        for (const auto& row : desk.rows)
          if (row.box == box) line += " " + name_of_number(row.proposal.value);
      }
    return line;
  }
  engine::view::Pool pool_view() const {
    return std::get<engine::view::Pool>(engine::answer(
        market_.engine_.state(), {.person = {}, .participant = {}, .role = Role::auditor}, engine::query::GetPool{}));
  }
  std::string waits() {
    const District d = next_place();
    const Instrument i = next_instrument();
    Quantity unpriced;
    for (const auto& line : pool_view().supplementary)
      if (line.county == d && line.instrument == i) unpriced = line.unpriced;
    return "waits " + short_name(d) + " " + word_of(i) + " " + wire::quantity(i, unpriced);
  }
  std::string reserve() {
    const District d = next_place();
    engine::view::ReserveLine found{};
    for (const auto& line : pool_view().reserve)
      if (line.county == d) found = line;
    return "reserve " + short_name(d) + " qualifying " + wire::mu(found.qualifying) + " target " +
           wire::mu(found.target) + " pooled " + wire::mu(found.pooled) + " short " + wire::mu(found.shortfall);
  }

  /// The lots of a place, first filed first.
  std::string lots() {
    const District d = next_place();
    const Instrument i = next_instrument();
    const auto where = value_named<engine::Place>(next("where"));
    std::string line = "lots " + short_name(d) + " " + word_of(i) + " " + name_of_value(where), rows;
    const auto answer =
        engine::answer(market_.engine_.state(), {.person = {}, .participant = {}, .role = Role::auditor},
                       engine::query::GetLots{.participant = d});
    for (const auto& row : std::get<engine::view::Lots>(answer).rows)
      if (row.instrument == i && row.place == where)
        rows += " " + name_of_number(row.filing.value) + " " + wire::quantity(i, row.quantity);
    return line + (rows.empty() ? " nothing" : rows);
  }
  std::string stands() {
    const auto id = next_name();
    return "stands " + name_of_number(id) + " " +
           name_of_value(market_.engine_.state().projects.all().at(ProjectId{id}).state);
  }
  std::string asks() {
    const auto id = next_name();
    const auto& r = market_.engine_.state().pool_requests.requests.at(RequestId{id});
    std::string line = "asks " + name_of_number(id) + " " + name_of_value(r.state);
    for (const Instrument i : clearing::kPooledComponents)
      if (const auto taken = clearing::part_of(r.taken, i); taken != Quantity{})
        line += " taken " + word_of(i) + " " + wire::quantity(i, taken);
    return line;
  }
  std::string available() {
    const District d = next_place();
    const Instrument i = next_instrument();
    const auto rows =
        std::get<engine::view::Availability>(
            engine::answer(market_.engine_.state(), {.person = {}, .participant = d, .role = Role::district},
                           engine::query::GetAvailable{.participant = d, .instrument = i}))
            .rows;
    if (rows.empty()) return "available " + short_name(d) + " nothing";
    const auto& r = rows.front();
    const auto q = [&](Quantity amount) { return wire::quantity(i, amount); };
    return "available " + short_name(d) + " " + word_of(i) + " " + q(r.available) + " balance " + q(r.balance) +
           " frozen " + q(r.frozen) + " lent " + q(r.lent) + " on-offer " + q(r.on_offer) + " borrowed " +
           q(r.borrowed) + (r.own_need == Quantity{} ? "" : " own-need " + q(r.own_need));
  }
  /// What one source could give to a balance now.
  std::string tier() {
    const auto id = next_name();
    const auto asked = value_named<clearing::Tier>(next("tier"));
    const std::string line = "tier " + name_of_number(id) + " " + name_of_value(asked) + " ";
    const auto answer =
        engine::answer(market_.engine_.state(), {.person = {}, .participant = {}, .role = Role::auditor},
                       engine::query::GetBalances{.county = {}});
    for (const auto& row : std::get<engine::view::Balances>(answer).rows)
      for (const auto& t : row.tiers) {
        if (row.balance.id.value != id || t.tier != asked) continue;
        const auto price = t.area_price ? on_tick(Instrument::supplementary_area, *t.area_price) : std::nullopt;
        return line + (t.open ? words_of(t.could) : "shut") + (price ? " @" + wire::price(*price) : "");
      }
    return line + "gone";
  }

  Market& market_;
  Words words_;
  size_t at_ = 0;
};

namespace {

constexpr std::array<std::string_view, 47> kKinds{
    "announced", "opened",   "decided",   "rolled",          "bidder",    "raised",     "stage",   "awarded", "trade",
    "floor",     "level",    "ended",     "lapsed",          "freed",     "pool",       "claim",   "entered", "taken",
    "replaced",  "shown",    "triggered", "moved",           "call",      "indicative", "best",    "day",     "reduced",
    "proposed",  "approval", "advanced",  "reduced-advance", "confirmed", "voided",     "deposit", "lot",     "expired",
    "overdue",   "went",     "allotted",  "request",         "product",   "registered", "flagged", "titled",  "warned",
    "filled",    "balanced"};

std::string kind_of(const std::string& line) { return line.substr(0, line.find(' ')); }

std::string listed(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& l : lines) out += "\n      " + l;
  return out.empty() ? " nothing" : out;
}

/// A command with the lines that tell what must come with it.
struct Group {
  size_t line = 0;
  std::string text;
  std::vector<std::string> expected;
  std::vector<std::string> came;
};

void compare(const Group& g, std::vector<std::string>& out) {
  for (const auto kind : kKinds) {
    std::vector<std::string> expected, came;
    bool asked = kind == "trade" || kind == "floor";
    for (const auto& e : g.expected) {
      if (kind_of(e) != kind) continue;
      asked = true;
      if (e != std::string{kind} + " nothing") expected.push_back(e);
    }
    for (const auto& c : g.came)
      if (kind_of(c) == kind) came.push_back(c);
    if (asked && expected != came)
      out.push_back("line " + std::to_string(g.line) + ": " + g.text + "\n    expected:" + listed(expected) +
                    "\n    came:" + listed(came));
  }
}

std::string recount(const engine::Engine& engine) {
  if (auto wrong = engine.audit(); !wrong.empty()) return wrong;
  const auto status = std::get<engine::view::Status>(engine::answer(
      engine.state(), {.person = {}, .participant = {}, .role = Role::auditor}, engine::query::GetStatus{}));
  for (const auto& l : status.land)
    if (l.issued != l.free + l.held + l.pooled + l.used + l.cancelled + l.frozen + l.borrowed || l.sum != Quantity{})
      return word_of(l.instrument) + ": issued is not free + held + pooled + used + cancelled + frozen + borrowed";
  return status.money_sum == Fen{} ? "" : "money does not sum to zero";
}

}  // namespace

Market::Market(const Setup& setup) {
  const auto done = [this](const Sender& who, const engine::Command& c) {
    if (const auto refused = refusal_in(send(who, c)))
      throw std::runtime_error{"the market cannot be set up: " + name_of_value(refused->reason)};
  };
  if (!setup.pack) return;
  done(landexd(), engine::command::Activate{.behaviour = engine::kBehaviour, .pack = *setup.pack});
  if (setup.venue) done(landexd(), engine::command::SetVenue{.venue = *setup.venue});
  if (!setup.accounts) return;
  const Day before = on(2024, 5, 31);
  done(bureau(), engine::command::OpenDay{.day = before});
  for (const auto& u : shipped().units) done(bureau(), engine::command::OpenAccount{.participant = u.district});
  done(bureau(), engine::command::CloseDay{.day = before});
}

engine::Envelope Market::next_envelope(const Sender& who) {
  return {.client_key = {1},
          .counter = {++counters_[{who.participant, who.role}]},
          .person = person_of(who),
          .participant = who.participant,
          .role = who.role};
}

Events Market::send(const Sender& who, const engine::Command& command) { return send(next_envelope(who), command); }

Events Market::send(const engine::Envelope& envelope, const engine::Command& command) {
  ++seq_;
  ++at_us_;
  Events events = engine_.apply({.seq = {seq_}, .at = {at_us_}, .envelope = envelope, .command = command});
  for (const auto& e : events)
    if (const auto* accepted = std::get_if<engine::event::OrderAccepted>(&e))
      instruments_[accepted->order] = accepted->instrument;
  return events;
}

Instrument Market::instrument_of(OrderId order) const {
  const auto at = instruments_.find(order);
  return at == instruments_.end() ? Instrument::supplementary_area : at->second;
}

std::string Market::name_of(uint64_t number) const {
  for (const auto& [name, value] : names_)
    if (value == number) return name;
  return "number:" + std::to_string(number);
}

std::vector<std::string> Market::mismatches(std::string_view script) {
  std::vector<std::string> out;
  Group group;
  size_t lines = 0, at = 0;
  std::istringstream in{std::string{script}};
  for (std::string text; std::getline(in, text);) {
    ++at;
    Words words = words_of(text);
    if (words.empty()) continue;
    ++lines;
    const auto differs = [&](const std::string& expected, const std::string& came) {
      std::string wrong = "line " + std::to_string(at) + ": " + joined(words);
      wrong += "\n    expected: " + expected;
      wrong += "\n    came:     " + came;
      out.push_back(std::move(wrong));
    };
    try {
      if (const auto arrow = std::ranges::find(words, kArrow); arrow != words.end()) {
        compare(group, out);
        group = {.line = at, .text = joined(words), .expected = {}, .came = {}};
        const std::string expected = joined({arrow + 1, words.end()});
        Line line{*this, {words.begin(), arrow}};
        Events events;
        if (const auto came = line.run(events); came != expected) differs(expected, came);
        group.came = told(*this, events);
        if (const auto wrong = recount(engine_); !wrong.empty()) differs("a clean audit", wrong);
      } else if (std::ranges::find(kKinds, words.front()) != kKinds.end()) {
        if (group.line == 0) throw NotUnderstood{"no command stands above it"};
        group.expected.push_back(normalized(words));
      } else {
        const auto came = Line{*this, words}.state();
        if (!came) throw NotUnderstood{"not a statement, and a command without its outcome (→)"};
        if (const auto expected = normalized(words); *came != expected) differs(expected, *came);
      }
    } catch (const NotUnderstood& e) {
      differs("a line that can be read", e.what());
    }
  }
  compare(group, out);
  if (lines == 0) out.emplace_back("the script has no line");
  return out;
}

void Market::check(std::string_view script) {
  for (const auto& wrong : mismatches(script)) ADD_FAILURE() << wrong;
}

void check(std::string_view script) { Market{}.check(script); }

}  // namespace landex::script
