#include "exchange/deeds/check_code.hpp"

#include <openssl/evp.h>

#include <array>
#include <cassert>

namespace landex::deeds {
namespace {

/// Writes the parts of a paper one after the other.
class Canon {
 public:
  void put(std::string_view name, std::string_view value) {
    text_.append(name).append(":").append(std::to_string(value.size())).append(":").append(value).append("\n");
  }
  void put(std::string_view name, int64_t value) { put(name, std::string_view{std::to_string(value)}); }
  template <class T>
  void put(std::string_view name, Id<T> id) {
    put(name, std::string_view{std::to_string(id.value)});
  }
  template <class T>
  void put(std::string_view name, const std::optional<T>& value) {
    if (value)
      put(name, *value);
    else
      put(name, std::string_view{"-"});
  }
  void put(std::string_view name, const Words& w) {
    put(name, std::string_view{w.zh});
    put("en", std::string_view{w.en});
  }
  void put(std::string_view name, const Value& v) {
    put(name, static_cast<int64_t>(v.kind));
    if (is_words(v.kind))
      put("words", v.words);
    else
      put("number", v.number);
  }
  template <class T, class Each>
  void list(std::string_view name, const std::vector<T>& all, Each each) {
    put(name, static_cast<int64_t>(all.size()));
    for (const T& one : all) each(one);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void put_table(Canon& to, const Table& t) {
  to.put("table", std::string_view{t.name});
  to.put("title", t.title);
  to.put("total", t.total);
  to.list("columns", t.columns, [&](const Column& c) {
    to.put("head", c.head);
    to.put("kind", static_cast<int64_t>(c.kind));
    to.put("name", std::string_view{c.name});
    to.put("sum", int64_t{c.sum});
    to.put("running", int64_t{c.running.has_value()});
    if (c.running) {
      to.put("in", static_cast<int64_t>(c.running->in));
      to.put("out", static_cast<int64_t>(c.running->out));
    }
  });
  to.list("rows", t.rows, [&](const Row& row) { to.list("row", row, [&](const Value& v) { to.put("cell", v); }); });
}

void put_basis(Canon& to, const Basis& b) {
  to.put("rule_set", std::string_view{b.rule_set});
  to.list("clauses", b.clauses, [&](policy::Clause c) { to.put("clause", policy::id_of(c)); });
  to.list("prices", b.prices, [&](const PriceBasis& p) {
    to.put("row", p.row);
    to.put("instrument", static_cast<int64_t>(p.instrument));
    to.put("rate", p.rate.raw());
    to.put("from", int64_t{p.from.raw()});
    to.put("until", int64_t{p.until.raw()});
    to.put("document", std::string_view{p.document});
  });
  to.put("told", b.told);
  to.put("as_of", b.as_of);
}

}  // namespace

std::string canonical_text(const Paper& p) {
  Canon to;
  to.put("landex-paper", int64_t{1});
  to.put("kind", static_cast<int64_t>(p.kind));
  to.put("title", p.title);
  to.put("number", std::string_view{p.number});
  to.put("day", int64_t{p.day.raw()});
  to.list("parties", p.parties, [&](const Party& x) {
    to.put("role", x.role);
    to.put("name", x.name);
    to.put("code", int64_t{x.code.raw()});
  });
  to.list("fields", p.fields, [&](const Field& x) {
    to.put("label", x.label);
    to.put("value", x.value);
    to.put("capitals", int64_t{x.capitals});
  });
  to.list("tables", p.tables, [&](const Table& t) { put_table(to, t); });
  to.list("terms", p.terms, [&](const Words& w) { to.put("term", w); });
  to.list("remarks", p.remarks, [&](const Words& w) { to.put("remark", w); });
  to.list("labels", p.labels, [&](const Label& l) {
    to.put("label", static_cast<int64_t>(l.kind));
    to.put("about", l.about);
  });
  put_basis(to, p.basis);
  to.put("drafted", p.signers.drafted);
  to.put("reviewed", p.signers.reviewed);
  to.put("issued", p.signers.issued);
  to.list("seals", p.seals, [&](const Seal& s) { to.put("seal", s.who); });
  to.put("hash", static_cast<int64_t>(p.hash));
  return to.take();
}

std::string hash_of(Hash hash, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned length = 0;
  const EVP_MD* how = hash == Hash::sm3 ? EVP_sm3() : EVP_sha256();
  [[maybe_unused]] const int done = EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, how, nullptr);
  assert(done == 1 && length == 32);
  std::string hex;
  for (unsigned i = 0; i < length; ++i) {
    constexpr std::string_view kHex = "0123456789abcdef";
    hex += kHex[digest[i] >> 4U];
    hex += kHex[digest[i] & 15U];
  }
  return hex;
}

std::string check_code(const Paper& paper) {
  const std::string hex = hash_of(paper.hash, canonical_text(paper));
  std::string code = paper.hash == Hash::sm3 ? "SM3" : "SHA-256";
  for (size_t at = 0; at < hex.size(); at += 8) code.append(" ").append(hex, at, 8);
  return code;
}

}  // namespace landex::deeds
