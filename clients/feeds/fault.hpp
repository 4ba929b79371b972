// fault.hpp: what is wrong in a feed: where, which field, which value, and what to do about it, in both languages. All
// faults of a file are told, not the first only, so that the sender corrects it once.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace landex::feeds {

struct Fault {
  std::string file = {};
  size_t line = 0;         // from 1; 0: the file as a whole
  std::string field = {};  // the column's name; empty: the record or the file
  std::string value = {};  // as it stands there
  std::string zh = {}, en = {};
  std::string remedy_zh = {}, remedy_en = {};
};
using Faults = std::vector<Fault>;

/// "FILE:LINE: FIELD = 'VALUE'", then what is wrong and what to do, in both languages. Control characters are not
/// printed, and a long value is cut: text of others must not steer one's terminal.
std::string text_of(const Fault& f);

}  // namespace landex::feeds
