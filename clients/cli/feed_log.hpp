// feed_log.hpp: what one person has imported into one exchange, in a file under a lock, so that a record is done once,
// whatever is imported again and wherever an import broke off. A record is known by its kind and the sender's own
// number, not by its place in a file: a corrected file does only what is missing.
// The imports of a person are a stream of commands of their own (decisions 2): before a command leaves, its counter and
// all its fields are durable here; if the answer never came, the same command is sent again and the exchange gives the
// first result. So at most the last one is without an answer.
// The file: JSON, one object a line, appended. {"key"} begins it; {"kind", "source_id", "submit"} goes out;
// {"counter", "seq", "refused"} came back. A torn last line was never sent, and is cut.
#pragma once
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "exchange/wire/messages.hpp"

namespace landex::cli {

class FeedLog {
 public:
  struct Sent {
    std::string kind, source_id;
    wire::Submit submit;
  };
  struct Done {
    Sequence seq;
    engine::Command command;
  };

  /// Opens or begins the log `name`, and locks it. The error names the file and what to do.
  static std::expected<FeedLog, std::string> open(const std::filesystem::path& dir, const std::string& name);
  ~FeedLog();
  FeedLog(FeedLog&&) noexcept;
  FeedLog& operator=(FeedLog&&) = delete;

  ClientKey key() const;
  Counter highest() const;  // 0: nothing was sent

  /// Another exchange answers at this address than the one this log is of: it is put aside, and a new one begins.
  std::expected<void, std::string> begin_anew();

  /// The result of a record that was done. Refused ones are not done.
  const Done* done(const std::string& kind, const std::string& source_id) const;
  /// That was sent, and whose answer is not known.
  const std::optional<Sent>& open_end() const;

  /// Durable before it returns: the command may leave.
  std::expected<wire::Submit, std::string> send(const std::string& kind, const std::string& source_id,
                                                const engine::Command& command);
  std::expected<void, std::string> answered(Sequence seq, bool refused);

 private:
  struct Body;
  explicit FeedLog(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace landex::cli
