// scenario replay: a journal of the live exchange under a changed rule, beside itself as it was. Reads the journal of a
// server, running or not; changes nothing. What is told: which commands would have been refused or taken, which trades
// and transfers change and by how much, with the chain back to the cause; and what cannot be known.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "clients/cli/scenario_commands.hpp"
#include "clients/simulator/counterfactual/told.hpp"
#include "exchange/host/posix_disk.hpp"
#include "exchange/host/rule_sets.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::cli {
namespace {

namespace json = boost::json;
using namespace simulator;
using clearing::Purse;
using Asset = std::optional<Instrument>;

struct ReplayOptions {
  std::string journal, out;
  std::vector<std::string> changes;
};

constexpr size_t kShown = 20;  // differences on a screen; the files have all

std::string words(CommandChange c) {
  switch (c) {
    case CommandChange::refused_now:
      return "将被拒绝 would be refused";
    case CommandChange::done_now:
      return "将被受理 would be taken";
    case CommandChange::refused_otherwise:
      return "拒绝理由不同 refused otherwise";
    case CommandChange::done_otherwise:
      break;
  }
  return "结果不同 done otherwise";
}

std::string words(TradeChange c) {
  return c == TradeChange::gone ? "不再成交 gone" : c == TradeChange::added ? "新成交 new" : "条件不同 changed";
}

std::string words(simulator::Subject s) {
  switch (s) {
    case simulator::Subject::order:
      return "订单 orders";
    case simulator::Subject::deal:
      return "协议 deals";
    case simulator::Subject::auction:
      return "竞价挂牌 auctions";
    case simulator::Subject::registry:
      return "指标登记 registry";
    case simulator::Subject::pool:
      return "统筹申请与配置 pool";
    case simulator::Subject::money:
      return "资金 money";
    case simulator::Subject::approval:
      return "审批 approvals";
    case simulator::Subject::venue:
      break;
  }
  return "场所 venue";
}

std::string words(Purse p) {
  switch (p) {
    case Purse::outside:
      return "场外 outside";
    case Purse::free:
      return "可用 free";
    case Purse::held:
      return "占用 held";
    case Purse::claims:
      return "统筹应付 claims";
    case Purse::pool:
      return "市级统筹 pool";
    case Purse::used:
      return "已核销 used";
    case Purse::cancelled:
      return "已核减 cancelled";
    case Purse::advances:
      return "预拨 advances";
    case Purse::frozen:
      return "已冻结 frozen";
    case Purse::borrowed:
      return "借用 borrowed";
    case Purse::funds:
      break;
  }
  return "专户 funds";
}

std::string asset_name(Asset a) {
  return a ? fmt::format("{}（{}）", name_of(*a).zh, wire::unit_zh(*a)) : "资金（元）money";
}
std::string signed_amount(Asset a, int64_t n) { return (n > 0 ? "+" : "") + amount_text(a, n); }

std::string chain_of(const CommandDifference& d) {
  if (d.because.empty()) return "规则本身 the rule itself";
  std::string out;
  for (const auto cause : d.because) out += fmt::format("{}#{}", out.empty() ? "因 because of " : " ← ", cause.value);
  return out;
}

/// Keeps what a screen shows, and hands everything to the files, if there are any.
class Shown final : public CounterfactualSink {
 public:
  explicit Shown(CsvSink* files) : files_{files} {}
  std::optional<CounterfactualFault> command(const CommandDifference& d) override {
    if (commands.size() < kShown) commands.push_back(d);
    return files_ ? files_->command(d) : std::nullopt;
  }
  std::optional<CounterfactualFault> trade(const TradeDifference& d) override {
    if (trades.size() < kShown) trades.push_back(d);
    return files_ ? files_->trade(d) : std::nullopt;
  }
  std::vector<CommandDifference> commands;
  std::vector<TradeDifference> trades;

 private:
  CsvSink* files_;
};

template <class Map>
uint64_t sum_of(const Map& counts) {
  uint64_t n = 0;
  for (const auto& [key, count] : counts) n += count;
  return n;
}

int64_t per_mille(uint64_t part, uint64_t of) { return of == 0 ? 0 : static_cast<int64_t>(part * 1000 / of); }
std::string percent(uint64_t part, uint64_t of) {
  return fmt::format("{}.{}%", per_mille(part, of) / 10, per_mille(part, of) % 10);
}

std::string behaviour_text(const CounterfactualSummary& s) {
  const auto& b = s.behaviour;
  std::string out =
      "不能得知的 what cannot be known：\n"
      "  各方后来会如何改变报价与申请，账本不能告知：此处后来的命令一律照旧。公开行情也会不同，人人可能另作打算。\n"
      "  How anybody would have bid or asked otherwise: later commands are as they were. The public market would have\n"
      "  been another too, so everybody might have acted otherwise.\n";
  if (!b.first) return out + "  没有单位受到影响 no district was affected\n";
  return out +
         fmt::format(
             "  自 #{} 起，{} 个单位的余额或答复不同；此后区县命令 {} 条，其中受影响者发出 {} 条（{}，占账本 {}）\n"
             "  from #{} on {} districts had more, less or another answer; of {} later commands of "
             "districts {} are theirs ({}; {} of the journal)\n",
             b.first->value, b.participants, b.later, b.affected, percent(b.affected, b.later),
             percent(b.affected, s.commands), b.first->value, b.participants, b.later, b.affected,
             percent(b.affected, b.later), percent(b.affected, s.commands));
}

std::string changes_text(const CounterfactualSummary& s) {
  Table t;
  for (const auto* title : {"命令 #", "键 key", "原值 was", "改为 now", "条款 clause", "自 from", "至 until"})
    t.column(title);
  for (const auto& v : s.changes)
    t.row({std::to_string(v.at.value), v.key, v.was, v.now,
           v.clause ? wire::text_of(*v.clause) + (v.origin == policy::Origin::law ? "" : "（本系统默认 our default）")
                    : "—",
           v.period ? wire::text_of(v.period->from) : "", v.period ? wire::text_of(v.period->until) : ""});
  return t.text();
}

std::string counts_text(const CounterfactualSummary& s) {
  Table t;
  t.column("事项 subject");
  for (const auto change : {CommandChange::refused_now, CommandChange::done_now, CommandChange::refused_otherwise,
                            CommandChange::done_otherwise})
    t.column(words(change), Align::right);
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<simulator::Subject>>([&](auto subject) {
    std::vector<std::string> cells{words(subject.value)};
    bool any = false;
    for (const auto change : {CommandChange::refused_now, CommandChange::done_now, CommandChange::refused_otherwise,
                              CommandChange::done_otherwise}) {
      const auto at = s.differences.find({subject.value, change});
      any |= at != s.differences.end();
      cells.push_back(at == s.differences.end() ? "" : std::to_string(at->second));
    }
    if (any) t.row(std::move(cells));
  });
  const uint64_t all = sum_of(s.differences), first = sum_of(s.first_order);
  return (t.empty() ? std::string{} : t.text()) +
         fmt::format(
             "结果不同的命令 {} 条：规则本身所致 {} 条，由前事引起 {} 条；仅公开行情不同 {} 条\n"
             "{} commands came out otherwise: {} by the rule itself, {} because of something before; after {} more "
             "only "
             "the public market differs\n",
             all, first, all - first, s.public_only, all, first, all - first, s.public_only);
}

std::string turnover_text(const CounterfactualSummary& s) {
  Table t;
  t.column("指标 instrument");
  for (const auto* title :
       {"笔数 trades", "→", "数量 quantity", "→ ", "成交额（元）turnover", " →", "统筹 pooled", " → "})
    t.column(title, Align::right);
  for (const Instrument i : kInstruments) {
    const auto& was = s.was.turnover[index_of(i)];
    const auto& now = s.now.turnover[index_of(i)];
    const auto pooled_was = s.was.pooled[index_of(i)], pooled_now = s.now.pooled[index_of(i)];
    if (was == Turnover{} && now == Turnover{} && pooled_was == Quantity{} && pooled_now == Quantity{}) continue;
    t.row({asset_name(i), std::to_string(was.trades), std::to_string(now.trades), amount_text(i, was.quantity),
           amount_text(i, now.quantity), amount_text({}, was.fen), amount_text({}, now.fen),
           amount_text(i, pooled_was.raw()), amount_text(i, pooled_now.raw())});
  }
  return (t.empty() ? std::string{} : t.text()) +
         fmt::format(
             "统筹应付 owed for the pool {} → {} 元 yuan；预拨余额 advances left {} → {} 元 yuan；"
             "受理 done {} → {}，拒绝 refused {} → {}\n",
             amount_text({}, s.was.owed.raw()), amount_text({}, s.now.owed.raw()),
             amount_text({}, s.was.advanced.raw()), amount_text({}, s.now.advanced.raw()), s.was.done, s.now.done,
             s.was.refused, s.now.refused);
}

std::string commands_text(const Context& c, const Shown& shown, uint64_t all) {
  std::string out;
  for (const auto& d : shown.commands) {
    out += fmt::format("#{} {} {} {}：{}；{}\n", d.seq.value, beijing_text(d.at), c.names.place(d.who.participant),
                       d.kind, words(d.change), chain_of(d));
    for (const auto* refusal : {&d.was, &d.now})
      if (*refusal) {
        const auto told = wire::tell(**refusal, c.names.places);
        out += fmt::format("    {} [{}] {} / {}\n", refusal == &d.was ? "原 was" : "今 now", told.rule, plain(told.zh),
                           plain(told.en));
      }
  }
  if (all > shown.commands.size())
    out += fmt::format("……共 {} 条，全部见 -o 目录 of {} in all; -o DIR writes all of them\n", all, all);
  return out;
}

std::string trades_text(const Context& c, const Shown& shown, uint64_t all) {
  Table t;
  for (const auto* title : {"命令 #", "成交 trade", "买方 buyer", "卖方 seller", "指标 instrument"}) t.column(title);
  for (const auto* title : {"数量 quantity", "→", "价（万元/亩）price", "→ ", "金额（元）amount", " →"})
    t.column(title, Align::right);
  for (const auto& d : shown.trades) {
    const auto cell = [&](const std::optional<TradeTerms>& terms, int what) -> std::string {
      if (!terms) return "";
      if (what == 0) return amount_text(d.instrument, terms->quantity.raw());
      if (what == 1) return terms->price ? wire::price(*terms->price) : "";
      return amount_text({}, terms->amount.raw());
    };
    t.row({std::to_string(d.seq.value), words(d.change) + (d.deal ? fmt::format(" #{}", d.deal->value) : ""),
           c.names.zh(d.buyer), c.names.zh(d.seller), asset_name(d.instrument), cell(d.was, 0), cell(d.now, 0),
           cell(d.was, 1), cell(d.now, 1), cell(d.was, 2), cell(d.now, 2)});
  }
  if (t.empty()) return "成交没有不同 no trade differs\n";
  return t.text() + (all > shown.trades.size()
                         ? fmt::format("……共 {} 笔 of {} in all; -o DIR writes all of them\n", all, all)
                         : std::string{});
}

std::string balances_text(const Context& c, const CounterfactualSummary& s) {
  Table t;
  for (const auto* title : {"单位 unit", "账目 purse", "资产 asset"}) t.column(title);
  for (const auto* title : {"原 was", "今 now", "差 more"}) t.column(title, Align::right);
  for (const auto& b : s.balances)
    t.row({c.names.place(b.participant), words(b.purse), asset_name(b.instrument), amount_text(b.instrument, b.was),
           amount_text(b.instrument, b.now), signed_amount(b.instrument, b.now - b.was)});
  return t.empty() ? "期末余额没有不同 no balance differs at the end\n" : t.text();
}

std::string transfers_text(const Context& c, const CounterfactualSummary& s) {
  Table t;
  for (const auto* title : {"自 from", "至 to", "资产 asset"}) t.column(title);
  for (const auto* title : {"原 was", "今 now", "差 more"}) t.column(title, Align::right);
  for (const auto& f : s.transfers)
    t.row({c.names.place(f.from), c.names.place(f.to), asset_name(f.instrument), amount_text(f.instrument, f.was),
           amount_text(f.instrument, f.now), signed_amount(f.instrument, f.now - f.was)});
  return t.empty() ? "单位间转移没有不同 no transfer between units differs\n" : t.text();
}

std::string text_of(const Context& c, const CounterfactualSummary& s, const Shown& shown) {
  const auto title = [](const char* text) { return fmt::format("\n{}\n", text); };
  return fmt::format("反事实重放 counterfactual replay：命令 {} 条 commands，{} – {}（北京时间 Beijing）\n", s.commands,
                     s.from ? beijing_text(*s.from) : "", s.until ? beijing_text(*s.until) : "") +
         title("改变的规则 what is changed") + changes_text(s) + title("命令 commands") + counts_text(s) +
         commands_text(c, shown, sum_of(s.differences)) + title("成交 trades and settled deals") +
         trades_text(c, shown, sum_of(s.trades)) + turnover_text(s) + title("期末余额 balances at the end") +
         balances_text(c, s) + title("单位间转移（已付资金与土地）paid money and land between units") +
         transfers_text(c, s) + "\n" + behaviour_text(s);
}

json::object json_of(const CounterfactualSummary& s) {
  const auto asset = [](Asset a) { return a ? std::string{boost::describe::enum_to_string(*a, "")} : "money"; };
  json::object out;
  out["commands"] = s.commands;
  json::array changes, differences, trades, balances, transfers, turnover;
  for (const auto& v : s.changes)
    changes.push_back(json::object{{"seq", v.at.value},
                                   {"key", v.key},
                                   {"was", v.was},
                                   {"now", v.now},
                                   {"clause", v.clause ? wire::text_of(*v.clause) : ""},
                                   {"law", v.origin == policy::Origin::law}});
  for (const auto& [key, count] : s.differences)
    differences.push_back(json::object{{"subject", boost::describe::enum_to_string(key.first, "")},
                                       {"change", boost::describe::enum_to_string(key.second, "")},
                                       {"commands", count}});
  for (const auto& [change, count] : s.trades)
    trades.push_back(json::object{{"change", boost::describe::enum_to_string(change, "")}, {"trades", count}});
  for (const Instrument i : kInstruments) {
    const auto& was = s.was.turnover[index_of(i)];
    const auto& now = s.now.turnover[index_of(i)];
    turnover.push_back(json::object{{"instrument", asset(i)},
                                    {"trades_was", was.trades},
                                    {"trades_now", now.trades},
                                    {"quantity_was", was.quantity},
                                    {"quantity_now", now.quantity},
                                    {"fen_was", was.fen},
                                    {"fen_now", now.fen},
                                    {"pooled_was", s.was.pooled[index_of(i)].raw()},
                                    {"pooled_now", s.now.pooled[index_of(i)].raw()}});
  }
  for (const auto& b : s.balances)
    balances.push_back(json::object{{"participant", b.participant.raw()},
                                    {"purse", boost::describe::enum_to_string(b.purse, "")},
                                    {"asset", asset(b.instrument)},
                                    {"was", b.was},
                                    {"now", b.now}});
  for (const auto& t : s.transfers)
    transfers.push_back(json::object{
        {"from", t.from.raw()}, {"to", t.to.raw()}, {"asset", asset(t.instrument)}, {"was", t.was}, {"now", t.now}});
  out["changes"] = std::move(changes);
  out["differences"] = std::move(differences);
  out["first_order"] = sum_of(s.first_order);
  out["public_only"] = s.public_only;
  out["trades"] = std::move(trades);
  out["turnover"] = std::move(turnover);
  out["owed_fen"] = json::object{{"was", s.was.owed.raw()}, {"now", s.now.owed.raw()}};
  out["balances"] = std::move(balances);
  out["transfers"] = std::move(transfers);
  out["behaviour"] = json::object{{"first", s.behaviour.first ? json::value{s.behaviour.first->value} : json::value{}},
                                  {"participants", s.behaviour.participants},
                                  {"later_commands", s.behaviour.later},
                                  {"of_affected", s.behaviour.affected}};
  return out;
}

int tell(const CounterfactualFault& f) {
  fmt::print(stderr, "landex: {}\nlandex: {}\n", plain(f.zh), plain(f.en));
  return f.en.starts_with("--change") ? kUsage : kFailed;  // what was asked for cannot be, or what is there
}

int replay(const Context& c, const ReplayOptions& o) {
  namespace fs = std::filesystem;
  if (std::error_code none; !fs::is_directory(o.journal, none))
    return tell({.zh = fmt::format("没有目录 {}：请写 landexd 的数据目录", o.journal),
                 .en = fmt::format("there is no directory {}: name the data directory of a landexd", o.journal)});
  std::vector<host::PolicyBook> books;
  for (const auto name : host::kRuleSets) {
    auto book = host::load_policy(c.policy_dir, name);
    if (!book) {
      const auto& e = book.error();
      return tell(
          {.zh = fmt::format("{}:{}：{}", e.file, e.line, e.zh), .en = fmt::format("{}:{}: {}", e.file, e.line, e.en)});
    }
    books.push_back(std::move(*book));
  }
  std::unique_ptr<CsvSink> files;
  if (!o.out.empty()) {
    auto opened = CsvSink::open(o.out, c.names.places);
    if (!opened) return tell(opened.error());
    files = std::move(*opened);
  }
  Shown shown{files.get()};
  host::PosixDisk disk;
  const auto summary = run_counterfactual(disk, o.journal, o.changes, books, shown);
  if (!summary) return tell(summary.error());
  const std::string text = text_of(c, *summary, shown);
  if (files) {
    if (const auto wrong = files->finish(*summary)) return tell(*wrong);
    const std::string path = (fs::path{o.out} / "summary.txt").string();
    std::FILE* f = std::fopen(path.c_str(), "wbx");
    const bool written = f && std::fwrite(text.data(), 1, text.size(), f) == text.size();
    if ((f && std::fclose(f) != 0) || !written)
      return tell({.zh = "无法写入 " + path + "：请检查剩余空间，或用 -o 换一个空目录",
                   .en = "cannot write " + path + ": see to the space left, or name an empty directory with -o"});
  }
  fmt::print("{}", c.json ? json::serialize(json_of(*summary)) + "\n" : text);
  return kOk;
}

}  // namespace

void add_scenario_replay(CLI::App& group, Context& c, Chosen& chosen) {
  const auto o = std::make_shared<ReplayOptions>();
  auto* sub = group.add_subcommand("replay", "a journal of the live exchange under a changed rule / 账本反事实重放");
  sub->add_option("journal", o->journal, "data directory of a landexd / landexd 的数据目录")->required();
  sub->add_option("--change", o->changes,
                  "KEY=VALUE, again for each: pooled_share.supplementary_farmland=30%, floor=off, price=area:+10%, "
                  "price=area:22.00, rule_set=post-2025, phase=call, profile=off / 改变的规则")
      ->required();
  sub->add_option("-o,--out", o->out, "directory for CSV files and summary.txt / 输出目录");
  sub->callback([&c, &chosen, o] { chosen = [&c, o] { return replay(c, *o); }; });
}

}  // namespace landex::cli
