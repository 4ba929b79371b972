#include "clients/cli/context.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>

#include "clients/cli/arguments.hpp"
#include "clients/cli/counter_file.hpp"
#include "clients/terminal/teller.hpp"
#include "exchange/host/people.hpp"
#include "exchange/host/policy_files.hpp"
#include "exchange/wire/json.hpp"

namespace landex::cli {

void load_names(Context& c) {
  if (const auto book = host::load_policy(c.policy_dir))
    for (const auto& u : book->units) c.names.places[u.district] = {.zh = u.zh, .en = u.en};
}

namespace {

/// "建德", "建德市", "Jiande", "jiande", "330182" → its code. "bureau", "市局" → the city. Others: nothing.
bool names_place(const Names& names, const std::string& word, const host::Person& p) {
  if (word == std::to_string(p.participant.raw())) return true;
  const auto at = names.places.find(p.participant);
  if (at == names.places.end()) return false;
  const auto lower = [](std::string s) {
    std::erase(s, '\'');
    for (char& ch : s) ch = static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
    return s;
  };
  return at->second.zh == word || at->second.zh.starts_with(word) || lower(at->second.en) == lower(word);
}

}  // namespace

std::expected<std::string, std::string> token_of(const Context& c) {
  if (!c.token_file.empty()) {
    std::string token;
    std::ifstream file;
    if (c.token_file != "-") file.open(c.token_file);
    std::istream& in = c.token_file == "-" ? std::cin : file;
    if (!std::getline(in, token) || token.empty())
      return std::unexpected("no token in " + c.token_file + " / 令牌文件为空或无法读取");
    return token;
  }
  const std::string as = c.as.empty() ? "bureau" : c.as;
  const auto people = host::People::load(c.people_file);
  if (!people)
    return std::unexpected(
        fmt::format("{}:{}: {} / {}", people.error().file, people.error().line, people.error().en, people.error().zh));
  size_t nth = 0;
  for (const auto& p : people->all()) {
    const bool role_word = (p.role == host::PersonRole::bureau && (as == "bureau" || as == "市局")) ||
                           (p.role == host::PersonRole::analyst && as == "analyst") ||
                           (p.role == host::PersonRole::auditor && as == "auditor");
    if ((role_word || (p.role == host::PersonRole::district && names_place(c.names, as, p))) && ++nth == c.nth)
      return p.token;
  }
  if (nth > 0)
    return std::unexpected(fmt::format("there are {} people of '{}' in {}, not {} / 人员文件中“{}”只有 {} 人", nth, as,
                                       c.people_file, c.nth, as, nth));
  return std::unexpected(fmt::format(
      "nobody called '{}' in {}; say --as 建德, --as 330182, --as bureau / 人员文件中没有“{}”", as, c.people_file, as));
}

void print_json(const wire::ServerMessage& m) { fmt::print("{}\n", wire::Json{}.encode(m)); }

int report(const sdk::Failure& f) {
  fmt::print(stderr, "{}\n{}\n", f.zh, f.en);
  switch (f.kind) {
    case sdk::Failure::Kind::no_connection:
      return kNoConnection;
    case sdk::Failure::Kind::logged_off:
      return kNotLoggedOn;
    case sdk::Failure::Kind::no_such_paper:
      return kNotFound;
  }
  return kFailed;
}

std::expected<std::unique_ptr<sdk::Client>, int> log_on(const Context& c) {
  const auto token = token_of(c);
  if (!token) {
    fmt::print(stderr, "{}\n", token.error());
    return std::unexpected(kNotLoggedOn);
  }
  auto client = sdk::Client::connect({.host = c.host, .port = c.port, .token = *token});
  if (!client) return std::unexpected(report(client.error()));
  return std::move(*client);
}

void split_as(Context& c) {
  const auto at = c.as.rfind('#');
  if (at == std::string::npos) return;
  const std::string number = c.as.substr(at + 1);
  if (at == 0 || number.empty() || number.size() > 3 || number.find_first_not_of("0123456789") != std::string::npos ||
      std::stoul(number) == 0)
    throw UsageError{fmt::format("--as: '{}' is not NAME#1, NAME#2 … / 应为 单位#1、单位#2 …", c.as)};
  c.nth = std::stoul(number);
  c.as.resize(at);
}

engine::Command as_proposed(const Context& c, const engine::Command& command) {
  using namespace engine::command;
  if (c.propose.empty()) {
    if (c.corrects != 0) throw UsageError{"--corrects goes with --propose / --corrects 须与 --propose 同用"};
    return command;
  }
  return std::visit(
      [&]<class C>(const C& one) -> engine::Command {
        if constexpr (engine::kIsOneOf<C, engine::SubjectList>) {
          if (c.corrects != 0)
            return Resubmit{.proposal = {c.corrects}, .subject = one, .reason = c.propose, .document = {}};
          return Propose{.subject = one, .reason = c.propose, .document = {}};
        } else {
          throw UsageError{"--propose: nobody approves this command; send it without / 此事不审批，请去掉 --propose"};
        }
      },
      command);
}

namespace {

/// With the next counter of this person.
std::expected<wire::Committed, int> commit(const Context& c, const engine::Command& command) {
  auto client = log_on(c);
  if (!client) return std::unexpected(client.error());
  const auto ticket =
      next_ticket(state_dir(), fmt::format("{}-{}-{}", c.host, c.port, (*client)->welcome().person.value));
  if (!ticket) {
    fmt::print(stderr, "{}\n", ticket.error());
    return std::unexpected(kFailed);
  }
  (*client)->use(ticket->key);
  auto done = (*client)->submit(ticket->counter, command);
  if (!done) return std::unexpected(report(done.error()));
  return std::move(*done);
}

}  // namespace

std::expected<wire::Committed, int> send(const Context& c, const engine::Command& command) {
  auto done = commit(c, command);
  if (!done || !done->refusal) return done;
  if (c.json)
    print_json({*done});
  else
    fmt::print("{}", refusal_text(*done->refusal));
  return std::unexpected(int{kRefusedByRule});
}

int submit(const Context& c, const engine::Command& plain, const std::optional<KnownOrder>& known) {
  const auto done = commit(c, as_proposed(c, plain));
  if (!done) return done.error();
  const bool refused = done->refusal.has_value();
  if (c.json) {
    print_json({*done});
  } else if (refused) {
    fmt::print("{}", refusal_text(*done->refusal));
  } else {
    fmt::print("已执行 done：序号 number {}\n", done->seq.value);
    Teller teller{c.names};
    if (known) teller.learn(known->order, known->instrument);
    for (const auto& box : done->events)
      if (const std::string line = teller.line_of(box.event); !line.empty()) fmt::print("  {}\n", line);
  }
  return refused ? kRefusedByRule : kOk;
}

std::expected<wire::Answer, int> fetch(const Context& c, const engine::Query& query) {
  auto client = log_on(c);
  if (!client) return std::unexpected(client.error());
  auto answer = (*client)->ask(query);
  if (!answer) return std::unexpected(report(answer.error()));
  return std::move(*answer);
}

int ask(const Context& c, const engine::Query& query, const std::function<void(const wire::Answer&)>& print) {
  const auto answer = fetch(c, query);
  if (!answer) return answer.error();
  if (c.json)
    print_json({*answer});
  else
    print(*answer);
  return kOk;
}

std::expected<wire::MarketSnapshot, int> market(const Context& c) {
  auto client = log_on(c);
  if (!client) return std::unexpected(client.error());
  if (auto subscribed = (*client)->subscribe(); !subscribed) return std::unexpected(report(subscribed.error()));
  while (true) {
    auto message = (*client)->next(std::chrono::seconds{5});
    if (!message) return std::unexpected(report(message.error()));
    if (!*message)
      return std::unexpected(
          report({.kind = sdk::Failure::Kind::no_connection, .en = "no snapshot in time", .zh = "未及时收到快照"}));
    if (auto* snapshot = std::get_if<wire::MarketSnapshot>(&(*message)->body)) return std::move(*snapshot);
  }
}

}  // namespace landex::cli
