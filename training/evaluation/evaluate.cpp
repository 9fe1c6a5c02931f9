#include "training/evaluation/evaluate.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/core/geometry.h"

namespace nosetip {
namespace {

Image PackedPicture(const FacePack& pack, size_t face) {
  Image image(pack.size_px, pack.size_px);
  const size_t area = image.rgb.size() / 3;
  const uint8_t* gray = pack.pixels.data() + face * area;
  for (size_t i = 0; i < area; ++i) {
    image.rgb[3 * i] = image.rgb[3 * i + 1] = image.rgb[3 * i + 2] = gray[i];
  }
  return image;
}

std::vector<Point2f> PackedPoints(const FacePack& pack, size_t face, int count) {
  std::vector<Point2f> points;
  const float* xy = pack.points_px.data() + face * 2 * static_cast<size_t>(count);
  for (int k = 0; k < count; ++k) points.push_back({xy[2 * k], xy[2 * k + 1]});
  return points;
}

// A place of the photograph in the pack's pixels.
RectF Packed(const FacePack& pack, size_t face, const RectF& place) {
  const Affine2 pack_from_picture = CropFromFrame(pack.boxes[face], pack.extent, pack.size_px);
  const Point2f corner = pack_from_picture.Apply({place.x, place.y});
  const float scale = pack_from_picture.Scale();
  return {corner.x, corner.y, scale * place.width, scale * place.height};
}

// Cut at whole pixels: a picture that was packed whole comes back without resampling.
Image Part(const Image& image, int left, int top, SizePx size) {
  Image part(size.width, size.height);
  for (int y = 0; y < size.height; ++y) {
    std::copy_n(image.At(left, top + y), 3 * size.width, part.At(0, y));
  }
  return part;
}

FaceToMeasure FaceOfPack(const std::shared_ptr<const FacePack>& pack, size_t face) {
  const SizePx photograph = pack->photographs_px[face];
  FaceToMeasure given{pack->names[face],
                      {},
                      PackedPoints(*pack, face, SchemaByName(pack->schema).count),
                      Packed(*pack, face, pack->boxes[face]),
                      pack->groups[face],
                      photograph,
                      1.0F / CropFromFrame(pack->boxes[face], pack->extent, pack->size_px).Scale()};
  if (pack->view == CropView::kFace && given.truth_px.size() >= kPointsThatBound) {
    given.box = BoundsOf(given.truth_px);
  }
  // Around the photograph the square repeats its border, as crops do again.
  const RectF all = Packed(
      *pack, face,
      {-0.5F, -0.5F, static_cast<float>(photograph.width), static_cast<float>(photograph.height)});
  const int left = std::clamp(NearestWhole(all.x + 0.5F), 0, pack->size_px - 1);
  const int top = std::clamp(NearestWhole(all.y + 0.5F), 0, pack->size_px - 1);
  const int right = std::clamp(NearestWhole(all.x + all.width + 0.5F), left + 1, pack->size_px);
  const int bottom = std::clamp(NearestWhole(all.y + all.height + 0.5F), top + 1, pack->size_px);
  const Point2f corner{static_cast<float>(left), static_cast<float>(top)};
  for (Point2f& point : given.truth_px) point = point - corner;
  given.box.x -= corner.x;
  given.box.y -= corner.y;
  given.picture = [pack, face, left, top, size = SizePx{right - left, bottom - top}] {
    return Part(PackedPicture(*pack, face), left, top, size);
  };
  return given;
}

class Measurement {
 public:
  Measurement(const std::vector<FaceToMeasure>& faces, const LandmarkSchema& schema,
              const LocateFace& locate)
      : faces_(faces), schema_(schema), locate_(locate) {
    result_.unit = ErrorUnit(schema);
    result_.landmark_error.assign(static_cast<size_t>(schema.count), 0.0);
  }

  void Measure(size_t index) {
    try {
      MeasureOrThrow(index);
    } catch (const Error& error) {
      result_.problems.push_back(fmt::format("{}: {}", faces_[index].name, error.what()));
    }
  }

  Evaluation Finish() && {
    if (result_.faces.empty()) {
      throw Error("no face could be measured; " +
                  (result_.problems.empty() ? "the data set has none of the wanted parts"
                                            : "the first problem: " + result_.problems.front()));
    }
    std::vector<std::optional<double>> errors;
    for (const MeasuredFace& face : result_.faces) errors.push_back(face.nme);
    result_.summary = Summarize(errors);
    const auto found = static_cast<double>(std::max<size_t>(coordinates_.size(), 1));
    for (double& error : result_.landmark_error) error /= found;
    result_.coordinates = MeanOf(coordinates_);
    result_.reliability = ReliabilityOf(std::move(expected_));
    result_.expression = ExpressionErrorsOf(expressions_);
    return std::move(result_);
  }

 private:
  void MeasureOrThrow(size_t index) {
    const FaceToMeasure& face = faces_[index];
    const Image picture = face.picture();
    const bool is_part = face.photograph_px.Area() > 0;
    const TruePoints truth{
        face.truth_px, is_part ? face.photograph_px : SizePx{picture.width_px, picture.height_px},
        face.photograph_per_pixel};
    const double unit_px = ErrorUnitPx(truth, schema_);
    MeasuredFace measured{index, std::nullopt, {}};
    if (auto found = locate_(picture, face.box)) {
      if (schema_.outer_eye_corners) AddExpected(*found, face.truth_px, unit_px);
      AddExpression(found->points_px, face.truth_px);
      measured.predicted = std::move(found->points_px);
      measured.nme = AddErrors(ErrorsOfFace(measured.predicted, truth, unit_px));
      for (size_t k = 0; k < face.truth_px.size(); ++k) {
        const Point2f off_px = measured.predicted[k] - face.truth_px[k];
        measured.offsets.push_back((100.0F / unit_px) * off_px);
      }
    }
    result_.faces.push_back(std::move(measured));
  }

  void AddExpected(const Landmarks& found, const std::vector<Point2f>& truth, double unit_px) {
    if (found.expected_error_px.size() != truth.size()) return;
    for (size_t k = 0; k < truth.size(); ++k) {
      expected_.push_back({100.0 * found.expected_error_px[k] / unit_px,
                           100.0 * Distance(found.points_px[k], truth[k]) / unit_px,
                           found.confidence[k]});
    }
  }

  void AddExpression(const std::vector<Point2f>& predicted, const std::vector<Point2f>& truth) {
    const auto true_one = ExpressionOf(truth, schema_);
    const auto found_one = ExpressionOf(predicted, schema_);
    if (true_one && found_one) expressions_.push_back({*true_one, *found_one});
  }

  // Returns the face's mean error in percent.
  double AddErrors(const FaceErrors& errors) {
    for (size_t k = 0; k < errors.landmarks.size(); ++k) {
      result_.landmark_error[k] += errors.landmarks[k];
    }
    coordinates_.push_back(errors.coordinates);
    return errors.nme;
  }

  const std::vector<FaceToMeasure>& faces_;
  const LandmarkSchema& schema_;
  const LocateFace& locate_;
  Evaluation result_;
  std::vector<CoordinateErrors> coordinates_;  // of each face found
  std::vector<ExpectedPoint> expected_;
  std::vector<ExpressionPair> expressions_;
};

}  // namespace

std::vector<FaceToMeasure> FacesOfPack(const std::shared_ptr<const FacePack>& pack,
                                       const HoldOut& hold_out) {
  std::vector<FaceToMeasure> faces;
  for (size_t i = 0; i < pack->FaceCount(); ++i) {
    if (IsMeasured(pack->groups[i], pack->parts[i], hold_out)) faces.push_back(FaceOfPack(pack, i));
  }
  return faces;
}

LocateFace LocateInTruthBoxes(Landmarker& landmarker) {
  return [&landmarker](const Image& picture, const RectF& box) {
    return std::optional(landmarker.Locate(picture, std::span(&box, 1)).front());
  };
}

std::vector<int> CheckedPoints(const LandmarkSchema& model, const LandmarkSchema& given,
                               const std::string& data) {
  if (auto points = PointsOf(model, given)) return *std::move(points);
  throw Error(fmt::format(
      "the model gives the points of {}, but {} has those of {}; use data with the model's points",
      model.name, data, given.name));
}

Evaluation Evaluate(const std::vector<FaceToMeasure>& faces, const LandmarkSchema& schema,
                    const LocateFace& locate, const std::function<void(size_t)>& on_face) {
  Measurement measurement(faces, schema, locate);
  for (size_t i = 0; i < faces.size(); ++i) {
    on_face(i);
    measurement.Measure(i);
  }
  return std::move(measurement).Finish();
}

}  // namespace nosetip
