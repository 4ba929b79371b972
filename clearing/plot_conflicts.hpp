// plot_conflicts.hpp: plots whose land class is in dispute 地类矛盾地块 (H66-9). Neither survey calls such a plot
// forest, but a forest-right certificate does (certificate), or the dispute is of another kind (other). While it is
// open the plot may neither back a batch nor enter the reserve library. It is cleared by papers: against a certificate
// all four that the clause names; else the opinion that planning and forestry have agreed with the owners. Pure.
#pragma once
#include <algorithm>
#include <array>
#include <boost/describe.hpp>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "matching/types/district.hpp"

namespace landex::clearing {

/// The numbers are on the wire and in journals.
enum class ConflictKind : uint8_t { certificate = 1, other = 2 };
BOOST_DESCRIBE_ENUM(ConflictKind, certificate, other)
constexpr bool exists(ConflictKind k) { return k == ConflictKind::certificate || k == ConflictKind::other; }

enum class Paper : uint8_t {
  survey = 1,        // 逐地逐块实地调查核查
  consent = 2,       // 林权权利人同意
  compensation = 3,  // 补偿到位
  registration = 4,  // 不动产登记变更
  opinion = 5,       // 协商明确的政策处理意见
};
BOOST_DESCRIBE_ENUM(Paper, survey, consent, compensation, registration, opinion)
constexpr bool exists(Paper p) { return p >= Paper::survey && p <= Paper::opinion; }

inline constexpr std::array kCertificatePapers{Paper::survey, Paper::consent, Paper::compensation, Paper::registration};
inline constexpr std::array kOtherPapers{Paper::opinion};
constexpr std::span<const Paper> papers_needed(ConflictKind k) {
  if (k == ConflictKind::certificate) return kCertificatePapers;
  return kOtherPapers;
}

struct ClearingPaper {
  Paper paper;
  std::string document;
  friend bool operator==(const ClearingPaper&, const ClearingPaper&) = default;
};
BOOST_DESCRIBE_STRUCT(ClearingPaper, (), (paper, document))

struct PlotConflict {
  std::string plot;
  District county;
  ConflictKind kind;
  std::string document;
  std::vector<ClearingPaper> papers;  // none: it is open
  bool open() const { return papers.empty(); }
};
BOOST_DESCRIBE_STRUCT(PlotConflict, (), (plot, county, kind, document, papers))

class PlotConflicts {
 public:
  const PlotConflict* find(const std::string& plot) const {
    const auto at = conflicts_.find(plot);
    return at == conflicts_.end() ? nullptr : &at->second;
  }
  const PlotConflict* open_on(const std::string& plot) const {
    const auto* found = find(plot);
    return found && found->open() ? found : nullptr;
  }
  const std::map<std::string, PlotConflict>& all() const { return conflicts_; }
  /// The caller has checked that none is open on the plot. One that was cleared is forgotten: the journal has it.
  void record(PlotConflict conflict) { conflicts_.insert_or_assign(conflict.plot, std::move(conflict)); }
  void clear(const std::string& plot, std::vector<ClearingPaper> papers) {
    conflicts_.at(plot).papers = std::move(papers);
  }

 private:
  std::map<std::string, PlotConflict> conflicts_;
  BOOST_DESCRIBE_CLASS(PlotConflicts, (), (), (), (conflicts_))
};

}  // namespace landex::clearing
