// faults.hpp: what is wrong in scenario files, collected while they are read, so that an analyst sees all of it at
// once. Of a chain of files the base's come first; within one, by line. Pure.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clients/simulator/scenario/scenario_file.hpp"

namespace landex::simulator {

/// Line 0: the file as a whole.
struct FilePlace {
  std::string file;
  int line = 0;
};

class Faults {
 public:
  void add(const FilePlace& at, std::string field, std::string value, std::string zh, std::string en) {
    found_.push_back({.file = at.file,
                      .line = at.line,
                      .field = std::move(field),
                      .value = std::move(value),
                      .zh = std::move(zh),
                      .en = std::move(en)});
  }
  bool none() const { return found_.empty(); }
  ScenarioFaults in_order() && {
    std::vector<std::string> files;  // in the order in which they were found wanting
    const auto number = [&](const std::string& f) {
      const auto at = std::ranges::find(files, f);
      const auto n = at - files.begin();
      if (at == files.end()) files.push_back(f);
      return n;
    };
    std::vector<std::pair<std::pair<ptrdiff_t, int>, ScenarioFault>> keyed;
    for (auto& f : found_) {
      const auto file = number(f.file);
      keyed.push_back({{file, f.line}, std::move(f)});
    }
    std::ranges::stable_sort(keyed, {}, &decltype(keyed)::value_type::first);
    ScenarioFaults out;
    for (auto& [key, f] : keyed) out.push_back(std::move(f));
    return out;
  }

 private:
  ScenarioFaults found_;
};

/// The known name that is nearest to what was written, by the fewest letters changed; empty if none is near.
std::string nearest(std::string_view written, std::span<const std::string_view> known);

}  // namespace landex::simulator
