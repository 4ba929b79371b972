// registry.hpp: the batches that counties file 报备入库, the city's 20 % of them, and what the city owes for it
// (H66-7.2, 7.4). The pool itself is a purse in the ledger; here is the reckoning of what is due.
// H66-7.2 leaves base and rounding open. Our defaults (rows pool.base, pool.rounding of h66.toml): of all that a county
// has filed under one policy row, for each component, rounded down; then many small filings pool exactly what one large
// filing would. A deduction lowers the next due, never below 0; a new row never reaches back.
// A price that is revoked takes with it what was booked at it: each claim goes back to 待定价, and its amount is taken
// back out of what the county has coming. What the county has had of it already, in money or by netting, it keeps: that
// is carried, and set against what is booked for it next, before any advance is netted; so nobody pays back in cash,
// and no claim falls below zero. Our default.
// A batch that was filed with plots is never more than they are: what deductions leave of it and adjustments add stays
// within their area. When nothing is left of it, they may make another batch. Pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "clearing/policy/pack.hpp"
#include "matching/types/area.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/instrument.hpp"
#include "matching/types/money.hpp"
#include "matching/types/quantity.hpp"

namespace landex {
BOOST_DESCRIBE_STRUCT(Components, (), (area, paddy, capacity))
}

namespace landex::clearing {

/// What a county files. The numbers are on the wire and in journals.
enum class IndicatorKind : uint8_t {
  supplementary = 1,  // 补充耕地
  linkage = 2,        // 增减挂钩节余
};
BOOST_DESCRIBE_ENUM(IndicatorKind, supplementary, linkage)
constexpr bool exists(IndicatorKind k) { return k == IndicatorKind::supplementary || k == IndicatorKind::linkage; }

/// One instrument's part of a batch.
struct Component {
  Instrument instrument;
  Quantity quantity;
};
/// The parts of a batch, in the order area, paddy, capacity; parts of nothing are left out.
std::vector<Component> components_of(IndicatorKind kind, const Components& amounts);

/// A parcel that made a batch.
struct BatchPlot {
  std::string plot;
  Area area;
  friend bool operator==(const BatchPlot&, const BatchPlot&) = default;
};
BOOST_DESCRIBE_STRUCT(BatchPlot, (), (plot, area))

/// What was written to a batch: the filing itself, a deduction or an adjustment. A correction names one of them.
struct FilingEntry {
  Sequence number;
  std::optional<Components> left;  // of a deduction: what adjustments that name it may still give back
};
BOOST_DESCRIBE_STRUCT(FilingEntry, (), (number, left))

struct Filing {
  FilingId id;
  District county;
  IndicatorKind kind;
  Day day;
  Components filed;
  Components deducted;
  std::optional<policy::RowId> share_row;  // of the 20 % that it was filed under
  std::string project;
  std::string document;
  std::optional<ProjectId> project_id = {};
  std::optional<uint8_t> grade = {};      // national quality grade, 1 best … 15
  std::vector<BatchPlot> plots = {};      // that made it, as filed
  std::optional<Day> expires = {};        // the last day on which it is worth anything
  std::vector<FilingEntry> entries = {};  // it, and what deducted and adjusted it, in order

  const FilingEntry* entry(Sequence number) const {
    const auto at = std::ranges::find(entries, number, &FilingEntry::number);
    return at == entries.end() ? nullptr : &*at;
  }
  bool nothing_left() const { return deducted == filed; }
  Area plotted() const {
    Area sum;
    for (const auto& p : plots) sum += p.area;
    return sum;
  }
};
BOOST_DESCRIBE_STRUCT(Filing, (),
                      (id, county, kind, day, filed, deducted, share_row, project, document, project_id, grade, plots,
                       expires, entries))

/// Land that the pool took and no price has covered yet 待定价.
struct PendingClaim {
  FilingId filing;
  District county;
  Instrument instrument;
  Quantity quantity;
  Day day;  // of the filing: the `same period` of H66-7.4 by our default
};
BOOST_DESCRIBE_STRUCT(PendingClaim, (), (filing, county, instrument, quantity, day))

/// A claim that was priced, and what it came to.
struct BookedClaim {
  PendingClaim claim;
  Fen amount;
};
BOOST_DESCRIBE_STRUCT(BookedClaim, (), (claim, amount))

class Registry {
 public:
  /// What a county has filed of one component under one row of the 20 %, and what was pooled of it.
  struct UnderRow {
    Quantity filed, pooled;
    BOOST_DESCRIBE_CLASS(UnderRow, (), (filed, pooled), (), ())
  };
  using RowKey = std::tuple<District, Instrument, policy::RowId>;
  const std::map<RowKey, UnderRow>& under_rows() const { return under_row_; }

  const Filing* find(FilingId id) const {
    const auto at = filings_.find(id);
    return at == filings_.end() ? nullptr : &at->second;
  }
  const std::map<FilingId, Filing>& filings() const { return filings_; }

  void file(Filing filing);
  void deduct(FilingId id, const Components& less, Sequence by);
  /// More of it was filed than was written down (P14): counts under the row of the filing, as if it had been filed. It
  /// corrects the entry `reverses`; of a deduction no more than is left.
  void adjust(FilingId id, const Components& more, Sequence reverses, Sequence by);

  /// The batch that a plot makes: none if nothing is left of the one that it made.
  const Filing* made_by(const std::string& plot) const {
    const auto at = plots_.find(plot);
    return at == plots_.end() ? nullptr : find(at->second);
  }
  /// The batches that expire, in the order of filing.
  const std::set<FilingId>& expiring() const { return expiring_; }

  /// What the pool takes now from `county`, given that the row `share` is in force: floor(share × filed) − pooled, and
  /// not below 0. With `more`: as if that were filed too.
  Quantity due(const policy::RowId& share, District county, Instrument i, Quantity more = {}) const;
  void pooled(const policy::RowId& share, District county, Instrument i, Quantity quantity);

  void add_pending(PendingClaim claim) { pending_.push_back(claim); }
  /// In the order in which they were booked, or became pending again.
  const std::vector<PendingClaim>& pending() const { return pending_; }
  /// Takes out and returns the claims of an instrument whose filing falls into the period.
  std::vector<PendingClaim> take_pending(Instrument i, Period p);
  std::vector<PendingClaim> pending_in(Instrument i, Period p) const;

  void add_booked(PriceRowId row, BookedClaim claim) { booked_[row].push_back(claim); }
  /// Takes out and returns what was booked at a price, in the order of booking.
  std::vector<BookedClaim> take_booked(PriceRowId row);
  /// What a county has had at prices that were revoked since.
  Fen carried(District county) const {
    const auto at = carried_.find(county);
    return at == carried_.end() ? Fen{} : at->second;
  }
  void set_carried(District county, Fen amount);

 private:
  std::map<FilingId, Filing> filings_;
  std::map<RowKey, UnderRow> under_row_;
  std::vector<PendingClaim> pending_;
  std::map<std::string, FilingId> plots_;
  std::set<FilingId> expiring_;
  std::map<PriceRowId, std::vector<BookedClaim>> booked_;
  std::map<District, Fen> carried_;
  BOOST_DESCRIBE_CLASS(Registry, (), (), (), (filings_, under_row_, pending_, plots_, expiring_, booked_, carried_))
};

}  // namespace landex::clearing
