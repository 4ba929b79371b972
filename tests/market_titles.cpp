#include "tests/market_titles.hpp"

#include "clearing/titles.hpp"

namespace landex::script {
namespace {

namespace cmd = engine::command;
using clearing::Product;

std::string word_at(const Words& words, size_t& at, const char* what) {
  if (at >= words.size()) throw NotUnderstood{std::string{"here a "} + what + " is missing"};
  return words[at++];
}

Sender sender_at(const Words& words, size_t& at) {
  const auto word = word_at(words, at, "place or bureau");
  return word == "bureau" ? bureau() : officer_of(word);
}

bool took(const Words& words, size_t& at, std::string_view word) {
  if (at >= words.size() || words[at] != word) return false;
  ++at;
  return true;
}

Area area_at(const Words& words, size_t& at) { return Area::mu_4dp(number(word_at(words, at, "area"), 4)); }

cmd::OpenProduct opening(const Words& words, size_t& at) {
  const auto product = value_named<Product>(word_at(words, at, "product"));
  const auto period = word_at(words, at, "period");
  const auto dots = period.find("..");
  if (dots == std::string::npos) throw NotUnderstood{"not a period: " + period};
  return {.product = product,
          .from = day(std::string_view{period}.substr(0, dots)),
          .until = day(std::string_view{period}.substr(dots + 2)),
          .approval = at < words.size() ? words[at++] : "批准文号"};
}

}  // namespace

std::optional<std::pair<Sender, engine::Command>> title_command(const std::string& verb, const Words& words,
                                                                size_t& at) {
  if (verb == "open-product") return {{bureau(), opening(words, at)}};
  if (verb == "title") {
    const auto county = word_at(words, at, "place");
    cmd::RegisterTitle c{.county = place(county),
                         .product = value_named<Product>(word_at(words, at, "product")),
                         .number = word_at(words, at, "number"),
                         .area = area_at(words, at),
                         .grade = {},
                         .document = "验收文号",
                         .consent = {}};
    if (took(words, at, "grade")) c.grade = static_cast<uint8_t>(number(word_at(words, at, "grade"), 0));
    if (took(words, at, "consent")) c.consent = word_at(words, at, "document");
    return {{took(words, at, "bureau") ? bureau() : officer_of(county), c}};
  }
  if (verb == "flag") {
    const Sender who = sender_at(words, at);
    cmd::FlagPlot c{
        .plot = word_at(words, at, "plot"), .grain_zone = false, .high_standard = false, .document = "认定"};
    while (at < words.size()) {
      if (took(words, at, "grain"))
        c.grain_zone = true;
      else if (took(words, at, "standard"))
        c.high_standard = true;
      else
        throw NotUnderstood{"no flag: " + words[at]};
    }
    return {{who, c}};
  }
  if (verb == "split") {
    const Sender who = sender_at(words, at);
    const auto whole = word_at(words, at, "title"), part = word_at(words, at, "number");
    return {{who, cmd::SplitTitle{.title = whole, .number = part, .area = area_at(words, at)}}};
  }
  if (verb == "use-titles") {
    const Sender who = sender_at(words, at);
    cmd::UseTitles c{.titles = {}, .project = "建设项目", .document = "用地批复"};
    while (at < words.size()) c.titles.push_back({.number = words[at++]});
    return {{who, c}};
  }
  if (verb == "cancel-title")
    return {{bureau(), cmd::CancelTitle{.title = word_at(words, at, "title"), .document = "注销通知"}}};
  return std::nullopt;
}

bool ends_legs(std::string_view word) { return word == "title" || word == "no-titles" || word == "landing"; }

std::optional<std::vector<cmd::TitleLeg>> titles_from(const Words& words, size_t& at) {
  if (took(words, at, "no-titles")) return std::vector<cmd::TitleLeg>{};
  std::vector<cmd::TitleLeg> titles;
  while (took(words, at, "title")) {
    auto title = word_at(words, at, "title");
    const auto price = word_at(words, at, "price");
    if (!price.starts_with('@')) throw NotUnderstood{"a price begins with @: " + price};
    titles.push_back(
        {.title = std::move(title), .price = rate(Instrument::linkage, std::string_view{price}.substr(1))});
  }
  if (titles.empty()) return std::nullopt;
  return titles;
}

std::optional<cmd::Landing> landing_from(const Words& words, size_t& at) {
  if (!took(words, at, "landing")) return std::nullopt;
  return cmd::Landing{.project = "杭温高铁",
                      .purpose = value_named<clearing::RequestClass>(word_at(words, at, "class")),
                      .document = "项目批复"};
}

std::string owned(const Market& market, const Words& words, size_t& at) {
  const auto number = word_at(words, at, "title");
  at = words.size();  // the rest is what is said of it
  const auto* t = market.engine().state().titles.find(number);
  if (!t) return "owned " + number + " nothing";
  std::string line =
      "owned " + number + " " + short_name(t->holder) + " " + name_of_value(t->state) + " " + wire::mu(t->area);
  if (t->deal) line += " " + market.name_of(t->deal->value);
  if (t->grain_zone) line += " grain";
  if (t->high_standard) line += " standard";
  if (t->parent) line += " of " + *t->parent;
  if (!t->project.empty()) line += " for " + t->project;
  return line;
}

std::string told_of_titles(const engine::Event& e) {
  namespace ev = engine::event;
  if (const auto* o = std::get_if<ev::ProductOpened>(&e))
    return "product " + name_of_value(o->product) + " " + wire::text_of(o->from) + ".." + wire::text_of(o->until);
  if (const auto* r = std::get_if<ev::TitleRegistered>(&e))
    return "registered " + r->title + " " + short_name(r->county) + " " + wire::mu(r->area) +
           (r->parent ? " of " + *r->parent : "");
  if (const auto* f = std::get_if<ev::PlotFlagged>(&e))
    return "flagged " + f->plot + (f->grain_zone ? " grain" : "") + (f->high_standard ? " standard" : "");
  if (const auto* m = std::get_if<ev::TitleMoved>(&e))
    return "titled " + m->title + " " + short_name(m->from) + std::string{kArrow} + short_name(m->to) + " " +
           name_of_value(m->state) + rule_text(m->clause);
  return {};
}

}  // namespace landex::script
