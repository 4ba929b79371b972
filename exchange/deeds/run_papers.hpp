// run_papers.hpp: the notice 年度结算通知 of a yearly run of transfers between governments (H66-3, 4, 5, 8, 12, 16,
// 19): each line with what it was reckoned from, what every unit pays and gets, and in words where less is paid than
// was due. What the market chose where the text is silent is labelled as ours. Facts in, paper out. Pure.
#pragma once
#include "exchange/deeds/facts.hpp"

namespace landex::deeds {

/// amount = area × rate × coefficient, or base × coefficient; `full` is what it would have been, had the fund sufficed.
struct TransferLine {
  Unit from, to;
  Words item;  // 耕地保护补偿, 水稻上浮 …
  policy::Clause clause;
  std::optional<Area> area = {};
  std::optional<Fen> per_mu = {};
  std::optional<int64_t> coefficient = {};  // 1/10 000
  std::optional<Fen> base = {};
  std::optional<Fen> full = {};
  Fen amount;
  std::string about = {};  // agreement, project
};

enum class RunStage : uint8_t {
  dry_run = 1,  // 试算: nothing has moved
  paid = 2,
};

struct RunFacts {
  uint64_t run;
  Words kind;  // 耕地保护补偿 …
  int year;
  RunStage stage;
  std::vector<TransferLine> lines;
  std::optional<Fen> fund = {};           // no more than this is paid
  std::optional<int64_t> uplift = {};     // 1/10 000, of the row in force: what a scaled uplift no longer is
  std::optional<uint64_t> reverses = {};  // the run that this one undoes
  std::string document = {};
};
Made yearly_run(const RunFacts& facts, const Issue& issue);

}  // namespace landex::deeds
