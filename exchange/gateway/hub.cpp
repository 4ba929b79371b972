#include "exchange/gateway/hub.hpp"

#include <array>

#include "exchange/feed/audience.hpp"

namespace landex::gateway {
namespace {

/// One message for many: encoded when the first of each encoding needs it.
class Shared {
 public:
  Shared(wire::Json& json, wire::ServerMessage message) : json_{json}, message_{std::move(message)} {}
  Frame frame(Encoding e) {
    auto& f = frames_[static_cast<size_t>(e)];
    if (!f)
      f = std::make_shared<const std::string>(e == Encoding::json ? json_.encode(message_) : wire::encode(message_));
    return f;
  }

 private:
  wire::Json& json_;
  wire::ServerMessage message_;
  std::array<Frame, 2> frames_;
};

}  // namespace

Hub::Hub(Desk desk, host::People people, wire::PlaceNames places)
    : desk_{std::move(desk)}, people_{std::move(people)}, places_{std::move(places)} {}

std::unique_ptr<Session> Hub::make_session(Connection& connection, Encoding encoding) {
  auto session = std::make_unique<ClientSession>(connection, encoding, *this, next_);
  sessions_.emplace(next_++, session.get());
  return session;
}

void Hub::replayed(const engine::Stamped& command, const engine::Events& events) {
  durable_ = command.seq;
  (void)market_.apply(command.seq, command.at, events);
}

void Hub::published(const sequencer::Published& batch) {
  for (const auto& item : batch) std::visit([this](const auto& what) { tell(what); }, item);
}

void Hub::made(sequencer::Origin origin, wire::ServerMessage paper) {
  const auto at = sessions_.find(origin.session);
  if (at == sessions_.end()) return;  // it has left
  at->second->answered();
  at->second->send(paper);
}

void Hub::tell(const sequencer::Answered& answered) {
  const auto at = sessions_.find(answered.origin.session);
  if (at == sessions_.end()) return;  // it has left
  at->second->answered();
  at->second->send({wire::Answer{.id = answered.origin.id, .as_of = answered.as_of, .view = answered.view}});
}

void Hub::tell(const sequencer::Done& done) {
  namespace event = engine::event;
  const auto& c = done.command;
  durable_ = c.seq;

  if (const auto sender = sessions_.find(done.origin.session); sender != sessions_.end()) {
    wire::Committed committed{.client_key = c.envelope.client_key,
                              .counter = c.envelope.counter,
                              .seq = c.seq,
                              .first = {},
                              .refusal = {},
                              .events = {}};
    const auto words = [&](const engine::Refusal& r) {
      return wire::tell(feed::told(r, c.envelope.participant, c.envelope.role), places_);
    };
    for (const auto& e : done.events) {
      if (const auto* refused = std::get_if<event::Refused>(&e)) {
        committed.refusal = words(refused->refusal);
      } else if (const auto* repeated = std::get_if<event::Repeated>(&e)) {
        committed.first = repeated->first;
        if (repeated->refusal) committed.refusal = words(*repeated->refusal);
      } else if (std::holds_alternative<event::FloorApplied>(e) || std::holds_alternative<event::Deducted>(e) ||
                 (feed::is_public(e) && !std::holds_alternative<event::LevelChanged>(e) &&
                  !std::holds_alternative<event::BestChanged>(e)) ||
                 feed::may_see(e, c, c.envelope.participant, c.envelope.role)) {
        committed.events.push_back({.event = feed::told(e, c.envelope.participant, c.envelope.role)});
      }
    }
    sender->second->answered();
    sender->second->send({std::move(committed)});
  }

  for (auto& [id, session] : sessions_) {
    if (id == done.origin.session || !session->logged_on()) continue;
    wire::Happened happened{.seq = c.seq, .at = c.at, .events = {}};
    const auto participant = session->person().participant;
    for (const auto& e : done.events)
      if (feed::may_see(e, c, participant, session->role()))
        happened.events.push_back({.event = feed::told(e, participant, session->role())});
    if (!happened.events.empty()) session->send({std::move(happened)});
  }

  if (auto increment = market_.apply(c.seq, c.at, done.events)) {
    Shared shared{json_, {std::move(*increment)}};
    for (auto& [id, session] : sessions_)
      if (session->subscribed()) session->send(shared.frame(session->encoding()));
  }
}

}  // namespace landex::gateway
