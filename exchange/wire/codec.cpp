#include "exchange/wire/codec.hpp"

#include <array>
#include <boost/locale/utf.hpp>
#include <concepts>
#include <utility>

#include "exchange/engine/described.hpp"
#include "exchange/wire/member_kinds.hpp"
#include "exchange/wire/text_forms.hpp"
#include "landex_generated.h"
#include "matching/types/bounds.hpp"

namespace landex::wire {
namespace {

using engine::Described;
using engine::MembersOf;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::voffset_t;

template <Scalar T>
auto scalar_of(const T& v) {
  if constexpr (std::same_as<T, bool>)
    return static_cast<uint8_t>(v);
  else if constexpr (std::is_enum_v<T>)
    return std::to_underlying(v);
  else if constexpr (Counted<T>)
    return v.raw();
  else
    return v;
}
template <Scalar T>
using RawOf = decltype(scalar_of(std::declval<T>()));

template <Scalar T>
T from_scalar(RawOf<T> raw) {
  if constexpr (std::same_as<T, bool>)
    return raw != 0;
  else if constexpr (Counted<T>)
    return T::from_raw(raw);
  else
    return static_cast<T>(raw);
}

/// Walks the members of T with their slots: f(slot, name, member).
template <Described T, class F>
void each_slot(F&& f) {
  voffset_t slot = 0;
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto d) {
    using Member = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
    if constexpr (Chosen<Member>::value) ++slot;  // the union's type comes first, its value is the next slot
    f(slot++, d);
  });
}

voffset_t at(voffset_t slot) { return flatbuffers::FieldIndexToOffset(slot); }

// ---- writing ----

using Child = flatbuffers::uoffset_t;  // 0: nothing

template <Described T>
Child build(FlatBufferBuilder& b, const T& object);

template <class T>
Child build_child(FlatBufferBuilder& b, const T& member) {
  if constexpr (std::same_as<T, std::string>) {
    return b.CreateString(member).o;
  } else if constexpr (TextForm<T>) {
    return b.CreateString(text_of(member)).o;
  } else if constexpr (Wrapped<T>::value) {
    return member ? build_child(b, *member) : Child{0};
  } else if constexpr (Listed<T>::value) {
    std::vector<flatbuffers::Offset<void>> parts;
    parts.reserve(member.size());
    for (const auto& e : member) parts.emplace_back(build(b, e));
    return b.CreateVector(parts).o;
  } else if constexpr (Chosen<T>::value) {
    return std::visit([&b](const auto& e) { return build(b, e); }, member);
  } else if constexpr (Described<T>) {
    return build(b, member);
  } else {
    static_assert(Scalar<T>);
    return 0;
  }
}

template <class T>
void add(FlatBufferBuilder& b, voffset_t slot, const T& member, Child child) {
  if constexpr (Scalar<T>) {
    b.AddElement<RawOf<T>>(at(slot), scalar_of(member));
  } else if constexpr (OptionalScalar<T>) {
    if (member) b.AddElement<RawOf<typename Wrapped<T>::Inner>>(at(slot), scalar_of(*member));
  } else {
    if constexpr (Chosen<T>::value)
      b.AddElement<uint8_t>(at(static_cast<voffset_t>(slot - 1)), static_cast<uint8_t>(member.index() + 1));
    if (child != 0) b.AddOffset(at(slot), flatbuffers::Offset<void>{child});
  }
}

template <Described T>
Child build(FlatBufferBuilder& b, const T& object) {
  std::array<Child, 40> children{};
  each_slot<T>([&](voffset_t slot, auto d) {
    using Member = std::remove_cvref_t<decltype(object.*d.pointer)>;
    if constexpr (!OptionalScalar<Member>) children[slot] = build_child(b, object.*d.pointer);
  });
  const auto start = b.StartTable();
  each_slot<T>([&](voffset_t slot, auto d) { add(b, slot, object.*d.pointer, children[slot]); });
  return b.EndTable(start);
}

template <Described T>
std::string encode_root(const T& object) {
  FlatBufferBuilder b;
  const Child root = build(b, object);
  b.Finish(flatbuffers::Offset<flatbuffers::Table>{root});
  return {reinterpret_cast<const char*>(b.GetBufferPointer()), b.GetSize()};
}

// ---- reading ----

struct Reader {
  size_t text_left;
  bool from_client;  // then also: numbers within ±(2^53 - 1), which a browser reads exactly; text without control
                     // characters
  std::string path;
  BadMessage bad;

  bool fail(std::string_view en, std::string_view zh) {
    bad = {.field = path, .en = path + ": " + std::string{en}, .zh = path + "：" + std::string{zh}};
    return false;
  }
};

/// Enters a member for the time of a scope, so that errors can say where.
class Within {
 public:
  Within(Reader& r, std::string_view name) : reader_{r}, length_{r.path.size()} {
    if (!r.path.empty()) r.path += '.';
    r.path += name;
  }
  ~Within() { reader_.path.resize(length_); }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  Reader& reader_;
  size_t length_;
};

enum class TextFault : uint8_t { none, not_utf8, control };

/// UTF-8, and none of the characters that steer a terminal or hide in a table (C0, DEL, C1).
TextFault fault_of(const char* first, const char* last) {
  using Traits = boost::locale::utf::utf_traits<char>;
  auto fault = TextFault::none;
  while (first != last) {
    const auto c = Traits::decode(first, last);
    if (c == boost::locale::utf::illegal || c == boost::locale::utf::incomplete) return TextFault::not_utf8;
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) fault = TextFault::control;
  }
  return fault;
}

template <Described T>
bool read(Reader& r, const flatbuffers::Table* t, T& object);

bool missing(Reader& r) { return r.fail("is missing", "缺少此项"); }

bool read_text(Reader& r, const flatbuffers::String* s, std::string& out) {
  if (s->size() > r.text_left) return r.fail("too much text in one message", "消息中的文字过多");
  r.text_left -= s->size();
  out.assign(s->c_str(), s->size());
  const TextFault fault = fault_of(out.data(), out.data() + out.size());
  if (fault == TextFault::not_utf8) return r.fail("is not UTF-8 text", "不是 UTF-8 文字");
  if (fault == TextFault::control && r.from_client) return r.fail("has a control character", "含有控制字符");
  return true;
}

template <TextForm T>
bool read_form(Reader& r, const flatbuffers::String* s, T& out) {
  std::string text;
  if (!read_text(r, s, text)) return false;
  if constexpr (std::same_as<T, std::string>) {
    out = std::move(text);
  } else if constexpr (std::same_as<T, Day>) {
    const auto day = day_from(text);
    if (!day)
      return r.fail("'" + text + "' is not a day; write YYYY-MM-DD", "“" + text + "”不是日期，应写作 YYYY-MM-DD");
    out = *day;
  } else {
    const auto clause = policy::clause_named(text);
    if (!clause) return r.fail("'" + text + "' is not a rule id", "“" + text + "”不是规则编号");
    out = *clause;
  }
  return true;
}

template <size_t I = 0, class... Ts>
bool read_alternative(Reader& r, const flatbuffers::Table* value, size_t index, std::variant<Ts...>& out) {
  if constexpr (I < sizeof...(Ts)) {
    if (index != I) return read_alternative<I + 1>(r, value, index, out);
    std::variant_alternative_t<I, std::variant<Ts...>> alternative{};
    if (!read(r, value, alternative)) return false;
    out = std::move(alternative);
    return true;
  } else {
    return r.fail("is of a kind that this version does not know", "类型未知（版本不支持）");
  }
}

template <class T>
bool read_member(Reader& r, const flatbuffers::Table* t, voffset_t slot, T& out) {
  const bool present = t->GetOptionalFieldOffset(at(slot)) != 0;
  if constexpr (Wrapped<T>::value) {
    if (!present) {
      out.reset();
      return true;
    }
    typename Wrapped<T>::Inner inner{};
    if (!read_member(r, t, slot, inner)) return false;
    out = std::move(inner);
    return true;
  } else if constexpr (Scalar<T>) {
    if (!present) return missing(r);
    const auto raw = t->GetField<RawOf<T>>(at(slot), 0);
    if (r.from_client && (std::cmp_greater(raw, kLargestExact) || std::cmp_less(raw, -kLargestExact)))
      return r.fail("is beyond 2^53-1", "超过 2^53−1");
    out = from_scalar<T>(raw);
    return true;
  } else if constexpr (TextForm<T>) {
    const auto* s = t->GetPointer<const flatbuffers::String*>(at(slot));
    return s ? read_form(r, s, out) : missing(r);
  } else if constexpr (Listed<T>::value) {
    const auto* v = t->GetPointer<const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>*>(at(slot));
    if (!v) return missing(r);
    out.resize(v->size());
    for (flatbuffers::uoffset_t i = 0; i < v->size(); ++i)
      if (!read(r, v->Get(i), out[i])) return false;
    return true;
  } else if constexpr (Chosen<T>::value) {
    const uint8_t kind = t->GetField<uint8_t>(at(static_cast<voffset_t>(slot - 1)), 0);
    const auto* value = t->GetPointer<const flatbuffers::Table*>(at(slot));
    if (kind == 0 || !value) return missing(r);  // the verifier passes a union with a type and no value
    return read_alternative(r, value, size_t{kind} - 1, out);
  } else {
    const auto* table = t->GetPointer<const flatbuffers::Table*>(at(slot));
    return table ? read(r, table, out) : missing(r);
  }
}

template <Described T>
bool read(Reader& r, const flatbuffers::Table* t, T& object) {
  bool good = true;
  each_slot<T>([&](voffset_t slot, auto d) {
    if (!good) return;
    const Within within{r, d.name};
    good = read_member(r, t, slot, object.*d.pointer);
  });
  return good;
}

struct Limits {
  flatbuffers::uoffset_t depth, tables;
  size_t text;
  bool from_client;
};
constexpr Limits kFromClient{.depth = 16, .tables = 1'100, .text = 64 * 1024, .from_client = true};
constexpr Limits kTrusted{.depth = 16, .tables = 1'000'000, .text = 64 * 1024 * 1024, .from_client = false};

template <class Table, Described T>
std::expected<T, BadMessage> decode_root(std::string_view bytes, const Limits& limits) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  flatbuffers::Verifier verifier{data, bytes.size(), limits.depth, limits.tables};
  if (!verifier.VerifyBuffer<Table>(nullptr))
    return std::unexpected(BadMessage{
        .field = {}, .en = "the bytes are not a message of landex.fbs", .zh = "字节不是 landex.fbs 中的消息"});
  Reader reader{.text_left = limits.text, .from_client = limits.from_client, .path = {}, .bad = {}};
  T object{};
  if (!read(reader, flatbuffers::GetRoot<flatbuffers::Table>(data), object))
    return std::unexpected(std::move(reader.bad));
  return object;
}

}  // namespace

std::string encode(const ClientMessage& m) { return encode_root(m); }
std::string encode(const ServerMessage& m) { return encode_root(m); }
std::string encode(const engine::Stamped& s) { return encode_root(s); }

std::expected<ClientMessage, BadMessage> decode_client(std::string_view bytes) {
  auto message = decode_root<fb::ClientMessage, ClientMessage>(bytes, kFromClient);
  if (!message && !message.error().field.empty()) {  // it is a ClientMessage, with something wrong in it
    const auto* root = flatbuffers::GetRoot<fb::ClientMessage>(bytes.data());
    if (const auto* submit = root->body_as_Submit();
        submit && submit->counter() && *submit->counter() <= static_cast<uint64_t>(kLargestExact))
      message.error().counter = Counter{*submit->counter()};
    if (const auto* ask = root->body_as_Ask(); ask && ask->id()) message.error().id = *ask->id();
  }
  return message;
}
std::expected<ServerMessage, BadMessage> decode_server(std::string_view bytes) {
  return decode_root<fb::ServerMessage, ServerMessage>(bytes, kTrusted);
}
std::expected<engine::Stamped, BadMessage> decode_record(std::string_view bytes) {
  return decode_root<fb::Stamped, engine::Stamped>(bytes, kTrusted);
}

}  // namespace landex::wire
