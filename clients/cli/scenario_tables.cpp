#include "clients/cli/scenario_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cmath>

#include "clients/simulator/study/sensitivity.hpp"
#include "clients/terminal/print.hpp"
#include "exchange/reports/sheet.hpp"

namespace landex::cli {
namespace {

using namespace simulator;
using terminal::Align;
using terminal::Table;

constexpr size_t kDetailed = 3;  // measures that have tables of their own; the report has all

std::vector<Measure> headline(const StudyFacts& f) {
  std::vector<Measure> found;
  std::string rest = f.outcomes;
  while (!rest.empty()) {
    const size_t comma = rest.find(", ");
    if (const auto m = measure_named(rest.substr(0, comma))) found.push_back(*m);
    rest = comma == std::string::npos ? "" : rest.substr(comma + 2);
  }
  if (found.empty())
    found = {Measure::mean_price, Measure::at_floor,         Measure::volume,    Measure::fill_rate, Measure::unmet,
             Measure::efficiency, Measure::mountain4_income, Measure::city_paid, Measure::hhi};
  return found;
}

/// Per cent of a share; otherwise with the decimals that the unit is read in.
std::string shown(Measure m, double x) {
  if (std::isnan(x)) return "—";
  const MeasureFacts& f = facts_of(m);
  const int decimals = f.share ? 1 : f.unit == "wan yuan/mu" ? 2 : f.unit == "1" ? 3 : 1;
  std::string text = fmt::format("{:.{}f}", f.share ? 100 * x : x, decimals);
  if (text.find_first_not_of("-0.") == std::string::npos && text.front() == '-') text.erase(0, 1);  // -0.0 is 0
  return f.share ? text + " %" : text;
}
std::string shown(Measure m, const Interval& i) { return shown(m, i.low) + " … " + shown(m, i.high); }
std::string title(Measure m) {
  const MeasureFacts& f = facts_of(m);
  return fmt::format("{} {}{}", f.zh, f.en, f.share ? "" : fmt::format("（{}）", f.unit));
}
std::string share(double x) { return std::isnan(x) ? "—" : fmt::format("{:.3f}", x); }
std::string interval(const Interval& i) { return share(i.low) + " … " + share(i.high); }
std::string number(double x) { return std::isnan(x) ? "—" : fmt::format("{:.4g}", x); }

/// Of a factor: its word, or its number.
std::string value(Factor f, double x) {
  const std::string_view word = word_of(facts_of(f), x);
  return word.empty() ? number(x) : std::string{word};
}

std::string headline_table(const std::vector<Measure>& measures, const std::vector<std::vector<double>>& columns) {
  Table t;
  t.column("指标 measure");
  for (const char* name : {"均值 mean", "95 % 区间 interval", "p10", "p50", "p90", "n"}) t.column(name, Align::right);
  for (size_t i = 0; i < measures.size(); ++i) {
    const Measure m = measures[i];
    const Summary s = summary_of(columns[i]);
    t.row({title(m), shown(m, s.mean), shown(m, s.interval), shown(m, s.p10), shown(m, s.p50), shown(m, s.p90),
           s.unknown == 0 ? fmt::format("{}", s.n) : fmt::format("{} ({} —)", s.n, s.unknown)});
  }
  return t.text();
}

/// The cells of a grid, each with its difference from the first, pair by pair of the same seed.
StudyResult<std::string> cell_table(const StudyReader& study, Measure m) {
  const auto cells = cells_of(study, m);
  if (!cells) return std::unexpected{cells.error()};
  Table t;
  for (const StoredAxis& a : study.facts().axes) t.column(std::string{name_of(a.factor)}, Align::right);
  for (const char* name : {"均值 mean", "95 % 区间 interval", "与首格之差 less the first", "95 % 区间 interval"})
    t.column(name, Align::right);
  for (const Cell& cell : *cells) {
    std::vector<std::string> row;
    for (size_t j = 0; j < cell.at.size(); ++j) {
      const Factor f = study.facts().axes[j].factor;
      row.push_back(facts_of(f).words.empty() ? fmt::format("{}", cell.at[j]) : value(f, cell.at[j]));
    }
    const Summary s = summary_of(cell.outcome);
    row.insert(row.end(), {shown(m, s.mean), shown(m, s.interval)});
    if (&cell == cells->data()) {
      row.insert(row.end(), {"", ""});
    } else {
      const Difference d = paired_difference(cells->front().outcome, cell.outcome);
      row.insert(row.end(), {shown(m, d.mean), shown(m, d.interval)});
    }
    t.row(std::move(row));
  }
  return t.text();
}

std::string sobol_table(const StudyFacts& f, const std::vector<double>& column) {
  const SobolResult r = sobol_indices(point_means(column, f.replicates), f.axes.size(), f.seed);
  if (r.indices.empty()) return "没有变化，没有指数 nothing varies: there are no indices\n";
  Table t;
  t.column("因子 factor");
  for (const char* name : {"S1", "95 %", "ST", "95 %"}) t.column(name, Align::right);
  std::vector<size_t> order;
  for (size_t j = 0; j < r.indices.size(); ++j) order.push_back(j);
  std::ranges::stable_sort(order, std::greater{}, [&](size_t j) { return r.indices[j].total; });
  for (const size_t j : order) {
    const SobolIndex& x = r.indices[j];
    t.row({std::string{name_of(f.axes[j].factor)}, share(x.first) + (x.first_includes_zero ? " *" : "  "),
           interval(x.first_interval), share(x.total) + (x.total_includes_zero ? " *" : "  "),
           interval(x.total_interval)});
  }
  std::string text = t.text();
  text += "* 区间含 0，可能无作用 the interval includes 0: it may be nothing\n";
  if (r.too_few)
    text += fmt::format(
        "样本太少：有区间宽于 0.2，请加大 --sobol（现 {0}） too few samples: an interval is wider than 0.2, "
        "give --sobol more than {0}\n",
        f.n);
  if (r.left_out > 0)
    text += fmt::format("未计 left out: {} 组 samples（有未知值 with an unknown number）\n", r.left_out);
  return text;
}

std::string morris_table(const StudyFacts& f, const std::vector<double>& column) {
  const MorrisResult r = morris_effects(point_means(column, f.replicates), f.unit_design());
  Table t;
  t.column("因子 factor");
  for (const char* name : {"μ*", "95 %", "μ", "σ"}) t.column(name, Align::right);
  std::vector<size_t> order;
  for (size_t j = 0; j < r.indices.size(); ++j) order.push_back(j);
  std::ranges::stable_sort(order, std::greater{}, [&](size_t j) { return r.indices[j].mu_star; });
  for (const size_t j : order) {
    const MorrisIndex& x = r.indices[j];
    t.row({std::string{name_of(f.axes[j].factor)}, number(x.mu_star),
           number(x.mu_star_interval.low) + " … " + number(x.mu_star_interval.high), number(x.mu), number(x.sigma)});
  }
  std::string text = t.text();
  if (r.left_out > 0)
    text += fmt::format("未计 left out: {} 条轨迹 trajectories（有未知值 with an unknown number）\n", r.left_out);
  return text;
}

StudyResult<std::string> tornado_table(const StudyReader& study, Measure m, const std::vector<double>& column) {
  std::vector<Factor> factors;
  std::vector<std::vector<double>> columns;
  for (const StoredAxis& a : study.facts().axes) {
    auto x = study.column(a.factor);
    if (!x) return std::unexpected{x.error()};
    factors.push_back(a.factor);
    columns.push_back(std::move(*x));
  }
  Table t;
  t.column("因子 factor");
  for (const char* name : {"低 low", "高 high", "低时 at low", "高时 at high", "幅度 swing"})
    t.column(name, Align::right);
  for (const TornadoBar& b : tornado(factors, columns, column))
    t.row({std::string{name_of(b.factor)}, value(b.factor, b.low_at), value(b.factor, b.high_at), shown(m, b.low),
           shown(m, b.high), shown(m, b.swing())});
  return t.text();
}

std::string files_of(const StudyReader& study) {
  std::string files = "manifest.toml study.sqlite runs.csv";
  if (study.facts().detail == Detail::full) files += " units.csv transfers.csv sessions.csv";
  return files;
}

StudyResult<std::vector<std::vector<double>>> columns_of(const StudyReader& study,
                                                         const std::vector<Measure>& measures) {
  std::vector<std::vector<double>> columns;
  for (const Measure m : measures) {
    auto x = study.column(m);
    if (!x) return std::unexpected{x.error()};
    columns.push_back(std::move(*x));
  }
  return columns;
}

}  // namespace

std::optional<Measure> measure_named(std::string_view name) {
  std::optional<Measure> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Measure>>([&](auto d) {
    if (name == d.name) found = d.value;
  });
  return found;
}

std::string measure_names() {
  std::string all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Measure>>(
      [&](auto d) { all += fmt::format("{}{}", all.empty() ? "" : ", ", d.name); });
  return all;
}

std::string shell_word(const std::string& text) {
  if (!text.empty() &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=.,-+/") ==
          std::string::npos)
    return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return quoted + "'";
}

StudyResult<std::string> difference_tables(std::span<const StudyReader> studies) {
  std::string text;
  std::vector<Measure> measures;
  for (const StudyReader& study : studies) {
    const StudyFacts& f = study.facts();
    if (f.design != DesignKind::replicates) return "";
    const char letter = static_cast<char>('A' + (&study - studies.data()));
    text +=
        terminal::plain(fmt::format("{} {}  {} {} · {}，{} 次 runs，种子 seed {}", letter, study.directory().string(),
                                    f.name, f.title_zh, f.title_en, study.done(), f.seed)) +
        "\n";
    if (measures.empty()) measures = headline(f);
  }
  const auto base = columns_of(studies[0], measures);
  if (!base) return std::unexpected{base.error()};
  for (size_t k = 1; k < studies.size(); ++k) {
    const auto other = columns_of(studies[k], measures);
    if (!other) return std::unexpected{other.error()};
    const bool paired = studies[k].facts().seed == studies[0].facts().seed;
    const char letter = static_cast<char>('A' + k);
    Table t;
    t.column("指标 measure");
    for (const std::string& name : {std::string{"A 均值 mean"}, fmt::format("{} 均值 mean", letter),
                                    fmt::format("差 {} − A", letter), std::string{"95 % 区间 interval"}})
      t.column(name, Align::right);
    t.column("区间不含 0 excludes 0");
    for (size_t i = 0; i < measures.size(); ++i) {
      const Measure m = measures[i];
      const Summary a = summary_of((*base)[i]), b = summary_of((*other)[i]);
      const Difference d = paired_difference((*base)[i], (*other)[i]);
      const Interval in = paired ? d.interval : d.unpaired;
      t.row({title(m), shown(m, a.mean), shown(m, b.mean), shown(m, paired ? d.mean : b.mean - a.mean), shown(m, in),
             std::isnan(in.low) || std::isnan(in.high) ? "—"
             : in.includes(0)                          ? "否 no"
                                                       : "是 yes"});
    }
    text += fmt::format("\n{} − A：{}\n", letter,
                        paired ? "逐次配对（同一种子） pair by pair (the same seed)"
                               : "不配对（种子不同） not paired (other seeds): 区间更宽 wider intervals") +
            t.text();
  }
  return text + "模拟，不是预测 a simulation, no forecast\n";
}

StudyResult<std::string> study_tables(const StudyReader& study, std::span<const Measure> asked) {
  const StudyFacts& f = study.facts();
  const std::vector<Measure> measures = asked.empty() ? headline(f) : std::vector(asked.begin(), asked.end());
  const size_t detailed = asked.empty() ? std::min(kDetailed, measures.size()) : measures.size();
  const auto columns = columns_of(study, measures);
  if (!columns) return std::unexpected{columns.error()};
  std::string text = terminal::plain(fmt::format("{} {} · {}", f.name, f.title_zh, f.title_en)) + "\n" + f.design_zh() +
                     "\n" + f.design_en() + "\n模拟，不是预测 a simulation, no forecast\n\n" +
                     (f.design == DesignKind::replicates ? "" : "全部点合计 all points together\n") +
                     headline_table(measures, *columns);
  for (size_t i = 0; i < detailed; ++i) {
    std::string table;
    if (f.design == DesignKind::cross) {
      auto cells = cell_table(study, measures[i]);
      if (!cells) return cells;
      table = std::move(*cells);
    } else if (f.design == DesignKind::sobol) {
      table = sobol_table(f, (*columns)[i]);
    } else if (f.design == DesignKind::morris) {
      table = morris_table(f, (*columns)[i]);
    } else if (f.design == DesignKind::latin_hypercube) {
      auto bars = tornado_table(study, measures[i], (*columns)[i]);
      if (!bars) return bars;
      table = std::move(*bars);
    } else {
      break;
    }
    text += "\n" + title(measures[i]) + "\n" + table;
  }
  if (f.design != DesignKind::replicates && detailed < measures.size())
    text +=
        "\n其余指标逐点的结果见报告，或用 --outcome 指定 other measures point by point: in the report, or name them by "
        "--outcome\n";
  return text +
         fmt::format(
             "\n种子 seed {}，{} 次 runs，引擎行为 engine behaviour {}，源码 sources {}\n"
             "情景 scenario sha256 {}\n文件 files {}: {}\n重做 again: {}\n报告 report: landex scenario report {}\n",
             f.seed, study.done(), f.engine_behaviour, f.sources_version, f.scenario_hash,
             terminal::plain(study.directory().string()), files_of(study), terminal::plain(f.remake),
             terminal::plain(shell_word(study.directory().string())));
}

namespace {

std::string json_number(double x) { return std::isfinite(x) ? fmt::format("{}", x) : "null"; }

}  // namespace

StudyResult<std::string> study_json(const StudyReader& study) {
  const StudyFacts& f = study.facts();
  std::string measures, comma;
  std::vector<Measure> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Measure>>([&](auto d) { all.push_back(d.value); });
  for (const Measure m : all) {
    const auto column = study.column(m);
    if (!column) return std::unexpected{column.error()};
    const Summary s = summary_of(*column);
    measures += fmt::format(
        R"({}"{}":{{"n":{},"unknown":{},"mean":{},"low":{},"high":{},"sd":{},"p10":{},"p50":{},"p90":{}}})", comma,
        name_of(m), s.n, s.unknown, json_number(s.mean), json_number(s.interval.low), json_number(s.interval.high),
        json_number(s.sd), json_number(s.p10), json_number(s.p50), json_number(s.p90));
    comma = ",";
  }
  return fmt::format(
      R"({{"scenario":{},"directory":{},"design":{},"seed":{},"runs":{},"scenario_hash":{},"remake":{},"measures":{{{}}}}})"
      "\n",
      reports::json_string(f.name), reports::json_string(study.directory().string()),
      reports::json_string(f.design_en()), f.seed, study.done(), reports::json_string(f.scenario_hash),
      reports::json_string(f.remake), measures);
}

}  // namespace landex::cli
