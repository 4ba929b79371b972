// canonical.hpp: one byte string for one value, on every machine: what state hashes and event digests are made of.
// FORMAT 3: integers little-endian in the width of their type; bool and optional presence as one byte; strings,
// vectors and maps as a 64-bit count and their elements in order; arrays without a count; a variant as its index (8
// bit) and its value; a described struct as its members in order; the ledger as its accounts by code; streams by key;
// books as their orders in priority; lots as their slices by owner, instrument, place and filing.
// Nothing that only tells where something is kept (seats, hashes, rings) is encoded. Layouts of FlatBuffers are never
// hashed: builders differ. (Format 1 told the purses in another order, and a hold for each order; format 2 had neither
// lots nor what the registry may undo.)
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "exchange/engine/described.hpp"
#include "exchange/engine/state.hpp"

namespace landex::engine {

inline constexpr uint32_t kCanonicalFormat = 3;

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
      std::array<char, sizeof(T)> bytes;
      auto u = static_cast<uint64_t>(v);
      for (char& byte : bytes) {
        byte = static_cast<char>(u & 0xff);
        u >>= 8;
      }
      out_.append(bytes.data(), bytes.size());
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
  template <class T, class Allocator>
  void operator()(const std::vector<T, Allocator>& v) {
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
  template <class T>
  void operator()(const std::set<T>& v) {
    sequence(v);
  }
  /// The orders of every book, each side in priority, and the last price; where an order lies is not told.
  void operator()(const matching::Books& books) {
    for (const Instrument i : kInstruments) {
      for (const Side side : {Side::buy, Side::sell}) {
        std::vector<matching::Resting> orders;
        books.for_each_order(book_of(i), side, [&](const matching::Resting& r) { orders.push_back(r); });
        sequence(orders);
      }
      (*this)(books.last_price(book_of(i)));
    }
  }
  void operator()(const clearing::Ledger& l) { sequence(l.accounts()); }
  void operator()(const clearing::Lots& lots) {
    uint64_t slices = 0;
    lots.for_each([&](District, Instrument, Place, const clearing::Slice&) { ++slices; });
    (*this)(slices);
    lots.for_each([&](District owner, Instrument i, Place place, const clearing::Slice& slice) {
      (*this)(owner);
      (*this)(i);
      (*this)(place);
      (*this)(slice);
    });
  }
  void operator()(const Stream& s) {
    (*this)(s.highest);
    (*this)(uint64_t{s.window.size()});
    for (size_t n = 0; n < s.window.size(); ++n) {
      const Window::Result result = s.window[n];
      (*this)(result.counter);
      (*this)(result.seq);
      (*this)(result.command);
      (*this)(result.refusal);
    }
  }
  void operator()(const Streams& streams) {
    std::vector<StreamKey> keys;
    for (const auto& [key, stream] : streams) keys.push_back(key);
    std::ranges::sort(keys);
    (*this)(uint64_t{keys.size()});
    for (const StreamKey& key : keys) {
      (*this)(key);
      (*this)(streams.at(key));
    }
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
