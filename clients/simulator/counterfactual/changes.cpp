#include "clients/simulator/counterfactual/changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "clearing/policy/share.hpp"
#include "exchange/wire/units_text.hpp"
#include "matching/types/bounds.hpp"

namespace landex::simulator {
namespace {

namespace command = engine::command;
using policy::Clause;
using policy::Parameter;

std::unexpected<CounterfactualFault> fault(std::string zh, std::string en) {
  return std::unexpected{CounterfactualFault{.zh = std::move(zh), .en = std::move(en)}};
}

struct InstrumentWord {
  std::string_view word;
  Instrument instrument;
};
constexpr std::array kInstrumentWords{
    InstrumentWord{"area", Instrument::supplementary_area}, InstrumentWord{"paddy", Instrument::supplementary_paddy},
    InstrumentWord{"capacity", Instrument::supplementary_capacity}, InstrumentWord{"linkage", Instrument::linkage}};

std::string_view word_of(Instrument i) {
  return std::ranges::find(kInstrumentWords, i, &InstrumentWord::instrument)->word;
}

std::optional<Parameter> parameter_of(std::string_view key) {
  std::optional<Parameter> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Parameter>>([&](auto d) {
    if (host::key_of(d.value) == key) found = d.value;
  });
  return found;
}

/// The words of a switch; none if the value is a number.
std::vector<std::pair<std::string, int64_t>> words_of(Parameter p) {
  constexpr int64_t kMostWords = 9;
  std::vector<std::pair<std::string, int64_t>> words;
  for (int64_t v = 1; v <= kMostWords; ++v)
    if (auto text = host::value_text(p, v); text != std::to_string(v) && !text.ends_with('%') && !text.ends_with(" mu"))
      words.emplace_back(std::move(text), v);
  return words;
}

/// The other way of host::value_text.
std::optional<int64_t> value_of(Parameter p, std::string_view text) {
  const auto words = words_of(p);
  if (!words.empty()) {
    const auto at = std::ranges::find(words, text, &std::pair<std::string, int64_t>::first);
    return at == words.end() ? std::nullopt : std::optional{at->second};
  }
  const std::string form = host::value_text(p, 1);
  const std::string_view unit = form.ends_with('%') ? "%" : form.ends_with(" mu") ? " mu" : "";
  if (!text.ends_with(unit)) return std::nullopt;
  text.remove_suffix(unit.size());
  return wire::from_decimal(text, unit == "%" ? 2 : unit.empty() ? 0 : 4);
}

/// What a value of it looks like, for messages.
std::string form_of(Parameter p) {
  const auto words = words_of(p);
  if (!words.empty()) {
    std::vector<std::string> names;
    names.reserve(words.size());
    for (const auto& [word, value] : words) names.push_back(word);
    return fmt::format("{}", fmt::join(names, "|"));
  }
  const std::string form = host::value_text(p, 1);
  return form.ends_with('%') ? "30%" : form.ends_with(" mu") ? "1500 mu" : "10";
}

/// The published price that a command carries, also where it is only proposed; of an instrument that there is.
template <class Command>
auto price_in(Command& c) -> decltype(std::get_if<command::PublishPrice>(&c)) {
  auto* price = std::get_if<command::PublishPrice>(&c);
  if (auto* proposal = std::get_if<command::Propose>(&c))
    price = std::get_if<command::PublishPrice>(&proposal->subject);
  if (auto* again = std::get_if<command::Resubmit>(&c)) price = std::get_if<command::PublishPrice>(&again->subject);
  return price && exists(price->instrument) ? price : nullptr;
}

bool to_continuous(const engine::Command& c) {
  const auto* m = std::get_if<command::MovePhase>(&c);
  return m && m->to == matching::Phase::continuous;
}

/// Rounded half up. A rate that no price can be, in a command that was refused, stays what it is.
Rate moved(Rate rate, int64_t per_ten_thousand) {
  constexpr int64_t kBeyond = 1'000'000'000'000;
  if (rate.raw() < 0 || rate.raw() > kBeyond) return rate;
  const int64_t whole = policy::kWholeShare + per_ten_thousand;
  return Rate::from_raw((rate.raw() * whole + policy::kWholeShare / 2) / policy::kWholeShare);
}

/// The continuous sessions as one call: of each instrument, from where its day opens to where it ends.
matching::VenueProfile as_call(matching::VenueProfile p) {
  std::vector<matching::TimetableRow> rows;
  std::vector<std::optional<Instrument>> done;
  for (const auto& first : p.timetable) {
    if (std::ranges::find(done, first.instrument) != done.end()) continue;
    done.push_back(first.instrument);
    std::vector<matching::TimetableRow> own;
    std::ranges::copy_if(p.timetable, std::back_inserter(own),
                         [&](const auto& r) { return r.instrument == first.instrument; });
    if (std::ranges::none_of(own, [](const auto& r) { return r.to == matching::Phase::continuous; })) {
      rows.insert(rows.end(), own.begin(), own.end());
      continue;
    }
    rows.push_back({.at = own.front().at, .to = matching::Phase::call, .instrument = first.instrument});
    rows.push_back({.at = own.back().at, .to = matching::Phase::closed, .instrument = first.instrument});
  }
  p.timetable = std::move(rows);
  return p;
}

/// What may be changed in this journal, as keys with what they are now.
std::string changeable(const Survey& survey, std::span<const host::PolicyBook> books) {
  std::vector<std::string> out;
  const auto add = [&](std::string text) {
    if (std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
  };
  std::string rule_set;
  for (const auto& carried : survey.carriers()) {
    if (const auto* a = std::get_if<command::Activate>(&carried.command)) {
      for (const auto& r : a->pack.rows)
        add(fmt::format("{}={}", host::key_of(r.parameter), host::value_text(r.parameter, r.value)));
      if (!a->pack.floor_routes.empty()) add("floor=off");
      rule_set = a->pack.rule_set;
    } else if (const auto* p = price_in(carried.command)) {
      add(fmt::format("price={}:{}", word_of(p->instrument), wire::rate(p->instrument, p->rate)));
    } else if (std::holds_alternative<command::SetProfile>(carried.command)) {
      add("phase=call");
      add("profile=off");
    } else {
      add("phase=call");
    }
  }
  for (const auto& b : books)
    if (b.pack.rule_set != rule_set) add(fmt::format("rule_set={}", b.pack.rule_set));
  return out.empty() ? "—" : fmt::format("{}", fmt::join(out, ", "));
}

}  // namespace

void Survey::see(const engine::Stamped& c) {
  ++commands_;
  if (std::holds_alternative<command::Activate>(c.command) || std::holds_alternative<command::SetProfile>(c.command) ||
      price_in(c.command) || to_continuous(c.command))
    carriers_.push_back({.at = c.seq, .command = c.command});
}

/// One change onto one command; says what became otherwise.
struct Changes::Applier {
  std::string_view key;
  engine::Command& c;
  bool& gone;
  const std::function<void(ChangedValue)>& tell;  // without `at`

  void say(std::string was, std::string now, std::optional<Clause> clause = {},
           policy::Origin origin = policy::Origin::law, std::optional<Period> period = {}) const {
    tell({.at = {},
          .key = std::string{key},
          .was = std::move(was),
          .now = std::move(now),
          .clause = clause,
          .origin = origin,
          .period = period});
  }

  void operator()(const Row& change) const {
    auto* a = std::get_if<command::Activate>(&c);
    if (!a) return;
    for (auto& r : a->pack.rows) {
      if (r.parameter != change.parameter || r.value == change.value) continue;
      say(host::value_text(r.parameter, r.value), host::value_text(r.parameter, change.value), r.clause, r.origin,
          r.period());
      r.value = change.value;
    }
  }
  void operator()(const FloorOff&) const {
    auto* a = std::get_if<command::Activate>(&c);
    if (!a) return;
    const auto name = [](ParticipantClass k) {
      return k == ParticipantClass::mountain4 ? "山区4县 mountain4"
             : k == ParticipantClass::urban   ? "城区 urban"
                                              : "市本级 city";
    };
    for (const auto& r : a->pack.floor_routes)
      say(fmt::format("{} → {}", name(r.seller), name(r.buyer)), "off", r.clause, r.origin, r.period());
    a->pack.floor_routes.clear();
  }
  void priced(Instrument i, auto&& rate_after) const {
    auto* p = price_in(c);
    if (!p || p->instrument != i) return;
    const Rate now = rate_after(p->rate);
    if (now == p->rate) return;
    say(wire::rate(i, p->rate), wire::rate(i, now), Clause::h66_7_4, policy::Origin::law, Period{p->from, p->until});
    p->rate = now;
  }
  void operator()(const PriceTo& to) const {
    priced(to.instrument, [&](Rate) { return to.rate; });
  }
  void operator()(const PriceBy& by) const {
    priced(by.instrument, [&](Rate r) { return moved(r, by.per_ten_thousand); });
  }
  void operator()(const RuleSet& to) const {
    auto* a = std::get_if<command::Activate>(&c);
    if (!a || (a->pack.rule_set == to.pack.rule_set && a->pack.ended == to.pack.ended)) return;
    say(a->pack.rule_set, to.pack.rule_set);
    a->pack.rule_set = to.pack.rule_set;
    a->pack.ended = to.pack.ended;
  }
  void operator()(const AsCall&) const {
    if (auto* p = std::get_if<command::SetProfile>(&c)) {
      auto now = as_call(p->profile);
      if (now == p->profile) return;
      say("continuous", "call");
      p->profile = std::move(now);
    } else if (to_continuous(c)) {
      say("continuous", "call");
      std::get<command::MovePhase>(c).to = matching::Phase::call;
    }
  }
  void operator()(const ProfileOff&) const {
    const auto* p = std::get_if<command::SetProfile>(&c);
    if (!p) return;
    say(fmt::format("{} {}", p->profile.name.zh, p->profile.name.en), "off");
    gone = true;
  }
};

std::expected<Changes, CounterfactualFault> Changes::read(std::span<const std::string> texts, const Survey& survey,
                                                          std::span<const host::PolicyBook> books) {
  const std::string can = changeable(survey, books);
  if (texts.empty())
    return fault(fmt::format("没有指明要改变的规则：用 --change 键=值。本账本可改变：{}", can),
                 fmt::format("no change is named: use --change KEY=VALUE. In this journal one may change: {}", can));
  Changes out;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    const std::string key = text.substr(0, equals);
    const std::string value = equals == text.npos ? std::string{} : text.substr(equals + 1);
    const auto bad_value = [&](std::string_view want_zh, std::string_view want_en) {
      return fault(
          fmt::format("--change {}：“{}”不能作为 {} 的值：请写 {}。本账本可改变：{}", text, value, key, want_zh, can),
          fmt::format("--change {}: '{}' is no value of {}: write {}. In this journal one may change: {}", text, value,
                      key, want_en, can));
    };
    Named named{.key = key, .change = FloorOff{}};
    if (key == "floor") {
      if (value != "off") return bad_value("off", "off");
    } else if (key == "profile") {
      if (value != "off") return bad_value("off", "off");
      named.change = ProfileOff{};
    } else if (key == "phase") {
      if (value != "call") return bad_value("call", "call");
      named.change = AsCall{};
    } else if (key == "rule_set") {
      const auto book = std::ranges::find(books, value, [](const auto& b) { return b.pack.rule_set; });
      std::vector<std::string> names;
      for (const auto& b : books) names.push_back(b.pack.rule_set);
      const auto all = fmt::format("{}", fmt::join(names, "|"));
      if (book == books.end()) return bad_value(all, all);
      named.change = RuleSet{.pack = book->pack};
    } else if (key == "price") {
      const auto colon = value.find(':');
      const auto word =
          std::ranges::find(kInstrumentWords, std::string_view{value}.substr(0, colon), &InstrumentWord::word);
      const std::string form = "area|paddy|capacity|linkage:+10%|-10%|22.00";
      if (word == kInstrumentWords.end() || colon == value.npos) return bad_value(form, form);
      const Instrument i = word->instrument;
      std::string_view amount = std::string_view{value}.substr(colon + 1);
      if (amount.ends_with('%')) {
        const bool up = amount.starts_with('+');
        if (!up && !amount.starts_with('-')) return bad_value(form, form);
        amount.remove_prefix(1);
        amount.remove_suffix(1);
        const auto share = wire::from_decimal(amount, 2);
        constexpr int64_t kMost = 100 * policy::kWholeShare;  // a hundredfold
        if (!share || *share > kMost || (!up && *share > policy::kWholeShare)) return bad_value(form, form);
        named.change = PriceBy{.instrument = i, .per_ten_thousand = up ? *share : -*share};
      } else {
        const auto rate = wire::from_decimal(amount, counted_in_kg(i) ? 2 : 4);
        if (!rate) return bad_value(form, form);
        named.change = PriceTo{.instrument = i, .rate = Rate::from_raw(*rate)};
      }
      named.key = fmt::format("price.{}", word->word);
    } else if (const auto parameter = parameter_of(key)) {
      const auto number = value_of(*parameter, value);
      if (!number) return bad_value(form_of(*parameter), form_of(*parameter));
      named.change = Row{.parameter = *parameter, .value = *number};
    } else {
      return fault(fmt::format("--change {}：不认识“{}”。本账本可改变：{}", text, key, can),
                   fmt::format("--change {}: '{}' is not known. In this journal one may change: {}", text, key, can));
    }
    if (std::ranges::find(out.changes_, named.key, &Named::key) != out.changes_.end())
      return fault(fmt::format("--change {}：{} 改变了两次：请只写一个值", text, named.key),
                   fmt::format("--change {}: {} is changed twice: write one value", text, named.key));

    bool there = false, any = false;
    for (const auto& carried : survey.carriers()) {
      engine::Command c = carried.command;
      bool gone = false;
      const std::function<void(ChangedValue)> tell = [&](ChangedValue v) {
        v.at = carried.at;
        out.values_.push_back(std::move(v));
        any = true;
      };
      std::visit(Applier{.key = named.key, .c = c, .gone = gone, .tell = tell}, named.change);
      const auto* a = std::get_if<command::Activate>(&carried.command);
      const auto* p = price_in(carried.command);
      if (const auto* row = std::get_if<Row>(&named.change))
        there |= a && std::ranges::find(a->pack.rows, row->parameter, &policy::Row::parameter) != a->pack.rows.end();
      else if (const auto* to = std::get_if<PriceTo>(&named.change))
        there |= p && p->instrument == to->instrument;
      else if (const auto* by = std::get_if<PriceBy>(&named.change))
        there |= p && p->instrument == by->instrument;
      else if (std::holds_alternative<RuleSet>(named.change) || std::holds_alternative<FloorOff>(named.change))
        there |= a != nullptr;
    }
    if (!any && there)
      return fault(fmt::format("--change {}：账本中本来如此，没有改变。本账本可改变：{}", text, can),
                   fmt::format("--change {}: so it is in the journal already, nothing is changed. In this journal one "
                               "may change: {}",
                               text, can));
    if (!any)
      return fault(
          fmt::format("--change {}：账本中没有此项，重放不增加命令，故无从改变。本账本可改变：{}", text, can),
          fmt::format("--change {}: the journal has no such thing, and a replay adds no command. In this journal one "
                      "may change: {}",
                      text, can));
    out.changes_.push_back(std::move(named));
  }
  std::ranges::stable_sort(out.values_, {}, &ChangedValue::at);
  return out;
}

std::optional<Changes::Changed> Changes::changed(const engine::Command& c) const {
  const bool may_carry = std::holds_alternative<command::Activate>(c) ||
                         std::holds_alternative<command::SetProfile>(c) || price_in(c) || to_continuous(c);
  if (!may_carry) return std::nullopt;
  engine::Command now = c;
  bool gone = false, any = false;
  const std::function<void(ChangedValue)> tell = [&](const ChangedValue&) { any = true; };
  for (const auto& named : changes_)
    std::visit(Applier{.key = named.key, .c = now, .gone = gone, .tell = tell}, named.change);
  if (!any) return std::nullopt;
  if (gone) return Changed{};
  return Changed{.command = std::move(now)};
}

bool Changes::touches(Clause c) const {
  return std::ranges::any_of(values_, [&](const auto& v) { return v.clause == c; }) ||
         std::ranges::any_of(changes_, [&](const auto& named) {
           if (const auto* r = std::get_if<RuleSet>(&named.change))
             return std::ranges::find(r->pack.ended, c, &policy::Ended::clause) != r->pack.ended.end();
           const bool price =
               std::holds_alternative<PriceTo>(named.change) || std::holds_alternative<PriceBy>(named.change);
           return price && (c == Clause::h66_7_4 || c == Clause::h66_7_6);
         });
}

bool Changes::touches_venue() const {
  return std::ranges::any_of(changes_, [](const auto& named) {
    return std::holds_alternative<AsCall>(named.change) || std::holds_alternative<ProfileOff>(named.change);
  });
}

}  // namespace landex::simulator
