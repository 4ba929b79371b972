#include "clients/feeds/facts.hpp"

#include <array>

#include "clients/feeds/reader.hpp"
#include "clients/feeds/record.hpp"

namespace landex::feeds {
namespace {

constexpr Column kCounty{"county", true, "区县名称或六位代码", "name or six-digit code"};
constexpr std::array<std::string_view, 3> kTold{"county_name", "source", "note"};

constexpr std::array kProtection{
    kCounty,
    Column{"grade", true, "考核等次：优秀、良好、合格、不合格", "assessment grade: excellent, good, pass, fail"},
    Column{"cultivated_mu", true, "耕地面积，亩", "cultivated land, mu"},
    Column{"non_agricultural_mu", true, "其中非农化，亩；没有写 0", "of which used otherwise 非农化, mu; 0 if none"},
    Column{"non_grain_mu", true, "其中非粮化，亩；没有写 0", "of which not for grain 非粮化, mu; 0 if none"},
    Column{"abandoned_mu", true, "其中长期抛荒，亩；没有写 0", "of which abandoned 抛荒, mu; 0 if none"},
    Column{"rice_mu", true, "种植水稻的永农，亩；没有写 0", "permanent basic farmland with rice, mu; 0 if none"}};
constexpr std::array kPbf{kCounty, Column{"pbf_mu", true, "永久基本农田，亩", "permanent basic farmland, mu"},
                          Column{"cultivated_mu", true, "耕地，亩", "cultivated land, mu"},
                          Column{"land_mu", true, "区域面积，亩", "all land, mu"}};
constexpr std::array kAward{
    kCounty, Column{"project", true, "项目名称", "the project's name"},
    Column{"base_wan", true, "奖补基数，万元：示范工程为奖补额，其余为县级财政投入",
           "base in 万元: the award of a consolidation project, else the county's own fiscal input"},
    Column{"document", true, "评选文号", "document of its selection"}};

constexpr Kind kProtectionFacts{"protection", "耕地保护补偿", "farmland protection", kProtection, kTold};
constexpr Kind kPbfFacts{"pbf", "永农保护补偿", "permanent basic farmland", kPbf, kTold};
constexpr Kind kAwardFacts{"award", "奖补", "reward", kAward, kTold};

Area mu(Reader& r, std::string_view name) {
  const Field* f = r.find(name);
  if (!f) r.wrong(name, "未填", "is not given", "没有写 0", "write 0 if there is none");
  return f ? Area::from_raw(r.number(name, f->text, 4)) : Area{};
}

clearing::ProtectionFact protection(Reader& r) {
  using enum clearing::AssessmentGrade;
  return {.county = r.place("county"),
          .grade = r.word<clearing::AssessmentGrade>("grade", {{"excellent", excellent},
                                                               {"优秀", excellent},
                                                               {"good", good},
                                                               {"良好", good},
                                                               {"pass", pass},
                                                               {"合格", pass},
                                                               {"fail", fail},
                                                               {"不合格", fail}}),
          .cultivated = mu(r, "cultivated_mu"),
          .non_agricultural = mu(r, "non_agricultural_mu"),
          .non_grain = mu(r, "non_grain_mu"),
          .abandoned = mu(r, "abandoned_mu"),
          .rice = mu(r, "rice_mu")};
}

clearing::PbfFact pbf(Reader& r) {
  return {.county = r.place("county"),
          .pbf = mu(r, "pbf_mu"),
          .cultivated = mu(r, "cultivated_mu"),
          .land = mu(r, "land_mu")};
}

clearing::AwardFact award(Reader& r) {
  const Field* base = r.find("base_wan");
  if (!base) r.missing("base_wan");
  return {.county = r.place("county"),
          .project = r.text("project"),
          .base = base ? Fen::from_raw(r.number("base_wan", base->text, 6)) : Fen{},
          .document = r.text("document")};
}

template <class Fact>
std::expected<std::vector<Fact>, Faults> read_facts(const std::string& file, std::string_view bytes,
                                                    const wire::PlaceNames& places, const Kind& kind,
                                                    Fact (*fact_of)(Reader&)) {
  const auto table = read_table(file, bytes);
  if (!table) return std::unexpected(table.error());
  Faults faults;
  if (table->rows.empty())
    faults.push_back({.file = file,
                      .line = 1,
                      .zh = "没有记录",
                      .en = "there is no record",
                      .remedy_zh = "每个区县或项目写一行",
                      .remedy_en = "write one row a county or project"});
  if (!table->header.empty()) check_names(file, table->header.front().line, table->header, kind, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));  // of the header: once, not at every row
  std::vector<Fact> facts;
  for (const auto& row : table->rows) {
    const size_t before = faults.size();
    if (table->header.empty()) check_names(file, row.line, row.fields, kind, faults);
    if (faults.size() != before) continue;
    Reader r{file, row, places, faults};
    facts.push_back(fact_of(r));
  }
  std::ranges::stable_sort(faults, {}, &Fault::line);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return facts;
}

}  // namespace

std::expected<ProtectionFacts, Faults> read_protection_facts(const std::string& file, std::string_view bytes,
                                                             const wire::PlaceNames& places) {
  return read_facts(file, bytes, places, kProtectionFacts, protection);
}
std::expected<PbfFacts, Faults> read_pbf_facts(const std::string& file, std::string_view bytes,
                                               const wire::PlaceNames& places) {
  return read_facts(file, bytes, places, kPbfFacts, pbf);
}
std::expected<AwardFacts, Faults> read_award_facts(const std::string& file, std::string_view bytes,
                                                   const wire::PlaceNames& places) {
  return read_facts(file, bytes, places, kAwardFacts, award);
}

}  // namespace landex::feeds
