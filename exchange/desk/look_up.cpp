#include "exchange/desk/look_up.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>

#include "exchange/engine/described.hpp"
#include "exchange/wire/text_forms.hpp"

namespace landex::desk {

const std::optional<std::string>& Line::cell(std::string_view column) const {
  const auto at = std::ranges::find(answer_->columns, column);
  assert(at != answer_->columns.end());
  return answer_->rows[row_][static_cast<size_t>(at - answer_->columns.begin())];
}

std::optional<int64_t> Line::maybe_number(std::string_view column) const {
  const auto& text = cell(column);
  if (!text) return std::nullopt;
  int64_t n = 0;
  const auto end = std::from_chars(text->data(), text->data() + text->size(), n);
  assert(end.ec == std::errc{} && end.ptr == text->data() + text->size());
  return n;
}

int64_t Line::number(std::string_view column) const {
  const auto n = maybe_number(column);
  assert(n);
  return *n;
}

std::optional<Day> Line::maybe_day(std::string_view column) const {
  const auto& text = cell(column);
  return text ? wire::day_from(*text) : std::nullopt;
}

Instrument Line::instrument(std::string_view column) const {
  Instrument out{};
  [[maybe_unused]] const bool known = boost::describe::enum_from_string(text(column).c_str(), out);
  assert(known);
  return out;
}

Found<std::vector<Line>> LookUp::lines(const std::string& sql) {
  auto answer = database_->query(sql);
  if (!answer) return std::unexpected(Words{.zh = answer.error().zh, .en = answer.error().en});
  answers_.push_back(std::make_unique<reports::Answer>(std::move(*answer)));
  std::vector<Line> out;
  for (size_t i = 0; i < answers_.back()->rows.size(); ++i) out.emplace_back(*answers_.back(), i);
  return out;
}

Found<Line> LookUp::line(const std::string& sql, const Words& missing) {
  auto found = lines(sql);
  if (!found) return std::unexpected(found.error());
  if (found->empty()) return std::unexpected(missing);
  return found->front();
}

deeds::Unit LookUp::unit(District d) const {
  const auto at = house_->names.find(d);
  if (at != house_->names.end()) return {.code = d, .name = {.zh = at->second.zh, .en = at->second.en}};
  return {.code = d, .name = {.zh = fmt::format("{:06}", d.raw())}};
}

Found<deeds::Issue> LookUp::issue(Day day, Sequence told) {
  const auto at =
      line("select seq from progress", {.zh = "报表数据库是空的。", .en = "The reports database is empty."});
  if (!at) return std::unexpected(at.error());
  const auto rules = line("select rule_set from policy order by seq desc limit 1",
                          {.zh = "尚未启用政策包。", .en = "No policy pack is active."});
  if (!rules) return std::unexpected(rules.error());
  return deeds::Issue{.day = day,
                      .told = told,
                      .as_of = at->of<Sequence>("seq"),
                      .rule_set = rules->text("rule_set"),
                      .prices = {},
                      .bureau = house_->bureau,
                      .signers = {},
                      .simulated = house_->simulated};
}

Found<std::optional<Rate>> LookUp::price(deeds::Issue& issue, Instrument i, Day on) {
  const auto rows = lines(fmt::format(
      "select price_row_id, rate_yuan_per_mu_or_fen_per_kg, valid_from, valid_until, document from prices where "
      "instrument = '{}' and valid_from <= '{}' and valid_until >= '{}' and revoked_seq is null",
      boost::describe::enum_to_string(i, "?"), wire::text_of(on), wire::text_of(on)));
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::optional<Rate>{};
  const Line& row = rows->front();
  const Rate rate = row.of<Rate>("rate_yuan_per_mu_or_fen_per_kg");
  issue.prices.push_back({.row = row.of<PriceRowId>("price_row_id"),
                          .instrument = i,
                          .rate = rate,
                          .from = row.day("valid_from"),
                          .until = row.day("valid_until"),
                          .document = row.text("document")});
  return std::optional{rate};
}

Found<std::optional<PersonId>> LookUp::person_of(uint64_t seq) {
  const auto rows = lines(fmt::format("select person_id from commands where seq = {}", seq));
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::optional<PersonId>{};
  return std::optional{rows->front().of<PersonId>("person_id")};
}

Found<Day> LookUp::last_day() {
  const auto row = line("select max(business_day) as day from commands", {});
  if (!row) return std::unexpected(row.error());
  if (const auto day = row->maybe_day("day")) return *day;
  return std::unexpected(Words{.zh = "还没有开过市。", .en = "No business day has been opened yet."});
}

Words no_such(std::string_view zh, std::string_view en, uint64_t number) {
  return {.zh = fmt::format("没有你方可见的第 {} 号{}。", number, zh),
          .en = fmt::format("There is no {} {} that you may see.", en, number)};
}

namespace {

struct Named {
  std::string_view name;
  const char *zh, *en;
};

Words words_among(std::span<const Named> all, std::string_view name) {
  const auto at = std::ranges::find(all, name, &Named::name);
  if (at == all.end()) return {.zh = std::string{name}, .en = std::string{name}};
  return {.zh = at->zh, .en = at->en};
}

}  // namespace

Words words_of_command(std::string_view kind) {
  static constexpr Named kAll[] = {
      {"Deposit", "入金", "deposit"},
      {"Withdraw", "出金", "withdrawal"},
      {"PublishPrice", "公布价格", "price published"},
      {"RevokePrice", "撤销价格", "price revoked"},
      {"FileBatch", "报备入库", "filing"},
      {"DeductBatch", "核减", "deduction"},
      {"AdjustBatch", "批次调整", "adjustment"},
      {"PlaceOrder", "委托成交", "order"},
      {"PlaceAtBest", "市价委托成交", "order at best"},
      {"ReplaceOrder", "改单成交", "order replaced"},
      {"AcceptDeal", "协议成交", "directed sale"},
      {"ConfirmDeal", "成交确认", "deal confirmed"},
      {"PayDeal", "付款", "deal paid"},
      {"SettleDeal", "协议交割", "deal settled"},
      {"VoidDeal", "协议无效", "deal void"},
      {"SettleClaims", "支付统筹款", "claims paid"},
      {"WriteOff", "核销使用", "write-off"},
      {"OpenBids", "开标", "bids opened"},
      {"BidListing", "挂牌报价", "listing bid"},
      {"MovePhase", "集合竞价成交", "call auction"},
      {"Tick", "到期自动办理", "fell due"},
      {"OpenDay", "开市办理", "opening of the day"},
      {"CloseDay", "闭市办理", "close of the day"},
      {"DecideProposal", "审批生效", "approved"},
      {"ApplyAdvance", "预拨", "advance"},
      {"RepayAdvance", "归还预拨", "advance repaid"},
      {"UnfreezeLand", "解冻", "unfrozen"},
      {"FreezeLand", "冻结", "frozen"},
      {"TransferLand", "划转", "transfer"},
      {"LendLand", "借用", "loan"},
      {"ReturnLand", "归还", "return"},
      {"RestoreLand", "还原", "restored"},
      {"CancelLand", "注销", "cancelled"},
      {"AllocatePool", "统筹分配", "pool allocation"},
      {"TakeAllotment", "统筹指标承接", "allotment taken"},
      {"ReturnAllotment", "退回统筹", "allotment returned"},
      {"FillBalance", "占补平衡落实", "balance filled"},
      {"EarmarkFund", "专户调拨", "earmarked"},
      {"ExecuteRun", "年度结算", "yearly run"},
  };
  return words_among(kAll, kind);
}

Words words_of_mode(std::string_view mode) {
  static constexpr Named kAll[] = {{"directed", "协议转让", "directed sale"},
                                   {"sealed", "密封竞价", "sealed auction"},
                                   {"listing", "挂牌", "listing"},
                                   {"book", "连续竞价", "continuous book"},
                                   {"call", "集合竞价", "call auction"}};
  return words_among(kAll, mode);
}

Words words_of_purpose(std::string_view purpose) {
  static constexpr Named kAll[] = {{"national", "国家重大建设项目", "national major project"},
                                   {"provincial", "省重大建设项目", "provincial major project"},
                                   {"city", "市重大建设项目", "city major project"},
                                   {"key_zone", "市级以上重点建设区域", "key construction zone"},
                                   {"other", "其他（例外）", "other (by exception)"}};
  return words_among(kAll, purpose);
}

}  // namespace landex::desk
