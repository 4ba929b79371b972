// facts.hpp: what others report or have ordered, from which a yearly run between governments is reckoned. Facts come in
// with the command that asks for the run; the law (shares, coefficients, spaces) comes from policy rows, the year's
// published figures from standards.hpp. Each kind of run has facts of its own. Data; pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "matching/types/area.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/money.hpp"

namespace landex::clearing {

/// 年度耕地保护责任目标考核等次 (H66-3.1). The document names no grades; these four are our default, not the law.
/// The numbers are on the wire and in journals.
enum class AssessmentGrade : uint8_t {
  excellent = 1,  // 优秀
  good = 2,       // 良好
  pass = 3,       // 合格
  fail = 4,       // 不合格
};
BOOST_DESCRIBE_ENUM(AssessmentGrade, excellent, good, pass, fail)
constexpr bool exists(AssessmentGrade g) { return g >= AssessmentGrade::excellent && g <= AssessmentGrade::fail; }

/// One county's farmland in the year of a run of H66-3.
struct ProtectionFact {
  District county;
  AssessmentGrade grade;
  Area cultivated;                              // before what is left out
  Area non_agricultural, non_grain, abandoned;  // 非农化, 非粮化, 长期抛荒: left out (H66-3.2); they do not overlap
  Area rice;                                    // permanent basic farmland planted with rice, of what is left
  friend bool operator==(const ProtectionFact&, const ProtectionFact&) = default;
};
BOOST_DESCRIBE_STRUCT(ProtectionFact, (), (county, grade, cultivated, non_agricultural, non_grain, abandoned, rice))

/// One county's permanent basic farmland in the year of a run of H66-4.
struct PbfFact {
  District county;
  Area pbf, cultivated, land;  // each contains the one before
  friend bool operator==(const PbfFact&, const PbfFact&) = default;
};
BOOST_DESCRIBE_STRUCT(PbfFact, (), (county, pbf, cultivated, land))

/// One selected project of a run of rewards. H66-8: `base` is the award that the later rules give before the tilt;
/// H66-12, 16: the county's own fiscal input.
struct AwardFact {
  District county;
  std::string project;
  Fen base;
  std::string document;  // of its selection
  friend bool operator==(const AwardFact&, const AwardFact&) = default;
};
BOOST_DESCRIBE_STRUCT(AwardFact, (), (county, project, base, document))

}  // namespace landex::clearing
