// What papers cost: each kind as PDF and as XLSX, and a statement by how many entries it has. `bytes` is the size of
// one. Fonts are found once, before the clock starts.
#include <benchmark/benchmark.h>

#include "exchange/deeds/csv.hpp"
#include "exchange/deeds/pdf.hpp"
#include "exchange/deeds/xlsx.hpp"
#include "tests/paper_facts.hpp"

namespace landex::bench {
namespace {

template <class Render>
void render(benchmark::State& state, const deeds::Paper& paper, const Render& how) {
  auto file = how(paper);
  for (auto _ : state) {
    if (!file) return state.SkipWithError(file.error().en.c_str());
    file = how(paper);
  }
  state.counters["bytes"] = static_cast<double>(file->size());
  state.counters["papers/s"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

deeds::Paper statement_of(int64_t entries) {
  return *deeds::statement(paper_facts::statement(static_cast<int>(entries)), paper_facts::issue());
}

void PaperPdf(benchmark::State& state) {
  const auto papers = paper_facts::one_of_each();
  const auto& [name, paper] = papers.at(static_cast<size_t>(state.range(0)));
  state.SetLabel(name);
  render(state, *paper, [](const deeds::Paper& p) { return deeds::pdf(p); });
}
BENCHMARK(PaperPdf)->DenseRange(0, 8)->Unit(benchmark::kMillisecond);

void PaperXlsx(benchmark::State& state) {
  const auto papers = paper_facts::one_of_each();
  const auto& [name, paper] = papers.at(static_cast<size_t>(state.range(0)));
  state.SetLabel(name);
  render(state, *paper, [](const deeds::Paper& p) { return deeds::xlsx(p); });
}
BENCHMARK(PaperXlsx)->DenseRange(0, 8)->Unit(benchmark::kMillisecond);

void StatementPdf(benchmark::State& state) {
  render(state, statement_of(state.range(0)), [](const deeds::Paper& p) { return deeds::pdf(p); });
}
BENCHMARK(StatementPdf)->Arg(10)->Arg(300)->Arg(3'000)->Unit(benchmark::kMillisecond);

void StatementXlsx(benchmark::State& state) {
  render(state, statement_of(state.range(0)), [](const deeds::Paper& p) { return deeds::xlsx(p); });
}
BENCHMARK(StatementXlsx)->Arg(10)->Arg(300)->Arg(3'000)->Unit(benchmark::kMillisecond);

void StatementCsv(benchmark::State& state) {
  const deeds::Paper paper = statement_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(deeds::csv(paper.tables[0], deeds::CsvReader::spreadsheet));
  state.counters["rows/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(state.range(0)), benchmark::Counter::kIsRate);
}
BENCHMARK(StatementCsv)->Arg(3'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace landex::bench
