#include "clients/cli/feed_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <random>

#include "exchange/wire/json.hpp"

namespace landex::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string failed(const fs::path& file, const char* what) {
  return fmt::format(
      "cannot {} {}: {}; set XDG_STATE_HOME to a directory that can be written / 无法使用此文件，请将 XDG_STATE_HOME "
      "设为可写目录",
      what, file.string(), std::strerror(errno));
}

uint64_t random_key() {
  std::random_device device;
  const uint64_t r = (uint64_t{device()} << 32) | device();
  return (r & ((uint64_t{1} << 53) - 1)) | 1;  // below 2^53, not 0
}

}  // namespace

struct FeedLog::Body {
  fs::path path;
  int fd = -1;
  ClientKey key{};
  Counter highest{};
  std::map<std::pair<std::string, std::string>, Done> done;
  std::optional<Sent> sent;
  wire::Json codec;

  ~Body() {
    if (fd >= 0) close(fd);
  }

  std::expected<void, std::string> append(const std::string& line) const {
    const std::string bytes = line + "\n";
    if (write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) || fdatasync(fd) != 0)
      return std::unexpected(failed(path, "write"));
    return {};
  }

  /// One line as it was written. False: it is none.
  bool learn(std::string_view line) {
    boost::system::error_code error;
    const json::value v = json::parse(json::string_view{line.data(), line.size()}, error);
    const json::object* o = error ? nullptr : v.if_object();
    if (!o) return false;
    const auto number = [o](const char* name) -> std::optional<uint64_t> {
      const json::value* n = o->if_contains(name);
      return n && n->is_int64() && n->as_int64() > 0 ? std::optional{static_cast<uint64_t>(n->as_int64())}
                                                     : std::nullopt;
    };
    if (const auto k = number("key")) {
      key = ClientKey::from_raw(*k);
      return true;
    }
    if (const json::value* submit = o->if_contains("submit")) {
      const json::value *kind = o->if_contains("kind"), *source = o->if_contains("source_id");
      if (!kind || !kind->is_string() || !source || !source->is_string() || !submit->is_string()) return false;
      auto message = codec.decode_client(std::string_view{submit->as_string().data(), submit->as_string().size()});
      auto* body = message ? std::get_if<wire::Submit>(&message->body) : nullptr;
      if (!body) return false;
      highest = body->counter;
      sent = Sent{.kind = std::string{kind->as_string()},
                  .source_id = std::string{source->as_string()},
                  .submit = std::move(*body)};
      return true;
    }
    const auto counter = number("counter"), seq = number("seq");
    const json::value* refused = o->if_contains("refused");
    if (!counter || !seq || !refused || !refused->is_bool() || !sent || sent->submit.counter.raw() != *counter)
      return false;
    settle(Sequence::from_raw(*seq), refused->as_bool());
    return true;
  }

  void settle(Sequence seq, bool refused) {
    if (!refused)
      done.insert_or_assign({sent->kind, sent->source_id},
                            Done{.seq = seq, .command = std::move(sent->submit.command)});
    sent.reset();
  }

  std::expected<void, std::string> begin() {
    key = ClientKey::from_raw(random_key());
    highest = {};
    done.clear();
    sent.reset();
    return append(fmt::format("{{\"key\":{}}}", key.raw()));
  }

  std::expected<void, std::string> load() {
    std::string bytes;
    for (char block[65'536];;) {
      const ssize_t n = read(fd, block, sizeof block);
      if (n < 0) return std::unexpected(failed(path, "read"));
      if (n == 0) break;
      bytes.append(block, static_cast<size_t>(n));
    }
    const size_t whole = bytes.rfind('\n') + 1;  // npos + 1 is 0
    if (whole != bytes.size() && ftruncate(fd, static_cast<off_t>(whole)) != 0)
      return std::unexpected(failed(path, "write"));
    size_t line = 0;
    for (size_t at = 0; at < whole;) {
      const size_t end = bytes.find('\n', at);
      ++line;
      if (!learn(std::string_view{bytes}.substr(at, end - at)))
        return std::unexpected(fmt::format(
            "{}:{} is no record of imports; move the file away to begin anew: what was imported is then not known / "
            "不是导入记录；移走此文件可重新开始，但已导入的记录将不再被识别",
            path.string(), line));
      at = end + 1;
    }
    return key.raw() == 0 ? begin() : std::expected<void, std::string>{};
  }
};

FeedLog::FeedLog(std::unique_ptr<Body> body) : body_{std::move(body)} {}
FeedLog::~FeedLog() = default;
FeedLog::FeedLog(FeedLog&&) noexcept = default;

std::expected<FeedLog, std::string> FeedLog::open(const fs::path& dir, const std::string& name) {
  auto body = std::make_unique<Body>();
  std::error_code error;
  fs::create_directories(dir, error);
  body->path = dir / (name + ".feeds");
  body->fd = ::open(body->path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (body->fd < 0) return std::unexpected(failed(body->path, "open"));
  if (flock(body->fd, LOCK_EX | LOCK_NB) != 0)
    return std::unexpected(
        fmt::format("{} is in use: another import of this person runs; wait for it / "
                    "此人的另一次导入正在进行，请等它结束",
                    body->path.string()));
  if (auto loaded = body->load(); !loaded) return std::unexpected(loaded.error());
  return FeedLog{std::move(body)};
}

ClientKey FeedLog::key() const { return body_->key; }
Counter FeedLog::highest() const { return body_->highest; }

std::expected<void, std::string> FeedLog::begin_anew() {
  fs::path aside = body_->path;
  aside += fmt::format(".of-{}", body_->key.raw());
  std::error_code error;
  fs::copy_file(body_->path, aside, fs::copy_options::overwrite_existing, error);
  if (error || ftruncate(body_->fd, 0) != 0) return std::unexpected(failed(body_->path, "put aside"));
  return body_->begin();
}

const FeedLog::Done* FeedLog::done(const std::string& kind, const std::string& source_id) const {
  const auto at = body_->done.find({kind, source_id});
  return at == body_->done.end() ? nullptr : &at->second;
}

const std::optional<FeedLog::Sent>& FeedLog::open_end() const { return body_->sent; }

std::expected<wire::Submit, std::string> FeedLog::send(const std::string& kind, const std::string& source_id,
                                                       const engine::Command& command) {
  wire::Submit submit{
      .client_key = body_->key, .counter = Counter::from_raw(body_->highest.raw() + 1), .command = command};
  const json::object line{
      {"kind", kind}, {"source_id", source_id}, {"submit", body_->codec.encode(wire::ClientMessage{submit})}};
  if (auto written = body_->append(json::serialize(line)); !written) return std::unexpected(written.error());
  body_->highest = submit.counter;
  body_->sent = Sent{.kind = kind, .source_id = source_id, .submit = submit};
  return submit;
}

std::expected<void, std::string> FeedLog::answered(Sequence seq, bool refused) {
  const auto written = body_->append(fmt::format("{{\"counter\":{},\"seq\":{},\"refused\":{}}}",
                                                 body_->sent->submit.counter.raw(), seq.raw(), refused));
  if (written) body_->settle(seq, refused);
  return written;
}

}  // namespace landex::cli
