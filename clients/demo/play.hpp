// play.hpp: the demonstration day, played through the WebSocket by one client for each unit, as they would play it;
// told line by line, or on a terminal as a screen of book, trades, pool and money.
#pragma once
#include <cstdint>
#include <string>

#include "clients/terminal/print.hpp"

namespace landex::demo {

struct PlayOptions {
  std::string server_binary;  // empty: a server that runs already, at host and port
  std::string host = "127.0.0.1";
  uint16_t port = 8642;
  std::string day_file, people_file, policy_dir;
  bool once = false;   // no screen, no waiting: play, print, stop
  int pause_ms = 900;  // between steps on a screen
  terminal::Names names;
};

/// 0: every step ended as the day says, and land and money sum to zero. Else 1, with what differed.
int play(const PlayOptions& options);

}  // namespace landex::demo
