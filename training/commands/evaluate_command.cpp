#include <memory>
#include <set>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/cli/messages.h"
#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/output/text_output.h"
#include "training/commands/commands.h"
#include "training/commands/evaluate_full_build.h"
#include "training/evaluation/evaluation_text.h"
#include "training/evaluation/face_scores.h"
#include "training/evaluation/known_faces.h"
#include "training/evaluation/signal_errors.h"

namespace nosetip {
namespace {

std::vector<FaceToMeasure> LoadFacesToMeasure(const EvaluateArguments& arguments,
                                              const LandmarkSchema& schema,
                                              const std::stop_token& stop) {
  if (!IsPack(arguments.data)) return FacesOfDataSet(arguments, schema, stop);
  if (HasBoxFile(arguments)) {
    throw Error("--boxes FILE needs photographs; give the data set that was packed");
  }
  FacePack pack = LoadPack(arguments.data);
  CheckedPoints(schema, SchemaByName(pack.schema), arguments.data);
  CheckNames(arguments.hold_out,
             {{pack.groups.begin(), pack.groups.end()}, {pack.parts.begin(), pack.parts.end()}},
             "--");
  return FacesOfPack(std::make_shared<const FacePack>(WithPointsOf(schema, std::move(pack))),
                     arguments.hold_out);
}

std::string GroupsText(const std::vector<FaceToMeasure>& faces) {
  std::set<std::string> groups;
  for (const FaceToMeasure& face : faces) groups.insert(face.group);
  return NamesText(groups);
}

MeasuringLocator MakeLocator(const EvaluateArguments& arguments,
                             std::unique_ptr<Landmarker> landmarker) {
  if (arguments.boxes == "detector") {
    return LocateDetectedFaces(arguments.detector, std::move(landmarker));
  }
  if (HasBoxFile(arguments)) return LocateInBoxesOfFile(std::move(landmarker));
  const std::shared_ptr<Landmarker> shared = std::move(landmarker);
  return {[shared, locate = LocateInTruthBoxes(*shared)](const Image& picture, const RectF& box) {
    return locate(picture, box);
  }};
}

void Report(const EvaluateArguments& arguments, const Evaluation& evaluation,
            const std::vector<FaceToMeasure>& faces) {
  for (const std::string& problem : evaluation.problems) PrintLeftOut(problem);
  const KnownFaces known = FindKnownFaces(ReadModelInfo(arguments.model), faces, evaluation);
  Print("{}{}{}{}{}", SummaryText(evaluation), KnownFacesText(known),
        ReliabilityText(evaluation.reliability), ExpressionText(evaluation.expression),
        MeasuresText("signal", evaluation.signals));
  if (!arguments.json.empty()) {
    nlohmann::ordered_json metrics =
        MetricsJson(evaluation, arguments.model, arguments.data, arguments.boxes);
    AddKnownFaces(known, metrics);
    SaveText(arguments.json, JsonText(metrics, 2) + "\n");
    Print("figures: {}\n", arguments.json);
  }
  WriteEvaluationPicture(arguments, evaluation, faces);
}

int RunEvaluate(EvaluateArguments arguments, const std::stop_token& stop) {
  arguments.model = LandmarkFile(arguments.model);
  if (arguments.beside > 0 && arguments.boxes != "truth") {
    throw Error("--beside needs the true boxes; leave out --boxes " + arguments.boxes);
  }
  if (arguments.turn_deg != 0.0F && HasBoxFile(arguments)) {
    throw Error("--turn-deg turns the true boxes; leave out --boxes " + arguments.boxes);
  }
  const DeviceChoice device = ChooseDevice(arguments.device.device, arguments.device.precision);
  Print("device: {} ({})\n", device.name, device.reason);
  auto landmarker = LoadLandmarker(arguments.model, device, arguments.device.threads);
  Print("model: {}\nlandmarks: {}\n", arguments.model, landmarker->HowItRuns());
  const LandmarkSchema& schema = landmarker->schema();
  std::vector<FaceToMeasure> faces = LoadFacesToMeasure(arguments, schema, stop);
  if (arguments.hold_out.HoldsOut()) Print("groups measured: {}\n", GroupsText(faces));
  if (arguments.turn_deg != 0.0F) faces = TurnedFaces(std::move(faces), arguments.turn_deg);
  const MeasuringLocator locator = MakeLocator(arguments, std::move(landmarker));
  Evaluation evaluation = [&] {
    WorkOnStderr work(stop);
    const OnWork watch = work.Watch();
    return Evaluate(faces, schema, locator.locate,
                    [&](size_t done) { watch("measured", done, faces.size()); });
  }();
  evaluation.signals = SignalErrorsOf(faces, evaluation, schema);
  Report(arguments, evaluation, faces);
  Print("{}", locator.boxes_text());
  if (arguments.beside > 0) {
    const FaceScores scores = ScoreFaces(faces, locator.locate, arguments.beside);
    Print("{}", FaceScoresText(scores));
  }
  return 0;
}

void AddDataOptions(CommandParser& command, EvaluateArguments& arguments) {
  command.AddOption({.name = "data",
                     .value = &arguments.data,
                     .help = "Measure on this pack or, in a full build, folder, .csv or dlib .xml.",
                     .required = true});
  command.AddOption({"held-out", &arguments.hold_out.percent,
                     "Measure only the groups that a training with this --validation-percent holds "
                     "out; 0 for all.",
                     0, 90});
  command.AddOption({"groups", &arguments.hold_out.groups,
                     "Measure only these groups, such as 33-40 for people of IMM."});
  command.AddOption(
      {"parts", &arguments.hold_out.parts, "Measure only these parts, such as lfpw,helen."});
}

}  // namespace

CommandLine AddEvaluateCommand(CommandParser& app) {
  auto arguments = std::make_shared<EvaluateArguments>();
  CommandParser& command = app.AddCommand("evaluate", "measure a model on faces with known points");
  command.AddOption({"model", &arguments->model, kModelHelp});
  AddDataOptions(command, *arguments);
  command.AddOption({"boxes", &arguments->boxes,
                     "Take face boxes from the true points (truth), the detector, or a file: a "
                     "dlib .xml or a .csv of boxes. A face that is not found, or has no box in the "
                     "file, counts as 100 % error."});
  command.AddOption({"beside", &arguments->beside,
                     "Compare the confidence on each face with that at this many places beside it.",
                     0, 1000});
  command.AddOption({"json", &arguments->json, "Write the results to this file."});
  AddDeviceOptions(command, arguments->device);
  AddPrecisionOption(command, arguments->device);
  AddFullBuildOptions(command, *arguments);
  return {&command, [arguments](std::stop_token stop) { return RunEvaluate(*arguments, stop); }};
}

}  // namespace nosetip
