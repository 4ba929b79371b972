#include "exchange/serve.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "exchange/desk/desk.hpp"
#include "exchange/gateway/beast_listener.hpp"
#include "exchange/gateway/hub.hpp"
#include "exchange/host/clock.hpp"
#include "exchange/host/policy_files.hpp"
#include "exchange/host/posix_disk.hpp"
#include "exchange/reports/service.hpp"
#include "exchange/sequencer/sequencer.hpp"

namespace landex {
namespace {

using sequencer::kSystemKey;
using sequencer::kSystemPerson;

void say(const std::string& zh, const std::string& en) {
  fmt::print(stderr, "landexd: {}\nlandexd: {}\n", zh, en);
  std::fflush(stderr);
}

wire::PlaceNames names_of(const host::PolicyBook& book) {
  wire::PlaceNames names;
  for (const auto& u : book.units) names[u.district] = {.zh = u.zh, .en = u.en};
  return names;
}

/// What landexd itself asks when a journal begins, or when files or options have changed since: policy and venue are
/// commands like all others (architecture: what changes an outcome is in the journal). False: the disk failed.
bool set_the_stage(sequencer::Sequencer& s, const sequencer::Replica::Seen& seen, const host::PolicyBook& book,
                   engine::Venue venue) {
  const auto& state = s.replica().state();
  const auto& streams = state.streams;
  const auto own = streams.find({.person = kSystemPerson, .key = kSystemKey});
  engine::Envelope who{.client_key = kSystemKey,
                       .counter = own == streams.end() ? Counter{} : own->second.highest,
                       .person = kSystemPerson,
                       .participant = {},
                       .role = engine::Role::system};
  const auto ask = [&](engine::Command c) {
    ++who.counter.value;
    const auto done = s.execute(who, std::move(c));
    if (!done) {
      say(done.error().text_zh(), done.error().text_en());
      return false;
    }
    seen(done->command, done->events);
    for (const auto& e : done->events)
      if (const auto* refused = std::get_if<engine::event::Refused>(&e)) {
        const auto told = wire::tell(refused->refusal, names_of(book));
        say(told.zh + " " + told.way_out_zh, told.en + " " + told.way_out_en);
      }
    return true;
  };
  const bool new_policy = state.pack != book.pack;
  if (state.day && (new_policy || state.venue != venue)) {
    say("营业日未闭，政策文件或场所的改动暂不启用；闭市后重启即可。",
        "a business day is open: changed policy files or venue are not taken up; close the day and start again.");
    return true;
  }
  if (new_policy && !ask(engine::command::Activate{.behaviour = engine::kBehaviour, .pack = book.pack})) return false;
  return state.venue == venue || ask(engine::command::SetVenue{.venue = venue});
}

std::string reports_at(const ServeOptions& options) {
  return options.reports.empty() ? options.data_dir + "/reports.sqlite" : options.reports;
}

/// What papers say of the house; at the simulation venue every paper says that it is one.
desk::House house_of(const ServeOptions& options, const host::PolicyBook& book) {
  desk::House house{.names = names_of(book), .pack = book.pack, .simulated = {}};
  if (options.venue == engine::Venue::simulation)
    house.simulated = desk::Words{.zh = "模拟场所的数据", .en = "data of the simulation venue"};
  return house;
}

/// Nothing where there are to be no reports.
std::unique_ptr<reports::Service> reports_of(const ServeOptions& options, host::Disk& disk,
                                             const host::PolicyBook& book) {
  if (options.reports == "none") return nullptr;
  (void)disk.make_dir(options.data_dir);  // where the journal will be; what is wrong with it is told by the journal
  return std::make_unique<reports::Service>(
      disk, reports::ServiceOptions{
                .where = reports_at(options), .journal_dir = options.data_dir, .names = names_of(book), .say = say});
}

std::string numbers_text(uint64_t first, uint64_t last) {
  return first == last ? std::to_string(first) : fmt::format("{}–{}", first, last);
}

void tell_recovery(const journal::Recovered& r, const sequencer::Replica& replica) {
  say(fmt::format("账本：{} 条命令，{}；状态 {}。", r.last_number, r.clean ? "上次正常停止" : "上次未正常停止，已恢复",
                  replica.state_hash()),
      fmt::format("journal: {} commands, {}; state {}.", r.last_number,
                  r.clean ? "cleanly stopped" : "not cleanly stopped, recovered", replica.state_hash()));
  if (!r.cut) return;
  const std::string numbers =
      r.cut->numbers ? numbers_text(r.cut->numbers->first, r.cut->numbers->last) : fmt::format("> {}", r.last_number);
  say(fmt::format("截去未完成的尾部：{} 偏移 {}，{} 字节，序号 {}（从未确认过）。", r.cut->segment, r.cut->offset,
                  r.cut->bytes, numbers),
      fmt::format("cut a torn tail: {} at offset {}, {} bytes, numbers {} (never acknowledged).", r.cut->segment,
                  r.cut->offset, r.cut->bytes, numbers));
}

bool write_port(const std::string& path, uint16_t port) {
  std::FILE* f = std::fopen(path.c_str(), "w");
  if (!f) return false;
  const bool good = std::fprintf(f, "%u\n", unsigned{port}) > 0;
  return std::fclose(f) == 0 && good;
}

}  // namespace

int serve(const ServeOptions& options) {
  // Blocked before any thread starts, so that only sigwait below takes them.
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGINT);
  sigaddset(&stops, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const auto book = host::load_policy(options.policy_dir, options.rule_set);
  if (!book) {
    const auto& e = book.error();
    say(fmt::format("{}:{}：{}", e.file, e.line, e.zh), fmt::format("{}:{}: {}", e.file, e.line, e.en));
    return 1;
  }
  auto people = host::People::load(options.people_file);
  if (!people) {
    const auto& e = people.error();
    say(fmt::format("{}:{}：{}", e.file, e.line, e.zh), fmt::format("{}:{}: {}", e.file, e.line, e.en));
    return 1;
  }

  host::PosixDisk disk;
  host::SystemClock clock;
  sequencer::Sequencer* queue = nullptr;
  gateway::Listener* door = nullptr;
  gateway::Hub* sessions = nullptr;
  std::unique_ptr<desk::Desk> desk;
  if (options.reports != "none") desk = std::make_unique<desk::Desk>(reports_at(options), house_of(options, *book));
  decltype(gateway::Desk::paper) papers;
  if (desk)
    papers = [&](sequencer::Origin origin, const engine::Asker& who, const wire::AskPaper& paper) {
      return desk->ask(who, paper, sessions->durable(), [&, origin](wire::ServerMessage made) {
        door->post([&, origin, made = std::move(made)] { sessions->made(origin, made); });
      });
    };
  gateway::Hub hub{
      {.submit = [&](auto origin, const auto& who, auto c) { return queue->submit(origin, who, std::move(c)); },
       .ask = [&](auto origin, const auto& who, auto q) { return queue->ask(origin, who, std::move(q)); },
       .paper = std::move(papers)},
      std::move(*people),
      names_of(*book)};
  sessions = &hub;
  const auto reports = reports_of(options, disk, *book);
  const sequencer::Replica::Seen seen = [&](const auto& command, const auto& events) {
    hub.replayed(command, events);
    if (reports) reports->replayed(command, events);
  };
  auto opened = sequencer::Sequencer::open(disk, {.dir = options.data_dir}, clock, {.step = options.step}, seen);
  if (!opened) {
    const auto& d = opened.error();
    say(d.text_zh, d.text_en);
    return 1;
  }
  auto& sequencer = *opened->sequencer;
  queue = &sequencer;
  tell_recovery(opened->recovered, sequencer.replica());

  if (!set_the_stage(sequencer, seen, *book, options.venue)) return 1;
  if (reports) reports->start();

  auto listener =
      gateway::Listener::open({.address = options.address, .port = options.port, .origins = options.origins},
                              [&](auto& connection, auto encoding) { return hub.make_session(connection, encoding); });
  if (!listener) {
    say("无法监听：" + listener.error(), "cannot listen: " + listener.error());
    return 1;
  }
  door = listener->get();
  if (!options.port_file.empty() && !write_port(options.port_file, (*listener)->port())) {
    say("无法写入端口文件 " + options.port_file, "cannot write the port file " + options.port_file);
    return 1;
  }
  const char* venue_zh = options.venue == engine::Venue::simulation ? "模拟场所" : "生产场所";
  const char* venue_en = options.venue == engine::Venue::simulation ? "simulation venue" : "production venue";
  say(fmt::format("{}，ws://{}:{}/ws 就绪。", venue_zh, options.address, (*listener)->port()),
      fmt::format("{}, ready at ws://{}:{}/ws.", venue_en, options.address, (*listener)->port()));

  std::atomic<bool> disk_failed = false;
  std::thread writer{[&] {
    const auto ended = sequencer.run([&](sequencer::Published batch) {
      const auto shared = std::make_shared<const sequencer::Published>(std::move(batch));
      if (reports) reports->published(shared);
      (*listener)->post([&hub, shared] { hub.published(*shared); });
    });
    if (ended) return;
    say(ended.error().text_zh() + "。账本不可再写，进程停止；重启时从介质重新读取。",
        ended.error().text_en() +
            ". The journal cannot be written: the process stops; a restart reads the medium anew.");
    disk_failed = true;
    kill(getpid(), SIGTERM);
  }};
  std::thread io{[&] { (*listener)->run(); }};

  int signal = 0;
  sigwait(&stops, &signal);
  sequencer.stop();  // does what is queued and seals; its acknowledgements are posted before the listener stops
  writer.join();
  if (reports) reports->stop();
  if (desk) desk->stop();
  (*listener)->stop();
  io.join();
  say("已停止，账本已封存。", "stopped, the journal is sealed.");
  return disk_failed ? 1 : 0;
}

}  // namespace landex
