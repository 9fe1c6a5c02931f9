#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "training/commands/commands.h"
#include "training/evaluation/predict.h"

namespace nosetip {
namespace {

struct Arguments {
  std::vector<std::string> inputs;
  std::string model = std::string(kAutoModel);
  std::string out = "out";
  std::string kaggle;
  std::string errors;
  DeviceArguments device;
  PredictOptions options;
  DetectorOptions detector;
};

PredictInputs FindInputs(const Arguments& arguments) {
  PredictInputs inputs = ListPredictInputs(arguments.inputs, arguments.out);
  for (const std::string& problem : inputs.problems) PrintLeftOut(problem);
  if (!inputs.problems.empty() && !arguments.kaggle.empty()) {
    throw Error(
        fmt::format("parts of the data set are unusable, so the rows of {} would belong to "
                    "other faces; repair what is listed above",
                    arguments.kaggle));
  }
  return inputs;
}

// Before pictures are opened: errors are a result without a file.
void CheckHasResult(const PredictOptions& options, const PredictInputs& inputs) {
  const bool labeled = std::ranges::any_of(
      inputs.pictures, [](const PictureToPredict& picture) { return picture.truth_schema; });
  const bool writes = options.pictures || options.pts || !options.kaggle.empty();
  if (labeled || writes || !options.errors.empty()) return;
  throw Error("nothing to write; give --pictures, --pts or --kaggle FILE");
}

int Predict(const Arguments& arguments, const std::stop_token& stop) {
  PredictOptions options = arguments.options;
  options.out = arguments.out;
  options.kaggle = arguments.kaggle;
  options.errors = arguments.errors;
  Validate(arguments.detector);
  const PredictInputs inputs = FindInputs(arguments);
  CheckHasResult(options, inputs);
  const DeviceChoice device = ChooseDevice(arguments.device.device, arguments.device.precision);
  Print("device: {} ({})\n", device.name, device.reason);
  const std::string model = LandmarkFile(arguments.model);
  auto landmarker = LoadLandmarker(model, device, arguments.device.threads);
  Print("model: {}\nlandmarks: {}\n", model, landmarker->HowItRuns());
  FacePredictor predictor(std::move(landmarker),
                          [&] { return CreateYuNetDetector(arguments.detector); });
  Progress progress = ProgressOnStderr("pictures");
  progress.Start("predicted", static_cast<int64_t>(inputs.pictures.size()));
  PredictEvents events;
  events.stop = stop;
  events.on_picture = [&](size_t done) { progress.Update(static_cast<int64_t>(done)); };
  events.on_note = [&](const std::string& note) {
    progress.Clear();
    PrintNote(note);
  };
  const PredictSummary summary = PredictPictures(inputs.pictures, predictor, options, events);
  progress.Clear();
  Print("{}", SummaryText(summary, options));
  return summary.stopped ? kExitStopped : 0;
}

}  // namespace

CommandLine AddPredictCommand(CommandParser& app) {
  auto arguments = std::make_shared<Arguments>();
  CommandParser& command = app.AddCommand("predict", "find the points of faces in pictures");
  command.AddArguments({.name = "inputs",
                        .value = &arguments->inputs,
                        .help = "Read these pictures, folders of pictures, dlib .xml files (one "
                                "face per box) or .csv files of keypoints.",
                        .required = true});
  command.AddOption(
      {"pictures", &arguments->options.pictures, "Write pictures with the points drawn."});
  command.AddOption({"pts", &arguments->options.pts, "Write the points as .pts files."});
  command.AddOption({"out", &arguments->out, "Write pictures and .pts files to this folder."});
  command.AddOption(
      {"kaggle", &arguments->kaggle,
       "Write this CSV: Id,Predicted, one row per coordinate, faces in the order of the input."});
  command.AddOption({.name = "first-id",
                     .value = &arguments->options.first_id,
                     .help = "Start the CSV with this Id.",
                     .low = 0});
  command.AddOption({"errors", &arguments->errors,
                     "Write this CSV: the error of each face whose true points are in the input; "
                     "the errors of all are printed in any case."});
  command.AddOption({"skip-missing", &arguments->options.skip_missing,
                     "Skip missing or broken pictures; in the CSV, the center of each of their "
                     "boxes stands for all points."});
  command.AddOption({"model", &arguments->model, kModelHelp});
  AddDeviceOptions(command, arguments->device);
  AddPrecisionOption(command, arguments->device);
  arguments->detector.detector = AssetPath("models/face_detector.onnx").string();
  command.AddOptions(arguments->detector, "Detection");
  return {&command, [arguments](std::stop_token stop) { return Predict(*arguments, stop); }};
}

}  // namespace nosetip
