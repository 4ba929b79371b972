#include "clients/simulator/scenario/toml_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <sstream>

namespace landex::simulator {
namespace {

/// Letters changed, added or left out between the two (Levenshtein).
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0u);
  for (size_t i = 0; i < a.size(); ++i) {
    size_t corner = row[0]++;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t changed = corner + (a[i] == b[j] ? 0u : 1u);
      corner = row[j + 1];
      row[j + 1] = std::min({changed, corner + 1, row[j] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view written, std::span<const std::string_view> known) {
  const auto at = std::ranges::min_element(known, {}, [&](auto k) { return distance(written, k); });
  return at != known.end() && distance(written, *at) <= std::max<size_t>(2, written.size() / 3) ? std::string{*at} : "";
}

std::string shown(double x) { return fmt::format("{}", x); }

std::string shown(const toml::node& node) {
  if (const auto* s = node.as_string()) return s->get();
  if (node.is_table() || (node.is_array() && node.as_array()->is_homogeneous<toml::table>())) return "";
  if (const auto* x = node.as_floating_point()) return shown(x->get());  // "0.1", not every digit of the double
  std::ostringstream out;
  out << toml::node_view<const toml::node>{&node};
  return out.str();
}

std::string TomlTable::field(std::string_view key) const {
  return prefix_.empty() ? std::string{key} : fmt::format("{}.{}", prefix_, key);
}

void TomlTable::allow(std::span<const std::string_view> keys) const {
  for (const auto& [key, node] : *table_) {
    if (std::ranges::find(keys, key.str()) != keys.end()) continue;
    const auto near = nearest(key.str(), keys);
    faults_->add({file_, static_cast<int>(key.source().begin.line)}, field(key.str()), shown(node),
                 fmt::format("不认识的键：{}此处可用 {}",
                             near.empty() ? "请删去；" : fmt::format("是否应为 {}？", near), fmt::join(keys, "、")),
                 fmt::format("unknown key: {}; known here: {}",
                             near.empty() ? "remove it" : fmt::format("did you mean {}", near), fmt::join(keys, ", ")));
  }
}

void TomlTable::missing(std::string_view key, std::string_view example) const {
  faults_->add(place(), field(key), "", fmt::format("缺少此键：请添加 {} = {}", key, example),
               fmt::format("missing: add {} = {}", key, example));
}

std::optional<std::string> TomlTable::text(std::string_view key, std::string_view example) const {
  const auto* node = table_->get(key);
  if (!node) {
    missing(key, example);
    return std::nullopt;
  }
  const auto* s = node->as_string();
  if (!s) {
    fault(key, fmt::format("应为双引号中的文字：请写 {} = {}", key, example),
          fmt::format("must be text in double quotes: write {} = {}", key, example));
    return std::nullopt;
  }
  if (s->get().find_first_not_of(" \t\r\n") == std::string::npos) {
    fault(key, fmt::format("为空：请写 {} = {}", key, example), fmt::format("is empty: write {} = {}", key, example));
    return std::nullopt;
  }
  return s->get();
}

std::optional<double> TomlTable::number(std::string_view key, const Bounds& bounds) const {
  const auto* node = table_->get(key);
  if (!node) {
    missing(key, fmt::format("… ({} – {}, {})", bounds.low, bounds.high, bounds.unit));
    return std::nullopt;
  }
  return number_of(*node, key, bounds);
}

std::optional<double> TomlTable::number_of(const toml::node& node, std::string_view key, const Bounds& bounds) const {
  const auto refuse = [&](std::string zh, std::string en) -> std::optional<double> {
    faults_->add({file_, line_of(node)}, field(key), shown(node), std::move(zh), std::move(en));
    return std::nullopt;
  };
  if (node.is_string()) return refuse("是文字，应为数字：请去掉引号", "is text, not a number: remove the quotes");
  if (!node.is_number())
    return refuse(fmt::format("应为数字：请填 {} 至 {}（{}）", bounds.low, bounds.high, bounds.unit),
                  fmt::format("must be a number: write {} to {} ({})", bounds.low, bounds.high, bounds.unit));
  const double x = *node.value<double>();
  if (!std::isfinite(x))
    return refuse(fmt::format("不是有限数：请填 {} 至 {}（{}）", bounds.low, bounds.high, bounds.unit),
                  fmt::format("is not finite: write {} to {} ({})", bounds.low, bounds.high, bounds.unit));
  if (x < bounds.low || x > bounds.high)
    return refuse(fmt::format("超出范围：请填 {} 至 {}（{}）", bounds.low, bounds.high, bounds.unit),
                  fmt::format("out of bounds: write {} to {} ({})", bounds.low, bounds.high, bounds.unit));
  if (bounds.whole && x != std::floor(x))
    return refuse(fmt::format("应为整数：请填 {} 至 {} 的整数", bounds.low, bounds.high),
                  fmt::format("must be whole: write a whole number from {} to {}", bounds.low, bounds.high));
  return x;
}

std::optional<Day> TomlTable::day(std::string_view key) const {
  const auto* node = table_->get(key);
  if (!node) {
    missing(key, "2024-01-08");
    return std::nullopt;
  }
  const auto* d = node->as_date();
  const auto found = d ? Day::ymd(d->get().year, d->get().month, d->get().day) : std::nullopt;
  if (!found) fault(key, "应为日期：请写 2024-01-08，不带引号", "must be a date: write 2024-01-08, without quotes");
  return found;
}

std::optional<std::vector<std::string>> TomlTable::texts(std::string_view key) const {
  const auto* node = table_->get(key);
  const auto* list = node ? node->as_array() : nullptr;
  if (!list || (!list->empty() && !list->is_homogeneous<std::string>())) {
    fault(key, fmt::format("应为文字列表：请写 {} = [\"…\", \"…\"]", key),
          fmt::format("must be a list of texts: write {} = [\"…\", \"…\"]", key));
    return std::nullopt;
  }
  std::vector<std::string> out;
  for (const auto& n : *list) out.push_back(n.as_string()->get());
  return out;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) const {
  const auto* node = table_->get(key);
  if (!node) return std::nullopt;
  if (const auto* t = node->as_table()) return TomlTable{*t, file_, field(key), *faults_};
  fault(key, fmt::format("应为表：请写 [{}]", field(key)), fmt::format("must be a table: write [{}]", field(key)));
  return std::nullopt;
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
  std::vector<TomlTable> out;
  const auto* node = table_->get(key);
  if (!node) return out;
  const auto* list = node->as_array();
  if (!list || (!list->empty() && !list->is_homogeneous<toml::table>())) {
    fault(key, fmt::format("应为一组表：请在每一个之前写 [[{}]]", key),
          fmt::format("must be a list of tables: write [[{}]] before each", key));
    return out;
  }
  for (size_t i = 0; i < list->size(); ++i)
    out.emplace_back(*list->get(i)->as_table(), file_, fmt::format("{}[{}]", field(key), i + 1), *faults_);
  return out;
}

}  // namespace landex::simulator
