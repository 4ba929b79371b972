// socket.hpp: one WebSocket connection of a client, blocking, each call with a deadline. Only the .cpp knows Boost.
//
// One thread: whoever calls. There is none behind it, so pings are answered and messages arrive only inside send() and
// receive(): a client that calls neither for the server's idle time is dropped. The destructor cuts the connection
// without a word; close() says goodbye first.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace landex::sdk {

struct SocketOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 0;
  std::string path = "/ws";
  std::string subprotocol = "landex.v1.json";  // a name that ends in .json travels as text, all others as binary
  std::chrono::milliseconds timeout{5'000};    // for connecting in all, for one send, for close()
  size_t max_message = 16 * 1024 * 1024;       // bytes of one message in; over it the connection closes
};

class Socket {
 public:
  enum class Receive : uint8_t { message, timeout, closed };
  struct Received {
    Receive kind = Receive::timeout;
    std::string bytes = {};         // of a message
    uint16_t close_code = 0;        // of closed: the peer's; 1005 if it gave none, 1006 if it left without a close
    std::string close_reason = {};  // of closed: the peer's, or with 1006 what went wrong
  };

  /// The error names the step; if the server answered with HTTP, it is that status and its text.
  [[nodiscard]] static std::expected<std::unique_ptr<Socket>, std::string> connect(SocketOptions options);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// One message. After an error the connection is closed; whether the message arrived is then unknown.
  [[nodiscard]] std::expected<void, std::string> send(std::string_view bytes);
  /// The next message, waiting for it at most `timeout`. A timeout loses nothing: the next call goes on from there.
  /// After the end of the connection every call says closed, with the same code.
  [[nodiscard]] Received receive(std::chrono::milliseconds timeout);
  /// Close handshake with 1000, bounded by SocketOptions::timeout. What has not been received is dropped.
  void close();

 private:
  struct Impl;
  explicit Socket(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace landex::sdk
