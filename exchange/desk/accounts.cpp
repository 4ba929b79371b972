// accounts.cpp: extracts of the ledgers: 对账单 of a unit over a period, 台账 of a batch. A balance runs from the
// opening to the closing one, entry by entry. What moves between the purses of one account (free, held, frozen are all
// the unit's own) changes nothing and is no entry.
#include <fmt/format.h>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <map>

#include "exchange/deeds/account_papers.hpp"
#include "exchange/desk/papers.hpp"
#include "exchange/wire/government_names.hpp"
#include "exchange/wire/text_forms.hpp"

namespace landex::desk {
namespace {

/// An account: those purses of a unit together.
struct Purses {
  std::string name;
  Words title;
  std::vector<std::string_view> purses;
  std::optional<Instrument> instrument = {};
};

struct Stretch {
  uint64_t first, last;  // numbers; last < first: nothing happened
};

/// The numbers of the business days from one to another.
Found<Stretch> stretch_of(LookUp& at, Period period) {
  LANDEX_TRY(row, at.line(fmt::format("select (select min(seq) from commands where business_day >= '{}') as first, "
                                      "(select max(seq) from commands where business_day <= '{}') as last",
                                      wire::text_of(period.from), wire::text_of(period.until)),
                          {}));
  if (!row.has("last")) return Stretch{.first = 1, .last = 0};
  const auto last = static_cast<uint64_t>(row.number("last"));
  return Stretch{.first = row.has("first") ? static_cast<uint64_t>(row.number("first")) : last + 1, .last = last};
}

/// Why an entry was made: what stands on its other side says more than the command where it is no account of a unit.
Words cause_of(bool in, std::string_view other, std::string_view command) {
  struct Why {
    std::string_view purse;
    Words in, out;
  };
  static const Why kAll[] = {
      {"pool", {.zh = "自统筹库转入", .en = "out of the city's pool"}, {.zh = "市级统筹", .en = "pooled by the city"}},
      {"used", {.zh = "核销还原", .en = "write-off restored"}, {.zh = "核销使用", .en = "written off for a project"}},
      {"cancelled",
       {.zh = "更正转回", .en = "put back by a correction"},
       {.zh = "核减、注销或过期", .en = "deducted, cancelled or expired"}},
      {"claims", {.zh = "统筹应付款", .en = "owed by the pool"}, {.zh = "统筹应付款", .en = "owed by the pool"}},
      {"advances", {.zh = "预拨未冲抵", .en = "advance"}, {.zh = "预拨冲抵", .en = "advance netted"}},
  };
  for (const Why& why : kAll)
    if (why.purse == other) return in ? why.in : why.out;
  return words_of_command(command);
}

Words run_words(const std::string& kind) {
  clearing::RunKind run{};
  boost::describe::enum_from_string(kind.c_str(), run);
  const wire::Name name = wire::name_of(run);
  return {.zh = std::string{name.zh}, .en = std::string{name.en}};
}

/// Entries of one account out of all entries of the unit, in the order of their numbers.
Found<deeds::AccountFacts> account_of(LookUp& at, District unit, const Purses& which, const std::vector<Line>& entries,
                                      Stretch stretch, Day until) {
  deeds::AccountFacts out{.name = which.name, .title = which.title, .instrument = which.instrument};
  const auto mine = [&](const Line& row, const char* side) {
    return row.unit(std::string{side} + "_unit") == unit &&
           std::ranges::find(which.purses, row.text(std::string{side} + "_purse")) != which.purses.end();
  };
  int64_t balance = 0;
  for (const Line& row : entries) {
    if (which.instrument && row.instrument() != *which.instrument) continue;
    const bool in = mine(row, "to"), from = mine(row, "from");
    if (in == from) continue;
    const int64_t change = in ? row.number("amount") : -row.number("amount");
    balance += change;
    const auto seq = static_cast<uint64_t>(row.number("seq"));
    if (seq < stretch.first) {
      out.opening = balance;
      continue;
    }
    const District other = row.unit(in ? "from_unit" : "to_unit");
    out.entries.push_back({.number = Sequence{seq},
                           .day = row.maybe_day("day").value_or(until),
                           .cause = row.has("run")
                                        ? run_words(row.text("run"))
                                        : cause_of(in, row.text(in ? "from_purse" : "to_purse"), row.text("kind")),
                           .other = other == unit ? std::nullopt : std::optional{at.unit(other)},
                           .clause = row.has("clause") ? policy::clause_named(row.text("clause")) : std::nullopt,
                           .change = change});
  }
  out.closing = balance;
  return out;
}

/// The closing balance by the table of balances, less what came later: the maker of the paper compares it with where
/// the entries lead, so a projection that has lost one gives no statement.
Found<int64_t> closing_of(LookUp& at, District unit, const Purses& which, uint64_t last) {
  std::string purses;
  for (const auto purse : which.purses) purses += fmt::format("{}'{}'", purses.empty() ? "" : ", ", purse);
  const std::string asset = which.instrument ? boost::describe::enum_to_string(*which.instrument, "?") : "money";
  const std::string of_asset = which.instrument ? fmt::format(" and instrument = '{}'", asset) : "";
  const std::string_view amount = which.instrument ? "quantity_e4mu_or_kg" : "amount_fen";
  LANDEX_TRY(row, at.line(fmt::format("select (select coalesce(cast(sum(amount_fen_e4mu_or_kg) as bigint), 0) from "
                                      "balances where unit = {0} and asset = '{1}' and purse in ({2})) as now, (select "
                                      "coalesce(cast(sum(case when to_unit = {0} and to_purse in ({2}) then {3} else 0 "
                                      "end - case when from_unit = {0} and from_purse in ({2}) then {3} else 0 end) as "
                                      "bigint), 0) from {4} where seq > {5}{6}) as later",
                                      unit.raw(), asset, purses, amount,
                                      which.instrument ? "land_entries" : "money_entries", last, of_asset),
                          {}));
  return row.number("now") - row.number("later");
}

std::string entries_sql(std::string_view table, std::string_view quantity, std::string_view instrument, District unit,
                        uint64_t last) {
  return fmt::format(
      "select e.seq as seq, e.business_day as day, {}e.from_unit as from_unit, e.from_purse as from_purse, "
      "e.to_unit as to_unit, e.to_purse as to_purse, e.{} as amount, e.clause as clause, c.kind as kind, (select "
      "r.kind from runs r where r.run_id = "
      "e.cause_seq) as run "
      "from {} e join commands c on c.seq = e.seq where (e.from_unit = {} or e.to_unit = {}) and e.seq "
      "<= {} order by e.seq, e.idx",
      instrument, quantity, table, unit.raw(), unit.raw(), last);
}

}  // namespace

Asked statement(LookUp& at, District unit, Period period) {
  if (!at.may_see(unit))
    return std::unexpected(Words{.zh = "只能查看本单位的对账单。", .en = "A statement is for the unit itself."});
  if (period.until < period.from)
    return std::unexpected(Words{.zh = "起日在止日之后。", .en = "The first day is after the last."});
  LANDEX_TRY(stretch, stretch_of(at, period));
  LANDEX_TRY(money, at.lines(entries_sql("money_entries", "amount_fen", "", unit, stretch.last)));
  LANDEX_TRY(land, at.lines(entries_sql("land_entries", "quantity_e4mu_or_kg", "e.instrument as instrument, ", unit,
                                        stretch.last)));
  deeds::StatementFacts facts{.unit = at.unit(unit), .period = period, .accounts = {}};
  const auto add = [&](const Purses& which, const std::vector<Line>& entries, bool always) -> Found<void> {
    LANDEX_TRY(account, account_of(at, unit, which, entries, stretch, period.until));
    LANDEX_TRY(closing, closing_of(at, unit, which, stretch.last));
    account.closing = closing;
    if (always || account.opening != 0 || !account.entries.empty()) facts.accounts.push_back(std::move(account));
    return {};
  };
  const Purses moneys[] = {
      {"cash", {.zh = "资金（含冻结）", .en = "money, held money included"}, {"free", "held"}},
      {"claims", {.zh = "应收统筹款", .en = "what the pool owes"}, {"claims"}},
      {"advances", {.zh = "预拨未冲抵", .en = "advances not netted"}, {"advances"}},
      {"funds", {.zh = "专户资金", .en = "earmarked sub-accounts"}, {"funds"}},
  };
  for (const auto& which : moneys)
    if (const auto done = add(which, money, &which == moneys); !done) return std::unexpected(done.error());
  for (const Instrument i : kInstruments) {
    const Words name = deeds::name_words(i);
    const std::string code = boost::describe::enum_to_string(i, "?");
    const Purses lands[] = {
        {code,
         {.zh = name.zh + "（含在挂、冻结）", .en = name.en + ", on offer and frozen included"},
         {"free", "held", "frozen"},
         i},
        {code + "_borrowed", {.zh = name.zh + "（借入）", .en = name.en + ", borrowed"}, {"borrowed"}, i},
        {code + "_used", {.zh = name.zh + "（已核销）", .en = name.en + ", used"}, {"used"}, i},
        {code + "_pool", {.zh = name.zh + "（市级统筹）", .en = name.en + ", pooled"}, {"pool"}, i},
    };
    for (const auto& which : lands)
      if (const auto done = add(which, land, false); !done) return std::unexpected(done.error());
  }
  LANDEX_TRY(issue, at.issue(period.until, Sequence{stretch.last}));
  return deeds::statement(facts, issue);
}

Asked ledger_card(LookUp& at, uint64_t filing) {
  const Words missing = no_such("批次", "batch", filing);
  LANDEX_TRY(row,
             at.line(fmt::format("select county, kind, filed_day from filings where filing_id = {}", filing), missing));
  const District county = row.unit("county");
  if (!at.may_see(county)) return std::unexpected(missing);
  const Instrument i = row.text("kind") == "linkage" ? Instrument::linkage : Instrument::supplementary_area;
  LANDEX_TRY(entries, at.lines(fmt::format(
                          "select l.seq as seq, l.business_day as day, l.from_unit as from_unit, "
                          "l.from_place as from_purse, l.to_unit as to_unit, l.to_place as to_purse, "
                          "l.quantity_e4mu_or_kg as amount, l.instrument as instrument, null as clause, null as run, "
                          "c.kind as kind, c.person_id as person from lot_entries l join commands c on "
                          "c.seq = l.seq where l.filing_id = {} order by l.seq, l.idx",
                          filing)));
  LANDEX_TRY(today, at.last_day());
  const Purses stock{.name = fmt::format("batch_{}", filing),
                     .title = {.zh = "本级库存", .en = "stock of the county"},
                     .purses = {"stock"},
                     .instrument = i};
  LANDEX_TRY(account, account_of(at, county, stock, entries, {.first = 1, .last = UINT64_MAX}, today));
  // 审核人: who decided, where an approval stood behind the entry.
  std::map<uint64_t, PersonId> reviewed;
  for (const Line& e : entries)
    if (e.text("kind") == "DecideProposal") reviewed[static_cast<uint64_t>(e.number("seq"))] = e.of<PersonId>("person");
  for (auto& e : account.entries)
    if (const auto by = reviewed.find(e.number.value); by != reviewed.end()) e.reviewed_by = by->second;
  LANDEX_TRY(issue, at.issue(today, Sequence{filing}));
  return deeds::ledger_card(
      {.unit = at.unit(county),
       .period = {row.day("filed_day"), today},
       .of = fmt::format("batch-{}", filing),
       .subject = {.zh = fmt::format("批次 {} 号", filing), .en = fmt::format("batch {}", filing)},
       .account = std::move(account)},
      issue);
}

}  // namespace landex::desk
