#include "clients/terminal/print.hpp"

#include <fmt/format.h>
#include <wchar.h>

#include <algorithm>
#include <boost/locale/utf.hpp>
#include <clocale>

#include "exchange/wire/text_forms.hpp"
#include "exchange/wire/units_text.hpp"

namespace landex::terminal {

size_t cells(const std::string& text) {
  static const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const locale_t before = utf8 ? uselocale(utf8) : nullptr;
  using Traits = boost::locale::utf::utf_traits<char>;
  size_t width = 0;
  for (auto at = text.begin(); at != text.end();) {
    const auto c = Traits::decode(at, text.end());
    const int w =
        c == boost::locale::utf::illegal || c == boost::locale::utf::incomplete ? 1 : wcwidth(static_cast<wchar_t>(c));
    width += static_cast<size_t>(std::max(w, 0));
    if (c == boost::locale::utf::incomplete) break;
  }
  if (before) uselocale(before);
  return width;
}

std::string plain(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return text;
}

std::string Table::text() const {
  std::vector<size_t> widths;
  for (const auto& t : titles_) widths.push_back(cells(t.text));
  for (const auto& r : rows_)
    for (size_t i = 0; i < r.size() && i < widths.size(); ++i) widths[i] = std::max(widths[i], cells(r[i]));
  std::string out;
  const auto line = [&](auto&& cell_at) {
    std::string l;
    for (size_t i = 0; i < titles_.size(); ++i) {
      const std::string cell = cell_at(i);
      const std::string pad(widths[i] - cells(cell), ' ');
      l += titles_[i].align == Align::right ? pad + cell : cell + pad;
      if (i + 1 < titles_.size()) l += "  ";
    }
    l.erase(l.find_last_not_of(' ') + 1);
    out += l + "\n";
  };
  line([&](size_t i) { return titles_[i].text; });
  for (const auto& r : rows_) line([&](size_t i) { return i < r.size() ? r[i] : std::string{}; });
  return out;
}

std::string Names::place(District d) const {
  const auto at = places.find(d);
  return at == places.end() ? std::to_string(d.raw()) : at->second.zh + " " + at->second.en;
}
std::string Names::zh(District d) const {
  const auto at = places.find(d);
  return at == places.end() ? std::to_string(d.raw()) : at->second.zh;
}

std::string instrument_zh(Instrument i) { return exists(i) ? std::string{name_of(i).zh} : "?"; }
std::string side_zh(Side s) { return s == Side::buy ? "买 buy" : "卖 sell"; }
std::string state_zh(engine::DealState s) {
  switch (s) {
    case engine::DealState::proposed:
      return "待接受 proposed";
    case engine::DealState::accepted:
      return "已接受 accepted";
    case engine::DealState::settled:
      return "已交割 settled";
    case engine::DealState::ended:
      return "已终止 ended";
    case engine::DealState::lapsed:
      return "已失效 lapsed";
  }
  return "?";
}

namespace {

namespace event = engine::event;

std::string amount_of(Instrument i, Quantity q) { return wire::quantity(i, q) + " " + std::string{wire::unit_zh(i)}; }
std::string price_of(Instrument i, Price p) { return wire::rate(i, rate_of(i, p)); }
std::string rule_of(const std::optional<policy::Clause>& c) { return c ? " [" + wire::text_of(*c) + "]" : ""; }

struct Teller {
  const Names& n;
  std::string operator()(const event::Activated& e) const {
    return fmt::format("启用政策包 policy pack {}（行为 behaviour {}）", e.rule_set, e.behaviour);
  }
  std::string operator()(const event::VenueSet& e) const {
    return e.venue == engine::Venue::simulation ? "场所：模拟 venue: simulation" : "场所：生产 venue: production";
  }
  std::string operator()(const event::DayOpened& e) const { return "开市 day opened " + wire::text_of(e.day); }
  std::string operator()(const event::DayClosed& e) const { return "闭市 day closed " + wire::text_of(e.day); }
  std::string operator()(const event::AccountOpened& e) const {
    return "开户 account opened " + n.place(e.participant);
  }
  std::string operator()(const event::MoneyMoved& e) const {
    if (e.from_purse == engine::Purse::outside)
      return fmt::format("入金 deposited {} 元 yuan → {}", wire::yuan(e.amount), n.zh(e.to));
    if (e.to_purse == engine::Purse::outside)
      return fmt::format("出金 withdrawn {} 元 yuan ← {}", wire::yuan(e.amount), n.zh(e.from));
    if (e.from_purse == engine::Purse::claims) return {};  // told by ClaimBooked and by the payment
    if (e.from != e.to)
      return fmt::format("付款 paid: {} → {} {} 元 yuan{}", n.zh(e.from), n.zh(e.to), wire::yuan(e.amount),
                         rule_of(e.clause));
    return {};
  }
  std::string operator()(const event::LandMoved& e) const {
    if (e.to_purse == engine::Purse::pool)
      return fmt::format("市级统筹 pooled: {} → {} {} {}{}", n.zh(e.from), n.zh(e.to), instrument_zh(e.instrument),
                         amount_of(e.instrument, e.quantity), rule_of(e.clause));
    if (e.from != e.to)
      return fmt::format("划转 delivered: {} → {} {} {}{}", n.zh(e.from), n.zh(e.to), instrument_zh(e.instrument),
                         amount_of(e.instrument, e.quantity), rule_of(e.clause));
    return {};
  }
  std::string operator()(const event::PricePublished& e) const {
    return fmt::format("公布跨市调剂价 cross-city price published: {} {}，{} – {}，{}", instrument_zh(e.instrument),
                       wire::rate(e.instrument, e.rate), wire::text_of(e.from), wire::text_of(e.until), e.document);
  }
  std::string operator()(const event::Filed& e) const {
    return fmt::format("报备入库 filed: 第 {} 号 {} {} 亩 mu，水田 paddy {}，产能 capacity {} kg", e.filing.value,
                       n.zh(e.county), wire::mu(e.area), wire::mu(e.paddy), e.capacity.raw());
  }
  std::string operator()(const event::Deducted& e) const {
    return fmt::format("核减 deducted: 第 {} 号 {} 亩 mu", e.filing.value, wire::mu(e.area));
  }
  std::string operator()(const event::ClaimBooked& e) const {
    return e.amount
               ? fmt::format("统筹应付 payable: {} {} {} → {} 元 yuan [H66-7.4]", n.zh(e.county),
                             instrument_zh(e.instrument), amount_of(e.instrument, e.quantity), wire::yuan(*e.amount))
               : fmt::format("统筹应付待定价 payable waits for a price: {} {} {} [H66-7.4]", n.zh(e.county),
                             instrument_zh(e.instrument), amount_of(e.instrument, e.quantity));
  }
  std::string operator()(const event::PlotEntered& e) const {
    return fmt::format("储备地块 reserve plot {} {} {} 亩 mu，等级 grade {}{}", n.zh(e.county), e.plot,
                       wire::mu(e.area), e.grade, e.qualifies ? "" : "（不符合补划条件 does not qualify）");
  }
  std::string operator()(const event::PlotPooled& e) const {
    return fmt::format("永农统筹 reserve plot pooled: {} {} {} 亩 mu，目标 target {}，差额 shortfall {} [H66-6.2]",
                       n.zh(e.county), e.plot, wire::mu(e.area), wire::mu(e.target), wire::mu(e.shortfall));
  }
  std::string operator()(const event::OrderAccepted& e) const {
    return fmt::format("委托 order {}: {} {} {} {} @ {}", e.order.value, n.zh(e.participant), side_zh(e.side),
                       instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       price_of(e.instrument, e.price));
  }
  std::string operator()(const event::FloorApplied& e) const {
    std::string out = e.floor
                          ? fmt::format("下限 floor {} [{}]", price_of(e.instrument, *e.floor), wire::text_of(e.rule))
                          : fmt::format("无有效价格 no price in force [{}]", wire::text_of(e.rule));
    if (e.lifted != Quantity{})
      out += fmt::format("：按下限成交 bought at the floor {}", amount_of(e.instrument, e.lifted));
    if (e.passed_over != Quantity{})
      out += fmt::format("：跳过 passed over {}（山区4县→城区不低于下限 not below the floor on this route）",
                         amount_of(e.instrument, e.passed_over));
    return out;
  }
  std::string operator()(const event::Traded& e) const {
    return fmt::format("成交 trade: {} → {} {} {} @ {} = {} 元 yuan", n.zh(e.seller), n.zh(e.buyer),
                       instrument_zh(e.instrument), amount_of(e.instrument, e.quantity),
                       price_of(e.instrument, e.price), wire::yuan(e.amount));
  }
  std::string operator()(const event::OrderEnded& e) const {
    return fmt::format("{} order {}: {}", e.lapsed ? "委托失效 lapsed" : "撤单 cancelled", e.order.value,
                       n.zh(e.participant));
  }
  std::string operator()(const event::DealProposed& e) const {
    return fmt::format("协议 deal {} 提出 proposed: {} → {} {} 元 yuan", e.deal.value, n.zh(e.seller), n.zh(e.buyer),
                       wire::yuan(e.amount));
  }
  std::string operator()(const event::DealMoved& e) const {
    return fmt::format("协议 deal {} {}: {} → {} {} 元 yuan", e.deal.value, state_zh(e.state), n.zh(e.seller),
                       n.zh(e.buyer), wire::yuan(e.amount));
  }
  std::string operator()(const event::WrittenOff& e) const {
    return fmt::format("核销使用 written off: {} {} {}，{}", n.zh(e.participant), instrument_zh(e.instrument),
                       amount_of(e.instrument, e.quantity), e.project);
  }
  std::string operator()(const event::Refused&) const { return {}; }
  std::string operator()(const event::Repeated&) const { return {}; }
  std::string operator()(const event::LevelChanged&) const { return {}; }
};

}  // namespace

std::string line_of(const engine::Event& e, const Names& names) { return plain(std::visit(Teller{names}, e)); }

std::string refusal_text(const wire::ToldRefusal& r) {
  return fmt::format("拒绝 refused [{}]\n  {}\n  {}\n办法 way out\n  {}\n  {}\n", r.rule, r.zh, r.en, r.way_out_zh,
                     r.way_out_en);
}

}  // namespace landex::terminal
