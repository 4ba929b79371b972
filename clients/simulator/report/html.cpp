#include "clients/simulator/report/html.hpp"

#include <fmt/format.h>

#include <cctype>

namespace landex::simulator::report {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:24px 28px 60px;background:#fff;color:#1b1b1b;
 font:15px/1.6 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
h1{font-size:25px;line-height:1.35;margin:.2em 0 .5em}h2{font-size:20px;margin:2.2em 0 .6em;padding-top:.6em;
 border-top:2px solid #222}h3{font-size:16px;margin:1.6em 0 .4em}
.en{color:#555}h1 .en,h2 .en,h3 .en{font-weight:400;font-size:.8em;margin-left:.5em}
nav{columns:2;font-size:14px;margin:1em 0}nav a{display:block;break-inside:avoid}
a{color:#00558a}
.notice{border:1px solid #b8860b;border-left:6px solid #b8860b;background:#fff8e6;padding:10px 14px;margin:1em 0}
figure{margin:1.4em 0 1.8em;break-inside:avoid}
figure svg{display:block;width:100%;height:auto;border:1px solid #e3e3e3}
figcaption{font-size:14px;margin-top:.5em}
.basis{color:#555;font-size:13px}
details{margin:.4em 0;font-size:14px}summary{cursor:pointer;color:#00558a}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:13.5px;margin:.5em 0;font-variant-numeric:tabular-nums}
caption{text-align:left;color:#555;padding-bottom:.3em}
th,td{border-bottom:1px solid #ddd;padding:3px 9px;text-align:right;vertical-align:top}
td{white-space:nowrap}td.name{white-space:normal}
th{border-bottom:1.5px solid #444;font-weight:600;white-space:nowrap}th .en{display:block;white-space:normal;font-weight:400;font-size:.86em}
.name{text-align:left}td.name{min-width:7em}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;border:1px solid #ddd;padding:10px;font-size:12.5px;
 line-height:1.45}
code{overflow-wrap:anywhere}
@media print{td,th{white-space:normal}body{max-width:none;padding:0;font-size:11pt}h2{break-after:avoid}nav{display:none}
 table{font-size:8.5pt}th,td{padding:2px 5px}.wide{overflow:visible}summary{color:#000}
 details::details-content{content-visibility:visible;block-size:auto}
 figure{break-inside:auto}figure svg{break-inside:avoid;break-after:avoid}figcaption{break-before:avoid}
 tr{break-inside:avoid}
 figure svg,.notice{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@page{size:A4;margin:15mm 13mm}
)";

/// Length of the UTF-8 character at `at`, 0 if there is none.
size_t utf8(std::string_view s, size_t at) {
  const auto byte = [&](size_t i) { return at + i < s.size() ? static_cast<unsigned char>(s[at + i]) : 0U; };
  const auto more = [&](size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned b = byte(0);
  if (b < 0x80) return 1;
  if (b >= 0xC2 && b <= 0xDF) return more(1) ? 2 : 0;
  if (b >= 0xE0 && b <= 0xEF) {
    if (!more(1) || !more(2)) return 0;
    if (b == 0xE0 && byte(1) < 0xA0) return 0;
    if (b == 0xED && byte(1) > 0x9F) return 0;                       // surrogates
    return b == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE ? 0 : 3;  // U+FFFE, U+FFFF: no XML
  }
  if (b >= 0xF0 && b <= 0xF4) {
    if (!more(1) || !more(2) || !more(3)) return 0;
    if (b == 0xF0 && byte(1) < 0x90) return 0;
    return b == 0xF4 && byte(1) > 0x8F ? 0 : 4;
  }
  return 0;
}

std::string both(const Words& w) {
  if (w.en.empty()) return escaped(w.zh);
  return escaped(w.zh) + " <span class=\"en\">" + escaped(w.en) + "</span>";
}

std::string html_of(const Sheet& sheet, const Words* caption) {
  std::string out = "<div class=\"wide\"><table>\n";
  if (caption) out += "<caption>" + both(*caption) + "</caption>\n";
  out += "<thead><tr>";
  const auto name = [&](size_t i) { return i < sheet.names ? " class=\"name\"" : ""; };
  for (size_t i = 0; i < sheet.columns.size(); ++i)
    out += fmt::format("<th{}>{}</th>", name(i), both(sheet.columns[i]));
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : sheet.rows) {
    out += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) out += fmt::format("<td{}>{}</td>", name(i), escaped(row[i]));
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string links_of(const std::vector<std::string>& paths) {
  std::string out;
  for (const auto& p : paths)
    out += fmt::format("{}<a href=\"{}\">{}</a>", out.empty() ? "" : " · ", link_of(p), escaped(p));
  return out;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (size_t i = 0; i < text.size();) {
    const size_t n = utf8(text, i);
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (n == 0 || (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F)
      out += "\uFFFD";
    else if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += text.substr(i, n);
    i += n == 0 ? 1 : n;
  }
  return out;
}

std::string link_of(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '/' || c == '-' || c == '_' || c == '.' || c == '~')
      out += c;
    else
      out += fmt::format("%{:02X}", byte);
  }
  // "a:b" would be a scheme; %3A is none. A path from the root is left as it is.
  return out;
}

void Page::section(std::string id, Words title) {
  blocks_.emplace_back(fmt::format("<h2 id=\"{}\">{}</h2>\n", id, both(title)));
  sections_.push_back({.id = std::move(id), .title = std::move(title)});
}

void Page::heading(const Words& title) { blocks_.emplace_back("<h3>" + both(title) + "</h3>\n"); }

void Page::paragraph(const Words& words) {
  blocks_.emplace_back("<p>" + escaped(words.zh) + "<br><span class=\"en\">" + escaped(words.en) + "</span></p>\n");
}

void Page::notice(const Words& words) {
  blocks_.emplace_back("<div class=\"notice\"><strong>" + escaped(words.zh) + "</strong><br>" + escaped(words.en) +
                       "</div>\n");
}

void Page::table(const Sheet& sheet, const Words& caption) { blocks_.emplace_back(html_of(sheet, &caption)); }

void Page::figure(Figure figure) { blocks_.emplace_back(std::move(figure)); }

void Page::verbatim(const Words& title, std::string_view text) {
  blocks_.emplace_back("<details><summary>" + both(title) + "</summary><pre>" + escaped(text) + "</pre></details>\n");
}

void Page::links(const Words& before, const std::vector<std::string>& paths) {
  blocks_.emplace_back("<p>" + both(before) + " " + links_of(paths) + "</p>\n");
}

std::expected<std::string, ReportFault> Page::html() const {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      // Nothing is run or fetched, whatever got into the page.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<title>" +
      escaped(title_.zh + " " + title_.en) + "</title>\n<style>" + std::string{kStyle} + "</style>\n</head>\n<body>\n";
  out += "<h1>" + escaped(title_.zh) + "<br><span class=\"en\">" + escaped(title_.en) + "</span></h1>\n<nav>\n";
  for (const auto& s : sections_) out += fmt::format("<a href=\"#{}\">{}</a>\n", s.id, both(s.title));
  out += "</nav>\n";
  int count = 0;
  for (const auto& block : blocks_) {
    if (const auto* text = std::get_if<std::string>(&block)) {
      out += *text;
      continue;
    }
    const Figure& f = std::get<Figure>(block);
    auto svg = drawn(f.plot, f.caption.zh + " " + f.caption.en);
    if (!svg) return std::unexpected{svg.error()};
    ++count;
    out += fmt::format(
        "<figure id=\"fig-{}\">\n{}\n<figcaption><strong>图 {}</strong> {} <span class=\"en\"><strong>Figure "
        "{}</strong> "
        "{}</span>",
        f.plot.name(), *svg, count, escaped(f.caption.zh), count, escaped(f.caption.en));
    out += "<div class=\"basis\">" + both(f.basis) + "</div></figcaption>\n";
    out += "<details><summary>数据表 <span class=\"en\">the numbers</span></summary>" + html_of(f.table, nullptr) +
           "</details>\n";
    if (!f.files.empty())
      out += "<div class=\"basis\">数据文件 <span class=\"en\">data</span>: " + links_of(f.files) + "</div>\n";
    out += "</figure>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace landex::simulator::report
