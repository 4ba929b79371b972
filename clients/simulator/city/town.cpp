#include "clients/simulator/city/town.hpp"

#include <algorithm>
#include <cassert>

#include "clients/simulator/city/amounts.hpp"
#include "clients/simulator/city/rules.hpp"

namespace landex::simulator {
namespace {

using clearing::Purse;

constexpr uint32_t kCity = 330'100;
bool is_cash(Purse p) { return p == Purse::free || p == Purse::held; }

}  // namespace

void Town::begin() {
  const auto& units = scenario->units;
  parties.resize(units.size());
  place_.fill(UINT8_MAX);
  for (uint32_t n = 0; n < units.size(); ++n) {
    auto slices_kept = std::move(parties[n].slices);
    slices_kept.clear();
    parties[n] = {.district = units[n].district,
                  .kind = {},
                  .unit = n,
                  .slices = std::move(slices_kept),
                  .kept_linked = {},
                  .inventory = {},
                  .inventory_cost = {},
                  .lacks = {},
                  .left = {},
                  .needs = {}};
    if (const uint32_t at = units[n].district.raw() - kCity; at < place_.size()) place_[at] = static_cast<uint8_t>(n);
  }
  for (uint32_t n = 0; n < now.count(Factor::speculators); ++n)
    parties.push_back({.district = speculator(n),
                       .kind = ParticipantClass::urban,
                       .unit = kNone,
                       .slices = {},
                       .kept_linked = {},
                       .inventory = {},
                       .inventory_cost = {},
                       .lacks = {},
                       .left = {},
                       .needs = {}});
  projects.clear();
  slices.clear();
  quotes.clear();
  shouts.clear();
  quote_at_.clear();
  first_number_ = 0;
  session = 0;
  traded = false;
  tally.begin(parties.size() + 1);
}

uint32_t Town::party_of(District d) const {
  if (const uint32_t at = d.raw() - kCity; at < place_.size() && place_[at] != UINT8_MAX) return place_[at];
  if (d == world.city()) return static_cast<uint32_t>(parties.size());
  const auto at = std::ranges::find(parties, d, &Party::district);
  return static_cast<uint32_t>(at - parties.begin());
}

bool Town::district(uint32_t party, engine::Command c) {
  return book(world.district(parties[party].district, std::move(c)));
}
bool Town::bureau(engine::Command c) { return book(world.bureau(std::move(c))); }
bool Town::second_bureau(engine::Command c) { return book(world.second_bureau(std::move(c))); }

bool Town::tick() { return book(world.send(world.city(), engine::Role::system, engine::command::Tick{})); }

bool Town::through_chain(uint32_t party, engine::Subject subject) {
  namespace command = engine::command;
  command::Propose proposal{.subject = std::move(subject), .reason = "sim", .document = "sim"};
  const bool by_bureau = party == kNone;
  if (!(by_bureau ? bureau(std::move(proposal)) : district(party, std::move(proposal)))) return false;
  const ProposalId id{world.last().value};
  const auto& kept = *world.state().proposals.find(id);
  const auto decide = [&] {
    return command::DecideProposal{
        .proposal = id, .verdict = engine::StepVerdict::pass, .reason = "sim", .document = "sim"};
  };
  // The bureau's two people take turns: no step is its proposer's, nor that of who decided the step before.
  for (bool first = !by_bureau; kept.state == engine::ProposalState::under_review; first = !first)
    if (!(first ? bureau(decide()) : second_bureau(decide()))) return false;
  return kept.state == engine::ProposalState::effective;
}

bool Town::book(const engine::Events& events) {
  for (const auto& e : events) {
    if (const auto* m = std::get_if<engine::event::MoneyMoved>(&e)) {
      if (m->from == m->to) continue;
      const uint32_t from = party_of(m->from), to = party_of(m->to);
      const auto city = static_cast<uint32_t>(parties.size());
      if (!is_cash(m->from_purse) || !is_cash(m->to_purse)) continue;
      tally.transfers[from * (parties.size() + 1) + to] += m->amount.raw();
      if (m->clause == policy::Clause::h66_7_4) {
        if (from == city) tally.parties[to].pool_received += m->amount.raw();
        if (to == city) tally.parties[from].pool_paid += m->amount.raw();
      } else if (m->clause == policy::Clause::h66_7_5) {
        if (from == city) tally.parties[to].advance += m->amount.raw();
        if (to == city) tally.parties[from].advance_repaid += m->amount.raw();
      }
    } else if (const auto* t = std::get_if<engine::event::Traded>(&e)) {
      const auto *buy = quote_of(t->buy_order.value), *sell = quote_of(t->sell_order.value);
      assert(buy && sell);
      trade(t->instrument, static_cast<uint32_t>(buy - quotes.data()), static_cast<uint32_t>(sell - quotes.data()),
            t->buyer, t->seller, t->quantity, t->price, t->amount);
    } else if (const auto* a = std::get_if<engine::event::Awarded>(&e)) {
      const auto *buy = quote_of(a->deal.value), *sell = quote_of(a->auction.value);
      assert(buy && sell);
      const auto& leg = a->legs.front();
      trade(leg.instrument, static_cast<uint32_t>(buy - quotes.data()), static_cast<uint32_t>(sell - quotes.data()),
            a->buyer, a->seller, leg.quantity, *on_tick(leg.instrument, *leg.price), a->amount);
    } else if (const auto* ended = std::get_if<engine::event::OrderEnded>(&e)) {
      if (const auto* q = quote_of(ended->order.value)) end_quote(static_cast<uint32_t>(q - quotes.data()));
    }
  }
  return world.refused() == nullptr;
}

void Town::trade(Instrument i, uint32_t buy, uint32_t sell, District buyer, District seller, Quantity q, Price price,
                 Fen amount) {
  Quote &b = quotes[buy], &s = quotes[sell];
  Party &to = parties[b.party], &from = parties[s.party];
  traded = true;
  ++tally.trades;
  shouts.emplace_back(i, Shout{.side = b.id > s.id ? Side::buy : Side::sell, .price = price, .traded = true});
  const bool linkage = i == Instrument::linkage;
  if (b.intent == Intent::buy_for_project) {
    to.lacks[linkage] -= q;
    if (!linkage) to.needs -= q;
    auto& p = projects[b.item];
    if (i == Instrument::linkage) {
      p.linkage += q;
      p.linkage_bought += q;
    } else {
      p.bought += q;
      p.to_use += q;
      p.paid += amount;
    }
  } else {
    to.inventory += q;
    to.inventory_cost += amount;
  }
  if (s.intent == Intent::sell_slice) {
    Quantity rest = q;
    from.left[linkage] -= q;
    const auto take = [&](Slice& slice) {
      const Quantity part = std::min(slice.left, rest);
      slice.left -= part;
      slice.sold += part;
      rest -= part;
    };
    take(slices[s.item]);  // what an auction offered beyond it is other land of the same seller
    for (const uint32_t n : from.slices)
      if (rest > Quantity{} && slices[n].instrument == i) take(slices[n]);
  } else {
    from.inventory_cost -=
        Fen::fen(static_cast<int64_t>(static_cast<double>(from.inventory_cost.raw()) * static_cast<double>(q.raw()) /
                                      static_cast<double>(from.inventory.raw())));
    from.inventory -= q;
  }
  auto& told = tally.sessions[session - 1][index_of(i)];
  told.quantity += q.raw();
  told.money += amount.raw();
  if (i == Instrument::linkage) {
    tally.linkage_quantity += q.raw();
    tally.linkage_money += amount.raw();
  } else {
    auto &pays = tally.parties[b.party], &gets = tally.parties[s.party];
    pays.bought += q.raw();
    pays.paid += amount.raw();
    gets.sold += q.raw();
    gets.received += amount.raw();
    tally.last_price = price;
    const auto& state = world.state();
    if (engine::route_of(state, i, seller, buyer, day)) {
      told.route_quantity += q.raw();
      told.route_money += amount.raw();
    }
  }
  b.left -= std::min(q, b.left);
  s.left -= std::min(q, s.left);
  if (b.left == Quantity{}) end_quote(buy);
  if (s.left == Quantity{}) end_quote(sell);
}

/// Auctions sell lot by lot. A listing goes to one buyer: no more than half of a project of mean size, so that a
/// project can take it whole. Sealed bids share a lot at one price: four projects of mean size, so that they compete.
Quantity Town::lot() const {
  const auto m = now.choice<Mechanism>(Factor::mechanism);
  if (m != Mechanism::sealed && m != Mechanism::listing) return kMaxQuantity;
  Quantity sum;
  for (const auto& p : projects) sum += p.plan.need;
  const auto count = static_cast<int64_t>(projects.size());
  if (count == 0) return kMaxQuantity;
  const int64_t mean = sum.raw() / count;
  return Quantity::from_raw(std::max(m == Mechanism::sealed ? 4 * mean : mean / 2, int64_t{1}));
}

uint32_t Town::add_slice(Slice s) {
  for (const Quantity most = lot(); s.left > most && s.sold + s.used == Quantity{};) {
    Slice part = s;
    part.size = part.left = most;
    s.left -= most;
    s.size = s.left;
    parties[s.party].slices.push_back(static_cast<uint32_t>(slices.size()));
    slices.push_back(part);
  }
  const auto n = static_cast<uint32_t>(slices.size());
  parties[s.party].slices.push_back(n);
  slices.push_back(s);
  return n;
}

uint32_t Town::add_quote(Quote q) {
  const auto n = static_cast<uint32_t>(quotes.size());
  if (quotes.empty()) {
    first_number_ = q.id;
    quote_at_.clear();
  }
  quote_at_.resize(q.id - first_number_ + 1, kNone);
  quote_at_.back() = n;
  if (q.intent == Intent::buy_for_project)
    projects[q.item].quote[q.instrument == Instrument::linkage] = n;
  else if (q.intent == Intent::sell_slice)
    slices[q.item].quote = n;
  quotes.push_back(q);
  return n;
}

const Quote* Town::quote_of(uint64_t id) const {
  if (id < first_number_ || id - first_number_ >= quote_at_.size()) return nullptr;
  const uint32_t n = quote_at_[id - first_number_];
  return n == kNone ? nullptr : &quotes[n];
}

void Town::end_quote(uint32_t quote) {
  Quote& q = quotes[quote];
  q.live = false;
  if (q.intent == Intent::buy_for_project) {
    auto& at = projects[q.item].quote[q.instrument == Instrument::linkage];
    if (at == quote) at = kNone;
  } else if (q.intent == Intent::sell_slice) {
    auto& at = slices[q.item].quote;
    if (at == quote) at = kNone;
  }
}

void Town::end_quotes() {
  for (uint32_t n = 0; n < quotes.size(); ++n)
    if (quotes[n].live) end_quote(n);
  quotes.clear();
  quote_at_.clear();
}

Price Town::outside_cost() const { return price_of(outside_price * (1 + now[Factor::outside_premium])); }

Price Town::limit_of(const ProjectState& p, Instrument i) const {
  const Price pair = Price::ticks(p.plan.value.raw() + p.plan.linkage_value.raw());
  if (i == Instrument::linkage)
    return p.lacks() == Quantity{} ? pair : p.plan.linkage_value;  // what is spent on the other leg is spent
  const Price worth = p.plan.linked && p.lacks_linkage() == Quantity{} ? pair : p.plan.value;
  return outside_open ? std::min(worth, outside_cost()) : worth;
}

Quantity Town::own_need(const Party& p) const {
  Quantity sum;
  for (uint32_t n = p.first_project; n < p.last_project; ++n)
    if (!projects[n].over) sum += projects[n].lacks();
  return sum + p.kept_linked;
}

void Town::begin_trading() {
  for (Party& p : parties) {
    p.needs = p.kept_linked;
    p.lacks = p.left = {};
    for (uint32_t n = p.first_project; n < p.last_project; ++n) {
      const auto& project = projects[n];
      if (project.over) continue;
      const Quantity lacks = project.lacks();
      p.needs += lacks;
      if (!project.begun) continue;
      p.lacks[0] += lacks;
      p.lacks[1] += project.lacks_linkage();
    }
    for (const uint32_t n : p.slices) p.left[slices[n].instrument == Instrument::linkage] += slices[n].left;
  }
}

Quantity Town::spare(const Party& p, Instrument i) const {
  Quantity sum;
  for (const uint32_t n : p.slices)
    if (slices[n].instrument == i) {
      const auto& s = slices[n];
      sum += s.left - (s.quote == kNone ? Quantity{} : std::min(quotes[s.quote].left, s.left));
    }
  return sum;
}

Quantity Town::use_spare(Party& p, Instrument i, Quantity q) {
  Quantity bought;
  for (const uint32_t n : p.slices) {
    auto& s = slices[n];
    if (s.instrument != i || q == Quantity{}) continue;
    const Quantity part = std::min(s.left, q);
    s.left -= part;
    s.used += part;
    q -= part;
    if (!s.made) bought += part;
  }
  assert(q == Quantity{});
  return bought;
}

}  // namespace landex::simulator
