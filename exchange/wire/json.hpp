// json.hpp: the same messages as JSON (subprotocol landex.v1.json), by the FlatBuffers parser on the embedded schema:
// same names, unknown members and floats for integers refused. Not pure (the parser keeps buffers): one per thread.
#pragma once
#include <memory>

#include "exchange/wire/codec.hpp"

namespace landex::wire {

class Json {
 public:
  Json();
  ~Json();
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;

  std::expected<ClientMessage, BadMessage> decode_client(std::string_view text);
  std::expected<ServerMessage, BadMessage> decode_server(std::string_view text);
  std::string encode(const ClientMessage& m);
  std::string encode(const ServerMessage& m);
  std::string encode(const engine::Stamped& s);

 private:
  struct Parsers;
  std::unique_ptr<Parsers> parsers_;
};

}  // namespace landex::wire
