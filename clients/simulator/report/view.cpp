#include "clients/simulator/report/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/describe/enum_from_string.hpp>
#include <cmath>
#include <set>

#include "clients/simulator/report/numbers.hpp"

namespace landex::simulator::report {
namespace {

namespace fs = std::filesystem;

// Okabe and Ito 2008: told apart by every common kind of colour vision.
constexpr std::array<std::string_view, 4> kColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7"};

std::unexpected<ReportFault> fault(const StudyFault& f) { return std::unexpected{ReportFault{.zh = f.zh, .en = f.en}}; }

/// A cell by what it was given.
Words label_of(const StudyFacts& facts, const Point& values) {
  Words out;
  for (const StoredAxis& axis : facts.axes) {
    const FactorFacts& f = facts_of(axis.factor);
    const std::string at = value_of(axis.factor, values[axis.factor]);
    out.zh += fmt::format("{}{} = {}", out.zh.empty() ? "" : "，", f.zh, at);
    out.en += fmt::format("{}{} = {}", out.en.empty() ? "" : ", ", f.en, at);
  }
  return out;
}

/// Relative links to what is there of a study.
std::vector<std::string> links_to(const fs::path& study, const fs::path& html) {
  const fs::path from = fs::absolute(html).lexically_normal().parent_path();
  std::vector<std::string> out;
  std::error_code none;
  for (const char* name : {"runs.csv", "units.csv", "transfers.csv", "sessions.csv", "manifest.toml", "study.sqlite"})
    if (const fs::path file = fs::absolute(study).lexically_normal() / name; fs::exists(file, none))
      out.push_back(file.lexically_relative(from).generic_string());
  return out;
}

/// The group of a run, by its study and point.
class Sorter {
 public:
  Sorter(std::vector<Group>& groups, size_t study) {
    for (Group& g : groups)
      if (g.study == study) (g.point ? cells_[*g.point] : all_) = &g;
  }
  Group* of(uint64_t point) const {
    if (all_) return all_;
    const auto found = cells_.find(point);
    return found == cells_.end() ? nullptr : found->second;
  }

 private:
  Group* all_ = nullptr;
  std::map<uint64_t, Group*> cells_;
};

UnitView& unit_in(Group& g, District d) {
  const auto at = std::ranges::find(g.units, d, &UnitView::district);
  if (at != g.units.end()) return *at;
  return g.units.emplace_back(UnitView{.district = d});
}

std::expected<void, ReportFault> read_runs(View& view, size_t study) {
  const StudyReader& reader = view.studies[study];
  const StudyFacts& facts = reader.facts();
  const uint64_t cells = facts.replicates == 0 ? 0 : facts.runs / facts.replicates;
  const bool split = view.alone() && facts.design == DesignKind::cross && cells >= 2 && cells <= kColours.size();
  std::vector<std::vector<double>> factors(view.alone() ? kFactors : 0);
  const auto read = reader.each_run([&](const RunRow& row) {
    auto of_study = std::ranges::find_if(
        view.groups, [&](const Group& g) { return g.study == study && (!split || g.point == row.point); });
    if (of_study == view.groups.end()) {
      Group g{.study = study};
      if (split) {
        g.point = row.point;
        g.label = label_of(facts, row.values);
      } else {
        g.label = {facts.title_zh, facts.title_en};
      }
      view.groups.push_back(std::move(g));
      of_study = std::prev(view.groups.end());
    }
    of_study->replicate.push_back(row.replicate);
    for (size_t m = 0; m < kMeasures; ++m) of_study->measures[m].push_back(row.measures[m]);
    if (!view.alone()) return;
    view.point.push_back(row.point);
    view.replicate.push_back(row.replicate);
    for (size_t f = 0; f < kFactors; ++f) factors[f].push_back(row.values[static_cast<Factor>(f)]);
  });
  if (!read) return fault(read.error());
  for (size_t f = 0; f < factors.size(); ++f)
    if (std::ranges::adjacent_find(factors[f], std::not_equal_to{}) != factors[f].end())
      view.moved.push_back({.factor = static_cast<Factor>(f), .values = std::move(factors[f])});
  return {};
}

/// Which point each run of a study is: to find the group of rows that only name their run.
std::expected<std::vector<uint64_t>, ReportFault> points_of(const View& view, size_t study) {
  if (view.alone()) return view.point;
  return std::vector<uint64_t>(view.studies[study].done(), 0);  // one group for the whole study
}

std::expected<void, ReportFault> read_units(View& view, size_t study, const Sorter& sorter,
                                            const std::vector<uint64_t>& points) {
  const StudyReader& reader = view.studies[study];
  const auto units = reader.each_unit([&](const UnitRow& row) {
    Group* g = row.run < points.size() ? sorter.of(points[row.run]) : nullptr;
    if (!g) return;
    UnitView& u = unit_in(*g, row.unit.district);
    u.need.add(row.unit.need);
    u.filled.add(row.unit.filled);
    u.unmet.add(row.unit.unmet);
    u.bought.add(row.unit.bought);
    u.sold.add(row.unit.sold);
    u.filed.add(row.unit.filed);
    u.pooled.add(row.unit.pooled);
    u.unsold.add(row.unit.unsold);
    u.paid.add(row.unit.paid);
    u.received.add(row.unit.received);
    u.pool_received.add(row.unit.pool_received);
    u.advance.add(row.unit.advance);
    u.surplus.add(row.unit.surplus);
  });
  if (!units) return fault(units.error());
  // A run is whole when the next begins. Runs in which nobody paid have no row: their nets are 0.
  std::map<District, int64_t> net;
  uint64_t run = 0;
  const auto close = [&](uint64_t next) {
    for (; run < next; ++run) {
      if (Group* g = run < points.size() ? sorter.of(points[run]) : nullptr)
        for (UnitView& u : g->units) u.net.add(static_cast<double>(net[u.district]) / 1e6);
      net.clear();
    }
  };
  const auto transfers = reader.each_transfer([&](const TransferRow& row) {
    close(row.run);
    Group* g = row.run < points.size() ? sorter.of(points[row.run]) : nullptr;
    if (!g) return;
    g->transfers[{row.payer, row.payee}] += row.fen;
    net[row.payer] -= row.fen;
    net[row.payee] += row.fen;
  });
  if (!transfers) return fault(transfers.error());
  close(points.size());
  return {};
}

std::expected<void, ReportFault> read_sessions(View& view, size_t study, const Sorter& sorter,
                                               const std::vector<uint64_t>& points) {
  const auto read = view.studies[study].each_session([&](const SessionRow& row) {
    const SessionOutcome& s = row.session;
    if (s.instrument != Instrument::supplementary_area && s.instrument != Instrument::linkage) return;
    Group* g = row.run < points.size() ? sorter.of(points[row.run]) : nullptr;
    if (!g || s.session == 0) return;
    auto& path = g->sessions[s.instrument];
    if (path.size() < s.session) path.resize(s.session);
    SessionView& at = path[s.session - 1];
    if (std::isfinite(s.mean_price)) at.prices.push_back(s.mean_price);
    at.floor.add(s.floor);
    at.outside.add(s.outside_price);
    at.volume.add(s.volume);
  });
  if (!read) return fault(read.error());
  for (Group& g : view.groups)
    if (g.study == study)
      for (auto& [instrument, path] : g.sessions)
        for (SessionView& s : path) std::ranges::sort(s.prices);
  return {};
}

void know_names(View& view, const Regimes& regimes) {
  for (const host::PolicyBook* book : {&regimes.h66_2022, &regimes.post_2025})
    for (const host::UnitName& u : book->units) {
      view.names.try_emplace(u.district, Words{u.zh, u.en});
      if (u.kind == ParticipantClass::mountain4 &&
          std::ranges::find(view.mountain4, u.district) == view.mountain4.end())
        view.mountain4.push_back(u.district);
    }
}

}  // namespace

std::string value_of(Factor f, double v) {
  const FactorFacts& facts = facts_of(f);
  if (!facts.words.empty() && v >= 0 && v < static_cast<double>(facts.words.size()))
    return std::string{facts.words[static_cast<size_t>(v)]};
  return std::isfinite(v) ? fmt::format("{:.6g}", v) : "—";
}

Words View::name_of(District d) const {
  const auto found = names.find(d);
  if (found != names.end()) return found->second;
  return {fmt::format("{}", d.raw()), ""};
}

std::vector<Measure> View::outcomes() const {
  std::vector<Measure> out;
  const std::string_view names_of_outcomes = facts().outcomes;
  for (size_t at = 0; at < names_of_outcomes.size();) {
    const size_t comma = std::min(names_of_outcomes.find(',', at), names_of_outcomes.size());
    std::string_view name = names_of_outcomes.substr(at, comma - at);
    while (name.starts_with(' ')) name.remove_prefix(1);
    Measure m{};
    if (boost::describe::enum_from_string(std::string{name}.c_str(), m) && std::ranges::find(out, m) == out.end())
      out.push_back(m);
    at = comma + 1;
  }
  if (out.empty()) {
    using enum Measure;
    out = {mean_price, volume, fill_rate, efficiency, mountain4_income, at_floor};
  }
  return out;
}

std::vector<std::string> View::links(std::string_view file) const {
  std::vector<std::string> out;
  for (const auto& of_study : files)
    for (const auto& path : of_study)
      if (path == file || path.ends_with("/" + std::string{file})) out.push_back(path);
  return out;
}

std::expected<View, ReportFault> view_of(const std::vector<fs::path>& studies, const fs::path& html,
                                         const Regimes* regimes) {
  View view;
  for (const fs::path& directory : studies) {
    auto reader = StudyReader::open(directory);
    if (!reader) return fault(reader.error());
    if (reader->done() == 0)
      return std::unexpected{
          ReportFault{.zh = directory.string() + " 中的研究还没有任何运行。请先用 landex scenario run --resume 续跑",
                      .en = directory.string() + ": the study has no run yet. Go on with it first: landex scenario run "
                                                 "--resume"}};
    view.studies.push_back(std::move(*reader));
    view.files.push_back(links_to(directory, html));
  }
  if (regimes) know_names(view, *regimes);
  for (size_t i = 0; i < view.studies.size(); ++i) {
    if (auto read = read_runs(view, i); !read) return std::unexpected{read.error()};
    const Sorter sorter{view.groups, i};
    const auto points = points_of(view, i);
    if (!points) return std::unexpected{points.error()};
    if (auto read = read_units(view, i, sorter, *points); !read) return std::unexpected{read.error()};
    if (auto read = read_sessions(view, i, sorter, *points); !read) return std::unexpected{read.error()};
  }
  for (size_t i = 0; i < view.groups.size(); ++i) {
    Group& g = view.groups[i];
    g.colour = kColours[i % kColours.size()];
    if (g.label.zh.empty() && g.label.en.empty()) g.label = {view.facts(g.study).name, ""};
  }
  return view;
}

}  // namespace landex::simulator::report
