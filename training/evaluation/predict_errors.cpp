#include "training/evaluation/predict_errors.h"

#include <optional>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/metrics.h"
#include "tracker/output/number_text.h"
#include "training/evaluation/evaluation_text.h"

namespace nosetip {
namespace {

constexpr int kErrorDecimals = 4;

}  // namespace

std::vector<PredictedError> ErrorsOfPicture(
    const PictureToPredict& input, SizePx picture_px, const LandmarkSchema& schema,
    std::span<const Landmarks> faces, const std::function<void(const std::string&)>& on_note) {
  std::vector<PredictedError> errors;
  if (input.truth_schema == nullptr) return errors;
  const auto which = PointsOf(schema, *input.truth_schema);
  if (!which) return errors;
  for (size_t i = 0; i < faces.size(); ++i) {
    if (input.truth_px[i].empty()) continue;
    std::vector<Point2f> truth_px;
    for (const int k : *which) truth_px.push_back(input.truth_px[i][static_cast<size_t>(k)]);
    try {
      const TruePoints truth{truth_px, picture_px};
      const FaceErrors face = ErrorsOfFace(faces[i].points_px, truth, ErrorUnitPx(truth, schema));
      errors.push_back({input.picture, i + 1, face.nme, face.coordinates});
    } catch (const Error& error) {
      on_note(fmt::format("the error in box {} is not measured: {}", i + 1, error.what()));
    }
  }
  return errors;
}

std::string ErrorsText(std::span<const PredictedError> errors, const LandmarkSchema& schema) {
  std::vector<std::optional<double>> nme;
  std::vector<CoordinateErrors> coordinates;
  for (const PredictedError& error : errors) {
    nme.emplace_back(error.nme);
    coordinates.push_back(error.coordinates);
  }
  return "errors against the points of the data:\n" +
         AccuracyText(Summarize(nme), MeanOf(coordinates), ErrorUnit(schema));
}

std::string ErrorsCsv(std::span<const PredictedError> errors) {
  std::string csv = "file,box,nme_percent,mae_px,mse_px2\n";
  for (const PredictedError& error : errors) {
    csv += fmt::format("{},{},{},{},{}\n", CsvField(error.picture.string()), error.box,
                       FixedText(error.nme, kErrorDecimals),
                       FixedText(error.coordinates.mae_px, kErrorDecimals),
                       FixedText(error.coordinates.mse_px2, kErrorDecimals));
  }
  return csv;
}

}  // namespace nosetip
