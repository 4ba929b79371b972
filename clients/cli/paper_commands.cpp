// paper: what landexd writes for officers: 成交确认书, 划转单, 通知书, 合同, 对账单, 台账. Made by the server, so that
// everybody who may see a paper gets the same bytes.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "clients/cli/arguments.hpp"
#include "clients/cli/commands.hpp"

namespace landex::cli {
namespace {

using wire::PaperFormat;
using wire::PaperKind;

struct Kind {
  const char* name;
  PaperKind kind;
  const char* of;  // what its number is of
};
constexpr Kind kKinds[] = {
    {"confirmation", PaperKind::deal_confirmation, "成交确认书 of a deal / 协议号"},
    {"slip", PaperKind::transfer_slip, "划转单 of a deal or another transfer / 协议或划转的序号"},
    {"pooling", PaperKind::pooling_notice, "统筹通知书 of a filing or an entry of plots / 报备或入库的序号"},
    {"allocation", PaperKind::allocation_notice, "统筹指标分配通知书 of a request / 申请号"},
    {"advance", PaperKind::advance_contract, "预拨资金合同 of an advance / 预拨号"},
    {"card", PaperKind::ledger_card, "台账 of a batch / 批次号"},
    {"run", PaperKind::run_notice, "年度结算通知 of a yearly run / 年度结算号"},
};

struct Words {
  uint64_t number = 0;
  std::string unit, from, until, format, out;
};

PaperFormat format_arg(const Words& w) {
  std::string name = w.format;
  if (name.empty())
    if (const auto dot = w.out.rfind('.'); dot != std::string::npos) name = w.out.substr(dot + 1);
  if (name == "pdf") return PaperFormat::pdf;
  if (name == "xlsx") return PaperFormat::xlsx;
  if (name == "csv") return PaperFormat::csv;
  throw UsageError{fmt::format("-o / --format: '{}' is none of pdf, xlsx, csv / 须为 pdf、xlsx 或 csv", name)};
}

/// Nothing for what is no base64.
std::optional<std::string> from_base64(const std::string& text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  const int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (n < 0) return std::nullopt;
  const auto padding =
      static_cast<size_t>(std::count(text.end() - std::min<long>(2, std::ssize(text)), text.end(), '='));
  out.resize(static_cast<size_t>(n) - padding);
  return out;
}

int fetch_paper(const Context& c, wire::AskPaper paper, const std::string& out) {
  auto client = log_on(c);
  if (!client) return client.error();
  const auto file = (*client)->ask_paper(std::move(paper));
  if (!file) return report(file.error());
  const auto bytes = from_base64(file->data);
  if (!bytes) {
    fmt::print(stderr, "服务器所发文书无法解码\nthe server sent a paper that cannot be decoded\n");
    return kFailed;
  }
  const std::string path = out.empty() ? file->name : out;
  std::FILE* f = std::fopen(path.c_str(), "wb");
  const bool good = f && std::fwrite(bytes->data(), 1, bytes->size(), f) == bytes->size();
  if (f && std::fclose(f) != 0) f = nullptr;
  if (!f || !good) {
    fmt::print(stderr, "无法写入 {}\ncannot write {}\n", path, path);
    return kFailed;
  }
  if (c.json)
    print_json({wire::PaperFile{
        .id = file->id, .as_of = file->as_of, .name = path, .data = {}, .check_code = file->check_code}});
  else
    fmt::print("{}：{} 字节 bytes，截至序号 as of {}\n校验码 check code {}\n", path, bytes->size(), file->as_of.value,
               file->check_code);
  return kOk;
}

void add_output(CLI::App* sub, const std::shared_ptr<Words>& w) {
  sub->add_option("-o,--out", w->out, "the file; its ending says the format / 输出文件，扩展名决定格式");
  sub->add_option("--format", w->format, "pdf, xlsx, csv / 格式");
}

}  // namespace

void add_papers(CLI::App& app, Context& c, Chosen& chosen) {
  auto* papers = group(app, "paper", "papers with seals and check codes / 文书");
  const auto w = std::make_shared<Words>();
  for (const auto& kind : kKinds) {
    auto* one = papers->add_subcommand(kind.name, kind.of);
    one->add_option("number", w->number, "its number / 序号")->required();
    add_output(one, w);
    one->callback([&, w, &k = kind] {
      chosen = [&, w] {
        return fetch_paper(c,
                           {.id = 0,
                            .kind = k.kind,
                            .number = w->number,
                            .participant = {},
                            .from = {},
                            .until = {},
                            .format = w->out.empty() && w->format.empty() ? PaperFormat::pdf : format_arg(*w)},
                           w->out);
      };
    });
  }
  auto* statement = app.add_subcommand("statement", "money and land of a unit, entry by entry / 对账单");
  statement->add_option("--unit", w->unit, "whose, if not yours / 单位");
  statement->add_option("--from", w->from, "first business day / 起")->required();
  statement->add_option("--to", w->until, "last business day / 止")->required();
  add_output(statement, w);
  statement->callback([&, w] {
    chosen = [&, w] {
      return fetch_paper(c,
                         {.id = 0,
                          .kind = PaperKind::statement,
                          .number = 0,
                          .participant = maybe_unit(c, w->unit),
                          .from = day_arg("--from", w->from),
                          .until = day_arg("--to", w->until),
                          .format = w->out.empty() && w->format.empty() ? PaperFormat::pdf : format_arg(*w)},
                         w->out);
    };
  });
}

}  // namespace landex::cli
