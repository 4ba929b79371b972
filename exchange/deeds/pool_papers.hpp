// pool_papers.hpp: the papers of the city's pool 市级统筹: the pooling notice 统筹通知书 for the share of a filing
// (H66-7.2) and for the share of the reserve library (H66-6.2), the allocation notice 统筹指标分配通知书 (H66-7.3), and
// the contract of an advance 预拨资金合同 (H66-7.5). Shares come with the facts, from the policy rows in force. Facts
// in, papers out. Pure.
#pragma once
#include "exchange/deeds/facts.hpp"

namespace landex::deeds {

/// What the pool took of one component, and what it owes for it. Without an amount: 待定价, no price is in force.
struct PooledComponent {
  Instrument instrument;
  Quantity filed, pooled;
  std::optional<Rate> price = {};
  std::optional<Fen> owed = {};
};

struct Netted {
  AdvanceId advance;
  Fen amount;
};

/// H66-7.2, 7.4: one filing.
struct FilingPooledFacts {
  Unit county;
  FilingId filing;
  Words kind;  // 补充耕地 …
  Day filed;
  int64_t share;  // 1/10 000, of the row in force on that day
  std::vector<PooledComponent> components;
  std::vector<Netted> netted = {};  // advances that what is owed was set off against, H66-7.5
};
Made filing_pooling_notice(const FilingPooledFacts& facts, const Issue& issue);

struct PooledPlot {
  std::string plot;
  uint8_t grade;  // 1 best … 15
  Area area;
};

/// H66-6.2: the plots of one entry into the reserve library that the pool took.
struct PlotsPooledFacts {
  Unit county;
  int64_t share;       // 1/10 000
  Area qualifying;     // so far
  Area pooled_before;  // of earlier entries
  Area target, shortfall;
  std::vector<PooledPlot> plots;
};
Made plots_pooling_notice(const PlotsPooledFacts& facts, const Issue& issue);

/// Land of one filing that was allotted, and what the county pays for it.
struct AllottedLine {
  Instrument instrument;
  FilingId filing;
  Quantity quantity;
  std::optional<Rate> price = {};
  std::optional<Fen> amount = {};
};

struct AllocationFacts {
  AllocationId allocation;
  RequestId request;
  Unit county, city;  // who gets it, and who holds the pool
  Words purpose;      // 国家重大项目 …
  std::string project;
  Components need;
  Day deadline;
  std::optional<Day> take_by = {};
  std::vector<AllottedLine> lines;
  std::string document = {};
};
Made allocation_notice(const AllocationFacts& facts, const Issue& issue);

struct AdvanceFacts {
  AdvanceId advance;
  Unit city, county;
  std::string contract;
  Fen fund, amount;  // 耕地垦造资金, and what is prepaid of it
  int64_t share;     // 1/10 000
  Day granted, due;
};
Made advance_contract(const AdvanceFacts& facts, const Issue& issue);

}  // namespace landex::deeds
