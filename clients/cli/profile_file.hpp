// profile_file.hpp: how a venue's day runs (matching/venue_profile.hpp), from a file and back. `profile show` writes
// what `profile set` reads, so one begins from a built-in profile and changes it.
//
// The file is TOML. At the top `closed_weekdays` (a list of English names), `no_cancel_s`, and, where there are any,
// `continuous_band_permille`, `negotiated_band_permille`, `closing_minutes`; then [name] and [origin], each zh and en;
// then as many [[holiday]] (from, until: days), [[timetable]] (at, to, and where needed instrument, random_end_s) and
// [[window]] (kind, from, until) as there are. Times of day are texts, "09:30" or "09:30:15", in Beijing.
#pragma once
#include <expected>
#include <string>

#include "clients/demo/fields.hpp"
#include "exchange/wire/messages.hpp"

namespace landex::cli {

/// Strict: an unknown or missing key, a word or a time that there is not, and whatever `validate` finds.
std::expected<matching::VenueProfile, demo::FileError> parse_profile(const std::string& name, const std::string& text);

/// The file that reads as this profile.
std::string profile_text(const matching::VenueProfile& p);

/// "simulation", "production", or a file.
std::expected<matching::VenueProfile, demo::FileError> load_profile(const std::string& name_or_file);

}  // namespace landex::cli
