#include "clients/sdk/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "exchange/wire/codec.hpp"

namespace landex::sdk {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr size_t kMostUnasked = 100'000;

Failure away(std::string why) {
  return {.kind = Failure::Kind::no_connection,
          .en = fmt::format("no connection: {}; is landexd running?", why),
          .zh = fmt::format("无法连接：{}；landexd 是否在运行？", why)};
}

Failure not_taken(const wire::Problem& p) {
  const bool no_paper = p.code == wire::ProblemCode::no_such_paper;
  return {.kind = no_paper ? Failure::Kind::no_such_paper : Failure::Kind::logged_off, .en = p.en, .zh = p.zh};
}

milliseconds left_until(steady_clock::time_point by) {
  return std::max(milliseconds{1}, std::chrono::duration_cast<milliseconds>(by - steady_clock::now()));
}

}  // namespace

std::expected<std::unique_ptr<Client>, Failure> Client::connect(ClientOptions options) {
  std::unique_ptr<Client> client{new Client{std::move(options)}};
  if (auto opened = client->open(); !opened) return std::unexpected(opened.error());
  return client;
}

std::expected<void, Failure> Client::open() {
  auto socket = Socket::connect(
      {.host = options_.host, .port = options_.port, .subprotocol = "landex.v1.fb", .timeout = options_.timeout});
  if (!socket) return std::unexpected(away(socket.error()));
  socket_ = std::move(*socket);
  if (auto sent = socket_->send(wire::encode(wire::ClientMessage{wire::LogOn{.token = options_.token}})); !sent)
    return std::unexpected(away(sent.error()));
  const auto reply = receive(options_.timeout);
  if (!reply) return std::unexpected(reply.error());
  if (const auto* problem = std::get_if<wire::Problem>(&reply->body)) return std::unexpected(not_taken(*problem));
  const auto* welcome = std::get_if<wire::Welcome>(&reply->body);
  if (!welcome) return std::unexpected(away("the server did not answer the log-on"));
  welcome_ = *welcome;
  return {};
}

/// Tries until the server is back or patience ends, waiting longer each time.
std::expected<void, Failure> Client::reopen() {
  const auto by = steady_clock::now() + options_.patience;
  milliseconds wait{20};
  while (true) {
    auto opened = open();
    if (opened || opened.error().kind == Failure::Kind::logged_off || steady_clock::now() >= by) return opened;
    std::this_thread::sleep_for(std::min(wait, left_until(by)));
    wait = std::min(wait * 2, milliseconds{500});
  }
}

std::expected<wire::ServerMessage, Failure> Client::receive(milliseconds timeout) {
  const auto received = socket_->receive(timeout);
  if (received.kind == Socket::Receive::timeout) return std::unexpected(away("no answer in time"));
  if (received.kind == Socket::Receive::closed)
    return std::unexpected(away(fmt::format("closed {} {}", received.close_code, received.close_reason)));
  auto message = wire::decode_server(received.bytes);
  if (!message) return std::unexpected(away("the server sent what is no message: " + message.error().en));
  return std::move(*message);
}

template <class Body, class Wanted>
std::expected<Body, Failure> Client::exchange(const wire::ClientMessage& message, Wanted wanted) {
  const std::string bytes = wire::encode(message);
  const auto by = steady_clock::now() + options_.patience;
  while (true) {
    bool lost = !socket_->send(bytes).has_value();
    while (!lost) {
      auto reply = receive(options_.timeout);
      if (!reply) {
        lost = true;
      } else if (auto* body = std::get_if<Body>(&reply->body); body && wanted(*body)) {
        return std::move(*body);
      } else if (const auto* problem = std::get_if<wire::Problem>(&reply->body)) {
        if (problem->code != wire::ProblemCode::overloaded) return std::unexpected(not_taken(*problem));
        std::this_thread::sleep_for(milliseconds{50});
        break;  // nothing was done: send it again
      } else {
        unasked_.push_back(std::move(*reply));
        if (unasked_.size() > kMostUnasked) unasked_.pop_front();
      }
    }
    if (steady_clock::now() >= by) return std::unexpected(away("no answer, also after new connections"));
    if (lost)
      if (auto opened = reopen(); !opened) return std::unexpected(opened.error());
  }
}

std::expected<wire::Committed, Failure> Client::submit(Counter counter, const engine::Command& command) {
  return exchange<wire::Committed>(
      {wire::Submit{.client_key = options_.client_key, .counter = counter, .command = command}},
      [&](const wire::Committed& c) { return c.client_key == options_.client_key && c.counter == counter; });
}

std::expected<wire::Answer, Failure> Client::ask(const engine::Query& query) {
  const uint32_t id = next_id_++;
  return exchange<wire::Answer>({wire::Ask{.id = id, .query = query}},
                                [id](const wire::Answer& a) { return a.id == id; });
}

std::expected<wire::PaperFile, Failure> Client::ask_paper(wire::AskPaper paper) {
  paper.id = next_id_++;
  return exchange<wire::PaperFile>({paper}, [&](const wire::PaperFile& f) { return f.id == paper.id; });
}

std::expected<void, Failure> Client::subscribe() {
  if (auto sent = socket_->send(wire::encode(wire::ClientMessage{wire::Subscribe{}})); !sent)
    return std::unexpected(away(sent.error()));
  return {};
}

std::expected<std::optional<wire::ServerMessage>, Failure> Client::next(milliseconds timeout) {
  if (!unasked_.empty()) {
    auto first = std::move(unasked_.front());
    unasked_.pop_front();
    return first;
  }
  const auto received = socket_->receive(timeout);
  if (received.kind == Socket::Receive::timeout) return std::nullopt;
  if (received.kind == Socket::Receive::closed)
    return std::unexpected(away(fmt::format("closed {} {}", received.close_code, received.close_reason)));
  auto message = wire::decode_server(received.bytes);
  if (!message) return std::unexpected(away("the server sent what is no message: " + message.error().en));
  return std::move(*message);
}

}  // namespace landex::sdk
