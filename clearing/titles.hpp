// titles.hpp: indicators that are traded one by one and not as a balance: the plots of the reserve library (PBF
// replenishment), what H66-21.3 adds in time (function restoration, forest, high-standard farmland, grain zones), and
// planning space (H66-14.2). A title 标的 is one registered lot with its number, its area and its holder; it moves
// whole. Where a product may be divided, a part is first split off, and is a title of its own that names the one it
// came from. Invariant: per product, what was registered is the sum of the titles that stand (held, pooled, used,
// cancelled); a title that was split stands with what is left of it. Data; the steps are in the engine. Pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "matching/types/area.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"

namespace landex::clearing {

/// The numbers are on the wire and in journals.
enum class Product : uint8_t {
  pbf_plot = 1,              // 永久基本农田补划资源, H66-21.2 ③
  function_restoration = 2,  // 耕地功能恢复指标, H66-21.3 ④
  forest = 3,                // 补充林地, H66-21.3 ⑤, 10.1
  public_forest = 4,         // 省级以上公益林, H66-10.2
  high_standard = 5,         // 高标准农田补划, H66-21.3 ⑥
  grain_zone = 6,            // 粮食功能区补划, H66-21.3 ⑦
  planning_space = 7,        // 规划空间, H66-14.2: a ledger within the city, not of H66-21.2 or 21.3
};
BOOST_DESCRIBE_ENUM(Product, pbf_plot, function_restoration, forest, public_forest, high_standard, grain_zone,
                    planning_space)
constexpr bool exists(Product p) { return p >= Product::pbf_plot && p <= Product::planning_space; }

/// Where a title is. The last two are final.
enum class TitleState : uint8_t {
  held = 1,       // by its holder, free
  on_offer = 2,   // held for a deal
  pooled = 3,     // 市级统筹 (the 30 % of H66-6.2)
  used = 4,       // 核销 for a project
  cancelled = 5,  // 注销
};
BOOST_DESCRIBE_ENUM(TitleState, held, on_offer, pooled, used, cancelled)

struct Title {
  std::string number;  // one for the whole city
  Product product;
  District county, holder;  // where it lies, and whose it is
  Area area;
  std::optional<uint8_t> grade;       // national quality grade, 1 best … 15
  bool grain_zone, high_standard;     // 粮功区, 高标 (H66-6.4)
  std::string document;               // of its acceptance, or its delineation
  std::string consent;                // of the province, where one is needed
  std::optional<std::string> parent;  // that it was split off
  TitleState state;
  std::optional<DealId> deal;  // that holds it
  std::string project;         // that has used it
  Sequence registered;
};
BOOST_DESCRIBE_STRUCT(Title, (),
                      (number, product, county, holder, area, grade, grain_zone, high_standard, document, consent,
                       parent, state, deal, project, registered))

/// From when to when a product of H66-21.3 is open for trading, and by which approval.
struct Opening {
  Product product;
  Day from, until;
  std::string approval;
  Period period() const { return {from, until}; }
};
BOOST_DESCRIBE_STRUCT(Opening, (), (product, from, until, approval))

struct Titles {
  std::map<std::string, Title> all;
  std::vector<Opening> openings;  // in the order in which they were made

  const Title* find(const std::string& number) const {
    const auto at = all.find(number);
    return at == all.end() ? nullptr : &at->second;
  }
};
BOOST_DESCRIBE_STRUCT(Titles, (), (all, openings))

}  // namespace landex::clearing
