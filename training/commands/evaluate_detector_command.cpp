#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include <fmt/core.h>
#include <unistd.h>

#include "tracker/cli/cli_options.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/output/text_output.h"
#include "training/commands/commands.h"
#include "training/commands/reading_progress.h"
#include "training/evaluation/detector/detector_figures.h"
#include "training/evaluation/detector/detector_sets.h"

namespace nosetip {
namespace {

// Average precision also needs the boxes below the threshold at work.
constexpr float kLowestScore = 0.05F;

struct Arguments {
  std::vector<std::string> detectors = {AssetPath("models/face_detector.onnx").string()};
  DetectorOptions options;
  std::vector<std::string> data;
  FaceFilter filter;
  std::vector<std::string> backgrounds;
  std::string teacher;
  int scenes = 0;
  int empty_scenes = 0;
  uint64_t seed = 1;
  std::vector<std::string> empty;
  std::vector<std::string> clips;
  bool list_misses = false;
  std::string json;
};

std::unique_ptr<FaceDetector> MakeDetector(const Arguments& arguments, const std::string& file) {
  DetectorOptions options = arguments.options;
  options.detector = file;
  options.detector_score = std::min(options.detector_score, kLowestScore);
  return CreateYuNetDetector(options);
}

// The teacher marks faces without labels; the backgrounds are known to have no face.
std::shared_ptr<const SceneMaterial> ReadMaterial(const Arguments& arguments,
                                                  const std::vector<DataSet>& data,
                                                  Progress& progress) {
  SceneSources sources{arguments.backgrounds, arguments.teacher};
  sources.max_face_px = std::max(sources.max_face_px, DetectorInputPx(arguments.options));
  auto material = std::make_shared<SceneMaterial>(
      ReadSceneMaterial(data, sources, ReadingOn(progress, PrintLeftOut)));
  progress.Clear();
  return material;
}

std::vector<PictureSet> PlanSets(const Arguments& arguments, Progress& progress) {
  std::vector<DataSet> data;
  for (const std::string& path : arguments.data) {
    data.push_back(ReadChosenPictures(path, arguments.filter));
    for (const std::string& problem : data.back().problems) PrintLeftOut(problem);
  }
  std::vector<PictureSet> sets;
  if (arguments.scenes + arguments.empty_scenes > 0) {
    const auto material = ReadMaterial(arguments, data, progress);
    const int size_px = DetectorInputPx(arguments.options);
    if (arguments.scenes > 0) {
      sets.push_back(ComposedScenes(material, {arguments.scenes, arguments.seed, size_px, false}));
    }
    if (arguments.empty_scenes > 0) {
      sets.push_back(
          ComposedScenes(material, {arguments.empty_scenes, arguments.seed, size_px, true}));
    }
  }
  for (size_t i = 0; i < data.size(); ++i) {
    sets.push_back(PicturesOfDataSet(std::move(data[i]), arguments.data[i], PrintLeftOut));
  }
  for (const std::string& folder : arguments.empty) {
    sets.push_back(PicturesWithoutFaces(folder, PrintLeftOut));
  }
  for (const std::string& clip : arguments.clips) sets.push_back(FramesOfClip(clip));
  return sets;
}

// File names without folders where those differ.
std::vector<std::string> NamesOf(const std::vector<std::string>& files) {
  std::vector<std::string> names;
  for (const std::string& file : files) {
    names.push_back(std::filesystem::path(file).filename().string());
  }
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  return std::ranges::adjacent_find(sorted) == sorted.end() ? names : files;
}

std::map<std::string, std::string> AboutThisRun(const Arguments& arguments) {
  char host[256] = "unknown";
  gethostname(host, sizeof(host) - 1);
  const Environment environment = ThisEnvironment();
  return {{"machine", host},
          {"processor", environment.processor},
          {"cores", std::to_string(environment.cores)},
          {"opencv", environment.opencv_version},
          {"detector_input_px", std::to_string(DetectorInputPx(arguments.options))},
          {"detector_nms_iou", fmt::format("{:f}", arguments.options.detector_nms_iou)},
          {"held_out_percent", std::to_string(arguments.filter.held_out_percent)},
          {"teacher", arguments.teacher},
          {"seed", std::to_string(arguments.seed)}};
}

int EvaluateDetectors(const Arguments& arguments, const std::stop_token& stop) {
  Validate(arguments.options);
  std::vector<std::unique_ptr<FaceDetector>> detectors;
  for (const std::string& file : arguments.detectors) {
    detectors.push_back(MakeDetector(arguments, file));
  }
  Measurement measurement{NamesOf(arguments.detectors), {}, arguments.options.detector_score};
  Progress progress = ProgressOnStderr("pictures");
  std::vector<PictureSet> sets = PlanSets(arguments, progress);
  if (sets.empty()) {
    throw Error("nothing to measure on; give --data, --scenes, --empty or --clip");
  }
  for (PictureSet& set : sets) {
    progress.Start(set.name, set.count);
    auto records = ExaminePictures(detectors, set.next, stop, [&](size_t done) {
      progress.Update(static_cast<int64_t>(done));
    });
    progress.Clear();
    if (stop.stop_requested()) return kExitStopped;
    measurement.sets.push_back({set.kind, set.name, std::move(records)});
  }
  fmt::print("{}", MeasurementText(measurement));
  if (arguments.list_misses) fmt::print("{}", MistakesText(measurement));
  if (!arguments.json.empty()) {
    SaveText(arguments.json, MeasurementJson(measurement, AboutThisRun(arguments)));
    fmt::print("figures: {}\n", arguments.json);
  }
  return 0;
}

void AddSetOptions(CLI::App& command, Arguments& arguments) {
  command.add_option("--data", arguments.data,
                     "measure on these data sets with landmarks: folders, .csv or dlib .xml");
  command
      .add_option(
          "--held-out", arguments.filter.held_out_percent,
          "measure only the groups that a training with this --validation-percent holds out; 0 for "
          "all")
      ->check(CLI::Range(0, 90))
      ->capture_default_str();
  command.add_option("--parts", arguments.filter.parts,
                     "measure only these parts, such as lfpw,helen");
  command.add_option(
      "--names", arguments.filter.names,
      "measure only pictures with a face whose name matches this regular expression");
  command
      .add_option("--scenes", arguments.scenes,
                  "compose this many scenes of the pictures of --data and --backgrounds")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      .add_option("--empty-scenes", arguments.empty_scenes,
                  "compose this many scenes without faces")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--seed", arguments.seed, "set the seed of the first scene")
      ->capture_default_str();
  command.add_option("--backgrounds", arguments.backgrounds,
                     "compose scenes with pictures of these folders, which show no faces");
  command.add_option(
      "--teacher", arguments.teacher,
      "mark faces without landmarks in the pictures of --data with this detector; scenes ignore "
      "them");
  command.add_option("--empty", arguments.empty,
                     "measure false alarms on these folders of pictures without faces");
  command.add_option("--clip", arguments.clips, "measure on these videos with one face");
}

}  // namespace

CommandLine AddEvaluateDetectorCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("evaluate-detector", "measure face detectors on known faces");
  AddSetOptions(*command, *arguments);
  command->add_flag("--list-misses", arguments->list_misses,
                    "list missed faces, and pictures without faces in which one was found");
  command->add_option("--json", arguments->json, "write the figures to this file");
  AddOptions(*command, arguments->options, "Detection");
  // Several detectors are compared; the other options apply to all of them.
  command->remove_option(command->get_option("--detector"));
  command
      ->add_option("--detector", arguments->detectors,
                   "measure these detectors: ONNX files of the YuNet family")
      ->capture_default_str()
      ->group("Detection");
  return {command,
          [arguments](std::stop_token stop) { return EvaluateDetectors(*arguments, stop); }};
}

}  // namespace nosetip
