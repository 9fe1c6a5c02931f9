#include "tracker/measure/box_errors.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

namespace nosetip {
namespace {

struct MeanAndDeviation {
  double mean = 0.0;
  double deviation = 0.0;
};

template <typename Value>
MeanAndDeviation Of(std::span<const BoxPair> pairs, const Value& value) {
  const auto n = static_cast<double>(pairs.size());
  double sum = 0.0;
  for (const BoxPair& pair : pairs) sum += value(pair);
  const double mean = sum / n;
  double squares = 0.0;
  for (const BoxPair& pair : pairs) squares += std::pow(value(pair) - mean, 2.0);
  return {mean, std::sqrt(squares / n)};
}

}  // namespace

BoxErrors MeasureBoxErrors(std::span<const BoxPair> pairs) {
  if (pairs.empty()) return {};
  const auto x = Of(pairs, [](const BoxPair& p) {
    return (p.box.Center().x - p.truth.Center().x) / static_cast<double>(LongerSide(p.truth));
  });
  const auto y = Of(pairs, [](const BoxPair& p) {
    return (p.box.Center().y - p.truth.Center().y) / static_cast<double>(LongerSide(p.truth));
  });
  const auto zoom = Of(pairs, [](const BoxPair& p) {
    return std::log(static_cast<double>(LongerSide(p.box)) /
                    static_cast<double>(LongerSide(p.truth)));
  });
  return {static_cast<int>(pairs.size()),
          x.mean,
          x.deviation,
          y.mean,
          y.deviation,
          zoom.mean,
          zoom.deviation};
}

std::string BoxErrorsText(std::span<const NamedBoxErrors> rows) {
  if (rows.empty()) return "";
  std::string text =
      "boxes (mean +- standard deviation; shifts in longer sides of the true box, zoom as a "
      "logarithm)\n"
      "                  boxes     shift x          shift y          zoom\n";
  for (const auto& [name, e] : rows) {
    text +=
        fmt::format("  {:<14} {:>6}  {:>6.3f} +- {:.3f}  {:>6.3f} +- {:.3f}  {:>6.3f} +- {:.3f}\n",
                    name, e.boxes, e.shift_x_mean, e.shift_x_deviation, e.shift_y_mean,
                    e.shift_y_deviation, e.zoom_mean, e.zoom_deviation);
  }
  return text;
}

}  // namespace nosetip
