#include "exchange/wire/json.hpp"

#include <cassert>
#include <optional>
#include <string>

#include <flatbuffers/idl.h>

namespace landex::wire {
namespace {

constexpr char kSchema[] =
#include "landex_fbs.inc"
    ;

flatbuffers::IDLOptions options() {
  flatbuffers::IDLOptions o;
  o.strict_json = true;
  o.natural_utf8 = true;
  o.indent_step = -1;  // one line
  o.skip_unexpected_fields_in_json = false;
  return o;
}

/// With natural_utf8 the library writes control characters within strings as they are, which no JSON reader takes.
/// There are none between the members, since the text is one line.
std::string escaped(const std::string& text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x20 && u != 0x7f) {
      out += c;
    } else {
      out += "\\u00";
      out += kHex[u >> 4];
      out += kHex[u & 15];
    }
  }
  return out;
}

struct Parser {
  explicit Parser(const char* of) : root{of} { begin(); }
  void begin() {
    parser.emplace(options());
    refused = 0;
    [[maybe_unused]] const bool good = parser->Parse(kSchema) && parser->SetRootType(root);
    assert(good && "the embedded schema is the one that this was built from");
  }
  const char* root;
  std::optional<flatbuffers::Parser> parser;
  size_t refused = 0;  // bytes of text refused since the schema was read
};

/// The parser keeps what it had built when it refused a text, about twenty bytes for each of the text's. So that nobody
/// fills the memory with such texts, it begins anew now and then (about a millisecond).
constexpr size_t kRefusedAtMost = 256 * 1024;

}  // namespace

struct Json::Parsers {
  Parser client{"ClientMessage"}, server{"ServerMessage"}, record{"Stamped"};

  /// JSON text → bytes of the table, or why not. The parser's own words are English and name line, column and member.
  static std::expected<std::string_view, BadMessage> bytes(Parser& p, std::string_view text) {
    const std::string terminated{text};  // the parser wants a zero at the end; a zero within would hide what follows
    const bool whole = terminated.find('\0') == std::string::npos;
    if (!whole || !p.parser->ParseJson(terminated.c_str())) {
      const std::string why = whole ? p.parser->error_ : std::string{"a zero byte"};
      p.refused += text.size();
      if (p.refused > kRefusedAtMost) p.begin();
      return std::unexpected(
          BadMessage{.field = {}, .en = "not a message in JSON: " + why, .zh = "不是有效的 JSON 消息：" + why});
    }
    return std::string_view{reinterpret_cast<const char*>(p.parser->builder_.GetBufferPointer()),
                            p.parser->builder_.GetSize()};
  }
  static std::string text(Parser& p, const std::string& bytes) {
    std::string out;
    [[maybe_unused]] const bool good = flatbuffers::GenerateText(*p.parser, bytes.data(), &out);
    assert(good && "what we encoded can be printed");
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return escaped(out);
  }
};

Json::Json() : parsers_{std::make_unique<Parsers>()} {}
Json::~Json() = default;

std::expected<ClientMessage, BadMessage> Json::decode_client(std::string_view text) {
  const auto bytes = Parsers::bytes(parsers_->client, text);
  if (!bytes) return std::unexpected(bytes.error());
  return wire::decode_client(*bytes);
}
std::expected<ServerMessage, BadMessage> Json::decode_server(std::string_view text) {
  const auto bytes = Parsers::bytes(parsers_->server, text);
  if (!bytes) return std::unexpected(bytes.error());
  return wire::decode_server(*bytes);
}
std::string Json::encode(const ClientMessage& m) { return Parsers::text(parsers_->client, wire::encode(m)); }
std::string Json::encode(const ServerMessage& m) { return Parsers::text(parsers_->server, wire::encode(m)); }
std::string Json::encode(const engine::Stamped& s) { return Parsers::text(parsers_->record, wire::encode(s)); }

}  // namespace landex::wire
