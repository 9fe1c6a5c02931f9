#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tracker/cli/cli_options.h"
#include "tracker/cli/progress.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "training/commands/command_line.h"
#include "training/evaluation/predict.h"

namespace nosetip {
namespace {

struct Arguments {
  std::vector<std::string> inputs;
  std::string model = std::string(kAutoModel);
  std::string out = "out";
  std::string kaggle;
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  PredictOptions options;
  DetectorOptions detector;
};

PredictInputs FindInputs(const Arguments& arguments) {
  PredictInputs inputs = ListPredictInputs(arguments.inputs, arguments.out);
  for (const std::string& problem : inputs.problems) {
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  }
  if (!inputs.problems.empty() && !arguments.kaggle.empty()) {
    throw Error("not all of the data set can be used, so rows of " + arguments.kaggle +
                " would stand for other faces than they seem to; repair what is named above");
  }
  return inputs;
}

int Predict(const Arguments& arguments, const std::stop_token& stop) {
  PredictOptions options = arguments.options;
  options.out = arguments.out;
  options.kaggle = arguments.kaggle;
  if (!options.pictures && !options.pts && arguments.kaggle.empty()) {
    throw Error("nothing to write: give --pictures, --pts or --kaggle FILE");
  }
  Validate(arguments.detector);
  const PredictInputs inputs = FindInputs(arguments);
  const DeviceChoice device = ChooseDevice(arguments.device, arguments.precision);
  std::printf("device: %s (%s)\n", device.name.c_str(), device.reason.c_str());
  const std::string model = LandmarkFile(arguments.model);
  auto landmarker = LoadLandmarker(model, device, arguments.threads);
  std::printf("model: %s\nlandmarks: %s\n", model.c_str(), landmarker->HowItRuns().c_str());
  FacePredictor predictor(std::move(landmarker),
                          [&] { return CreateYuNetDetector(arguments.detector); });
  Progress::Options on_stderr = Progress::OnStderr();
  on_stderr.unit = "pictures";
  Progress progress(on_stderr);
  progress.Start("predicted", static_cast<int64_t>(inputs.pictures.size()));
  PredictEvents events;
  events.stop = stop;
  events.on_picture = [&](size_t done) { progress.Update(static_cast<int64_t>(done)); };
  events.on_note = [&](const std::string& note) {
    progress.Clear();
    std::fprintf(stderr, "%s\n", note.c_str());
  };
  const PredictSummary summary = PredictPictures(inputs.pictures, predictor, options, events);
  progress.Clear();
  std::printf("%s", SummaryText(summary, options).c_str());
  return summary.stopped ? kExitStopped : 0;
}

}  // namespace

CommandLine AddPredictCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("predict", "find the points of faces in pictures");
  command
      ->add_option("inputs", arguments->inputs,
                   "pictures, folders of pictures, dlib .xml files (one face a box), .csv files of "
                   "keypoints")
      ->required();
  command->add_flag("--pictures", arguments->options.pictures,
                    "write pictures with the points drawn");
  command->add_flag("--pts", arguments->options.pts, "write the points as .pts files");
  command->add_option("--out", arguments->out, "folder for pictures and .pts files")
      ->capture_default_str();
  command->add_option("--kaggle", arguments->kaggle,
                      "CSV to write: Id,Predicted, one row a coordinate, faces in the order of the "
                      "input");
  command->add_option("--first-id", arguments->options.first_id, "Id of the CSV's first row")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--skip-missing", arguments->options.skip_missing,
                    "go on where a picture is missing or broken; in the CSV, the middle of its box "
                    "stands for its points");
  command->add_option("--model", arguments->model, kModelHelp)->capture_default_str();
  command->add_option("--device", arguments->device, "auto, cpu or cuda")->capture_default_str();
  command
      ->add_option("--precision", arguments->precision,
                   "auto (fewer digits where the device has instructions for that) or float32")
      ->capture_default_str();
  command->add_option("--threads", arguments->threads, "CPU threads; 0 for all cores")
      ->capture_default_str();
  arguments->detector.detector = AssetPath("models/face_detector.onnx").string();
  AddOptions(*command, arguments->detector, "Detection");
  return {command, [arguments](std::stop_token stop) { return Predict(*arguments, stop); }};
}

}  // namespace nosetip
