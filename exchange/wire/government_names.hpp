// government_names.hpp: what runs between governments, their items, figures, funds and registers are called, in both
// languages: for refusals, the terminal, papers and reports alike. "?" for a number that names nothing.
#pragma once
#include <string_view>

#include "clearing/governments/enclaves.hpp"
#include "clearing/governments/funds.hpp"
#include "clearing/governments/reserved_scale.hpp"
#include "clearing/governments/runs.hpp"
#include "clearing/governments/standards.hpp"

namespace landex::wire {

struct Name {
  std::string_view zh, en;
};

Name name_of(clearing::RunKind k);
Name name_of(clearing::RunState s);
Name name_of(clearing::LineItem i);
Name name_of(clearing::StandardKind k);
Name name_of(clearing::Fund f);
Name name_of(clearing::EnclaveKind k);
Name name_of(clearing::RuralTrade t);
Name name_of(clearing::AssessmentGrade g);

/// What of a run is our default, not the law; empty: nothing is.
Name ours_of(clearing::RunKind k);

}  // namespace landex::wire
