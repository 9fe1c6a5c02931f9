#include "training/landmarks/shape_table.h"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

constexpr double kUnitMm = 0.01;
constexpr size_t kLineWidth = 98;

long Units(double mm) { return std::lround(mm / kUnitMm); }

// As many items on a line as fit.
std::string Lines(const std::vector<std::string>& items, const std::string& indent) {
  std::string text, line;
  for (const std::string& item : items) {
    if (!line.empty() && indent.size() + line.size() + 1 + item.size() > kLineWidth) {
      text += indent + line + '\n';
      line.clear();
    }
    line += (line.empty() ? "" : " ") + item;
  }
  return text + indent + line + '\n';
}

// Calls `add` for one point of each pair, and for those in the middle.
template <typename Function>
void ForHalf(Function&& add) {
  for (size_t i = 0; i < kShapePoints; ++i) {
    if (static_cast<size_t>(Ibug68().mirror[i]) >= i) add(i);
  }
}

std::string HalfOf(const HeadPoints& points, const std::string& indent) {
  std::vector<std::string> items;
  ForHalf([&](size_t i) {
    const auto& [x, y, z] = points[i];
    items.push_back(fmt::format("{{{}, {}, {}}},", Units(x), Units(y), Units(z)));
  });
  return Lines(items, indent);
}

std::string ModeText(const FaceShape& shape, size_t mode) {
  HeadPoints points{};
  double agreement = 0.0;
  for (size_t i = 0; i < kShapePoints; ++i) {
    const auto& other = shape.modes_mm[static_cast<size_t>(Ibug68().mirror[i])];
    for (size_t a = 0; a < 3; ++a) {
      points[i][a] = shape.modes_mm[i][a][mode];
      agreement += (a == 0 ? -1.0 : 1.0) * points[i][a] * other[a][mode];
    }
  }
  return fmt::format("    {{{},\n     {{\n{}     }}}},\n", agreement < 0.0 ? -1 : 1,
                     HalfOf(points, "         "));
}

}  // namespace

std::string ShapeTable(const FaceShape& shape) {
  std::string text =
      "// Written by `nosetip-train shape`; assets/models/MODEL_CARD.md has data and terms.\n";
  text += "constexpr HalfPoints kMean = {\n" + HalfOf(shape.mean_mm, "    ") + "};\n";
  text += "constexpr HalfPoints kNeutral = {\n" + HalfOf(shape.neutral_mm, "    ") + "};\n";
  std::vector<std::string> noise;
  ForHalf([&](size_t i) { noise.push_back(fmt::format("{},", Units(shape.noise_mm[i]))); });
  text += "constexpr int kNoise[kHalfPoints] = {\n" + Lines(noise, "    ") + "};\n";
  text += "constexpr HalfMode kModes[kShapeModes] = {\n";
  for (size_t k = 0; k < kShapeModes; ++k) text += ModeText(shape, k);
  return text + "};\n";
}

}  // namespace nosetip
