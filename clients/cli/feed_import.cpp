#include "clients/cli/feed_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "clients/cli/arguments.hpp"
#include "clients/cli/counter_file.hpp"
#include "clients/cli/feed_log.hpp"
#include "clients/feeds/export.hpp"
#include "exchange/engine/described.hpp"

namespace landex::cli {
namespace {

namespace command = engine::command;
namespace query = engine::query;
namespace view = engine::view;
using feeds::Feed, feeds::Record, feeds::ByName;

template <class View>
std::expected<View, int> asked(sdk::Client& client, const engine::Query& q) {
  auto answer = client.ask(q);
  if (!answer) return std::unexpected(report(answer.error()));
  return std::get<View>(std::move(answer->view));
}

/// What stands in the exchange of the kinds that a feed can bring again.
struct Standing {
  view::Projects projects;
  std::vector<view::LineageRow> filings;
  view::Conflicts conflicts;
};

std::expected<Standing, int> standing_of(sdk::Client& client, const Feed& feed) {
  Standing out;
  const bool named = std::ranges::any_of(feed.records, [](const Record& r) { return r.by_name.has_value(); });
  if (feed.kind == "project" || feed.kind == "project_move" || (feed.kind == "batch" && named)) {
    auto projects = asked<view::Projects>(client, query::GetProjects{.county = {}});
    if (!projects) return std::unexpected(projects.error());
    out.projects = std::move(*projects);
  }
  if (feed.kind == "batch" || feed.kind == "deduction") {
    auto filings = all_filings(client);
    if (!filings) return std::unexpected(filings.error());
    out.filings = std::move(*filings);
  }
  if (feed.kind == "conflict" || feed.kind == "conflict_cleared") {
    auto conflicts = asked<view::Conflicts>(client, query::GetConflicts{.county = {}});
    if (!conflicts) return std::unexpected(conflicts.error());
    out.conflicts = std::move(*conflicts);
  }
  return out;
}

/// The same fact, as it stands in the exchange. A deduction is not told one by one there, and a move or a plot that
/// comes again is refused by itself: those are known from the log only.
struct IsKnown {
  const Standing& s;
  std::string operator()(const command::RegisterProject& c) const {
    for (const auto& p : s.projects.rows)
      if (p.county == c.county && p.kind == c.kind && p.name == c.name)
        return fmt::format("项目 project {}", p.project.raw());
    return {};
  }
  std::string operator()(const command::FileBatch& c) const {
    for (const auto& f : s.filings)
      if (f.county == c.county && f.kind == c.kind && f.filed == Components{c.area, c.paddy, c.capacity} &&
          f.project == c.project && f.document == c.document)
        return fmt::format("批次 batch {}", f.filing.raw());
    return {};
  }
  std::string operator()(const command::RecordConflict& c) const {
    for (const auto& one : s.conflicts.rows)
      if (one.plot == c.plot && one.county == c.county && one.conflict == c.conflict && one.document == c.document)
        return fmt::format("地块 plot {}", one.plot);
    return {};
  }
  std::string operator()(const command::ClearConflict& c) const {
    for (const auto& one : s.conflicts.rows)
      if (one.plot == c.plot && !one.open && one.papers == c.papers) return fmt::format("地块 plot {}", one.plot);
    return {};
  }
  template <class C>
  std::string operator()(const C&) const {
    return {};
  }
};

/// The numbers under which the exchange has what the record names; one is wanted.
std::vector<uint64_t> numbers_of(const Standing& s, const ByName& name) {
  std::vector<uint64_t> out;
  if (name.what == ByName::What::project) {
    for (const auto& p : s.projects.rows)
      if (p.county == name.county && p.name == name.name) out.push_back(p.project.raw());
  } else {
    for (const auto& f : s.filings)
      if (f.county == name.county && f.document == name.name) out.push_back(f.filing.raw());
  }
  return out;
}

void put_number(engine::Command& c, uint64_t number) {
  if (auto* move = std::get_if<command::MoveProject>(&c)) move->project = ProjectId::from_raw(number);
  if (auto* batch = std::get_if<command::FileBatch>(&c)) batch->project_id = ProjectId::from_raw(number);
  if (auto* deduction = std::get_if<command::DeductBatch>(&c)) deduction->filing = FilingId::from_raw(number);
}

/// What was asked for, also where it was proposed.
engine::Command plain(const engine::Command& c) {
  if (const auto* proposed = std::get_if<command::Propose>(&c))
    return std::visit([](const auto& subject) -> engine::Command { return subject; }, proposed->subject);
  return c;
}

/// The field in which a record differs from what was imported under its name; empty: none. The number that was found
/// for a name is not the record's.
std::string differs(const Record& record, const engine::Command& before) {
  engine::Command now = record.command, then = plain(before);
  if (record.by_name) {
    put_number(now, 1);
    put_number(then, 1);
  }
  return engine::differing_field(then, now);
}

/// A record whose name stands for something else already: nothing at all is sent then.
bool contradicts(const FeedLog& log, const Feed& feed, const Record& record) {
  const auto* done = log.done(feed.kind, record.source_id);
  const std::string field = done ? differs(record, done->command) : "";
  if (field.empty()) return false;
  fmt::print(stderr, "{}",
             feeds::text_of({.file = feed.file,
                             .line = record.line,
                             .field = "source_id",
                             .value = record.source_id,
                             .zh = fmt::format("已导入（第 {} 号），但“{}”不同", done->seq.raw(), field),
                             .en = fmt::format("was imported as number {}, with another {}", done->seq.raw(), field),
                             .remedy_zh = "已办之事不因来文更改：请另行核减或调整；若是另一件事，请用新的来源编号",
                             .remedy_en = "what has happened is not changed by a feed: deduct or adjust; if it is "
                                          "another record, give it a source_id of its own"}));
  return true;
}

struct Counts {
  size_t added = 0, known = 0, refused = 0;
};

class Import {
 public:
  Import(const Context& c, sdk::Client& client, FeedLog& log) : c_{c}, client_{client}, log_{log} {}

  /// The exchange at this address may be another than the one of the log; and one answer may be missing.
  std::expected<void, int> begin() {
    client_.use(log_.key());
    auto used = asked<view::CounterUsed>(client_, query::GetCounter{.client_key = log_.key()});
    if (!used) return std::unexpected(used.error());
    const uint64_t arrived = used->highest.raw() + (log_.open_end() ? 1 : 0);
    if (log_.highest().raw() > arrived) {
      if (auto anew = log_.begin_anew(); !anew) return failed(anew.error());
      client_.use(log_.key());
      fmt::print(stderr,
                 "此交易所未见过先前的导入，重新开始记录\nthis exchange has not seen the imports before: a new "
                 "record of them begins\n");
    }
    if (!log_.open_end()) return {};
    const auto sent = *log_.open_end();
    fmt::print("上次未得到答复，重新询问 asked again: {} {}\n", sent.kind, sent.source_id);
    auto answer = answered(sent.submit);
    if (!answer) return std::unexpected(answer.error());
    return {};
  }

  /// Nothing: go on. Else the exit code with which to stop.
  std::optional<int> one(const Feed& feed, const Standing& standing, const Record& record) {
    if (const auto* done = log_.done(feed.kind, record.source_id))
      return passed_over(feed, record, fmt::format("第 {} 号 number {}", done->seq.raw(), done->seq.raw()));
    if (const std::string known = std::visit(IsKnown{standing}, record.command); !known.empty())
      return passed_over(feed, record, known);
    engine::Command wanted = record.command;
    if (record.by_name) {
      const auto numbers = numbers_of(standing, *record.by_name);
      if (numbers.size() != 1) return not_found(feed, record, numbers.size());
      put_number(wanted, numbers.front());
    }
    auto submit = log_.send(feed.kind, record.source_id, as_proposed(c_, wanted));
    if (!submit) return failed(submit.error()).error();
    const auto done = answered(*submit);
    if (!done) return done.error();
    if (c_.json) print_json({*done});
    if (!done->refusal) {
      ++counts.added;
      if (!c_.json)
        fmt::print("{}:{} {}：已执行 done，序号 number {}\n", feed.file, record.line, plain_text(record.source_id),
                   done->first.value_or(done->seq).raw());
      return std::nullopt;
    }
    ++counts.refused;
    if (!c_.json)
      fmt::print("{}:{} {}：{}", feed.file, record.line, plain_text(record.source_id), refusal_text(*done->refusal));
    return std::nullopt;
  }

  Counts counts;

 private:
  static std::string plain_text(const std::string& text) { return terminal::plain(text); }

  static std::unexpected<int> failed(const std::string& why) {
    fmt::print(stderr, "{}\n", why);
    return std::unexpected<int>{kFailed};
  }

  std::expected<wire::Committed, int> answered(const wire::Submit& submit) {
    auto done = client_.submit(submit.counter, submit.command);
    if (!done) {
      const int code = report(done.error());
      fmt::print(
          stderr,
          "再次导入同一文件即可接着办理，不会重复\nimport the same files again to go on: nothing is done twice\n");
      return std::unexpected(code);
    }
    if (auto noted = log_.answered(done->first.value_or(done->seq), done->refusal.has_value()); !noted)
      return failed(noted.error());
    return std::move(*done);
  }

  std::optional<int> passed_over(const Feed& feed, const Record& record, const std::string& as) {
    ++counts.known;
    if (!c_.json)
      fmt::print("{}:{} {}：已有 known, {}\n", feed.file, record.line, plain_text(record.source_id), plain_text(as));
    return std::nullopt;
  }

  std::optional<int> not_found(const Feed& feed, const Record& record, size_t found) {
    ++counts.refused;
    const bool project = record.by_name->what == ByName::What::project;
    fmt::print(stderr, "{}",
               feeds::text_of({.file = feed.file,
                               .line = record.line,
                               .field = project ? (feed.kind == "batch" ? "project" : "name") : "batch_document",
                               .value = record.by_name->name,
                               .zh = fmt::format("该区县在 landex 中有 {} 个这样的{}，应恰有一个", found,
                                                 project ? "项目" : "批次"),
                               .en = fmt::format("the county has {} such {} in landex, and one is wanted", found,
                                                 project ? "projects" : "batches"),
                               .remedy_zh = project ? "用 landex project ls 查看，先导入项目登记"
                                                    : "用 landex feed export filings 查看，先导入该批次",
                               .remedy_en = project ? "see landex project ls; import the project first"
                                                    : "see landex feed export filings; import the batch first"}));
    return std::nullopt;
  }

  const Context& c_;
  sdk::Client& client_;
  FeedLog& log_;
};

}  // namespace

std::expected<std::vector<view::LineageRow>, int> all_filings(sdk::Client& client) {
  auto lots = asked<view::Lots>(client, query::GetLots{.participant = {}});
  if (!lots) return std::unexpected(lots.error());
  std::set<FilingId> ids;
  for (const auto& lot : lots->rows) ids.insert(lot.filing);
  std::vector<view::LineageRow> out;
  for (const FilingId id : ids) {
    auto lineage = asked<view::Lineage>(client, query::GetLineage{.filing = id});
    if (!lineage) return std::unexpected(lineage.error());
    for (auto& row : lineage->rows) out.push_back(std::move(row));
  }
  return out;
}

std::optional<std::vector<Feed>> read_feeds(const Context& c, const std::vector<std::string>& files) {
  std::vector<Feed> out;
  feeds::Faults faults;
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& file : files) {
    std::error_code error;
    std::ifstream in{file, std::ios::binary};
    if (!in || !std::filesystem::is_regular_file(file, error)) {
      faults.push_back({.file = file,
                        .zh = "无法读取",
                        .en = "cannot be read",
                        .remedy_zh = "请核对文件名",
                        .remedy_en = "check its name"});
      continue;
    }
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    auto feed = feeds::read_feed(file, bytes, c.names.places);
    if (!feed) {
      std::ranges::move(feed.error(), std::back_inserter(faults));
      continue;
    }
    for (const auto& r : feed->records)
      if (!seen.emplace(feed->kind, r.source_id).second)
        faults.push_back({.file = file,
                          .line = r.line,
                          .field = "source_id",
                          .value = r.source_id,
                          .zh = "另一文件已用过",
                          .en = "is in another of these files too",
                          .remedy_zh = "同类记录的来源编号不得重复",
                          .remedy_en = "each record of a kind has a source_id of its own"});
    out.push_back(std::move(*feed));
  }
  if (faults.empty()) return out;
  if (c.json) {
    fmt::print("{}", feeds::json_of(feeds::sheet_of(faults)));
  } else {
    for (const auto& fault : faults) fmt::print(stderr, "{}", feeds::text_of(fault));
    fmt::print(stderr, "{} 处有误，未办理任何记录\n{} faults; nothing was done\n", faults.size(), faults.size());
  }
  return std::nullopt;
}

int import_feeds(const Context& c, const std::vector<Feed>& feeds, ImportOptions options) {
  if (c.corrects != 0)
    throw UsageError{"--corrects: corrects one proposal; a feed has many records / 只能补正一件报批，不能用于导入"};
  for (const auto& feed : feeds)
    for (const auto& record : feed.records)
      (void)as_proposed(c, record.command);  // a usage error comes before anything
  auto client = log_on(c);
  if (!client) return client.error();
  auto log = FeedLog::open(state_dir(), fmt::format("{}-{}-{}", c.host, c.port, (*client)->welcome().person.raw()));
  if (!log) {
    fmt::print(stderr, "{}\n", log.error());
    return kFailed;
  }
  Import import{c, **client, *log};
  if (auto begun = import.begin(); !begun) return begun.error();
  bool contradicted = false;
  for (const auto& feed : feeds)
    for (const auto& record : feed.records) contradicted |= contradicts(*log, feed, record);
  if (contradicted) return kUsage;

  const Counts& n = import.counts;
  const auto stopped = [&] { return options.stop && n.refused > 0; };
  for (const auto& feed : feeds) {
    if (stopped()) break;
    const auto standing = standing_of(**client, feed);
    if (!standing) return standing.error();
    for (const auto& record : feed.records) {
      if (stopped()) break;
      if (const auto code = import.one(feed, *standing, record)) return *code;
    }
  }
  fmt::print(c.json ? stderr : stdout, "导入 imported：新增 new {}，已有 known {}，拒绝 refused {}\n", n.added, n.known,
             n.refused);
  if (stopped()) fmt::print(stderr, "已停止，其余未办 stopped: the rest was not sent\n");
  return n.refused == 0 ? kOk : kRefusedByRule;
}

}  // namespace landex::cli
