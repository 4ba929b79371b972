// What is wrong with a profile. Members are looked at one by one first; whether rows may follow each other is asked
// only when each row is good by itself.
#include <cassert>
#include <string>
#include <utility>

#include "matching/price_band.hpp"
#include "matching/statistics.hpp"
#include "matching/venue_profile.hpp"

namespace landex::matching {
namespace {

constexpr int64_t kSecond = 1'000'000;  // in microseconds

class Check {
 public:
  explicit Check(const VenueProfile& profile) : p_{profile} {}

  std::vector<Problem> all() && {
    text("name.zh", p_.name.zh);
    text("name.en", p_.name.en);
    text("origin.zh", p_.origin.zh);
    text("origin.en", p_.origin.en);
    holidays();
    rows();
    windows();
    range("no_cancel_s", p_.no_cancel_s, {.least = 0, .most = kMidnight.raw()});
    if (const auto b = p_.continuous_band_permille)
      range("continuous_band_permille", *b, {.least = 1, .most = kMostBandPermille});
    if (const auto b = p_.negotiated_band_permille)
      range("negotiated_band_permille", *b, {.least = 1, .most = kMostBandPermille});
    if (const auto m = p_.closing_minutes) range("closing_minutes", *m, {.least = 1, .most = kMostClosingMinutes});
    if (p_.auctions) auctions(*p_.auctions);
    return std::move(found_);
  }

 private:
  void problem(std::string field, int64_t value, Remedy remedy) {
    found_.push_back({.field = std::move(field), .value = value, .remedy = remedy, .range = {}});
  }
  void text(std::string field, const std::string& words) {
    if (words.empty()) problem(std::move(field), 0, Remedy::write_it);
  }
  void range(std::string field, int64_t value, AllowedRange allowed) {
    if (value < allowed.least || value > allowed.most)
      found_.push_back({.field = std::move(field), .value = value, .remedy = Remedy::keep_in_range, .range = allowed});
  }
  template <class E>
  void listed(std::string field, E value) {
    if (!exists(value)) problem(std::move(field), std::to_underlying(value), Remedy::choose_from_list);
  }

  void holidays() {
    for (size_t i = 0; i < p_.holidays.size(); ++i) {
      const std::string row = "holidays[" + std::to_string(i) + "]";
      const Holiday& h = p_.holidays[i];
      if (h.until < h.from) problem(row + ".until", h.until.raw(), Remedy::end_after_start);
      if (i > 0 && h.from <= p_.holidays[i - 1].until) problem(row + ".from", h.from.raw(), Remedy::put_later);
    }
  }

  void auctions(const AuctionRules& a) {
    const SealedLimits& s = a.sealed;
    range("auctions.sealed.bids", s.bids, {.least = 1, .most = kMostSealedBids});
    range("auctions.sealed.bids_per_seat", s.bids_per_seat, {.least = 1, .most = kMostSealedBids});
    range("auctions.sealed.roll_over", s.roll_over, {.least = 1, .most = kMostRollOver});
    const AscendingRules& l = a.listing;
    range("auctions.listing.least_notice_us", l.least_notice_us, {.least = 0, .most = kLongest_us});
    range("auctions.listing.least_listing_us", l.least_listing_us, {.least = kSecond, .most = kLongest_us});
    range("auctions.listing.countdown_us", l.countdown_us, {.least = kSecond, .most = kLongest_us});
    range("auctions.listing.seats", l.seats, {.least = 1, .most = kMostAscendingSeats});
    if (!l.late) return;
    range("auctions.listing.late.extension_us", l.late->extension_us, {.least = kSecond, .most = kLongest_us});
    range("auctions.listing.late.window_us", l.late->window_us, {.least = kSecond, .most = l.late->extension_us});
  }

  void windows() {
    for (size_t i = 0; i < p_.windows.size(); ++i) {
      const std::string row = "windows[" + std::to_string(i) + "]";
      const Window& w = p_.windows[i];
      listed(row + ".kind", w.kind);
      range(row + ".from", w.from.raw(), {.least = 0, .most = kMidnight.raw()});
      range(row + ".until", w.until.raw(), {.least = 0, .most = kMidnight.raw()});
      if (w.until <= w.from) problem(row + ".until", w.until.raw(), Remedy::end_after_start);
    }
  }

  static std::string row_name(size_t i) { return "timetable[" + std::to_string(i) + "]"; }

  void rows() {
    const size_t before = found_.size();
    for (size_t i = 0; i < p_.timetable.size(); ++i) {
      const TimetableRow& r = p_.timetable[i];
      range(row_name(i) + ".at", r.at.raw(), {.least = 0, .most = kMidnight.raw() - 1});
      listed(row_name(i) + ".to", r.to);
      if (r.to == Phase::call_no_cancel || r.to == Phase::halted)
        problem(row_name(i) + ".to", std::to_underlying(r.to), Remedy::leave_it_out);
      if (r.instrument) listed(row_name(i) + ".instrument", *r.instrument);
      range(row_name(i) + ".random_end_us", r.random_end_us, {.least = 0, .most = kMostRandomEndUs});
    }
    if (found_.size() != before) return;
    chain({});
    for (const Instrument i : kInstruments) chain(i);
  }

  /// The rows that name this instrument, or none, as one day from closed to closed.
  void chain(std::optional<Instrument> instrument) {
    std::optional<size_t> last;
    for (size_t i = 0; i < p_.timetable.size(); ++i)
      if (p_.timetable[i].instrument == instrument) {
        follows(last, i);
        last = i;
      }
    if (!last) return;
    const TimetableRow& end = p_.timetable[*last];
    if (end.to != Phase::closed) problem(row_name(*last) + ".to", std::to_underlying(end.to), Remedy::close_at_the_end);
    range(row_name(*last) + ".random_end_us", end.random_end_us,
          {.least = 0, .most = (kMidnight.raw() - end.at.raw()) * kSecond});
  }

  void follows(std::optional<size_t> last, size_t i) {
    const TimetableRow& r = p_.timetable[i];
    const Phase from = last ? p_.timetable[*last].to : Phase::closed;
    const int64_t at = r.at.raw();
    if (last) {
      const TimetableRow& b = p_.timetable[*last];
      if (at * kSecond <= b.at.raw() * kSecond + b.random_end_us)
        problem(row_name(i) + ".at", at, Remedy::put_later);
      else if (from == Phase::call && at - b.at.raw() <= int64_t{p_.no_cancel_s})
        problem(row_name(i) + ".at", at, Remedy::fit_into_the_call);
    }
    if (!timetable_may_move(from, r.to))
      problem(row_name(i) + ".to", std::to_underlying(r.to), Remedy::choose_legal_move);
    if (r.random_end_us != 0 && from != Phase::call)
      problem(row_name(i) + ".random_end_us", r.random_end_us, Remedy::only_after_a_call);
  }

  const VenueProfile& p_;
  std::vector<Problem> found_;
};

}  // namespace

std::vector<Problem> validate(const VenueProfile& profile) { return Check{profile}.all(); }

RemedyWords words_of(Remedy r) {
  switch (r) {
    case Remedy::write_it:
      return {"请填写", "write it"};
    case Remedy::keep_in_range:
      return {"请取范围内的值", "keep it within the range"};
    case Remedy::choose_from_list:
      return {"请从列表中选择", "choose one that exists"};
    case Remedy::end_after_start:
      return {"终点须晚于起点", "let it end after it starts"};
    case Remedy::put_later:
      return {"须晚于上一行的结束（含随机时段）", "put it after the end of the row before it, random end included"};
    case Remedy::leave_it_out:
      return {"时间表不写此阶段：不可撤单由时长得出，暂停由人决定",
              "leave it out: no-cancel follows from its length, and a person decides on a halt"};
    case Remedy::choose_legal_move:
      return {"此阶段不能接在上一阶段之后", "choose a phase that may follow the one before it"};
    case Remedy::close_at_the_end:
      return {"最后一行须转为休市", "let the last row close the instrument"};
    case Remedy::only_after_a_call:
      return {"只有集合竞价的结束可以随机", "only the end of a call may be random"};
    case Remedy::fit_into_the_call:
      return {"集合竞价须长于其不可撤单时段", "make the call longer than its no-cancel part"};
  }
  assert(false && "a remedy that exists");
  return {};
}

}  // namespace landex::matching
