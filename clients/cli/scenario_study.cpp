// scenario run, sweep: plays a scenario many times, keeps it, and prints what a reader looks at first.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <limits>
#include <memory>

#include "clients/cli/scenario_commands.hpp"
#include "clients/cli/scenario_tables.hpp"
#include "clients/simulator/scenario/scenario_file.hpp"
#include "clients/simulator/study/axes.hpp"
#include "clients/simulator/study/runner.hpp"
#include "exchange/host/policy_files.hpp"
#include "exchange/host/rule_sets.hpp"

namespace landex::cli {
namespace {

namespace fs = std::filesystem;
using namespace simulator;

struct StudyOptions {
  std::string where;
  std::vector<std::string> sets, cross, axes, outcomes;
  uint64_t replicates = 0, lhs = 0, morris = 0, sobol = 0;
  uint32_t levels = 4;
  std::optional<uint64_t> seed;
  unsigned threads = 0;
  std::string detail, out;
  bool resume = false, sweep = false;
};

constexpr uint64_t kReplicates = 200;  // of run; a sweep has 50 in each cell of a grid, else one of each point
constexpr uint64_t kReplicatesOfCell = 50;
constexpr int kInterrupted = 130;  // as a shell counts Ctrl-C

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

/// Ctrl-C and a stop from outside finish the blocks that were begun; a second one ends the process at once.
class Interruptible {
 public:
  Interruptible() {
    struct sigaction act{};
    act.sa_handler = [](int) { interrupted = true; };
    act.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(SIGINT, &act, &int_);
    ::sigaction(SIGTERM, &act, &term_);
  }
  ~Interruptible() {
    ::sigaction(SIGINT, &int_, nullptr);
    ::sigaction(SIGTERM, &term_, nullptr);
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  struct sigaction int_{}, term_{};
};

int tell(const StudyFault& f, int code) {
  fmt::print(stderr, "landex: {}\nlandex: {}\n", plain(f.zh), plain(f.en));
  return code;
}

/// Nothing, and why is on standard error.
std::optional<Regimes> regimes_of(const std::string& directory) {
  std::vector<host::PolicyBook> books;
  for (const std::string_view set : host::kRuleSets) {
    auto book = host::load_policy(directory, set);
    if (!book) {
      const host::PolicyError& e = book.error();
      fmt::print(stderr, "{0}:{1}: {2}\n{0}:{1}: {3}\n", e.file, e.line, e.zh, e.en);
      return std::nullopt;
    }
    books.push_back(std::move(*book));
  }
  return Regimes{.h66_2022 = std::move(books[0]), .post_2025 = std::move(books[1])};
}

StudyResult<Design> design_of(const Scenario& s, const StudyOptions& o) {
  Design d{.kind = DesignKind::replicates,
           .n = 1,
           .replicates = 1,
           .levels = o.levels,
           .axes = {},
           .seed = o.seed.value_or(s.seed)};
  if (!o.sweep) {
    d.n = d.replicates = o.replicates > 0 ? o.replicates : kReplicates;
    return d;
  }
  const int kinds = !o.cross.empty() + (o.lhs > 0) + (o.morris > 0) + (o.sobol > 0);
  if (kinds != 1)
    return std::unexpected{StudyFault{
        .zh = "请选且只选一种设计：--cross 因子=值,值…、--lhs 点数、--morris 轨迹数 或 --sobol 基样本数。",
        .en = "choose one design: --cross factor=value,value…, --lhs points, --morris trajectories or --sobol "
              "base samples."}};
  if (!o.cross.empty()) {
    d.kind = DesignKind::cross;
    d.replicates = o.replicates > 0 ? o.replicates : kReplicatesOfCell;
  } else {
    d.kind = o.lhs > 0 ? DesignKind::latin_hypercube : o.morris > 0 ? DesignKind::morris : DesignKind::sobol;
    d.n = o.lhs + o.morris + o.sobol;
    d.replicates = o.replicates > 0 ? o.replicates : 1;
  }
  if (!o.cross.empty() && !o.axes.empty())
    return std::unexpected{StudyFault{.zh = "--axis 用于 --lhs、--morris、--sobol；组合的轴写在 --cross 里。",
                                      .en = "--axis is for --lhs, --morris and --sobol; a grid's axes are --cross."}};
  for (const std::string& text : o.cross.empty() ? o.axes : o.cross) {
    auto axis = axis_of(s, text, !o.cross.empty());
    if (!axis) return std::unexpected{axis.error()};
    d.axes.push_back(std::move(*axis));
  }
  if (d.axes.empty()) d.axes = uncertainties_of(s);
  return d;
}

/// The command line that makes the study again, but for where it goes and how fast. `where`: the scenario.
std::string remake_of(const StudyOptions& o, const std::string& where, const Design& d, Detail detail) {
  std::string line = fmt::format("landex scenario {} {} --seed {} --detail {}", o.sweep ? "sweep" : "run",
                                 shell_word(where), d.seed, detail == Detail::full ? "full" : "summary");
  for (const std::string& text : o.sets) line += " --set " + shell_word(text);
  for (const std::string& text : o.cross) line += " --cross " + shell_word(text);
  for (const std::string& text : o.axes) line += " --axis " + shell_word(text);
  if (d.kind == DesignKind::latin_hypercube) line += fmt::format(" --lhs {}", d.n);
  if (d.kind == DesignKind::morris) line += fmt::format(" --morris {} --levels {}", d.n, d.levels);
  if (d.kind == DesignKind::sobol) line += fmt::format(" --sobol {}", d.n);
  return line + fmt::format(" --replicates {}", d.replicates);
}

std::string duration(double seconds) {
  const auto s = static_cast<uint64_t>(std::max(0.0, seconds));
  return s < 3600 ? fmt::format("{}:{:02}", s / 60, s % 60)
                  : fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

/// Progress on standard error: in place on a terminal, else a line every ten seconds.
class Meter {
 public:
  void operator()(const RunProgress& p) {
    const auto now = std::chrono::steady_clock::now();
    const bool last = p.done == p.total;
    if (!last && now - told_ < (screen_ ? std::chrono::milliseconds{200} : std::chrono::seconds{10})) return;
    told_ = now;
    if (!screen_ && last && !spoke_) return;
    spoke_ = true;
    fmt::print(stderr, "{}{} / {}  {:.1f} 次/秒 runs/s  剩余 left {}{}", screen_ ? "\r\x1b[K" : "", p.done, p.total,
               p.per_second, duration(p.seconds_left), screen_ && !last ? "" : "\n");
  }

 private:
  bool screen_ = ::isatty(STDERR_FILENO) == 1;
  bool spoke_ = false;
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

int play(const Context& c, const StudyOptions& o) {
  std::vector<Measure> outcomes;
  for (const std::string& name : o.outcomes) {
    const auto m = measure_named(name);
    if (!m)
      return tell({.zh = fmt::format("--outcome {}：没有此指标：可用 {}", name, measure_names()),
                   .en = fmt::format("--outcome {}: no such measure: there are {}", name, measure_names())},
                  kUsage);
    outcomes.push_back(*m);
  }
  const auto scenario = scenario_of(c, o.where, o.sets);
  if (!scenario) return kUsage;
  const auto design = design_of(*scenario, o);
  if (!design) return tell(design.error(), kUsage);
  if (const auto fault = fault_of(*design)) return tell(*fault, kUsage);
  const auto regimes = regimes_of(c.policy_dir);
  if (!regimes) return kFailed;
  // A sweep is read by its runs; the paths of every session of every run are asked for.
  const Detail detail = o.detail.empty()     ? (o.sweep ? Detail::summary : Detail::full)
                        : o.detail == "full" ? Detail::full
                                             : Detail::summary;
  StudyFacts facts = facts_of(*scenario, *design, detail);
  facts.policy_hash = hash_of(*regimes);
  // What is kept has nothing of this machine: a file is told by its name alone.
  facts.remake = remake_of(o, fs::path{o.where}.filename().string(), *design, detail);
  const fs::path out = !o.out.empty() ? fs::path{o.out} : fs::path{scenario->name + (o.sweep ? "-sweep" : "-run")};

  auto writer = StudyWriter::open(out, facts, o.resume ? IfThere::resume : IfThere::refuse);
  if (!writer) return tell(writer.error(), kFailed);
  if (writer->done() > 0) fmt::print(stderr, "续跑：已有 {0} 次 resumed: {0} runs are there\n", writer->done());
  Meter meter;
  StudyResult<uint64_t> done = 0;
  {
    const Interruptible guard;
    done = run_study(*scenario, *design, detail, city_players(*scenario, *regimes, *design, detail), *writer,
                     {.threads = o.threads,
                      .progress = [&](const RunProgress& p) { meter(p); },
                      .stop = [] { return interrupted.load(); }});
  }
  if (!done) return tell(done.error(), kFailed);
  if (*done < design->runs()) {
    fmt::print(stderr,
               "\n已停止：{0} / {1} 次，已写入的完好。续跑：\nstopped: {0} of {1} runs, all of them kept. To go on:\n"
               "  {2} -o {3} --resume\n",
               *done, design->runs(), remake_of(o, o.where, *design, detail), shell_word(out.string()));
    return kInterrupted;
  }
  if (auto closed = writer->close(); !closed) return tell(closed.error(), kFailed);
  const auto study = StudyReader::open(out);
  if (!study) return tell(study.error(), kFailed);
  const auto text = c.json ? study_json(*study) : study_tables(*study, outcomes);
  if (!text) return tell(text.error(), kFailed);
  fmt::print("{}", *text);
  return kOk;
}

/// A whole number, low to high, in digits alone: a library would take -1 for the largest there is.
CLI::Validator whole(uint64_t low, uint64_t high) {
  return {[=](const std::string& text) -> std::string {
            uint64_t n = 0;
            const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
            if (wrong == std::errc{} && end == text.data() + text.size() && low <= n && n <= high) return {};
            return fmt::format("{0}：须为 {1} 至 {2} 的整数 / {0}: must be a whole number from {1} to {2}", text, low,
                               high);
          },
          fmt::format("{} … {}", low, high)};
}

void common_options(CLI::App& command, StudyOptions& o) {
  command.add_option("scenario", o.where, "a shipped scenario's name, or a file / 情景名称或文件")->required();
  command.add_option("--replicates", o.replicates, "of each point (run: 200, a grid: 50, else 1) / 每点重复次数")
      ->check(whole(1, kMostRuns));
  command.add_option("--seed", o.seed, "of the study; the scenario's by default / 随机种子")
      ->check(whole(0, std::numeric_limits<int64_t>::max()));
  command.add_option("--threads", o.threads, "how many; all cores by default: results are the same / 线程数")
      ->check(whole(1, 1024));
  command
      .add_option("--set", o.sets,
                  "factor=value, over what the file says, again for each: pool_share=0.3, mechanism=call, "
                  "\"cost_scale=uniform 0.8..1.2\" / 改动因子，可重复")
      ->allow_extra_args(false);
  command
      .add_option("--outcome", o.outcomes,
                  "print this measure, again for each (unmet, mountain4_income …); the files have all / "
                  "所显示的指标，可重复")
      ->allow_extra_args(false);
  command.add_option("--detail", o.detail, "summary: runs alone; full: units, transfers, sessions too / 详细程度")
      ->check(CLI::IsMember({"summary", "full"}));
  command.add_option("-o,--out", o.out, "the directory of the study / 输出目录");
  command.add_flag("--resume", o.resume, "go on with the study that is there / 续跑");
}

}  // namespace

void add_scenario_study(CLI::App& group, Context& c, Chosen& chosen) {
  {
    auto o = std::make_shared<StudyOptions>();
    auto* run = group.add_subcommand("run", "play a scenario, many replicates / 运行情景");
    common_options(*run, *o);
    run->callback([&c, &chosen, o] { chosen = [&c, o] { return play(c, *o); }; });
  }
  auto o = std::make_shared<StudyOptions>();
  o->sweep = true;
  auto* sweep = group.add_subcommand("sweep", "play it at many points: a grid, or a design / 多点运行：组合或试验设计");
  common_options(*sweep, *o);
  sweep->add_option("--cross", o->cross, "factor=value,value…: a grid, the same seeds in every cell / 全因子组合")
      ->allow_extra_args(false);
  sweep->add_option("--lhs", o->lhs, "points of a Latin hypercube / 拉丁超立方点数")->check(whole(1, kMostRuns));
  sweep->add_option("--morris", o->morris, "trajectories / Morris 轨迹数")->check(whole(1, kMostRuns));
  sweep->add_option("--levels", o->levels, "of the Morris grid, even / Morris 水平数")
      ->check(whole(2, 1000))
      ->capture_default_str();
  sweep->add_option("--sobol", o->sobol, "base samples, best a power of two / Sobol 基样本数")
      ->check(whole(1, kMostRuns));
  sweep
      ->add_option("--axis", o->axes,
                   "factor, factor=low..high or factor=a,b,c for a design; by default all uncertainties / 设计的轴")
      ->allow_extra_args(false);
  sweep->callback([&c, &chosen, o] { chosen = [&c, o] { return play(c, *o); }; });
}

}  // namespace landex::cli
