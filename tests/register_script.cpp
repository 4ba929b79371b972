#include "tests/register_script.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <tuple>
#include <utility>

#include "tests/market_words.hpp"

namespace landex::script {

namespace {

namespace cmd = engine::command;
namespace ev = engine::event;

std::string word_of_purse(Purse p) { return name_of_value(p); }

std::string plain(Fen f) {
  std::string text = wire::yuan(f);
  std::erase(text, ' ');
  return text;
}

std::string told_of_refusal(const engine::Refusal& r) {
  std::string line = "refused " + name_of_value(r.reason) + rule_text(r.rule);
  for (const auto& f : r.facts) {
    const auto value = [&f](std::string text) { return " " + name_of_value(f.name) + " " + std::move(text); };
    using enum engine::FactName;
    if (f.name == needed_area || f.name == available_area) line += value(wire::mu(Area::from_raw(f.value)));
    if (f.name == needed_fen || f.name == available_fen) line += value(plain(Fen::fen(f.value)));
    if (f.name == mu_rate || f.name == least_mu_rate || f.name == year) line += value(std::to_string(f.value));
    if (f.name == participant) line += " " + short_name(District::code(static_cast<uint32_t>(f.value)));
  }
  return line;
}

std::string parties(District from, District to) { return short_name(from) + std::string{kArrow} + short_name(to); }

}  // namespace

std::string Registers::name_of(uint64_t number) const {
  for (const auto& [name, of] : names_)
    if (of == number) return name;
  return std::to_string(number);
}

std::string Registers::told(const engine::Events& events) const {
  std::string line;
  const auto say = [&line](const std::string& words) { line += (line.empty() ? "" : "; ") + words; };
  bool pays = false;
  for (const auto& e : events) {
    if (const auto* r = std::get_if<ev::Refused>(&e)) say(told_of_refusal(r->refusal));
    if (const auto* f = std::get_if<ev::FundMoved>(&e)) say("balance " + plain(f->balance));
    if (std::holds_alternative<ev::StandardPublished>(e)) say("published");
    if (std::holds_alternative<ev::StandardRevoked>(e)) say("revoked");
    if (const auto* t = std::get_if<ev::TaskRegistered>(&e))
      say("task " + std::to_string(t->first_year) + ".." + std::to_string(t->last_year));
    if (const auto* r = std::get_if<ev::RestoredRecorded>(&e)) say("restored " + wire::mu(r->restored));
    if (const auto* u = std::get_if<ev::UndertakingAgreed>(&e))
      say("undertaken, guide " + (u->guide ? std::to_string(u->guide->raw()) : "none"));
    if (const auto* w = std::get_if<ev::Warned>(&e))
      say("warned " + short_name(w->participant) + " " + std::to_string(w->given.raw()) + " against " +
          std::to_string(w->bound.raw()) + rule_text(w->clause));
    if (const auto* x = std::get_if<ev::EnclaveRegistered>(&e))
      say(x->reduction == Area{} ? "reduces nothing"
                                 : "reduces " + wire::mu(x->reduction) + " of " + short_name(x->reduced));
    if (const auto* a = std::get_if<ev::PbfTaskAgreed>(&e)) say("agreed " + parties(a->sender, a->receiver));
    if (const auto* s = std::get_if<ev::ScaleSet>(&e)) say("reserved " + wire::mu(s->reserved));
    if (const auto* s = std::get_if<ev::ScaleUsed>(&e)) say("left " + wire::mu(s->left));
    if (const auto* r = std::get_if<ev::RunReckoned>(&e)) {
      say("total " + plain(r->total));
      for (const auto& l : r->lines)
        say(parties(l.from, l.to) + " " + name_of_value(l.item) + (l.area ? " " + wire::mu(*l.area) : "") +
            (l.rate ? " × " + std::to_string(l.rate->raw()) : "") + " = " + plain(l.amount) + rule_text(l.clause) +
            " " + name_of(l.about));
    }
    if (const auto* p = std::get_if<ev::RunPaid>(&e)) {
      say("paid " + plain(p->total));
      pays = true;
    }
    if (const auto* m = std::get_if<ev::MoneyMoved>(&e))
      say((pays ? parties(m->from, m->to)
                : short_name(m->to) + " " + word_of_purse(m->from_purse) + std::string{kArrow} +
                      word_of_purse(m->to_purse)) +
          " " + plain(m->amount) + rule_text(m->clause));
  }
  return line;
}

/// One line on its way, read from the left.
class RegisterLine {
 public:
  RegisterLine(Registers& registers, Words words) : registers_{registers}, words_{std::move(words)} {
    if (words_.size() > 2 && words_[1] == "=") at_ = 2;
  }

  /// What it told; nothing if it is no line of this language.
  std::optional<std::string> run() {
    Sender who = bureau();
    const auto command = command_of(next(), who);
    if (!command) return std::nullopt;
    if (at_ < words_.size()) throw NotUnderstood{"left over: " + words_[at_]};
    if (words_[1] == "=") registers_.names_[words_[0]] = registers_.market_.last().value + 1;
    return registers_.told(registers_.market_.send(who, *command));
  }

 private:
  std::string next() {
    if (at_ >= words_.size()) throw NotUnderstood{"a word is missing"};
    return words_[at_++];
  }
  bool says(std::string_view word) {
    const bool there = at_ < words_.size() && words_[at_] == word;
    at_ += there;
    return there;
  }
  Area area() { return Area::from_raw(number(next(), 4)); }
  Rate yuan_per_mu(const std::string& word) { return Rate::yuan_per_mu(number(word, 0)); }
  uint16_t year() { return static_cast<uint16_t>(number(next(), 0)); }
  uint64_t named() {
    const auto name = next();
    const auto at = registers_.names_.find(name);
    return at == registers_.names_.end() ? 999'999 : at->second;
  }
  std::pair<District, District> both() {
    const auto word = next();
    const auto at = word.find(kArrow);
    if (at == std::string::npos) throw NotUnderstood{"not two places: " + word};
    return {place(word.substr(0, at)), place(word.substr(at + kArrow.size()))};
  }

  std::optional<engine::Command> command_of(const std::string& verb, Sender& who) {
    const std::string document = "文号";
    if (verb == "earmark" || verb == "give-back") {
      const auto fund = value_named<clearing::Fund>(next());
      return cmd::EarmarkFund{
          .fund = fund, .amount = Fen::fen(number(next(), 2)), .back = verb == "give-back", .document = document};
    }
    if (verb == "publish") {
      const auto kind = value_named<clearing::StandardKind>(next());
      const auto of = year();
      return cmd::PublishStandard{
          .kind = kind, .year = of, .rate = yuan_per_mu(next()), .document = document, .approver = "市财政局"};
    }
    if (verb == "revoke") return cmd::RevokeStandard{.standard = {named()}, .document = document};
    if (verb == "task" || verb == "restored") {
      const auto county = place(next());
      const auto first = year();
      if (verb == "task")
        return cmd::RegisterTask{.county = county, .first_year = first, .area = area(), .document = document};
      return cmd::RecordRestored{.county = county, .first_year = first, .area = area(), .document = document};
    }
    if (verb == "undertake") {
      cmd::AgreeUndertaking c{};
      std::tie(c.provider, c.receiver) = both();
      c.first_year = year();
      c.area = area();
      c.price = yuan_per_mu(next().substr(1));
      if (says("built")) c.built = area();
      c.document = document;
      return c;
    }
    if (verb == "enclave") {
      cmd::RegisterEnclave c{};
      std::tie(c.sender, c.receiver) = both();
      c.kind = value_named<clearing::EnclaveKind>(next());
      c.name = "飞地";
      c.secured = area();
      if (says("included")) c.included = area();
      c.document = document;
      return c;
    }
    if (verb == "agree") {
      const EnclaveId enclave{named()};
      const auto size = area();
      const auto days = next();
      return cmd::AgreePbfTask{.enclave = enclave,
                               .area = size,
                               .from = day(days.substr(0, 10)),
                               .until = day(days.substr(12)),
                               .document = document};
    }
    if (verb == "scale") {
      const auto county = place(next());
      const auto township = next();
      return cmd::SetTownshipScale{.county = county, .township = township, .area = area(), .document = document};
    }
    if (verb == "use-scale") {
      if (says("of")) who = officer_of(next());
      const auto county = place(next());
      const auto township = next();
      const auto trade = value_named<clearing::RuralTrade>(next());
      return cmd::UseReservedScale{.county = county,
                                   .township = township,
                                   .trade = trade,
                                   .area = area(),
                                   .project = "乡村项目",
                                   .document = document};
    }
    if (verb == "reckon") {
      const auto kind = next();
      if (kind == "restoration")
        return cmd::ReckonRun{.reckoning = clearing::RestorationRun{.year = year()}, .document = document};
      if (kind == "enclave")
        return cmd::ReckonRun{.reckoning = clearing::EnclaveRun{.year = year()}, .document = document};
      throw NotUnderstood{"no such run here: " + kind};
    }
    if (verb == "reverse")
      return cmd::ReckonRun{.reckoning = clearing::ReversalRun{.run = {named()}}, .document = document};
    if (verb == "pay-run") return cmd::ExecuteRun{.run = {named()}, .document = document};
    return std::nullopt;
  }

  Registers& registers_;
  Words words_;
  size_t at_ = 0;
};

void Registers::check(std::string_view script) {
  std::istringstream lines{std::string{script}};
  size_t seen = 0;
  constexpr std::string_view kBecomes = " → ";
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find('#'));
    if (words_of(line).empty()) continue;
    ++seen;
    const auto at = line.find(kBecomes);
    try {
      const auto came = RegisterLine{*this, words_of(line.substr(0, at))}.run();
      if (came) {
        const auto expected = at == std::string::npos ? "" : joined(words_of(line.substr(at + kBecomes.size())));
        EXPECT_EQ(*came, expected) << line;
        continue;
      }
      for (const auto& wrong : market_.mismatches(line)) ADD_FAILURE() << wrong;
    } catch (const NotUnderstood& e) {
      ADD_FAILURE() << line << ": " << e.what();
    }
  }
  EXPECT_GT(seen, 0U) << "a script without a line";
  EXPECT_EQ(market_.engine().audit(), "");
}

}  // namespace landex::script
