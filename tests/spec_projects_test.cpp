// Projects before a filing, through their states (who moves them is our default, not the law), and plots whose land
// class is in dispute (H66-9).
#include <gtest/gtest.h>

#include "clearing/projects.hpp"
#include "tests/market_words.hpp"

namespace landex {
namespace {

using script::check;

TEST(Projects, GoStepByStepTheCountyUpToItsOwnAcceptanceTheBureauForTheCitys) {
  check(R"(
    open 2024-06-03                     → done
    p1 = project 建德 supplementary     → done
    stands p1 planned
    move bureau p1 established          → refused project_move_not_legal   # the county's step
    move 余杭 p1 established            → refused not_permitted
    move 建德 p1 implementing           → refused project_move_not_legal   # one step at a time
    move 建德 p1 established            → done
      went p1 planned→established
    move 建德 p1 implementing           → done
    move 建德 p1 county_accepted        → done
    move 建德 p1 city_accepted          → refused project_move_not_legal   # the bureau's step
    move bureau p1 city_accepted        → done
    move bureau p1 filed                → refused project_move_not_legal   # a batch does that
    move 建德 p1 abandoned              → refused project_move_not_legal   # accepted by the city: the bureau alone
    stands p1 city_accepted
    p2 = project 建德 linkage           → done
    move 建德 p2 abandoned              → done
    move 建德 p2 planned                → refused project_move_not_legal   # abandoned for good
  )");
}

TEST(Projects, ABatchThatNamesOneNeedsTheCitysAcceptanceAndManyMayNameIt) {
  check(R"(
    open 2024-06-03                         → done
    p1 = project 建德 supplementary         → done
    file 建德 area 1.0000 project p1        → refused project_not_ready
    move 建德 p1 established                → done
    move 建德 p1 implementing               → done
    move 建德 p1 county_accepted            → done
    move bureau p1 city_accepted            → done
    file 建德 linkage 1.0000 project p1     → refused project_differs
    file 余杭 area 1.0000 project p1        → refused project_differs
    file 建德 area 1.0000 project p1        → done
      went p1 city_accepted→filed
    file 建德 area 2.0000 project p1        → done
      went nothing
    move bureau p1 abandoned                → refused project_move_not_legal
    file 建德 area 3.0000                   → done   # 报备入库 is an outside fact: it needs no project
  )");
}

TEST(Projects, TheTableHasNoMoveFromTheEndAndReachesEveryState) {
  using clearing::ProjectState;
  std::set<ProjectState> reached{ProjectState::planned};
  for (const auto& move : clearing::kProjectMoves) {
    EXPECT_NE(move.from, ProjectState::abandoned);
    EXPECT_NE(move.to, ProjectState::planned);
    reached.insert(move.to);
  }
  EXPECT_EQ(reached.size(), boost::mp11::mp_size<boost::describe::describe_enumerators<ProjectState>>::value);
}

TEST(Plots, MakeOneBatchAndAddUpToIt) {
  check(R"(
    open 2024-06-03                                            → done
    file 建德 area 15.0000 plot T1 10.0000 plot T2 4.9999      → refused plots_do_not_sum
    file 建德 area 20.0000 plot T1 10.0000 plot T1 10.0000     → refused plot_already_entered
    file 建德 area 15.0000 plot T1 10.0000 plot T2 5.0000      → done
    file 淳安 area 10.0000 plot T1 10.0000                     → refused plot_already_entered
  )");
}

TEST(Plots, InDisputeBackNothingUntilThePapersAreThere) {
  // H66-9: against a forest-right certificate survey, consent, compensation and registration; else the agreed opinion.
  check(R"(
    open 2024-06-03                                             → done
    conflict 建德 T1 certificate                                → done
    conflict 建德 T1 other                                      → refused plot_in_conflict H66-9
    file 建德 area 10.0000 plot T1 10.0000                      → refused plot_in_conflict H66-9
    plots 建德 T1 10.0000 grade 3                               → refused plot_in_conflict H66-9
    clear 余杭 T1 survey                                        → refused not_permitted
    clear 建德 T1 survey consent compensation                   → refused papers_missing H66-9
    clear 建德 T1 opinion                                       → refused papers_missing H66-9
    clear 建德 T1 survey consent compensation registration      → done
    clear 建德 T1 survey consent compensation registration      → refused unknown_conflict H66-9
    file 建德 area 10.0000 plot T1 10.0000                      → done
    conflict 建德 T2 other bureau                               → done
    plots 建德 T2 10.0000 grade 3                               → refused plot_in_conflict H66-9
    clear bureau T2 survey                                      → refused papers_missing H66-9
    clear bureau T2 opinion                                     → done
    plots 建德 T2 10.0000 grade 3                               → done
    conflict 余杭 T2 other                                      → refused not_permitted   # it is Jiande's plot
  )");
}

}  // namespace
}  // namespace landex
