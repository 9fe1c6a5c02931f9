#include "training/commands/evaluate_command.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <numbers>
#include <utility>

#include <nlohmann/json.hpp>

#include "tracker/cli/cli_options.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "tracker/output/text_output.h"
#include "training/commands/command_line.h"
#include "training/data/held_out.h"
#include "training/evaluation/face_scores.h"

#ifndef NOSETIP_TRAINER_ONLY
#include "tracker/sources/pictures.h"
#include "tracker/tracking/leaning_face.h"
#include "tracker/vision/image_ops.h"
#include "training/data/data_set.h"
#include "training/data/duplicates.h"
#include "training/evaluation/face_predictor.h"
#include "training/report/evaluation_pictures.h"
#endif

namespace nosetip {
namespace {

struct Arguments {
  std::string model = std::string(kAutoModel);
  std::string data;
  std::string boxes = "truth";
  HoldOut hold_out;
  std::string json;
  std::string picture;
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  int beside = 0;
  float turn_deg = 0.0F;
#ifndef NOSETIP_TRAINER_ONLY
  DetectorOptions detector;
#endif
};

#ifndef NOSETIP_TRAINER_ONLY
std::vector<FaceToMeasure> FacesOfDataSet(const Arguments& arguments,
                                          const LandmarkSchema& schema) {
  // Grouping opens every picture; only a split needs it.
  const HoldOut& hold_out = arguments.hold_out;
  const DataSet data =
      hold_out.HoldsOut() ? ReadGroupedDataSet(arguments.data) : ReadDataSet(arguments.data);
  if (data.schema == nullptr) {
    throw Error(arguments.data + " has no points to measure against; give a labeled data set");
  }
  for (const std::string& problem : data.problems) {
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  }
  const std::vector<int> points = CheckedPoints(schema, *data.schema, arguments.data);
  std::vector<FaceToMeasure> found;
  for (const AnnotatedFace& face : data.faces) {
    if (face.points_px.empty() || !IsListed(face.part, hold_out.parts)) continue;
    if (hold_out.HoldsOut() && !IsHeldOut(face.group, hold_out)) continue;
    found.push_back(
        {face.name,
         [path = face.picture.string()] { return ReadPicture(path); },
         {},
         face.points_px.size() >= kPointsThatBound ? BoundsOf(face.points_px) : face.box});
    for (const int k : points) {
      found.back().truth_px.push_back(face.points_px[static_cast<size_t>(k)]);
    }
  }
  return found;
}
#endif

#ifndef NOSETIP_TRAINER_ONLY
// In squares of four times their boxes, turned clockwise about them.
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
#endif

std::vector<FaceToMeasure> LoadFacesToMeasure(const Arguments& arguments,
                                              const LandmarkSchema& schema) {
  if (arguments.data.ends_with(".ntp")) {
    FacePack pack = LoadPack(arguments.data);
    CheckedPoints(schema, SchemaByName(pack.schema), arguments.data);
    return FacesOfPack(std::make_shared<const FacePack>(WithPointsOf(schema, std::move(pack))),
                       arguments.hold_out);
  }
#ifdef NOSETIP_TRAINER_ONLY
  throw Error(arguments.data +
              " is not a pack (.ntp). This build reads nothing else: pack the "
              "data set with 'nosetip-train pack' of a full build.");
#else
  return FacesOfDataSet(arguments, schema);
#endif
}

// The locator, and what it can say of the boxes when it has seen all faces.
struct Locator {
  FaceLocator locate;
  std::function<std::string()> boxes_text = [] { return std::string(); };
};

Locator MakeLocator(const Arguments& arguments,
                    const std::shared_ptr<std::unique_ptr<Landmarker>>& landmarker) {
  if (arguments.boxes == "truth") {
    return {[landmarker, locate = LocateInTruthBoxes(**landmarker)](
                const Image& picture, const RectF& box) { return locate(picture, box); }};
  }
#ifdef NOSETIP_TRAINER_ONLY
  throw Error("this build has no face detector; use --boxes truth, or a full build");
#else
  auto faces = std::make_shared<DetectedFaces>(CreateYuNetDetector(arguments.detector),
                                               std::move(*landmarker));
  return {[faces](const Image& picture, const RectF& box) { return faces->Locate(picture, box); },
          [faces] { return BoxErrorsText(faces->ErrorsOfBoxes()); }};
#endif
}

void Report(const Arguments& arguments, const Evaluation& evaluation,
            const std::vector<FaceToMeasure>& faces) {
  for (const std::string& problem : evaluation.problems) {
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  }
  std::printf("%s", SummaryText(evaluation).c_str());
  std::printf("%s", ReliabilityText(evaluation.reliability).c_str());
  if (arguments.data.ends_with(".ntp")) {
    std::printf("pictures and their pixels are those of the pack\n");
  }
  if (!arguments.json.empty()) {
    SaveText(arguments.json,
             MetricsJson(evaluation, arguments.model, arguments.data, arguments.boxes));
    std::printf("figures: %s\n", arguments.json.c_str());
  }
#ifndef NOSETIP_TRAINER_ONLY
  if (!arguments.picture.empty()) {
    WritePicture(arguments.picture,
                 DrawEvaluation(evaluation, faces, "Errors with " + arguments.boxes + " boxes"));
    std::printf("picture: %s\n", arguments.picture.c_str());
  }
#else
  (void)faces;
#endif
}

int RunEvaluate(Arguments arguments) {
  arguments.model = LandmarkFile(arguments.model);
  if (arguments.beside > 0 && arguments.boxes != "truth") {
    throw Error("--beside asks in given boxes; leave --boxes detector away");
  }
  const DeviceChoice device = ChooseDevice(arguments.device, arguments.precision);
  std::printf("device: %s (%s)\n", device.name.c_str(), device.reason.c_str());
  const auto landmarker = std::make_shared<std::unique_ptr<Landmarker>>(
      LoadLandmarker(arguments.model, device, arguments.threads));
  std::printf("model: %s\nlandmarks: %s\n", arguments.model.c_str(),
              (*landmarker)->HowItRuns().c_str());
  const LandmarkSchema& schema = (*landmarker)->schema();
  std::vector<FaceToMeasure> faces = LoadFacesToMeasure(arguments, schema);
#ifndef NOSETIP_TRAINER_ONLY
  if (arguments.turn_deg != 0.0F) faces = TurnedFaces(std::move(faces), arguments.turn_deg);
#endif
  const Locator locator = MakeLocator(arguments, landmarker);
  Report(arguments, Evaluate(faces, schema, locator.locate), faces);
  std::printf("%s", locator.boxes_text().c_str());
  if (arguments.beside > 0) {
    const FaceScores scores = ScoreFaces(faces, locator.locate, arguments.beside);
    std::printf("%s", FaceScoresText(scores).c_str());
  }
  return 0;
}

}  // namespace

FaceLocator LocateInTruthBoxes(Landmarker& landmarker) {
  return [&landmarker](const Image& picture, const RectF& box) {
    return std::optional(landmarker.Locate(picture, std::span(&box, 1)).front());
  };
}

std::vector<int> CheckedPoints(const LandmarkSchema& model, const LandmarkSchema& given,
                               const std::string& data) {
  if (auto points = PointsOf(model, given)) return *std::move(points);
  throw Error("the model gives the points of " + model.name + ", but " + data + " has those of " +
              given.name + "; give data of the model's kind");
}

std::string MetricsJson(const Evaluation& evaluation, const std::string& model,
                        const std::string& data, const std::string& boxes) {
  const AccuracySummary& summary = evaluation.summary;
  nlohmann::ordered_json reliability = nlohmann::ordered_json::array();
  for (const ReliabilityBin& bin : evaluation.reliability) {
    reliability.push_back({{"points", bin.points},
                           {"expected_percent", bin.expected_percent},
                           {"error_percent", bin.error_percent},
                           {"confidence", bin.confidence},
                           {"within_8_percent", bin.within_limit}});
  }
  const nlohmann::ordered_json json = {{"faces", summary.faces},
                                       {"not_found", summary.not_found},
                                       {"nme_mean", summary.nme_mean},
                                       {"nme_median", summary.nme_median},
                                       {"unit", evaluation.unit},
                                       {"fr8", summary.failure_rate},
                                       {"auc8", summary.auc},
                                       {"mae_px", evaluation.coordinates.mae_px},
                                       {"mse_px2", evaluation.coordinates.mse_px2},
                                       {"mse_relative", evaluation.coordinates.mse_relative},
                                       {"left_out", evaluation.problems.size()},
                                       {"model", model},
                                       {"data", data},
                                       {"boxes", boxes},
                                       {"landmark_nme", evaluation.landmark_error},
                                       {"reliability", reliability}};
  return json.dump(2) + "\n";
}

std::string SummaryText(const Evaluation& evaluation) {
  const AccuracySummary& summary = evaluation.summary;
  const CoordinateErrors& coordinates = evaluation.coordinates;
  char text[1024];
  std::snprintf(text, sizeof(text),
                "faces       %d\n"
                "not found   %d\n"
                "NME mean    %.3f %% of the %s\n"
                "NME median  %.3f %%\n"
                "FR@8        %.2f %%\n"
                "AUC@8       %.4f\n"
                "MAE         %.3f px a coordinate\n"
                "MSE         %.3f px^2\n"
                "MSE         %.7f of coordinates from 0 to 1 across the picture\n",
                summary.faces, summary.not_found, summary.nme_mean, evaluation.unit.c_str(),
                summary.nme_median, summary.failure_rate, summary.auc, coordinates.mae_px,
                coordinates.mse_px2, coordinates.mse_relative);
  return text;
}

CommandLine AddEvaluateCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("evaluate", "measure a model on faces with known points");
  command->add_option("--model", arguments->model, kModelHelp)->capture_default_str();
  command
      ->add_option("--data", arguments->data,
                   "pack (.ntp) or, in a full build, a folder, .csv or dlib .xml")
      ->required();
  command
      ->add_option("--boxes", arguments->boxes,
                   "where a face is looked for: around its true points, or where the tracker finds "
                   "it (a face that is not found counts as an error of 100 %)")
      ->check(CLI::IsMember({"truth", "detector"}))
      ->capture_default_str();
  command
      ->add_option("--beside", arguments->beside,
                   "places beside each face of which the model is asked as well, to compare how "
                   "sure it is of them; a face that is not the measured one is such a place")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  command
      ->add_option(
          "--held-out", arguments->hold_out.percent,
          "only the groups held out by a training with this --validation-percent; 0 for all")
      ->check(CLI::Range(0, 90))
      ->capture_default_str();
  command->add_option("--groups", arguments->hold_out.groups,
                      "only these groups, such as 33-40 for people of IMM");
  command->add_option("--parts", arguments->hold_out.parts, "only these parts, such as lfpw,helen");
  command->add_option("--json", arguments->json, "file to write the figures to");
  command->add_option("--picture", arguments->picture,
                      "PNG to write: error curve, worst and best faces (full build)");
  command->add_option("--device", arguments->device, "auto, cpu or cuda")->capture_default_str();
  command
      ->add_option("--precision", arguments->precision,
                   "auto (fewer digits where the device has instructions for that) or float32")
      ->capture_default_str();
  command->add_option("--threads", arguments->threads, "CPU threads; 0 for all cores")
      ->capture_default_str();
#ifndef NOSETIP_TRAINER_ONLY
  command
      ->add_option("--turn-deg", arguments->turn_deg,
                   "turn each face clockwise before it is measured, in a square of four times its "
                   "box")
      ->check(CLI::Range(-180.0, 180.0))
      ->capture_default_str();
  arguments->detector.detector = AssetPath("models/face_detector.onnx").string();
  AddOptions(*command, arguments->detector, "Detection");
#endif
  return {command, [arguments](std::stop_token) { return RunEvaluate(*arguments); }};
}

}  // namespace nosetip
