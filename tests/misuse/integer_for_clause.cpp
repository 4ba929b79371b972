// A rule is cited by its name in the list, never by a number.
// expect: cannot convert 'int' to 'landex::policy::Clause'
#include "clearing/policy/clause.hpp"

using landex::policy::Clause;

Clause floor_rule() { return Clause::h66_7_6; }

#ifdef MISUSE
Clause some_rule() { return 76; }
#endif
