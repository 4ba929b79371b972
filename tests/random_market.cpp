#include "tests/random_market.hpp"

#include "clearing/products.hpp"
#include "matching/types/bounds.hpp"
#include "tests/random_governments.hpp"
#include "tests/random_pool.hpp"

namespace landex::testing {
namespace {

namespace command = engine::command;

constexpr uint32_t kCodes[] = {330182, 330127, 330110,
                               330109, 330100, 330999};  // two of the mountain-4, two urban, city, none

Day day(int month, int d) { return *Day::ymd(2024, static_cast<unsigned>(month), static_cast<unsigned>(d)); }

}  // namespace

/// Short ones, of every kind; some at one venue, some for a part of the year.
static std::vector<policy::Chain> small_chains() {
  using policy::ChainRole;
  using policy::ChainVenue;
  using policy::StepKind;
  using policy::SubjectKind;
  const policy::ChainStep county{StepKind::first_review, ChainRole::district, 2},
      review{StepKind::review, ChainRole::bureau, 1}, approve{StepKind::approve, ChainRole::bureau, 3};
  const auto chain = [](SubjectKind subject, std::optional<ChainVenue> venue, Day from, Day until,
                        std::vector<policy::ChainStep> steps, uint16_t notice) {
    return policy::Chain{.subject = subject,
                         .venue = venue,
                         .from = from,
                         .until = until,
                         .steps = std::move(steps),
                         .notice = notice,
                         .clause = policy::Clause::h66_21_4,
                         .origin = policy::Origin::our_default};
  };
  const Day first = day(1, 1), last = day(12, 30);
  return {chain(SubjectKind::write_off, {}, first, last, {county, approve}, 0),
          chain(SubjectKind::withdraw, ChainVenue::simulation, first, last, {approve}, 1),
          chain(SubjectKind::withdraw, ChainVenue::production, first, last, {review, approve}, 0),
          chain(SubjectKind::confirm_deal, ChainVenue::production, day(6, 24), day(6, 30), {approve}, 1),
          chain(SubjectKind::void_deal, {}, day(6, 25), day(7, 31), {approve}, 0),
          chain(SubjectKind::settle_deal, ChainVenue::production, day(7, 10), day(7, 31), {approve}, 1),
          chain(SubjectKind::publish_price, {}, day(6, 23), day(6, 30), {approve}, 0),
          chain(SubjectKind::file_batch, {}, day(6, 26), day(7, 10), {approve}, 1),
          chain(SubjectKind::deduct_batch, {}, day(7, 1), day(8, 31), {approve}, 0),
          chain(SubjectKind::settle_claims, ChainVenue::simulation, day(6, 22), day(7, 31), {approve}, 1),
          chain(SubjectKind::cancel_auction, {}, day(6, 22), day(7, 5), {approve}, 0),
          chain(SubjectKind::enter_plots, {}, day(7, 1), day(7, 31), {county, approve}, 2),
          chain(SubjectKind::transfer_land, {}, day(6, 24), day(7, 5), {approve}, 1),
          chain(SubjectKind::adjust_batch, ChainVenue::simulation, day(7, 3), day(7, 20), {approve}, 0),
          chain(SubjectKind::cancel_land, {}, day(7, 1), day(7, 31), {approve}, 0),
          chain(SubjectKind::restore_land, {}, day(6, 28), day(7, 10), {approve}, 1),
          chain(SubjectKind::unfreeze_land, {}, day(6, 22), day(7, 1), {approve}, 0),
          chain(SubjectKind::freeze_land, ChainVenue::production, day(7, 5), day(7, 31), {approve}, 0),
          chain(SubjectKind::lend_land, {}, day(6, 27), day(7, 15), {county, approve}, 0),
          chain(SubjectKind::repay_advance, {}, day(7, 1), day(7, 31), {approve}, 0),
          chain(SubjectKind::apply_advance, {}, first, day(12, 15), {review, approve}, 0),
          chain(SubjectKind::allocate_pool, {}, first, day(12, 15), {approve}, 0),
          chain(SubjectKind::request_pool, {}, day(6, 28), day(7, 3), {county, approve}, 0),
          chain(SubjectKind::allot_plots, {}, day(7, 1), day(7, 31), {approve}, 1),
          chain(SubjectKind::use_titles, {}, day(6, 26), day(7, 15), {county, approve}, 0),
          chain(SubjectKind::open_product, {}, day(7, 1), day(7, 31), {approve}, 1),
          chain(SubjectKind::certify_gap, {}, day(6, 25), day(7, 3), {approve}, 1),
          chain(SubjectKind::fill_balance, {}, day(7, 2), day(7, 6), {county, approve}, 0),
          chain(SubjectKind::cancel_title, {}, day(6, 24), day(7, 2), {approve}, 1)};
}

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
                   row(Parameter::pbf_lowest_grade, from, until, 8, Clause::h66_6_2),
                   row(Parameter::advance_share, from, day(11, 30), 5'000, Clause::h66_7_5),
                   row(Parameter::advance_months, from, until, 12, Clause::h66_7_5),
                   row(Parameter::deposit_share, from, middle, 3'333, Clause::h66_21_4),
                   row(Parameter::deposit_share, day(7, 8), day(11, 30), 1'000, Clause::h66_21_4),
                   row(Parameter::notice_days, from, until, 1, Clause::h66_21_4),
                   row(Parameter::confirm_days, from, day(11, 30), 2, Clause::h66_21_4),
                   row(Parameter::payment_days, from, day(11, 30), 2, Clause::h66_21_4),
                   row(Parameter::default_consequence, from, middle, 1, Clause::h66_21_4),
                   row(Parameter::default_consequence, day(7, 8), until, 2, Clause::h66_21_4),
                   row(Parameter::floor_moment, from, day(6, 26), 3, Clause::h66_7_6),
                   row(Parameter::floor_moment, day(6, 27), day(7, 5), 2, Clause::h66_7_6),
                   row(Parameter::floor_moment, day(7, 6), until, 1, Clause::h66_7_6),
                   row(Parameter::take_days, from, day(11, 30), 2, Clause::h66_7_3),
                   row(Parameter::release_price, from, day(6, 27), 1, Clause::h66_7_4),
                   row(Parameter::release_price, day(6, 28), day(7, 5), 2, Clause::h66_7_4),
                   row(Parameter::release_price, day(7, 7), until, 3, Clause::h66_7_4),
                   row(Parameter::own_need_consequence, from, day(6, 24), 1, Clause::h66_7_7),
                   row(Parameter::own_need_consequence, day(6, 25), day(7, 3), 2, Clause::h66_7_7),
                   row(Parameter::own_need_consequence, day(7, 4), day(11, 30), 1, Clause::h66_7_7),
                   row(Parameter::gap_consequence, from, day(6, 26), 1, Clause::h66_7_6),
                   row(Parameter::gap_consequence, day(6, 27), day(7, 1), 2, Clause::h66_7_6),
                   row(Parameter::gap_consequence, day(7, 4), until, 1, Clause::h66_7_6),
                   row(Parameter::skip_consequence, from, day(6, 28), 1, Clause::h66_7_1),
                   row(Parameter::skip_consequence, day(6, 30), day(7, 2), 2, Clause::h66_7_1),
                   row(Parameter::skip_consequence, day(7, 3), until, 1, Clause::h66_7_1),
                   row(Parameter::purchase_limit, day(6, 23), day(6, 25), 20'000, Clause::h66_21_4),
                   row(Parameter::holding_limit, day(7, 5), day(7, 6), 100'000, Clause::h66_21_4),
                   row(Parameter::holding_days, day(7, 2), day(7, 3), 2, Clause::h66_21_4),
                   row(Parameter::fee_share, day(6, 28), day(6, 29), 37, Clause::h66_21_4)},
          .floor_routes = {{.seller = ParticipantClass::mountain4,
                            .buyer = ParticipantClass::urban,
                            .from = from,
                            .until = day(10, 31),
                            .clause = Clause::h66_7_6,
                            .origin = Origin::law}},
          .units = {unit(330182, ParticipantClass::mountain4), unit(330127, ParticipantClass::mountain4),
                    unit(330110, ParticipantClass::urban), unit(330109, ParticipantClass::urban),
                    unit(330100, ParticipantClass::city)},
          .calendar = policy::Calendar{.from = from,
                                       .until = day(12, 8),
                                       .exceptions = {{day(6, 24), false}, {day(6, 29), true}, {day(7, 1), false}}},
          .chains = small_chains()};
}

RandomMarket::RandomMarket(uint64_t seed) : random_{seed}, pack_{pack_with_governments(seed)} {}

/// The numbers of an instrument's resting orders, ascending.
static std::vector<OrderId> resting(const engine::State& s, Instrument i) {
  std::vector<OrderId> out;
  for (const Side side : {Side::buy, Side::sell})
    s.market.books.for_each_order(engine::book_of(i), side, [&](const matching::Resting& r) { out.push_back(r.id); });
  std::ranges::sort(out);
  return out;
}

/// Close to each other, so that most orders meet; some off the tick, some out of every range.
Rate RandomMarket::rate(Instrument i) {
  auto& r = random_;
  if (r.one_in(60)) return Rate::from_raw(r.between(-1, 60'000'000));
  return Rate::from_raw(exists(i) && counted_in_kg(i) ? r.between(90, 110)
                                                      : r.between(1'970, 2'030) * 100 + (r.one_in(40) ? 50 : 0));
}

/// Few units: the judge of calls tries every quantity.
Quantity RandomMarket::some_of_an_order() {
  auto& r = random_;
  return Quantity::from_raw(r.one_in(60)   ? r.between(-1, 200'000'000'000)
                            : r.one_in(30) ? r.between(1, 300)
                                           : r.between(1, 40));
}

/// Mostly one condition, so that few conflict.
engine::OrderConditions RandomMarket::conditions(const engine::State& s, Instrument i, Quantity quantity,
                                                 bool at_best) {
  auto& r = random_;
  using engine::Lifetime;
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
  const int64_t all = std::max<int64_t>(quantity.raw(), 1);
  const auto part = [&] { return Quantity::from_raw(r.between(r.one_in(40) ? 0 : 1, r.one_in(40) ? all + 1 : all)); };
  if (r.one_in(2)) {
    c.lifetime = r.one_in(60)  ? static_cast<Lifetime>(r.below(9))
                 : !at_best    ? static_cast<Lifetime>(r.between(1, 6))
                 : r.one_in(8) ? Lifetime::until_cancelled
                               : static_cast<Lifetime>(r.between(5, 6));
    if ((c.lifetime == Lifetime::until_day) != r.one_in(60))
      c.last_day = Day::from_raw(s.last_day.value_or(day(6, 20)).raw() + static_cast<int32_t>(r.between(-1, 4)));
    if ((c.lifetime == Lifetime::until_instant) != r.one_in(60))
      c.until = Instant{s.at.us + r.between(-1'000, 2'000'000'000)};
  }
  if (r.one_in(2)) c.self_trade = static_cast<SelfTrade>(r.one_in(60) ? r.below(8) : r.between(1, 5));
  if (r.one_in(12)) c.self_trade = SelfTrade::allow;
  for (int more = r.one_in(12) ? 3 : 1; more > 0; --more) switch (r.below(at_best ? 8 : 10)) {
      case 0:
        c.all_or_none = true;
        break;
      case 1:
        c.minimum = part();
        break;
      case 2:
      case 3:
        c.trigger = rate(i);
        break;
      case 4:
      case 5:
        if (at_best) c.cap = Fen::from_raw(r.between(r.one_in(40) ? 0 : 1, all * (r.one_in(2) ? 2'500 : 100)));
        break;
      case 6:
      case 7:
        if (!at_best || r.one_in(20)) c.peak = part();
        break;
      case 8:
        c.post_only = true;
        break;
      default:
        break;
    }
  return c;
}

/// A morning and an afternoon, with calls before and between; some instruments by rows of their own; some profiles that
/// cannot be used.
matching::VenueProfile RandomMarket::profile() {
  auto& r = random_;
  using matching::Phase;
  using matching::TimeOfDay;
  matching::VenueProfile p = matching::simulation_profile();
  const auto minutes = [&](int64_t m) { return static_cast<int64_t>(r.below(static_cast<uint64_t>(m))) * 60'000'000; };
  if (r.one_in(2)) p.closed_weekdays = {};
  if (!r.one_in(4))  // hours that let most of what is done in windows through
    for (auto& w : p.windows) w.from = TimeOfDay::hm(7, 0), w.until = matching::kMidnight;
  if (r.one_in(6)) p.timetable.clear();
  if (r.one_in(2)) {
    const bool own = r.one_in(2);
    const Instrument one = kInstruments[r.below(kInstruments.size())];
    if (!own) p.timetable.clear();
    const auto add = [&](int32_t h, int32_t m, Phase to, int64_t end = 0) {
      auto& row = p.timetable.emplace_back();
      row.at = TimeOfDay::hm(h, m);
      row.to = to;
      row.random_end_us = end;
      if (own) row.instrument = one;
    };
    add(9, 0, Phase::call);
    add(10, 0, r.one_in(3) ? Phase::closed : Phase::continuous, minutes(29));
    if (p.timetable.back().to == Phase::closed) add(10, 45, Phase::continuous);
    add(12, 0, r.one_in(2) ? Phase::call : Phase::closed);
    if (p.timetable.back().to == Phase::closed) add(13, 0, Phase::call);
    add(15, 0, Phase::closed, minutes(20));
  }
  p.no_cancel_s = static_cast<uint32_t>(r.below(3)) * 400;
  constexpr uint32_t kBands[] = {5, 10, 100, 1'000};
  p.continuous_band_permille = r.one_in(4) ? std::nullopt : std::optional{kBands[r.below(4)]};
  if (r.one_in(2)) p.closing_minutes = r.one_in(2) ? 60 : 1 + static_cast<uint32_t>(r.below(30));
  if (r.one_in(4)) p.holidays.push_back({.from = day(6, 24), .until = day(6, 26)});
  if (r.one_in(15)) p.name.en.clear();
  if (r.one_in(15) && !p.timetable.empty()) p.timetable.pop_back();
  return p;
}

/// Small, soon over, and mostly of what exists: bids that meet, stages that come, and nights between.
engine::Command RandomMarket::auction(const engine::State& s) {
  auto& r = random_;
  constexpr int64_t kMinute = 60'000'000;
  const auto instrument = [&] {
    return r.one_in(60) ? static_cast<Instrument>(r.below(7)) : kInstruments[r.below(kInstruments.size())];
  };
  // The judge of sealed auctions sells unit by unit: few of them, or more than there can be.
  const auto few = [&] {
    return r.one_in(40) ? Quantity::from_raw(r.one_in(2) ? 0 : kMaxQuantity.raw() + 1)
                        : Quantity::from_raw(r.between(1, 60));
  };
  const auto one_of = [&](const auto& map) -> uint64_t {
    if (map.empty() || r.one_in(30)) return 1 + r.below(s.last.value + 2);
    auto at = map.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(r.below(map.size())));
    return at->first.value;
  };
  const AuctionId sealed{one_of(s.auctions.sealed)}, listing{one_of(s.auctions.listings)};
  const auto found = s.auctions.sealed.find(sealed);
  const auto* chosen = found == s.auctions.sealed.end() ? nullptr : &found->second.auction;
  const auto some_bid = [&]() -> uint64_t {
    if (!chosen || chosen->bids().empty()) return 1 + r.below(s.last.value + 2);
    return chosen->bids()[r.below(chosen->bids().size())].id.value;
  };
  const auto bid_rate = [&] { return rate(chosen ? chosen->terms().instrument : instrument()); };
  const bool announce = s.auctions.size() < 2 ? r.one_in(2) : s.auctions.size() < 6 && r.one_in(8);
  switch (announce ? r.between(14, 15) : r.between(0, 13)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return command::BidSealed{.auction = sealed, .quantity = few(), .price = bid_rate()};
    case 4:
      return command::AmendBid{.auction = sealed, .bid = {some_bid()}, .quantity = few(), .price = bid_rate()};
    case 5:
      return command::WithdrawBid{.auction = sealed, .bid = {some_bid()}};
    case 6:
    case 7:
      return command::OpenBids{.auction = sealed, .seed = r.below(1'000)};
    case 8:
    case 9:
    case 10: {
      const auto at = s.auctions.listings.find(listing);
      if (at == s.auctions.listings.end()) return command::BidListing{.auction = listing, .price = rate(instrument())};
      const auto& l = at->second.auction;
      const Price least = l.highest() ? l.highest()->price : l.terms().start;
      return command::BidListing{
          .auction = listing,
          .price = r.one_in(10) ? rate(l.terms().instrument)
                                : rate_of(l.terms().instrument, Price::ticks(least.raw() + r.between(-1, 12)))};
    }
    case 11:
    case 12:
      return command::DeclareBidder{.auction = listing};
    case 13:
      return command::CancelAuction{.auction = r.one_in(2) ? sealed : listing};
    case 14: {
      const Instrument i = instrument();
      const Instant opens{s.at.us + r.between(-1, (r.one_in(2) ? 10 : 60) * kMinute)};
      command::AnnounceSealed c{.instrument = i,
                                .quantity = few(),
                                .least_bid = Quantity::from_raw(r.between(r.one_in(20) ? 0 : 1, 6)),
                                .reserve = {},
                                .opens = r.one_in(3) ? std::nullopt : std::optional{opens},
                                .closes = {opens.us + r.between(-1, 30 * kMinute)}};
      if (r.one_in(2))
        c.reserve = {.price = rate(i),
                     .disclosure = static_cast<matching::Disclosure>(r.one_in(40) ? 3 : r.between(1, 2))};
      return c;
    }
    default: {
      const Instrument first = r.one_in(2) ? Instrument::supplementary_area : instrument();
      command::AnnounceListing c{.legs = {{.instrument = first, .quantity = few(), .price = {}}},
                                 .start = rate(first),
                                 .step = rate(first),
                                 .reserve = {},
                                 .priority = {},
                                 .from = {},
                                 .deadline = {}};
      while (r.one_in(2)) c.legs.push_back({.instrument = instrument(), .quantity = few(), .price = {}});
      if (exists(first)) c.step = rate_of(first, Price::ticks(r.between(r.one_in(20) ? 0 : 1, 3)));
      if (r.one_in(2)) c.reserve = Rate::from_raw(c.start.raw() + 100 * r.between(r.one_in(20) ? -1 : 0, 30));
      if (r.one_in(3)) c.priority = District::code(kCodes[r.one_in(20) ? r.below(6) : r.below(4)]);
      if (r.one_in(2)) c.from = Instant{s.at.us + r.between(-1, 20 * kMinute)};
      c.deadline = {c.from.value_or(s.at).us + r.between(r.one_in(20) ? -1 : kMinute, 40 * kMinute)};
      return c;
    }
  }
}

namespace {

/// One of the last few entries of a map by number; number 1, which is none, if it is empty.
template <class Key, class Value>
std::pair<Key, const Value*> some_of(Random& r, const std::map<Key, Value>& all, uint64_t last) {
  if (all.empty()) return {Key{1}, nullptr};
  auto at = all.rbegin();
  std::advance(at, static_cast<std::ptrdiff_t>(r.below(std::min<uint64_t>(all.size(), last))));
  return {at->first, &at->second};
}

}  // namespace

/// What a batch may say beyond its amounts: mostly as it should be.
void RandomMarket::add_details(const engine::State& s, command::FileBatch& batch) {
  auto& r = random_;
  if (r.one_in(3)) {
    const auto [id, project] = some_of(r, s.projects.all(), 4);
    batch.project_id = id;
    if (project && !r.one_in(6)) {
      batch.county = project->county;
      batch.kind = project->kind;
      if (batch.kind == engine::IndicatorKind::linkage) {
        batch.paddy = {};
        batch.capacity = {};
      }
    }
  }
  if (r.one_in(6)) batch.grade = static_cast<uint8_t>(r.between(r.one_in(20) ? 0 : 1, r.one_in(20) ? 16 : 15));
  // Of one county nearly all land expires, so that it comes to lack what it has promised.
  if (s.day && (batch.county == District::code(kCodes[0]) ? !r.one_in(8) : r.one_in(8)))
    batch.expires = Day::from_raw(s.day->raw() + static_cast<int32_t>(r.between(r.one_in(10) ? -1 : 0, 4)));
  if (!r.one_in(5)) return;
  batch.plots.emplace();
  int64_t left = batch.area.raw();
  for (uint64_t n = r.one_in(30) ? 0 : 1 + r.below(3); n > 0; --n) {
    const int64_t part = n == 1 && !r.one_in(15) ? left : left / 2;
    batch.plots->push_back({.plot = r.one_in(60) ? "" : "T" + std::to_string(r.below(r.one_in(4) ? 40 : 4'000)),
                            .area = Area::from_raw(part)});
    left -= part;
  }
}

/// Projects, disputes and the verbs.
engine::Command RandomMarket::registry(const engine::State& s) {
  using engine::ProjectState;
  auto& r = random_;
  const auto who = [&] { return District::code(kCodes[r.one_in(30) ? r.below(6) : r.below(4)]); };
  const auto text = [&] { return r.one_in(60) ? std::string{} : std::string{"文号"}; };
  const auto instrument = [&] {
    return r.one_in(60) ? static_cast<Instrument>(r.below(7)) : kInstruments[r.below(kInstruments.size())];
  };
  const auto amount = [&] { return Quantity::from_raw(r.between(r.one_in(40) ? 0 : 1, r.one_in(10) ? 60'000 : 900)); };
  /// All of it, part of it, or a little too much.
  const auto part_of = [&](const auto* entry) {
    if (!entry) return amount();
    return r.one_in(3) ? entry->left : Quantity::from_raw(r.between(r.one_in(30) ? 0 : 1, entry->left.raw() + 3));
  };
  const auto plot = [&] {
    if (r.one_in(80)) return std::string{};
    return (r.one_in(3) ? "P" : "T") + std::to_string(r.below(40));
  };
  switch (r.below(18)) {
    case 0:
      return command::RegisterProject{.county = who(),
                                      .kind = r.one_in(40)  ? static_cast<engine::IndicatorKind>(r.below(4))
                                              : r.one_in(2) ? engine::IndicatorKind::linkage
                                                            : engine::IndicatorKind::supplementary,
                                      .name = text(),
                                      .document = text()};
    case 1:
    case 2:
    case 3:
    case 4: {
      const auto [id, project] = some_of(r, s.projects.all(), 4);
      const auto next = project ? static_cast<uint8_t>(static_cast<uint8_t>(project->state) + 1) : uint8_t{2};
      return command::MoveProject{.project = r.one_in(30) ? ProjectId{r.below(s.last.value + 3)} : id,
                                  .to = r.one_in(12)   ? ProjectState::abandoned
                                        : r.one_in(12) ? static_cast<ProjectState>(r.below(9))
                                                       : static_cast<ProjectState>(next),
                                  .document = text()};
    }
    case 5:
      return command::RecordConflict{.county = who(),
                                     .plot = plot(),
                                     .conflict = r.one_in(30)  ? static_cast<clearing::ConflictKind>(r.below(4))
                                                 : r.one_in(2) ? clearing::ConflictKind::certificate
                                                               : clearing::ConflictKind::other,
                                     .document = text()};
    case 6: {
      std::vector<std::string> open;
      for (const auto& [name, conflict] : s.conflicts.all())
        if (conflict.open()) open.push_back(name);
      command::ClearConflict c{.plot = open.empty() || r.one_in(10) ? plot() : open[r.below(open.size())],
                               .papers = {}};
      for (int paper = r.one_in(5) ? 2 : 1; paper <= (r.one_in(30) ? 6 : 5); ++paper)
        c.papers.push_back({.paper = static_cast<clearing::Paper>(paper), .document = text()});
      return c;
    }
    case 7:
    case 8:
      return command::FreezeLand{
          .participant = who(), .instrument = instrument(), .quantity = amount(), .document = text()};
    case 9: {
      const auto [id, entry] = some_of(r, s.entries.freezes, 5);
      return command::UnfreezeLand{.freeze = id, .quantity = part_of(entry), .document = text()};
    }
    case 10: {
      const District from = who(), to = who();
      return command::TransferLand{
          .from = from, .to = to, .instrument = instrument(), .quantity = amount(), .document = text()};
    }
    case 11:
    case 12: {
      const Day today = s.last_day ? *s.last_day : day(6, 20);
      return command::LendLand{
          .to = who(),
          .instrument = instrument(),
          .quantity = amount(),
          .due = Day::from_raw(today.raw() + static_cast<int32_t>(r.between(r.one_in(10) ? 0 : 1, 5))),
          .document = text()};
    }
    case 13:
    case 14: {
      const auto [id, entry] = some_of(r, s.entries.loans, 12);
      return command::ReturnLand{.loan = id, .quantity = part_of(entry), .document = text()};
    }
    case 15: {
      // what was taken out of the pool has the highest numbers
      const auto [id, entry] = some_of(r, s.entries.write_offs, r.one_in(2) ? 5 : s.entries.write_offs.size());
      return command::RestoreLand{.write_off = id, .quantity = part_of(entry), .document = text()};
    }
    case 16:
      return command::CancelLand{
          .participant = who(), .instrument = instrument(), .quantity = amount(), .document = text()};
    default: {
      const auto [id, filing] = some_of(r, s.registry.filings(), 6);
      const bool linkage = filing && filing->kind == engine::IndicatorKind::linkage && !r.one_in(10);
      return command::AdjustBatch{
          .filing = id,
          .area = Area::from_raw(r.between(0, 500)),
          .paddy = Area::from_raw(linkage || r.one_in(2) ? 0 : r.between(0, 500)),
          .capacity = Capacity::from_raw(linkage || r.one_in(2) ? 0 : r.between(0, 500)),
          .reverses = filing && !r.one_in(10) ? filing->entries[r.below(filing->entries.size())].number : Sequence{7},
          .document = text()};
    }
  }
}

/// A title, mostly one that is free.
static const clearing::Title* some_title(Random& r, const engine::State& s) {
  const auto& all = s.titles.all;
  if (all.empty()) return nullptr;
  const clearing::Title* found = nullptr;
  for (int tries = 0; tries < 4; ++tries) {
    auto at = all.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(r.below(all.size())));
    found = &at->second;
    if (found->state == clearing::TitleState::held) break;
  }
  return found;
}

/// Products and titles; they are sold by deals.
static engine::Command about_titles(Random& r, const engine::State& s) {
  using clearing::Product;
  const auto text = [&] { return r.one_in(50) ? std::string{} : std::string{"文号"}; };
  const auto product = [&] { return static_cast<Product>(r.one_in(40) ? r.below(10) : r.between(1, 7)); };
  const clearing::Title* title = some_title(r, s);
  const auto number_of = [&](const clearing::Title* t) { return t && !r.one_in(25) ? t->number : std::string{"N9"}; };
  const auto new_number = [&] {
    if (r.one_in(60)) return std::string{};
    return (r.one_in(12) ? "P" : "N") + std::to_string(r.below(r.one_in(4) ? 40 : 9'000));
  };
  switch (r.below(13)) {
    case 0:
    case 12: {
      const Day base = s.last_day ? *s.last_day : day(6, 20);
      const int32_t first = base.raw() + static_cast<int32_t>(r.between(-2, 4));
      return command::OpenProduct{
          .product = r.one_in(8) ? product() : static_cast<Product>(r.between(2, 6)),
          .from = Day::from_raw(first),
          .until = Day::from_raw(first + static_cast<int32_t>(r.between(r.one_in(10) ? -1 : 0, 25))),
          .approval = text()};
    }
    case 1:
    case 2:
    case 3:
    case 4: {
      const Product p = r.one_in(20) ? product() : static_cast<Product>(r.between(2, 7));
      return command::RegisterTitle{
          .county = District::code(kCodes[r.one_in(30)                                   ? r.below(6)
                                          : p == Product::planning_space && !r.one_in(6) ? r.below(2)
                                                                                         : r.below(4)]),
          .product = p,
          .number = new_number(),
          .area = Area::from_raw(r.one_in(30) ? r.between(-1, 200'000'000'000) : r.between(1, 900)),
          .grade =
              r.one_in(2) ? std::nullopt : std::optional{static_cast<uint8_t>(r.between(r.one_in(20) ? 0 : 1, 15))},
          .document = text(),
          .consent = r.one_in(5) ? std::string{} : std::string{"林审"}};
    }
    case 5:
    case 6: {
      const bool known = !s.reserve.plots().empty() && !r.one_in(8);
      auto at = s.reserve.plots().begin();
      if (known) std::advance(at, static_cast<std::ptrdiff_t>(r.below(s.reserve.plots().size())));
      return command::FlagPlot{.plot = known ? at->first : new_number(),
                               .grain_zone = r.one_in(2),
                               .high_standard = r.one_in(2),
                               .document = text()};
    }
    case 7:
    case 8:
    case 9: {
      const auto divisible = [&] {
        return title && (title->product == Product::function_restoration || title->product == Product::forest ||
                         title->product == Product::planning_space);
      };
      for (int tries = 0; tries < 4 && !divisible() && !r.one_in(12); ++tries) title = some_title(r, s);
      return command::SplitTitle{
          .title = number_of(title),
          .number = new_number(),
          .area =
              Area::from_raw(title ? r.between(r.one_in(20) ? 0 : 1, title->area.raw() + (r.one_in(8) ? 1 : 0)) : 5)};
    }
    case 10: {
      command::UseTitles c{.titles = {}, .project = text(), .document = text()};
      const uint64_t count = r.one_in(30) ? r.below(60) : 1 + r.below(2);
      for (uint64_t n = 0; n < count; ++n) {
        const clearing::Title* one = some_title(r, s);
        if (n > 0 && one && title && one->holder != title->holder && !r.one_in(4)) continue;
        c.titles.push_back({.number = number_of(n == 0 ? title : one)});
      }
      return c;
    }
    default:
      return command::CancelTitle{.title = number_of(title), .document = text()};
  }
}

/// Titles of one holder, most of the time, for a deal; and, at times, the project for which they go together.
static std::vector<command::TitleLeg> some_titles(Random& r, const engine::State& s, std::optional<District>& holder) {
  std::vector<command::TitleLeg> legs;
  const auto count = r.one_in(60) ? r.between(0, 55) : r.between(1, 3);
  const bool joint = r.one_in(3);
  const auto fits = [&](const clearing::Title& t) {
    return (!holder || t.holder == *holder) && (!joint || clearing::in_joint_balance(t.product));
  };
  for (int64_t n = 0; n < count; ++n) {
    const clearing::Title* t = some_title(r, s);
    for (int tries = 0; tries < 12 && t && !fits(*t) && !r.one_in(20); ++tries) t = some_title(r, s);
    if (t && !holder) holder = t->holder;
    legs.push_back({.title = t && !r.one_in(40) ? t->number : std::string{"N9"},
                    .price = Rate::from_raw(r.one_in(40) ? r.between(-1, 60'000'000) : r.between(1, 30) * 100)});
  }
  return legs;
}
static std::optional<command::Landing> some_landing(Random& r) {
  if (r.one_in(3)) return std::nullopt;
  return command::Landing{
      .project = r.one_in(40) ? "" : "项目",
      .purpose = static_cast<clearing::RequestClass>(r.one_in(40) ? r.below(9) : r.between(1, r.one_in(3) ? 5 : 3)),
      .document = r.one_in(40) ? "" : "文号"};
}

/// Own needs, gaps, and balances: mostly what fills one that is open.
engine::Command RandomMarket::needs(const engine::State& s) {
  auto& r = random_;
  const auto who = [&] { return District::code(kCodes[r.one_in(30) ? r.below(6) : r.below(4)]); };
  const auto text = [&] { return r.one_in(60) ? std::string{} : std::string{"文号"}; };
  const auto instrument = [&] {
    return r.one_in(40) ? static_cast<Instrument>(r.below(7)) : kInstruments[r.below(r.one_in(20) ? 4 : 3)];
  };
  const Day today = s.last_day ? *s.last_day : day(6, 20);
  const auto later = [&](int64_t least, int64_t most) {
    return Day::from_raw(today.raw() + static_cast<int32_t>(r.between(least, most)));
  };
  const auto components = [&](int64_t most) {
    Components c;
    const auto one = r.below(3);
    const int64_t n = r.between(r.one_in(30) ? -1 : 1, most);
    if (one == 0 || r.one_in(10)) c.area = Area::from_raw(n);
    if (one == 1 || r.one_in(10)) c.paddy = Area::from_raw(n);
    if (one == 2 || r.one_in(10)) c.capacity = Capacity::from_raw(n);
    return c;
  };
  const auto [id, balance] = some_of(r, s.needs.balances, 5);
  switch (r.below(balance ? 12 : 5)) {
    case 0:
      return command::RegisterNeed{
          .county = who(),
          .instrument = instrument(),
          .quantity = Quantity::from_raw(r.one_in(4) ? r.between(-1, 1) : r.between(1, 30'000)),
          .document = text()};
    case 1:
    case 2: {
      const Day from = later(-2, 3);
      return command::CertifyGap{
          .participant = who(),
          .instrument = instrument(),
          .quantity = Quantity::from_raw(r.between(r.one_in(30) ? 0 : 1, 2'000)),
          .from = from,
          .until = Day::from_raw(from.raw() + static_cast<int32_t>(r.between(r.one_in(9) ? -2 : 0, 6))),
          .document = text()};
    }
    case 3: {
      const auto [gap, found] = some_of(r, s.needs.gaps, 5);
      return command::RevokeGap{.gap = gap, .document = text()};
    }
    case 4: {
      command::OpenBalance c{.county = who(),
                             .project = text(),
                             .purpose = {},
                             .need = components(9'000),
                             .lowest_grade = {},
                             .deadline = later(r.one_in(20) ? -1 : 0, 20),
                             .document = text()};
      if (r.one_in(2)) c.purpose = static_cast<clearing::RequestClass>(r.between(r.one_in(20) ? 0 : 1, 5));
      if (r.one_in(3)) c.lowest_grade = static_cast<uint8_t>(r.between(r.one_in(20) ? 0 : 1, 15));
      return c;
    }
    case 5:
      return command::CloseBalance{.balance = r.one_in(10) ? BalanceId{r.below(s.last.value + 3)} : id,
                                   .document = text()};
    default: {
      command::FillBalance c{.balance = r.one_in(20) ? BalanceId{r.below(s.last.value + 3)} : id,
                             .tier = static_cast<clearing::Tier>(r.one_in(20) ? r.below(6) : r.between(1, 4)),
                             .amount = components(4'000),
                             .reason = r.one_in(3) ? std::string{} : std::string{"理由"},
                             .document = text(),
                             .price = {}};
      if (c.tier == clearing::Tier::pool && !r.one_in(6)) c.tier = clearing::Tier::own;
      if ((c.tier == clearing::Tier::outside) != r.one_in(20)) c.price = rate(Instrument::supplementary_area);
      if (balance && r.one_in(4)) {  // exactly what is left of one component
        const Components left{.area = balance->need.area - balance->filled.area,
                              .paddy = balance->need.paddy - balance->filled.paddy,
                              .capacity = balance->need.capacity - balance->filled.capacity};
        c.amount = {};
        if (left.area > Area{})
          c.amount.area = left.area;
        else if (left.paddy > Area{})
          c.amount.paddy = left.paddy;
        else
          c.amount.capacity = left.capacity;
      }
      return c;
    }
  }
}

/// About a proposal that is under way, most of the time, and mostly what moves it on.
engine::Command RandomMarket::approval(const engine::State& s) {
  auto& r = random_;
  const auto& all = s.proposals.all;
  auto at = all.begin();
  if (!s.proposals.due.empty() && r.one_in(2)) {
    auto due = s.proposals.due.begin();
    std::advance(due, static_cast<std::ptrdiff_t>(r.below(s.proposals.due.size())));
    at = all.find(due->proposal);
  } else {
    std::advance(at, static_cast<std::ptrdiff_t>(all.size() - 1 - r.below(std::min<size_t>(all.size(), 8))));
  }
  const engine::Proposal& p = at->second;
  const ProposalId id{r.one_in(40) ? r.below(s.last.value + 3) : p.id.value};
  const auto text = [&] { return r.one_in(30) ? std::string{} : std::string{"意见"}; };
  if (p.state == engine::ProposalState::returned && !r.one_in(6)) {
    engine::Subject subject = p.subject;
    if (auto* use = std::get_if<command::WriteOff>(&subject)) use->quantity = Quantity::from_raw(r.between(0, 9'000));
    if (r.one_in(12)) subject = command::Withdraw{};
    return command::Resubmit{.proposal = id, .subject = subject, .reason = text(), .document = {}};
  }
  if (r.one_in(10)) return command::WithdrawProposal{.proposal = id};
  const auto verdict = r.one_in(50)  ? engine::StepVerdict{9}
                       : r.one_in(8) ? engine::StepVerdict::return_
                       : r.one_in(8) ? engine::StepVerdict::refuse
                                     : engine::StepVerdict::pass;
  return command::DecideProposal{.proposal = id, .verdict = verdict, .reason = text(), .document = {}};
}

/// What has a chain is proposed, most of the time; so, at times, is what has none.
engine::Command RandomMarket::command(const engine::State& s) {
  auto& r = random_;
  if (s.day && r.one_in(3))
    if (const auto next = allocation_step(r, s)) return *next;
  if (s.day && !s.proposals.all.empty() && r.one_in(12)) return approval(s);
  engine::Command c = direct(s);
  return std::visit(
      [&]<class C>(const C& one) -> engine::Command {
        if constexpr (engine::kIsOneOf<C, engine::SubjectList>) {
          const engine::Subject subject{one};
          const auto on = s.day ? s.day : s.last_day;
          const bool chain = s.pack && s.venue && on &&
                             s.pack->chain(kind_of(subject), static_cast<policy::ChainVenue>(*s.venue), *on);
          if (chain ? !r.one_in(8) : r.one_in(30))
            return command::Propose{
                .subject = subject, .reason = r.one_in(60) ? std::string{} : std::string{"事由"}, .document = {}};
        }
        return one;
      },
      c);
}

engine::Command RandomMarket::direct(const engine::State& s) {
  auto& r = random_;
  const auto who = [&] { return District::code(kCodes[r.one_in(30) ? r.below(6) : r.below(4)]); };
  const auto instrument = [&] {
    return r.one_in(60) ? static_cast<Instrument>(r.below(7)) : kInstruments[r.below(kInstruments.size())];
  };
  const auto quantity = [&] {
    return Quantity::from_raw(r.one_in(80) ? r.between(-1, 200'000'000'000) : r.between(1, 90'000));
  };
  const auto text = [&] { return r.one_in(60) ? std::string{} : std::string{"文号"}; };
  const auto number = [&](uint64_t low) { return r.one_in(20) ? r.below(s.last.value + 3) : low; };
  const auto some_order = [&]() -> uint64_t {
    for (int tries = 0; tries < 4; ++tries)
      if (const auto orders = resting(s, kInstruments[r.below(kInstruments.size())]); !orders.empty())
        return orders[r.below(orders.size())].value;
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

  if (!s.pack || r.one_in(4'000)) {
    command::Activate c{.behaviour = r.one_in(10) ? 2u : 1u, .pack = pack_};
    if (r.one_in(5)) c.pack.rule_set = "plain";
    return c;
  }
  if (!s.venue || r.one_in(300))
    return command::SetVenue{.venue = r.one_in(5) ? static_cast<engine::Venue>(r.below(4)) : engine::Venue::simulation};
  if (!s.day && r.one_in(5)) return command::SetProfile{.profile = profile()};
  if (!s.day && !r.one_in(4))
    return command::OpenDay{
        .day = s.last_day ? Day::from_raw(s.last_day->raw() + static_cast<int32_t>(r.between(0, 3))) : day(6, 20),
        .random = r.one_in(2) ? std::optional{r.next()} : std::nullopt};
  if (s.ledger.accounts().size() < 5 && r.one_in(2))
    return command::OpenAccount{.participant = District::code(kCodes[r.below(6)])};

  if (r.one_in(9)) return auction(s);
  if (s.day && r.one_in(60)) {
    if (!s.advances.all().empty() && r.one_in(2)) {
      auto at = s.advances.all().begin();
      std::advance(at, static_cast<std::ptrdiff_t>(r.below(s.advances.all().size())));
      return command::RepayAdvance{
          .advance = {number(at->first.value)},
          .amount = Fen::from_raw(r.between(r.one_in(20) ? 0 : 1, at->second.left.raw() / 2 + 5)),
          .document = text()};
    }
    return command::ApplyAdvance{
        .fund = Fen::from_raw(r.between(r.one_in(20) ? 0 : 1, 400'000'000)),
        .filing_by =
            Day::from_raw(s.day->raw() + static_cast<int32_t>(r.one_in(12) ? r.between(-3, 400) : r.between(1, 6))),
        .contract = text()};
  }
  if (r.one_in(8)) return registry(s);
  if (s.day && r.one_in(14)) return pool_command(r, s);
  if (r.one_in(16)) return about_titles(r, s);
  if (r.one_in(14)) return needs(s);
  if (s.day && r.one_in(9)) return government_command(r, s);
  switch (r.below(72)) {
    case 0:
      return s.day && r.one_in(2) ? command::CloseDay{.day = r.one_in(9) ? day(6, 1) : *s.day}
                                  : command::CloseDay{.day = day(6, 21)};
    case 1:
      return command::OpenDay{.day = day(static_cast<int>(r.between(6, 12)), static_cast<int>(r.between(1, 30)))};
    case 2:
      return command::OpenAccount{.participant = who()};
    case 3:
    case 4:
      return command::Deposit{
          .participant = r.one_in(3) ? District::code(330100) : who(),
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
        command::FileBatch batch{.county = who(),
                                 .kind = kind,
                                 .area = r.one_in(80) ? Area::from_raw(kMaxQuantity.raw() + r.between(-1, 1)) : area,
                                 .paddy = plain ? Area{} : std::min(paddy, r.one_in(20) ? paddy : area),
                                 .capacity = plain ? Capacity{} : capacity,
                                 .project = text(),
                                 .document = text()};
        add_details(s, batch);
        return batch;
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
                           .grade = static_cast<uint8_t>(r.between(r.one_in(50) ? 0 : 1, 15)),
                           .grain_zone = r.one_in(3) ? std::optional{r.one_in(2)} : std::nullopt,
                           .high_standard = r.one_in(3) ? std::optional{r.one_in(2)} : std::nullopt});
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
      std::vector<command::Leg> legs;
      for (uint64_t n = r.one_in(30) ? r.below(7) : 1 + r.below(3); n > 0; --n) {
        const Instrument i = r.one_in(12) ? instrument() : kInstruments[legs.size() % kInstruments.size()];
        legs.push_back({.instrument = i,
                        .quantity = Quantity::from_raw(std::min<int64_t>(quantity().raw(), 200'000'000'000) /
                                                       (r.one_in(3) ? 1 : 20)),
                        .price = r.one_in(4) ? std::nullopt : std::optional{rate(i)}});
      }
      std::optional<Instant> until;
      if (r.one_in(3)) until = Instant{s.at.us + r.between(-1'000, r.one_in(2) ? 100'000'000 : 10'000'000'000)};
      if (r.one_in(4)) {
        const uint64_t deal = number(some_deal());
        const auto at = s.deals.find({deal});
        command::CounterDeal c{.deal = {deal}, .legs = legs, .until = until};
        const bool with_titles = at != s.deals.end() && !at->second.titles.empty();
        std::optional<District> holder;
        if (at != s.deals.end()) holder = at->second.seller;
        if (r.one_in(with_titles ? 3 : 8)) c.titles = some_titles(r, s, holder);
        if (with_titles && r.one_in(3)) c.legs.clear();
        return c;
      }
      command::ProposeDeal c{.seller = who(), .buyer = who(), .legs = legs, .until = until};
      if (!s.titles.all.empty() && r.one_in(2)) {
        std::optional<District> holder;
        c.titles = some_titles(r, s, holder);
        if (holder) c.seller = *holder;
        if (r.one_in(2)) c.landing = some_landing(r);
        if (!r.one_in(4)) c.legs.clear();
      }
      return c;
    }
    case 23:
    case 24:
    case 25:
      return command::AcceptDeal{.deal = {number(some_deal())}};
    case 26:
      return command::EndDeal{.deal = {number(some_deal())}};
    case 27: {
      // the step that a deal waits for, most of the time
      std::vector<const engine::Deal*> agreed;
      for (const auto& [id, deal] : s.deals)
        if (deal.state == engine::DealState::accepted || deal.state == engine::DealState::confirmed ||
            deal.state == engine::DealState::paid)
          agreed.push_back(&deal);
      if (agreed.empty() || r.one_in(10)) {
        if (r.one_in(2)) return command::SettleDeal{.deal = {number(some_deal())}};
        if (r.one_in(2)) return command::PayDeal{.deal = {number(some_deal())}};
        return command::ConfirmDeal{.deal = {number(some_deal())}, .document = text()};
      }
      const engine::Deal& deal = *agreed[r.below(agreed.size())];
      if (r.one_in(12)) return command::VoidDeal{.deal = deal.id, .reason = text(), .document = text()};
      if (deal.state == engine::DealState::accepted) return command::ConfirmDeal{.deal = deal.id, .document = text()};
      if (deal.state == engine::DealState::confirmed && !r.one_in(3)) return command::PayDeal{.deal = deal.id};
      return command::SettleDeal{.deal = deal.id};
    }
    case 28:
      return command::SettleClaims{
          .county = who(),
          .at_most =
              r.one_in(3) ? std::nullopt : std::optional{Fen::from_raw(r.between(r.one_in(9) ? 0 : 1, 900'000'000))}};
    case 29:
      return command::WriteOff{.instrument = instrument(),
                               .quantity = r.one_in(2) ? quantity() : some_of_an_order(),
                               .project = text(),
                               .from_borrowed = r.one_in(2) ? std::nullopt : std::optional{!r.one_in(4)}};
    case 30:
    case 31:
    case 32:
      return command::MovePhase{.instrument = r.one_in(4) ? std::nullopt : std::optional{instrument()},
                                .to = r.one_in(30)  ? static_cast<matching::Phase>(r.below(8))
                                      : r.one_in(2) ? matching::Phase::continuous
                                                    : static_cast<matching::Phase>(r.between(1, 5))};
    case 33:
      if (r.one_in(4)) return command::SetProfile{.profile = profile()};
      if (r.one_in(4)) {
        const auto& rows = s.prices.rows();
        return command::RevokePrice{.row = {rows.empty() ? number(1) : number(rows[r.below(rows.size())].id.value)},
                                    .document = text()};
      }
      return command::CancelOrders{
          .participant = who(),
          .instrument = r.one_in(2) ? std::nullopt : std::optional{instrument()},
          .side = r.one_in(2) ? std::nullopt : std::optional{static_cast<Side>(r.one_in(20) ? 0 : r.between(1, 2))}};
    case 34:
      return command::Tick{};
    case 35:
    case 36:
    case 37:
    case 38:
    case 39: {
      const OrderId id{number(some_order())};
      const auto order = s.market.books.find(id);
      const Instrument i = order ? engine::instrument_of(*s.market.books.book_of(id)) : instrument();
      const Quantity left = order ? order->left : some_of_an_order();
      return command::ReplaceOrder{
          .order = id,
          .left_before = r.one_in(15) ? some_of_an_order() : left,
          .left = r.one_in(2) ? Quantity::from_raw(r.between(r.one_in(20) ? 0 : 1, left.raw())) : some_of_an_order(),
          .price = order && r.one_in(2) ? rate_of(i, order->limit) : rate(i)};
    }
    case 40:
    case 41:
    case 42:
    case 43:
    case 44:
    case 45: {
      const Instrument i = instrument();
      const Quantity q = some_of_an_order();
      return command::PlaceAtBest{
          .instrument = i,
          .side = r.one_in(2) ? Side::buy : Side::sell,
          .quantity = q,
          .conditions = r.one_in(2) ? std::nullopt : std::optional{conditions(s, i, q, /*at_best=*/true)}};
    }
    default: {
      const Instrument i = instrument();
      const Quantity q = some_of_an_order();
      return command::PlaceOrder{
          .instrument = i,
          .side = r.one_in(90)  ? static_cast<Side>(r.below(4))
                  : r.one_in(2) ? Side::buy
                                : Side::sell,
          .quantity = q,
          .price = rate(i),
          .conditions = r.one_in(2) ? std::nullopt : std::optional{conditions(s, i, q, /*at_best=*/false)}};
    }
  }
}

engine::Envelope RandomMarket::envelope(const engine::Command& given) {
  auto& r = random_;
  const auto* propose = std::get_if<command::Propose>(&given);
  const engine::Command c =
      propose ? std::visit([](const auto& one) -> engine::Command { return one; }, propose->subject) : given;
  // whoever may do it, most of the time; a district acts for itself
  const bool bureau =
      c.index() <= 7 || std::holds_alternative<command::DeductBatch>(c) ||
      std::holds_alternative<command::SettleDeal>(c) || std::holds_alternative<command::ConfirmDeal>(c) ||
      std::holds_alternative<command::VoidDeal>(c) || std::holds_alternative<command::RevokePrice>(c) ||
      std::holds_alternative<command::SettleClaims>(c) || std::holds_alternative<command::FileBatch>(c) ||
      std::holds_alternative<command::EnterPlots>(c) || std::holds_alternative<command::OpenBids>(c) ||
      (std::holds_alternative<command::CancelAuction>(c) && r.one_in(4)) ||
      std::holds_alternative<command::FreezeLand>(c) || std::holds_alternative<command::UnfreezeLand>(c) ||
      std::holds_alternative<command::TransferLand>(c) || std::holds_alternative<command::RestoreLand>(c) ||
      std::holds_alternative<command::DraftAllocation>(c) || std::holds_alternative<command::AddDraws>(c) ||
      std::holds_alternative<command::AllocatePool>(c) || std::holds_alternative<command::AllotPlots>(c) ||
      (std::holds_alternative<command::WithdrawRequest>(c) && r.one_in(3)) ||
      (std::holds_alternative<command::ReturnAllotment>(c) && r.one_in(3)) ||
      std::holds_alternative<command::CancelLand>(c) || std::holds_alternative<command::AdjustBatch>(c) ||
      std::holds_alternative<command::RegisterProject>(c) || std::holds_alternative<command::OpenProduct>(c) ||
      std::holds_alternative<command::CancelTitle>(c) ||
      (is_about_governments(c) && !(std::holds_alternative<command::UseReservedScale>(c) && r.one_in(2))) ||
      (std::holds_alternative<command::RegisterTitle>(c) && !r.one_in(3)) ||
      (std::holds_alternative<command::FlagPlot>(c) && r.one_in(2)) || std::holds_alternative<command::CertifyGap>(c) ||
      std::holds_alternative<command::RevokeGap>(c) ||
      (std::holds_alternative<command::CloseBalance>(c) && r.one_in(3)) ||
      std::holds_alternative<command::RegisterProject>(c) ||
      (std::holds_alternative<command::RecordConflict>(c) && !r.one_in(4)) ||
      (std::holds_alternative<command::ClearConflict>(c) && !r.one_in(4)) ||
      (std::holds_alternative<command::MoveProject>(c) &&
       std::get<command::MoveProject>(c).to >= engine::ProjectState::city_accepted && !r.one_in(5)) ||
      std::holds_alternative<command::SetProfile>(c) || std::holds_alternative<command::MovePhase>(c) ||
      (std::holds_alternative<command::CancelOrders>(c) && r.one_in(2));
  const engine::Role role = r.one_in(60)                               ? static_cast<engine::Role>(r.between(1, 5))
                            : std::holds_alternative<command::Tick>(c) ? engine::Role::system
                            : std::holds_alternative<command::SetVenue>(c) && !r.one_in(3) ? engine::Role::system
                            : bureau                                                       ? engine::Role::bureau
                                                                                           : engine::Role::district;
  const uint32_t participant = role == engine::Role::district ? kCodes[r.one_in(60) ? r.below(6) : r.below(4)] : 330100;
  ++counter_;
  return {.client_key = {1 + r.below(3)},
          .counter = {counter_},
          .person = {2 + r.below(4)},
          .participant = District::code(participant),
          .role = role};
}

engine::Stamped RandomMarket::next(const engine::State& s) {
  constexpr int64_t kMinute = 60'000'000, kDay = 24 * 60 * kMinute;
  // Mostly a moment later, at times some minutes; the first in the morning of a day, and so the openings of most days.
  int64_t later = random_.between(0, random_.one_in(8) ? 15 * kMinute : 1'000);
  if (s.at.us == 0) later = matching::beijing_instant(day(6, 20), matching::TimeOfDay::hm(8, 30)).us;
  engine::Stamped out{.seq = {s.last.value + 1}, .at = {s.at.us + later}, .envelope = {}, .command = {}};
  if (!sent_.empty() && random_.one_in(50)) {  // a retry, as it was or with something changed
    const auto& old = sent_[sent_.size() - 1 - random_.below(std::min<size_t>(sent_.size(), 20))];
    out.envelope = old.envelope;
    out.command = random_.one_in(3) ? command(s) : old.command;
    return out;
  }
  out.command = command(s);
  if (std::holds_alternative<command::OpenDay>(out.command) && !random_.one_in(4))
    out.at.us += (kDay + 30 * kMinute - out.at.us % kDay) % kDay;  // 8:30 in Beijing
  out.envelope = envelope(out.command);
  // an order or a deal is acted on by one that it belongs to, most of the time
  const auto owner = [&](District d) {
    if (!random_.one_in(10)) out.envelope.participant = d;
  };
  if (const auto* cancel = std::get_if<command::CancelOrder>(&out.command))
    if (const auto order = s.market.books.find(cancel->order)) owner(s.ledger.account(order->seat).district);
  if (const auto* replace = std::get_if<command::ReplaceOrder>(&out.command))
    if (const auto order = s.market.books.find(replace->order)) owner(s.ledger.account(order->seat).district);
  if (const auto* cancel = std::get_if<command::CancelOrders>(&out.command)) owner(cancel->participant);
  if (const auto* back = std::get_if<command::ReturnLand>(&out.command))
    if (const auto at = s.entries.loans.find(back->loan); at != s.entries.loans.end()) owner(at->second.borrower);
  if (const auto* step = std::get_if<command::MoveProject>(&out.command);
      step && out.envelope.role == engine::Role::district)
    if (const auto* project = s.projects.find(step->project)) owner(project->county);
  const auto title = [&](const std::string& number, bool its_county) {
    if (const auto* t = s.titles.find(number); t && out.envelope.role == engine::Role::district)
      owner(its_county ? t->county : t->holder);
  };
  if (const auto* split = std::get_if<command::SplitTitle>(&out.command)) title(split->title, false);
  if (const auto* flag = std::get_if<command::FlagPlot>(&out.command)) title(flag->plot, true);
  const auto* asked = std::get_if<command::Propose>(&out.command);
  const auto* use =
      asked ? std::get_if<command::UseTitles>(&asked->subject) : std::get_if<command::UseTitles>(&out.command);
  if (use && !use->titles.empty()) title(use->titles.front().number, false);
  const auto* reserved = asked ? std::get_if<command::UseReservedScale>(&asked->subject)
                               : std::get_if<command::UseReservedScale>(&out.command);
  if (reserved && out.envelope.role == engine::Role::district) owner(reserved->county);
  if (const auto* need = std::get_if<command::RegisterNeed>(&out.command)) owner(need->county);
  if (const auto* begin = std::get_if<command::OpenBalance>(&out.command)) owner(begin->county);
  const auto balance_of = [&](BalanceId id) {
    if (const auto at = s.needs.balances.find(id); at != s.needs.balances.end()) owner(at->second.county);
  };
  if (const auto* fill = std::get_if<command::FillBalance>(&out.command)) balance_of(fill->balance);
  if (const auto* close = std::get_if<command::CloseBalance>(&out.command);
      close && out.envelope.role == engine::Role::district)
    balance_of(close->balance);
  const auto bidder_of = [&](AuctionId id, BidId bid) {
    const auto at = s.auctions.sealed.find(id);
    if (at == s.auctions.sealed.end()) return;
    if (const auto* found = at->second.auction.find(bid)) owner(s.ledger.account(found->seat).district);
  };
  if (const auto* amend = std::get_if<command::AmendBid>(&out.command)) bidder_of(amend->auction, amend->bid);
  if (const auto* gone = std::get_if<command::WithdrawBid>(&out.command)) bidder_of(gone->auction, gone->bid);
  if (const auto* cancel = std::get_if<command::CancelAuction>(&out.command);
      cancel && out.envelope.role == engine::Role::district) {
    const auto& auctions = s.auctions;
    if (const auto at = auctions.sealed.find(cancel->auction); at != auctions.sealed.end())
      owner(s.ledger.account(at->second.auction.terms().seller).district);
    if (const auto at = auctions.listings.find(cancel->auction); at != auctions.listings.end())
      owner(s.ledger.account(at->second.auction.terms().seller).district);
  }
  const auto party = [&](DealId id, bool other) {
    if (const auto at = s.deals.find(id); at != s.deals.end())
      owner((at->second.proposer == at->second.seller) == other ? at->second.buyer : at->second.seller);
  };
  if (const auto* accept = std::get_if<command::AcceptDeal>(&out.command)) party(accept->deal, true);
  if (const auto* pay = std::get_if<command::PayDeal>(&out.command))
    if (const auto at = s.deals.find(pay->deal); at != s.deals.end()) owner(at->second.buyer);
  if (const auto* counter = std::get_if<command::CounterDeal>(&out.command)) party(counter->deal, true);
  if (const auto* end = std::get_if<command::EndDeal>(&out.command)) party(end->deal, random_.one_in(2));
  if (const auto* propose = std::get_if<command::ProposeDeal>(&out.command))
    owner(random_.one_in(2) ? propose->seller : propose->buyer);
  // a step is decided by whose it is, a proposal corrected or taken back by whoever made it
  const auto proposal = [&](ProposalId id) { return random_.one_in(12) ? nullptr : s.proposals.find(id); };
  const auto as_proposer = [&](ProposalId id) {
    if (const auto* p = proposal(id)) {
      out.envelope.person = p->proposer.person;
      out.envelope.participant = p->proposer.participant;
      out.envelope.role = p->proposer.role;
    }
  };
  if (const auto* decide = std::get_if<command::DecideProposal>(&out.command))
    if (const auto* p = proposal(decide->proposal); p && p->current()) {
      const bool bureau = p->current()->role == policy::ChainRole::bureau;
      out.envelope.role = bureau ? engine::Role::bureau : engine::Role::district;
      out.envelope.participant = bureau ? District::code(330100) : p->proposer.participant;
    }
  if (const auto* again = std::get_if<command::Resubmit>(&out.command)) as_proposer(again->proposal);
  if (const auto* repay = std::get_if<command::RepayAdvance>(&out.command))
    if (const auto* a = s.advances.find(repay->advance)) owner(a->county);
  if (const auto* asks = std::get_if<command::Propose>(&out.command);
      asks && std::holds_alternative<command::ApplyAdvance>(asks->subject))
    owner(District::code(kCodes[random_.below(2)]));
  if (const auto* back = std::get_if<command::WithdrawProposal>(&out.command)) as_proposer(back->proposal);
  if (out.envelope.role == engine::Role::district) {
    const auto as_county_of = [&](RequestId id) {
      const auto at = s.pool_requests.requests.find(id);
      if (at != s.pool_requests.requests.end()) owner(at->second.county);
    };
    if (const auto* take = std::get_if<command::TakeAllotment>(&out.command)) as_county_of(take->request);
    if (const auto* back = std::get_if<command::ReturnAllotment>(&out.command)) as_county_of(back->request);
    if (const auto* end = std::get_if<command::WithdrawRequest>(&out.command)) as_county_of(end->request);
    const auto* asks = std::get_if<command::Propose>(&out.command);
    const auto* request =
        asks ? std::get_if<command::RequestPool>(&asks->subject) : std::get_if<command::RequestPool>(&out.command);
    if (request) owner(request->county);
  }
  sent_.push_back(out);
  if (sent_.size() > 200) sent_.erase(sent_.begin(), sent_.begin() + 100);
  return out;
}

}  // namespace landex::testing
