#include "bench/small_market.hpp"

namespace landex::bench {
namespace {

namespace command = engine::command;

constexpr uint32_t kUnits[] = {330110, 330109, 330111, 330102};  // urban: no floor between them
const Day kDay = *Day::ymd(2024, 6, 3);

policy::Pack pack() {
  using policy::Clause;
  policy::Pack p{.rule_set = "bench", .from = kDay, .until = kDay, .rows = {}, .floor_routes = {}, .units = {}};
  p.rows = {{.parameter = policy::Parameter::pooled_share_supplementary,
             .from = kDay,
             .until = kDay,
             .value = 2'000,
             .clause = Clause::h66_7_2,
             .origin = policy::Origin::law}};
  p.floor_routes = {{.seller = ParticipantClass::mountain4,
                     .buyer = ParticipantClass::urban,
                     .from = kDay,
                     .until = kDay,
                     .clause = Clause::h66_7_6,
                     .origin = policy::Origin::law}};
  const auto unit = [&](uint32_t code, ParticipantClass kind) {
    p.units.push_back({.district = District::code(code),
                       .kind = kind,
                       .from = kDay,
                       .until = kDay,
                       .clause = Clause::h66_7_6,
                       .origin = policy::Origin::law});
  };
  for (const uint32_t code : kUnits) unit(code, ParticipantClass::urban);
  unit(330100, ParticipantClass::city);
  return p;
}

}  // namespace

SmallMarket::SmallMarket() {
  const District city = District::code(330100);
  const auto add = [&](engine::Command c) { opening_.push_back(stamp(std::move(c), city, engine::Role::bureau)); };
  add(command::Activate{.behaviour = engine::kBehaviour, .pack = pack()});
  add(command::SetVenue{.venue = engine::Venue::simulation});
  add(command::OpenDay{.day = kDay});
  add(command::OpenAccount{.participant = city});
  for (const uint32_t code : kUnits) {
    const District d = District::code(code);
    add(command::OpenAccount{.participant = d});
    add(command::Deposit{.participant = d, .amount = Fen::from_raw(1'000'000'000'000'000), .document = "bench"});
    add(command::FileBatch{.county = d,
                           .kind = engine::IndicatorKind::supplementary,
                           .area = Area::from_raw(90'000'000'000),
                           .paddy = {},
                           .capacity = {},
                           .project = "bench",
                           .document = "bench"});
  }
}

uint64_t SmallMarket::random() {
  uint64_t z = (seed_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

engine::Stamped SmallMarket::stamp(engine::Command c, District who, engine::Role role) {
  ++seq_;
  return {.seq = {seq_},
          .at = {static_cast<int64_t>(seq_)},
          .envelope = {.client_key = {1}, .counter = {seq_}, .person = {who.raw()}, .participant = who, .role = role},
          .command = std::move(c)};
}

engine::Stamped SmallMarket::next() {
  if (random() % 3 == 0 && placed_.size() > 400) {
    const size_t at = random() % placed_.size();
    const auto [order, who] = placed_[at];
    placed_[at] = placed_.back();
    placed_.pop_back();
    return stamp(command::CancelOrder{.order = {order}}, who, engine::Role::district);  // some have traded: refused
  }
  // two units buy and two sell, so that nobody meets himself
  const bool buy = random() % 2 == 0;
  const District who = District::code(kUnits[random() % 2 + (buy ? 0 : 2)]);
  const auto price =
      static_cast<int64_t>(2'000 + (buy ? -1 : 1) * static_cast<int64_t>(random() % 40) + (buy ? 8 : -8));
  auto placed = stamp(command::PlaceOrder{.instrument = Instrument::supplementary_area,
                                          .side = buy ? Side::buy : Side::sell,
                                          .quantity = Quantity::from_raw(static_cast<int64_t>(1 + random() % 10'000)),
                                          .price = Rate::from_raw(price * 100)},
                      who, engine::Role::district);
  placed_.emplace_back(placed.seq.value, who);
  return placed;
}

}  // namespace landex::bench
