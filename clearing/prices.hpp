// prices.hpp: the published cross-city transfer price 跨市调剂价, a series of dated rows for each instrument (H66-7.4,
// 7.6). Rows of one instrument that stand never overlap; on a day without a row there is no price, never 0. A row that
// was wrong is revoked, and stays to be read.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "matching/types/day.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/price.hpp"

namespace landex::clearing {

struct PriceRow {
  PriceRowId id;
  Instrument instrument;
  Rate rate;
  Day from, until;
  std::string document;  // 文号
  std::string approver;
  bool revoked = false;
  Period period() const { return {from, until}; }
};
BOOST_DESCRIBE_STRUCT(PriceRow, (), (id, instrument, rate, from, until, document, approver, revoked))

class Prices {
 public:
  const PriceRow* in_force(Instrument i, Day on) const {
    for (const auto& r : rows_)
      if (!r.revoked && r.instrument == i && r.period().contains(on)) return &r;
    return nullptr;
  }
  const PriceRow* overlapping(Instrument i, Period p) const {
    for (const auto& r : rows_)
      if (!r.revoked && r.instrument == i && r.period().overlaps(p)) return &r;
    return nullptr;
  }
  /// The caller has checked that it overlaps none.
  void publish(PriceRow row) { rows_.push_back(std::move(row)); }
  const PriceRow* find(PriceRowId id) const {
    const auto at = std::ranges::find(rows_, id, &PriceRow::id);
    return at == rows_.end() ? nullptr : &*at;
  }
  void revoke(PriceRowId id) { std::ranges::find(rows_, id, &PriceRow::id)->revoked = true; }
  const std::vector<PriceRow>& rows() const { return rows_; }

 private:
  std::vector<PriceRow> rows_;
  BOOST_DESCRIBE_CLASS(Prices, (), (), (), (rows_))
};

}  // namespace landex::clearing
