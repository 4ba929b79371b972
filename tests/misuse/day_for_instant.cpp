// A business date is not a moment.
// expect: no match for 'operator=' (operand types are 'landex::Instant' and 'landex::Day')
#include "exchange/engine/command.hpp"

using landex::Day;
using landex::Instant;
using landex::engine::Stamped;

void stamp(Stamped& command, Instant now) { command.at = now; }

#ifdef MISUSE
void stamp_with_a_day(Stamped& command, Day today) { command.at = today; }
#endif
