#include "clients/simulator/report/gnuplot.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "clients/simulator/report/html.hpp"

namespace landex::simulator::report {
namespace {

constexpr double kFont = 13;  // pixels
// Stands for ' while gnuplot has the text; put back in the picture. Of private use: no font draws it.
constexpr std::string_view kApostrophe = "\uE000";

std::string flat(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

/// A file in memory: as standard input and output of the child it needs no pump, and breaks no pipe.
class Memory {
 public:
  explicit Memory(const char* name) : fd_{memfd_create(name, MFD_CLOEXEC)} {}
  ~Memory() {
    if (fd_ >= 0) ::close(fd_);
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  int fd() const { return fd_; }
  bool put(std::string_view text) {
    while (!text.empty()) {
      const ssize_t n = ::write(fd_, text.data(), text.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      text.remove_prefix(static_cast<size_t>(n));
    }
    return ::lseek(fd_, 0, SEEK_SET) == 0;
  }
  std::string all() const {
    std::string out;
    std::array<char, 65536> part{};
    for (;;) {
      const ssize_t n = ::pread(fd_, part.data(), part.size(), static_cast<off_t>(out.size()));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return out;
      out.append(part.data(), static_cast<size_t>(n));
    }
  }

 private:
  int fd_;
};

std::unexpected<ReportFault> failed(const std::string& zh, const std::string& en) {
  return std::unexpected{
      ReportFault{.zh = "绘图程序 gnuplot " + zh + "。请安装 Debian 软件包 gnuplot-nox：apt-get install gnuplot-nox",
                  .en = "gnuplot, which draws the figures, " + en +
                        ". Install the Debian package gnuplot-nox: apt-get install "
                        "gnuplot-nox"}};
}

std::expected<std::string, ReportFault> run(const std::string& script) {
  Memory in{"script"}, out{"svg"}, told{"told"};
  if (in.fd() < 0 || out.fd() < 0 || told.fd() < 0 || !in.put(script))
    return std::unexpected{ReportFault{.zh = std::string{"内存文件失败："} + std::strerror(errno),
                                       .en = std::string{"no file in memory: "} + std::strerror(errno)}};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.fd(), 0);
  posix_spawn_file_actions_adddup2(&actions, out.fd(), 1);
  posix_spawn_file_actions_adddup2(&actions, told.fd(), 2);
  std::string program = "gnuplot", defaults = "-d", locale = "LC_ALL=C.UTF-8";
  std::array<char*, 3> arguments{program.data(), defaults.data(), nullptr};
  std::array<char*, 2> environment{locale.data(), nullptr};
  pid_t child = 0;
  const int no = posix_spawnp(&child, "gnuplot", &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (no != 0)
    return failed(fmt::format("无法启动（{}）", std::strerror(no)),
                  fmt::format("cannot be started ({})", std::strerror(no)));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  std::string said = flat(told.all());
  if (said.size() > 600) said.resize(600);
  std::string svg = out.all();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !svg.contains("</svg>"))
    return failed("运行失败：" + said, "failed: " + said);
  return svg;
}

/// Ids that several figures on a page would share get the figure's name; hover titles that say nothing go. Only tags
/// are changed, never text: text is others' words, and gnuplot has escaped < in it.
std::string own_ids(std::string_view svg, const std::string& name) {
  static constexpr std::array<std::string_view, 6> kMarks{"id='gp",      "'#gp",   "id='textbox",
                                                          "id='greybox", "'url(#", "id=\"gnuplot"};
  std::string out;
  size_t at = 0;
  while (at < svg.size()) {
    const size_t open = std::min(svg.find('<', at), svg.size());
    std::string text{svg.substr(at, open - at)};
    for (size_t i = text.find(kApostrophe); i != std::string::npos; i = text.find(kApostrophe, i))
      text.replace(i, kApostrophe.size(), "&#39;");
    out += text;
    if (open == svg.size()) break;
    if (svg.substr(open).starts_with("<title>")) {
      at = std::min(svg.find("</title>", open), svg.size() - 8) + 8;
      continue;
    }
    const size_t close = std::min(svg.find('>', open), svg.size() - 1) + 1;
    std::string tag{svg.substr(open, close - open)};
    for (const std::string_view mark : kMarks)
      for (size_t i = tag.find(mark); i != std::string::npos; i = tag.find(mark, i + mark.size() + name.size())) {
        const size_t value = tag.find_first_of(mark.contains('#') ? "#" : "'\"", i) + 1;
        tag.insert(value, name + "-");
      }
    out += tag;
    at = close;
  }
  return out;
}

}  // namespace

std::string literal(std::string_view text) {
  std::string out = "'";
  for (const char c : flat(text)) out += c == '\'' ? std::string{kApostrophe} : std::string(1, c);
  return out + "'";
}

std::string tic(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '%' ? "%%" : std::string(1, c);
  return literal(out);
}

std::string number(double v) { return std::isfinite(v) ? fmt::format("{}", v) : "NaN"; }

double ems(std::string_view text) {
  double sum = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // of a character that was counted
    sum += byte >= 0xE2 ? 1.0 : 0.56;
  }
  return sum;
}

Plot::Plot(std::string name, int width, int height) : name_{std::move(name)}, width_{width}, height_{height} {}

Plot& Plot::line(std::string_view script) {
  lines_ += script;
  lines_ += '\n';
  return *this;
}

std::string Plot::data(const std::vector<std::vector<double>>& rows) {
  std::string block = fmt::format("$d{}", ++blocks_);
  data_ += block + " << EOD\n";
  for (const auto& row : rows) {
    for (const double v : row) data_ += number(v) + ' ';
    data_ += '\n';
  }
  data_ += "EOD\n";
  return block;
}

Plot& Plot::margins(double left, double right, double bottom) {
  return line(fmt::format("set lmargin at screen {}", left / width_))
      .line(fmt::format("set rmargin at screen {}", 1 - right / width_))
      .line(fmt::format("set bmargin at screen {}", bottom / height_));
}

std::string_view dash_of(Plot::Entry::Look look) {
  return look == Plot::Entry::Look::dashed ? "2" : look == Plot::Entry::Look::dotted ? "3" : "1";
}

Plot& Plot::legend(const std::vector<Entry>& entries) {
  using enum Entry::Look;
  constexpr double kLeft = 14, kTop = 16, kSwatch = 26, kGap = 22, kRow = 20;
  struct Place {
    const Entry* entry;
    double x, y;
  };
  std::vector<Place> places;
  double x = kLeft, y = kTop;
  for (const Entry& e : entries) {
    if (e.look == blank && e.text.empty()) continue;
    const double wide = (e.look == blank ? 0 : kSwatch + 6) + ems(e.text) * kFont;
    if (x > kLeft && (e.look == blank || x + wide > width_ - 8)) {
      x = kLeft;
      y += kRow;
    }
    places.push_back({&e, x, y});
    x += wide + kGap;
  }
  height_ += static_cast<int>(y - kTop);  // rows of words do not eat into the axes
  const auto at = [&](double px, double py) { return fmt::format("screen {}, {}", px / width_, 1 - py / height_); };
  for (const auto& [e, px, py] : places) {
    const double text = e->look == blank ? px : px + kSwatch + 6;
    if (e->look == box)
      line(fmt::format("set object rectangle from {} to {} fc rgb {} fs solid {} border rgb {}", at(px, py + 5),
                       at(px + kSwatch, py - 6), literal(e->colour), e->fill, literal(e->colour)));
    else if (e->look == point)
      line(fmt::format("set label {} at {} point pt 7 ps 0.9 lc rgb {}", literal(""), at(px + kSwatch / 2, py),
                       literal(e->colour)));
    else if (e->look != blank)
      line(fmt::format("set arrow from {} to {} nohead lw 2.2 dt {} lc rgb {}", at(px, py), at(px + kSwatch, py),
                       dash_of(e->look), literal(e->colour)));
    line(fmt::format("set label {} at {} left front", literal(e->text), at(text, py)));
  }
  return line(fmt::format("set tmargin at screen {}", 1 - (y + (places.empty() ? 0 : 18)) / height_));
}

std::string Plot::script() const {
  std::string plain = name_;
  std::ranges::replace(plain, '-', '_');  // what gnuplot takes as a name
  return fmt::format(
             "set encoding utf8\n"
             "set terminal svg size {},{} dynamic noenhanced font 'sans-serif,{}' name {} background '#ffffff'\n"
             "set border 3 lc rgb '#555555'\nset tics nomirror out textcolor rgb '#222222'\n"
             "set grid ytics lc rgb '#dddddd' lw 0.7\nunset key\nset style fill solid 0.85 noborder\n"
             "set datafile missing 'NaN'\n",
             width_, height_, kFont, literal(plain)) +
         data_ + lines_;
}

std::expected<std::string, ReportFault> drawn(const Plot& plot, std::string_view label) {
  auto svg = run(plot.script());
  if (!svg) return svg;
  std::string out = own_ids(*svg, plot.name());
  const size_t from = out.find("<svg");
  if (from == std::string::npos) return failed("没有给出 SVG", "gave no SVG");
  out.erase(0, from);
  out.insert(4, fmt::format(" role=\"img\" aria-label=\"{}\"", escaped(label)));
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

}  // namespace landex::simulator::report
