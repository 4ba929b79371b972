// landex_book_adapter FILE tput|lat|mem none|one|thirteen: the books of the engine, bare, under the shared workloads.
//   none      no table: every class may meet every class, all orders stand in one ladder a side
//   one       a table with one class
//   thirteen  a table of 13 × 13 classes, every pair allowed without a floor: the walk merges 13 ladders, and must
//             still come to plain price-time priority
// An order carries all that the engine's orders carry; its account is worked out in the timed part. Self-trade
// prevention is off, for the workloads do not know whose orders meet. The tape is read where there are trades, as the
// other engines tell trades only; that an order has joined or left is noted, and would be written for who asks.
// Assertions are on; the pool's own see that there is room.
#include <cassert>

#include "bench/matching/workload.hpp"
#include "matching/book/books.hpp"

namespace landex::bench {
namespace {

struct Row {
  const char* name;
  uint32_t classes;  // that orders are spread over
  bool tabled;
};
constexpr Row kRows[] = {{"none", 1, false}, {"one", 1, true}, {"thirteen", 13, true}};
const Row* row = nullptr;  // chosen in main, so that all rows run the same machine code

class BookEngine {
 public:
  BookEngine(const wl::Header& h, wl::TradeSink& sink)
      : books_{limits(h)}, instruments_{static_cast<uint16_t>(h.n_instr)}, classes_{row->classes}, sink_{sink} {
    if (!row->tabled) return;
    for (uint16_t i = 0; i < instruments_; ++i)
      books_.set_pairs(matching::BookNumber{i}, matching::PairTable{}, classes_);
  }

  void add(const wl::Rec& r) {
    const uint32_t account = account_of(r.id);
    const bool more_to_tell = books_.place_quietly(
        matching::BookNumber{r.instr}, {.id = {r.id},
                                        .quantity = Quantity::from_raw(r.qty),
                                        .terms = AtLimit{Price::ticks(r.price)},
                                        .seat = static_cast<Seat>(account),
                                        .kind = static_cast<ParticipantClass>(1 + account * classes_ / kAccounts),
                                        .side = side_of(r),
                                        .self_trade = SelfTrade::allow,
                                        .conditions = {}});
    if (more_to_tell) [[unlikely]]
      tell_fills();
  }

  void take(const wl::Rec& r) { add(r); }

  void cancel(const wl::Rec& r) {
    [[maybe_unused]] const bool rested = books_.cancel({r.id}, matching::EndReason::cancelled);
    assert(rested);
  }

  /// Best first, then by time; the books list class by class.
  void walk(wl::BookHash& hash) const {
    std::vector<matching::Resting> orders;
    for (uint16_t i = 0; i < instruments_; ++i)
      for (const Side side : {Side::buy, Side::sell}) {
        orders.clear();
        books_.for_each_order(matching::BookNumber{i}, side, [&](const auto& o) { orders.push_back(o); });
        std::ranges::sort(orders, [side](const auto& a, const auto& b) {
          if (a.limit != b.limit) return side == Side::buy ? a.limit > b.limit : a.limit < b.limit;
          return a.ticket < b.ticket;
        });
        for (const auto& o : orders) hash.order(o.id.value, o.limit.raw(), static_cast<uint64_t>(o.left.raw()));
      }
  }

 private:
  [[gnu::noinline]] void tell_fills() {  // apart, as most orders trade with nobody

    for (const auto& happening : books_.tape())
      if (const auto* fill = std::get_if<matching::Filled>(&happening))
        sink_.trade(fill->maker.value, fill->taker.value, fill->price.raw(),
                    static_cast<uint64_t>(fill->quantity.raw()));
  }

  static matching::BookLimits limits(const wl::Header& h) {
    matching::BookLimits l{.books = static_cast<uint16_t>(h.n_instr)};
    l.highest = std::max(l.highest, Price::ticks(h.max_price));
    return l;
  }

  matching::Books books_;
  uint16_t instruments_;
  uint32_t classes_;
  wl::TradeSink& sink_;
};

}  // namespace
}  // namespace landex::bench

int main(int argc, char** argv) {
  using namespace landex::bench;
  for (const auto& r : kRows)
    if (argc == 4 && std::strcmp(argv[3], r.name) == 0) row = &r;
  if (!row) {
    std::fprintf(stderr, "usage: %s FILE tput|lat|mem none|one|thirteen\n", argv[0]);
    return 2;
  }
  return wlb::run<BookEngine>(argc, argv, row->name);
}
