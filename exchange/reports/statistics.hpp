// statistics.hpp: what is published of a period: for each instrument how much was sold, for how much, in how many
// trades, by route (class of the seller → class of the buyer) and by mode, the mean and the median price, and how far
// auctions were covered. Whole numbers throughout; what is rounded says how.
//
// WHAT COUNTS. A trade counts on the business day of its match, in every mode, a part of a deal as one trade; not what
// is void, has lapsed or is in default by now. A part without a price of its own (paddy that goes with an area) counts
// by quantity and is in no price.
// MEAN: money over land of the trades with a price, weighted by volume, rounded half up to 1 yuan a mu (1 fen a kg).
// MEDIAN: of the prices, each trade once; of an even number the half way between the two in the middle, rounded half
// up. THIN MARKET: a median of few trades tells a single trade. Below `median_from` trades there is none, and the line
// says so. The 5 is our default, not the law: the Victorian water register does so (7-day median from 5 trades). COVER
// RATIO: demand of the bids that count over what was offered, of the sealed auctions opened in the period, exact. Pure,
// but for trades_of and auctions_of, which ask a database.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "exchange/reports/database.hpp"
#include "exchange/reports/sheet.hpp"
#include "matching/types/day.hpp"

namespace landex::reports {

struct StatisticsRules {
  size_t median_from = 5;  // our default, not the law
};

/// A trade as far as statistics go. `instrument` is the product where a title was sold.
struct TradeFact {
  std::string instrument, mode, seller_class, buyer_class;
  int64_t quantity = 0;               // 0.0001 mu, or kg
  std::optional<int64_t> price_tick;  // 100 yuan a mu, or 1 fen a kg
  int64_t amount_fen = 0;
};
struct AuctionFact {
  std::string instrument;
  int64_t demand = 0, offered = 0;
};

struct StatisticsLine {
  enum class Scope : uint8_t { all, route, mode };
  std::string instrument;
  Scope scope;
  std::string seller_class, buyer_class;  // of a route
  std::string mode;                       // of a mode
  size_t trades = 0;
  int64_t volume = 0, turnover_fen = 0;
  std::optional<int64_t> mean, median;  // yuan a mu, or fen a kg
  size_t priced = 0;                    // trades that have a price
  bool thin = false;                    // too few of them for a median
};
struct CoverLine {
  std::string instrument;
  size_t auctions = 0;
  int64_t demand = 0, offered = 0;
  std::string ratio;  // in lowest terms: "6/5"
};
struct Statistics {
  Period period;
  StatisticsRules rules;
  std::vector<StatisticsLine> lines;  // by instrument; all, then routes, then modes
  std::vector<CoverLine> covers;      // by instrument
};

Statistics statistics_of(const std::vector<TradeFact>& trades, const std::vector<AuctionFact>& auctions, Period period,
                         const StatisticsRules& rules = {});

Result<std::vector<TradeFact>> trades_of(Database& database, Period period);
Result<std::vector<AuctionFact>> auctions_of(Database& database, Period period);

/// One table: a line of statistics or of a cover ratio each, told apart by `scope`.
Sheet sheet_of(const Statistics& s);
std::string json_of(const Statistics& s);

}  // namespace landex::reports
