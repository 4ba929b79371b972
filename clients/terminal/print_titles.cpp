#include "clients/terminal/print_titles.hpp"

#include <fmt/format.h>

#include "clients/terminal/print_pool.hpp"
#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {

std::string product_zh(clearing::Product p) {
  using clearing::Product;
  switch (p) {
    case Product::pbf_plot:
      return "永农补划地块 PBF plot";
    case Product::function_restoration:
      return "耕地功能恢复 function restoration";
    case Product::forest:
      return "补充林地 forest";
    case Product::public_forest:
      return "省级以上公益林 public-welfare forest";
    case Product::high_standard:
      return "高标准农田补划 high-standard farmland";
    case Product::grain_zone:
      return "粮食功能区补划 grain zone";
    case Product::planning_space:
      return "规划空间 planning space";
  }
  return "?";
}

std::string state_zh(clearing::TitleState s) {
  using clearing::TitleState;
  switch (s) {
    case TitleState::held:
      return "持有 held";
    case TitleState::on_offer:
      return "挂出 on offer";
    case TitleState::pooled:
      return "市级统筹 pooled";
    case TitleState::used:
      return "已核销 used";
    case TitleState::cancelled:
      return "已注销 cancelled";
  }
  return "?";
}

std::string lot_of(const std::vector<engine::command::TitleLeg>& titles) {
  std::string lot;
  for (const auto& leg : titles)
    lot += fmt::format("{}标的 title {} @ {}", lot.empty() ? "" : " + ", leg.title,
                       wire::rate(Instrument::linkage, leg.price));
  return lot;
}

std::string landing_of(const std::optional<engine::command::Landing>& landing) {
  if (!landing) return {};
  return fmt::format("，项目落地 for {}（{}，{}）", landing->project, purpose_zh(landing->purpose), landing->document);
}

std::string table_of(const engine::view::Titles& v, const Names& n) {
  Table t;
  t.column("标的 title");
  t.column("品种 product");
  t.column("坐落 county");
  t.column("持有 holder");
  t.column("面积 area (亩 mu)", Align::right);
  t.column("等级 grade", Align::right);
  t.column("状态 state");
  t.column("说明 note");
  const auto note_of = [](const clearing::Title& title) {
    std::string note;
    const auto add = [&](const std::string& words) { note += (note.empty() ? "" : "，") + words; };
    if (title.grain_zone) add("粮功区 grain zone");
    if (title.high_standard) add("高标 high standard");
    if (title.parent) add("拆分自 split off " + *title.parent);
    if (!title.consent.empty()) add("同意文号 consent " + title.consent);
    if (title.deal) add(fmt::format("协议 deal {}", title.deal->value));
    if (!title.project.empty()) add("项目 project " + title.project);
    return note.empty() ? std::string{"–"} : note;
  };
  for (const auto& title : v.rows)
    t.row({title.number, product_zh(title.product), n.zh(title.county), n.zh(title.holder), wire::mu(title.area),
           title.grade ? std::to_string(*title.grade) : "–", state_zh(title.state), note_of(title)});
  return t.empty() ? "没有标的 no titles\n" : t.text();
}

std::string table_of(const engine::view::Products& v) {
  Table t;
  t.column("品种 product");
  t.column("条款 rule");
  t.column("期间 period");
  t.column("批准文号 approval");
  t.column("今日 today");
  for (const auto& p : v.rows)
    t.row({product_zh(p.product), wire::text_of(p.clause),
           p.from && p.until ? wire::text_of(*p.from) + " – " + wire::text_of(*p.until) : "–",
           p.approval.empty() ? "–" : p.approval, p.open ? "开放 open" : "未开放 closed"});
  return t.text();
}

}  // namespace landex::terminal
