#include "training/commands/evaluate_full_build.h"

#include <numbers>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "tracker/sources/pictures.h"
#include "tracker/tracking/leaning_face.h"
#include "tracker/vision/image_ops.h"
#include "training/data/data_set.h"
#include "training/data/duplicates.h"
#include "training/evaluation/face_predictor.h"
#include "training/evaluation/given_boxes.h"
#include "training/report/evaluation_pictures.h"

namespace nosetip {
namespace {

RectF TruthBoxOf(const AnnotatedFace& face) {
  return face.points_px.size() >= kPointsThatBound ? BoundsOf(face.points_px) : face.box;
}

// Where faces are to be located.
class BoxChoice {
 public:
  explicit BoxChoice(const EvaluateArguments& arguments) : file_(arguments.boxes) {
    if (HasBoxFile(arguments)) given_.emplace(file_);
  }

  RectF Of(const AnnotatedFace& face) {
    const RectF truth = TruthBoxOf(face);
    if (!given_) return truth;
    const RectF box = given_->Of(face.picture, truth);
    ++faces_;
    with_box_ += box.Area() > 0.0F ? 1 : 0;
    return box;
  }

  void Report(const std::string& data) const {
    if (!given_ || faces_ == 0) return;
    if (with_box_ == 0) {
      throw Error(fmt::format("{} has no box on any face of {}; give the boxes of these pictures",
                              file_, data));
    }
    Print("boxes: {} for {} of {} faces\n", file_, with_box_, faces_);
  }

 private:
  std::string file_;
  std::optional<GivenBoxes> given_;
  int faces_ = 0;
  int with_box_ = 0;
};

}  // namespace

void AddFullBuildOptions(CommandParser& command, EvaluateArguments& arguments) {
  command.AddOption({"picture", &arguments.picture,
                     "Write this PNG: error curve, worst and best faces, shut eyes."});
  command.AddOption({"turn-deg", &arguments.turn_deg,
                     "Rotate each face clockwise by this angle before measuring, in a square of "
                     "four times its box.",
                     -180.0, 180.0});
  arguments.detector.detector = AssetPath("models/face_detector.onnx").string();
  command.AddOptions(arguments.detector, "Detection");
}

std::vector<FaceToMeasure> FacesOfDataSet(const EvaluateArguments& arguments,
                                          const LandmarkSchema& schema,
                                          const std::stop_token& stop) {
  const HoldOut& hold_out = arguments.hold_out;
  WorkOnStderr work(stop);
  DataSet data = ReadDataSet(arguments.data, work.Watch());
  if (data.schema == nullptr) {
    throw Error(arguments.data + " has no points to measure against; give a labeled data set");
  }
  for (const std::string& problem : data.problems) PrintLeftOut(problem);
  const std::vector<int> points = CheckedPoints(schema, *data.schema, arguments.data);
  // Grouping opens every picture; only a split needs it.
  if (hold_out.HoldsOut()) data = GroupForSplits(std::move(data), work.Watch());
  NamesOfFaces names;
  for (const AnnotatedFace& face : data.faces) {
    names.groups.insert(face.group);
    names.parts.insert(face.part);
  }
  CheckNames(hold_out, names, "--");
  std::vector<FaceToMeasure> found;
  BoxChoice boxes(arguments);
  for (const AnnotatedFace& face : data.faces) {
    if (face.points_px.empty() || !IsListed(face.part, hold_out.parts)) continue;
    if (hold_out.HoldsOut() && !IsHeldOut(face.group, hold_out)) continue;
    found.push_back({face.name,
                     [path = face.picture.string()] { return ReadPicture(path); },
                     {},
                     boxes.Of(face),
                     face.group});
    for (const int k : points) {
      found.back().truth_px.push_back(face.points_px[static_cast<size_t>(k)]);
    }
  }
  boxes.Report(arguments.data);
  return found;
}

std::vector<FaceToMeasure> TurnedFaces(std::vector<FaceToMeasure> faces, float degrees) {
  const float roll = -degrees * std::numbers::pi_v<float> / 180.0F;
  for (FaceToMeasure& face : faces) {
    const RectF square = SquareAround(face.box, 4.0F);
    const Affine2 view_from_frame = FrameFromTurned(square.Center(), square.width, roll).Inverse();
    for (Point2f& p : face.truth_px) p = view_from_frame.Apply(p);
    face.box = face.truth_px.size() >= kPointsThatBound ? BoundsOf(face.truth_px)
                                                        : MappedBox(face.box, view_from_frame);
    face.picture = [square, roll, whole = std::move(face.picture)] {
      return CutTurned(whole(), square.Center(), square.width, roll).picture;
    };
  }
  return faces;
}

MeasuringLocator LocateInBoxesOfFile(std::unique_ptr<Landmarker> landmarker) {
  const std::shared_ptr<Landmarker> shared = std::move(landmarker);
  return {[shared, locate = LocateInGivenBoxes(*shared)](const Image& picture, const RectF& box) {
    return locate(picture, box);
  }};
}

MeasuringLocator LocateDetectedFaces(const DetectorOptions& options,
                                     std::unique_ptr<Landmarker> landmarker) {
  const auto faces =
      std::make_shared<DetectedFaces>(CreateYuNetDetector(options), std::move(landmarker));
  return {[faces](const Image& picture, const RectF& box) { return faces->Locate(picture, box); },
          [faces] { return BoxErrorsText(faces->ErrorsOfBoxes()); }};
}

void WriteEvaluationPicture(const EvaluateArguments& arguments, const Evaluation& evaluation,
                            const std::vector<FaceToMeasure>& faces) {
  if (arguments.picture.empty()) return;
  const LandmarkSchema& schema = SchemaByName(ReadModelInfo(arguments.model).schema);
  WritePicture(arguments.picture,
               DrawEvaluation(evaluation, faces, schema,
                              HasBoxFile(arguments) ? "Errors in given boxes"
                                                    : "Errors with " + arguments.boxes + " boxes"));
  Print("picture: {}\n", arguments.picture);
}

}  // namespace nosetip
