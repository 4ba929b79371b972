#include "tests/run_script.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <sstream>

#include "tests/market_words.hpp"

namespace landex::script {
namespace {

namespace cmd = engine::command;
namespace ev = engine::event;

/// The words of one line, read from the left.
class Reading {
 public:
  Reading(Governments& g, Words words) : g_{g}, words_{std::move(words)} {}
  bool more() const { return at_ < words_.size(); }
  std::string next(const char* what) {
    if (!more()) throw NotUnderstood{std::string{"lacks: "} + what};
    return words_[at_++];
  }
  bool take(std::string_view word) {
    if (!more() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  Fen money() {
    std::string digits;
    while (more() && is_number(words_[at_])) digits += words_[at_++];
    const auto unit = next("yuan or wan");
    return Fen::fen(checked_mul(number(digits, 2), unit == "wan" ? 10'000 : 1));
  }
  Area area() { return Area::from_raw(number(next("mu"), 4)); }
  uint16_t year() { return static_cast<uint16_t>(number(next("year"), 0)); }
  uint64_t named() {
    const auto w = next("name");
    const auto at = g_.names.find(w);
    if (at == g_.names.end()) throw NotUnderstood{"nothing is named " + w};
    return at->second;
  }
  void done() const {
    if (more()) throw NotUnderstood{"left over: " + words_[at_]};
  }

 private:
  Governments& g_;
  Words words_;
  size_t at_ = 0;
};

clearing::ProtectionFact protection_fact(Reading r) {
  clearing::ProtectionFact f{};
  f.county = place(r.next("place"));
  f.grade = value_named<clearing::AssessmentGrade>(r.next("grade"));
  f.cultivated = r.area();
  while (r.more()) {
    const auto what = r.next("what");
    const Area area = r.area();
    if (what == "non_agricultural")
      f.non_agricultural = area;
    else if (what == "non_grain")
      f.non_grain = area;
    else if (what == "abandoned")
      f.abandoned = area;
    else if (what == "rice")
      f.rice = area;
    else
      throw NotUnderstood{"not a figure: " + what};
  }
  return f;
}

clearing::PbfFact pbf_fact(Reading r) {
  clearing::PbfFact f{};
  f.county = place(r.next("place"));
  f.pbf = r.area();
  if (!r.take("of")) throw NotUnderstood{"of what?"};
  f.cultivated = r.area();
  if (!r.take("of")) throw NotUnderstood{"of what?"};
  f.land = r.area();
  r.done();
  return f;
}

clearing::AwardFact award_fact(Reading r) {
  clearing::AwardFact f{};
  f.county = place(r.next("place"));
  f.project = r.next("project");
  f.base = r.money();
  f.document = "公示";
  r.done();
  return f;
}

class Speaker {
 public:
  Speaker(Governments& g, const std::vector<Words>& facts) : g_{g}, facts_{facts} {}

  std::optional<engine::Command> command(Reading& r, const std::string& verb) {
    if (verb == "earmark") {
      cmd::EarmarkFund c{};
      c.fund = value_named<clearing::Fund>(r.next("fund"));
      c.amount = r.money();
      c.back = r.take("back");
      c.document = "拨款单";
      return c;
    }
    if (verb == "standard") {
      cmd::PublishStandard c{};
      c.kind = value_named<clearing::StandardKind>(r.next("kind"));
      c.year = r.year();
      c.rate = Rate::yuan_per_mu(number(r.next("yuan per mu"), 0));
      c.document = "文号";
      c.approver = "市政府";
      return c;
    }
    if (verb == "revoke") return cmd::RevokeStandard{.standard = {r.named()}, .document = "文号"};
    if (verb == "reckon") return cmd::ReckonRun{.reckoning = reckoning(r), .document = "测算表"};
    if (verb == "reverse")
      return cmd::ReckonRun{.reckoning = clearing::ReversalRun{.run = {r.named()}}, .document = "冲正函"};
    if (verb == "execute") return cmd::ExecuteRun{.run = {r.named()}, .document = "付款单"};
    if (verb == "ask") {
      if (!r.take("execute")) throw NotUnderstood{"only execute is asked for"};
      return cmd::Propose{
          .subject = cmd::ExecuteRun{.run = {r.named()}, .document = "付款单"}, .reason = "年度结算", .document = {}};
    }
    if (verb == "pass" && r.more()) {
      cmd::DecideProposal c{};
      c.proposal = {r.named()};
      c.verdict = engine::StepVerdict::pass;
      c.document = "批文";
      return c;
    }
    return std::nullopt;
  }

 private:
  clearing::Reckoning reckoning(Reading& r) {
    const auto kind = value_named<clearing::RunKind>(r.next("kind of run"));
    const uint16_t year = r.year();
    const auto rows = [&](auto read) {
      std::vector<decltype(read(Reading{g_, {}}))> out;
      for (const auto& words : facts_) out.push_back(read(Reading{g_, words}));
      return out;
    };
    switch (kind) {
      case clearing::RunKind::protection:
        if (!r.take("budget")) throw NotUnderstood{"without a budget"};
        return clearing::ProtectionRun{.year = year, .budget = r.money(), .counties = rows(protection_fact)};
      case clearing::RunKind::pbf:
        return clearing::PbfRun{.year = year, .counties = rows(pbf_fact)};
      case clearing::RunKind::restoration:
        return clearing::RestorationRun{.year = year};
      case clearing::RunKind::enclave:
        return clearing::EnclaveRun{.year = year};
      case clearing::RunKind::consolidation_reward:
      case clearing::RunKind::homestead_reward:
      case clearing::RunKind::standard_farmland_reward:
        return clearing::RewardRun{.kind = kind, .year = year, .awards = rows(award_fact)};
    }
    throw NotUnderstood{"not a run"};
  }

  Governments& g_;
  const std::vector<Words>& facts_;
};

std::string told_line(const Governments& g, const clearing::RunLine& l) {
  std::string s = "line " + short_name(l.from) + std::string{kArrow} + short_name(l.to) + " " + yuan(l.amount) + " " +
                  name_of_value(l.item);
  if (l.area) s += " area " + wire::mu(*l.area);
  if (l.rate) s += " rate " + std::to_string(l.rate->raw());
  if (l.share) s += " share " + std::to_string(*l.share);
  if (l.base) s += " base " + yuan(*l.base);
  if (l.full) s += " full " + yuan(*l.full);
  if (l.about != 0)
    for (const auto& [name, number] : g.names)
      if (number == l.about) s += " about " + name;
  if (!l.project.empty()) s += " project " + l.project;
  return s + " " + wire::text_of(l.clause);
}

std::vector<std::string> told_of_runs(const Governments& g, const engine::Events& events) {
  std::vector<std::string> out;
  const auto run = [&](const auto& r) {
    for (const auto& l : r.lines) out.push_back(told_line(g, l));
    out.push_back("total " + yuan(r.total));
  };
  for (const auto& e : events) {
    if (const auto* r = std::get_if<ev::RunReckoned>(&e)) run(*r);
    if (const auto* p = std::get_if<ev::RunPaid>(&e)) run(*p);
    if (const auto* m = std::get_if<ev::MoneyMoved>(&e))
      out.push_back("entry " + short_name(m->from) + "." + name_of_value(m->from_purse) + std::string{kArrow} +
                    short_name(m->to) + "." + name_of_value(m->to_purse) + " " + yuan(m->amount) +
                    rule_text(m->clause));
  }
  return out;
}

std::string outcome_of(const engine::Events& events) {
  const auto refused = refusal_in(events);
  return refused ? "refused " + name_of_value(refused->reason) + rule_text(refused->rule) : "done";
}

constexpr std::string_view kTold[] = {"line", "total", "entry"};

/// A command with what must come with it, and what came.
struct Group {
  std::string text;
  std::vector<std::string> expected, came;
};

void compare(const Group& g, std::vector<std::string>& out) {
  for (const auto kind : kTold) {
    std::vector<std::string> expected, came;
    const auto of_kind = [&](const std::string& l) { return l.starts_with(std::string{kind} + " "); };
    std::ranges::copy_if(g.expected, std::back_inserter(expected), of_kind);
    std::ranges::copy_if(g.came, std::back_inserter(came), of_kind);
    if (expected.empty()) continue;
    if (expected == std::vector{std::string{kind} + " nothing"}) expected.clear();
    if (expected == came) continue;
    std::string wrong = g.text + "\n    expected:";
    for (const auto& l : expected) wrong += "\n      " + l;
    wrong += "\n    came:";
    for (const auto& l : came) wrong += "\n      " + l;
    out.push_back(wrong);
  }
}

std::optional<std::string> state_of(Governments& g, Reading& r, const std::string& verb) {
  const auto& state = g.market.engine().state();
  if (verb == "purse") {
    const auto fund = value_named<clearing::Fund>(r.next("fund"));
    return "purse " + name_of_value(fund) + " " + yuan(state.funds.balance(fund));
  }
  if (verb == "run") {
    const auto name = r.next("name");
    const auto* run = state.runs.find({g.names.at(name)});
    return "run " + name + " " + (run ? name_of_value(run->state) : "nothing");
  }
  return std::nullopt;
}

}  // namespace

policy::Pack governments() { return with_government_rows(at_once()); }

std::vector<std::string> Governments::mismatches(std::string_view script) {
  std::vector<std::string> out;
  std::vector<Words> facts;
  Group group;
  size_t lines = 0;
  std::istringstream in{std::string{script}};
  for (std::string text; std::getline(in, text);) {
    Words words = words_of(text);
    if (words.empty()) continue;
    ++lines;
    const auto differs = [&](const std::string& expected, const std::string& came) {
      out.push_back(joined(words) + "\n    expected: " + expected + "\n    came:     " + came);
    };
    try {
      if (words.front() == "|") {
        facts.emplace_back(words.begin() + 1, words.end());
        continue;
      }
      if (std::ranges::find(kTold, words.front()) != std::end(kTold)) {
        group.expected.push_back(normalized(words));
        continue;
      }
      const auto arrow = std::ranges::find(words, kArrow);
      size_t at = 0;
      std::string name;
      Sender who = bureau();
      if (words.size() > 2 && words[1] == "=") {
        name = words[0];
        at = 2;
      }
      if (words.at(at) == "by") {
        who.nth = static_cast<uint64_t>(number(words.at(at + 1), 0));
        at += 2;
      }
      const std::string verb = words.at(at);
      const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at) + 1;
      if (arrow == words.end()) {
        Reading r{*this, {begin, words.end()}};
        if (const auto came = state_of(*this, r, verb)) {
          if (const auto expected = normalized(words); *came != expected) differs(expected, *came);
          continue;
        }
      } else if (const bool ours = verb != "pass" || names.contains(*begin); ours) {
        Reading r{*this, {begin, arrow}};
        if (const auto command = Speaker{*this, facts}.command(r, verb)) {
          r.done();
          compare(group, out);
          facts.clear();
          if (!name.empty()) names[name] = market.last().value + 1;
          const auto events = market.send(who, *command);
          group = {.text = joined(words), .expected = {}, .came = told_of_runs(*this, events)};
          const std::string expected = joined({arrow + 1, words.end()});
          if (const auto came = outcome_of(events); came != expected) differs(expected, came);
          if (const auto wrong = market.engine().audit(); !wrong.empty()) differs("a clean audit", wrong);
          continue;
        }
      }
      for (const auto& wrong : market.mismatches(text)) out.push_back(wrong);
    } catch (const NotUnderstood& e) {
      differs("a line that can be read", e.what());
    }
  }
  compare(group, out);
  if (!facts.empty()) out.emplace_back("facts without a command");
  if (lines == 0) out.emplace_back("the script has no line");
  return out;
}

void Governments::check(std::string_view script) {
  for (const auto& wrong : mismatches(script)) ADD_FAILURE() << wrong;
}

}  // namespace landex::script
