// lazy_array.hpp: a fixed array whose pages the system hands out, zeroed, when they are first touched. So the most that
// a market may ever hold is asked for once, at the start, and what is not used costs nothing. All zero bytes must be
// the empty value of T.
#pragma once
#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace landex::matching {

template <class T>
  requires std::is_trivially_copyable_v<T>
class LazyArray {
 public:
  LazyArray() = default;
  explicit LazyArray(size_t n) : size_{n} {
    if (n == 0) return;
    // Not calloc: once a large array has been freed, it takes the next one from memory in use and clears it by hand.
    void* p = ::mmap(nullptr, bytes(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) throw std::bad_alloc{};  // at the start, never later
    data_ = static_cast<T*>(p);
  }
  LazyArray(LazyArray&& other) noexcept
      : data_{std::exchange(other.data_, nullptr)}, size_{std::exchange(other.size_, 0)} {}
  LazyArray& operator=(LazyArray&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~LazyArray() {
    if (data_) ::munmap(data_, bytes());
  }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

 private:
  size_t bytes() const { return size_ * sizeof(T); }

  T* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace landex::matching
