// digest.hpp: what names a text for ever: of a scenario, of the policy files' values, of a state.
#pragma once
#include <string>
#include <string_view>

namespace landex::simulator {

/// SHA-256 of these bytes, 64 hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace landex::simulator
