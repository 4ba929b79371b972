// print.hpp: how things look on a terminal: tables whose columns hold Chinese, and one line for one event.
#pragma once
#include <string>
#include <vector>

#include "exchange/wire/messages.hpp"
#include "exchange/wire/refusal_text.hpp"

namespace landex::terminal {

/// Without control characters: text of others must not steer one's terminal.
std::string plain(std::string text);

enum class Align : uint8_t { left, right };

/// Columns are as wide as their widest cell, counted in terminal cells (a Chinese character takes two).
class Table {
 public:
  void column(std::string title, Align align = Align::left) { titles_.push_back({std::move(title), align}); }
  void row(std::vector<std::string> cells) {
    for (auto& c : cells) c = plain(std::move(c));
    rows_.push_back(std::move(cells));
  }
  bool empty() const { return rows_.empty(); }
  std::string text() const;

 private:
  struct Title {
    std::string text;
    Align align;
  };
  std::vector<Title> titles_;
  std::vector<std::vector<std::string>> rows_;
};

/// Cells that a text takes on a terminal, whatever the locale of the process.
size_t cells(const std::string& text);

/// Names as this program writes them.
struct Names {
  wire::PlaceNames places;
  std::string place(District d) const;  // "建德市 Jiande"
  std::string zh(District d) const;
};

std::string instrument_zh(Instrument i);
std::string side_zh(Side s);
std::string state_zh(engine::DealState s);

/// One event as a sentence in both languages; empty for ledger entries that the sentence before already tells.
std::string line_of(const engine::Event& e, const Names& names);

/// A refusal as the user sees it: rule, both languages, way out.
std::string refusal_text(const wire::ToldRefusal& r);

}  // namespace landex::terminal
