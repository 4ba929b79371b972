#include "clients/cli/profile_file.hpp"

#include <fmt/format.h>

#include <array>
#include <sstream>
#include <utility>

#include "clients/cli/arguments.hpp"
#include "exchange/wire/text_forms.hpp"

namespace landex::cli {
namespace {

using demo::Fields;
using demo::FileError;
using matching::ClosedWeekdays;
using matching::Phase;
using matching::TimeOfDay;
using matching::VenueProfile;
using matching::WindowKind;

constexpr std::array<std::pair<std::string_view, bool ClosedWeekdays::*>, 7> kWeekdays{
    {{"monday", &ClosedWeekdays::monday},
     {"tuesday", &ClosedWeekdays::tuesday},
     {"wednesday", &ClosedWeekdays::wednesday},
     {"thursday", &ClosedWeekdays::thursday},
     {"friday", &ClosedWeekdays::friday},
     {"saturday", &ClosedWeekdays::saturday},
     {"sunday", &ClosedWeekdays::sunday}}};
constexpr std::array<std::pair<std::string_view, Phase>, 3> kPhaseWords{
    {{"closed", Phase::closed}, {"call", Phase::call}, {"continuous", Phase::continuous}}};
constexpr std::array<std::pair<std::string_view, WindowKind>, 3> kWindowWords{
    {{"listing", WindowKind::listing}, {"auction", WindowKind::auction}, {"negotiated", WindowKind::negotiated}}};
constexpr std::array<std::pair<std::string_view, Instrument>, 4> kInstrumentWords{
    {{"area", Instrument::supplementary_area},
     {"paddy", Instrument::supplementary_paddy},
     {"capacity", Instrument::supplementary_capacity},
     {"linkage", Instrument::linkage}}};

template <class T, size_t kCount>
std::string list(const std::array<std::pair<std::string_view, T>, kCount>& words) {
  std::string s;
  for (const auto& w : words) s += (s.empty() ? "" : ", ") + std::string{w.first};
  return s;
}

template <class T, size_t kCount>
T word(Fields& f, const char* key, const std::array<std::pair<std::string_view, T>, kCount>& words) {
  const std::string text = f.text(key);
  for (const auto& [name, value] : words)
    if (name == text) return value;
  f.complain(key, fmt::format("'{}' is not one of {}", text, list(words)),
             fmt::format("“{}”不在 {} 之中", text, list(words)));
  return words.front().second;
}

template <class T, size_t kCount>
std::string_view word_of(T value, const std::array<std::pair<std::string_view, T>, kCount>& words) {
  for (const auto& [name, v] : words)
    if (v == value) return name;
  return "?";
}

TimeOfDay time(Fields& f, const char* key) {
  const std::string text = f.text(key);
  const auto time = time_from(text);
  if (!time)
    f.complain(key, fmt::format("'{}' is no time of day; write \"HH:MM\" or \"HH:MM:SS\"", text),
               fmt::format("“{}”不是时刻，应写作 \"HH:MM\" 或 \"HH:MM:SS\"", text));
  return time.value_or(TimeOfDay{});
}

/// A whole number that is never too large to be counted in anything: `validate` knows its real range.
uint32_t count(Fields& f, const char* key) {
  const int64_t n = f.number(key);
  if (n < 0 || n > 1'000'000)
    f.complain(key, fmt::format("{} is not between 0 and 1000000", n), fmt::format("{} 不在 0 至 1000000 之间", n));
  return n < 0 || n > 1'000'000 ? 0 : static_cast<uint32_t>(n);
}

matching::Bilingual words_in(Fields& f, const char* key) {
  Fields sub{f.file(), f.table(key)};
  matching::Bilingual out{.zh = sub.text("zh"), .en = sub.text("en")};
  f.take(sub.bad());
  return out;
}

ClosedWeekdays weekdays(Fields& f) {
  ClosedWeekdays out;
  for (const auto& node : f.array("closed_weekdays")) {
    const auto text = node.value<std::string>().value_or("");
    bool known = false;
    for (const auto& [name, day] : kWeekdays)
      if (name == text) {
        out.*day = true;
        known = true;
      }
    if (!known)
      f.complain("closed_weekdays", fmt::format("'{}' is not one of {}", text, list(kWeekdays)),
                 fmt::format("“{}”不在 {} 之中", text, list(kWeekdays)));
  }
  return out;
}

template <class Row, class Read>
std::vector<Row> rows(Fields& f, const char* key, Read read) {
  std::vector<Row> out;
  if (!f.has(key)) return out;
  for (const auto& node : f.array(key)) {
    const auto* table = node.as_table();
    if (!table) {
      f.complain(key, fmt::format("write each as [[{}]]", key), fmt::format("每项应写作 [[{}]]", key));
      continue;
    }
    Fields row{f.file(), *table};
    out.push_back(read(row));
    f.take(row.bad());
  }
  return out;
}

/// Seconds in the file, microseconds in the profile. `validate` knows the range.
int64_t seconds(Fields& f, const char* key) {
  constexpr int64_t kMost = int64_t{366} * 86'400;
  const int64_t n = f.number(key);
  if (n < 0 || n > kMost)
    f.complain(key, fmt::format("{} is not between 0 and {}", n, kMost), fmt::format("{} 不在 0 至 {} 之间", n, kMost));
  return n < 0 || n > kMost ? 0 : n * 1'000'000;
}

matching::AuctionRules auctions(Fields& f) {
  matching::AuctionRules out{};
  Fields sealed{f.file(), f.table("sealed")};
  out.sealed = {.bids = count(sealed, "bids"),
                .bids_per_seat = count(sealed, "bids_per_seat"),
                .roll_over = count(sealed, "roll_over")};
  f.take(sealed.bad());
  Fields listing{f.file(), f.table("listing")};
  out.listing = {.least_notice_us = seconds(listing, "least_notice_s"),
                 .least_listing_us = seconds(listing, "least_listing_s"),
                 .countdown_us = seconds(listing, "countdown_s"),
                 .late = {},
                 .seats = count(listing, "seats")};
  if (listing.has("late")) {
    Fields late{f.file(), listing.table("late")};
    out.listing.late = {.window_us = seconds(late, "window_s"),
                        .extension_us = seconds(late, "extension_s"),
                        .most = late.has("most") ? std::optional{count(late, "most")} : std::nullopt};
    listing.take(late.bad());
  }
  f.take(listing.bad());
  return out;
}

std::string auctions_text(const matching::AuctionRules& r) {
  const auto s = [](int64_t us) { return us / 1'000'000; };
  std::string out = fmt::format("\n[auctions.sealed]\nbids = {}\nbids_per_seat = {}\nroll_over = {}\n", r.sealed.bids,
                                r.sealed.bids_per_seat, r.sealed.roll_over);
  out += fmt::format("\n[auctions.listing]\nleast_notice_s = {}\nleast_listing_s = {}\ncountdown_s = {}\nseats = {}\n",
                     s(r.listing.least_notice_us), s(r.listing.least_listing_us), s(r.listing.countdown_us),
                     r.listing.seats);
  if (const auto& late = r.listing.late) {
    out += fmt::format("\n[auctions.listing.late]\nwindow_s = {}\nextension_s = {}\n", s(late->window_us),
                       s(late->extension_us));
    if (late->most) out += fmt::format("most = {}\n", *late->most);
  }
  return out;
}

std::string clock(TimeOfDay t) {
  const std::string hm = fmt::format("{:02}:{:02}", t.raw() / 3600, t.raw() / 60 % 60);
  return t.raw() % 60 == 0 ? hm : fmt::format("{}:{:02}", hm, t.raw() % 60);
}

/// A raw number of `validate`, as the file has it.
std::string told(const std::string& field, int64_t value) {
  if (field.ends_with("_us")) return std::to_string(value / 1'000'000);
  if (field.starts_with("holidays")) return wire::text_of(Day::from_raw(static_cast<int32_t>(value)));
  if (field.ends_with(".at") || field.ends_with(".from") || field.ends_with(".until"))
    return clock(TimeOfDay::from_raw(static_cast<int32_t>(value)));
  if (field.ends_with(".to")) return std::string{word_of(static_cast<Phase>(value), kPhaseWords)};
  return std::to_string(value);
}

std::string as_written(const matching::Problem& problem) {
  std::string field = problem.field;
  if (field.ends_with("_us")) field.replace(field.size() - 2, 2, "s");
  return field + " = " + told(problem.field, problem.value);
}

std::string quoted(const std::string& s) {
  std::ostringstream out;
  out << toml::value<std::string>{s};
  return out.str();
}

}  // namespace

std::expected<VenueProfile, FileError> parse_profile(const std::string& name, const std::string& text) {
  const auto file = demo::parse_toml(name, text);
  if (!file) return std::unexpected(file.error());
  Fields f{name, *file};
  VenueProfile p;
  p.closed_weekdays = weekdays(f);
  p.no_cancel_s = count(f, "no_cancel_s");
  for (const auto& [key, value] : {std::pair{"continuous_band_permille", &p.continuous_band_permille},
                                   {"negotiated_band_permille", &p.negotiated_band_permille},
                                   {"closing_minutes", &p.closing_minutes}})
    if (f.has(key)) *value = count(f, key);
  p.name = words_in(f, "name");
  p.origin = words_in(f, "origin");
  p.holidays = rows<matching::Holiday>(
      f, "holiday", [](Fields& r) { return matching::Holiday{.from = r.day("from"), .until = r.day("until")}; });
  p.timetable = rows<matching::TimetableRow>(f, "timetable", [](Fields& r) {
    return matching::TimetableRow{
        .at = time(r, "at"),
        .to = word(r, "to", kPhaseWords),
        .instrument = r.has("instrument") ? std::optional{word(r, "instrument", kInstrumentWords)} : std::nullopt,
        .random_end_us = r.has("random_end_s") ? int64_t{count(r, "random_end_s")} * 1'000'000 : 0};
  });
  p.windows = rows<matching::Window>(f, "window", [](Fields& r) {
    return matching::Window{.kind = word(r, "kind", kWindowWords), .from = time(r, "from"), .until = time(r, "until")};
  });
  if (f.has("auctions")) {
    Fields sub{name, f.table("auctions")};
    p.auctions = auctions(sub);
    f.take(sub.bad());
  }
  if (auto bad = f.bad()) return std::unexpected(std::move(*bad));
  if (const auto problems = matching::validate(p); !problems.empty()) {
    FileError all{.file = name, .line = 0, .en = {}, .zh = {}};  // every one: each is mended by itself
    for (const auto& problem : problems) {
      const auto words = matching::words_of(problem.remedy);
      const std::string what = as_written(problem);
      const std::string range = problem.range ? fmt::format(" {} – {}", told(problem.field, problem.range->least),
                                                            told(problem.field, problem.range->most))
                                              : std::string{};
      all.en += fmt::format("{}{}: {}{}", all.en.empty() ? "" : "; ", what, words.en, range);
      all.zh += fmt::format("{}{}：{}{}", all.zh.empty() ? "" : "；", what, words.zh, range);
    }
    return std::unexpected(std::move(all));
  }
  return p;
}

std::string profile_text(const VenueProfile& p) {
  std::string closed;
  for (const auto& [name, day] : kWeekdays)
    if (p.closed_weekdays.*day) closed += fmt::format("{}\"{}\"", closed.empty() ? "" : ", ", name);
  std::string out = fmt::format("closed_weekdays = [{}]\nno_cancel_s = {}\n", closed, p.no_cancel_s);
  if (p.continuous_band_permille) out += fmt::format("continuous_band_permille = {}\n", *p.continuous_band_permille);
  if (p.negotiated_band_permille) out += fmt::format("negotiated_band_permille = {}\n", *p.negotiated_band_permille);
  if (p.closing_minutes) out += fmt::format("closing_minutes = {}\n", *p.closing_minutes);
  out += fmt::format("\n[name]\nzh = {}\nen = {}\n", quoted(p.name.zh), quoted(p.name.en));
  out += fmt::format("\n[origin]\nzh = {}\nen = {}\n", quoted(p.origin.zh), quoted(p.origin.en));
  for (const auto& h : p.holidays)
    out += fmt::format("\n[[holiday]]\nfrom = {}\nuntil = {}\n", wire::text_of(h.from), wire::text_of(h.until));
  for (const auto& r : p.timetable) {
    out += fmt::format("\n[[timetable]]\nat = \"{}\"\nto = \"{}\"\n", clock(r.at), word_of(r.to, kPhaseWords));
    if (r.instrument) out += fmt::format("instrument = \"{}\"\n", word_of(*r.instrument, kInstrumentWords));
    if (r.random_end_us != 0) out += fmt::format("random_end_s = {}\n", r.random_end_us / 1'000'000);
  }
  for (const auto& w : p.windows)
    out += fmt::format("\n[[window]]\nkind = \"{}\"\nfrom = \"{}\"\nuntil = \"{}\"\n", word_of(w.kind, kWindowWords),
                       clock(w.from), clock(w.until));
  if (p.auctions) out += auctions_text(*p.auctions);
  return out;
}

std::expected<VenueProfile, FileError> load_profile(const std::string& name_or_file) {
  if (name_or_file == "simulation") return matching::simulation_profile();
  if (name_or_file == "production") return matching::production_profile();
  const auto text = demo::read_text(name_or_file);
  if (!text) return std::unexpected(text.error());
  return parse_profile(name_or_file, *text);
}

}  // namespace landex::cli
