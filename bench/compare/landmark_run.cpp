#include "bench/compare/landmark_run.h"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "bench/compare/box_mapping.h"
#include "bench/compare/dlib_faces.h"
#include "tracker/core/error.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/model/landmarker.h"
#include "tracker/sources/pictures.h"
#include "tracker/vision/face_detector.h"
#include "training/data/data_set.h"

namespace nosetip {
namespace {

enum BoxSource : size_t { kDlib, kNosetip, kSources };
constexpr std::array<const char*, kSources> kSourceNames = {"dlib's", "Nosetip's"};

using FoundBoxes = std::array<std::optional<RectF>, kSources>;

struct FaceToCompare {
  const AnnotatedFace* face = nullptr;
  FoundBoxes boxes;
};

std::optional<RectF> BestOf(std::span<const RectF> boxes, const RectF& bounds) {
  std::optional<RectF> best;
  float best_overlap = 0.3F;
  for (const RectF& box : boxes) {
    const float overlap = IntersectionOverUnion(box, bounds);
    if (overlap < best_overlap) continue;
    best_overlap = overlap;
    best = box;
  }
  return best;
}

std::vector<RectF> LandmarkBoxes(FaceDetector& detector, const Image& picture) {
  std::vector<RectF> boxes;
  for (const FaceBox& found : detector.Detect(picture)) {
    boxes.push_back(LandmarkBoxFromDetection(found.rect));
  }
  return boxes;
}

std::vector<Point2f> LocateTwice(Landmarker& landmarker, const Image& picture, const RectF& box) {
  std::vector<Point2f> first = landmarker.Locate(picture, {&box, 1}).front().points_px;
  const RectF closer = BoundsOf(first);
  if (!(closer.Area() > 0.0F)) return first;
  return landmarker.Locate(picture, {&closer, 1}).front().points_px;
}

class Comparison {
 public:
  explicit Comparison(const LandmarkSettings& settings)
      : settings_(settings), data_(ReadDataSet(settings.data)), dlib_(settings.dlib_model) {
    if (data_.schema != nullptr) points_ = ComparablePoints(*data_.schema);
    if (points_.empty()) {
      throw Error(settings.data + " has no points to compare; name a data set of imm58 or ibug68");
    }
    for (const std::string& model : settings.models) {
      models_.push_back(LoadLandmarker(model, settings.device, settings.threads));
      if (models_.back()->schema().name == Ibug68().name) continue;
      throw Error(model + " does not find the points of ibug68; name a model that does");
    }
  }

  LandmarkComparison Run() {
    result_.points = points_.size();
    result_.problems = data_.problems;
    for (size_t m = 0; m < models_.size(); ++m) {
      result_.how.push_back(
          fmt::format("{}: {}; {}", ModelName(m), settings_.models[m], models_[m]->HowItRuns()));
    }
    FindBoxes();
    FitMappings();
    for (size_t i = 0; i < faces_.size(); ++i) {
      settings_.on_picture(faces_.size() + i, 2 * faces_.size());
      Locate(faces_[i]);
    }
    for (size_t source = 0; source < kSources; ++source) {
      for (size_t m = 0; m <= models_.size(); ++m) {
        result_.rows.push_back(
            {kSourceNames[source], ModelName(m), MeasureComparable(compared_[source][m])});
      }
    }
    return std::move(result_);
  }

 private:
  // dlib's model is the last.
  std::string ModelName(size_t m) const {
    if (m == models_.size()) return "dlib";
    return "Nosetip " + std::filesystem::path(settings_.models[m]).stem().string();
  }

  void FindBoxes() {
    DetectorOptions options;
    options.detector = settings_.detector;
    const auto detector = CreateYuNetDetector(options);
    size_t done = 0;
    for (const AnnotatedFace& face : data_.faces) {
      settings_.on_picture(done++, 2 * data_.faces.size());
      if (face.points_px.empty()) continue;
      try {
        const Image picture = ReadPicture(face.picture.string());
        const RectF bounds = BoundsOf(face.points_px);
        faces_.push_back({&face,
                          {BestOf(dlib_.Detect(picture), bounds),
                           BestOf(LandmarkBoxes(*detector, picture), bounds)}});
      } catch (const Error& error) {
        result_.problems.push_back(fmt::format("{}: {}", face.name, error.what()));
      }
    }
  }

  void FitMappings() {
    std::vector<std::pair<RectF, RectF>> landmark_and_dlib;
    std::vector<std::pair<RectF, RectF>> dlib_and_landmark;
    for (const auto& [face, boxes] : faces_) {
      if (!boxes[kDlib] || !boxes[kNosetip]) continue;
      landmark_and_dlib.emplace_back(*boxes[kNosetip], *boxes[kDlib]);
      dlib_and_landmark.emplace_back(*boxes[kDlib], *boxes[kNosetip]);
    }
    dlib_from_landmark_ = FitBoxMapping(landmark_and_dlib);
    landmark_from_dlib_ = FitBoxMapping(dlib_and_landmark);
  }

  void Locate(const FaceToCompare& face) {
    const Image picture = ReadPicture(face.face->picture.string());
    for (size_t source = 0; source < kSources; ++source) {
      auto& of_source = compared_[source];
      of_source.resize(models_.size() + 1);
      const std::optional<RectF>& box = face.boxes[source];
      if (!box) {
        for (auto& of_model : of_source) of_model.emplace_back(std::nullopt);
        continue;
      }
      const bool by_dlib = source == kDlib;
      const RectF of_landmarks = by_dlib ? landmark_from_dlib_.Apply(*box) : *box;
      const RectF of_dlib = by_dlib ? *box : AsSquare(dlib_from_landmark_.Apply(*box));
      for (size_t m = 0; m < models_.size(); ++m) {
        of_source[m].emplace_back(
            Compared(*face.face, LocateTwice(*models_[m], picture, of_landmarks)));
      }
      of_source.back().emplace_back(Compared(*face.face, dlib_.Locate(picture, of_dlib)));
    }
  }

  ComparedFace Compared(const AnnotatedFace& face, const std::vector<Point2f>& predicted) const {
    Check(predicted.size() == static_cast<size_t>(Ibug68().count), "68 points");
    const auto truth = [&](int k) { return face.points_px[static_cast<size_t>(k)]; };
    ComparedFace compared;
    for (const PointPair& pair : points_) {
      compared.truth_px.push_back(truth(pair.given));
      compared.predicted_px.push_back(predicted[static_cast<size_t>(pair.ibug)]);
    }
    const auto [left, right] = *data_.schema->outer_eye_corners;
    compared.eye_distance_px = Distance(truth(left), truth(right));
    return compared;
  }

  const LandmarkSettings& settings_;
  DataSet data_;
  DlibFaces dlib_;
  std::vector<PointPair> points_;
  std::vector<std::unique_ptr<Landmarker>> models_;
  std::vector<FaceToCompare> faces_;
  BoxMapping dlib_from_landmark_;
  BoxMapping landmark_from_dlib_;
  // By box source and model.
  std::array<std::vector<std::vector<std::optional<ComparedFace>>>, kSources> compared_;
  LandmarkComparison result_;
};

}  // namespace

LandmarkComparison CompareLandmarks(const LandmarkSettings& settings) {
  return Comparison(settings).Run();
}

}  // namespace nosetip
