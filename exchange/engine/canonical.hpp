// canonical.hpp: one byte string for one value, on every machine: what state hashes and event digests are made of.
// FORMAT 1: integers little-endian in the width of their type; bool and optional presence as one byte; strings,
// vectors, deques and maps as a 64-bit count and their elements in order; arrays without a count; a variant as its
// index (8 bit) and its value; a described struct as its members in order. Layouts of FlatBuffers are never hashed:
// builders differ.
#pragma once
#include <array>
#include <concepts>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "exchange/engine/described.hpp"
#include "exchange/engine/state.hpp"

namespace landex::engine {

inline constexpr uint32_t kCanonicalFormat = 1;

/// Appends values to a byte string.
class Canonical {
 public:
  explicit Canonical(std::string& out) : out_{out} {}

  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void operator()(T v) {
    if constexpr (std::is_enum_v<T>) {
      (*this)(std::to_underlying(v));
    } else {
      auto u = static_cast<uint64_t>(v);
      for (size_t i = 0; i < sizeof(T); ++i, u >>= 8) out_.push_back(static_cast<char>(u & 0xff));
    }
  }
  template <class T>
    requires requires(const T& t) { t.raw(); }
  void operator()(const T& t) {
    (*this)(t.raw());
  }
  void operator()(const std::string& s) {
    (*this)(uint64_t{s.size()});
    out_ += s;
  }
  template <class T>
  void operator()(const std::optional<T>& o) {
    (*this)(static_cast<uint8_t>(o.has_value()));
    if (o) (*this)(*o);
  }
  template <class T, size_t N>
  void operator()(const std::array<T, N>& a) {
    for (const auto& e : a) (*this)(e);
  }
  template <class T>
  void operator()(const std::vector<T>& v) {
    sequence(v);
  }
  template <class T>
  void operator()(const std::deque<T>& v) {
    sequence(v);
  }
  template <class K, class V>
  void operator()(const std::map<K, V>& m) {
    (*this)(uint64_t{m.size()});
    for (const auto& [k, v] : m) {
      (*this)(k);
      (*this)(v);
    }
  }
  template <class... Ts>
  void operator()(const std::tuple<Ts...>& t) {
    std::apply([this](const auto&... e) { ((*this)(e), ...); }, t);
  }
  template <class... Ts>
  void operator()(const std::variant<Ts...>& v) {
    (*this)(static_cast<uint8_t>(v.index()));
    std::visit([this](const auto& e) { (*this)(e); }, v);
  }
  template <Described T>
  void operator()(const T& t) {
    for_each_member(t, [this](std::string_view, const auto& member) { (*this)(member); });
  }

 private:
  void sequence(const auto& v) {
    (*this)(uint64_t{v.size()});
    for (const auto& e : v) (*this)(e);
  }
  std::string& out_;
};

}  // namespace landex::engine
