// transport.hpp: what a session and the network know of each other. No Boost here, so that all that speaks the protocol
// compiles in seconds and is tested without a socket (decisions.md 18); beast_listener is the only shell around it.
//
// Threads: one io thread, the one inside Listener::run(). Every call in either direction happens on it.
// Lifetime: a Connection outlives its Session. The Session hears on_closed exactly once, is never called again, and is
// destroyed right after. on_closed never comes from inside another call: close(), send() and on_message return first.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace landex::gateway {

/// The two spellings of the same messages. JSON travels in text frames, FlatBuffers in binary ones.
enum class Encoding : uint8_t { flatbuffers, json };

/// The name in Sec-WebSocket-Protocol.
constexpr std::string_view subprotocol(Encoding encoding) {
  return encoding == Encoding::json ? "landex.v1.json" : "landex.v1.fb";
}

/// RFC 6455 §7.4.1 and our own (4000-4099). Numbers are on the wire: never reused.
namespace close_code {
inline constexpr uint16_t normal = 1000;
inline constexpr uint16_t going_away = 1001;        // "server_shutdown"
inline constexpr uint16_t protocol_error = 1002;    // sent by Beast
inline constexpr uint16_t wrong_frame_kind = 1003;  // text on landex.v1.fb, binary on landex.v1.json
inline constexpr uint16_t bad_utf8 = 1007;          // sent by Beast
inline constexpr uint16_t policy = 1008;
inline constexpr uint16_t message_too_big = 1009;  // sent by Beast
inline constexpr uint16_t slow_consumer = 4008;
}  // namespace close_code

/// One message, encoded once and shared by every connection that gets it. Never null.
using Frame = std::shared_ptr<const std::string>;

/// What a session may do to its connection. Ignored once closing has begun.
class Connection {
 public:
  /// Queues one message. If the queue would pass its bound in bytes, all of it is dropped and the connection closes
  /// with 4008 "slow_consumer": private events have no gaps, the client resumes and gets them again.
  virtual void send(Frame frame) = 0;
  /// Sends what is queued, then the close frame. `code` is one that may be sent; `reason` is UTF-8, cut at 123 bytes.
  virtual void close(uint16_t code, std::string_view reason) = 0;

 protected:
  ~Connection() = default;
};

class Session {
 public:
  virtual ~Session() = default;
  /// One whole message of the right kind for the encoding, valid during the call; text is valid UTF-8.
  virtual void on_message(std::string_view bytes, bool binary) = 0;
  virtual void on_closed() = 0;
  /// Every ListenerOptions::tick while open: for log-on deadlines and heartbeats.
  virtual void on_tick(std::chrono::steady_clock::time_point now) = 0;
};

/// Makes the session of a connection whose handshake is done. May already send and close. Never returns null.
using MakeSession = std::function<std::unique_ptr<Session>(Connection&, Encoding)>;

}  // namespace landex::gateway
