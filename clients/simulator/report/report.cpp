#include "clients/simulator/report/report.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "clients/simulator/report/sections.hpp"

namespace landex::simulator {
namespace {

namespace fs = std::filesystem;

/// Written beside and renamed: a reader meets the old report or the new one.
std::expected<void, ReportFault> put(const std::string& text, const fs::path& path) {
  const fs::path part = path.string() + ".part";
  const auto failed = [&] {
    const std::string why = std::strerror(errno);
    std::error_code none;
    fs::remove(part, none);
    return std::unexpected{
        ReportFault{.zh = "无法写入 " + path.string() + "：" + why + "。请用 -o 换一个可写的位置",
                    .en = "cannot write " + path.string() + ": " + why + ". Name a place that can be written with -o"}};
  };
  std::FILE* f = std::fopen(part.c_str(), "wb");
  if (!f) return failed();
  const bool written = std::fwrite(text.data(), 1, text.size(), f) == text.size();
  if (std::fclose(f) != 0 || !written) return failed();
  if (std::rename(part.c_str(), path.c_str()) != 0) return failed();
  return {};
}

report::Words title_of(const report::View& v) {
  report::Words out;
  for (size_t i = 0; i < v.studies.size(); ++i) {
    const StudyFacts& f = v.facts(i);
    out.zh += (i == 0 ? "" : " · ") + (f.title_zh.empty() ? f.name : f.title_zh);
    out.en += (i == 0 ? "" : " · ") + (f.title_en.empty() ? f.name : f.title_en);
  }
  out.zh = (v.alone() ? "情景模拟报告：" : "情景比较：") + out.zh;
  out.en = (v.alone() ? "Simulation report: " : "Scenarios compared: ") + out.en;
  return out;
}

}  // namespace

std::expected<void, ReportFault> write_report(const std::vector<fs::path>& studies, const fs::path& html,
                                              const Regimes* regimes) {
  if (studies.empty() || studies.size() > kMostStudies)
    return std::unexpected{ReportFault{
        .zh = "一份报告并列一至四个研究目录，这里是 " + std::to_string(studies.size()) + " 个",
        .en = "a report takes one to four directories of studies; here are " + std::to_string(studies.size())}};
  auto view = report::view_of(studies, html, regimes);
  if (!view) return std::unexpected{view.error()};
  report::Page page{title_of(*view)};
  report::write_head(page, *view);
  report::write_headline(page, *view);
  report::write_differences(page, *view);
  report::write_price(page, *view);
  report::write_efficiency(page, *view);
  report::write_quantity(page, *view);
  report::write_money(page, *view);
  report::write_spread(page, *view);
  report::write_linked(page, *view);
  report::write_rules(page, *view);
  report::write_sensitivity(page, *view);
  report::write_trust(page, *view);
  report::write_remake(page, *view, regimes, studies);
  auto text = page.html();
  if (!text) return std::unexpected{text.error()};
  return put(*text, html);
}

}  // namespace landex::simulator
