// What must not be forgotten about Beast 1.81 (gateway.md §3):
//   - Two async_write at once assert, so there is one place that writes (pump) and one frame in flight.
//   - Its timers and pings need a pending read, so there is one read until the end.
//   - async_read beside async_close asserts (read_size_hint_pmd: rd_remain > 0) when the peer goes on sending: between
//     two parts of a message the close may read the rest away. A peer could end the process. async_read_some into
//     memory of ours asks for no hint, so we put messages together ourselves.
//   - Its idle timer looks at reads only, so writes have a deadline of ours.
//   - ws.async_accept() reads the request into 1 536 bytes and resets what is longer, so we read it ourselves.
//   - After a protocol error it waits for the peer's end of stream with no short deadline; so the tick asks is_open.
// Callbacks, no coroutines: GCC 12.2 destroys some temporaries in co_await twice.
#include "exchange/gateway/beast_listener.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <cassert>
#include <deque>
#include <iterator>
#include <list>
#include <optional>
#include <utility>

namespace landex::gateway {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr uint32_t kHeaderLimit = 8 * 1024;
// Connections over max_connections that may be told so at one time; those beyond are cut without a word.
constexpr size_t kToBeTurnedAway = 32;
// Pings and pongs between two ticks. Beast answers each ping itself, so no session could meter them.
constexpr size_t kControlFrames = 100;

constexpr std::string_view kPath = "/ws";

struct Answer {
  http::status status;
  std::string_view zh;
  std::string_view en;
};

constexpr Answer kMalformed{http::status::bad_request, "请求不是有效的 HTTP。", "The request is not valid HTTP."};
constexpr Answer kTooEarly{http::status::bad_request, "请求之后不得有数据，须等待 101 应答。",
                           "Nothing may follow the request: wait for the answer 101."};
constexpr Answer kNotGet{http::status::method_not_allowed, "只接受 GET。", "Only GET is accepted."};
constexpr Answer kBody{http::status::payload_too_large, "请求不得带正文。", "The request may not have a body."};
constexpr Answer kNoUpgrade{
    http::status::upgrade_required,
    "这里只提供 WebSocket 服务：请连接路径 /ws，子协议 landex.v1.json 或 landex.v1.fb。",
    "This port speaks WebSocket only: connect to /ws with the subprotocol landex.v1.json or landex.v1.fb."};
constexpr Answer kWrongPath{http::status::not_found, "没有这个路径：请连接 /ws。", "No such path: connect to /ws."};
constexpr Answer kOrigin{http::status::forbidden, "此来源（Origin）不在允许名单内，请联系管理员加入。",
                         "This Origin is not on the list of those allowed: ask the operator to add it."};
constexpr Answer kSubprotocol{http::status::bad_request,
                              "请在 Sec-WebSocket-Protocol 中给出子协议 landex.v1.json 或 landex.v1.fb。",
                              "Offer the subprotocol landex.v1.json or landex.v1.fb in Sec-WebSocket-Protocol."};
constexpr Answer kTooLate{http::status::request_timeout, "未在规定时间内收到完整请求。",
                          "The whole request did not arrive in time."};
constexpr Answer kHeaderTooBig{http::status::request_header_fields_too_large, "请求头超过 8 KiB。",
                               "The request header is over 8 KiB."};
constexpr Answer kFull{http::status::service_unavailable, "连接数已满，请稍后重试。",
                       "Too many connections: try again later."};

std::optional<Encoding> first_known(const http::fields& header) {
  const auto [from, to] = header.equal_range(http::field::sec_websocket_protocol);
  for (auto field = from; field != to; ++field) {
    for (const auto name : http::token_list{field->value()}) {
      for (const Encoding encoding : {Encoding::flatbuffers, Encoding::json}) {
        if (std::string_view{name} == subprotocol(encoding)) return encoding;
      }
    }
  }
  return std::nullopt;
}

bool origin_allowed(const http::fields& header, const std::vector<std::string>& allowed) {
  const auto [from, to] = header.equal_range(http::field::origin);
  return std::all_of(from, to, [&](const auto& field) {
    return std::find(allowed.begin(), allowed.end(), std::string_view{field.value()}) != allowed.end();
  });
}

bool from_the_parser(const error_code& ec) {
  return ec.category() == http::make_error_code(http::error::bad_method).category() &&
         ec != http::error::end_of_stream && ec != http::error::partial_message;
}

// A close frame holds 123 bytes of reason; a character is not cut in two.
std::string_view cut_reason(std::string_view reason) {
  size_t end = std::min<size_t>(reason.size(), 123);
  while (end < reason.size() && end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0U) == 0x80U) --end;
  return reason.substr(0, end);
}

}  // namespace

struct Listener::Impl {
  class Peer;

  ListenerOptions options;
  MakeSession make_session;
  net::io_context io{1};
  tcp::acceptor acceptor{io};
  net::steady_timer ticker{io};
  // A list: an end unlinks itself while the tick walks. Its order reaches nothing but the order of ticks.
  std::list<std::shared_ptr<Peer>> peers = {};
  uint16_t port = 0;
  bool accepting = false;
  std::optional<Clock::time_point> stop_by = {};

  void accept();
  void admit(tcp::socket socket);
  void tick_later();
  void tick();
  void begin_stop();
  void forget(std::list<std::shared_ptr<Peer>>::iterator where);
};

// One TCP connection from accept to end. Every handler holds a shared_ptr, so a Peer outlives its operations; `gone`
// tells a late handler that nothing is left to do.
class Listener::Impl::Peer final : public Connection, public std::enable_shared_from_this<Peer> {
 public:
  Peer(Impl& house, tcp::socket socket) : house_{house}, ws_{std::move(socket)} {}

  void live_at(std::list<std::shared_ptr<Peer>>::iterator where) { where_ = where; }
  void read_request();
  void turn_away() { answer(kFull); }
  void tick(Clock::time_point now);
  void leave();
  void drop();

  void send(Frame frame) override;
  void close(uint16_t code, std::string_view reason) override;

 private:
  enum class State : uint8_t {
    request,    // the HTTP request is being read
    upgrading,  // Beast writes the 101
    answering,  // an HTTP answer that is not 101 goes out, then the rest of what came in is read away
    open,       // there is a session, and only now
    draining,   // close() was called; what is queued goes first
    closing,    // the close frame goes out, or the peer ended it: waiting for the end of the stream
    gone,
  };

  void on_request(error_code ec);
  std::optional<Answer> judge();
  void answer(const Answer& what);
  void on_answered(error_code ec);
  void read_away();
  void on_upgraded(error_code ec);
  void read();
  void on_read(error_code ec, size_t size);
  void pump();
  void on_written(error_code ec);
  void send_close();
  void ended_by_peer();
  void end_session();
  void end_session_soon();
  void expire_in(std::chrono::milliseconds wait) { deadline_ = Clock::now() + wait; }

  Impl& house_;
  // Deflate is compiled out: CRIME, memory, and a field of defects in this version.
  websocket::stream<tcp::socket, false> ws_;
  std::list<std::shared_ptr<Peer>>::iterator where_{};
  beast::flat_buffer buffer_{};  // of the request
  std::optional<http::request_parser<http::empty_body>> parser_{};
  std::optional<http::response<http::string_body>> response_{};
  std::array<char, 4096> chunk_;  // the latest read
  std::string message_{};         // read so far, at most max_message
  State state_ = State::request;
  Encoding encoding_ = Encoding::json;
  std::unique_ptr<Session> session_{};
  std::optional<Clock::time_point> deadline_{};  // of whatever the state waits for

  std::deque<Frame> queue_{};
  Frame writing_{};          // null when no write is in flight
  size_t queued_bytes_ = 0;  // with the one in flight
  size_t control_frames_ = 0;
  bool reading_ = false;
  bool close_pending_ = false;
  websocket::close_reason close_reason_{};
};

void Listener::Impl::Peer::read_request() {
  expire_in(house_.options.handshake_timeout);
  parser_.emplace();
  parser_->header_limit(kHeaderLimit);
  reading_ = true;
  http::async_read_header(ws_.next_layer(), buffer_, *parser_,
                          [self = shared_from_this()](error_code ec, size_t) { self->on_request(ec); });
}

void Listener::Impl::Peer::on_request(error_code ec) {
  reading_ = false;
  if (state_ != State::request) return;
  if (ec == http::error::header_limit || ec == http::error::buffer_overflow) return answer(kHeaderTooBig);
  if (ec && from_the_parser(ec)) return answer(kMalformed);
  if (ec) return drop();
  if (const auto refusal = judge()) return answer(*refusal);

  state_ = State::upgrading;
  ws_.set_option(websocket::stream_base::timeout{.handshake_timeout = house_.options.handshake_timeout,
                                                 .idle_timeout = house_.options.idle_timeout,
                                                 .keep_alive_pings = true});
  ws_.set_option(websocket::stream_base::decorator([chosen = subprotocol(encoding_)](websocket::response_type& r) {
    r.set(http::field::server, "landex");
    r.set(http::field::sec_websocket_protocol, chosen);
  }));
  ws_.read_message_max(house_.options.max_message);
  ws_.auto_fragment(false);  // one gather write a message, not one for every 4 KiB
  ws_.binary(encoding_ == Encoding::flatbuffers);
  ws_.control_callback([this](websocket::frame_type, beast::string_view) { ++control_frames_; });
  ws_.async_accept(parser_->get(), [self = shared_from_this()](error_code accepted) { self->on_upgraded(accepted); });
}

// The first that holds is the answer.
std::optional<Answer> Listener::Impl::Peer::judge() {
  const auto& request = parser_->get();
  if (request.method() != http::verb::get) return kNotGet;
  if (parser_->chunked() || parser_->content_length().value_or(0) > 0) return kBody;
  if (!websocket::is_upgrade(request)) return kNoUpgrade;
  if (std::string_view{request.target()} != kPath) return kWrongPath;
  if (!origin_allowed(request, house_.options.origins)) return kOrigin;
  const auto encoding = first_known(request);
  if (!encoding) return kSubprotocol;
  if (buffer_.size() > 0) return kTooEarly;  // Beast would lose these bytes and misread all that follows
  encoding_ = *encoding;
  return std::nullopt;
}

void Listener::Impl::Peer::answer(const Answer& what) {
  state_ = State::answering;
  expire_in(house_.options.close_timeout);
  response_.emplace(what.status, 11U);
  response_->set(http::field::server, "landex");
  response_->set(http::field::content_type, "text/plain; charset=utf-8");
  if (what.status == http::status::upgrade_required) response_->set(http::field::upgrade, "websocket");
  if (what.status == http::status::method_not_allowed) response_->set(http::field::allow, "GET");
  response_->set(http::field::connection, what.status == http::status::upgrade_required ? "Upgrade, close" : "close");
  response_->body() = fmt::format("{}\n{}\n", what.zh, what.en);
  response_->prepare_payload();
  http::async_write(ws_.next_layer(), *response_,
                    [self = shared_from_this()](error_code ec, size_t) { self->on_answered(ec); });
}

void Listener::Impl::Peer::on_answered(error_code ec) {
  if (state_ == State::gone) return;
  if (ec || reading_) return drop();  // reading_: the request came too late and its read still waits
  ws_.next_layer().shutdown(tcp::socket::shutdown_send, ec);
  read_away();
}

// A socket closed with bytes unread sends a reset, and the peer may lose the answer that it was sent.
void Listener::Impl::Peer::read_away() {
  ws_.next_layer().async_read_some(net::buffer(chunk_), [self = shared_from_this()](error_code ec, size_t) {
    if (self->state_ == State::gone) return;
    ec ? self->drop() : self->read_away();
  });
}

void Listener::Impl::Peer::on_upgraded(error_code ec) {
  if (state_ == State::gone) return;
  parser_.reset();
  buffer_ = {};
  if (ec) {  // Beast has written its own answer, e.g. for a key or a version that is not RFC 6455
    state_ = State::answering;
    expire_in(house_.options.close_timeout);
    return on_answered({});
  }
  state_ = State::open;
  deadline_.reset();
  session_ = house_.make_session(*this, encoding_);
  assert(session_ != nullptr);
  read();
}

void Listener::Impl::Peer::read() {
  reading_ = true;
  ws_.async_read_some(net::buffer(chunk_),
                      [self = shared_from_this()](error_code ec, size_t n) { self->on_read(ec, n); });
}

void Listener::Impl::Peer::on_read(error_code ec, size_t size) {
  reading_ = false;
  if (state_ == State::gone) return;
  if (ec) {
    end_session();
    if (!close_pending_) drop();
    return;
  }
  // Once closing, what still comes is read away; the message in hand may then be in pieces, and nobody looks.
  if (state_ == State::open) {
    message_.append(chunk_.data(), size);
    if (ws_.got_binary() != (encoding_ == Encoding::flatbuffers)) {
      close(close_code::wrong_frame_kind,
            encoding_ == Encoding::json ? "landex.v1.json is text" : "landex.v1.fb is binary");
    } else if (ws_.is_message_done()) {
      session_->on_message(message_, ws_.got_binary());
      message_.clear();
    }
  }
  read();
}

void Listener::Impl::Peer::send(Frame frame) {
  assert(frame != nullptr);
  if (state_ != State::open) return;
  if (queued_bytes_ + frame->size() > house_.options.max_queue_bytes) {
    for (const Frame& waiting : queue_) queued_bytes_ -= waiting->size();
    queue_.clear();
    return close(close_code::slow_consumer, "slow_consumer");
  }
  queued_bytes_ += frame->size();
  queue_.push_back(std::move(frame));
  pump();
}

// The one place that writes. One Frame is one WebSocket message; packing those of one flush into one is done here.
void Listener::Impl::Peer::pump() {
  if (writing_) return;
  if (queue_.empty()) {
    if (state_ == State::draining) send_close();
    return;
  }
  writing_ = std::move(queue_.front());
  queue_.pop_front();
  if (state_ == State::open) expire_in(house_.options.write_timeout);
  ws_.async_write(net::buffer(*writing_), [self = shared_from_this()](error_code ec, size_t) { self->on_written(ec); });
}

void Listener::Impl::Peer::on_written(error_code ec) {
  queued_bytes_ -= writing_->size();
  writing_.reset();
  if (state_ == State::gone || state_ == State::closing) return;
  if (ec) return ended_by_peer();
  if (state_ == State::open) deadline_.reset();
  pump();
}

void Listener::Impl::Peer::close(uint16_t code, std::string_view reason) {
  assert(code >= 1000 && code < 5000 && code != 1004 && code != 1005 && code != 1006 && code != 1015);
  if (state_ != State::open) return;
  state_ = State::draining;
  const auto cut = cut_reason(reason);
  close_reason_ = {static_cast<websocket::close_code>(code), beast::string_view{cut.data(), cut.size()}};
  expire_in(house_.options.close_timeout);
  end_session_soon();
  pump();
}

void Listener::Impl::Peer::send_close() {
  state_ = State::closing;
  close_pending_ = true;
  ws_.async_close(close_reason_, [self = shared_from_this()](error_code) {
    self->close_pending_ = false;
    if (self->state_ != State::gone && !self->reading_) self->drop();
  });
}

// The stream is over but Beast is still saying so to the peer: its read ends when that is done.
void Listener::Impl::Peer::ended_by_peer() {
  if (state_ == State::open) expire_in(house_.options.close_timeout);
  end_session();
  state_ = State::closing;
  queue_.clear();
}

void Listener::Impl::Peer::end_session_soon() {
  net::post(house_.io, [self = shared_from_this()] { self->end_session(); });
}

void Listener::Impl::Peer::end_session() {
  if (!session_) return;
  const auto ending = std::move(session_);
  if (state_ == State::open) state_ = State::closing;  // before on_closed, which may still send
  ending->on_closed();
}

void Listener::Impl::Peer::tick(Clock::time_point now) {
  const size_t control_frames = std::exchange(control_frames_, 0);
  if (deadline_ && now >= *deadline_) {
    if (state_ == State::request) return answer(kTooLate);
    // Bytes that the peer does not take would stay in the kernel for minutes: reset.
    error_code ignored;
    if (writing_) ws_.next_layer().set_option(net::socket_base::linger(true, 0), ignored);
    return drop();
  }
  if (state_ != State::open) return;
  if (!ws_.is_open()) return ended_by_peer();
  if (control_frames > kControlFrames) return close(close_code::policy, "too_many_control_frames");
  session_->on_tick(now);
}

void Listener::Impl::Peer::leave() {
  if (state_ == State::open) return close(close_code::going_away, "server_shutdown");
  if (state_ == State::request || state_ == State::upgrading || state_ == State::answering) drop();
}

void Listener::Impl::Peer::drop() {
  if (state_ == State::gone) return;
  const auto self = shared_from_this();
  end_session();
  state_ = State::gone;
  deadline_.reset();
  queue_.clear();
  error_code ignored;
  ws_.next_layer().close(ignored);
  house_.forget(where_);
}

void Listener::Impl::accept() {
  accepting = true;
  acceptor.async_accept([this](error_code ec, tcp::socket socket) {
    accepting = false;
    if (stop_by || ec) return;  // out of file descriptors, say: the next tick tries again
    admit(std::move(socket));
    accept();
  });
}

void Listener::Impl::admit(tcp::socket socket) {
  if (peers.size() >= options.max_connections + kToBeTurnedAway) return;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const bool full = peers.size() >= options.max_connections;
  const auto peer = std::make_shared<Peer>(*this, std::move(socket));
  peers.push_back(peer);
  peer->live_at(std::prev(peers.end()));
  full ? peer->turn_away() : peer->read_request();
}

void Listener::Impl::tick_later() {
  ticker.expires_after(options.tick);
  ticker.async_wait([this](error_code ec) {
    if (ec) return;
    tick();
    tick_later();
  });
}

void Listener::Impl::tick() {
  const auto now = Clock::now();
  if (stop_by && now >= *stop_by) return io.stop();
  if (!stop_by && !accepting) accept();
  for (auto next = peers.begin(); next != peers.end();) {
    const auto peer = *next++;
    peer->tick(now);
  }
}

void Listener::Impl::begin_stop() {
  if (stop_by) return;
  stop_by = Clock::now() + options.close_timeout;
  error_code ignored;
  acceptor.close(ignored);
  if (peers.empty()) return io.stop();
  for (auto next = peers.begin(); next != peers.end();) {
    const auto peer = *next++;
    peer->leave();
  }
}

void Listener::Impl::forget(std::list<std::shared_ptr<Peer>>::iterator where) {
  peers.erase(where);
  if (stop_by && peers.empty()) io.stop();
}

Listener::Listener(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Listener::~Listener() = default;

std::expected<std::unique_ptr<Listener>, std::string> Listener::open(ListenerOptions options,
                                                                     MakeSession make_session) {
  assert(make_session);
  error_code ec;
  const auto address = net::ip::make_address(options.address, ec);
  if (ec) return std::unexpected(fmt::format("address {}: {}", options.address, ec.message()));
  const tcp::endpoint at{address, options.port};
  auto impl = std::make_unique<Impl>(std::move(options), std::move(make_session));
  auto& acceptor = impl->acceptor;
  const auto failed = [&](std::string_view step) {
    return std::unexpected(fmt::format("{} {}:{}: {}", step, impl->options.address, at.port(), ec.message()));
  };
  if (acceptor.open(at.protocol(), ec)) return failed("open");
  if (acceptor.set_option(tcp::acceptor::reuse_address(true), ec)) return failed("reuse address of");
  if (acceptor.bind(at, ec)) return failed("bind");
  if (acceptor.listen(net::socket_base::max_listen_connections, ec)) return failed("listen on");
  impl->port = acceptor.local_endpoint(ec).port();
  if (ec) return failed("ask the port of");
  return std::unique_ptr<Listener>{new Listener{std::move(impl)}};
}

uint16_t Listener::port() const { return impl_->port; }

void Listener::run() {
  impl_->accept();
  impl_->tick_later();
  impl_->io.run();
  while (!impl_->peers.empty()) impl_->peers.front()->drop();
}

void Listener::post(std::function<void()> work) { net::post(impl_->io, std::move(work)); }

void Listener::stop() {
  net::post(impl_->io, [impl = impl_.get()] { impl->begin_stop(); });
}

}  // namespace landex::gateway
