// restoration.hpp: the ledger of function-restoration tasks 耕地功能恢复任务 (H66-5): what the state has handed down to
// a county for a cycle of five years, what the county has restored of it, and which part others undertake for money
// once their own is done. A cycle is named by its first year. Invariant: restored and undertaken together never exceed
// a task, and what others undertake is always less than the whole of it («部分»). Data; pure.
#pragma once
#include <boost/describe.hpp>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "matching/types/area.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/price.hpp"

namespace landex::clearing {

struct TaskKey {
  District county;
  uint16_t first_year;
  friend auto operator<=>(const TaskKey&, const TaskKey&) = default;
};
BOOST_DESCRIBE_STRUCT(TaskKey, (), (county, first_year))

struct RestorationTask {
  District county;
  uint16_t first_year, last_year;
  Area area;        // handed down
  Area restored;    // by the county itself, of its own task
  Area undertaken;  // by others
  std::string document;
  bool done() const { return restored + undertaken >= area; }
};
BOOST_DESCRIBE_STRUCT(RestorationTask, (), (county, first_year, last_year, area, restored, undertaken, document))

/// Part of a receiver's task that a provider undertakes for money.
struct Undertaking {
  UndertakingId id;
  District provider, receiver;
  uint16_t first_year;  // of the cycle
  Area area;
  Area built;  // of which with 粮功区 and 高标 built in step: may be paid more
  Rate price;  // yuan per mu, as agreed
  Day agreed;
  std::string document;
  std::optional<Rate> guide;  // the guide price of that day, as the bureau's rows make it; none: it could not be made
  std::optional<RunId> paid_by = {};  // the run that paid it, and was not reversed
};
BOOST_DESCRIBE_STRUCT(Undertaking, (),
                      (id, provider, receiver, first_year, area, built, price, agreed, document, guide, paid_by))

struct Restoration {
  std::map<TaskKey, RestorationTask> tasks;
  std::map<UndertakingId, Undertaking> undertakings;
};
BOOST_DESCRIBE_STRUCT(Restoration, (), (tasks, undertakings))

}  // namespace landex::clearing
