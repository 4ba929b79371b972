#include "exchange/reports/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <map>
#include <numeric>
#include <tuple>

#include "exchange/wire/text_forms.hpp"
#include "matching/types/tally.hpp"

namespace landex::reports {
namespace {

__extension__ using Wide = __int128;

constexpr std::string_view kKilograms = "supplementary_capacity";
int64_t rate_units_per_tick(const std::string& instrument) { return instrument == kKilograms ? 1 : 100; }

/// Neither below 0, den above.
int64_t divided_half_up(Wide num, Wide den) {
  assert(num >= 0 && den > 0);
  const Wide q = (2 * num + den) / (2 * den);
  assert(q <= INT64_MAX);
  return static_cast<int64_t>(q);
}

/// Trades of one line, as they come.
struct Sum {
  size_t trades = 0;
  int64_t volume = 0, turnover = 0, priced_volume = 0;
  std::vector<int64_t> ticks;

  void add(const TradeFact& t) {
    ++trades;
    volume = checked_add(volume, t.quantity);
    turnover = checked_add(turnover, t.amount_fen);
    if (!t.price_tick) return;
    priced_volume = checked_add(priced_volume, t.quantity);
    ticks.push_back(*t.price_tick);
  }
};

StatisticsLine line_of(const std::string& instrument, StatisticsLine::Scope scope, Sum sum,
                       const StatisticsRules& rules) {
  StatisticsLine line{.instrument = instrument,
                      .scope = scope,
                      .seller_class = {},
                      .buyer_class = {},
                      .mode = {},
                      .trades = sum.trades,
                      .volume = sum.volume,
                      .turnover_fen = sum.turnover,
                      .mean = {},
                      .median = {},
                      .priced = sum.ticks.size(),
                      .thin = sum.ticks.size() < rules.median_from};
  const int64_t per_tick = rate_units_per_tick(instrument);
  // Fen over 0.0001 mu is ticks (of 100 yuan a mu); fen over kg is ticks (of 1 fen a kg).
  if (sum.priced_volume > 0) line.mean = divided_half_up(Wide{sum.turnover} * per_tick, sum.priced_volume);
  if (!line.thin && !sum.ticks.empty()) {
    std::ranges::sort(sum.ticks);
    const size_t n = sum.ticks.size();
    const Wide middle = Wide{sum.ticks[(n - 1) / 2]} + sum.ticks[n / 2];
    line.median = divided_half_up(middle * per_tick, 2);
  }
  return line;
}

int64_t number_in(const std::optional<std::string>& cell) {
  int64_t n = 0;
  if (cell) std::from_chars(cell->data(), cell->data() + cell->size(), n);
  return n;
}

std::string scope_word(StatisticsLine::Scope s) {
  return s == StatisticsLine::Scope::all ? "all" : s == StatisticsLine::Scope::route ? "route" : "mode";
}

std::string thin_zh(const StatisticsRules& rules) {
  return fmt::format("成交不足{}笔，不公布中位价", rules.median_from);
}
std::string thin_en(const StatisticsRules& rules) {
  return fmt::format("fewer than {} trades: no median is published", rules.median_from);
}

template <class T>
std::optional<std::string> maybe(const std::optional<T>& n) {
  return n ? std::optional{std::to_string(*n)} : std::nullopt;
}
std::optional<std::string> filled(const std::string& s) { return s.empty() ? std::nullopt : std::optional{s}; }

}  // namespace

Statistics statistics_of(const std::vector<TradeFact>& trades, const std::vector<AuctionFact>& auctions, Period period,
                         const StatisticsRules& rules) {
  using Scope = StatisticsLine::Scope;
  // By instrument, scope, and what names the line within it.
  std::map<std::tuple<std::string, Scope, std::string, std::string>, Sum> sums;
  for (const auto& t : trades) {
    sums[{t.instrument, Scope::all, "", ""}].add(t);
    sums[{t.instrument, Scope::route, t.seller_class, t.buyer_class}].add(t);
    sums[{t.instrument, Scope::mode, t.mode, ""}].add(t);
  }
  Statistics out{.period = period, .rules = rules, .lines = {}, .covers = {}};
  for (auto& [key, sum] : sums) {
    const auto& [instrument, scope, first, second] = key;
    auto line = line_of(instrument, scope, std::move(sum), rules);
    if (scope == Scope::route) line.seller_class = first, line.buyer_class = second;
    if (scope == Scope::mode) line.mode = first;
    out.lines.push_back(std::move(line));
  }
  std::map<std::string, CoverLine> covers;
  for (const auto& a : auctions) {
    auto& c = covers[a.instrument];
    c.instrument = a.instrument;
    ++c.auctions;
    c.demand = checked_add(c.demand, a.demand);
    c.offered = checked_add(c.offered, a.offered);
  }
  for (auto& [instrument, c] : covers) {
    const int64_t by = std::max<int64_t>(std::gcd(c.demand, c.offered), 1);
    c.ratio = fmt::format("{}/{}", c.demand / by, c.offered / by);
    out.covers.push_back(c);
  }
  return out;
}

Result<std::vector<TradeFact>> trades_of(Database& database, Period period) {
  const auto answer = database.query(
      fmt::format("select coalesce(instrument, product, 'title') as instrument, mode, seller_class, buyer_class, "
                  "quantity_e4mu_or_kg, price_tick, amount_fen from trades where business_day between '{}' and '{}' "
                  "and state not in ('voided', 'lapsed', 'defaulted') order by seq, idx",
                  wire::text_of(period.from), wire::text_of(period.until)));
  if (!answer) return std::unexpected{answer.error()};
  std::vector<TradeFact> out;
  for (const auto& r : answer->rows)
    out.push_back({.instrument = *r[0],
                   .mode = *r[1],
                   .seller_class = *r[2],
                   .buyer_class = *r[3],
                   .quantity = number_in(r[4]),
                   .price_tick = r[5] ? std::optional{number_in(r[5])} : std::nullopt,
                   .amount_fen = number_in(r[6])});
  return out;
}

Result<std::vector<AuctionFact>> auctions_of(Database& database, Period period) {
  const auto answer = database.query(
      fmt::format("select instrument, demand_e4mu_or_kg, offered_e4mu_or_kg from auctions where demand_e4mu_or_kg is "
                  "not null and decided_day between '{}' and '{}' order by auction_id",
                  wire::text_of(period.from), wire::text_of(period.until)));
  if (!answer) return std::unexpected{answer.error()};
  std::vector<AuctionFact> out;
  for (const auto& r : answer->rows)
    out.push_back({.instrument = *r[0], .demand = number_in(r[1]), .offered = number_in(r[2])});
  return out;
}

Sheet sheet_of(const Statistics& s) {
  Sheet sheet{.columns = {{"from_day", false},
                          {"until_day", false},
                          {"instrument", false},
                          {"scope", false},
                          {"seller_class", false},
                          {"buyer_class", false},
                          {"mode", false},
                          {"trades", true},
                          {"volume_e4mu_or_kg", true},
                          {"turnover_fen", true},
                          {"mean_yuan_per_mu_or_fen_per_kg", true},
                          {"median_yuan_per_mu_or_fen_per_kg", true},
                          {"median_note", false},
                          {"auctions", true},
                          {"demand_e4mu_or_kg", true},
                          {"offered_e4mu_or_kg", true},
                          {"cover_ratio", false}},
              .rows = {}};
  const std::string from = wire::text_of(s.period.from), until = wire::text_of(s.period.until);
  for (const auto& l : s.lines)
    sheet.rows.push_back({from, until, l.instrument, scope_word(l.scope), filled(l.seller_class), filled(l.buyer_class),
                          filled(l.mode), std::to_string(l.trades), std::to_string(l.volume),
                          std::to_string(l.turnover_fen), maybe(l.mean), maybe(l.median),
                          l.thin ? std::optional{thin_zh(s.rules)} : std::nullopt, std::nullopt, std::nullopt,
                          std::nullopt, std::nullopt});
  for (const auto& c : s.covers)
    sheet.rows.push_back({from, until, c.instrument, "auctions", std::nullopt, std::nullopt, "sealed", std::nullopt,
                          std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                          std::to_string(c.auctions), std::to_string(c.demand), std::to_string(c.offered), c.ratio});
  return sheet;
}

std::string json_of(const Statistics& s) {
  const auto number = [](const std::optional<int64_t>& n) { return n ? std::to_string(*n) : std::string{"null"}; };
  const auto text = [](const std::string& t) { return t.empty() ? std::string{"null"} : json_string(t); };
  std::string lines, covers;
  for (const auto& l : s.lines)
    lines += fmt::format(
        "{}{{\"instrument\":{},\"scope\":\"{}\",\"seller_class\":{},\"buyer_class\":{},\"mode\":{},\"trades\":{},"
        "\"volume_e4mu_or_kg\":{},\"turnover_fen\":{},\"mean_yuan_per_mu_or_fen_per_kg\":{},"
        "\"median_yuan_per_mu_or_fen_per_kg\":{},\"median_note_zh\":{},\"median_note_en\":{}}}",
        lines.empty() ? "" : ",", json_string(l.instrument), scope_word(l.scope), text(l.seller_class),
        text(l.buyer_class), text(l.mode), l.trades, l.volume, l.turnover_fen, number(l.mean), number(l.median),
        text(l.thin ? thin_zh(s.rules) : ""), text(l.thin ? thin_en(s.rules) : ""));
  for (const auto& c : s.covers)
    covers += fmt::format(
        "{}{{\"instrument\":{},\"auctions\":{},\"demand_e4mu_or_kg\":{},\"offered_e4mu_or_kg\":{},"
        "\"cover_ratio\":\"{}\"}}",
        covers.empty() ? "" : ",", json_string(c.instrument), c.auctions, c.demand, c.offered, c.ratio);
  return fmt::format(
      "{{\"from_day\":\"{}\",\"until_day\":\"{}\",\"median_from_trades\":{},\"median_rule_origin\":\"our_default\","
      "\"statistics\":[{}],\"auctions\":[{}]}}\n",
      wire::text_of(s.period.from), wire::text_of(s.period.until), s.rules.median_from, lines, covers);
}

}  // namespace landex::reports
