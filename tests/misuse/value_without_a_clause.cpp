// A legal number without the words that set it cannot be written.
// expect: missing initializer for member 'landex::policy::Row::clause'
#include "clearing/policy/pack.hpp"

using namespace landex::policy;

Row share(landex::Day from, landex::Day until) {
  return {.parameter = Parameter::pooled_share_supplementary,
          .from = from,
          .until = until,
          .value = 2000,
          .clause = Clause::h66_7_2,
          .origin = Origin::law};
}

#ifdef MISUSE
Row share_by_nobody(landex::Day from, landex::Day until) {
  return {.parameter = Parameter::pooled_share_supplementary, .from = from, .until = until, .value = 2000};
}
#endif
