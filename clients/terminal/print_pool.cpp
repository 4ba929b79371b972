#include "clients/terminal/print_pool.hpp"

#include <fmt/format.h>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {

namespace view = engine::view;

std::string purpose_zh(clearing::RequestClass c) {
  switch (c) {
    case clearing::RequestClass::national:
      return "国家重大 national";
    case clearing::RequestClass::provincial:
      return "省重大 provincial";
    case clearing::RequestClass::city:
      return "市重大 city";
    case clearing::RequestClass::key_zone:
      return "重点区域 key zone";
    case clearing::RequestClass::other:
      return "其他 other";
  }
  return "?";
}

std::string request_state_zh(clearing::RequestState s) {
  switch (s) {
    case clearing::RequestState::open:
      return "待分配 open";
    case clearing::RequestState::allotted:
      return "已分配 allotted";
    case clearing::RequestState::served:
      return "已满足 served";
    case clearing::RequestState::withdrawn:
      return "已撤回 withdrawn";
    case clearing::RequestState::expired:
      return "已过期 expired";
  }
  return "?";
}

std::string components_of(const Components& c) {
  std::string out;
  const auto add = [&out](std::string part) { out += (out.empty() ? "" : "，") + part; };
  if (c.area != Area{}) add(wire::mu(c.area) + " 亩");
  if (c.paddy != Area{}) add("水田 paddy " + wire::mu(c.paddy) + " 亩");
  if (c.capacity != Capacity{}) add(fmt::format("产能 capacity {} kg", c.capacity.raw()));
  return out.empty() ? "0" : out;
}

std::string table_of(const view::Requests& v, const Names& n) {
  Table t;
  t.column("申请 request", Align::right);
  t.column("区县 county");
  t.column("类别 class");
  t.column("项目 project");
  t.column("需 need");
  t.column("已用 taken");
  t.column("等级 grade");
  t.column("期限 until");
  t.column("状态 state");
  for (const auto& r : v.rows)
    t.row({std::to_string(r.id.value), n.zh(r.county), purpose_zh(r.purpose), r.project, components_of(r.need),
           components_of(r.taken), r.lowest_grade ? fmt::format("≤ {}", *r.lowest_grade) : "–",
           wire::text_of(r.deadline), request_state_zh(r.state)});
  std::string out = t.empty() ? "没有统筹申请 no requests to the pool\n" : t.text();
  for (const auto& r : v.rows) {
    if (r.exception)
      out += plain(fmt::format("申请 request {}：例外 exception {}（{}）[H66-7.3]", r.id.value, r.exception->reason,
                               r.exception->approver)) +
             "\n";
    for (const auto& part : r.waiting)
      out += fmt::format("申请 request {}：待接收 waits 第 {} 批 batch {} {}\n", r.id.value, part.filing.value,
                         instrument_zh(part.component), amount_of(part.component, part.quantity));
    if (r.take_by)
      out += fmt::format("申请 request {}：接收至 take over by {}\n", r.id.value, wire::text_of(*r.take_by));
  }
  return out;
}

std::string table_of(const view::Allocations& v, const Names&) {
  if (v.rows.empty()) return "没有此分配方案，或不归你方查看 no such allocation, or not yours to see\n";
  const auto& a = v.rows.front();
  std::string out = fmt::format("分配方案 allocation {}：按序号 {} 计算 as of number {}，{}\n", a.allocation.value,
                                a.computed_at.value, a.computed_at.value,
                                a.effective ? "已生效 in effect"
                                : a.stale   ? "已过时，须重新计算 stale, to be reckoned again"
                                            : "草案 draft");
  Table t;
  t.column("申请 request", Align::right);
  t.column("批次 batch", Align::right);
  t.column("指标 indicator");
  t.column("数量 quantity", Align::right);
  for (const auto& d : a.draws)
    t.row({std::to_string(d.request), std::to_string(d.filing.value), instrument_zh(d.component),
           amount_of(d.component, d.quantity)});
  return out + t.text();
}

}  // namespace landex::terminal
