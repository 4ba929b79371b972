// deal_papers.hpp: the papers of a sale: the deal confirmation 成交确认书, which says what was agreed, and the transfer
// slip 划转单, which says what changed hands. Facts in, papers out. Pure.
#pragma once
#include "exchange/deeds/facts.hpp"

namespace landex::deeds {

/// What was sold of one instrument. A component that goes with the area without a price of its own has none.
struct LegFacts {
  Instrument instrument;
  Quantity quantity;
  std::optional<Price> price = {};
};

/// An indicator that is sold as one piece.
struct TitleLegFacts {
  std::string title;
  Words product;
  Area area;
  Price price;
};

struct DealFacts {
  DealId deal;
  Words mode;  // 协议转让, 挂牌, 密封竞价 …
  Unit seller, buyer;
  std::vector<LegFacts> legs;
  std::vector<TitleLegFacts> titles = {};
  Fen amount;
  Day agreed;
  std::optional<Day> notice_until = {}, pay_by = {};  // the production venue has both
  std::string document = {};                          // of the confirmation
  std::string project = {};                           // that it is for
  std::vector<policy::Clause> clauses = {};           // that speak about it: the floor of its route …
};
Made deal_confirmation(const DealFacts& facts, const Issue& issue);

/// Land of one filing; no filing: not told by lots.
struct SlipLine {
  Instrument instrument;
  std::optional<FilingId> filing = {};
  Quantity quantity;
  std::optional<policy::Clause> clause = {};
};

struct SlipFacts {
  std::optional<DealId> deal = {};
  Words reason;  // 成交交割, 借用, 归还 …
  Unit from, to;
  std::vector<SlipLine> lines;
  std::vector<TitleLegFacts> titles = {};
  std::optional<Fen> paid = {};  // by who gets the land
  std::string document = {};
  std::vector<policy::Clause> clauses = {};
};
Made transfer_slip(const SlipFacts& facts, const Issue& issue);

}  // namespace landex::deeds
