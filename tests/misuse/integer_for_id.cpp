// A bare number names nothing.
// expect: could not convert '7' from 'int' to
#include "matching/types/ids.hpp"

using landex::OrderId;

OrderId from_a_wire(uint64_t number) { return OrderId::from_raw(number); }

#ifdef MISUSE
OrderId from_nowhere() { return 7; }
#endif
