// reserve_library.hpp: the plots of the permanent-basic-farmland reserve 永农储备库, and the city's 30 % of those that
// qualify (H66-6.2). Plots are whole: the 30 % is a target that plots fill, and what they do not reach is carried.
// Which plots is our default: best grade first, then plot number; a plot that would exceed the target is passed over
// (else one large plot would bar the pool for good) and may be taken when the target has grown. A plot whose land class
// is in dispute (H66-9) counts towards the target, and is passed over until the dispute is cleared: then, at once, the
// target is filled again. A plot that the city has already is not given back for a dispute that comes later. Pure.
#pragma once
#include <boost/describe.hpp>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "clearing/policy/pack.hpp"
#include "matching/types/area.hpp"

namespace landex::clearing {

struct ReservePlot {
  std::string plot;
  District county;
  Area area;
  uint8_t grade;  // national quality grade, 1 best … 15
  bool qualifies;
  bool pooled;
  policy::RowId share_row;  // of the 30 % that it was entered under
  std::string document;     // delineation 划定文件
};
BOOST_DESCRIBE_STRUCT(ReservePlot, (), (plot, county, area, grade, qualifies, pooled, share_row, document))

/// What a county has entered under one row, and how far its target is filled.
struct ReserveTarget {
  Area qualifying, pooled, target;
  Area shortfall() const { return target - pooled; }
};

class ReserveLibrary {
 public:
  bool has(const std::string& plot) const { return plots_.contains(plot); }
  void enter(ReservePlot plot);

  struct Taken {
    std::string plot;
    Area area;
    Area shortfall;  // after it
  };
  /// Fills the target of a county under `share` with whole plots out of those that `may_take` grants, and says which it
  /// took.
  std::vector<Taken> fill(const policy::RowId& share, District county,
                          const std::function<bool(const ReservePlot&)>& may_take);

  ReserveTarget target(const policy::RowId& share, District county) const;
  Area total() const { return total_; }
  const std::map<std::string, ReservePlot>& plots() const { return plots_; }

 private:
  std::map<std::string, ReservePlot> plots_;
  Area total_;
  BOOST_DESCRIBE_CLASS(ReserveLibrary, (), (), (), (plots_, total_))
};

}  // namespace landex::clearing
