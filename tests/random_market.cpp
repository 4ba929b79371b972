#include "tests/random_market.hpp"

#include "matching/types/bounds.hpp"

namespace landex::testing {
namespace {

namespace command = engine::command;

constexpr uint32_t kCodes[] = {330182, 330127, 330110,
                               330109, 330100, 330999};  // two of the mountain-4, two urban, city, none

Day day(int month, int d) { return *Day::ymd(2024, static_cast<unsigned>(month), static_cast<unsigned>(d)); }

}  // namespace

policy::Pack small_pack() {
  using policy::Clause;
  using policy::Origin;
  using policy::Parameter;
  const Day from = day(1, 1), middle = day(6, 30), after = day(7, 1), until = day(12, 30);
  const auto row = [&](Parameter p, Day f, Day u, int64_t v, Clause c) {
    return policy::Row{.parameter = p, .from = f, .until = u, .value = v, .clause = c, .origin = Origin::law};
  };
  const auto unit = [&](uint32_t code, ParticipantClass kind) {
    return policy::Unit{.district = District::code(code),
                        .kind = kind,
                        .from = from,
                        .until = until,
                        .clause = Clause::h66_7_6,
                        .origin = Origin::our_default};
  };
  return {.rule_set = "small",
          .from = from,
          .until = until,
          .rows = {row(Parameter::pooled_share_supplementary, from, middle, 2'000, Clause::h66_7_2),
                   row(Parameter::pooled_share_supplementary, after, day(11, 30), 3'333, Clause::h66_7_2),
                   row(Parameter::pooled_share_pbf, from, until, 3'000, Clause::h66_6_2),
                   row(Parameter::pbf_lowest_grade, from, until, 8, Clause::h66_6_2)},
          .floor_routes = {{.seller = ParticipantClass::mountain4,
                            .buyer = ParticipantClass::urban,
                            .from = from,
                            .until = day(10, 31),
                            .clause = Clause::h66_7_6,
                            .origin = Origin::law}},
          .units = {unit(330182, ParticipantClass::mountain4), unit(330127, ParticipantClass::mountain4),
                    unit(330110, ParticipantClass::urban), unit(330109, ParticipantClass::urban),
                    unit(330100, ParticipantClass::city)}};
}

engine::Command RandomMarket::command(const engine::State& s) {
  auto& r = random_;
  const auto who = [&] { return District::code(kCodes[r.one_in(30) ? r.below(6) : r.below(4)]); };
  const auto instrument = [&] {
    return r.one_in(60) ? static_cast<Instrument>(r.below(7)) : kInstruments[r.below(kInstruments.size())];
  };
  const auto quantity = [&] {
    return Quantity::from_raw(r.one_in(80) ? r.between(-1, 200'000'000'000) : r.between(1, 90'000));
  };
  const auto rate = [&](Instrument i) {
    if (r.one_in(60)) return Rate::from_raw(r.between(-1, 60'000'000));
    return Rate::from_raw(exists(i) && counted_in_kg(i) ? r.between(90, 110)
                                                        : r.between(1'900, 2'100) * 100 + (r.one_in(40) ? 50 : 0));
  };
  const auto text = [&] { return r.one_in(60) ? std::string{} : std::string{"文号"}; };
  const auto number = [&](uint64_t low) { return r.one_in(20) ? r.below(s.last.value + 3) : low; };
  const auto some_order = [&]() -> uint64_t {
    for (int tries = 0; tries < 4; ++tries)
      if (const auto orders = s.book(kInstruments[r.below(kInstruments.size())]).orders(); !orders.empty())
        return orders[r.below(orders.size())].id.value;
    return 1;
  };
  const auto some_deal = [&]() -> uint64_t {
    if (s.deals.empty()) return 1;
    auto at = s.deals.rbegin();
    std::advance(at, static_cast<std::ptrdiff_t>(r.below(std::min<size_t>(s.deals.size(), 6))));
    return at->first.value;
  };
  const auto some_filing = [&]() -> uint64_t {
    if (s.registry.filings().empty()) return 1;
    auto at = s.registry.filings().rbegin();
    std::advance(at, static_cast<std::ptrdiff_t>(r.below(std::min<size_t>(s.registry.filings().size(), 6))));
    return at->first.value;
  };
  const auto components = [&](auto&& make) {
    return make(Area::from_raw(r.between(r.one_in(50) ? -1 : 0, 50'000)), Area::from_raw(r.between(0, 20'000)),
                Capacity::from_raw(r.between(0, 30'000)));
  };

  if (!s.pack || r.one_in(4'000)) return command::Activate{.behaviour = r.one_in(10) ? 2u : 1u, .pack = small_pack()};
  if (!s.venue || r.one_in(300))
    return command::SetVenue{.venue = r.one_in(5) ? static_cast<engine::Venue>(r.below(4)) : engine::Venue::simulation};
  if (!s.day && !r.one_in(4))
    return command::OpenDay{.day = s.last_day ? Day::from_raw(s.last_day->raw() + static_cast<int32_t>(r.between(0, 3)))
                                              : day(6, 20)};
  if (s.ledger.accounts().size() < 5 && r.one_in(2))
    return command::OpenAccount{.participant = District::code(kCodes[r.below(6)])};

  switch (r.below(46)) {
    case 0:
      return s.day && r.one_in(3) ? command::CloseDay{.day = r.one_in(9) ? day(6, 1) : *s.day}
                                  : command::CloseDay{.day = day(6, 21)};
    case 1:
      return command::OpenDay{.day = day(static_cast<int>(r.between(6, 12)), static_cast<int>(r.between(1, 30)))};
    case 2:
      return command::OpenAccount{.participant = who()};
    case 3:
    case 4:
      return command::Deposit{
          .participant = who(),
          .amount = Fen::from_raw(r.one_in(40) ? kMaxMoney.raw() - r.between(-1, 5) : r.between(1, 900'000'000)),
          .document = text()};
    case 5:
      return command::Withdraw{
          .participant = who(), .amount = Fen::from_raw(r.between(0, 90'000'000)), .document = text()};
    case 6:
    case 7: {
      const Instrument i = instrument();
      const Day base = s.last_day ? *s.last_day : day(6, 20);
      const int32_t first = base.raw() + static_cast<int32_t>(r.between(-6, 4));
      return command::PublishPrice{
          .instrument = i,
          .rate = rate(i),
          .from = Day::from_raw(first),
          .until = Day::from_raw(first + static_cast<int32_t>(r.between(r.one_in(30) ? -2 : 0, 5))),
          .document = text(),
          .approver = text()};
    }
    case 8:
    case 9:
    case 10:
    case 11:
      return components([&](Area area, Area paddy, Capacity capacity) -> engine::Command {
        const auto kind = r.one_in(40)  ? static_cast<engine::IndicatorKind>(r.below(4))
                          : r.one_in(3) ? engine::IndicatorKind::linkage
                                        : engine::IndicatorKind::supplementary;
        const bool plain = kind == engine::IndicatorKind::linkage && !r.one_in(20);
        return command::FileBatch{.county = who(),
                                  .kind = kind,
                                  .area = r.one_in(80) ? Area::from_raw(kMaxQuantity.raw() + r.between(-1, 1)) : area,
                                  .paddy = plain ? Area{} : std::min(paddy, r.one_in(20) ? paddy : area),
                                  .capacity = plain ? Capacity{} : capacity,
                                  .project = text(),
                                  .document = text()};
      });
    case 12:
    case 13:
      return components([&](Area area, Area paddy, Capacity capacity) -> engine::Command {
        return command::DeductBatch{.filing = {number(some_filing())},
                                    .area = Area::from_raw(area.raw() / 9),
                                    .paddy = Area::from_raw(r.one_in(2) ? 0 : paddy.raw() / 9),
                                    .capacity = Capacity::from_raw(r.one_in(2) ? 0 : capacity.raw() / 9),
                                    .document = text()};
      });
    case 14: {
      command::EnterPlots c{.county = who(), .document = text(), .plots = {}};
      for (uint64_t n = r.below(5); n > 0; --n)
        c.plots.push_back({.plot = r.one_in(50) ? "" : "P" + std::to_string(r.below(400)),
                           .area = Area::from_raw(r.between(r.one_in(50) ? 0 : 1, 40'000)),
                           .grade = static_cast<uint8_t>(r.between(r.one_in(50) ? 0 : 1, 15))});
      return c;
    }
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
      return command::CancelOrder{.order = {number(some_order())}};
    case 20:
    case 21:
    case 22: {
      const District seller = who(), buyer = who();
      command::ProposeDeal c{.seller = seller, .buyer = buyer, .legs = {}};
      for (uint64_t n = r.one_in(30) ? r.below(7) : 1 + r.below(3); n > 0; --n) {
        const Instrument i = r.one_in(12) ? instrument() : kInstruments[c.legs.size() % kInstruments.size()];
        c.legs.push_back({.instrument = i,
                          .quantity = Quantity::from_raw(std::min<int64_t>(quantity().raw(), 200'000'000'000) /
                                                         (r.one_in(3) ? 1 : 20)),
                          .price = r.one_in(4) ? std::nullopt : std::optional{rate(i)}});
      }
      return c;
    }
    case 23:
    case 24:
    case 25:
      return command::AcceptDeal{.deal = {number(some_deal())}};
    case 26:
      return command::EndDeal{.deal = {number(some_deal())}};
    case 27:
      return command::SettleDeal{.deal = {number(some_deal())}};
    case 28:
      return command::SettleClaims{.county = who()};
    case 29:
      return command::WriteOff{.instrument = instrument(), .quantity = quantity(), .project = text()};
    default: {
      const Instrument i = instrument();
      return command::PlaceOrder{.instrument = i,
                                 .side = r.one_in(90)  ? static_cast<Side>(r.below(4))
                                         : r.one_in(2) ? Side::buy
                                                       : Side::sell,
                                 .quantity = quantity(),
                                 .price = rate(i)};
    }
  }
}

engine::Envelope RandomMarket::envelope(const engine::Command& c) {
  auto& r = random_;
  // whoever may do it, most of the time; a district acts for itself
  const bool bureau = c.index() <= 7 || std::holds_alternative<command::DeductBatch>(c) ||
                      std::holds_alternative<command::SettleDeal>(c) ||
                      std::holds_alternative<command::SettleClaims>(c) ||
                      std::holds_alternative<command::FileBatch>(c) || std::holds_alternative<command::EnterPlots>(c);
  const engine::Role role = r.one_in(60) ? static_cast<engine::Role>(r.between(1, 5))
                            : bureau     ? engine::Role::bureau
                                         : engine::Role::district;
  const uint32_t participant = role == engine::Role::district ? kCodes[r.one_in(60) ? r.below(6) : r.below(4)] : 330100;
  ++counter_;
  return {.client_key = {1 + r.below(3)},
          .counter = {counter_},
          .person = {2 + r.below(2)},
          .participant = District::code(participant),
          .role = role};
}

engine::Stamped RandomMarket::next(const engine::State& s) {
  engine::Stamped out{
      .seq = {s.last.value + 1}, .at = {s.at.us + random_.between(0, 1'000)}, .envelope = {}, .command = {}};
  if (!sent_.empty() && random_.one_in(50)) {  // a retry, as it was or with something changed
    const auto& old = sent_[sent_.size() - 1 - random_.below(std::min<size_t>(sent_.size(), 20))];
    out.envelope = old.envelope;
    out.command = random_.one_in(3) ? command(s) : old.command;
    return out;
  }
  out.command = command(s);
  out.envelope = envelope(out.command);
  // an order or a deal is acted on by one that it belongs to, most of the time
  const auto owner = [&](District d) {
    if (!random_.one_in(10)) out.envelope.participant = d;
  };
  if (const auto* cancel = std::get_if<command::CancelOrder>(&out.command))
    for (const Instrument i : kInstruments)
      if (const auto* order = s.book(i).find(cancel->order)) owner(order->owner);
  const auto party = [&](DealId id, bool other) {
    if (const auto at = s.deals.find(id); at != s.deals.end())
      owner((at->second.proposer == at->second.seller) == other ? at->second.buyer : at->second.seller);
  };
  if (const auto* accept = std::get_if<command::AcceptDeal>(&out.command)) party(accept->deal, true);
  if (const auto* end = std::get_if<command::EndDeal>(&out.command)) party(end->deal, random_.one_in(2));
  if (const auto* propose = std::get_if<command::ProposeDeal>(&out.command))
    owner(random_.one_in(2) ? propose->seller : propose->buyer);
  sent_.push_back(out);
  if (sent_.size() > 200) sent_.erase(sent_.begin(), sent_.begin() + 100);
  return out;
}

}  // namespace landex::testing
