// A full queue is a refusal, not a wait: who submits must look whether there was room.
// expect: ignoring return value of
#include "exchange/sequencer/sequencer.hpp"

using namespace landex;

bool submitted(sequencer::Sequencer& desk, sequencer::Origin from, const engine::Envelope& who,
               engine::Command command) {
  return desk.submit(from, who, std::move(command));
}

#ifdef MISUSE
void thrown_away(sequencer::Sequencer& desk, sequencer::Origin from, const engine::Envelope& who,
                 engine::Command command) {
  desk.submit(from, who, std::move(command));
}
#endif
