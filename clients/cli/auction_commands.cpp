// auction …: sealed auctions with one price, and ascending listings.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"
#include "clients/terminal/print_views.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;

struct Words {
  std::string instrument, quantity, least, price, reserve, opens, closes, paddy, capacity, start, step, priority;
  bool hidden = false;
  uint64_t auction = 0, bid = 0;
};
using Shared = std::shared_ptr<Words>;

constexpr const char* kNumber = "its number / 拍卖或挂牌号";
constexpr const char* kPrice = "万元/亩 (capacity: yuan/kg) / 单价";

Instant moment(const char* option, const std::string& text) { return instant_arg(option, text, now()); }

std::optional<Instant> maybe_moment(const char* option, const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{moment(option, text)};
}
std::optional<Rate> maybe_rate(const char* option, const std::string& text, Instrument i) {
  return text.empty() ? std::nullopt : std::optional{rate_arg(option, text, i)};
}

/// What an auction is of: its number decides which instrument a bid's numbers are read in, so it is asked first.
std::expected<Instrument, int> instrument_of(const Context& c, AuctionId id) {
  const auto answer = fetch(c, query::GetAuctions{});
  if (!answer) return std::unexpected(answer.error());
  const auto& v = std::get<view::Auctions>(answer->view);
  for (const auto& r : v.sealed)
    if (r.auction == id) return r.instrument;
  for (const auto& r : v.listings)
    if (r.auction == id && !r.legs.empty()) return r.legs.front().instrument;
  return Instrument::supplementary_area;  // landexd will say that there is none
}

void add_announcements(CLI::App& auction, Context& c, Chosen& chosen, const Shared& w) {
  auto* sealed = auction.add_subcommand("sealed", "announce a sealed auction / 公告密封统一价拍卖");
  sealed->add_option("instrument", w->instrument, "area, paddy, capacity, linkage / 品种")->required();
  sealed->add_option("quantity", w->quantity, "mu (capacity: kg) / 数量")->required();
  sealed->add_option("--least-bid", w->least, "the smallest bid; without it, anything / 最小报价数量");
  sealed->add_option("--reserve", w->reserve, kPrice);
  sealed->add_flag("--hidden", w->hidden, "the reserve is told only if it decides / 底价不公开");
  sealed->add_option("--opens", w->opens, "Beijing time; at once by default / 开始时刻（北京时间）");
  sealed->add_option("--closes", w->closes, "Beijing time / 截止时刻（北京时间）")->required();
  sealed->callback([&c, &chosen, w] {
    chosen = [&c, w]() -> int {
      const Instrument i = instrument_arg("instrument", w->instrument);
      std::optional<command::Reserve> reserve;
      if (const auto price = maybe_rate("--reserve", w->reserve, i))
        reserve = {.price = *price,
                   .disclosure = w->hidden ? matching::Disclosure::hidden : matching::Disclosure::published};
      return submit(c, command::AnnounceSealed{.instrument = i,
                                               .quantity = quantity_arg("quantity", w->quantity, i),
                                               .least_bid = w->least.empty() ? Quantity::from_raw(1)
                                                                             : quantity_arg("--least-bid", w->least, i),
                                               .reserve = reserve,
                                               .opens = maybe_moment("--opens", w->opens),
                                               .closes = moment("--closes", w->closes)});
    };
  });

  auto* listing = auction.add_subcommand("listing", "announce an ascending listing / 公告挂牌");
  listing->add_option("instrument", w->instrument, "area, paddy, capacity, linkage / 品种")->required();
  listing->add_option("quantity", w->quantity, "mu (capacity: kg) / 数量")->required();
  listing->add_option("--paddy", w->paddy, "mu that go with the area / 随同的水田（亩）");
  listing->add_option("--capacity", w->capacity, "kg that go with the area / 随同的产能（公斤）");
  listing->add_option("--start", w->start, kPrice)->required();
  listing->add_option("--step", w->step, kPrice)->required();
  listing->add_option("--reserve", w->reserve, "hidden; 万元/亩 / 底价（不公开）");
  listing->add_option("--priority", w->priority, "who may match the highest bid / 优先权人");
  listing->add_option("--from", w->opens, "Beijing time; by default as soon as the notice allows / 挂牌时刻");
  listing->add_option("--deadline", w->closes, "Beijing time / 挂牌截止时刻（北京时间）")->required();
  listing->callback([&c, &chosen, w] {
    chosen = [&c, w]() -> int {
      const Instrument i = instrument_arg("instrument", w->instrument);
      std::vector<command::Leg> legs{
          {.instrument = i, .quantity = quantity_arg("quantity", w->quantity, i), .price = {}}};
      for (const auto& [option, text, part] :
           {std::tuple{"--paddy", w->paddy, Instrument::supplementary_paddy},
            std::tuple{"--capacity", w->capacity, Instrument::supplementary_capacity}})
        if (!text.empty())
          legs.push_back({.instrument = part, .quantity = quantity_arg(option, text, part), .price = {}});
      return submit(
          c, command::AnnounceListing{.legs = std::move(legs),
                                      .start = rate_arg("--start", w->start, i),
                                      .step = rate_arg("--step", w->step, i),
                                      .reserve = maybe_rate("--reserve", w->reserve, i),
                                      .priority = w->priority.empty()
                                                      ? std::nullopt
                                                      : std::optional{district_arg("--priority", w->priority, c.names)},
                                      .from = maybe_moment("--from", w->opens),
                                      .deadline = moment("--deadline", w->closes)});
    };
  });
}

void add_bids(CLI::App& auction, Context& c, Chosen& chosen, const Shared& w) {
  auto* bid = auction.add_subcommand("bid", "in a listing at a price; in a sealed auction for a quantity / 报价");
  bid->add_option("auction", w->auction, kNumber)->required();
  bid->add_option("--price", w->price, kPrice)->required();
  bid->add_option("--quantity", w->quantity, "of a sealed bid, mu (capacity: kg) / 密封报价的数量");
  bid->callback([&c, &chosen, w] {
    chosen = [&c, w]() -> int {
      const auto i = instrument_of(c, {w->auction});
      if (!i) return i.error();
      const Rate price = rate_arg("--price", w->price, *i);
      if (w->quantity.empty()) return submit(c, command::BidListing{.auction = {w->auction}, .price = price});
      return submit(
          c, command::BidSealed{
                 .auction = {w->auction}, .quantity = quantity_arg("--quantity", w->quantity, *i), .price = price});
    };
  });
  auto* amend = auction.add_subcommand("amend", "a sealed bid of yours; it keeps its place in a tie / 改密封报价");
  amend->add_option("auction", w->auction, kNumber)->required();
  amend->add_option("bid", w->bid, "its number / 报价号")->required();
  amend->add_option("--price", w->price, kPrice)->required();
  amend->add_option("--quantity", w->quantity, "mu (capacity: kg) / 数量")->required();
  amend->callback([&c, &chosen, w] {
    chosen = [&c, w]() -> int {
      const auto i = instrument_of(c, {w->auction});
      if (!i) return i.error();
      return submit(c, command::AmendBid{.auction = {w->auction},
                                         .bid = {w->bid},
                                         .quantity = quantity_arg("--quantity", w->quantity, *i),
                                         .price = rate_arg("--price", w->price, *i)});
    };
  });
  auto* withdraw = auction.add_subcommand("withdraw", "a sealed bid of yours / 撤回密封报价");
  withdraw->add_option("auction", w->auction, kNumber)->required();
  withdraw->add_option("bid", w->bid, "its number / 报价号")->required();
  withdraw->callback([&c, &chosen, w] {
    chosen = [&c, w] { return submit(c, command::WithdrawBid{.auction = {w->auction}, .bid = {w->bid}}); };
  });
}

}  // namespace

void add_auctions(CLI::App& app, Context& c, Chosen& chosen) {
  const auto w = std::make_shared<Words>();
  auto* auction = group(app, "auction", "sealed auctions and listings / 拍卖与挂牌");
  add_announcements(*auction, c, chosen, w);
  add_bids(*auction, c, chosen, w);
  const auto numbered = [&](const char* name, const char* what, auto make) {
    auto* sub = auction->add_subcommand(name, what);
    sub->add_option("auction", w->auction, kNumber)->required();
    sub->callback(
        [&c, &chosen, w, make] { chosen = [&c, w, make] { return submit(c, make(AuctionId{w->auction})); }; });
  };
  numbered("declare", "for the timed bidding of a listing / 报名",
           [](AuctionId a) { return command::DeclareBidder{.auction = a}; });
  numbered("open", "the bureau opens the sealed bids / 市局开标",
           [](AuctionId a) { return command::OpenBids{.auction = a, .seed = drawn()}; });
  numbered("cancel",
           "before bidding; a sealed one the bureau may stop until it is opened / 撤回；密封拍卖开标前可由市局终止",
           [](AuctionId a) { return command::CancelAuction{.auction = a}; });
  auction->add_subcommand("list", "those that stand, and what you would have to bid / 列表")->callback([&c, &chosen] {
    chosen = [&c] {
      return ask_view<view::Auctions>(c, query::GetAuctions{}, [&](const auto& v) { return table_of(v, c.names); });
    };
  });
}

}  // namespace landex::cli
