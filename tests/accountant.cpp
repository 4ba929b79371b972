#include "tests/accountant.hpp"

#include <algorithm>
#include <utility>

namespace landex::testing {

namespace event = engine::event;

std::string Accountant::book(Sequence seq, const engine::Events& events) {
  for (const auto& e : events)
    if (const auto* opened = std::get_if<event::AccountOpened>(&e); opened && opened->kind == ParticipantClass::city)
      city_ = opened->participant;
  if (auto wrong = entries(events); !wrong.empty()) return wrong;
  if (auto wrong = both_legs(seq, events); !wrong.empty()) return wrong;
  if (auto wrong = between_governments(events); !wrong.empty()) return wrong;
  return corrections(seq, events);
}

std::string Accountant::entries(const engine::Events& events) {
  for (const auto& e : events) {
    if (const auto* m = std::get_if<event::MoneyMoved>(&e)) {
      if (m->amount <= Fen{}) return "an entry of money of nothing, or less";
      auto& from = money_[{m->from, m->from_purse}];
      from -= m->amount;
      money_[{m->to, m->to_purse}] += m->amount;
      if (from < Fen{} && !may_owe(m->from, m->from_purse)) return "an entry takes more money than is there";
    } else if (const auto* l = std::get_if<event::LandMoved>(&e)) {
      if (l->quantity <= Quantity{}) return "an entry of land of nothing, or less";
      auto& from = land_[{l->from, l->instrument, l->from_purse}];
      from -= l->quantity;
      land_[{l->to, l->instrument, l->to_purse}] += l->quantity;
      if (from < Quantity{} && l->from_purse != Purse::outside) return "an entry takes more land than is there";
    } else if (const auto* lot = std::get_if<event::LotMoved>(&e)) {
      if (lot->quantity <= Quantity{}) return "a lot of nothing, or less";
      if (lot->from_place != Place::outside) {
        auto& from = lots_[{lot->from, lot->instrument, lot->from_place, lot->filing}];
        from -= lot->quantity;
        if (from < Quantity{}) return "more of a filing moves than lies there";
      }
      lots_[{lot->to, lot->instrument, lot->to_place, lot->filing}] += lot->quantity;
    }
  }
  return {};
}

// P3. Every event that hands over is held against the entries of its command; what leaves the held purse of one for
// another without such an event is a leg without its other.
std::string Accountant::both_legs(Sequence seq, const engine::Events& events) {
  using Money = std::tuple<District, Purse, District, Purse, Fen, uint64_t>;
  using Land = std::tuple<Instrument, District, Purse, District, Purse, Quantity, uint64_t>;
  std::multiset<Money> money;
  std::multiset<Land> land;
  for (const auto& e : events) {
    if (const auto* m = std::get_if<event::MoneyMoved>(&e))
      money.emplace(m->from, m->from_purse, m->to, m->to_purse, m->amount, m->cause);
    if (const auto* l = std::get_if<event::LandMoved>(&e))
      land.emplace(l->instrument, l->from, l->from_purse, l->to, l->to_purse, l->quantity, l->cause);
  }
  const auto take = [](auto& entries, const auto& entry) {
    const auto at = entries.find(entry);
    if (at == entries.end()) return false;
    entries.erase(at);
    return true;
  };
  for (const auto& e : events) {
    if (const auto* p = std::get_if<event::DealProposed>(&e)) legs_[p->deal] = p->legs, titles_[p->deal] = p->titles;
    if (const auto* c = std::get_if<event::DealCountered>(&e)) legs_[c->deal] = c->legs, titles_[c->deal] = c->titles;
    if (const auto* a = std::get_if<event::Awarded>(&e)) legs_[a->deal] = a->legs;
  }
  for (const auto& e : events) {
    if (const auto* t = std::get_if<event::Traded>(&e)) {
      ++seen_.trades;
      if (!take(money, Money{t->buyer, Purse::held, t->seller, Purse::free, t->amount, seq.value}))
        return "a trade without its money";
      if (!take(land, Land{t->instrument, t->seller, Purse::held, t->buyer, Purse::free, t->quantity, seq.value}))
        return "a trade without its land";
    } else if (const auto* d = std::get_if<event::DealMoved>(&e); d && d->state == engine::DealState::settled) {
      ++seen_.deals;
      if (!take(money, Money{d->buyer, Purse::held, d->seller, Purse::free, d->amount, d->deal.value}))
        return "a settled deal without its money";
      for (const auto& leg : legs_.at(d->deal))
        if (!take(land,
                  Land{leg.instrument, d->seller, Purse::held, d->buyer, Purse::free, leg.quantity, d->deal.value}))
          return "a settled deal without the land of a leg";
      for (const auto& leg : titles_[d->deal])
        if (std::ranges::none_of(events, [&](const engine::Event& other) {
              const auto* title = std::get_if<event::TitleMoved>(&other);
              return title && title->title == leg.title && title->from == d->seller && title->to == d->buyer &&
                     title->cause == d->deal.value;
            }))
          return "a settled deal without one of its titles";
      std::erase_if(money, [&](const Money& m) {  // the fee, where there is one
        return std::get<0>(m) == d->buyer && std::get<1>(m) == Purse::held && std::get<2>(m) == *city_ &&
               std::get<3>(m) == Purse::free && std::get<5>(m) == d->deal.value;
      });
    } else if (d && d->state == engine::DealState::defaulted) {  // the deposit alone: no land, and that is the rule
      ++seen_.defaults;
      std::erase_if(money, [&](const Money& m) {
        return std::get<0>(m) == d->buyer && std::get<1>(m) == Purse::held && std::get<5>(m) == d->deal.value;
      });
    } else if (const auto* c = std::get_if<event::ClaimBooked>(&e); c && c->amount) {
      ++seen_.priced_claims;
      if (*c->amount > Fen{} &&
          !take(money, Money{*city_, Purse::claims, c->county, Purse::claims, *c->amount, c->filing.value}))
        return "a claim with a price and without its entry";
    } else if (const auto* a = std::get_if<event::AdvancePaid>(&e)) {
      ++seen_.advances;
      if (!take(money, Money{*city_, Purse::free, a->county, Purse::free, a->amount, a->advance.value}) ||
          !take(money, Money{*city_, Purse::advances, a->county, Purse::advances, a->amount, a->advance.value}))
        return "an advance without its money, or without the debt";
    }
  }
  for (const auto& e : events)
    if (const auto* l = std::get_if<event::LandMoved>(&e);
        l && l->to_purse == Purse::pool && l->from_purse == Purse::free && l->clause == policy::Clause::h66_7_2) {
      ++seen_.pooled;
      if (std::ranges::none_of(events, [&](const engine::Event& other) {
            const auto* c = std::get_if<event::ClaimBooked>(&other);
            return c && c->filing.value == l->cause && c->instrument == l->instrument && c->quantity == l->quantity;
          }))
        return "land that the city pooled without owing for it";
    }
  // A payment of what the pool owes: the cash and the claim, against each other.
  for (const auto& [from, from_purse, to, to_purse, amount, cause] : money)
    if (from_purse == Purse::claims && to_purse == Purse::claims && to == city_) {
      ++seen_.paid_claims;
      const bool cash = money.contains({to, Purse::free, from, Purse::free, amount, cause});
      const bool netted = money.contains({from, Purse::advances, to, Purse::advances, amount, cause});
      // Or its price was revoked, and it waits for another; or what was had at such a price is made good by the next.
      const bool booked_anew = std::ranges::any_of(events, [county = from](const engine::Event& e) {
        const auto* c = std::get_if<event::ClaimBooked>(&e);
        return c && c->county == county;
      });
      if (!cash && !netted && !booked_anew) return "a claim that is gone and was not paid";
    }
  for (const auto& m : money)
    if (std::get<1>(m) == Purse::held && std::get<0>(m) != std::get<2>(m))
      return "held money went to another, and nothing came for it";
  // What waited for a request, out of the city's hands into use: told, and paid for unless a row asks for nothing.
  const auto taken_over = [&](const Land& l) {
    const auto& [i, from, from_purse, to, to_purse, quantity, cause] = l;
    return from == *city_ && to_purse == Purse::used && std::ranges::any_of(events, [&](const engine::Event& e) {
             const auto* used = std::get_if<event::WrittenOff>(&e);
             return used && used->participant == to && used->instrument == i && used->quantity >= quantity;
           });
  };
  for (const auto& l : land)
    if (std::get<2>(l) == Purse::held && std::get<1>(l) != std::get<3>(l) && !taken_over(l))
      return "held land went to another, and nothing came for it";
  return {};
}

/// Through which sub-account of the city a run goes; none: from county to county.
static std::optional<clearing::Fund> fund_by_rule(clearing::RunKind kind) {
  using clearing::Fund;
  using clearing::RunKind;
  if (kind == RunKind::protection) return Fund::protection;
  if (kind == RunKind::pbf) return Fund::pbf;
  if (kind == RunKind::restoration || kind == RunKind::enclave) return {};
  return kind == RunKind::consolidation_reward ? Fund::consolidation : Fund::agriculture;
}

// A dry run moves nothing. A run is paid once, as its dry run said: one entry for each line, in their order, and no
// entry beside them; all together nobody's money is more or less. A reversal takes back exactly what its run paid.
// The city's funds move by these and by what is set apart, and never otherwise.
std::string Accountant::between_governments(const engine::Events& events) {
  std::multiset<std::pair<uint64_t, Fen>> explained;  // what may move through the city's funds: the cause, how much
  for (size_t n = 0; n < events.size(); ++n) {
    if (const auto* f = std::get_if<event::FundMoved>(&events[n])) {
      funds_[f->fund] += f->back ? -f->amount : f->amount;
      if (funds_[f->fund] != f->balance || f->balance < Fen{}) return "a fund has another balance than is told";
      const auto* m = n + 1 < events.size() ? std::get_if<event::MoneyMoved>(&events[n + 1]) : nullptr;
      const Purse from = f->back ? Purse::funds : Purse::free, to = f->back ? Purse::free : Purse::funds;
      if (!m || m->from != city_ || m->to != city_ || m->from_purse != from || m->to_purse != to ||
          m->amount != f->amount)
        return "money that is set apart, without its entry";
      explained.emplace(m->cause, m->amount);
    } else if (const auto* dry = std::get_if<event::RunReckoned>(&events[n])) {
      if (!dry_.emplace(dry->run, *dry).second) return "a run is reckoned twice";
      if (events.size() != n + 1 && std::holds_alternative<event::MoneyMoved>(events[n + 1]))
        return "a dry run that moves money";
      ++seen_.reckoned[dry->kind];
    } else if (const auto* run = std::get_if<event::RunPaid>(&events[n])) {
      const auto said = dry_.find(run->run);
      if (said == dry_.end() || said->second.lines != run->lines || said->second.total != run->total)
        return "a run pays something else than its dry run said";
      if (!paid_.emplace(run->run, *run).second) return "a run is paid twice";
      const auto fund = fund_by_rule(run->kind);
      std::map<District, Fen> more;
      Fen received;
      for (size_t i = 0; i < run->lines.size(); ++i) {
        const clearing::RunLine& line = run->lines[i];
        const auto* m = n + 1 + i < events.size() ? std::get_if<event::MoneyMoved>(&events[n + 1 + i]) : nullptr;
        const auto purse = [&](District d) { return d == city_ ? Purse::funds : Purse::free; };
        if (!m || m->from != line.from || m->to != line.to || m->amount != line.amount ||
            m->from_purse != purse(line.from) || m->to_purse != purse(line.to) || m->clause != line.clause ||
            m->cause != run->run.value)
          return "a line of a run without its entry";
        more[line.from] -= line.amount;
        more[line.to] += line.amount;
        if (line.item != clearing::LineItem::pbf_contribution) received += line.amount;
        if ((line.from == city_ || line.to == city_) != fund.has_value())
          return "a run goes through no fund, or should not";
        if (fund) funds_[*fund] += line.from == city_ ? -line.amount : line.amount;
        if (fund) explained.emplace(m->cause, m->amount);
      }
      const size_t after = n + 1 + run->lines.size();
      if (after < events.size())
        if (const auto* m = std::get_if<event::MoneyMoved>(&events[after]); m && m->cause == run->run.value)
          return "a run pays more than its lines";
      Fen sum;
      for (const auto& [who, net] : more) sum += net;
      if (sum != Fen{}) return "a run does not sum to zero";
      if (run->kind == clearing::RunKind::pbf && more[*city_] != Fen{})
        return "what is paid in is not what is paid out";
      if (received != run->total) return "the total of a run is not what is received";
      if (fund && funds_[*fund] < Fen{}) return "a run takes more out of a fund than is in it";
      ++(run->reverses ? seen_.reversed : seen_.paid)[run->kind];
      if (!run->reverses) continue;
      const auto target = paid_.find(*run->reverses);
      if (target == paid_.end() || target->second.reverses || !undone_.insert(*run->reverses).second)
        return "what is reversed was not paid, or is reversed already";
      auto back = target->second.lines;
      std::ranges::reverse(back);
      for (auto& line : back) std::swap(line.from, line.to);
      if (back != run->lines || target->second.kind != run->kind || target->second.year != run->year)
        return "a reversal does not take back what was paid";
    }
  }
  for (const auto& e : events)
    if (const auto* m = std::get_if<event::MoneyMoved>(&e);
        m && (m->from_purse == Purse::funds || m->to_purse == Purse::funds)) {
      const auto at = explained.find({m->cause, m->amount});
      if (at == explained.end()) return "the city's funds move, and nobody says why";
      explained.erase(at);
    }
  return {};
}

// P14. What undoes names what it undoes, and that came before it.
std::string Accountant::corrections(Sequence seq, const engine::Events& events) {
  // What a proposal carries is known by the number of the proposal (command.hpp): one of these made what follows.
  std::set<Sequence> makers{seq};
  for (const auto& e : events)
    if (const auto* p = std::get_if<event::ProposalMoved>(&e); p && p->state == engine::ProposalState::effective)
      makers.insert(Sequence{p->proposal.value});
  for (const auto& e : events) {
    if (const auto* f = std::get_if<event::Filed>(&e)) {
      entries_of_[f->filing] = {Sequence{f->filing.value}};
    } else if (const auto* d = std::get_if<event::Deducted>(&e)) {
      if (!entries_of_.contains(d->filing)) return "a deduction of what was never filed";
      entries_of_[d->filing].insert(makers.begin(), makers.end());
    } else if (const auto* a = std::get_if<event::Adjusted>(&e)) {
      const auto filing = entries_of_.find(a->filing);
      if (filing == entries_of_.end() || a->reverses >= seq || !filing->second.contains(a->reverses))
        return "an adjustment that names no earlier entry of its filing";
      filing->second.insert(makers.begin(), makers.end());
    } else if (const auto* p = std::get_if<event::PricePublished>(&e)) {
      if (!stands_.emplace(p->row, true).second) return "a price row is published twice";
    } else if (const auto* r = std::get_if<event::PriceRevoked>(&e)) {
      const auto row = stands_.find(r->row);
      if (row == stands_.end() || !std::exchange(row->second, false))
        return "a price row is revoked that did not stand";
    } else if (const auto* l = std::get_if<event::LandMoved>(&e); l && l->to_purse == Purse::used) {
      used_[WriteOffId{l->cause}] += l->quantity;
    } else if (const auto* back = std::get_if<event::LandRestored>(&e)) {
      const auto entry = used_.find(back->write_off);
      if (entry == used_.end()) return "what was never written off is restored";
      entry->second -= back->quantity;
      if (entry->second != back->left || back->left < Quantity{}) return "more is restored than was written off";
    }
  }
  return {};
}

std::string Accountant::differs_from(const engine::State& s) const {
  Fen money;
  std::map<Instrument, Quantity> land;
  std::map<std::tuple<District, Instrument, Place>, Quantity> places;
  for (const auto& account : s.ledger.accounts()) {
    for (size_t n = 1; n <= clearing::kPurses; ++n) {
      const auto p = static_cast<Purse>(n);
      const auto told = money_.find({account.district, p});
      if (account[p].money != (told == money_.end() ? Fen{} : told->second))
        return "a purse of money is not what was told";
      if (account[p].money < Fen{} && !may_owe(account.district, p)) return "a purse of money is below zero";
      money += account[p].money;
      for (const Instrument i : kInstruments) {
        const auto moved = land_.find({account.district, i, p});
        const Quantity q = account[p].of(i);
        if (q != (moved == land_.end() ? Quantity{} : moved->second)) return "a purse of land is not what was told";
        if (q < Quantity{} && p != Purse::outside) return "a purse of land is below zero";
        land[i] += q;
        places[{account.district, i, clearing::place_of(p)}] += q;
      }
    }
  }
  if (money != Fen{}) return "money does not sum to zero";
  Fen in_funds;
  for (const auto& [fund, told] : funds_) {
    if (told < Fen{} || s.funds.balance(fund) != told) return "a fund has not what was told";
    in_funds += told;
  }
  if (city_ && s.ledger.money(*city_, Purse::funds) != in_funds) return "the funds are not the city's purse of them";
  for (const auto& [id, run] : s.runs.all) {
    using clearing::RunState;
    const auto state = undone_.contains(id) ? RunState::reversed
                       : paid_.contains(id) ? RunState::paid
                                            : RunState::reckoned;
    if (!dry_.contains(id) || run.state != state) return "a run is not in the state that was told";
  }
  for (const auto& [i, sum] : land)
    if (sum != Quantity{}) return "land does not sum to zero";
  size_t slices = 0;
  std::string wrong;
  s.lots.for_each([&](District owner, Instrument i, Place place, const clearing::Slice& slice) {
    ++slices;
    places[{owner, i, place}] -= slice.quantity;
    const auto told = lots_.find({owner, i, place, slice.filing});
    if (told == lots_.end() || told->second != slice.quantity) wrong = "a lot is not where it was told to be";
  });
  if (!wrong.empty()) return wrong;
  if (slices !=
      static_cast<size_t>(std::ranges::count_if(lots_, [](const auto& lot) { return lot.second != Quantity{}; })))
    return "a lot that was told of is nowhere";
  for (const auto& [where, left] : places)
    if (std::get<2>(where) != Place::outside && left != Quantity{}) return "the lots of a place are not its purses";
  return {};
}

}  // namespace landex::testing
