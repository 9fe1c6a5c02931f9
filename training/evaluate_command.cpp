#include "training/evaluate_command.h"

#include <cstdio>
#include <memory>

#include <nlohmann/json.hpp>

#include "tracker/cli/cli_options.h"
#include "tracker/core/assets.h"
#include "tracker/core/error.h"
#include "training/command_line.h"
#include "training/held_out.h"
#include "training/save_text.h"

#ifndef NOSETIP_TRAINER_ONLY
#include "tracker/live/tracker.h"
#include "tracker/vision/picture_file.h"
#include "training/datasets/data_set.h"
#include "training/datasets/duplicates.h"
#include "training/report/evaluation_pictures.h"
#endif

namespace nosetip {
namespace {

struct Arguments {
  std::string model = AssetPath("models/face68.ntm").string();
  std::string data;
  std::string boxes = "truth";
  int held_out_percent = 0;
  std::string parts;
  std::string json;
  std::string picture;
  std::string device = "auto";
  int threads = 0;
#ifndef NOSETIP_TRAINER_ONLY
  DetectorOptions detector;
#endif
};

struct FacesAndSchema {
  std::vector<FaceToMeasure> faces;
  std::string schema;
};

#ifndef NOSETIP_TRAINER_ONLY
FacesAndSchema FacesOfDataSet(const Arguments& arguments) {
  // Grouping opens every picture; only a split needs it.
  const DataSet data = arguments.held_out_percent > 0 ? ReadGroupedDataSet(arguments.data)
                                                      : ReadDataSet(arguments.data);
  if (data.schema == nullptr) {
    throw Error(arguments.data + " has no points to measure against; give a labelled data set");
  }
  for (const std::string& problem : data.problems) {
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  }
  FacesAndSchema found{{}, data.schema->name};
  for (const AnnotatedFace& face : data.faces) {
    if (face.points_px.empty() || !IsListed(face.part, arguments.parts)) continue;
    if (arguments.held_out_percent > 0 && !IsHeldOut(face.group, arguments.held_out_percent)) {
      continue;
    }
    found.faces.push_back(
        {face.name, [path = face.picture.string()] { return ReadPicture(path); }, face.points_px});
  }
  return found;
}

// What the tracker makes of the picture as the first frame of a clip: detection, two rounds of
// landmarks, and its own judgement whether that is a face.
class DetectedFaces {
 public:
  DetectedFaces(const Arguments& arguments, std::unique_ptr<Landmarker> landmarker)
      : tracker_(CreateYuNetDetector(arguments.detector), std::move(landmarker), {}) {}

  std::optional<std::vector<Point2f>> Locate(const Image& picture, const RectF& truth_box) {
    // Below this overlap it is another face.
    constexpr float kLeastOverlap = 0.3F;
    tracker_.Reset();
    Frame frame;
    frame.image = picture;
    std::optional<std::vector<Point2f>> best;
    float best_overlap = kLeastOverlap;
    for (const TrackedFace& face : tracker_.Step(frame).faces) {
      const float overlap = IntersectionOverUnion(BoundsOf(face.landmarks.points_px), truth_box);
      if (overlap < best_overlap) continue;
      best_overlap = overlap;
      best = face.landmarks.points_px;
    }
    return best;
  }

 private:
  Tracker tracker_;
};
#endif

FacesAndSchema LoadFacesToMeasure(const Arguments& arguments) {
  if (arguments.data.ends_with(".ntp")) {
    const auto pack = std::make_shared<const FacePack>(LoadPack(arguments.data));
    return {FacesOfPack(pack, arguments.held_out_percent, arguments.parts), pack->schema};
  }
#ifdef NOSETIP_TRAINER_ONLY
  throw Error(arguments.data +
              " is not a pack (.ntp). This build reads nothing else: pack the "
              "data set with 'nosetip-train pack' of a full build.");
#else
  return FacesOfDataSet(arguments);
#endif
}

FaceLocator MakeLocator(const Arguments& arguments,
                        const std::shared_ptr<std::unique_ptr<Landmarker>>& landmarker) {
  if (arguments.boxes == "truth") {
    return [landmarker, locate = LocateInTruthBoxes(**landmarker)](
               const Image& picture, const RectF& box) { return locate(picture, box); };
  }
#ifdef NOSETIP_TRAINER_ONLY
  throw Error("this build has no face detector; use --boxes truth, or a full build");
#else
  auto faces = std::make_shared<DetectedFaces>(arguments, std::move(*landmarker));
  return [faces](const Image& picture, const RectF& box) { return faces->Locate(picture, box); };
#endif
}

void Report(const Arguments& arguments, const Evaluation& evaluation,
            const std::vector<FaceToMeasure>& faces) {
  for (const std::string& problem : evaluation.problems) {
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  }
  std::printf("%s", SummaryText(evaluation.summary).c_str());
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

int RunEvaluate(const Arguments& arguments) {
  const DeviceChoice device = ChooseDevice(arguments.device);
  std::printf("device: %s (%s)\n", device.name.c_str(), device.reason.c_str());
  const auto landmarker = std::make_shared<std::unique_ptr<Landmarker>>(
      LoadLandmarker(arguments.model, device, arguments.threads));
  const LandmarkSchema& schema = (*landmarker)->schema();
  const FacesAndSchema data = LoadFacesToMeasure(arguments);
  CheckSameSchema(**landmarker, data.schema, arguments.data);
  const FaceLocator locate = MakeLocator(arguments, landmarker);
  Report(arguments, Evaluate(data.faces, schema, locate), data.faces);
  return 0;
}

}  // namespace

FaceLocator LocateInTruthBoxes(Landmarker& landmarker) {
  return [&landmarker](const Image& picture, const RectF& box) {
    return std::optional(landmarker.Locate(picture, std::span(&box, 1)).front().points_px);
  };
}

void CheckSameSchema(const Landmarker& landmarker, const std::string& data_schema,
                     const std::string& data) {
  if (landmarker.schema().name == data_schema) return;
  throw Error("the model gives the points of " + landmarker.schema().name + ", but " + data +
              " has those of " + data_schema + "; give data of the model's kind");
}

std::string MetricsJson(const Evaluation& evaluation, const std::string& model,
                        const std::string& data, const std::string& boxes) {
  const AccuracySummary& summary = evaluation.summary;
  const nlohmann::ordered_json json = {{"faces", summary.faces},
                                       {"not_found", summary.not_found},
                                       {"nme_mean", summary.nme_mean},
                                       {"nme_median", summary.nme_median},
                                       {"fr8", summary.failure_rate},
                                       {"auc8", summary.auc},
                                       {"left_out", evaluation.problems.size()},
                                       {"model", model},
                                       {"data", data},
                                       {"boxes", boxes},
                                       {"landmark_nme", evaluation.landmark_error}};
  return json.dump(2) + "\n";
}

std::string SummaryText(const AccuracySummary& summary) {
  char text[512];
  std::snprintf(text, sizeof(text),
                "faces       %d\n"
                "not found   %d\n"
                "NME mean    %.3f %% of the outer-eye distance\n"
                "NME median  %.3f %%\n"
                "FR@8        %.2f %%\n"
                "AUC@8       %.4f\n",
                summary.faces, summary.not_found, summary.nme_mean, summary.nme_median,
                summary.failure_rate, summary.auc);
  return text;
}

CommandLine AddEvaluateCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("evaluate", "measure a model on faces with known points");
  command->add_option("--model", arguments->model, "model file (.ntm)")->capture_default_str();
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
      ->add_option(
          "--held-out", arguments->held_out_percent,
          "only the groups held out by a training with this --validation-percent; 0 for all")
      ->check(CLI::Range(0, 90))
      ->capture_default_str();
  command->add_option("--parts", arguments->parts, "only these parts, such as lfpw,helen");
  command->add_option("--json", arguments->json, "file to write the figures to");
  command->add_option("--picture", arguments->picture,
                      "PNG to write: error curve, worst and best faces (full build)");
  command->add_option("--device", arguments->device, "auto, cpu or cuda")->capture_default_str();
  command->add_option("--threads", arguments->threads, "CPU threads; 0 for all cores")
      ->capture_default_str();
#ifndef NOSETIP_TRAINER_ONLY
  arguments->detector.detector = AssetPath("models/face_detector.onnx").string();
  AddOptions(*command, arguments->detector, "Detection");
#endif
  return {command, [arguments](std::stop_token) { return RunEvaluate(*arguments); }};
}

}  // namespace nosetip
