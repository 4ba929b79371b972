#include "exchange/audit.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "exchange/host/posix_disk.hpp"
#include "exchange/sequencer/replica.hpp"
#include "exchange/wire/json.hpp"

namespace landex {

int audit(const AuditOptions& options) {
  host::PosixDisk disk;
  sequencer::Replica replica;
  wire::Json json;
  uint64_t refused = 0;
  const auto seen = [&](const engine::Stamped& command, const engine::Events& events) {
    for (const auto& e : events) refused += std::holds_alternative<engine::event::Refused>(e) ? 1 : 0;
    if (options.list) fmt::print("{}\n", json.encode(command));
  };
  const auto read =
      journal::read(disk, options.data_dir, [&](const journal::Batch& b) { return replica.replay(b, seen); });
  if (!read) {
    const auto& d = read.error();
    fmt::print(stderr, "landexd: {}\nlandexd: {}\n", d.text_zh, d.text_en);
    return 1;
  }
  const std::string wrong = replica.engine().audit();
  fmt::print(stderr,
             "landexd: 命令 {} 条（拒绝 {}），批次 {}，{}；状态 {}；链 {:02x}；重算{}\n"
             "landexd: {} commands ({} refused), {} batches, {}; state {}; chain {:02x}; recount {}\n",
             read->last_number, refused, read->batches, read->clean ? "已封存" : "未封存", replica.state_hash(),
             fmt::join(read->chain_head, ""), wrong.empty() ? "无误" : wrong, read->last_number, refused, read->batches,
             read->clean ? "sealed" : "not sealed", replica.state_hash(), fmt::join(read->chain_head, ""),
             wrong.empty() ? "right" : wrong);
  return wrong.empty() ? 0 : 1;
}

}  // namespace landex
