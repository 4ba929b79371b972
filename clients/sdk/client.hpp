// client.hpp: landex from C++: log on, submit, ask, watch. A lost connection is made anew, and what was submitted
// without an answer is sent again with the same counter, so it is done once whatever happens in between (decisions 2).
// One thread. FlatBuffers on the wire.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/sdk/socket.hpp"
#include "exchange/wire/messages.hpp"

namespace landex::sdk {

struct ClientOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 8642;
  std::string token;
  ClientKey client_key{1};
  std::chrono::milliseconds timeout{5'000};    // for one answer
  std::chrono::milliseconds patience{10'000};  // for a server that is away, before giving up
};

/// Why there is no answer. `logged_off`: the server would not take the log-on (or the message); trying again is
/// useless.
struct Failure {
  enum class Kind : uint8_t { no_connection, logged_off, no_such_paper } kind;
  std::string en, zh;
};

class Client {
 public:
  static std::expected<std::unique_ptr<Client>, Failure> connect(ClientOptions options);

  const wire::Welcome& welcome() const { return welcome_; }

  /// Which stream of counters `submit` uses from here on: for a caller that picks it by who has logged on.
  void use(ClientKey key) { options_.client_key = key; }

  /// Sends a command and waits until it is durable, over as many connections as it takes.
  std::expected<wire::Committed, Failure> submit(Counter counter, const engine::Command& command);
  std::expected<wire::Answer, Failure> ask(const engine::Query& query);
  /// Its `id` is set here.
  std::expected<wire::PaperFile, Failure> ask_paper(wire::AskPaper paper);

  /// Subscribes to the public market; the snapshot and what follows come from `next`.
  std::expected<void, Failure> subscribe();

  /// The next message that is not an answer: Happened, MarketSnapshot, MarketIncrement. Nothing within `timeout`.
  std::expected<std::optional<wire::ServerMessage>, Failure> next(std::chrono::milliseconds timeout);

 private:
  explicit Client(ClientOptions options) : options_{std::move(options)} {}
  std::expected<void, Failure> open();
  std::expected<void, Failure> reopen();
  std::expected<wire::ServerMessage, Failure> receive(std::chrono::milliseconds timeout);
  template <class Body, class Wanted>
  std::expected<Body, Failure> exchange(const wire::ClientMessage& message, Wanted wanted);

  ClientOptions options_;
  std::unique_ptr<Socket> socket_;
  wire::Welcome welcome_{};
  std::deque<wire::ServerMessage> unasked_;  // bounded by kMostUnasked: older ones are dropped
  uint32_t next_id_ = 1;
};

}  // namespace landex::sdk
