#include "clients/simulator/counterfactual/counterfactual.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>

#include "clients/simulator/counterfactual/causes.hpp"
#include "clients/simulator/counterfactual/changes.hpp"
#include "clients/simulator/counterfactual/compare.hpp"
#include "clients/simulator/counterfactual/subjects.hpp"
#include "exchange/engine/engine.hpp"
#include "exchange/journal/reader.hpp"
#include "exchange/sequencer/replica.hpp"
#include "exchange/wire/codec.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;
namespace event = engine::event;
using clearing::Purse;
using engine::Reason;
using engine::Refusal;

/// Cash, as against what is only owed.
bool is_cash(Purse p) { return p == Purse::free || p == Purse::held || p == Purse::funds; }

/// What happened in one world, added up.
struct World {
  WorldTotals totals;
  std::map<std::tuple<District, District, Asset>, int64_t> transfers;

  void add(const engine::Events& events, const engine::State& state) {
    refusal_of(events) ? ++totals.refused : ++totals.done;
    for (const auto& e : events) {
      if (const auto* m = std::get_if<event::MoneyMoved>(&e)) {
        if (m->from != m->to && is_cash(m->from_purse) && is_cash(m->to_purse))
          transfers[{m->from, m->to, Asset{}}] += m->amount.raw();
      } else if (const auto* l = std::get_if<event::LandMoved>(&e)) {
        if (l->from != l->to) transfers[{l->from, l->to, l->instrument}] += l->quantity.raw();
      } else if (const auto* t = std::get_if<event::Traded>(&e)) {
        auto& sum = totals.turnover[index_of(t->instrument)];
        ++sum.trades;
        sum.quantity += t->quantity.raw();
        sum.fen += t->amount.raw();
      } else if (const auto* d = std::get_if<event::DealMoved>(&e); d && d->state == engine::DealState::settled) {
        const auto deal = state.deals.find(d->deal);
        if (deal == state.deals.end() || deal->second.legs.empty()) continue;
        const auto& legs = deal->second.legs;
        auto& sum = totals.turnover[index_of(legs.front().instrument)];
        ++sum.trades;
        sum.fen += d->amount.raw();
        for (const auto& leg : legs) totals.turnover[index_of(leg.instrument)].quantity += leg.quantity.raw();
      }
    }
  }

  void close(const engine::State& state) {
    for (const Instrument i : kInstruments) totals.pooled[index_of(i)] = state.ledger.total(Purse::pool).of(i);
    for (const auto& a : state.ledger.accounts()) {
      if (a.kind == ParticipantClass::city) continue;
      totals.owed += a[Purse::claims].money;
      totals.advanced += a[Purse::advances].money;
    }
  }
};

class Comparison {
 public:
  Comparison(const Changes& changes, CounterfactualSink& sink, const wire::PlaceNames& places)
      : changes_{changes}, causes_{changes}, sink_{sink}, places_{places}, now_{std::make_unique<engine::Engine>()} {}

  /// One command: what it was, and what came of it.
  std::optional<CounterfactualFault> step(const engine::Stamped& c, const engine::Events& was,
                                          const engine::State& state_was) {
    ++summary_.commands;
    if (!summary_.from) summary_.from = c.at;
    summary_.until = c.at;
    count_behaviour(c);
    const auto changed = changes_.changed(c.command);
    const engine::Events& now = apply(c, changed);
    was_.add(was, state_was);
    now_world_.add(now, now_->state());
    const EventDifference d = differing(was, now);
    if (changed && !refusal_of(was))
      if (const auto* refusal = refusal_of(now); refusal && is_the_change(*refusal, c.command))
        return not_taken(c.seq, *refusal);
    if (d.none()) return {};
    if (d.was.empty() && d.now.empty()) {
      ++summary_.public_only;
      return {};
    }
    if (auto wrong = tell_trades(c.seq, d, state_was)) return wrong;
    const bool the_change_itself = changed && !refusal_of(was) && !refusal_of(now);
    if (!the_change_itself)
      if (auto wrong = tell_command(c, was, now, d)) return wrong;
    causes_.remember(c, d, (refusal_of(was) == nullptr) != (refusal_of(now) == nullptr), the_change_itself);
    feel(c, d, the_change_itself);
    return {};
  }

  std::expected<CounterfactualSummary, CounterfactualFault> finish(const engine::Engine& was) {
    if (std::string wrong = now_->audit(); !wrong.empty()) return std::unexpected{ours(wrong)};
    was_.close(was.state());
    now_world_.close(now_->state());
    summary_.was = was_.totals;
    summary_.now = now_world_.totals;
    summary_.changes = changes_.values();
    if (auto wrong = tell_balances(was.state().ledger, now_->state().ledger)) return std::unexpected{*wrong};
    auto pairs = was_.transfers;
    for (const auto& [key, amount] : now_world_.transfers) pairs.try_emplace(key, 0);
    for (const auto& [key, amount] : pairs) {
      const auto at = now_world_.transfers.find(key);
      const int64_t then = at == now_world_.transfers.end() ? 0 : at->second;
      const auto& [from, to, asset] = key;
      if (then != amount)
        summary_.transfers.push_back({.from = from, .to = to, .instrument = asset, .was = amount, .now = then});
    }
    summary_.behaviour.participants = affected_.size();
    return std::move(summary_);
  }

 private:
  static CounterfactualFault ours(const std::string& what) {
    return {.zh = fmt::format("改变后的重放自查不符（本系统的错误，请连同账本报告）：{}", what),
            .en = fmt::format("the changed replay fails its own recount, which is our error; report it with the "
                              "journal: {}",
                              what)};
  }

  const engine::Events& apply(const engine::Stamped& c, const std::optional<Changes::Changed>& changed) {
    if (!changed) return now_->apply(c);
    if (!changed->command) return nothing_;
    engine::Stamped other = c;
    other.command = *changed->command;
    return now_->apply(other);
  }

  /// The engine does not take the value itself: then there is no such world.
  static bool is_the_change(const Refusal& refusal, const engine::Command& c) {
    if (std::holds_alternative<command::Activate>(c) || std::holds_alternative<command::SetProfile>(c)) return true;
    return refusal.reason == Reason::value_out_of_range || refusal.reason == Reason::price_off_tick;
  }
  std::optional<CounterfactualFault> not_taken(Sequence seq, const Refusal& refusal) const {
    const auto told = wire::tell(refusal, places_);
    return CounterfactualFault{
        .zh = fmt::format("第 {} 号命令改变后被拒绝，故无此情形：[{}] {}{}", seq.value, told.rule, told.zh,
                          told.way_out_zh),
        .en = fmt::format("command {} is refused with the changed value, so there is no such world: [{}] {} {}",
                          seq.value, told.rule, told.en, told.way_out_en)};
  }

  void count_behaviour(const engine::Stamped& c) {
    if (!summary_.behaviour.first || c.envelope.role != engine::Role::district) return;
    ++summary_.behaviour.later;
    if (affected_.contains(c.envelope.participant)) ++summary_.behaviour.affected;
  }

  // ---- Trades and deals

  struct Known {
    std::optional<DealId> deal;
    std::optional<OrderId> buy, sell;
    friend auto operator<=>(const Known&, const Known&) = default;
  };
  struct Told {
    TradeDifference row;  // without change, was, now
    TradeTerms terms;
  };

  static std::multimap<Known, Told> trades_of(Sequence seq, const std::vector<const engine::Event*>& events,
                                              const engine::State& state) {
    std::multimap<Known, Told> out;
    for (const auto* e : events) {
      if (const auto* t = std::get_if<event::Traded>(e)) {
        TradeDifference row{.seq = seq,
                            .deal = {},
                            .buy_order = t->buy_order,
                            .sell_order = t->sell_order,
                            .instrument = t->instrument,
                            .buyer = t->buyer,
                            .seller = t->seller,
                            .was = {},
                            .now = {}};
        out.emplace(Known{.deal = {}, .buy = t->buy_order, .sell = t->sell_order},
                    Told{.row = row, .terms = {.quantity = t->quantity, .price = t->price, .amount = t->amount}});
      } else if (const auto* d = std::get_if<event::DealMoved>(e); d && d->state == engine::DealState::settled) {
        TradeDifference row{.seq = seq,
                            .deal = d->deal,
                            .buy_order = {},
                            .sell_order = {},
                            .instrument = kInstruments.front(),
                            .buyer = d->buyer,
                            .seller = d->seller,
                            .was = {},
                            .now = {}};
        TradeTerms terms{.quantity = {}, .price = {}, .amount = d->amount};
        if (const auto deal = state.deals.find(d->deal); deal != state.deals.end() && !deal->second.legs.empty()) {
          const auto& first = deal->second.legs.front();
          row.instrument = first.instrument;
          terms.quantity = first.quantity;
          if (deal->second.legs.size() == 1 && first.price) terms.price = on_tick(first.instrument, *first.price);
        }
        out.emplace(Known{.deal = d->deal, .buy = {}, .sell = {}}, Told{.row = row, .terms = terms});
      }
    }
    return out;
  }

  std::optional<CounterfactualFault> tell_trades(Sequence seq, const EventDifference& d,
                                                 const engine::State& state_was) {
    const auto was = trades_of(seq, d.was, state_was);
    auto now = trades_of(seq, d.now, now_->state());
    const auto tell = [&](TradeDifference row, TradeChange change, std::optional<TradeTerms> before,
                          std::optional<TradeTerms> after) {
      row.change = change;
      row.was = before;
      row.now = after;
      ++summary_.trades[change];
      return sink_.trade(row);
    };
    for (const auto& [known, told] : was) {
      const auto other = now.find(known);
      if (other == now.end()) {
        if (auto wrong = tell(told.row, TradeChange::gone, told.terms, {})) return wrong;
        continue;
      }
      const TradeTerms after = other->second.terms;
      now.erase(other);
      if (after == told.terms) continue;  // only its place among the trades of the command is another
      if (auto wrong = tell(told.row, TradeChange::changed, told.terms, after)) return wrong;
    }
    for (const auto& [known, told] : now)
      if (auto wrong = tell(told.row, TradeChange::added, {}, told.terms)) return wrong;
    return {};
  }

  // ---- Commands and their causes

  /// Why something inside a command could not be done: a proposal or a deal that became void.
  static const Refusal* inner_refusal(const std::vector<const engine::Event*>& events) {
    for (const auto* e : events) {
      if (const auto* p = std::get_if<event::ProposalMoved>(e); p && p->refusal) return &*p->refusal;
      if (const auto* v = std::get_if<event::DealVoided>(e); v && v->refusal) return &*v->refusal;
    }
    return nullptr;
  }

  std::optional<CounterfactualFault> tell_command(const engine::Stamped& c, const engine::Events& was,
                                                  const engine::Events& now, const EventDifference& d) {
    const Refusal* refused_was = refusal_of(was);
    const Refusal* refused_now = refusal_of(now);
    CommandDifference row{.seq = c.seq,
                          .at = c.at,
                          .who = c.envelope,
                          .kind = std::string{kind_of(c.command)},
                          .subject = subject_of(c.command),
                          .was = {},
                          .now = {},
                          .because = {}};
    if (refused_was && refused_now)
      row.change = CommandChange::refused_otherwise;
    else if (refused_now)
      row.change = CommandChange::refused_now;
    else if (refused_was)
      row.change = CommandChange::done_now;
    else
      row.change = CommandChange::done_otherwise;
    const bool done = row.change == CommandChange::done_otherwise;
    if (done) refused_was = inner_refusal(d.was);
    if (done) refused_now = inner_refusal(d.now);
    if (refused_was) row.was = *refused_was;
    if (refused_now) row.now = *refused_now;
    row.because = causes_.chain_of(c, refused_now ? refused_now : refused_was, d);
    ++summary_.differences[{row.subject, row.change}];
    if (row.because.empty()) ++summary_.first_order[row.change];
    return sink_.command(row);
  }

  /// Who has more, less or another answer from here on.
  void feel(const engine::Stamped& c, const EventDifference& d, bool the_change_itself) {
    Named named;
    for (const auto* events : {&d.was, &d.now})
      for (const auto* e : *events) add_names(*e, named);
    if (!the_change_itself && c.envelope.role == engine::Role::district) named.places.insert(c.envelope.participant);
    for (const District place : named.places)
      if (const auto seat = now_->state().ledger.seat_of(place);
          !seat || now_->state().ledger.account(*seat).kind != ParticipantClass::city)
        affected_.insert(place);
    if (!affected_.empty() && !summary_.behaviour.first) summary_.behaviour.first = c.seq;
  }

  /// By the ledgers; the entries that differed must say the same.
  std::optional<CounterfactualFault> tell_balances(const clearing::Ledger& was, const clearing::Ledger& now) {
    std::set<District> who;
    for (const auto* ledger : {&was, &now})
      for (const auto& a : ledger->accounts()) who.insert(a.district);
    const auto amount = [](const clearing::Ledger& ledger, District d, Purse p, Asset asset) -> int64_t {
      if (!ledger.is_open(d)) return 0;
      return asset ? ledger.land(*asset, d, p).raw() : ledger.money(d, p).raw();
    };
    std::vector<Asset> assets{Asset{}};
    for (const Instrument i : kInstruments) assets.emplace_back(i);
    size_t told = 0;
    for (const District d : who)
      for (size_t p = 1; p <= clearing::kPurses; ++p)
        for (const Asset asset : assets) {
          const auto purse = static_cast<Purse>(p);
          const int64_t before = amount(was, d, purse, asset), after = amount(now, d, purse, asset);
          if (before == after) continue;
          const auto entries = causes_.purses().find({d, purse, asset});
          if (entries == causes_.purses().end() || entries->second.more != after - before)
            return ours(fmt::format("{} purse {}: {} → {}", d.raw(), p, before, after));
          summary_.balances.push_back(
              {.participant = d, .purse = purse, .instrument = asset, .was = before, .now = after});
          ++told;
        }
    if (told != causes_.purses().size()) return ours("entries without a balance");
    return {};
  }

  const Changes& changes_;
  Causes causes_;
  CounterfactualSink& sink_;
  const wire::PlaceNames& places_;
  std::unique_ptr<engine::Engine> now_;
  const engine::Events nothing_;
  CounterfactualSummary summary_;
  World was_, now_world_;
  std::set<District> affected_;
};

CounterfactualFault damaged(const journal::Damage& d) { return {.zh = d.text_zh, .en = d.text_en}; }

std::expected<Survey, CounterfactualFault> survey(host::Disk& disk, const std::string& dir) {
  Survey out;
  const auto read = journal::read(disk, dir, [&](const journal::Batch& b) -> std::expected<void, std::string> {
    uint64_t number = b.first;
    for (const auto& record : b.records) {
      const auto c = wire::decode_record({reinterpret_cast<const char*>(record.data()), record.size()});
      if (!c) return std::unexpected{fmt::format("record {} cannot be read: {}", number, c.error().en)};
      out.see(*c);
      ++number;
    }
    return {};
  });
  if (!read) return std::unexpected{damaged(read.error())};
  if (out.commands() == 0)
    return std::unexpected{CounterfactualFault{
        .zh = fmt::format("{} 中没有账本，或账本没有命令：请指明 landexd 的数据目录", dir),
        .en = fmt::format("{} holds no journal, or one without a command: name the data directory of a landexd", dir)}};
  return out;
}

}  // namespace

std::expected<CounterfactualSummary, CounterfactualFault> run_counterfactual(host::Disk& disk, const std::string& dir,
                                                                             std::span<const std::string> changes,
                                                                             std::span<const host::PolicyBook> books,
                                                                             CounterfactualSink& sink) {
  const auto surveyed = survey(disk, dir);
  if (!surveyed) return std::unexpected{surveyed.error()};
  const auto read_changes = Changes::read(changes, *surveyed, books);
  if (!read_changes) return std::unexpected{read_changes.error()};
  return compare(disk, dir, *read_changes, books, sink);
}

std::expected<CounterfactualSummary, CounterfactualFault> compare(host::Disk& disk, const std::string& dir,
                                                                  const Changes& changes,
                                                                  std::span<const host::PolicyBook> books,
                                                                  CounterfactualSink& sink) {
  wire::PlaceNames places;
  for (const auto& b : books)
    for (const auto& u : b.units) places[u.district] = {.zh = u.zh, .en = u.en};
  Comparison comparison{changes, sink, places};
  sequencer::Replica as_was;
  std::optional<CounterfactualFault> wrong;
  const auto seen = [&](const engine::Stamped& c, const engine::Events& events) {
    if (!wrong) wrong = comparison.step(c, events, as_was.state());
  };
  const auto read = journal::read(disk, dir, [&](const journal::Batch& b) -> std::expected<void, std::string> {
    if (auto replayed = as_was.replay(b, seen); !replayed) return replayed;
    if (wrong) return std::unexpected{std::string{"stopped"}};
    return {};
  });
  if (wrong) return std::unexpected{*wrong};
  if (!read) return std::unexpected{damaged(read.error())};
  if (const std::string bad = as_was.engine().audit(); !bad.empty())
    return std::unexpected{
        CounterfactualFault{.zh = fmt::format("账本重算不符：{}；先用 landexd audit 查明", bad),
                            .en = fmt::format("the journal's recount is wrong: {}; find out why with "
                                              "landexd audit first",
                                              bad)}};
  return comparison.finish(as_was.engine());
}

}  // namespace landex::simulator
