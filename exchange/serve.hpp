// serve.hpp: landexd as a function: all parts, joined, running until told to stop.
//
//   thread          owns                                   started by
//   io ×1           listener, sessions, hub, market        serve()
//   sequencer ×1    queue's other end, engine, journal     serve()
//   reports ×1      reports database, a projector          reports::Service, unless there are to be none
//   desk ×1         a reading connection to it, papers     desk::Desk, the same
//   caller          waits for SIGINT or SIGTERM            –
//
// bytes → session → queue → sequencer (number, apply, append, fsync) → post → hub → bytes
//                                                                    → bounded queue → reports → SQL
// a paper: session → bounded queue → desk (reads SQL, renders) → post → hub → bytes
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "exchange/engine/command.hpp"
#include "exchange/sequencer/replica.hpp"

namespace landex {

struct ServeOptions {
  std::string data_dir;
  std::string policy_dir;
  std::string people_file;
  std::string address = "127.0.0.1";
  uint16_t port = 8642;
  std::string port_file = {};  // the port is written there when the server is ready
  engine::Venue venue = engine::Venue::production;
  std::string reports = {};  // a file, postgresql://…, or none; empty: reports.sqlite in data_dir
  std::vector<std::string> origins = {};
  sequencer::Step step = sequencer::engine_step;
  std::string rule_set = "H66-2022";  // or post-2025 (host/rule_sets.hpp): another one is activated like a changed file
};

/// Returns the exit status: 0 stopped cleanly, 1 could not start or the disk failed.
int serve(const ServeOptions& options);

}  // namespace landex
