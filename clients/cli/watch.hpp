// watch.hpp: `watch`: the public market and what concerns oneself, as it happens, until Ctrl-C.
#pragma once
#include "clients/cli/context.hpp"

namespace landex::cli {

int watch(const Context& c);

}  // namespace landex::cli
