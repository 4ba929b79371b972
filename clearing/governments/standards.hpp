// standards.hpp: the year's published figures that runs between governments are reckoned with, in yuan per mu. The text
// delegates or leaves open every one of them, so none is shipped: each is published for one year with its document, and
// where none is published there is no answer, never 0 and never that of another year. One that was wrong is revoked,
// and stays to be read. Data; pure.
#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matching/types/ids.hpp"
#include "matching/types/price.hpp"

namespace landex::clearing {

/// The numbers are on the wire and in journals.
enum class StandardKind : uint8_t {
  provincial_protection = 1,  // 省级耕地保护补偿标准 (H66-3.3)
  city_protection = 2,        // 市级耕地保护补偿标准 (H66-3.3): not below the province's
  pbf_price = 3,              // unit price of a shortfall of permanent basic farmland (H66-4.1, «另行制定»)
  restoration_gap = 4,        // 国家耕地保护责任缺口补偿标准 (H66-5.3)
  industrial_tax = 5,         // 全市规上工业亩均税收 (H66-5.3)
  industrial_land_tax = 6,    // 全市规上工业用地亩均税收 (H66-19.3): another series
  enclave_base = 7,           // 飞地保护补偿基准价 (H66-19.3)
};
BOOST_DESCRIBE_ENUM(StandardKind, provincial_protection, city_protection, pbf_price, restoration_gap, industrial_tax,
                    industrial_land_tax, enclave_base)
constexpr bool exists(StandardKind k) {
  return k >= StandardKind::provincial_protection && k <= StandardKind::enclave_base;
}

struct Standard {
  StandardId id;
  StandardKind kind;
  uint16_t year;  // that it is for; of a tax: in which it was raised
  Rate rate;      // yuan per mu
  std::string document;
  std::string approver;  // office, not a name
  bool revoked = false;
};
BOOST_DESCRIBE_STRUCT(Standard, (), (id, kind, year, rate, document, approver, revoked))

class Standards {
 public:
  const Standard* in_force(StandardKind kind, uint16_t year) const {
    const auto at =
        std::ranges::find_if(rows_, [&](const auto& r) { return !r.revoked && r.kind == kind && r.year == year; });
    return at == rows_.end() ? nullptr : &*at;
  }
  const Standard* find(StandardId id) const {
    const auto at = std::ranges::find(rows_, id, &Standard::id);
    return at == rows_.end() ? nullptr : &*at;
  }
  /// The caller has checked that none stands for its kind and year.
  void publish(Standard row) { rows_.push_back(std::move(row)); }
  void revoke(StandardId id) { std::ranges::find(rows_, id, &Standard::id)->revoked = true; }
  const std::vector<Standard>& rows() const { return rows_; }

 private:
  std::vector<Standard> rows_;
  BOOST_DESCRIBE_CLASS(Standards, (), (), (), (rows_))
};

}  // namespace landex::clearing
