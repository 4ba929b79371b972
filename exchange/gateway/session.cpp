#include "exchange/gateway/session.hpp"

#include "exchange/gateway/hub.hpp"

namespace landex::gateway {

ClientSession::ClientSession(Connection& connection, Encoding encoding, Hub& hub, uint64_t id)
    : connection_{connection}, encoding_{encoding}, hub_{hub}, id_{id} {}

engine::Role ClientSession::role() const {
  switch (person_->role) {
    case host::PersonRole::district:
      return engine::Role::district;
    case host::PersonRole::bureau:
      return engine::Role::bureau;
    case host::PersonRole::analyst:
      return engine::Role::analyst;
    case host::PersonRole::auditor:
      return engine::Role::auditor;
  }
  return engine::Role::analyst;
}

void ClientSession::send(const wire::ServerMessage& m) {
  connection_.send(
      std::make_shared<const std::string>(encoding_ == Encoding::json ? hub_.json().encode(m) : wire::encode(m)));
}

void ClientSession::problem(wire::ProblemCode code, std::string field, std::string zh, std::string en,
                            std::optional<Counter> counter, std::optional<uint32_t> id) {
  send({wire::Problem{.code = code,
                      .field = std::move(field),
                      .zh = std::move(zh),
                      .en = std::move(en),
                      .counter = counter,
                      .id = id}});
}

void ClientSession::on_tick(std::chrono::steady_clock::time_point now) {
  if (logged_on()) return;
  if (!log_on_by_) log_on_by_ = now + kLogOnWithin;
  if (now >= *log_on_by_) connection_.close(close_code::policy, "log on within 5 s / 请在 5 秒内登录");
}

void ClientSession::on_closed() { hub_.forget(id_); }

void ClientSession::on_message(std::string_view bytes, bool) {
  const auto message = encoding_ == Encoding::json ? hub_.json().decode_client(bytes) : wire::decode_client(bytes);
  if (!message) {
    const auto& bad = message.error();
    problem(wire::ProblemCode::malformed, bad.field, bad.zh + "；请对照 landex.fbs 改正后再发",
            bad.en + "; compare with landex.fbs and send again", bad.counter, bad.id);
    refused_bytes_ += bytes.size();
    if (!logged_on())
      connection_.close(close_code::policy, "malformed before log-on");
    else if (refused_bytes_ > kMostRefusedBytes)
      connection_.close(close_code::policy, "too many malformed messages / 无法识别的消息过多");
    return;
  }
  if (!logged_on() && !std::holds_alternative<wire::LogOn>(message->body)) {
    problem(wire::ProblemCode::not_logged_on, "body", "尚未登录：先发 LogOn", "not logged on: send LogOn first");
    connection_.close(close_code::policy, "not logged on");
    return;
  }
  std::visit([this](const auto& body) { take(body); }, message->body);
}

void ClientSession::take(const wire::LogOn& m) {
  if (logged_on())
    return problem(wire::ProblemCode::already_logged_on, "body", "此连接已登录",
                   "this connection is logged on already");
  const auto* person = hub_.people().find(m.token);
  if (!person) {
    problem(wire::ProblemCode::unknown_token, "body.token", "令牌无效：请核对 people 文件中的 token",
            "unknown token: see the people file");
    connection_.close(close_code::policy, "unknown token");
    return;
  }
  person_ = *person;
  const auto& market = hub_.market();
  send({wire::Welcome{.person = person->id,
                      .participant = person->participant,
                      .role = role(),
                      .seq = hub_.durable(),
                      .rule_set = market.rule_set(),
                      .venue = market.venue(),
                      .day = market.day()}});
}

void ClientSession::take(const wire::Submit& m) {
  if (m.client_key.value == 0)
    return problem(wire::ProblemCode::malformed, "body.client_key", "client_key 须不小于 1",
                   "client_key must be 1 or more", m.counter);
  if (std::holds_alternative<engine::command::Activate>(m.command))
    return problem(wire::ProblemCode::malformed, "body.command", "政策包由 landexd 从政策文件启用，不接受客户端发送",
                   "a policy pack is activated by landexd from the policy files, not by a client", m.counter);
  if (in_flight_ >= kMostInFlight)
    return problem(wire::ProblemCode::too_many_messages, {}, "等待答复的消息过多：先接收答复再发",
                   "too many messages wait for an answer: receive, then send again", m.counter);
  const engine::Envelope who{.client_key = m.client_key,
                             .counter = m.counter,
                             .person = person_->id,
                             .participant = person_->participant,
                             .role = role()};
  if (!hub_.desk().submit({.session = id_, .id = 0}, who, m.command))
    return problem(wire::ProblemCode::overloaded, {}, "系统繁忙，此命令未执行：稍后用同一计数再发",
                   "overloaded, nothing was done: send it again with the same counter", m.counter);
  ++in_flight_;
}

void ClientSession::take(const wire::Ask& m) {
  if (in_flight_ >= kMostInFlight)
    return problem(wire::ProblemCode::too_many_messages, {}, "等待答复的消息过多：先接收答复再发",
                   "too many messages wait for an answer: receive, then send again", {}, m.id);
  const engine::Asker who{.person = person_->id, .participant = person_->participant, .role = role()};
  if (!hub_.desk().ask({.session = id_, .id = m.id}, who, m.query))
    return problem(wire::ProblemCode::overloaded, {}, "系统繁忙：稍后再问", "overloaded: ask again later", {}, m.id);
  ++in_flight_;
}

void ClientSession::take(const wire::AskPaper& m) {
  if (in_flight_ >= kMostInFlight)
    return problem(wire::ProblemCode::too_many_messages, {}, "等待答复的消息过多：先接收答复再发",
                   "too many messages wait for an answer: receive, then send again", {}, m.id);
  const engine::Asker who{.person = person_->id, .participant = person_->participant, .role = role()};
  if (!hub_.desk().paper)
    return problem(wire::ProblemCode::no_such_paper, {}, "此服务未设报表数据库，不出具文书：请以 --reports 启动",
                   "this server keeps no reports database, so it makes no papers: start it with --reports", {}, m.id);
  if (!hub_.desk().paper({.session = id_, .id = m.id}, who, m))
    return problem(wire::ProblemCode::overloaded, {}, "系统繁忙：稍后再问", "overloaded: ask again later", {}, m.id);
  ++in_flight_;
}

void ClientSession::take(const wire::Subscribe&) {
  subscribed_ = true;
  send({hub_.market().snapshot()});
}

}  // namespace landex::gateway
