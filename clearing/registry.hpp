// registry.hpp: the batches that counties file 报备入库, the city's 20 % of them, and what the city owes for it
// (H66-7.2, 7.4). The pool itself is a purse in the ledger; here is the reckoning of what is due.
// H66-7.2 leaves base and rounding open. Our defaults (rows pool.base, pool.rounding of h66.toml): of all that a county
// has filed under one policy row, for each component, rounded down; then many small filings pool exactly what one large
// filing would. A deduction lowers the next due, never below 0; a new row never reaches back. Pure.
#pragma once
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
  std::optional<uint8_t> grade = {};   // national quality grade, 1 best … 15
  std::vector<BatchPlot> plots = {};   // that made it, as filed
  std::optional<Day> expires = {};     // the last day on which it is worth anything
  std::vector<Sequence> entries = {};  // it, and what deducted and adjusted it: what a correction may name
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
  /// More of it was filed than was written down (P14): counts under the row of the filing, as if it had been filed.
  void adjust(FilingId id, const Components& more, Sequence by);

  /// The batch that a plot made.
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
  const std::vector<PendingClaim>& pending() const { return pending_; }  // in the order of filing
  /// Takes out and returns the claims of an instrument whose filing falls into the period.
  std::vector<PendingClaim> take_pending(Instrument i, Period p);
  std::vector<PendingClaim> pending_in(Instrument i, Period p) const;

 private:
  std::map<FilingId, Filing> filings_;
  std::map<RowKey, UnderRow> under_row_;
  std::vector<PendingClaim> pending_;
  std::map<std::string, FilingId> plots_;
  std::set<FilingId> expiring_;
  BOOST_DESCRIBE_CLASS(Registry, (), (), (), (filings_, under_row_, pending_, plots_, expiring_))
};

}  // namespace landex::clearing
