#include "clients/simulator/counterfactual/told.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"
#include "matching/venue_profile.hpp"

namespace landex::simulator {
namespace {

template <class Enum>
std::string word(Enum e) {
  return boost::describe::enum_to_string(e, "");
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char ch : cell) {
    if (ch == '"') out += '"';
    out += ch;
  }
  return out + "\"";
}

std::string asset_word(std::optional<Instrument> asset) { return asset ? word(*asset) : "money"; }

template <class Kind>
std::string number(const std::optional<Id<Kind>>& id) {
  return id ? std::to_string(id->value) : "";
}

CounterfactualFault cannot(const std::string& path, int error) {
  return {.zh = fmt::format("无法写入 {}：{}", path, std::strerror(error)),
          .en = fmt::format("cannot write {}: {}", path, std::strerror(error))};
}

}  // namespace

std::string amount_text(std::optional<Instrument> asset, int64_t amount) {
  const int decimals = !asset ? 2 : counted_in_kg(*asset) ? 0 : 4;
  return wire::decimal(amount, decimals);
}

std::string beijing_text(Instant at) {
  const int64_t seconds = at.us / 1'000'000 + matching::kBeijingAheadS;
  const auto day = static_cast<int32_t>(seconds / 86'400);
  const int64_t rest = seconds % 86'400;
  return fmt::format("{}T{:02}:{:02}:{:02}", wire::text_of(Day::from_raw(day)), rest / 3600, rest / 60 % 60, rest % 60);
}

std::expected<std::unique_ptr<CsvSink>, CounterfactualFault> CsvSink::open(const std::filesystem::path& dir,
                                                                           wire::PlaceNames places) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (error) return std::unexpected{cannot(dir.string(), error.value())};
  std::unique_ptr<CsvSink> sink{new CsvSink{std::move(places)}};
  struct File {
    Output& out;
    const char* name;
    std::vector<std::string> head;
  };
  const File files[]{
      {sink->commands_,
       "commands.csv",
       {"seq", "at", "participant", "name", "role", "person", "kind", "subject", "change", "order", "because",
        "was_rule", "was_zh", "was_en", "now_rule", "now_zh", "now_en"}},
      {sink->trades_,
       "trades.csv",
       {"seq", "change", "deal", "buy_order", "sell_order", "instrument", "buyer", "buyer_name", "seller",
        "seller_name", "quantity_was", "price_was", "amount_was", "quantity_now", "price_now", "amount_now",
        "quantity_more", "amount_more"}},
      {sink->balances_, "balances.csv", {"participant", "name", "purse", "asset", "was", "now", "more"}},
      {sink->transfers_, "transfers.csv", {"from", "from_name", "to", "to_name", "asset", "was", "now", "more"}},
      {sink->changes_, "changes.csv", {"seq", "key", "was", "now", "clause", "origin", "from", "until"}}};
  for (const auto& f : files) {
    f.out.path = (dir / f.name).string();
    f.out.file = std::fopen(f.out.path.c_str(), "wbx");
    if (!f.out.file && errno == EEXIST)
      return std::unexpected{
          CounterfactualFault{.zh = fmt::format("{} 已存在，不覆盖：请用 -o 指明另一目录", f.out.path),
                              .en = fmt::format("{} is there already and is not written over: name another directory "
                                                "with -o",
                                                f.out.path)}};
    if (!f.out.file) return std::unexpected{cannot(f.out.path, errno)};
    if (auto wrong = sink->write(f.out, f.head)) return std::unexpected{*wrong};
  }
  return sink;
}

CsvSink::~CsvSink() {
  for (Output* o : {&commands_, &trades_, &balances_, &transfers_, &changes_}) {
    if (!o->file) continue;
    std::fclose(o->file);
    std::remove(o->path.c_str());
  }
}

std::string CsvSink::name_of(District d) const {
  const auto at = places_.find(d);
  return at == places_.end() ? "" : at->second.zh;
}

std::optional<CounterfactualFault> CsvSink::write(Output& out, const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& c : cells) line += (line.empty() && &c == cells.data() ? "" : ",") + quoted(c);
  line += '\n';
  if (std::fwrite(line.data(), 1, line.size(), out.file) != line.size()) return cannot(out.path, errno);
  return {};
}

std::optional<CounterfactualFault> CsvSink::command(const CommandDifference& d) {
  std::vector<std::string> cells{std::to_string(d.seq.value),
                                 beijing_text(d.at),
                                 std::to_string(d.who.participant.raw()),
                                 name_of(d.who.participant),
                                 word(d.who.role),
                                 std::to_string(d.who.person.value),
                                 d.kind,
                                 word(d.subject),
                                 word(d.change),
                                 d.because.empty() ? "first" : "second"};
  std::string chain;
  for (const auto cause : d.because) chain += (chain.empty() ? "" : " < ") + std::to_string(cause.value);
  cells.push_back(std::move(chain));
  for (const auto* refusal : {&d.was, &d.now}) {
    const auto told = *refusal ? wire::tell(**refusal, places_) : wire::ToldRefusal{};
    cells.insert(cells.end(), {told.rule, told.zh, told.en});
  }
  return write(commands_, cells);
}

std::optional<CounterfactualFault> CsvSink::trade(const TradeDifference& d) {
  std::vector<std::string> cells{std::to_string(d.seq.value),
                                 word(d.change),
                                 number(d.deal),
                                 number(d.buy_order),
                                 number(d.sell_order),
                                 word(d.instrument),
                                 std::to_string(d.buyer.raw()),
                                 name_of(d.buyer),
                                 std::to_string(d.seller.raw()),
                                 name_of(d.seller)};
  for (const auto* terms : {&d.was, &d.now}) {
    const auto& t = *terms;
    cells.push_back(t ? amount_text(d.instrument, t->quantity.raw()) : "");
    cells.push_back(t && t->price ? wire::decimal(t->price->raw(), 2) : "");  // a tick is 0.01 of either unit
    cells.push_back(t ? amount_text({}, t->amount.raw()) : "");
  }
  const auto of = [](const std::optional<TradeTerms>& t) { return t.value_or(TradeTerms{}); };
  cells.push_back(amount_text(d.instrument, of(d.now).quantity.raw() - of(d.was).quantity.raw()));
  cells.push_back(amount_text({}, of(d.now).amount.raw() - of(d.was).amount.raw()));
  return write(trades_, cells);
}

std::optional<CounterfactualFault> CsvSink::finish(const CounterfactualSummary& s) {
  for (const auto& b : s.balances)
    if (auto wrong = write(balances_, {std::to_string(b.participant.raw()), name_of(b.participant), word(b.purse),
                                       asset_word(b.instrument), amount_text(b.instrument, b.was),
                                       amount_text(b.instrument, b.now), amount_text(b.instrument, b.now - b.was)}))
      return wrong;
  for (const auto& t : s.transfers)
    if (auto wrong = write(transfers_, {std::to_string(t.from.raw()), name_of(t.from), std::to_string(t.to.raw()),
                                        name_of(t.to), asset_word(t.instrument), amount_text(t.instrument, t.was),
                                        amount_text(t.instrument, t.now), amount_text(t.instrument, t.now - t.was)}))
      return wrong;
  for (const auto& v : s.changes)
    if (auto wrong = write(
            changes_, {std::to_string(v.at.value), v.key, v.was, v.now, v.clause ? wire::text_of(*v.clause) : "",
                       v.origin == policy::Origin::law ? "law" : "our default, not the law",
                       v.period ? wire::text_of(v.period->from) : "", v.period ? wire::text_of(v.period->until) : ""}))
      return wrong;
  for (Output* o : {&commands_, &trades_, &balances_, &transfers_, &changes_}) {
    std::FILE* file = std::exchange(o->file, nullptr);
    if (std::fclose(file) != 0) return cannot(o->path, errno);
  }
  return {};
}

}  // namespace landex::simulator
