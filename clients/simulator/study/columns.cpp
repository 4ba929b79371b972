#include "clients/simulator/study/columns.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <cmath>
#include <limits>

namespace landex::simulator {
namespace {

using enum ColumnOf::Type;

/// The names of a described enumeration, in its order.
template <class E>
std::vector<std::string> names() {
  std::vector<std::string> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { all.emplace_back(d.name); });
  return all;
}

std::vector<ColumnOf> make(TableOf t) {
  std::vector<ColumnOf> all;
  const auto add = [&](ColumnOf::Type type, std::initializer_list<const char*> columns) {
    for (const char* c : columns) all.push_back({c, type});
  };
  switch (t) {
    case TableOf::runs:
      add(whole, {"run", "point", "replicate"});
      for (std::string& f : names<Factor>()) all.push_back({std::move(f), real});
      for (std::string& m : names<Measure>()) all.push_back({std::move(m), real});
      add(text, {"state_hash"});
      break;
    case TableOf::units:
      add(whole, {"run", "district"});
      add(real, {"need", "filled", "unmet", "bought", "sold", "filed", "pooled", "unsold", "paid", "received",
                 "pool_received", "advance", "surplus"});
      break;
    case TableOf::transfers:
      add(whole, {"run", "payer", "payee", "fen"});
      break;
    case TableOf::sessions:
      add(whole, {"run", "session"});
      add(text, {"instrument"});
      add(real, {"mean_price", "volume", "bid", "ask", "floor", "outside_price"});
      break;
  }
  return all;
}

CellOf whole_cell(uint64_t n) { return static_cast<int64_t>(n); }
/// Minus nought would come back from the database as nought.
CellOf real_cell(double x) { return std::isfinite(x) ? CellOf{x + 0.0} : CellOf{}; }

/// Takes cells in turn.
class Cells {
 public:
  explicit Cells(const CellsOf& cells) : cells_{cells} {}
  template <class Number>
  void whole(Number& n) {
    const CellOf* c = next();
    if (const auto* v = c == nullptr ? nullptr : std::get_if<int64_t>(c))
      n = static_cast<Number>(*v);
    else
      good_ = false;
  }
  void district(District& d) {
    uint32_t code = 0;
    whole(code);
    d = District::code(code);
  }
  void real(double& x) {
    const CellOf* c = next();
    if (const auto* v = c == nullptr ? nullptr : std::get_if<double>(c))
      x = *v;
    else if (c != nullptr && std::holds_alternative<std::monostate>(*c))
      x = std::numeric_limits<double>::quiet_NaN();
    else
      good_ = false;
  }
  void text(std::string& s) {
    const CellOf* c = next();
    if (const auto* v = c == nullptr ? nullptr : std::get_if<std::string>(c))
      s = *v;
    else
      good_ = false;
  }
  bool all_read() const { return good_ && at_ == cells_.size(); }

 private:
  const CellOf* next() { return at_ < cells_.size() ? &cells_[at_++] : nullptr; }
  const CellsOf& cells_;
  size_t at_ = 0;
  bool good_ = true;
};

void append_number(double x, std::string& to) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), x).ptr;
  to.append(digits.data(), end);
}

}  // namespace

std::string_view name_of(TableOf t) {
  constexpr std::array<std::string_view, kTablesOfStudy> all{"runs", "units", "transfers", "sessions"};
  return all[index_of(t)];
}

std::string file_of(TableOf t) { return std::string{name_of(t)} + ".csv"; }

const std::vector<ColumnOf>& columns_of(TableOf t) {
  static const std::array<std::vector<ColumnOf>, kTablesOfStudy> all{make(TableOf::runs), make(TableOf::units),
                                                                     make(TableOf::transfers), make(TableOf::sessions)};
  return all[index_of(t)];
}

void put_cells(const RunRow& row, CellsOf& cells) {
  cells.assign({whole_cell(row.run), whole_cell(row.point), whole_cell(row.replicate)});
  for (size_t i = 0; i < kFactors; ++i) cells.push_back(real_cell(row.values[static_cast<Factor>(i)]));
  for (const double m : row.measures) cells.push_back(real_cell(m));
  cells.emplace_back(row.state_hash);
}
bool read_cells(const CellsOf& cells, RunRow& row) {
  Cells c{cells};
  c.whole(row.run);
  c.whole(row.point);
  c.whole(row.replicate);
  for (size_t i = 0; i < kFactors; ++i) c.real(row.values[static_cast<Factor>(i)]);
  for (double& m : row.measures) c.real(m);
  c.text(row.state_hash);
  return c.all_read();
}

void put_cells(const UnitRow& row, CellsOf& cells) {
  const UnitOutcome& u = row.unit;
  cells.assign({whole_cell(row.run), whole_cell(u.district.raw())});
  for (const double x : {u.need, u.filled, u.unmet, u.bought, u.sold, u.filed, u.pooled, u.unsold, u.paid, u.received,
                         u.pool_received, u.advance, u.surplus})
    cells.push_back(real_cell(x));
}
bool read_cells(const CellsOf& cells, UnitRow& row) {
  Cells c{cells};
  UnitOutcome& u = row.unit;
  c.whole(row.run);
  c.district(u.district);
  for (double* x : {&u.need, &u.filled, &u.unmet, &u.bought, &u.sold, &u.filed, &u.pooled, &u.unsold, &u.paid,
                    &u.received, &u.pool_received, &u.advance, &u.surplus})
    c.real(*x);
  return c.all_read();
}

void put_cells(const TransferRow& row, CellsOf& cells) {
  cells.assign({whole_cell(row.run), whole_cell(row.payer.raw()), whole_cell(row.payee.raw()), row.fen});
}
bool read_cells(const CellsOf& cells, TransferRow& row) {
  Cells c{cells};
  c.whole(row.run);
  c.district(row.payer);
  c.district(row.payee);
  c.whole(row.fen);
  return c.all_read();
}

void put_cells(const SessionRow& row, CellsOf& cells) {
  static const std::vector<std::string> instruments = names<Instrument>();
  const SessionOutcome& s = row.session;
  cells.assign({whole_cell(row.run), whole_cell(s.session), instruments[landex::index_of(s.instrument)]});
  for (const double x : {s.mean_price, s.volume, s.bid, s.ask, s.floor, s.outside_price}) cells.push_back(real_cell(x));
}
bool read_cells(const CellsOf& cells, SessionRow& row) {
  static const std::vector<std::string> instruments = names<Instrument>();
  Cells c{cells};
  SessionOutcome& s = row.session;
  std::string instrument;
  c.whole(row.run);
  c.whole(s.session);
  c.text(instrument);
  for (double* x : {&s.mean_price, &s.volume, &s.bid, &s.ask, &s.floor, &s.outside_price}) c.real(*x);
  for (size_t i = 0; i < instruments.size(); ++i)
    if (instruments[i] == instrument) {
      s.instrument = kInstruments[i];
      return c.all_read();
    }
  return false;
}

void append_csv(const CellsOf& cells, std::string& to) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) to += ',';
    if (const auto* n = std::get_if<int64_t>(&cells[i]))
      to += std::to_string(*n);
    else if (const auto* x = std::get_if<double>(&cells[i]))
      append_number(*x, to);
    else if (const auto* s = std::get_if<std::string>(&cells[i]))
      to += *s;  // names and hashes: nothing that RFC 4180 would quote
  }
  to += '\n';
}

std::string csv_header(TableOf t) {
  std::string line;
  for (const ColumnOf& c : columns_of(t)) line += (line.empty() ? "" : ",") + c.name;
  return line + '\n';
}

namespace {
std::vector<std::string> column_names(TableOf t) {
  std::vector<std::string> all;
  for (const ColumnOf& c : columns_of(t)) all.push_back(c.name);
  return all;
}
}  // namespace
std::vector<std::string> run_columns() { return column_names(TableOf::runs); }
std::vector<std::string> unit_columns() { return column_names(TableOf::units); }
std::vector<std::string> transfer_columns() { return column_names(TableOf::transfers); }
std::vector<std::string> session_columns() { return column_names(TableOf::sessions); }

}  // namespace landex::simulator
