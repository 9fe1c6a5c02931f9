#include "tracker/report/time_line.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

constexpr double kWidth = 1000.0;
constexpr double kHeight = 100.0;
constexpr double kEdge = 4.0;        // above and below the line, so that it is not cut
constexpr double kLeastBlink = 2.0;  // in thousandths of the width, to be seen

class Drawing {
 public:
  explicit Drawing(const TimeLine& line) : line_(line) {}

  std::string Svg() {
    std::string svg = fmt::format(
        "<svg class=\"time-line\" viewBox=\"0 0 {:.0f} {:.0f}\" preserveAspectRatio=\"none\" "
        "role=\"img\" aria-label=\"{}\">",
        kWidth, kHeight, MarkupText(line_.label));
    for (const Blink& blink : line_.blinks) svg += Band(blink);
    if (line_.low < 0.0F && line_.high > 0.0F) {
      svg += fmt::format("<path class=\"zero\" d=\"M0 {0:.1f}H{1:.0f}\"/>", Y(0.0F), kWidth);
    }
    return svg + "<path class=\"line\" d=\"" + Path() + "\"/></svg>";
  }

 private:
  double X(double time_s) const {
    return kWidth * (time_s - line_.start_s) / (line_.end_s - line_.start_s);
  }
  double Y(float value) const {
    const double height = (line_.high - std::clamp(value, line_.low, line_.high)) /
                          static_cast<double>(line_.high - line_.low);
    return kEdge + (kHeight - 2.0 * kEdge) * height;
  }

  std::string Band(const Blink& blink) const {
    const double width = std::max(X(blink.end_s) - X(blink.start_s), kLeastBlink);
    return fmt::format("<path class=\"blink\" d=\"M{:.1f} 0h{:.1f}v{:.0f}h-{:.1f}z\"/>",
                       X(blink.start_s), width, kHeight, width);
  }

  std::string Path() {
    const size_t count = line_.values.size();
    for (size_t from = 0; from < count;) {
      size_t to = from + 1;
      while (to < count && line_.time_s[to] - line_.time_s[to - 1] <= kLongestGap_s) ++to;
      AddRun(from, to);
      from = to;
    }
    return path_;
  }

  void AddRun(size_t from, size_t to) {
    command_ = 'M';
    size_t at = from;
    while (at < to) {
      size_t end = at + 1;
      const double column = std::floor(X(line_.time_s[at]));
      while (end < to && std::floor(X(line_.time_s[end])) == column) ++end;
      AddColumn(at, end);
      at = end;
    }
    if (to - from == 1) path_ += "h2";  // a dot
  }

  void AddColumn(size_t from, size_t to) {
    const auto values = line_.values.begin();
    const auto [least, greatest] = std::minmax_element(values + static_cast<std::ptrdiff_t>(from),
                                                       values + static_cast<std::ptrdiff_t>(to));
    const auto place = [&](auto at) { return static_cast<size_t>(at - values); };
    AddPoint(std::min(place(least), place(greatest)));
    if (least != greatest) AddPoint(std::max(place(least), place(greatest)));
  }

  void AddPoint(size_t at) {
    path_ += fmt::format("{}{:.1f} {:.1f}", command_, X(line_.time_s[at]), Y(line_.values[at]));
    command_ = 'L';
  }

  const TimeLine& line_;
  std::string path_;
  char command_ = 'M';
};

}  // namespace

const std::string_view kTimeLineStyle = R"css(
:root { --trace: #1a5fb4; --band: #e5a50a; }
@media (prefers-color-scheme: dark) { :root { --trace: #78aeed; --band: #cd9309; } }
.time-line { display: block; width: 100%; height: 2.9rem; background: var(--card);
  border-radius: .3rem; }
.time-line path { vector-effect: non-scaling-stroke; fill: none; }
.time-line .line { stroke: var(--trace); stroke-width: 1.5px; stroke-linejoin: round; }
.time-line .zero { stroke: var(--soft); stroke-width: 1px; stroke-dasharray: 2 3; opacity: .6; }
.time-line .blink { fill: var(--band); opacity: .45; }
@media print { :root { --trace: #1a5fb4; --band: #e5a50a; }
  .time-line { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)css";

std::string TimeLineSvg(const TimeLine& line) {
  Check(line.time_s.size() == line.values.size(), "as many times as values");
  Check(line.end_s > line.start_s && line.high > line.low, "a span of time and of values");
  return Drawing(line).Svg();
}

}  // namespace nosetip
