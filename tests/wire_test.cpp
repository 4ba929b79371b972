// The wire: landex.fbs says exactly what the C++ lists say; every message comes back as it went, in both spellings; and
// no bytes that anybody can send do more than become a message or a Problem that says where and why.
#include <gtest/gtest.h>
#include <malloc.h>

#include <flatbuffers/idl.h>
#include <flatbuffers/reflection.h>
#include <algorithm>
#include <boost/type_index.hpp>
#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <sstream>

#include "exchange/engine/canonical.hpp"
#include "exchange/wire/codec.hpp"
#include "exchange/wire/json.hpp"
#include "exchange/wire/member_kinds.hpp"
#include "exchange/wire/text_forms.hpp"
#include "matching/types/bounds.hpp"
#include "tests/random_market.hpp"

namespace landex::wire {
namespace {

using engine::Described;
using engine::MembersOf;
using testing::Random;

template <class T>
concept NamedNumber = std::is_enum_v<T> && !TextForm<T>;

template <class T>
std::string canonical(const T& value) {
  std::string bytes;
  engine::Canonical{bytes}(value);
  return bytes;
}

std::string generated(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream{std::string{LANDEX_GENERATED} + "/" + name, std::ios::binary}.rdbuf();
  return text.str();
}

// ---- the schema ----

/// The C++ name without its namespaces, which is the name in landex.fbs.
template <class T>
std::string name_of_type() {
  const std::string whole = boost::typeindex::type_id<T>().pretty_name();
  return whole.substr(whole.rfind(':') + 1);
}
std::string last_part(const flatbuffers::String* name) {
  const std::string whole = name->str();
  return whole.substr(whole.rfind('.') + 1);
}

/// Walks the described structs from the roots and holds each against its table.
class AgainstTheSchema {
 public:
  explicit AgainstTheSchema(const reflection::Schema& schema) : schema_{schema} {}

  template <Described T>
  void table() {
    const std::string name = name_of_type<T>();
    if (!tables.insert(name).second) return;
    const auto* object = schema_.objects()->LookupByKey(("landex.fb." + name).c_str());
    ASSERT_TRUE(object) << "no table " << name;
    EXPECT_FALSE(object->is_struct()) << name;

    std::map<unsigned, const reflection::Field*> fields;  // by slot
    for (const auto* f : *object->fields()) fields[f->id()] = f;
    unsigned slot = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto d) {
      using Member = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
      const std::string where = name + "." + d.name;
      if constexpr (Chosen<Member>::value) field(fields, slot++, where + "_type", reflection::UType);
      if (const auto* f = field(fields, slot++, where, base_type<Member>())) content<Member>(*f, where);
    });
    EXPECT_EQ(fields.size(), slot) << name << " has a member in the schema that the struct has not";
  }

  std::set<std::string> tables, enums;

 private:
  using Fields = std::map<unsigned, const reflection::Field*>;

  static const reflection::Field* field(const Fields& fields, unsigned slot, const std::string& where,
                                        reflection::BaseType type) {
    const auto at = fields.find(slot);
    if (at == fields.end()) {
      ADD_FAILURE() << where << " is not in the schema at slot " << slot;
      return nullptr;
    }
    const auto* f = at->second;
    EXPECT_EQ(f->name()->str(), where.substr(where.find('.') + 1)) << where;
    EXPECT_STREQ(reflection::EnumNameBaseType(f->type()->base_type()), reflection::EnumNameBaseType(type)) << where;
    EXPECT_FALSE(f->deprecated()) << where;
    EXPECT_FALSE(f->required()) << where << ": what is missing is the codec's to say, with its name";
    const bool scalar = type >= reflection::Bool && type <= reflection::ULong;
    EXPECT_EQ(f->optional(), scalar || type == reflection::String || type == reflection::Vector ||
                                 type == reflection::Obj || type == reflection::Union)
        << where << ": a scalar needs `= null`";
    return f;
  }

  template <class M>
  static constexpr reflection::BaseType base_type() {
    if constexpr (Wrapped<M>::value)
      return base_type<typename Wrapped<M>::Inner>();
    else if constexpr (TextForm<M>)
      return reflection::String;
    else if constexpr (Listed<M>::value)
      return reflection::Vector;
    else if constexpr (Chosen<M>::value)
      return reflection::Union;
    else if constexpr (Counted<M>)
      return base_type<decltype(std::declval<M>().raw())>();
    else if constexpr (std::is_enum_v<M>)
      return base_type<std::underlying_type_t<M>>();
    else if constexpr (std::same_as<M, bool>)
      return reflection::Bool;
    else if constexpr (std::same_as<M, uint8_t>)
      return reflection::UByte;
    else if constexpr (std::same_as<M, uint16_t>)
      return reflection::UShort;
    else if constexpr (std::same_as<M, uint32_t>)
      return reflection::UInt;
    else if constexpr (std::same_as<M, int32_t>)
      return reflection::Int;
    else if constexpr (std::same_as<M, int64_t>)
      return reflection::Long;
    else if constexpr (std::same_as<M, uint64_t>)
      return reflection::ULong;
    else {
      static_assert(Described<M>, "the wire has no such type");
      return reflection::Obj;
    }
  }

  template <class M>
  void content(const reflection::Field& f, const std::string& where) {
    if constexpr (Wrapped<M>::value) {
      content<typename Wrapped<M>::Inner>(f, where);
    } else if constexpr (Listed<M>::value) {
      EXPECT_EQ(f.type()->element(), reflection::Obj) << where;
      refers<typename Listed<M>::Inner>(f, where);
    } else if constexpr (Chosen<M>::value) {
      alternatives<M>(f, where);
    } else if constexpr (NamedNumber<M>) {
      enumeration<M>(f, where);
    } else if constexpr (Described<M>) {
      refers<M>(f, where);
    }
  }

  template <Described T>
  void refers(const reflection::Field& f, const std::string& where) {
    ASSERT_GE(f.type()->index(), 0) << where;
    const auto* object = schema_.objects()->Get(static_cast<flatbuffers::uoffset_t>(f.type()->index()));
    EXPECT_EQ(last_part(object->name()), name_of_type<T>()) << where;
    table<T>();
  }

  template <class E>
  void enumeration(const reflection::Field& f, const std::string& where) {
    ASSERT_GE(f.type()->index(), 0) << where << " is a plain number in the schema";
    const auto* e = schema_.enums()->Get(static_cast<flatbuffers::uoffset_t>(f.type()->index()));
    EXPECT_EQ(last_part(e->name()), name_of_type<E>()) << where;
    enums.insert(e->name()->str());
    std::map<std::string, int64_t> here, there;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto d) { here[d.name] = static_cast<int64_t>(d.value); });
    for (const auto* v : *e->values()) there[v->name()->str()] = v->value();
    EXPECT_EQ(here, there) << where;
    EXPECT_FALSE(here.empty()) << where;
    EXPECT_FALSE(here.contains("") || there.contains("none")) << where;
    for (const auto& [name, value] : here) EXPECT_NE(value, 0) << where << "." << name << ": zero means nothing";
  }

  template <class Choice>
  void alternatives(const reflection::Field& f, const std::string& where) {
    using V = engine::VariantOf<Choice>::Type;
    ASSERT_GE(f.type()->index(), 0) << where;
    const auto* e = schema_.enums()->Get(static_cast<flatbuffers::uoffset_t>(f.type()->index()));
    EXPECT_TRUE(e->is_union()) << where;
    enums.insert(e->name()->str());
    ASSERT_EQ(e->values()->size(), std::variant_size_v<V> + 1) << where << ": NONE and each alternative";
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<std::variant_size_v<V>>>([&](auto i) {
      using A = std::variant_alternative_t<i, V>;
      const auto* v = e->values()->LookupByKey(int64_t{i} + 1);
      ASSERT_TRUE(v) << where << " " << i;
      EXPECT_EQ(v->name()->str(), name_of_type<A>()) << where;
      ASSERT_EQ(v->union_type()->base_type(), reflection::Obj) << where;
      const auto* object = schema_.objects()->Get(static_cast<flatbuffers::uoffset_t>(v->union_type()->index()));
      EXPECT_EQ(last_part(object->name()), name_of_type<A>()) << where;
      table<A>();
    });
  }

  const reflection::Schema& schema_;
};

TEST(WireSchema, SaysExactlyWhatTheListsInCppSay) {
  const std::string bytes = generated("landex.bfbs");
  flatbuffers::Verifier verifier{reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()};
  ASSERT_TRUE(reflection::VerifySchemaBuffer(verifier)) << "no landex.bfbs in " << LANDEX_GENERATED;
  const auto& schema = *reflection::GetSchema(bytes.data());

  AgainstTheSchema check{schema};
  check.table<ClientMessage>();
  check.table<ServerMessage>();
  check.table<engine::Stamped>();

  for (const auto* o : *schema.objects())
    EXPECT_TRUE(check.tables.contains(last_part(o->name()))) << o->name()->str() << " has no struct";
  for (const auto* e : *schema.enums())
    EXPECT_TRUE(check.enums.contains(e->name()->str())) << e->name()->str() << " has no enum or variant";
  EXPECT_EQ(check.tables.size(), schema.objects()->size());
  EXPECT_GE(check.tables.size(), 80u) << "the guard has looked at too little";
  EXPECT_GE(check.enums.size(), 17u);
}

// ---- random contents ----

enum class Contents : uint8_t {
  plain,        // small numbers, one text
  from_client,  // wild, within what a client may send: numbers that a browser reads exactly, no control characters
  extreme       // numbers to the ends of their type
};

/// Any value that the wire can carry: text in all planes and all escapes, enums that do not exist, every clause.
class Anything {
 public:
  Anything(uint64_t seed, Contents contents) : r{seed}, contents_{contents} {}

  template <class T>
  T of() {
    if constexpr (Wrapped<T>::value) {
      return r.one_in(3) ? T{} : T{of<typename Wrapped<T>::Inner>()};
    } else if constexpr (Listed<T>::value) {
      T out(r.below(4));
      for (auto& e : out) e = of<typename Listed<T>::Inner>();
      return out;
    } else if constexpr (Chosen<T>::value) {
      using V = engine::VariantOf<T>::Type;
      return boost::mp11::mp_with_index<std::variant_size_v<V>>(
          r.below(std::variant_size_v<V>), [&](auto i) { return T{of<std::variant_alternative_t<i, V>>()}; });
    } else if constexpr (std::same_as<T, std::string>) {
      return text();
    } else if constexpr (std::same_as<T, Day>) {
      return r.one_in(9) ? *Day::ymd(r.one_in(2) ? 1970 : 9999, 1, 1)
                         : Day::from_raw(static_cast<int32_t>(r.below(2'900'000)));
    } else if constexpr (std::same_as<T, policy::Clause>) {
      return policy::kClauses[r.below(policy::kClauses.size())].clause;
    } else if constexpr (std::same_as<T, bool>) {
      return r.one_in(2);
    } else if constexpr (NamedNumber<T>) {
      if (contents_ != Contents::plain && r.one_in(20))
        return static_cast<T>(number<std::underlying_type_t<T>>());  // one that does not exist
      T out{};
      auto left = r.below(boost::mp11::mp_size<boost::describe::describe_enumerators<T>>::value);
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
        if (left-- == 0) out = d.value;
      });
      return out;
    } else if constexpr (Counted<T>) {
      return T::from_raw(number<decltype(std::declval<T>().raw())>());
    } else if constexpr (std::integral<T>) {
      return number<T>();
    } else {
      T out{};
      engine::for_each_member(out, [&](std::string_view, auto& m) { m = of<std::remove_cvref_t<decltype(m)>>(); });
      return out;
    }
  }

  Random r;

 private:
  template <class N>
  N number() {
    using Limits = std::numeric_limits<N>;
    if (contents_ == Contents::plain) return static_cast<N>(r.below(100));
    const auto within = [&](N n) {
      if (contents_ == Contents::extreme) return n;
      if (std::cmp_greater(n, kLargestExact)) return static_cast<N>(kLargestExact);
      return std::cmp_less(n, -kLargestExact) ? static_cast<N>(-kLargestExact) : n;
    };
    switch (r.below(6)) {
      case 0:
        return within(Limits::max());
      case 1:
        return within(Limits::min());
      case 2:
        return static_cast<N>(r.below(3));
      default:
        return within(static_cast<N>(r.next() >> r.below(64)));
    }
  }
  std::string text() {
    static constexpr std::string_view controls[] = {"\n", "\r", "\t", "\b", "\f", "\x01", "\x1f", "\x7f", "\u0080"};
    static constexpr std::string_view pieces[] = {
        "a",          "\"",     "\\",     "/",         "'",      "{",          "\u00a0",  "\u07ff",
        "\u0800",     "\u2028", "\ufeff", "\ud7ff",    "亩",     "建德",       "«66»",    "\ue000",
        "\U00010000", "🌾",     "%n",     "</script>", "\ufffe", "\U0010ffff", "\\u0000", "\uffff"};
    std::string out;
    if (contents_ == Contents::plain) return "some 文字";
    for (auto n = r.below(8); n > 0; --n)
      out += contents_ == Contents::extreme && r.one_in(3) ? controls[r.below(std::size(controls))]
                                                           : pieces[r.below(std::size(pieces))];
    return out;
  }
  Contents contents_;
};

std::string why(const BadMessage& bad) { return bad.field + " | " + bad.en + " | " + bad.zh; }

/// Both ways, in both spellings, and the same again.
template <class M, class FromBytes, class FromJson>
void goes_and_comes_back(Json& json, const M& message, FromBytes from_bytes, FromJson from_json) {
  const std::string sent = canonical(message);
  const auto bytes = from_bytes(encode(message));
  ASSERT_TRUE(bytes) << why(bytes.error());
  ASSERT_EQ(canonical(*bytes), sent);
  const std::string text = json.encode(message);
  EXPECT_TRUE(std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' '; }))
      << "JSON has no control characters: " << text;
  const auto read = from_json(text);
  ASSERT_TRUE(read) << why(read.error()) << "\n" << text;
  ASSERT_EQ(canonical(*read), sent) << text;
}
void round_trip(Json& json, const ClientMessage& m) {
  goes_and_comes_back(json, m, decode_client, [&](const auto& text) { return json.decode_client(text); });
}
void round_trip(Json& json, const ServerMessage& m) {
  goes_and_comes_back(json, m, decode_server, [&](const auto& text) { return json.decode_server(text); });
}

/// An alternative of a variant, by its place, with random contents.
template <class V>
V alternative(Anything& any, size_t index) {
  using List = engine::VariantOf<V>::Type;
  return boost::mp11::mp_with_index<std::variant_size_v<List>>(
      index, [&](auto i) { return V{any.of<std::variant_alternative_t<i, List>>()}; });
}

TEST(WireRoundTrip, EveryCommandComesBackInBothSpellingsAndFromTheJournal) {
  Json json;
  Anything any{1, Contents::from_client}, all{11, Contents::extreme};
  for (size_t kind = 0; kind < std::variant_size_v<engine::CommandList>; ++kind)
    for (int i = 0; i < 60; ++i) {
      auto submit = any.of<Submit>();
      submit.command = alternative<engine::Command>(any, kind);
      ASSERT_NO_FATAL_FAILURE(round_trip(json, ClientMessage{submit})) << "command " << kind;
      auto stamped = all.of<engine::Stamped>();
      stamped.command = alternative<engine::Command>(all, kind);
      const auto read = decode_record(encode(stamped));
      ASSERT_TRUE(read) << why(read.error());
      ASSERT_TRUE(*read == stamped) << "command " << kind;
      EXPECT_FALSE(json.encode(stamped).empty());
    }
}

TEST(WireRoundTrip, EveryQueryAndEveryOtherMessageOfAClientComesBack) {
  Json json;
  Anything any{2, Contents::from_client};
  for (int i = 0; i < 60; ++i) {
    for (size_t kind = 0; kind < std::variant_size_v<engine::QueryList>; ++kind)
      ASSERT_NO_FATAL_FAILURE(round_trip(
          json, ClientMessage{Ask{.id = any.of<uint32_t>(), .query = alternative<engine::Query>(any, kind)}}));
    for (size_t kind = 0; kind < std::variant_size_v<decltype(ClientMessage::body)>; ++kind)
      ASSERT_NO_FATAL_FAILURE(round_trip(json, ClientMessage{alternative<decltype(ClientMessage::body)>(any, kind)}));
  }
}

TEST(WireRoundTrip, EveryEventViewAndMessageOfTheServerComesBack) {
  Json json;
  Anything any{3, Contents::extreme};
  for (int i = 0; i < 60; ++i) {
    for (size_t kind = 0; kind < std::variant_size_v<engine::EventList>; ++kind) {
      auto happened = any.of<Happened>();
      happened.events.push_back({.event = alternative<engine::Event>(any, kind)});
      ASSERT_NO_FATAL_FAILURE(round_trip(json, ServerMessage{happened})) << "event " << kind;
    }
    for (size_t kind = 0; kind < std::variant_size_v<engine::ViewList>; ++kind)
      ASSERT_NO_FATAL_FAILURE(round_trip(
          json,
          ServerMessage{Answer{.id = any.of<uint32_t>(), .as_of = {7}, .view = alternative<engine::View>(any, kind)}}))
          << "view " << kind;
    for (size_t kind = 0; kind < std::variant_size_v<decltype(ServerMessage::body)>; ++kind)
      ASSERT_NO_FATAL_FAILURE(round_trip(json, ServerMessage{alternative<decltype(ServerMessage::body)>(any, kind)}))
          << "message " << kind;
  }
}

// ---- what is not a message ----

std::string order_json(std::string_view members = R"("instrument":"supplementary_area","side":"buy","quantity":60000,)"
                                                  R"("price":200000)") {
  return R"({"body_type":"Submit","body":{"client_key":5,"counter":1,"command_type":"PlaceOrder","command":{)" +
         std::string{members} + "}}}";
}

/// JSON to bytes by the schema alone, with none of the codec's conditions: for buffers that no honest client builds.
class RawBytes {
 public:
  explicit RawBytes(const char* root = "landex.fb.ClientMessage") : parser_{options()} {
    const std::string schema = generated("landex.bfbs");
    if (!parser_.Deserialize(reinterpret_cast<const uint8_t*>(schema.data()), schema.size()) ||
        !parser_.SetRootType(root))
      ADD_FAILURE() << "no schema";
  }
  std::string of(const std::string& json) {
    if (!parser_.ParseJson(json.c_str())) {
      ADD_FAILURE() << parser_.error_ << "\n" << json;
      return {};
    }
    return {reinterpret_cast<const char*>(parser_.builder_.GetBufferPointer()), parser_.builder_.GetSize()};
  }

 private:
  static flatbuffers::IDLOptions options() {
    flatbuffers::IDLOptions o;
    o.strict_json = true;
    return o;
  }
  flatbuffers::Parser parser_;
};

/// Where the members of a JSON object are: their dotted path, and from the name to the end of the value.
struct Spot {
  std::string path;
  size_t begin, end;
  bool followed;  // by a comma
  bool alone;     // the only member of its object
};
class Spots {
 public:
  explicit Spots(const std::string& text) : text_{text} { value(""); }
  std::vector<Spot> all;

 private:
  void string() {
    for (++at_; text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }
  void blank() {
    while (text_[at_] == ' ') ++at_;
  }
  void value(const std::string& path) {
    blank();
    if (text_[at_] == '"') {
      string();
    } else if (text_[at_] == '{' || text_[at_] == '[') {
      const bool object = text_[at_] == '{';
      size_t members = 0;
      std::vector<size_t> mine;
      for (++at_; blank(), text_[at_] != '}' && text_[at_] != ']';) {
        std::string inner = path;
        const size_t begin = at_;
        if (object) {
          string();
          inner += (path.empty() ? "" : ".") + text_.substr(begin + 1, at_ - begin - 2);
          blank();
          ++at_;  // the colon
        }
        value(inner);
        const size_t end = at_;
        blank();
        const bool followed = text_[at_] == ',';
        if (followed) ++at_;
        ++members;
        if (object) {
          mine.push_back(all.size());
          all.push_back({.path = inner, .begin = begin, .end = end, .followed = followed, .alone = false});
        }
      }
      ++at_;
      if (members == 1)
        for (const size_t i : mine) all[i].alone = true;
    } else {
      while (std::string_view{",}] "}.find(text_[at_]) == std::string_view::npos) ++at_;
    }
  }
  const std::string& text_;
  size_t at_ = 0;
};

std::string without(const std::string& text, const Spot& s) {
  std::string out = text;
  size_t begin = s.begin, end = s.end;
  if (s.followed)
    end = text.find(',', end) + 1;
  else if (!s.alone)
    begin = text.rfind(',', begin);
  out.erase(begin, end - begin);
  return out;
}

/// The dotted paths of a message, as the codec says them: true if the member may be absent.
template <class T>
void paths_of(const T& value, const std::string& path, std::map<std::string, bool>& out) {
  if constexpr (Wrapped<T>::value) {
    if (value) paths_of(*value, path, out);
  } else if constexpr (Listed<T>::value) {
    for (const auto& e : value) paths_of(e, path, out);
  } else if constexpr (Chosen<T>::value) {
    std::visit([&](const auto& e) { paths_of(e, path, out); }, value);
  } else if constexpr (Described<T> && !TextForm<T>) {
    engine::for_each_member(value, [&](std::string_view name, const auto& m) {
      const std::string inner = path + (path.empty() ? "" : ".") + std::string{name};
      out[inner] = Wrapped<std::remove_cvref_t<decltype(m)>>::value;
      paths_of(m, inner, out);
    });
  }
}

TEST(WireRefusal, EveryMemberThatIsMissingIsNamedInBothLanguagesAndBothSpellings) {
  Json json;
  RawBytes raw;
  Anything any{4, Contents::plain};
  std::set<std::string> named;
  for (size_t kind = 0; kind < std::variant_size_v<engine::CommandList>; ++kind) {
    auto submit = any.of<Submit>();
    submit.command = alternative<engine::Command>(any, kind);
    if (auto* deal = std::get_if<engine::command::ProposeDeal>(&submit.command))
      deal->legs.assign(1, any.of<engine::command::Leg>());
    if (auto* enter = std::get_if<engine::command::EnterPlots>(&submit.command))
      enter->plots.assign(1, any.of<engine::command::Plot>());
    const ClientMessage message{submit};
    std::map<std::string, bool> may_be_absent;
    paths_of(message, "", may_be_absent);
    const std::string whole = json.encode(message);

    for (const Spot& spot : Spots{whole}.all) {
      const std::string cut = without(whole, spot);
      const auto from_json = json.decode_client(cut);
      if (spot.path.ends_with("_type")) {
        EXPECT_FALSE(from_json) << cut;
        continue;
      }
      ASSERT_TRUE(may_be_absent.contains(spot.path)) << spot.path;
      // the parser wants a union's value beside its type, and says so in its own words
      const bool is_union = spot.path == "body" || spot.path == "body.command";
      const auto from_bytes = decode_client(raw.of(cut));
      if (may_be_absent[spot.path]) {
        EXPECT_TRUE(from_json && from_bytes) << cut;
        continue;
      }
      for (const auto* got : {&from_json, &from_bytes}) {
        ASSERT_FALSE(*got) << cut;
        if (is_union && got == &from_json) continue;
        EXPECT_EQ(got->error().field, spot.path) << cut;
        EXPECT_EQ(got->error().en, spot.path + ": is missing");
        EXPECT_EQ(got->error().zh, spot.path + "：缺少此项");
        named.insert(spot.path.substr(spot.path.rfind('.') + 1));
      }
    }
  }
  EXPECT_GE(named.size(), 35u) << "the guard has looked at too little";
  for (const char* nothing : {"{}", R"({"body_type":"NONE"})"}) {
    const auto got = json.decode_client(nothing);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().field, "body") << got.error().en;
  }
}

TEST(WireRefusal, AUnionWithATypeAndNoValueOrOfAnUnknownTypeIsNoMessage) {
  RawBytes raw;
  const std::string good = raw.of(R"({"body_type":"LogOn","body":{"token":"t"}})");
  ASSERT_TRUE(decode_client(good));
  for (unsigned kind = 0; kind < 256; ++kind) {
    std::string bytes = good;
    auto* table = flatbuffers::GetMutableRoot<flatbuffers::Table>(bytes.data());
    ASSERT_TRUE(table->SetField<uint8_t>(4, static_cast<uint8_t>(kind), 0));
    const auto got = decode_client(bytes);
    if (kind == 1 || kind == 4) {  // LogOn; Subscribe, which has no members to miss
      EXPECT_TRUE(got) << kind;
      continue;
    }
    ASSERT_FALSE(got) << kind;
    if (kind == 0) {
      EXPECT_EQ(got.error().en, "body: is missing");
    }
    if (kind > std::variant_size_v<decltype(ClientMessage::body)>) {
      EXPECT_EQ(got.error().field, "body");
      EXPECT_NE(got.error().en.find("a kind that this version does not know"), std::string::npos);
      EXPECT_NE(got.error().zh.find("类型未知"), std::string::npos);
    }
  }
  flatbuffers::FlatBufferBuilder b;  // a type, and no value: the verifier lets it pass
  const auto start = b.StartTable();
  b.AddElement<uint8_t>(4, 1);
  b.Finish(flatbuffers::Offset<flatbuffers::Table>{b.EndTable(start)});
  const auto got = decode_client({reinterpret_cast<const char*>(b.GetBufferPointer()), b.GetSize()});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().field, "body");
  EXPECT_EQ(got.error().en, "body: is missing");
}

std::string open_day(std::string_view day) {
  return R"({"body_type":"Submit","body":{"client_key":5,"counter":1,"command_type":"OpenDay","command":{"day":")" +
         std::string{day} + R"("}}})";
}

TEST(WireRefusal, ADayIsWrittenInFullAndIsInTheCalendar) {
  Json json;
  for (const char* good : {"2024-02-29", "1970-01-01", "9999-12-31"}) EXPECT_TRUE(json.decode_client(open_day(good)));
  for (const char* bad : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-06-31", "2024-6-03", "24-06-03", "2024/06/03",
                          "2024-06-3x", "", " 2024-06-03", "2024-06-03 ", "2024-06-03T00:00:00", "+024-06-03",
                          "1969-12-31", "0000-00-00", "２０２４-06-03", "2024-0x-03", "2024--6-03"}) {
    const auto got = json.decode_client(open_day(bad));
    ASSERT_FALSE(got) << bad;
    EXPECT_EQ(got.error().field, "body.command.day");
    EXPECT_EQ(got.error().en, "body.command.day: '" + std::string{bad} + "' is not a day; write YYYY-MM-DD");
    EXPECT_EQ(got.error().zh, "body.command.day：“" + std::string{bad} + "”不是日期，应写作 YYYY-MM-DD");
  }
}

TEST(WireRefusal, ARuleIdIsOneThatExists) {
  RawBytes raw{"landex.fb.ServerMessage"};
  const auto refused = [&](const std::string& rule) {
    return decode_server(
        raw.of(R"({"body_type":"Happened","body":{"seq":1,"at":1,"events":[{"event_type":"Refused","event":{"refusal":)"
               R"({"reason":"below_floor","rule":")" +
               rule + R"(","facts":[],"text":""}}}]}})"));
  };
  for (const auto& k : policy::kClauses) EXPECT_TRUE(refused(std::string{k.id})) << k.id;
  for (const char* bad : {"H66-7.8", "h66-7.6", "H66-7.6 ", "", "76"}) {
    const auto got = refused(bad);
    ASSERT_FALSE(got) << bad;
    EXPECT_EQ(got.error().field, "body.events.event.refusal.rule");
    EXPECT_NE(got.error().en.find("is not a rule id"), std::string::npos);
    EXPECT_NE(got.error().zh.find("不是规则编号"), std::string::npos);
  }
}

TEST(WireRefusal, TextIsUtf8WithoutControlCharacters) {
  const std::string good = encode(ClientMessage{LogOn{.token = "12345678"}});
  const size_t at = good.find("12345678");
  ASSERT_NE(at, std::string::npos);
  const auto with = [&](std::string_view text) {
    std::string bytes = good;
    bytes.replace(at, text.size(), text);
    return decode_client(bytes);
  };
  using namespace std::string_view_literals;
  EXPECT_TRUE(with("建德"));
  EXPECT_TRUE(with("\u00a0"));
  for (const auto bad : {"\x80"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xe0\x80\x80"sv, "\xed\xa0\x80"sv, "\xed\xbf\xbf"sv,
                         "\xf0\x80\x80\x80"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\xff"sv, "\xe4\xba"sv,
                         "1234567\xe4"sv, "\n\xff"sv}) {
    const auto got = with(bad);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().field, "body.token");
    EXPECT_EQ(got.error().en, "body.token: is not UTF-8 text");
    EXPECT_EQ(got.error().zh, "body.token：不是 UTF-8 文字");
  }
  for (const auto bad : {"\0"sv, "a\0b"sv, "\n"sv, "\x1b[31m"sv, "\x7f"sv, "\u0080"sv, "\u009f"sv}) {
    const auto got = with(bad);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().field, "body.token");
    EXPECT_EQ(got.error().en, "body.token: has a control character");
    EXPECT_EQ(got.error().zh, "body.token：含有控制字符");
  }
}

TEST(WireRefusal, ANumberThatABrowserCannotReadExactlyIsNoMessageOfAClient) {
  Json json;
  const auto quantity = [&](const std::string& n) {
    return json.decode_client(order_json(R"("instrument":"linkage","side":"buy","price":200000,"quantity":)" + n));
  };
  for (const char* good : {"9007199254740991", "-9007199254740991"}) EXPECT_TRUE(quantity(good)) << good;
  for (const char* bad : {"9007199254740992", "-9007199254740992", "9223372036854775807", "-9223372036854775808"}) {
    const auto got = quantity(bad);
    ASSERT_FALSE(got) << bad << ": a refusal would say it back, and the page would read another number";
    EXPECT_EQ(got.error().field, "body.command.quantity");
  }
  const auto order = decode_client(encode(ClientMessage{Submit{
      .client_key = {5}, .counter = {1}, .command = engine::command::CancelOrder{.order = {uint64_t{1} << 53}}}}));
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().field, "body.command.order");
}

ClientMessage plots(size_t count, const std::string& name) {
  engine::command::EnterPlots enter{.county = District::code(330182), .document = "d", .plots = {}};
  for (size_t i = 0; i < count; ++i)
    enter.plots.push_back({.plot = name + std::to_string(i), .area = Area::mu_4dp(1), .grade = 1});
  return {Submit{.client_key = {5}, .counter = {1}, .command = enter}};
}

TEST(WireRefusal, TooManyTablesAndTooMuchTextAreRefusedBeforeTheyCostAnything) {
  Json json;
  EXPECT_TRUE(decode_client(encode(plots(1'000, "P"))));
  EXPECT_TRUE(json.decode_client(json.encode(plots(1'000, "P"))));
  EXPECT_FALSE(decode_client(encode(plots(1'200, "P"))));
  EXPECT_FALSE(json.decode_client(json.encode(plots(1'200, "P"))));

  EXPECT_TRUE(decode_client(encode(ClientMessage{LogOn{.token = std::string(64 * 1024, 'x')}})));
  const auto got = decode_client(encode(ClientMessage{LogOn{.token = std::string(64 * 1024 + 1, 'x')}}));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().field, "body.token");
  EXPECT_NE(got.error().en.find("too much text"), std::string::npos);
  EXPECT_NE(got.error().zh.find("文字过多"), std::string::npos);

  // one text named a thousand times: a small frame that would become a large message
  flatbuffers::FlatBufferBuilder b;
  const auto text = b.CreateString(std::string(8'000, 'x'));
  std::vector<flatbuffers::Offset<flatbuffers::Table>> all;
  for (int i = 0; i < 1'000; ++i) {
    const auto start = b.StartTable();
    b.AddOffset(4, text);
    b.AddElement<int64_t>(6, 1);
    b.AddElement<uint8_t>(8, 1);
    all.emplace_back(b.EndTable(start));
  }
  const auto list = b.CreateVector(all);
  const auto start = b.StartTable();  // EnterPlots
  b.AddElement<uint32_t>(4, 330182);
  b.AddOffset(6, text);
  b.AddOffset(8, list);
  const auto command = b.EndTable(start);
  const auto submit = b.StartTable();
  b.AddElement<uint64_t>(4, 5);
  b.AddElement<uint64_t>(6, 1);
  b.AddElement<uint8_t>(8, 11);
  b.AddOffset(10, flatbuffers::Offset<void>{command});
  const auto body = b.EndTable(submit);
  const auto root = b.StartTable();
  b.AddElement<uint8_t>(4, 2);
  b.AddOffset(6, flatbuffers::Offset<void>{body});
  b.Finish(flatbuffers::Offset<flatbuffers::Table>{b.EndTable(root)});
  ASSERT_LT(b.GetSize(), 64u * 1024);
  const auto grown = decode_client({reinterpret_cast<const char*>(b.GetBufferPointer()), b.GetSize()});
  ASSERT_FALSE(grown);
  EXPECT_EQ(grown.error().field, "body.command.plots.plot");
  EXPECT_NE(grown.error().en.find("too much text"), std::string::npos) << grown.error().en;
}

// ---- bytes that changed ----

/// An error must be sayable: the Problem that carries it is itself a message.
void can_be_told(Json& json, const BadMessage& bad) {
  const ServerMessage problem{
      Problem{.code = ProblemCode::malformed, .field = bad.field, .zh = bad.zh, .en = bad.en, .counter = {}, .id = {}}};
  EXPECT_FALSE(bad.en.empty() || bad.zh.empty());
  EXPECT_TRUE(decode_server(encode(problem))) << bad.en;
  EXPECT_TRUE(json.decode_server(json.encode(problem))) << bad.en;
}

std::vector<ClientMessage> some_messages() {
  using namespace engine;
  std::vector<ClientMessage> out{
      {LogOn{.token = "a token 亩"}},
      {Subscribe{}},
      {Ask{.id = 3, .query = query::GetHoldings{.participant = District::code(330182)}}},
      {Submit{.client_key = {5},
              .counter = {7},
              .command = command::PublishPrice{.instrument = Instrument::supplementary_area,
                                               .rate = Rate::yuan_per_mu(200'000),
                                               .from = *Day::ymd(2024, 1, 1),
                                               .until = *Day::ymd(2024, 12, 31),
                                               .document = "杭规划资源发〔2024〕1号",
                                               .approver = "市局"}}},
      {Submit{.client_key = {5},
              .counter = {8},
              .command = command::ProposeDeal{.seller = District::code(330182),
                                              .buyer = District::code(330110),
                                              .legs = {{.instrument = Instrument::supplementary_area,
                                                        .quantity = Quantity::from_raw(60'000),
                                                        .price = Rate::yuan_per_mu(200'000)},
                                                       {.instrument = Instrument::supplementary_paddy,
                                                        .quantity = Quantity::from_raw(10'000),
                                                        .price = std::nullopt}}}}},
      plots(3, "P"),
  };
  return out;
}

TEST(WireBytes, EveryChangeOfOneByteIsAMessageOrAnErrorThatCanBeTold) {
  Json json;
  size_t messages = 0, errors = 0;
  std::set<std::string> told;
  for (const auto& message : some_messages()) {
    const std::string good = encode(message);
    for (size_t at = 0; at < good.size(); ++at)
      for (unsigned change = 1; change < 256; ++change) {
        std::string bytes = good;
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ change);
        const auto got = decode_client(bytes);
        if (got) {
          ++messages;
          const auto again = decode_client(encode(*got));
          ASSERT_TRUE(again) << why(again.error());
          ASSERT_EQ(canonical(*again), canonical(*got));
        } else {
          ++errors;
          if (told.insert(why(got.error())).second) can_be_told(json, got.error());
        }
      }
  }
  EXPECT_GT(messages, 1'000u);
  EXPECT_GT(errors, 100'000u);
}

TEST(WireBytes, EveryBufferCutShortIsAnErrorAndSoAreRandomBytes) {
  Json json;
  Random r{6};
  for (const auto& message : some_messages()) {
    const std::string good = encode(message);
    for (size_t length = 0; length < good.size(); ++length) {
      // a copy of exactly this length, so that a sanitizer sees a read beyond it
      const std::vector<char> cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
      const auto got = decode_client({cut.data(), cut.size()});
      if (got) {
        EXPECT_EQ(canonical(*got), canonical(message)) << "only padding may be cut away";
      }
    }
    EXPECT_TRUE(decode_client(good));
    for (int i = 0; i < 2'000; ++i) {  // several bytes at once
      std::string bytes = good;
      for (auto n = 2 + r.below(5); n > 0; --n) bytes[r.below(bytes.size())] = static_cast<char>(r.next());
      const auto got = decode_client(bytes);
      EXPECT_TRUE(!got || decode_client(encode(*got)));
    }
  }
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes(r.below(96), '\0');
    for (auto& c : bytes) c = static_cast<char>(r.next());
    EXPECT_FALSE(decode_client(bytes));
    EXPECT_FALSE(decode_record(bytes));
    EXPECT_FALSE(decode_server(bytes));
    EXPECT_FALSE(json.decode_client(bytes));
  }
}

TEST(WireBytes, ChangedJsonIsAMessageOrAnErrorThatCanBeToldAndTheNextMessageIsReadAsEver) {
  Json json;
  Random r{7};
  std::set<std::string> told;
  size_t messages = 0, errors = 0;
  const std::string characters = std::string{"\"\\{}[],:0-9eE.xu/*'tfn \n\t"} + "\x01\x7f\x80\xc3\xe4\xf0\xff";
  for (const auto& message : some_messages()) {
    const std::string good = json.encode(message), sent = canonical(message);
    for (size_t at = 0; at < good.size(); ++at)
      for (int i = 0; i < 12; ++i) {
        std::string text = good;
        const char c = characters[r.below(characters.size())];
        switch (r.below(4)) {
          case 0:
            text.insert(at, 1, c);
            break;
          case 1:
            text.erase(at, 1 + r.below(6));
            break;
          default:
            text[at] = c;
        }
        if (const auto got = json.decode_client(text)) {
          ++messages;
          ASSERT_NO_FATAL_FAILURE(round_trip(json, *got)) << text;
        } else {
          ++errors;
          if (told.size() < 3'000 && told.insert(why(got.error())).second) can_be_told(json, got.error());
        }
      }
    const auto got = json.decode_client(good);
    ASSERT_TRUE(got) << why(got.error());
    EXPECT_EQ(canonical(*got), sent);
    for (size_t length = 0; length < good.size(); ++length) EXPECT_FALSE(json.decode_client(good.substr(0, length)));
  }
  EXPECT_GT(messages, 100u);
  EXPECT_GT(errors, 5'000u);
}

// ---- JSON ----

TEST(WireJson, ReadsWhatAPersonWouldWrite) {
  Json json;
  const auto first = json.decode_client(order_json());
  ASSERT_TRUE(first) << why(first.error());
  const std::string same = canonical(*first);
  for (const std::string& text :
       {order_json(R"("price":200000,"quantity":60000,"side":"buy","instrument":"supplementary_area")"),
        order_json(R"("instrument":1,"side":1,"quantity":60000,"price":200000)"),
        order_json(
            "\n \"instrument\" : \"supplementary_area\" ,\t\"side\":\"buy\",\"quantity\":60000,\"price\":200000"),
        // taken by the parser beyond JSON; harmless, since the number is the same (gateway.md §4)
        order_json(R"("instrument":"supplementary_area","side":"buy","quantity":0xEA60,"price":200000)"),
        order_json(R"("instrument":"supplementary_area","side":"buy","quantity":"60000","price":"200000")")}) {
    const auto got = json.decode_client(text);
    ASSERT_TRUE(got) << why(got.error()) << text;
    EXPECT_EQ(canonical(*got), same) << text;
  }
  const auto null = json.decode_client(R"({"body_type":"Ask","body":{"id":1,"query_type":"GetOrders","query":{)"
                                       R"("participant":null}}})");
  ASSERT_TRUE(null) << why(null.error());
  EXPECT_FALSE(std::get<engine::query::GetOrders>(std::get<Ask>(null->body).query).participant);
}

TEST(WireJson, RefusesWhatIsNotTheMessageItSeems) {
  Json json;
  const auto refused = [&](const std::string& text) {
    const auto got = json.decode_client(text);
    EXPECT_FALSE(got) << text;
    if (!got) {
      EXPECT_TRUE(got.error().zh.starts_with("不是有效的 JSON 消息：") || !got.error().field.empty()) << got.error().zh;
      can_be_told(json, got.error());
    }
  };
  const std::string rest = R"("instrument":"supplementary_area","side":"buy",)";
  refused(order_json(rest + R"("quantity":60000,"price":200000,"colour":1)"));     // unknown member
  refused(order_json(rest + R"("quantity":60000,"price":200000,"price":1)"));      // twice
  refused(order_json(rest + R"("quantity":60000.0,"price":200000)"));              // a float
  refused(order_json(rest + R"("quantity":6e4,"price":200000)"));                  // a float
  refused(order_json(rest + R"("quantity":"6e4","price":200000)"));                // a float in quotes
  refused(order_json(rest + R"("quantity":9223372036854775808,"price":200000)"));  // 2^63
  refused(order_json(rest + R"("quantity":99999999999999999999,"price":200000)"));
  refused(order_json(rest + R"("quantity":null,"price":200000)"));
  refused(order_json(rest + R"("quantity":60000,"price":"")"));
  refused(order_json(R"("instrument":"gold","side":"buy","quantity":60000,"price":200000)"));
  refused(order_json(R"("instrument":256,"side":"buy","quantity":60000,"price":200000)"));
  refused(order_json(R"("instrument":-1,"side":"buy","quantity":60000,"price":200000)"));
  refused(order_json(rest + R"("quantity":60000,"price":200000,)"));  // trailing comma
  refused(order_json() + "x");
  refused(order_json() + order_json());
  refused(order_json() + std::string(1, '\0'));
  refused(order_json() + std::string{"\0garbage", 8});
  refused("");
  refused("[]");
  refused("1");
  refused("null");
  refused(R"("text")");
  refused(R"({"body_type":"Delete","body":{}})");
  refused(R"({"body_type":9,"body":{}})");
  refused(R"({"body_type":"Welcome","body":{}})");  // the other direction
  refused(R"({"body_type":"LogOn","body":{"token":"a\u0000b"}})");
  refused(R"({"body_type":"LogOn","body":{"token":"\ud800"}})");
  refused(R"({"body_type":"LogOn","body":{"token":"\xff"}})");
  refused("{\"body_type\":\"LogOn\",\"body\":{\"token\":\"\xff\"}}");
  refused(R"({"body_type":"LogOn","body":{"token":7}})");
  refused(R"({"body_type":"LogOn","body":{"token":["a"]}})");
  refused(R"({"body_type":"LogOn","body":{"token":{"a":1}}})");
  refused(R"({body_type:"LogOn","body":{"token":"t"}})");  // a name without quotes
  for (const char* bracket : {"[", "{\"a\":", "{\"body_type\":\"Submit\",\"body\":", "\"", "/*", "//"})
    for (const size_t depth : {100u, 10'000u, 60'000u}) {
      std::string deep;
      while (deep.size() < depth) deep += bracket;
      refused(deep);
      refused(R"({"body_type":"LogOn","body":{"token":)" + deep);
    }
  EXPECT_TRUE(json.decode_client(order_json())) << "after all that";
}

TEST(WireJson, RefusedTextsLeaveNothingBehind) {
  Json json;
  std::string bad = R"({"body_type":"Submit","body":{"client_key":5,"counter":1,"command_type":"EnterPlots",)"
                    R"("command":{"county":1,"document":"d","plots":[)";
  while (bad.size() < 60'000) bad += "{},";
  bad += "{";
  const auto in_use = [] { return mallinfo2().uordblks + mallinfo2().hblkhd; };
  const size_t before = in_use();
  for (int i = 0; i < 80; ++i) EXPECT_FALSE(json.decode_client(bad));
  EXPECT_LT(in_use(), before + (size_t{64} << 20)) << "a client could fill the memory with such messages";
}

}  // namespace
}  // namespace landex::wire
