// audit.hpp: reads a journal without changing it and replays it bit for bit: chain, outcomes, sums.
#pragma once
#include <string>

namespace landex {

struct AuditOptions {
  std::string data_dir;
  bool list = false;  // every command as a line of JSON on standard output, before the summary
};

/// 0: the journal is whole and its replay gives what was recorded. 1: it is not; where and why is on standard error.
int audit(const AuditOptions& options);

}  // namespace landex
