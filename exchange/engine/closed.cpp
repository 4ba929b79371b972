// closed.cpp: what the lists of commands, subjects and events are made of, compiled once.
#include "exchange/engine/command.hpp"
#include "exchange/engine/event.hpp"

namespace landex::engine {

LANDEX_CLOSED_BODY(Subject)
LANDEX_CLOSED_BODY(Command)
LANDEX_CLOSED_BODY(Event)

bool operator==(const Subject& a, const Subject& b) {
  return static_cast<const SubjectList&>(a) == static_cast<const SubjectList&>(b);
}
bool operator==(const Command& a, const Command& b) {
  return static_cast<const CommandList&>(a) == static_cast<const CommandList&>(b);
}
bool operator==(const Event& a, const Event& b) {
  return static_cast<const EventList&>(a) == static_cast<const EventList&>(b);
}

}  // namespace landex::engine
