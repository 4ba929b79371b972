// landex_engine_adapter FILE tput|lat: the whole step of the engine under the shared workloads: identity
// window, checks, holds, book, ledger, events. Rule set `plain`: no floors, no pooled share, one class. One instrument,
// so W1 only (W2 has 64 books, W4 prices beyond kMaxRate).
// 4 096 participants with one person and one client key each, prefunded; an order's participant is a hash of its id.
// Under `plain` an order may meet its own participant's: the workload does not know whose orders meet.
// In the timed part: the command is put together, applied, and its trades are copied out of the events. Not in it: what
// only the workload asks for, the way from its ids to our numbers (made before) and back (made at the end).
#include <cassert>

#include "bench/matching/workload.hpp"
#include "exchange/engine/engine.hpp"
#include "exchange/engine/views.hpp"

namespace landex::bench {
namespace {

namespace command = engine::command;

constexpr Instrument kInstrument = Instrument::supplementary_area;
const District kCity = District::code(330'100);
const Day kDay = *Day::ymd(2024, 6, 3);
constexpr ClientKey kClientKey{1};

District district_of(uint32_t account) { return District::code(400'000 + account); }
PersonId person_of(uint32_t account) { return {1'000 + account}; }

/// Whose order this is.
uint32_t giver_of(const wl::Rec& r) { return account_of(r.id); }

policy::Pack plain() {
  using policy::Clause, policy::Origin;
  policy::Pack p{.rule_set = "plain", .from = kDay, .until = kDay, .rows = {}, .floor_routes = {}, .units = {}};
  p.rows = {{.parameter = policy::Parameter::pooled_share_supplementary,
             .from = kDay,
             .until = kDay,
             .value = 0,
             .clause = Clause::h66_7_2,
             .origin = Origin::our_default}};
  const auto unit = [&](District district, ParticipantClass kind) {
    p.units.push_back({.district = district,
                       .kind = kind,
                       .from = kDay,
                       .until = kDay,
                       .clause = Clause::h66_7_6,
                       .origin = Origin::our_default});
  };
  unit(kCity, ParticipantClass::city);
  for (uint32_t a = 0; a < kAccounts; ++a) unit(district_of(a), ParticipantClass::urban);
  return p;
}

class WholeEngine {
 public:
  WholeEngine(const wl::Header& h, wl::TradeSink& sink)
      : records_{reinterpret_cast<const wl::Rec*>(&h + 1)}, sink_{sink}, targets_(h.n_records), trades_(h.trades) {
    assert(h.n_instr == 1);
    open_market();
    first_ = seq_ + 1;
    std::vector<uint64_t> number_of(h.max_id + 1);
    for (uint64_t i = 0; i < h.n_records; ++i) {
      const wl::Rec& r = records_[i];
      if (r.op == wl::kCancel)
        targets_[i] = {number_of[r.id]};
      else
        number_of[r.id] = first_ + i;
    }
  }

  void add(const wl::Rec& r) {
    command::PlaceOrder order{};
    order.instrument = kInstrument;
    order.side = side_of(r);
    order.quantity = Quantity::from_raw(r.qty);
    order.price = rate_of(kInstrument, Price::ticks(r.price));
    step(r, order);
  }
  void take(const wl::Rec& r) { add(r); }
  void cancel(const wl::Rec& r) { step(r, command::CancelOrder{.order = targets_[seq_ + 1 - first_]}); }

  /// Best first, then by number. Tells the trades too: the driver compares them after this.
  void walk(wl::BookHash& hash) const {
    for (size_t i = 0; i < traded_; ++i) {
      const Told& t = trades_[i];
      sink_.trade(id_of(t.maker), id_of(t.taker), t.price.raw(), static_cast<uint64_t>(t.quantity.raw()));
    }
    const engine::Asker bureau{.person = {1}, .participant = kCity, .role = engine::Role::bureau};
    auto rows =
        std::get<engine::view::Orders>(engine::answer(engine_.state(), bureau, engine::query::GetOrders{})).rows;
    std::ranges::sort(rows, [](const auto& a, const auto& b) {
      if (a.side != b.side) return a.side == Side::buy;
      if (a.price != b.price) return a.side == Side::buy ? a.price > b.price : a.price < b.price;
      return a.order < b.order;
    });
    for (const auto& o : rows) hash.order(id_of(o.order), o.price.raw(), static_cast<uint64_t>(o.remaining.raw()));
  }

 private:
  struct Told {
    OrderId maker, taker;
    Price price;
    Quantity quantity;
  };

  void open_market() {
    const auto bureau = [&](engine::Command c) {
      stamp(kCity, {1}, {++bureau_counter_}, engine::Role::bureau);
      now_.command = std::move(c);
      const auto& events = engine_.apply(now_);
      if (std::holds_alternative<engine::event::Refused>(events.front())) refused();
    };
    bureau(command::Activate{.behaviour = engine::kBehaviour, .pack = plain()});
    bureau(command::SetVenue{.venue = engine::Venue::simulation});
    bureau(command::OpenDay{.day = kDay, .random = {}});
    bureau(command::OpenAccount{.participant = kCity});
    for (uint32_t a = 0; a < kAccounts; ++a) {
      bureau(command::OpenAccount{.participant = district_of(a)});
      bureau(command::Deposit{.participant = district_of(a), .amount = Fen::yuan(20'000'000'000), .document = "bench"});
      bureau(command::FileBatch{.county = district_of(a),
                                .kind = engine::IndicatorKind::supplementary,
                                .area = Area::mu_4dp(50'000'000'000),
                                .paddy = {},
                                .capacity = {},
                                .project = "bench",
                                .document = "bench"});
    }
  }

  void stamp(District who, PersonId person, Counter counter, engine::Role role) {
    now_.seq = {++seq_};
    now_.at = {static_cast<int64_t>(seq_)};
    now_.envelope = {.client_key = kClientKey, .counter = counter, .person = person, .participant = who, .role = role};
  }

  template <class C>
  void step(const wl::Rec& r, const C& c) {
    const uint32_t giver = giver_of(r);
    stamp(district_of(giver), person_of(giver), {++counters_[giver]}, engine::Role::district);
    now_.command = c;
    const auto& events = engine_.apply(now_);
    if (std::holds_alternative<engine::event::Refused>(events.front())) [[unlikely]]
      refused();
    for (const auto& event : events)
      if (const auto* t = std::get_if<engine::event::Traded>(&event)) {
        assert(traded_ < trades_.size());
        const bool buying = r.side == 0;
        trades_[traded_++] = {.maker = buying ? t->sell_order : t->buy_order,
                              .taker = buying ? t->buy_order : t->sell_order,
                              .price = t->price,
                              .quantity = t->quantity};
      }
  }

  [[noreturn]] void refused() const {
    std::fprintf(stderr, "command %lu was refused; the workload holds no such command\n", seq_);
    std::exit(1);
  }

  uint64_t id_of(OrderId order) const { return records_[order.value - first_].id; }

  engine::Engine engine_;
  const wl::Rec* records_;
  wl::TradeSink& sink_;
  std::vector<OrderId> targets_;  // by record: what a cancel cancels
  std::vector<Told> trades_;
  size_t traded_ = 0;
  uint64_t seq_ = 0, first_ = 0, bureau_counter_ = 0;
  std::array<uint64_t, kAccounts> counters_{};
  engine::Stamped now_{};
};

}  // namespace
}  // namespace landex::bench

int main(int argc, char** argv) { return wlb::run<landex::bench::WholeEngine>(argc, argv, "engine"); }
