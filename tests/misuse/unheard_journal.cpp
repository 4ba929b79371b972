// A journal that cannot be written stops the process: nobody may fail to listen.
// expect: ignoring return value of
#include "exchange/journal/journal.hpp"

using landex::journal::Journal;

bool stopped(Journal& journal) { return journal.seal().has_value(); }

#ifdef MISUSE
void hoped_for(Journal& journal) { journal.seal(); }
#endif
