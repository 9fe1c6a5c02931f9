#include "training/report/evaluation_pictures.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/expression.h"
#include "training/report/face_sheet.h"
#include "training/report/plot.h"

namespace nosetip {
namespace {

constexpr int kColumns = 4;
constexpr size_t kFaces = 12;
constexpr size_t kShutEyes = 24;
constexpr int kTile_px = 240;

// A face that is not found counts as an error of 100 %.
double ErrorOf(const MeasuredFace& face) { return face.nme.value_or(100.0); }

// The end of a long name tells more than its start.
std::string EndOf(const std::string& name) {
  constexpr size_t kLongest = 19;
  if (name.size() <= kLongest) return name;
  return "..." + name.substr(name.size() - (kLongest - 3));
}

std::vector<Point2f> EyeOf(const std::vector<Point2f>& face, const EyePoints& eye) {
  const auto at = [&face](int k) { return face.at(static_cast<size_t>(k)); };
  std::vector<Point2f> points = {at(eye.outer_corner), at(eye.inner_corner)};
  for (const auto& [upper, lower] : eye.lids) {
    points.push_back(at(upper));
    points.push_back(at(lower));
  }
  return points;
}

// Below one another, on white.
Image Stack(std::span<const Image> images) {
  int width = 0;
  int height = 0;
  for (const Image& image : images) {
    width = std::max(width, image.width_px);
    height += image.height_px;
  }
  Image all(width, height);
  std::fill(all.rgb.begin(), all.rgb.end(), uint8_t{255});
  int top = 0;
  for (const Image& image : images) {
    const auto row = static_cast<size_t>(3 * image.width_px);
    for (int y = 0; y < image.height_px; ++y) std::memcpy(all.At(0, top + y), image.At(0, y), row);
    top += image.height_px;
  }
  return all;
}

}  // namespace

Image DrawErrorCurve(const Evaluation& evaluation, const std::string& title) {
  std::vector<double> errors;
  for (const MeasuredFace& face : evaluation.faces) errors.push_back(ErrorOf(face));
  std::vector<double> sorted = errors;
  std::ranges::sort(sorted);
  Check(!sorted.empty(), "an evaluation of one face or more");
  Plot plot;
  plot.title = title;
  plot.x_label = "error, % of the " + evaluation.unit;
  plot.y_label = "faces with at most this error, %";
  plot.y_high = 100.0;
  PlotLine line;
  line.label = fmt::format("mean {:.2f} %, median {:.2f} %", evaluation.summary.nme_mean,
                           evaluation.summary.nme_median);
  // Up to the error that 90 % of the faces stay below, at least 10 %.
  const double end = std::max(10.0, std::ceil(sorted[sorted.size() * 9 / 10]));
  constexpr int kSteps = 200;
  for (int i = 0; i <= kSteps; ++i) line.x.push_back(end * i / kSteps);
  for (const double part : CumulativeErrorCurve(errors, line.x)) line.y.push_back(100.0 * part);
  plot.lines.push_back(std::move(line));
  return DrawPlot(plot);
}

Image DrawReliability(const Evaluation& evaluation) {
  Check(!evaluation.reliability.empty(), "an evaluation with expected errors");
  Plot plot;
  plot.title = "Errors of points over expected errors";
  plot.x_label = "expected error, % of the " + evaluation.unit;
  plot.y_label = "error, % of the " + evaluation.unit;
  PlotLine found{"points, ten bins of equally many", {}, {}};
  PlotLine equal{"as expected", {0.0}, {0.0}};
  for (const ReliabilityBin& bin : evaluation.reliability) {
    found.x.push_back(bin.expected_percent);
    found.y.push_back(bin.error_percent);
  }
  const double end = evaluation.reliability.back().expected_percent;
  equal.x.push_back(end);
  equal.y.push_back(end);
  plot.lines = {std::move(found), std::move(equal)};
  return DrawPlot(plot);
}

Image DrawMeasuredFaces(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                        FacesToShow which) {
  Check(evaluation.faces.size() > (which == FacesToShow::kWorst ? 1 : 0), "faces to show");
  std::vector<const MeasuredFace*> ranked;
  for (const MeasuredFace& face : evaluation.faces) ranked.push_back(&face);
  const bool worst = which == FacesToShow::kWorst;
  std::stable_sort(ranked.begin(), ranked.end(), [&](const auto* a, const auto* b) {
    return worst ? ErrorOf(*a) > ErrorOf(*b) : ErrorOf(*a) < ErrorOf(*b);
  });
  // No face is among both.
  const size_t half = (ranked.size() + (worst ? 0 : 1)) / 2;
  ranked.resize(std::min(kFaces, half));
  std::vector<FaceTile> tiles;
  for (const MeasuredFace* face : ranked) {
    const FaceToMeasure& given = faces[face->index];
    const std::string error = face->nme ? fmt::format("{:.1f} %", *face->nme) : "not found";
    tiles.push_back({given.picture(), given.truth_px, face->predicted,
                     fmt::format("{}  {}", error, EndOf(given.name))});
  }
  return DrawFaceSheet(tiles, kColumns, kTile_px,
                       worst ? "Worst faces (truth green, prediction red)"
                             : "Best faces (truth green, prediction red)");
}

std::optional<Image> DrawShutEyes(const Evaluation& evaluation,
                                  const std::vector<FaceToMeasure>& faces,
                                  const LandmarkSchema& schema) {
  const ExpressionPoints* points = ExpressionPointsOf(schema);
  if (points == nullptr) return std::nullopt;
  std::vector<FaceTile> tiles;
  for (const MeasuredFace& face : evaluation.faces) {
    const FaceToMeasure& given = faces[face.index];
    const auto is = ExpressionOf(given.truth_px, schema);
    const auto seems = ExpressionOf(face.predicted, schema);
    if (!is || !seems) continue;
    for (size_t eye = 0; eye < points->eyes.size() && tiles.size() < kShutEyes; ++eye) {
      if (is->eye_openness[eye] >= kShutEye) continue;
      tiles.push_back(
          {given.picture(), EyeOf(given.truth_px, points->eyes[eye]),
           EyeOf(face.predicted, points->eyes[eye]),
           fmt::format("{:.2f}, found {:.2f}", is->eye_openness[eye], seems->eye_openness[eye])});
    }
  }
  if (tiles.empty()) return std::nullopt;
  return DrawFaceSheet(tiles, kColumns, kTile_px,
                       "Shut eyes and their openness (truth green, prediction red)");
}

Image DrawEvaluation(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                     const LandmarkSchema& schema, const std::string& title) {
  std::vector<Image> parts = {DrawErrorCurve(evaluation, title)};
  if (!evaluation.reliability.empty()) parts.push_back(DrawReliability(evaluation));
  if (evaluation.faces.size() > 1) {
    parts.push_back(DrawMeasuredFaces(evaluation, faces, FacesToShow::kWorst));
  }
  parts.push_back(DrawMeasuredFaces(evaluation, faces, FacesToShow::kBest));
  if (auto eyes = DrawShutEyes(evaluation, faces, schema)) parts.push_back(*std::move(eyes));
  return Stack(parts);
}

}  // namespace nosetip
