// day …, phase …, profile …: when the market is open, and for what. All of it is the bureau's.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/cli/profile_file.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;

struct Words {
  std::string day, phase, instrument, profile = "simulation";
};

matching::VenueProfile profile_arg(const char* option, const std::string& text) {
  auto profile = load_profile(text);
  if (profile) return std::move(*profile);
  const auto& e = profile.error();
  const std::string at = e.line == 0 ? e.file : fmt::format("{}:{}", e.file, e.line);
  throw UsageError{fmt::format("{}: {}: {}\n{}：{}：{}\n内置 built in: simulation, production；profile show", option,
                               at, e.en, option, at, e.zh)};
}

}  // namespace

void add_day(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* day = group(app, "day", "the business day / 营业日");
  const auto dated = [&, w](const char* name, const char* what, auto make) {
    auto* sub = day->add_subcommand(name, what);
    sub->add_option("day", w->day, "YYYY-MM-DD")->required();
    sub->callback(
        [&c, &chosen, w, make] { chosen = [&c, w, make] { return submit(c, make(day_arg("day", w->day))); }; });
  };
  dated("open", "sets the date, which chooses the rules, and starts the timetable / 开市",
        [](Day d) { return command::OpenDay{.day = d, .random = drawn()}; });
  dated("close", "orders and proposals lapse / 闭市", [](Day d) { return command::CloseDay{.day = d}; });

  auto* phase = group(app, "phase", "what an instrument is doing / 交易阶段")
                    ->add_subcommand("set", "move to another phase by hand: a halt, a call / 手动转换阶段");
  phase->add_option("phase", w->phase, "closed, call, no-cancel, continuous, halted / 阶段")->required();
  phase->add_option("--instrument", w->instrument, "area, paddy, capacity, linkage; all by default / 品种，默认全部");
  phase->callback([&, w] {
    chosen = [&, w] {
      return submit(c, command::MovePhase{.instrument = w->instrument.empty() ? std::nullopt
                                                                              : std::optional{instrument_arg(
                                                                                    "--instrument", w->instrument)},
                                          .to = phase_arg("phase", w->phase)});
    };
  });

  auto* profile = group(app, "profile", "how the venue's days run / 场所安排");
  const char* which = "simulation, production, or a file / 内置的名称或文件";
  auto* set = profile->add_subcommand("set", "from the next day on / 自下一营业日起");
  set->add_option("profile", w->profile, which)->required();
  set->callback([&, w] {
    chosen = [&, w] { return submit(c, command::SetProfile{.profile = profile_arg("profile", w->profile)}); };
  });
  auto* show = profile->add_subcommand("show", "as a file that `profile set` reads, without a server / 以文件形式显示");
  show->add_option("profile", w->profile, which)->capture_default_str();
  show->callback([&, w] {
    chosen = [w] {
      fmt::print("{}", profile_text(profile_arg("profile", w->profile)));
      return int{kOk};
    };
  });
}

}  // namespace landex::cli
