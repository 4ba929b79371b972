// beast_listener.hpp: accepts WebSocket connections over plain TCP and runs their sessions. Only the .cpp knows Boost.
//
// What a peer can cost is bounded: 8 KiB of request header, `max_message` in, `max_queue_bytes` out (and what the
// kernel buffers), a deadline for the request, for each write, for silence and for closing. Nothing is allowed by
// leaving it out: no Origin is allowed until it is listed (clients that are not browsers send none and must log on).
// A request that is not for us gets an HTTP answer in Chinese and English, not a reset:
//   400 not HTTP, bytes after the request, no known subprotocol · 403 Origin · 404 not /ws · 405 not GET
//   408 no request in time · 413 a body · 426 no upgrade · 431 header over 8 KiB · 503 max_connections
//
// Threads: open() on any; run() blocks, and its thread is the io thread; post(), stop() and port() from any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "exchange/gateway/transport.hpp"

namespace landex::gateway {

struct ListenerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 0;                      // 0 = any free one, see Listener::port()
  std::vector<std::string> origins = {};  // exact values of Origin that may connect, "https://land.example"
  size_t max_message = 64 * 1024;         // bytes of one message in; over it: 1009
  size_t max_queue_bytes = 1024 * 1024;   // bytes waiting to be sent; one frame larger than this can never go out
  size_t max_connections = 1024;          // over it: HTTP 503
  std::chrono::milliseconds handshake_timeout{5'000};
  std::chrono::milliseconds idle_timeout{60'000};   // after half of it a ping is sent
  std::chrono::milliseconds write_timeout{10'000};  // for one frame: a peer that sends but never reads is never idle
  std::chrono::milliseconds close_timeout{1'000};   // for what is queued, the close frame and the peer's answer
  std::chrono::milliseconds tick{100};              // how often deadlines are looked at and sessions hear on_tick
};

class Listener {
 public:
  /// Listens at once: a peer may connect before run(). The error says which step failed and why.
  [[nodiscard]] static std::expected<std::unique_ptr<Listener>, std::string> open(ListenerOptions options,
                                                                                  MakeSession make_session);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  uint16_t port() const;
  /// Returns after stop(), when every session has heard on_closed. Call it once.
  void run();
  /// Runs `work` on the io thread, in the order posted. What is still waiting when run() returns is never run.
  void post(std::function<void()> work);
  /// Closes every connection with 1001 "server_shutdown"; run() returns when they have closed or after close_timeout.
  /// Takes a lock, so not from a signal handler.
  void stop();

 private:
  struct Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace landex::gateway
