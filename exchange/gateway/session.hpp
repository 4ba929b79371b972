// session.hpp: one client's conversation, without any socket (decisions 18): messages and time in, messages out. It
// logs on, submits, asks, subscribes. Who the person is comes from the log-on and is stamped here, never taken from a
// message. States: waiting for LogOn (deadline) → logged on. A message that is no message gets a Problem and changes
// nothing; before the log-on it also ends the conversation. Io thread only.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "exchange/gateway/transport.hpp"
#include "exchange/host/people.hpp"
#include "exchange/wire/messages.hpp"

namespace landex::gateway {

class Hub;

inline constexpr std::chrono::seconds kLogOnWithin{5};
/// Of messages that are none, in one session: reading them costs the io thread more than good ones do.
inline constexpr size_t kMostRefusedBytes = 1 << 20;
inline constexpr uint32_t kMostInFlight = 1'024;  // commands and questions of one session without an answer yet

class ClientSession final : public Session {
 public:
  ClientSession(Connection& connection, Encoding encoding, Hub& hub, uint64_t id);

  void on_message(std::string_view bytes, bool binary) override;
  void on_closed() override;
  void on_tick(std::chrono::steady_clock::time_point now) override;

  // what the hub asks and does
  bool logged_on() const { return person_.has_value(); }
  bool subscribed() const { return subscribed_; }
  const host::Person& person() const { return *person_; }
  engine::Role role() const;
  Encoding encoding() const { return encoding_; }
  void send(const wire::ServerMessage& m);
  void send(Frame frame) { connection_.send(std::move(frame)); }
  void answered() { --in_flight_; }

 private:
  void take(const wire::LogOn& m);
  void take(const wire::Submit& m);
  void take(const wire::Ask& m);
  void take(const wire::Subscribe& m);
  void take(const wire::AskPaper& m);
  void problem(wire::ProblemCode code, std::string field, std::string zh, std::string en,
               std::optional<Counter> counter = {}, std::optional<uint32_t> id = {});

  Connection& connection_;
  const Encoding encoding_;
  Hub& hub_;
  const uint64_t id_;
  std::optional<host::Person> person_;
  std::optional<std::chrono::steady_clock::time_point> log_on_by_;
  bool subscribed_ = false;
  uint32_t in_flight_ = 0;
  size_t refused_bytes_ = 0;
};

}  // namespace landex::gateway
