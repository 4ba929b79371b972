// projects.hpp: what makes indicators, before any are filed: the projects of land reclamation and consolidation, from
// 拟立项 to 报备入库. One table says which moves are legal and who may make each. The documents name the stages
// (policy.md 1A, issue 4); who moves them is our default, not the law. Pure.
#pragma once
#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "clearing/registry.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"

namespace landex::clearing {

/// The numbers are on the wire and in journals.
enum class ProjectState : uint8_t {
  planned = 1,          // 拟立项
  established = 2,      // 立项
  implementing = 3,     // 实施
  county_accepted = 4,  // 县验收
  city_accepted = 5,    // 市验收
  filed = 6,            // 报备入库: a batch names it, and more may follow
  abandoned = 7,        // 终止
};
BOOST_DESCRIBE_ENUM(ProjectState, planned, established, implementing, county_accepted, city_accepted, filed, abandoned)
constexpr bool exists(ProjectState s) { return s >= ProjectState::planned && s <= ProjectState::abandoned; }

/// Who makes a move: the county of the project, the city bureau, or the filing of a batch by itself.
enum class ProjectMover : uint8_t { county = 1, bureau = 2, filing = 3 };

struct LegalProjectMove {
  ProjectState from, to;
  ProjectMover who;
};
inline constexpr std::array kProjectMoves{
    LegalProjectMove{ProjectState::planned, ProjectState::established, ProjectMover::county},
    LegalProjectMove{ProjectState::established, ProjectState::implementing, ProjectMover::county},
    LegalProjectMove{ProjectState::implementing, ProjectState::county_accepted, ProjectMover::county},
    LegalProjectMove{ProjectState::county_accepted, ProjectState::city_accepted, ProjectMover::bureau},
    LegalProjectMove{ProjectState::city_accepted, ProjectState::filed, ProjectMover::filing},
    LegalProjectMove{ProjectState::filed, ProjectState::filed, ProjectMover::filing},
    LegalProjectMove{ProjectState::planned, ProjectState::abandoned, ProjectMover::county},
    LegalProjectMove{ProjectState::established, ProjectState::abandoned, ProjectMover::county},
    LegalProjectMove{ProjectState::implementing, ProjectState::abandoned, ProjectMover::county},
    LegalProjectMove{ProjectState::county_accepted, ProjectState::abandoned, ProjectMover::county},
    LegalProjectMove{ProjectState::planned, ProjectState::abandoned, ProjectMover::bureau},
    LegalProjectMove{ProjectState::established, ProjectState::abandoned, ProjectMover::bureau},
    LegalProjectMove{ProjectState::implementing, ProjectState::abandoned, ProjectMover::bureau},
    LegalProjectMove{ProjectState::county_accepted, ProjectState::abandoned, ProjectMover::bureau},
    LegalProjectMove{ProjectState::city_accepted, ProjectState::abandoned, ProjectMover::bureau},
};
constexpr bool may_move(ProjectState from, ProjectState to, ProjectMover who) {
  return std::ranges::any_of(kProjectMoves,
                             [=](const LegalProjectMove& m) { return m.from == from && m.to == to && m.who == who; });
}

struct Project {
  ProjectId id;
  District county;
  IndicatorKind kind;
  std::string name;
  ProjectState state;
  std::string document;  // of the last move
};
BOOST_DESCRIBE_STRUCT(Project, (), (id, county, kind, name, state, document))

class Projects {
 public:
  const Project* find(ProjectId id) const {
    const auto at = projects_.find(id);
    return at == projects_.end() ? nullptr : &at->second;
  }
  const std::map<ProjectId, Project>& all() const { return projects_; }
  void add(Project project) { projects_.emplace(project.id, std::move(project)); }
  /// The caller has looked it up in the table.
  void move(ProjectId id, ProjectState to, std::string document) {
    Project& project = projects_.at(id);
    project.state = to;
    project.document = std::move(document);
  }

 private:
  std::map<ProjectId, Project> projects_;
  BOOST_DESCRIBE_CLASS(Projects, (), (), (), (projects_))
};

}  // namespace landex::clearing
