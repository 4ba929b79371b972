// venue_profile.hpp: how a venue's day runs, as data that comes in a command (architecture, never 6). Phases follow the
// timetable; listing, auctions and negotiated deals have windows beside it. What is in neither is not open.
// No profile is law: whatever is not a clause is a choice of ours, and `origin` says so wherever the profile is shown.
// Times of day are Beijing time: UTC+8, without summer time since 1992. `validate` comes before everything else here;
// the other functions take a profile without problems. Pure.
#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "matching/ascending_auction.hpp"
#include "matching/phases.hpp"
#include "matching/sealed_auction.hpp"
#include "matching/types/day.hpp"
#include "matching/types/instrument.hpp"

namespace landex::matching {

/// Seconds since midnight in Beijing, 0 to 86 400 (midnight again, as the end of a window).
class TimeOfDay {
 public:
  using Raw = int32_t;
  constexpr TimeOfDay() = default;
  static constexpr TimeOfDay from_raw(int32_t seconds) { return TimeOfDay{seconds}; }
  static constexpr TimeOfDay hm(int32_t hours, int32_t minutes) { return TimeOfDay{hours * 3600 + minutes * 60}; }
  constexpr int32_t raw() const { return seconds_; }
  friend constexpr bool operator==(TimeOfDay, TimeOfDay) = default;
  friend constexpr auto operator<=>(TimeOfDay, TimeOfDay) = default;

 private:
  constexpr explicit TimeOfDay(int32_t seconds) : seconds_{seconds} {}
  int32_t seconds_ = 0;
};
inline constexpr TimeOfDay kMidnight = TimeOfDay::hm(24, 0);

inline constexpr int64_t kBeijingAheadS = 28'800;  // UTC+8

constexpr Instant beijing_instant(Day day, TimeOfDay at) {
  return {.us = (int64_t{day.raw()} * 86'400 - kBeijingAheadS + at.raw()) * 1'000'000};
}

inline constexpr int64_t kMostRandomEndUs = int64_t{30} * 60 * 1'000'000;

/// The phase changes at this time, or, where a call ends, up to `random_end_us` later. `call_no_cancel` is not written
/// here: it follows from `no_cancel_s`. An instrument with rows of its own follows only those.
struct TimetableRow {
  TimeOfDay at;
  Phase to;
  std::optional<Instrument> instrument;  // none: every instrument without rows of its own
  int64_t random_end_us = 0;             // 0: at the stated time; at most kMostRandomEndUs
  friend bool operator==(const TimetableRow&, const TimetableRow&) = default;
};
BOOST_DESCRIBE_STRUCT(TimetableRow, (), (at, to, instrument, random_end_us))

/// What has windows instead of phases: when directed sales are agreed, and when listings and auctions are announced,
/// which keep their own hours from there on. The numbers are on the wire.
enum class WindowKind : uint8_t {
  listing = 1,     // 挂牌
  auction = 2,     // 密封竞价
  negotiated = 3,  // 协议
};
BOOST_DESCRIBE_ENUM(WindowKind, listing, auction, negotiated)
constexpr bool exists(WindowKind k) { return k >= WindowKind::listing && k <= WindowKind::negotiated; }

/// Open from `from` on, until just before `until`, on every trading day.
struct Window {
  WindowKind kind;
  TimeOfDay from, until;
  friend bool operator==(const Window&, const Window&) = default;
};
BOOST_DESCRIBE_STRUCT(Window, (), (kind, from, until))

/// First to last day without trading, both included.
struct Holiday {
  Day from, until;
  friend bool operator==(const Holiday&, const Holiday&) = default;
};
BOOST_DESCRIBE_STRUCT(Holiday, (), (from, until))

struct ClosedWeekdays {
  bool monday = false, tuesday = false, wednesday = false, thursday = false, friday = false;
  bool saturday = false, sunday = false;
  friend bool operator==(const ClosedWeekdays&, const ClosedWeekdays&) = default;
};
BOOST_DESCRIBE_STRUCT(ClosedWeekdays, (), (monday, tuesday, wednesday, thursday, friday, saturday, sunday))

struct Bilingual {
  std::string zh, en;
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};
BOOST_DESCRIBE_STRUCT(Bilingual, (), (zh, en))

/// How the venue holds its auctions.
struct AuctionRules {
  SealedLimits sealed;
  AscendingRules listing;
  friend bool operator==(const AuctionRules&, const AuctionRules&) = default;
};
BOOST_DESCRIBE_STRUCT(AuctionRules, (), (sealed, listing))

/// Where a profile says nothing. Our default, not the law: no notice, so that an auction can be held within a day.
inline constexpr AuctionRules kOurAuctionRules{.sealed = {.bids = 4'096, .bids_per_seat = 8, .roll_over = 4},
                                               .listing = {.least_notice_us = 0,
                                                           .least_listing_us = int64_t{60} * 1'000'000,
                                                           .countdown_us = int64_t{5} * 60 * 1'000'000,
                                                           .late = LateBids{.window_us = int64_t{5} * 60 * 1'000'000,
                                                                            .extension_us = int64_t{5} * 60 * 1'000'000,
                                                                            .most = {}},
                                                           .seats = 256}};

struct VenueProfile {
  Bilingual name;
  Bilingual origin;  // where the values come from: a document, or us
  ClosedWeekdays closed_weekdays;
  std::vector<Holiday> holidays;        // in order
  std::vector<TimetableRow> timetable;  // in order of time for each instrument; begins from closed and ends in it
  std::vector<Window> windows;
  uint32_t no_cancel_s = 0;                          // how long before its stated end a call lets nothing leave
  std::optional<uint32_t> continuous_band_permille;  // around the previous close, for calls and the continuous book
  std::optional<uint32_t> negotiated_band_permille;  // the same for negotiated deals
  std::optional<uint32_t> closing_minutes;           // what the close is averaged over; none: the whole day
  std::optional<AuctionRules> auctions;              // none: kOurAuctionRules
  friend bool operator==(const VenueProfile&, const VenueProfile&) = default;
};
BOOST_DESCRIBE_STRUCT(VenueProfile, (),
                      (name, origin, closed_weekdays, holidays, timetable, windows, no_cancel_s,
                       continuous_band_permille, negotiated_band_permille, closing_minutes, auctions))

/// What to do about a value that a profile cannot have.
enum class Remedy : uint8_t {
  write_it,           // a text is missing
  keep_in_range,      // `range` says from where to where
  choose_from_list,   // not a phase, instrument or kind of window
  end_after_start,    // the end comes before the start
  put_later,          // it must come after the end of the row before it, random end included
  leave_it_out,       // the timetable does not write this phase: no-cancel is a length, a halt is a person's decision
  choose_legal_move,  // the phase cannot follow the one before it (kMoves)
  close_at_the_end,   // the last row of an instrument must lead to closed
  only_after_a_call,  // only the end of a call is random
  fit_into_the_call,  // a call must be longer than its no-cancel part
};
BOOST_DESCRIBE_ENUM(Remedy, write_it, keep_in_range, choose_from_list, end_after_start, put_later, leave_it_out,
                    choose_legal_move, close_at_the_end, only_after_a_call, fit_into_the_call)
struct RemedyWords {
  std::string_view zh, en;
};
RemedyWords words_of(Remedy r);

struct AllowedRange {
  int64_t least, most;
  friend bool operator==(const AllowedRange&, const AllowedRange&) = default;
};
struct Problem {
  std::string field;  // "timetable[2].at"
  int64_t value;      // what stands there, as its raw number
  Remedy remedy;
  std::optional<AllowedRange> range;
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// Everything that is wrong with a profile, from its first member to its last; empty: it can be used.
std::vector<Problem> validate(const VenueProfile& profile);

/// Does the venue open on this day at all?
bool trades_on(const VenueProfile& profile, Day day);

bool window_open(const VenueProfile& profile, WindowKind kind, Instant now);

/// A change of phase that falls due. The timetable makes it only if timetable_may_move from the phase that is then.
struct DueMove {
  Instant due;
  Instrument instrument;
  Phase to;
  int64_t random_end_us;  // if not 0, it is made at random_end() of a draw from the day's random number
  friend bool operator==(const DueMove&, const DueMove&) = default;
};
BOOST_DESCRIBE_STRUCT(DueMove, (), (due, instrument, to, random_end_us))

/// The whole day's moves of every instrument, by (due, instrument); none if the venue does not open.
std::vector<DueMove> moves_of_day(const VenueProfile& profile, Day day);

/// An instant of [base, base + window_us); base if there is no window. `random` is any 64 bits, and came in a command.
/// The upper half of a 128-bit product: for half an hour no instant is likelier than another by more than 2^-33 of its
/// chance.
Instant random_end(Instant base, int64_t window_us, uint64_t random);

/// Our defaults, not the law. The hours and both bands are those reported of the national carbon market, the closest
/// lawful domestic model (9:30–11:30, 13:00–15:00; ±10 %, blocks ±30 %); the call and its lengths are our choice.
VenueProfile simulation_profile();
/// The same hours as windows; no calls, no continuous book, no bands: trades are too few for a close to bind anybody.
VenueProfile production_profile();

}  // namespace landex::matching
