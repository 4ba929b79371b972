// context.hpp: what every command of `landex` has: whom it speaks for, where, and how it answers; and the two things
// that a command does: submit something, or ask something.
#pragma once
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "clients/sdk/client.hpp"
#include "clients/terminal/print.hpp"

namespace landex::cli {

using namespace terminal;  // how things look

/// Exit codes (gh's, and 3 of our own).
enum Exit : int {
  kOk = 0,
  kFailed = 1,
  kUsage = 2,
  kRefusedByRule = 3,
  kNotLoggedOn = 4,
  kNotFound = 5,
  kNoConnection = 6
};

struct Context {
  std::string host = "127.0.0.1";
  uint16_t port = 8642;
  std::string as;          // a unit's name or code: its token is looked up in people_file
  size_t nth = 1;          // the first, second … person of that unit: --as 建德#2
  std::string token_file;  // or the token itself, from a file ("-": standard input)
  std::string people_file;
  std::string policy_dir;
  bool json = false;
  std::string propose;    // why: what the command would do is proposed instead
  uint64_t corrects = 0;  // the proposal that it corrects; 0: a new one
  Names names;
};

/// Reads names of places from the policy files; without them, codes are printed.
void load_names(Context& c);

/// The token of whom the command speaks for. The error says what to do.
std::expected<std::string, std::string> token_of(const Context& c);

/// Log on. Prints what went wrong and gives the exit code.
std::expected<std::unique_ptr<sdk::Client>, int> log_on(const Context& c);

/// An order whose instrument was looked up, so that what happens to it can be told with its unit.
struct KnownOrder {
  OrderId order;
  Instrument instrument;
};

/// `as` without its #number, which is kept in `nth`.
void split_as(Context& c);

/// The command, or with --propose the proposal of it; what nobody approves is a usage error then.
engine::Command as_proposed(const Context& c, const engine::Command& command);

/// Submits with the next counter of this person; prints what happened, or the refusal (exit code 3). With --propose it
/// is proposed instead; what nobody approves is a usage error then.
int submit(const Context& c, const engine::Command& command, const std::optional<KnownOrder>& known = {});

/// Submits one of several steps of a command: prints nothing but what went wrong, or the refusal, and gives the exit
/// code then.
std::expected<wire::Committed, int> send(const Context& c, const engine::Command& command);

/// Asks. Prints what went wrong and gives the exit code.
std::expected<wire::Answer, int> fetch(const Context& c, const engine::Query& query);

/// Asks and prints: JSON as it came, or through `print`.
int ask(const Context& c, const engine::Query& query, const std::function<void(const wire::Answer&)>& print);

/// The public market as a snapshot.
std::expected<wire::MarketSnapshot, int> market(const Context& c);

/// One message as one line of JSON.
void print_json(const wire::ServerMessage& m);

int report(const sdk::Failure& f);

}  // namespace landex::cli
