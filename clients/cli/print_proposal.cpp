#include "clients/cli/print_proposal.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "clients/terminal/print_pool.hpp"

namespace landex::cli {
namespace {

using allocation::Binding;
using terminal::Align;
using terminal::amount_of;
using terminal::instrument_zh;
using terminal::Table;

std::string grade_of(std::optional<uint8_t> grade) {
  return grade ? fmt::format("{} 等及更好 grade {} or better", *grade, *grade) : "各等级 any grade";
}

/// What binds, in numbers, and what would free it.
std::string why(const allocation::Outcome& o, std::optional<uint8_t> lowest_grade) {
  const auto& s = *o.shortage;
  const auto q = [&](Quantity amount) { return amount_of(o.component, amount); };
  std::string out;
  switch (s.binding) {
    case Binding::pool_empty:
      out = "库中没有此指标 the pool has none of it";
      break;
    case Binding::no_lot_of_grade:
      out = fmt::format("库中没有 {} 的批次 no lot in the pool", grade_of(s.within));
      break;
    case Binding::higher_classes:
      out =
          fmt::format("{}共 {}，较高类别已用 higher classes take {}", grade_of(s.within), q(s.in_pool), q(s.to_higher));
      break;
    case Binding::own_class:
      out = fmt::format("{}共 {}，较高类别 higher classes {}，本类均分 shared in its class {}", grade_of(s.within),
                        q(s.in_pool), q(s.to_higher), q(s.to_own));
      break;
  }
  out += fmt::format("；再入库{} {} 即可满足 so much more fills it",
                     lowest_grade ? fmt::format(" {} 等 grade {}", *lowest_grade, *lowest_grade) : std::string{},
                     q(s.more));
  if (s.other_grade)
    out += fmt::format("；若接受 {} 可得 would give {}",
                       s.other_grade->lowest_grade ? fmt::format("{} 等 grade", *s.other_grade->lowest_grade)
                                                   : std::string{"任何等级 any grade"},
                       q(s.other_grade->granted));
  return out;
}

}  // namespace

std::string text_of(Sequence as_of, const clearing::AllocationCase& asked, const allocation::Proposal& proposal,
                    const terminal::Names& n) {
  std::map<uint64_t, const clearing::PoolRequest*> requests;
  for (const auto& r : asked.requests) requests.emplace(r.id, &r);
  std::string out = fmt::format(
      "分配方案，按序号 {} 计算 proposal as of number {}（次序与公平为我方默认，非法定 the order of aims is ours）\n",
      as_of.value, as_of.value);
  Table t;
  t.column("申请 request", Align::right);
  t.column("区县 county");
  t.column("类别 class");
  t.column("指标 indicator");
  t.column("需 need", Align::right);
  t.column("得 granted", Align::right);
  for (const auto& o : proposal.outcomes) {
    const auto& r = *requests.at(o.request);
    t.row({std::to_string(o.request), n.zh(r.county), terminal::purpose_zh(r.kind), instrument_zh(o.component),
           amount_of(o.component, o.need), amount_of(o.component, o.granted)});
  }
  out += t.empty() ? "没有申请 no requests\n" : t.text();
  for (const auto& o : proposal.outcomes)
    if (o.shortage)
      out += fmt::format("申请 request {} {} 缺 short {}：{}\n", o.request, instrument_zh(o.component),
                         amount_of(o.component, o.need - o.granted), why(o, requests.at(o.request)->lowest_grade));
  Table origins;
  origins.column("来源 origin");
  origins.column("指标 indicator");
  origins.column("库存 in the pool", Align::right);
  origins.column("调用 drawn", Align::right);
  std::set<Instrument> asked_for;  // a component that nobody asks for is not drawn
  for (const auto& o : proposal.outcomes) asked_for.insert(o.component);
  for (const auto& o : proposal.by_origin)
    if (asked_for.contains(o.component))
      origins.row({n.zh(o.origin), instrument_zh(o.component), amount_of(o.component, o.in_pool),
                   amount_of(o.component, o.drawn)});
  if (!origins.empty()) out += origins.text();
  Table grades;
  grades.column("等级 grade", Align::right);
  grades.column("指标 indicator");
  grades.column("库存 in the pool", Align::right);
  grades.column("调用 drawn", Align::right);
  for (const auto& g : proposal.by_grade)
    if (asked_for.contains(g.component))
      grades.row({g.grade ? std::to_string(*g.grade) : "未定 unknown", instrument_zh(g.component),
                  amount_of(g.component, g.in_pool), amount_of(g.component, g.drawn)});
  if (!grades.empty()) out += grades.text();
  return out;
}

std::string text_of(const clearing::AllocationFinding& fault) {
  std::string name = "?";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<clearing::AllocationFault>>([&](auto d) {
    if (d.value == fault.fault) name = d.name;
  });
  return fmt::format("无法计算分配 cannot be dealt out: {}\n", name);
}

}  // namespace landex::cli
