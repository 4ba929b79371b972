#include "exchange/desk/desk.hpp"

#include <openssl/evp.h>

#include <chrono>

namespace landex::desk {
namespace {

std::string base64(const std::string& bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a zero
  const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<size_t>(n));
  return out;
}

}  // namespace

Desk::Desk(std::string where, House house, size_t queue_limit)
    : where_{std::move(where)}, house_{std::move(house)}, queue_limit_{queue_limit}, thread_{[this] { run(); }} {}

bool Desk::ask(const engine::Asker& who, const wire::AskPaper& paper, Sequence durable, Answer answer) {
  {
    const std::scoped_lock lock{mutex_};
    if (stopping_ || queue_.size() >= queue_limit_) return false;
    queue_.push_back({.who = who, .paper = paper, .durable = durable, .answer = std::move(answer)});
  }
  wake_.notify_one();
  return true;
}

void Desk::stop() {
  {
    const std::scoped_lock lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Desk::run() {
  for (;;) {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    const Asked asked = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    asked.answer(make(asked));
  }
}

Found<void> Desk::reach(Sequence durable) {
  using std::chrono::milliseconds;
  constexpr milliseconds kStep{10}, kMost{3'000};
  for (milliseconds waited{}; waited < kMost; waited += kStep) {
    if (!database_) {
      auto opened = reports::open_database(where_, reports::Access::read);
      if (opened) database_ = std::move(*opened);
    }
    if (database_) {
      const auto at = database_->query("select seq from progress");
      if (!at) database_.reset();  // opened anew
      if (at && !at->rows.empty() && at->rows[0][0] && std::stoull(*at->rows[0][0]) >= durable.value) return {};
    }
    std::this_thread::sleep_for(kStep);
  }
  if (database_) return {};  // late, but not wrong: the paper says as of which number it is
  return std::unexpected(
      Words{.zh = "报表数据库暂不可用：稍后再试。", .en = "The reports database is away: try later."});
}

wire::ServerMessage Desk::make(const Asked& asked) {
  const auto none = [&](const Words& why) {
    return wire::ServerMessage{wire::Problem{.code = wire::ProblemCode::no_such_paper,
                                             .field = {},
                                             .zh = why.zh,
                                             .en = why.en,
                                             .counter = {},
                                             .id = asked.paper.id}};
  };
  if (const auto there = reach(asked.durable); !there) return none(there.error());
  auto file = file_of(*database_, house_, asked.who, asked.paper);
  if (!file) return none(file.error());
  return {wire::PaperFile{.id = asked.paper.id,
                          .as_of = file->as_of,
                          .name = std::move(file->name),
                          .data = base64(file->bytes),
                          .check_code = std::move(file->check_code)}};
}

}  // namespace landex::desk
