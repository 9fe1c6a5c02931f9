#include "training/background/compare_models.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/model/landmarker.h"
#include "tracker/model/model_lookup.h"
#include "training/data/trained_groups.h"

namespace nosetip {
namespace {

// As many pictures are shown: the largest losses and the largest gains.
constexpr size_t kPictures = 8;

std::vector<Point2f> Chosen(const std::vector<Point2f>& points, const std::vector<int>& which) {
  std::vector<Point2f> chosen;
  chosen.reserve(which.size());
  for (const int k : which) chosen.push_back(points[static_cast<size_t>(k)]);
  return chosen;
}

Evaluation Measure(Landmarker& landmarker, const std::vector<int>& points,
                   const std::vector<FaceToMeasure>& faces, const LandmarkSchema& schema,
                   const std::function<void(size_t)>& on_face) {
  return Evaluate(
      faces, schema,
      [&](const Image& picture, const RectF& box) -> std::optional<Landmarks> {
        return Landmarks{
            Chosen(landmarker.Locate(picture, std::span(&box, 1)).front().points_px, points),
            {},
            {}};
      },
      on_face);
}

// Empty where the models can be compared.
std::string Obstacle(const ModelInfo& old_model, const ModelInfo& new_model) {
  if (!PointsOf(SchemaByName(new_model.schema), SchemaByName(old_model.schema))) {
    return fmt::format("the old model gives other points ({}, not {})", old_model.schema,
                       new_model.schema);
  }
  if (old_model.view != new_model.view) {
    return "one model sees the surroundings of a face, the other sees whole pictures";
  }
  return "";
}

std::string Unfairness(const ModelInfo& old_model, const ModelInfo& new_model,
                       const std::vector<FaceToMeasure>& faces) {
  if (new_model.held_out == kNoneHeldOut) {
    return "no face was held out of the new model's training: its error on these faces is too low";
  }
  const TrainedGroups trained(old_model.trained_groups);
  const auto known = std::ranges::count_if(
      faces, [&](const FaceToMeasure& face) { return trained.Has(face.group); });
  if (known > 0) {
    return fmt::format(
        "the old model was trained on {} of these {} faces, or others of their groups: its error "
        "is too low",
        known, faces.size());
  }
  if (trained.AreAll() || old_model.held_out == new_model.held_out) return "";
  if (old_model.held_out.empty()) {
    return "the old model does not tell which faces it was trained on: if these are among them, "
           "its "
           "error is too low";
  }
  return fmt::format(
      "other faces were held out of the old model's training ({}): if it was trained on these, its "
      "error is too low",
      old_model.held_out);
}

ComparedPicture PictureOf(const FaceToMeasure& face, const MeasuredFace& old_answer,
                          const MeasuredFace& new_answer) {
  const Image picture = face.picture();
  return {FaceCutOut(picture, face.box, face.truth_px, old_answer.predicted),
          FaceCutOut(picture, face.box, face.truth_px, new_answer.predicted)};
}

// Of faces sorted by gain, half from each end.
std::vector<size_t> Extremes(size_t count) {
  std::vector<size_t> chosen;
  for (size_t i = 0; i < count; ++i) {
    if (i < kPictures / 2 || count - i <= kPictures / 2) chosen.push_back(i);
  }
  return chosen;
}

struct Pair {
  const MeasuredFace* old_answer = nullptr;
  const MeasuredFace* new_answer = nullptr;
  double Gain() const { return *old_answer->nme - *new_answer->nme; }
};

// The faces that both have measured, from the largest loss to the largest gain.
std::vector<Pair> Pairs(const Evaluation& old_one, const Evaluation& new_one) {
  std::vector<Pair> pairs;
  auto old_face = old_one.faces.begin();
  for (const MeasuredFace& new_face : new_one.faces) {
    while (old_face != old_one.faces.end() && old_face->index < new_face.index) ++old_face;
    if (old_face == old_one.faces.end() || old_face->index != new_face.index) continue;
    if (old_face->nme && new_face.nme) pairs.push_back({&*old_face, &new_face});
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.Gain() < b.Gain(); });
  return pairs;
}

void AddPairs(const std::vector<Pair>& pairs, const std::vector<FaceToMeasure>& faces,
              ModelComparison& comparison) {
  if (pairs.empty()) return;
  const auto count = static_cast<double>(pairs.size());
  double sum = 0.0;
  for (const Pair& pair : pairs) {
    sum += pair.Gain();
    comparison.faces.push_back(
        {faces[pair.new_answer->index].name, *pair.old_answer->nme, *pair.new_answer->nme});
  }
  comparison.gain = sum / count;
  double squares = 0.0;
  for (const Pair& pair : pairs) squares += std::pow(pair.Gain() - comparison.gain, 2.0);
  if (pairs.size() > 1) {
    comparison.gain_standard_error = std::sqrt(squares / (count - 1.0) / count);
  }
  for (const size_t i : Extremes(pairs.size())) {
    comparison.pictures.push_back(
        PictureOf(faces[pairs[i].new_answer->index], *pairs[i].old_answer, *pairs[i].new_answer));
  }
}

}  // namespace

ShownFace FaceCutOut(const Image& picture, const RectF& box, const std::vector<Point2f>& truth_px,
                     const std::vector<Point2f>& predicted_px) {
  constexpr int kSide_px = 192;
  constexpr float kMargin = 1.4F;
  const Affine2 cut_from_picture = CropFromFrame(box, kMargin, kSide_px);
  std::vector<float> gray(SizePx::Square(kSide_px).Area());
  CutGrayCrop(picture, cut_from_picture, kSide_px, gray);
  ShownFace shown{Image(kSide_px, kSide_px), {}, {}, ""};
  for (size_t i = 0; i < shown.picture.rgb.size(); ++i) {
    shown.picture.rgb[i] = static_cast<uint8_t>(std::lround(255.0F * (gray[i / 3] + 0.5F)));
  }
  for (const Point2f p : truth_px) shown.truth_px.push_back(cut_from_picture.Apply(p));
  for (const Point2f p : predicted_px) shown.predicted_px.push_back(cut_from_picture.Apply(p));
  return shown;
}

ModelComparison CompareModels(const ComparedModels& models, const std::vector<FaceToMeasure>& faces,
                              const std::function<void(size_t, size_t)>& on_face) {
  const DeviceChoice device = ChooseDevice(models.device);
  const ModelInfo new_info = ReadModelInfo(models.new_model);
  const LandmarkSchema& schema = SchemaByName(new_info.schema);
  ModelComparison comparison;
  comparison.on_training_faces = new_info.held_out == kNoneHeldOut;
  std::unique_ptr<Landmarker> old_landmarker;
  if (models.old_model.empty()) {
    comparison.remark = "there is no older model to compare with";
  } else {
    const ModelInfo old_info = ReadModelInfo(models.old_model);
    comparison.remark = Obstacle(old_info, new_info);
    if (comparison.remark.empty()) {
      comparison.remark = Unfairness(old_info, new_info, faces);
      old_landmarker = LoadLandmarker(models.old_model, device, models.threads);
    }
  }
  const size_t total = faces.size() * (old_landmarker ? 2 : 1);
  const auto new_landmarker = LoadLandmarker(models.new_model, device, models.threads);
  const Evaluation new_one = Measure(*new_landmarker, *PointsOf(schema, schema), faces, schema,
                                     [&](size_t done) { on_face(done, total); });
  comparison.unit = new_one.unit;
  comparison.new_model = {models.new_model, new_one.summary};
  if (!old_landmarker) return comparison;
  const Evaluation old_one =
      Measure(*old_landmarker, *PointsOf(schema, old_landmarker->schema()), faces, schema,
              [&](size_t done) { on_face(faces.size() + done, total); });
  comparison.old_model = MeasuredModel{models.old_model, old_one.summary};
  AddPairs(Pairs(old_one, new_one), faces, comparison);
  return comparison;
}

}  // namespace nosetip
