// A visitor that forgets one command does not compile, so a new command shows every place that must know it.
// expect: no type named 'type' in 'struct std::invoke_result
#include <concepts>

#include "exchange/engine/command.hpp"

using namespace landex::engine;

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

int handle(const Command& c) {
  return std::visit(Overloaded{
#ifndef MISUSE
      [](const command::Withdraw&) { return 1; },
#endif
      []<class C>(const C&)
        requires(!std::same_as<C, command::Withdraw>)
      { return 0; }},
      c);
}
