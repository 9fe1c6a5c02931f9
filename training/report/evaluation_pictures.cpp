#include "training/report/evaluation_pictures.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "tracker/core/error.h"
#include "training/report/face_sheet.h"
#include "training/report/plot.h"

namespace nosetip {
namespace {

constexpr size_t kColumns = 6;
constexpr size_t kRows = 2;
constexpr int kTile_px = 200;

std::string Rounded(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

Image ErrorCurve(const Evaluation& evaluation, const std::string& title) {
  std::vector<double> errors;
  for (const MeasuredFace& face : evaluation.faces) errors.push_back(face.nme.value_or(100.0));
  Plot plot;
  plot.title = title;
  plot.x_label = "error, % of the " + evaluation.unit;
  plot.y_label = "faces with at most this error, %";
  plot.y_high = 100.0;
  PlotLine line;
  line.label = "NME " + Rounded("%.2f %%, ", evaluation.summary.nme_mean) + "AUC@8 " +
               Rounded("%.3f", evaluation.summary.auc);
  for (int i = 0; i <= 100; ++i) line.x.push_back(0.1 * i);
  for (const double part : CumulativeErrorCurve(errors, line.x)) line.y.push_back(100.0 * part);
  plot.lines.push_back(std::move(line));
  return DrawPlot(plot);
}

// Below each other, on white.
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

Image Faces(std::span<const MeasuredFace* const> chosen, const std::vector<FaceToMeasure>& faces,
            const std::string& title) {
  std::vector<FaceTile> tiles;
  for (const MeasuredFace* face : chosen) {
    const FaceToMeasure& given = faces[face->index];
    // The end of a long name tells more than its start.
    const std::string name =
        given.name.size() > 17 ? "..." + given.name.substr(given.name.size() - 15) : given.name;
    tiles.push_back({given.picture(), given.truth_px, face->predicted,
                     (face->nme ? Rounded("%.1f %%  ", *face->nme) : "not found  ") + name});
  }
  return DrawFaceSheet(tiles, kColumns, kTile_px, title);
}

}  // namespace

Image DrawEvaluation(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                     const std::string& title) {
  Check(!evaluation.faces.empty(), "an evaluation of one face or more");
  std::vector<const MeasuredFace*> ranked;
  for (const MeasuredFace& face : evaluation.faces) ranked.push_back(&face);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto* a, const auto* b) {
    return a->nme.value_or(100.0) < b->nme.value_or(100.0);
  });
  const size_t n = std::min(kColumns * kRows, ranked.size());
  const std::span<const MeasuredFace* const> all(ranked);
  const std::vector<const MeasuredFace*> worst(ranked.rbegin(),
                                               ranked.rbegin() + static_cast<std::ptrdiff_t>(n));
  const std::vector<Image> parts = {
      ErrorCurve(evaluation, title),
      Faces(worst, faces, "worst faces (truth green, prediction red)"),
      Faces(all.first(n), faces, "best faces")};
  return Stack(parts);
}

Image DrawTraining(std::span<const EpochStats> history) {
  Check(!history.empty(), "a training of one epoch or more");
  Plot loss{"Loss", "epoch", "loss", {{"training", {}, {}}, {"validation", {}, {}}}, 0.0, 0.0};
  Plot error{"Validation error", "epoch", "NME, %", {{"averaged weights", {}, {}}}, 0.0, 0.0};
  for (const EpochStats& epoch : history) {
    loss.lines[0].y.push_back(epoch.train_loss);
    loss.lines[1].y.push_back(epoch.validation_loss);
    error.lines[0].y.push_back(epoch.validation_nme);
    for (PlotLine* line : {&loss.lines[0], &loss.lines[1], &error.lines[0]}) {
      line->x.push_back(epoch.epoch);
    }
  }
  const std::vector<Image> parts = {DrawPlot(loss), DrawPlot(error)};
  return Stack(parts);
}

}  // namespace nosetip
