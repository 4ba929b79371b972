// planted_landexd.cpp: landexd with one fault planted before the engine's step: a deposit of 13.13 yuan trips an
// assertion. For the proof that such a command is never durable and never keeps the market from opening again.
// Called like `landexd serve`, with --data, --people, --policy, --port-file.
#include <cassert>
#include <cstring>
#include <string>

#include "exchange/serve.hpp"

namespace {

const landex::engine::Events& planted_step(landex::engine::Engine& engine, const landex::engine::Stamped& c) {
  const auto* deposit = std::get_if<landex::engine::command::Deposit>(&c.command);
  assert(!(deposit && deposit->amount == landex::Fen::fen(1313)) && "planted");
  return engine.apply(c);
}

}  // namespace

int main(int argc, char** argv) {
  landex::ServeOptions o{.data_dir = {},
                         .policy_dir = {},
                         .people_file = {},
                         .port = 0,
                         .venue = landex::engine::Venue::simulation,
                         .step = planted_step};
  for (int i = 1; i + 1 < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--data") o.data_dir = argv[i + 1];
    if (name == "--people") o.people_file = argv[i + 1];
    if (name == "--policy") o.policy_dir = argv[i + 1];
    if (name == "--port-file") o.port_file = argv[i + 1];
  }
  return landex::serve(o);
}
