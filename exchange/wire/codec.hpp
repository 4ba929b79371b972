// codec.hpp: bytes ↔ messages, for the wire and the journal. One generic walk over the described structs writes and
// reads FlatBuffers tables by position (a member's place in its struct is its slot in landex.fbs; a variant takes two).
// Decoding trusts nothing: verifier with small limits, then every member that must be there, then its form (a date that
// is in the calendar, a clause that exists, UTF-8), with a budget of text so that a small frame cannot grow. Numbers
// out of the ranges of the market are the engine's to refuse. Pure; any thread.
#pragma once
#include <expected>
#include <string>
#include <string_view>

#include "exchange/wire/messages.hpp"

namespace landex::wire {

/// Why bytes are not a message: which member, and what is wrong with it, in both languages.
struct BadMessage {
  std::string field;
  std::string en, zh;
  std::optional<Counter> counter = {};  // of a Submit, where that much could be read: so that its sender knows which
  std::optional<uint32_t> id = {};      // of an Ask, likewise
};

std::string encode(const ClientMessage& m);
std::string encode(const ServerMessage& m);
std::string encode(const engine::Stamped& s);  // a journal record

std::expected<ClientMessage, BadMessage> decode_client(std::string_view bytes);
std::expected<ServerMessage, BadMessage> decode_server(std::string_view bytes);
std::expected<engine::Stamped, BadMessage> decode_record(std::string_view bytes);

}  // namespace landex::wire
