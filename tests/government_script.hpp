// government_script.hpp: the rows that transfers between governments are reckoned with, for specs that need them beside
// the shipped ones; a spec that is about a switch replaces its row.
#pragma once
#include "clearing/policy/pack.hpp"

namespace landex::script {

/// The pack with a row for each parameter of H66-3, 4, 5, 8, 12, 16, 17 and 19 that has none yet, in force as long as
/// the rule set: excellent 120 %, good 100 %, pass 80 %, fail nothing; by standard; +50 % for rice, scaled if over
/// budget; the rate of cultivated land; five years; guide 100 % gap and 1 % tax, premium 10 %, band 20 %; tilt 20 %,
/// shares 30 %; 5 % reserved; 1 500 mu and 750 mu, flat, of the receiver's task.
policy::Pack with_government_rows(policy::Pack pack);

/// The pack with this value in force instead, all the time.
policy::Pack with_value(policy::Pack pack, policy::Parameter p, int64_t value);

/// The pack without any row of the parameter.
policy::Pack without(policy::Pack pack, policy::Parameter p);

}  // namespace landex::script
