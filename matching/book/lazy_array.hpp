// lazy_array.hpp: a fixed array whose pages the system hands out, zeroed, when they are first touched. So the most that
// a market may ever hold is asked for once, at the start, and what is not used costs nothing. All zero bytes must be
// the empty value of T.
#pragma once
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace landex::matching {

template <class T>
  requires std::is_trivially_copyable_v<T>
class LazyArray {
 public:
  LazyArray() = default;
  explicit LazyArray(size_t n) : data_{static_cast<T*>(std::calloc(n, sizeof(T)))} {
    if (!data_) throw std::bad_alloc{};  // at the start, never later
  }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

 private:
  struct Free {
    void operator()(T* p) const { std::free(p); }
  };
  std::unique_ptr<T[], Free> data_;
};

}  // namespace landex::matching
