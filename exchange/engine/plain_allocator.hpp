// plain_allocator.hpp: memory for a vector of variants most of whose alternatives are plain data. Destroying a variant
// is an indirect call, which the processor guesses wrong as often as the kinds alternate: four for one order. Plain
// data needs no destructor, so here only the others are called.
#pragma once
#include <array>
#include <boost/mp11.hpp>
#include <memory>
#include <type_traits>
#include <variant>

namespace landex::engine {

template <class Variant>
struct PlainAllocator : std::allocator<Variant> {
  using List = typename Variant::Alternatives;
  static constexpr auto kPlain = [] {
    std::array<bool, std::variant_size_v<List>> plain{};
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<std::variant_size_v<List>>>(
        [&plain](auto n) { plain[n] = std::is_trivially_destructible_v<std::variant_alternative_t<n, List>>; });
    return plain;
  }();

  template <class Other>
  struct rebind {
    using other = PlainAllocator<Other>;
  };
  void destroy(Variant* v) {
    if (v->valueless_by_exception() || !kPlain[v->index()]) std::destroy_at(v);
  }
};

}  // namespace landex::engine
