#include "clients/demo/play.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <boost/describe/enum_to_string.hpp>
#include <chrono>
#include <cstdio>
#include <deque>
#include <map>
#include <thread>

#include "clients/demo/day.hpp"
#include "clients/demo/server_process.hpp"
#include "clients/sdk/client.hpp"
#include "clients/terminal/print_governments.hpp"
#include "clients/terminal/print_views.hpp"
#include "clients/terminal/teller.hpp"
#include "exchange/host/people.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::demo {
namespace {

constexpr uint16_t kPort = 8642;

/// Has Ctrl-C come while it was blocked?
bool stop_asked() {
  sigset_t pending;
  sigemptyset(&pending);
  sigpending(&pending);
  return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
}

/// One connection of one unit, and the counter of its next command.
struct Seat {
  std::unique_ptr<sdk::Client> client;
  Counter counter;
};

std::string reason_of(const wire::Committed& c) {
  return c.refusal ? boost::describe::enum_to_string(c.refusal->refusal.reason, "?") : "";
}

class Player {
 public:
  Player(const PlayOptions& o, uint16_t port, const host::People& people)
      : options_{o}, port_{port}, people_{people}, live_{!o.once && isatty(STDOUT_FILENO) != 0} {}

  int play(const Day& day) {
    fmt::print("{}\n{}\n模拟数据：除注明来源外均为演示而设 made up for the demonstration where no source is named\n\n",
               day.title_zh, day.title_en);
    for (const auto& step : day.steps)
      if (stop_asked())
        return 130;
      else if (const int failed = play(step); failed != 0)
        return failed;
    return finish();
  }

 private:
  Seat* seat(District d, size_t nth = 1) {
    if (const auto at = seats_.find({d, nth}); at != seats_.end()) return &at->second;
    size_t found = 0;
    for (const auto& p : people_.all()) {
      const bool acts = p.role == host::PersonRole::district || p.role == host::PersonRole::bureau;
      if (p.participant != d || !acts || ++found != nth) continue;
      auto client =
          sdk::Client::connect({.host = options_.host, .port = port_, .token = p.token, .client_key = {20240603}});
      if (!client) return fail(client.error());
      const auto used = (*client)->ask(engine::query::GetCounter{.client_key = {20240603}});
      if (!used) return fail(used.error());
      return &seats_
                  .emplace(std::pair{d, nth}, Seat{.client = std::move(*client),
                                                   .counter = std::get<engine::view::CounterUsed>(used->view).highest})
                  .first->second;
    }
    fmt::print(stderr, "{}: nobody may act for {} / 无人可代表该单位\n", options_.people_file, d.raw());
    return nullptr;
  }

  std::nullptr_t fail(const sdk::Failure& f) {
    fmt::print(stderr, "{}\n{}\n", f.zh, f.en);
    return nullptr;
  }

  int play(const Step& step) {
    const auto command = resolve(step, numbers_);
    if (!command) {
      fmt::print(stderr, "{}:{}: '{}' was not done before / 所引用的步骤未执行\n", options_.day_file, step.line,
                 step.of);
      return 1;
    }
    Seat* s = seat(step.by, step.nth);
    if (!s) return 1;
    ++s->counter.value;
    const auto done = s->client->submit(s->counter, *command);
    if (!done) {
      fail(done.error());
      return 1;
    }
    if (reason_of(*done) != step.expect) {
      fmt::print(stderr, "{}:{}: expected '{}', got '{}' / 结果与预期不符\n", options_.day_file, step.line,
                 step.expect.empty() ? "done" : step.expect, done->refusal ? reason_of(*done) : "done");
      if (done->refusal) fmt::print(stderr, "{}", terminal::refusal_text(*done->refusal));
      return 1;
    }
    if (!step.name.empty() && !done->refusal) numbers_[step.name] = done->seq.value;
    tell(step, *done);
    return 0;
  }

  void tell(const Step& step, const wire::Committed& done) {
    if (!step.say_zh.empty()) say(fmt::format("▸ {}\n  {}", step.say_zh, step.say_en));
    if (done.refusal) {
      say(fmt::format("    {}：拒绝 refused [{}] {}{}", options_.names.zh(step.by), done.refusal->rule,
                      done.refusal->zh, done.refusal->way_out_zh));
      say(fmt::format("      {} {}", done.refusal->en, done.refusal->way_out_en));
    }
    for (const auto& box : done.events) {
      const std::string line = teller_.line_of(box.event);
      const bool quiet = std::holds_alternative<engine::event::AccountOpened>(box.event) || line.empty();
      if (!quiet) say("    " + line);
    }
    if (live_ && !step.say_zh.empty()) draw();
  }

  void say(const std::string& line) {
    if (!live_) {
      fmt::print("{}\n", line);
      return;
    }
    said_.push_back(line);
    while (said_.size() > 12) said_.pop_front();
  }

  std::optional<wire::MarketSnapshot> market() {
    Seat* bureau = seat(District::code(330100));
    if (!bureau || !bureau->client->subscribe()) return std::nullopt;
    std::optional<wire::MarketSnapshot> latest;
    while (true) {  // the one just asked for is the last to come
      auto m = bureau->client->next(latest ? std::chrono::milliseconds{20} : std::chrono::milliseconds{3'000});
      if (!m || !*m) return latest;
      if (auto* snapshot = std::get_if<wire::MarketSnapshot>(&(*m)->body)) latest = std::move(*snapshot);
    }
  }

  template <class View>
  std::optional<View> ask(const engine::Query& q) {
    Seat* bureau = seat(District::code(330100));
    if (!bureau) return std::nullopt;
    auto answer = bureau->client->ask(q);
    if (!answer) {
      fail(answer.error());
      return std::nullopt;
    }
    return std::get<View>(std::move(answer->view));
  }

  void draw() {
    const auto snapshot = market();
    const auto status = ask<engine::view::Status>(engine::query::GetStatus{});
    if (!snapshot || !status) return;
    std::string screen =
        "\x1b[H\x1b[2J\x1b[1m杭州市土地指标交易 Hangzhou land indicators\x1b[0m  [模拟场所 simulation]\n\n";
    for (const auto& book : snapshot->books)
      if (!book.levels.empty()) screen += terminal::table_of(book) + "\n";
    std::vector<wire::TradeLine> last{snapshot->trades};
    if (last.size() > 6) last.erase(last.begin(), last.end() - 6);
    screen += terminal::table_of(last) + "\n";
    Quantity pooled;
    for (const auto& r : status->land)
      if (r.instrument == Instrument::supplementary_area) pooled = r.pooled;
    screen += fmt::format("统筹池 pool {} 亩 mu · 储备地块统筹 plots pooled {} 亩 mu · 资金 money in {} 元 yuan\n\n",
                          wire::quantity(Instrument::supplementary_area, pooled), wire::mu(status->plots_pooled),
                          wire::yuan(status->money_in));
    for (const auto& line : said_) screen += line + "\n";
    fmt::print("{}", screen);
    std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::milliseconds{options_.pause_ms});
  }

  int finish() {
    const auto holdings = ask<engine::view::Holdings>(engine::query::GetHoldings{});
    const auto pool = ask<engine::view::Pool>(engine::query::GetPool{});
    const auto deals = ask<engine::view::Deals>(engine::query::GetDeals{});
    const auto status = ask<engine::view::Status>(engine::query::GetStatus{});
    const auto runs = ask<engine::view::RunRows>(engine::query::GetRuns{.year = {}});
    const auto snapshot = market();
    if (!holdings || !pool || !deals || !status || !runs || !snapshot) return 1;
    if (!runs->rows.empty())
      fmt::print("\n年度结算 yearly runs\n{}\n谁付谁收 who pays and who gets\n{}", terminal::table_of(*runs),
                 terminal::matrix_of(*runs, options_.names));
    fmt::print("\n持有 holdings\n{}\n统筹 pool status\n{}\n{}\n核对 recount\n{}",
               terminal::table_of(*holdings, options_.names), terminal::table_of(*pool, options_.names),
               turnover(*snapshot, *deals, *status), terminal::sums_of(*status));
    std::fflush(stdout);
    bool good = status->money_sum == Fen{};
    for (const auto& r : status->land)
      good &=
          r.sum == Quantity{} && r.issued == r.free + r.held + r.pooled + r.used + r.cancelled + r.frozen + r.borrowed;
    return good ? 0 : 1;
  }

  std::string turnover(const wire::MarketSnapshot& market, const engine::view::Deals& deals,
                       const engine::view::Status& status) const {
    struct Sum {
      int trades = 0;
      Quantity quantity;
      Fen amount;
    };
    std::map<Instrument, Sum> sums;
    const auto add = [&](Instrument i, Quantity q, Fen amount) {
      auto& s = sums[i];
      ++s.trades;
      s.quantity += q;
      s.amount += amount;
    };
    for (const auto& t : market.trades) add(t.instrument, t.quantity, t.amount);
    for (const auto& d : deals.rows)
      if (d.state == engine::DealState::settled)
        for (const auto& leg : d.legs)
          add(leg.instrument, leg.quantity,
              leg.price ? consideration(leg.quantity, *on_tick(leg.instrument, *leg.price)) : Fen{});
    terminal::Table t;
    t.column("成交 turnover");
    for (const char* title : {"笔数 trades", "数量 quantity", "金额 amount (万元)"})
      t.column(title, terminal::Align::right);
    int trades = 0;
    Fen amount;
    Area land;
    for (const auto& [i, s] : sums) {
      t.row({terminal::instrument_zh(i), std::to_string(s.trades),
             wire::quantity(i, s.quantity) + " " + std::string{wire::unit_zh(i)}, wire::wan_yuan(s.amount)});
      trades += s.trades;
      amount += s.amount;
      if (i == Instrument::supplementary_area || i == Instrument::linkage) land += Area::from_raw(s.quantity.raw());
    }
    Quantity pooled;
    for (const auto& r : status.land)
      if (r.instrument == Instrument::supplementary_area) pooled = r.pooled;
    return t.text() + fmt::format("turnover: {} trades, {} mu, {} 万元, pooled {} mu (+ {} mu of reserve plots)\n",
                                  trades, wire::mu(land), wire::wan_yuan(amount),
                                  wire::quantity(Instrument::supplementary_area, pooled),
                                  wire::mu(status.plots_pooled));
  }

  const PlayOptions& options_;
  terminal::Teller teller_{options_.names};
  const uint16_t port_;
  const host::People& people_;
  const bool live_;
  std::map<std::pair<District, size_t>, Seat> seats_;
  NumberOf numbers_;
  std::deque<std::string> said_;
};

void wait_for_stop() {
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGINT);
  sigaddset(&stops, SIGTERM);
  int signal = 0;
  sigwait(&stops, &signal);
}

}  // namespace

int play(const PlayOptions& o) {
  const auto day = load_day(o.day_file, o.names.places);
  if (!day) {
    fmt::print(stderr, "{}:{}: {}\n{}:{}：{}\n", day.error().file, day.error().line, day.error().en, day.error().file,
               day.error().line, day.error().zh);
    return 1;
  }
  const auto people = host::People::load(o.people_file);
  if (!people) {
    fmt::print(stderr, "{}:{}: {}\n{}:{}：{}\n", people.error().file, people.error().line, people.error().en,
               people.error().file, people.error().line, people.error().zh);
    return 1;
  }
  if (!o.once) {  // Ctrl-C is waited for, after the day, so that the server and its data are cleared away
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    sigprocmask(SIG_BLOCK, &stops, nullptr);
  }
  std::unique_ptr<ServerProcess> server;
  uint16_t port = o.port;
  if (!o.server_binary.empty()) {
    auto started = ServerProcess::start({.binary = o.server_binary,
                                         .people_file = o.people_file,
                                         .policy_dir = o.policy_dir,
                                         .preferred_port = o.once ? uint16_t{0} : kPort});
    if (!started) {
      fmt::print(stderr, "{}\n", started.error());
      return 1;
    }
    server = std::move(*started);
    port = server->port();
  }
  const int result = Player{o, port, *people}.play(*day);
  if (o.once || !server || result != 0) return result;

  const std::string at = port == kPort ? "" : fmt::format(" --port {}", port);
  fmt::print(
      "\n市场仍在运行（ws://127.0.0.1:{}/ws）。另开一个终端试试 The market is still open; in another terminal try:\n"
      "  L=build/release/clients/cli/landex\n"
      "  $L{} book\n"
      "  $L{} holding ls\n"
      "  $L{} --as 建德 deal propose --buyer 余杭 --area 10 --price 19.99    # 低于下限 below the floor: H66-7.6\n"
      "  $L{} --as 余杭 order place --buy --area 10 --price 20.50\n"
      "  $L{} watch\n"
      "  $L rules explain H66-7.6\n"
      "Ctrl-C 结束 ends it.\n",
      port, at, at, at, at, at);
  std::fflush(stdout);
  wait_for_stop();
  fmt::print("\n");
  return 0;
}

}  // namespace landex::demo
