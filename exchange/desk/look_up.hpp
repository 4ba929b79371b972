// look_up.hpp: what papers need, looked up in the reports database: rows as numbers, words and days, names of places,
// the issue of a paper (rule set, prices, how far the database is). Everything is asked by whole numbers and days, so
// no text of a client reaches the SQL. The database may be one that others write: a paper is looked up in one number's
// state only as far as nothing it tells changes later, and says as of which number it was read.
#pragma once
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clearing/policy/pack.hpp"
#include "exchange/deeds/facts.hpp"
#include "exchange/engine/views.hpp"
#include "exchange/reports/database.hpp"
#include "exchange/wire/messages.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::desk {

using deeds::Words;

/// Why there is no paper, in both languages.
template <class T>
using Found = std::expected<T, Words>;

/// What papers say of the house.
struct House {
  wire::PlaceNames names;
  policy::Pack pack;  // the shares that papers name
  Words bureau{.zh = "杭州市规划和自然资源局", .en = "Hangzhou Bureau of Planning and Natural Resources"};
  std::optional<Words> simulated;  // what is simulated; none: nothing is
};

/// One row: each cell by the name of its column. A column that is not there is a mistake of ours.
class Line {
 public:
  Line(const reports::Answer& answer, size_t row) : answer_{&answer}, row_{row} {}
  bool has(std::string_view column) const { return cell(column).has_value(); }
  std::string text(std::string_view column) const { return cell(column).value_or(""); }
  int64_t number(std::string_view column) const;
  std::optional<int64_t> maybe_number(std::string_view column) const;
  Day day(std::string_view column) const { return *maybe_day(column); }
  std::optional<Day> maybe_day(std::string_view column) const;
  District unit(std::string_view column) const { return District::code(static_cast<uint32_t>(number(column))); }
  template <class T>
  T of(std::string_view column) const {
    return T::from_raw(number(column));
  }
  Instrument instrument(std::string_view column = "instrument") const;

 private:
  const std::optional<std::string>& cell(std::string_view column) const;
  const reports::Answer* answer_;
  size_t row_;
};

/// One question of one asker.
class LookUp {
 public:
  LookUp(reports::Database& database, const House& house, const engine::Asker& who)
      : database_{&database}, house_{&house}, who_{who} {}

  Found<std::vector<Line>> lines(const std::string& sql);
  /// The only line, or `missing`.
  Found<Line> line(const std::string& sql, const Words& missing);

  const House& house() const { return *house_; }
  const engine::Asker& who() const { return who_; }
  /// A district sees its own; everybody else sees all.
  bool may_see(District d) const { return who_.role != engine::Role::district || who_.participant == d; }

  deeds::Unit unit(District d) const;

  /// The issue of a paper that tells what happened at `told` on `day`.
  Found<deeds::Issue> issue(Day day, Sequence told);
  /// Adds the published price of that instrument on that day, if there is one; gives its rate.
  Found<std::optional<Rate>> price(deeds::Issue& issue, Instrument i, Day on);
  /// The person that sent that command.
  Found<std::optional<PersonId>> person_of(uint64_t seq);
  /// The last business day that was opened, or that one of the command.
  Found<Day> last_day();

 private:
  reports::Database* database_;
  const House* house_;
  engine::Asker who_;
  std::vector<std::unique_ptr<reports::Answer>> answers_;  // that lines point into
};

Words no_such(std::string_view zh, std::string_view en, uint64_t number);

/// What a command that moved money or land is called: "SettleDeal" → 协议交割.
Words words_of_command(std::string_view kind);
Words words_of_mode(std::string_view mode);
Words words_of_purpose(std::string_view purpose);

}  // namespace landex::desk
