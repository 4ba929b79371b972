// hub.hpp: where sessions and the sequencer meet, on the io thread: questions and commands go in with the number of
// their session; what has become durable comes back and goes to its sender, to those it concerns, and to the public
// market. Each message is encoded once for each encoding, however many get it.
#pragma once
#include <functional>
#include <map>
#include <memory>

#include "exchange/feed/market.hpp"
#include "exchange/gateway/session.hpp"
#include "exchange/sequencer/sequencer.hpp"
#include "exchange/wire/json.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::gateway {

/// The way into the sequencer, and to the papers; false means that the queue is full.
struct Desk {
  std::function<bool(sequencer::Origin, const engine::Envelope&, engine::Command)> submit;
  std::function<bool(sequencer::Origin, const engine::Asker&, engine::Query)> ask;
  /// Whoever makes papers; none: nobody does.
  std::function<bool(sequencer::Origin, const engine::Asker&, const wire::AskPaper&)> paper = {};
};

class Hub {
 public:
  Hub(Desk desk, host::People people, wire::PlaceNames places);

  std::unique_ptr<Session> make_session(Connection& connection, Encoding encoding);

  /// A batch has become durable. Before the listener runs: also what recovery has replayed, one number at a time.
  void published(const sequencer::Published& batch);
  void replayed(const engine::Stamped& command, const engine::Events& events);

  /// A paper that a session has asked for, or why there is none. On the io thread, like all else.
  void made(sequencer::Origin origin, wire::ServerMessage paper);

  // for sessions
  const Desk& desk() const { return desk_; }
  const host::People& people() const { return people_; }
  const feed::Market& market() const { return market_; }
  wire::Json& json() { return json_; }
  Sequence durable() const { return durable_; }
  void forget(uint64_t session) { sessions_.erase(session); }

 private:
  void tell(const sequencer::Done& done);
  void tell(const sequencer::Answered& answered);

  Desk desk_;
  host::People people_;
  wire::PlaceNames places_;
  wire::Json json_;
  feed::Market market_;
  Sequence durable_;
  uint64_t next_ = 1;
  std::map<uint64_t, ClientSession*> sessions_;  // owned by the listener; each takes itself out when closed
};

}  // namespace landex::gateway
