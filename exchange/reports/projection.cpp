#include "exchange/reports/projection.hpp"

#include <boost/type_index.hpp>

namespace landex::reports {

namespace event = engine::event;

namespace {

/// Purse and asset as one number, for the key of a balance.
constexpr size_t kAssets = 1 + kInstruments.size();
constexpr size_t kMoney = 0;
constexpr size_t asset_of(Instrument i) { return 1 + index_of(i); }

/// "PlaceOrder", as in the schema.
std::string_view kind_of(const engine::Command& c) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, engine::CommandList>>([&](auto one) {
      const std::string name = boost::typeindex::type_id<typename decltype(one)::type>().pretty_name();
      all.push_back(name.substr(name.rfind(':') + 1));
    });
    return all;
  }();
  return names[c.index()];
}

std::optional<policy::Clause> rule_of(const std::optional<engine::Refusal>& r) { return r ? r->rule : std::nullopt; }
std::optional<engine::Reason> reason_of(const std::optional<engine::Refusal>& r) {
  return r ? std::optional{r->reason} : std::nullopt;
}

}  // namespace

Projector::Projector(wire::PlaceNames names) : projection_{std::make_unique<Projection>(std::move(names))} {}
Projector::~Projector() = default;
Projector::Projector(Projector&&) noexcept = default;
Projector& Projector::operator=(Projector&&) noexcept = default;
void Projector::apply(const engine::Stamped& command, const engine::Events& events) {
  projection_->apply(command, events);
}
Progress Projector::at() const { return projection_->at(); }
std::vector<Row> Projector::take() { return projection_->take(); }
void Projector::discard() { (void)projection_->take(); }
size_t Projector::waiting() const { return projection_->waiting(); }

void Projector::Projection::apply(const engine::Stamped& c, const engine::Events& events) {
  at_ = {.seq = c.seq.value, .at_us = c.at.us};
  command_ = &c;
  idx_ = parts_ = 0;
  refused_.reset();
  repeats_.reset();
  const Value day_before = day_text_;
  for (const auto& e : events) {
    std::visit(
        [this](const auto& what) {
          if constexpr (requires { on(what); }) on(what);
        },
        e);
    ++idx_;
  }
  // The day on which it was asked: of what opens a day the one that it opened.
  add(TableId::commands, c.seq, c.at.us, std::holds_alternative<std::monostate>(day_before) ? day_text_ : day_before,
      c.envelope.person, c.envelope.participant, c.envelope.role, kind_of(c.command), reason_of(refused_),
      rule_of(refused_), repeats_);
  command_ = nullptr;
}

std::vector<Row> Projector::Projection::take() {
  tell_kept();
  tell_market();
  tell_registry();
  tell_governments();
  return std::exchange(rows_, {});
}

// ---- what became of the command ----

void Projector::Projection::on(const event::Refused& e) { refused_ = e.refusal; }
void Projector::Projection::on(const event::Repeated& e) {
  repeats_ = e.first;
  refused_ = e.refusal;
}

// ---- rules and days ----

void Projector::Projection::on(const event::Activated& e) {
  const auto* c = std::get_if<engine::command::Activate>(&command_->command);
  if (!c) return;  // a pack comes with its own command alone
  add(TableId::policy, at_.seq, at_.at_us, e.rule_set, e.behaviour, c->pack.from, c->pack.until);
  for (const auto& u : c->pack.units) {
    const auto name = names_.find(u.district);
    add(TableId::units, u.district, u.from, u.until, name == names_.end() ? std::string{} : name->second.zh,
        name == names_.end() ? std::string{} : name->second.en, u.kind);
  }
  for (const Instrument i : kInstruments)
    add(TableId::instruments, i, name_of(i).zh, name_of(i).en, counted_in_kg(i) ? "kg" : "0.0001 mu",
        counted_in_kg(i) ? "1 fen per kg" : "100 yuan per mu");
}

void Projector::Projection::on(const event::DayOpened& e) { day_text_ = value(e.day); }
void Projector::Projection::on(const event::DayClosed&) { day_text_ = Value{}; }
void Projector::Projection::on(const event::AccountOpened& e) { account(e.participant).kind = e.kind; }

// ---- the ledgers ----

void Projector::Projection::move(District unit, engine::Purse purse, size_t asset, int64_t by) {
  const size_t place = std::to_underlying(purse) - 1u;
  int64_t& amount = account(unit).purses[place][asset];
  amount = checked_add(amount, by);
  balances_.change({unit.raw(), place * kAssets + asset}).updated = at_.seq;
}

void Projector::Projection::on(const event::MoneyMoved& e) {
  move(e.from, e.from_purse, kMoney, -e.amount.raw());
  move(e.to, e.to_purse, kMoney, e.amount.raw());
  fact(TableId::money_entries, e.from, e.from_purse, e.to, e.to_purse, e.amount, e.clause, e.cause);
}

void Projector::Projection::on(const event::LandMoved& e) {
  move(e.from, e.from_purse, asset_of(e.instrument), -e.quantity.raw());
  move(e.to, e.to_purse, asset_of(e.instrument), e.quantity.raw());
  fact(TableId::land_entries, e.instrument, e.from, e.from_purse, e.to, e.to_purse, e.quantity, e.clause, e.cause);
  if (e.from_purse == engine::Purse::pool || e.to_purse == engine::Purse::pool) pool_move(e);
}

void Projector::Projection::on(const event::LotMoved& e) {
  fact(TableId::lot_entries, e.instrument, e.filing, e.from, e.from_place, e.to, e.to_place, e.quantity, e.cause);
  if (e.from_place == engine::Place::outside) filed_elsewhere(e);
}

// ---- prices ----

void Projector::Projection::on(const event::PricePublished& e) { prices_.change(e.row.value).published = e; }
void Projector::Projection::on(const event::PriceRevoked& e) { prices_.change(e.row.value).revoked = at_.seq; }

void Projector::Projection::tell_kept() {
  balances_.flush([this](const Place& key, const Balance& b) {
    const size_t purse = key.second / kAssets, asset = key.second % kAssets;
    const auto unit = District::code(static_cast<uint32_t>(key.first));
    add(TableId::balances, unit, static_cast<engine::Purse>(purse + 1),
        asset == kMoney ? std::string_view{"money"} : word_of(kInstruments[asset - 1]),
        accounts_.at(unit).purses[purse][asset], b.updated);
    return false;
  });
  prices_.flush([this](Number id, const Price_& p) {
    const auto& e = p.published;
    add(TableId::prices, id, e.instrument, e.rate, e.from, e.until, e.document, e.approver, p.revoked);
    return p.revoked.has_value();
  });
}

}  // namespace landex::reports
