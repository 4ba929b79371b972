// print.hpp: how things look on a terminal: tables whose columns hold Chinese, names and amounts with their units.
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
std::string phase_zh(matching::Phase p);
std::string state_zh(engine::ProjectState s);
std::string conflict_zh(clearing::ConflictKind k);
std::string place_zh(engine::Place p);
std::string class_zh(ParticipantClass c);
std::string stage_zh(matching::SealedStage s);
std::string stage_zh(matching::AscendingStage s);
std::string standing_zh(matching::SealedStanding s);
std::string state_zh(engine::ProposalState s);
std::string state_zh(clearing::AdvanceState s);
std::string step_zh(policy::StepKind s);
std::string subject_zh(policy::SubjectKind s);
std::string tier_zh(clearing::Tier t);
std::string parts_of(const Components& c);                          // "10.0000 亩 mu，水田 paddy 5.0000"
std::string lot_of(const std::vector<engine::command::Leg>& legs);  // "数量 10.0000 亩 @ 20.00 万元/亩 + …"
std::string amount_of(Instrument i, Quantity q);                    // "10.0000 亩"
std::string price_of(Instrument i, Price p);                        // "20.50 万元/亩"
std::string clock_of(Instant at);                                   // Beijing, "14:30:00"
std::string moment_of(Instant at);                                  // with its day, "2024-06-03 14:30:00"

/// A refusal as the user sees it: rule, both languages, way out.
std::string refusal_text(const wire::ToldRefusal& r);

}  // namespace landex::terminal
