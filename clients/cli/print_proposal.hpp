// print_proposal.hpp: a proposed allocation of the pool, with its reasons: what each request needs and gets, what binds
// where it is short and what would free it, how much of each county's and each grade's land is drawn.
#pragma once
#include <string>

#include "clients/terminal/print.hpp"
#include "exchange/allocation/propose.hpp"

namespace landex::cli {

std::string text_of(Sequence as_of, const clearing::AllocationCase& asked, const allocation::Proposal& proposal,
                    const terminal::Names& n);
/// Why the case cannot be dealt out.
std::string text_of(const clearing::AllocationFinding& fault);

}  // namespace landex::cli
