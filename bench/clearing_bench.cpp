// clearing_bench.cpp: what the clearing house does in a second, and what it keeps: filings with the city's 20 %,
// administrative transfers, trades settled at once, deals through all five steps of the production venue; the bytes of
// an account and of a lot. Commands in memory, events thrown away; one thread.
// The physical limit beside them: what a step must leave behind has to be written to memory once. A filing leaves some
// 400 bytes (BytesPerLot); at 10 GB/s one core writes 25 000 000 of these a second. A transfer and a deal of two legs
// leave the 80 bytes of a window entry and what stands aside; the ceiling is ten times as high. The need is far below
// both: a city files some hundred batches a day.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <memory>
#include <stdexcept>

#include "exchange/engine/engine.hpp"

namespace landex::bench {
namespace {

namespace command = engine::command;

const Day kDay = *Day::ymd(2024, 6, 3);
constexpr uint32_t kCity = 330100;
constexpr auto kArea = Instrument::supplementary_area;

/// As many units as are asked for, urban ones, so that no floor is between them.
policy::Pack pack_of(uint32_t units) {
  using policy::Clause;
  using policy::Parameter;
  const Day last = *Day::ymd(2024, 12, 1);
  policy::Pack p{.rule_set = "bench", .from = kDay, .until = last, .rows = {}, .floor_routes = {}, .units = {}};
  const auto row = [&](Parameter parameter, int64_t value) {
    p.rows.push_back({.parameter = parameter,
                      .from = kDay,
                      .until = last,
                      .value = value,
                      .clause = Clause::h66_7_2,
                      .origin = policy::Origin::our_default});
  };
  row(Parameter::pooled_share_supplementary, 2'000);
  row(Parameter::deposit_share, 2'000);
  row(Parameter::notice_days, 0);
  row(Parameter::payment_days, 5);
  row(Parameter::default_consequence, 1);
  p.calendar = policy::Calendar{.from = kDay, .until = last, .exceptions = {}};
  const auto unit = [&](uint32_t code, ParticipantClass kind) {
    p.units.push_back({.district = District::code(code),
                       .kind = kind,
                       .from = kDay,
                       .until = last,
                       .clause = Clause::h66_7_6,
                       .origin = policy::Origin::our_default});
  };
  unit(kCity, ParticipantClass::city);
  for (uint32_t n = 1; n <= units; ++n) unit(kCity + n, ParticipantClass::urban);
  return p;
}

/// An engine whose day is open. What is refused stops the benchmark: a refusal is quicker than what it refuses.
class House {
 public:
  explicit House(uint32_t units, engine::Venue venue) : units_{units} {
    bureau(command::Activate{.behaviour = engine::kBehaviour, .pack = pack_of(units)});
    bureau(command::SetVenue{.venue = venue});
    bureau(command::OpenDay{.day = kDay});
    bureau(command::OpenAccount{.participant = District::code(kCity)});
  }
  void open(uint32_t n) { bureau(command::OpenAccount{.participant = unit(n)}); }
  void endow(uint32_t n) {
    bureau(command::Deposit{.participant = unit(n), .amount = Fen::from_raw(100'000'000'000'000), .document = "bench"});
    file(n, 90'000'000'000);
  }
  void file(uint32_t n, int64_t units_of_area) {
    bureau(command::FileBatch{.county = unit(n),
                              .kind = engine::IndicatorKind::supplementary,
                              .area = Area::from_raw(units_of_area),
                              .paddy = {},
                              .capacity = {},
                              .project = "bench",
                              .document = "bench"});
  }
  District unit(uint32_t n) const { return District::code(kCity + 1 + n % units_); }
  uint64_t last() const { return seq_; }
  void bureau(engine::Command c) { send(District::code(kCity), engine::Role::bureau, std::move(c)); }
  void district(District who, engine::Command c) { send(who, engine::Role::district, std::move(c)); }

 private:
  void send(District who, engine::Role role, engine::Command c) {
    ++seq_;
    const auto& events = engine_->apply(
        {.seq = {seq_},
         .at = {static_cast<int64_t>(seq_)},
         .envelope = {.client_key = {1}, .counter = {seq_}, .person = {who.raw()}, .participant = who, .role = role},
         .command = std::move(c)});
    if (!events.empty() && std::holds_alternative<engine::event::Refused>(events.back()))
      throw std::runtime_error{"the benchmark asks for what is refused"};
  }

  std::unique_ptr<engine::Engine> engine_ = std::make_unique<engine::Engine>();
  uint32_t units_;
  uint64_t seq_ = 0;
};

void report(benchmark::State& state, const char* what, int64_t each) {
  state.counters[what] =
      benchmark::Counter(static_cast<double>(state.iterations() * each), benchmark::Counter::kIsRate);
}

/// 1 000 filings of 1 mu by 13 units: each enters, is pooled by a fifth, and waits for a price 待定价.
void Filings(benchmark::State& state) {
  constexpr int64_t kMany = 1'000;
  for (auto _ : state) {
    state.PauseTiming();
    auto house = std::make_unique<House>(13, engine::Venue::simulation);
    for (uint32_t n = 0; n < 13; ++n) house->open(n);
    state.ResumeTiming();
    for (uint32_t n = 0; n < kMany; ++n) house->file(n, 10'000);
    state.PauseTiming();
    house.reset();
    state.ResumeTiming();
  }
  report(state, "filings/s", kMany);
}
BENCHMARK(Filings)->Unit(benchmark::kMillisecond)->MinTime(0.5);

/// Transfers 划转 of part of a lot, from one of 13 units to the next.
void Transfers(benchmark::State& state) {
  House house{13, engine::Venue::simulation};
  for (uint32_t n = 0; n < 13; ++n) {
    house.open(n);
    house.endow(n);
  }
  uint32_t n = 0;
  for (auto _ : state) {
    house.bureau(command::TransferLand{.from = house.unit(n),
                                       .to = house.unit(n + 1),
                                       .instrument = kArea,
                                       .quantity = Quantity::from_raw(1'000),
                                       .document = "bench"});
    ++n;
  }
  report(state, "transfers/s", 1);
}
BENCHMARK(Transfers)->MinTime(0.5);

/// Directed sales at the simulation venue: proposed, accepted, and settled with that.
void SettledAtOnce(benchmark::State& state) {
  House house{13, engine::Venue::simulation};
  for (uint32_t n = 0; n < 13; ++n) {
    house.open(n);
    house.endow(n);
  }
  uint32_t n = 0;
  for (auto _ : state) {
    const District seller = house.unit(n), buyer = house.unit(n + 1);
    house.district(
        seller,
        command::ProposeDeal{
            .seller = seller,
            .buyer = buyer,
            .legs = {{.instrument = kArea, .quantity = Quantity::from_raw(1'000), .price = Rate::from_raw(200'000)}}});
    house.district(buyer, command::AcceptDeal{.deal = {house.last()}});
    ++n;
  }
  report(state, "settled trades/s", 1);
}
BENCHMARK(SettledAtOnce)->MinTime(0.5);

/// The production venue's chain: propose, accept (land and deposit are held), confirm, pay; next day 100 of them are
/// handed over. Both days are part of the time.
void SettledInSteps(benchmark::State& state) {
  constexpr int64_t kMany = 100;
  for (auto _ : state) {
    state.PauseTiming();
    auto day = std::make_unique<House>(13, engine::Venue::production);
    for (uint32_t n = 0; n < 13; ++n) {
      day->open(n);
      day->endow(n);
    }
    state.ResumeTiming();
    std::vector<DealId> deals;
    for (uint32_t n = 0; n < kMany; ++n) {
      const District seller = day->unit(n), buyer = day->unit(n + 1);
      day->district(seller, command::ProposeDeal{.seller = seller,
                                                 .buyer = buyer,
                                                 .legs = {{.instrument = kArea,
                                                           .quantity = Quantity::from_raw(1'000),
                                                           .price = Rate::from_raw(200'000)}}});
      const DealId deal{day->last()};
      deals.push_back(deal);
      day->district(buyer, command::AcceptDeal{.deal = deal});
      day->bureau(command::ConfirmDeal{.deal = deal, .document = "bench"});
      day->district(buyer, command::PayDeal{.deal = deal});
    }
    day->bureau(command::CloseDay{.day = kDay});
    day->bureau(command::OpenDay{.day = *Day::ymd(2024, 6, 4)});
    for (const DealId deal : deals) day->bureau(command::SettleDeal{.deal = deal});
    state.PauseTiming();
    day.reset();
    state.ResumeTiming();
  }
  report(state, "settled trades/s", kMany);
}
BENCHMARK(SettledInSteps)->Unit(benchmark::kMillisecond)->MinTime(0.5);

/// Bytes that the allocator has given out.
double in_use() {
  const auto m = mallinfo2();
  return static_cast<double>(m.uordblks + m.hblkhd);
}

/// What 10 000 accounts add to the engine: the account itself (see sizeof), the slots of its lots (20 empty vectors of
/// 24 bytes), the memory of the command that opened it, and the room by which the tables grow.
void BytesPerAccount(benchmark::State& state) {
  constexpr uint32_t kMany = 10'000;
  double bytes = 0;
  for (auto _ : state) {
    House house{kMany, engine::Venue::simulation};
    const double before = in_use();
    for (uint32_t n = 0; n < kMany; ++n) house.open(n);
    bytes = (in_use() - before) / kMany;
  }
  state.counters["bytes/account"] = bytes;
  state.counters["sizeof(Account)"] = sizeof(clearing::Ledger::Account);
}
BENCHMARK(BytesPerAccount)->Unit(benchmark::kMillisecond)->Iterations(1);

/// What 10 000 filings add, each a lot in two places (its county's stock and the pool): the filing, its slices (16
/// bytes each), the claim that waits for a price, and the memory of the command (the last 4 096 of a stream).
void BytesPerLot(benchmark::State& state) {
  constexpr uint32_t kMany = 10'000;
  double bytes = 0;
  for (auto _ : state) {
    House house{13, engine::Venue::simulation};
    for (uint32_t n = 0; n < 13; ++n) house.open(n);
    for (uint32_t n = 0; n < 4'096; ++n) house.file(n, 10'000);  // the window of the stream is full
    const double before = in_use();
    for (uint32_t n = 0; n < kMany; ++n) house.file(n, 10'000);
    bytes = (in_use() - before) / kMany;
  }
  state.counters["bytes/lot"] = bytes;
  state.counters["sizeof(Slice)"] = sizeof(clearing::Slice);
  state.counters["sizeof(Filing)"] = sizeof(clearing::Filing);
}
BENCHMARK(BytesPerLot)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace landex::bench
