#include <fmt/format.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <optional>
#include <utility>

#include "clients/sdk/socket.hpp"

namespace landex::sdk {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;

}  // namespace

// Operations are asynchronous underneath and the io_context runs only inside a call: so a read that was not answered
// in time stays where it is, in the middle of a frame if need be, and the next call finds it there.
struct Socket::Impl {
  SocketOptions options;
  net::io_context io{1};
  websocket::stream<tcp::socket, false> ws{io};
  std::array<char, 16 * 1024> chunk;  // the latest read
  std::string message = {};           // read so far, at most max_message
  bool arrived = false;               // message is whole and nobody has taken it; no read is pending then
  bool closed = false;
  uint16_t close_code = 0;
  std::string close_reason = {};

  // Runs what is ready, then what becomes ready until `done` or the deadline. Says whether it is done.
  template <class Done>
  bool run_until(Clock::time_point by, Done done) {
    while (!done()) {
      if (io.stopped()) io.restart();
      if (io.poll_one() == 0 && io.run_one_until(by) == 0) return done();
    }
    return true;
  }

  // Runs one operation that was started with this handler's error_code. One that takes too long is cut off by closing
  // the socket; it is still run to its end, because it points at memory of the caller.
  error_code finish(std::optional<error_code>& result, Clock::time_point by) {
    const auto done = [&] { return result.has_value(); };
    if (run_until(by, done)) return *result;
    cut();
    run_until(Clock::time_point::max(), done);
    return make_error_code(net::error::timed_out);
  }

  void cut() {
    error_code ignored;
    ws.next_layer().close(ignored);
  }

  // Not async_read: beside async_close it asserts in Beast 1.81, see beast_listener.cpp.
  void read() {
    ws.async_read_some(net::buffer(chunk), [this](error_code ec, size_t size) {
      if (ec) return end(ec);
      message.append(chunk.data(), size);
      arrived = ws.is_message_done();
      if (!arrived) read();
    });
  }

  void end(error_code ec) {
    if (closed) return;
    closed = true;
    // A peer that said why and then left before our answer ends in an error, but it has said why.
    const auto& reason = ws.reason();
    if (reason.code != websocket::close_code::none || ec == websocket::error::closed) {
      close_code = reason.code == websocket::close_code::none ? uint16_t{1005} : reason.code;
      close_reason.assign(reason.reason.data(), reason.reason.size());
    } else {
      close_code = 1006;
      close_reason = ec.message();
    }
  }
};

Socket::Socket(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Socket::~Socket() = default;

std::expected<std::unique_ptr<Socket>, std::string> Socket::connect(SocketOptions options) {
  const auto by = Clock::now() + options.timeout;
  auto impl = std::make_unique<Impl>(std::move(options));
  const SocketOptions& to = impl->options;
  auto& ws = impl->ws;
  const auto failed = [&](std::string_view step, const error_code& ec) {
    return std::unexpected(fmt::format("{} {}:{}: {}", step, to.host, to.port, ec.message()));
  };

  std::optional<error_code> done;
  const auto keep = [&](error_code ec) { done = ec; };

  tcp::resolver resolver{impl->io};
  tcp::resolver::results_type found;
  resolver.async_resolve(to.host, std::to_string(to.port), [&](error_code ec, tcp::resolver::results_type results) {
    found = std::move(results);
    keep(ec);
  });
  if (!impl->run_until(by, [&] { return done.has_value(); })) {
    return failed("resolve", make_error_code(net::error::timed_out));
  }
  if (*done) return failed("resolve", *done);

  done.reset();
  net::async_connect(ws.next_layer(), found, [&](error_code ec, const tcp::endpoint&) { keep(ec); });
  if (const auto ec = impl->finish(done, by)) return failed("connect to", ec);
  error_code ignored;
  ws.next_layer().set_option(tcp::no_delay(true), ignored);

  ws.set_option(websocket::stream_base::timeout{
      .handshake_timeout = to.timeout, .idle_timeout = websocket::stream_base::none(), .keep_alive_pings = false});
  ws.set_option(websocket::stream_base::decorator([&to](websocket::request_type& request) {
    request.set(http::field::user_agent, "landex");
    request.set(http::field::sec_websocket_protocol, to.subprotocol);
  }));
  ws.read_message_max(to.max_message);
  ws.auto_fragment(false);
  ws.binary(!to.subprotocol.ends_with(".json"));

  const bool v6 = to.host.find(':') != std::string::npos;
  const std::string host = fmt::format("{}{}{}:{}", v6 ? "[" : "", to.host, v6 ? "]" : "", to.port);
  websocket::response_type response;
  done.reset();
  ws.async_handshake(response, host, to.path, keep);
  const auto ec = impl->finish(done, by);
  if (ec == websocket::error::upgrade_declined) {
    return std::unexpected(fmt::format("HTTP {}: {}", response.result_int(), response.body()));
  }
  if (ec) return failed("handshake with", ec);
  if (std::string_view{response[http::field::sec_websocket_protocol]} != to.subprotocol) {
    return std::unexpected(fmt::format("handshake with {}: the server did not choose {}", host, to.subprotocol));
  }
  impl->read();
  return std::unique_ptr<Socket>{new Socket{std::move(impl)}};
}

std::expected<void, std::string> Socket::send(std::string_view bytes) {
  Impl& impl = *impl_;
  const auto closed = [&] {
    return std::unexpected(fmt::format("the connection is closed: {} {}", impl.close_code, impl.close_reason));
  };
  if (impl.closed) return closed();
  std::optional<error_code> done;
  impl.ws.async_write(net::buffer(bytes.data(), bytes.size()), [&](error_code ec, size_t) { done = ec; });
  const auto ec = impl.finish(done, Clock::now() + impl.options.timeout);
  if (!ec) return {};
  // The read knows why the stream ended, if it got that far: its close frame says more than our broken pipe.
  impl.run_until(Clock::now() + impl.options.timeout, [&] { return impl.closed || impl.arrived; });
  if (!impl.closed) {
    impl.cut();
    impl.end(ec);
  }
  return closed();
}

Socket::Received Socket::receive(std::chrono::milliseconds timeout) {
  Impl& impl = *impl_;
  impl.run_until(Clock::now() + timeout, [&] { return impl.arrived || impl.closed; });
  if (impl.arrived) {
    Received received{.kind = Receive::message, .bytes = std::exchange(impl.message, {})};
    impl.arrived = false;
    if (!impl.closed) impl.read();
    return received;
  }
  if (!impl.closed) return {};
  return {.kind = Receive::closed, .close_code = impl.close_code, .close_reason = impl.close_reason};
}

void Socket::close() {
  Impl& impl = *impl_;
  impl.arrived = false;
  if (impl.closed) return;
  std::optional<error_code> done;
  impl.ws.async_close(websocket::close_code::normal, [&](error_code ec) { done = ec; });
  const auto ec = impl.finish(done, Clock::now() + impl.options.timeout);
  impl.end(ec ? ec : make_error_code(websocket::error::closed));
  impl.arrived = false;
  impl.cut();
}

}  // namespace landex::sdk
