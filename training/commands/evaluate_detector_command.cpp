#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>

#include <fmt/core.h>
#include <unistd.h>

#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "tracker/output/text_output.h"
#include "tracker/sources/pictures.h"
#include "training/commands/commands.h"
#include "training/commands/reading_progress.h"
#include "training/data/annotation_text.h"
#include "training/evaluation/detector/detector_report.h"
#include "training/evaluation/detector/detector_sets.h"
#include "training/evaluation/detector/face_finders.h"
#include "training/report/precision_curves.h"

namespace nosetip {
namespace {

// Average precision also needs the boxes below the threshold at work.
constexpr float kLowestScore = 0.05F;

struct Arguments {
  std::vector<std::string> detectors = {AssetPath("models/face_detector.onnx").string()};
  DetectorOptions options;
  std::vector<std::string> data;
  FaceFilter filter;
  std::vector<std::string> margins;
  std::vector<std::string> backgrounds;
  std::string teacher;
  int scenes = 0;
  int empty_scenes = 0;
  int64_t seed = 1;
  std::vector<std::string> empty;
  std::vector<std::string> clips;
  std::string boxes = "detector";
  std::string model = std::string(kAutoModel);
  bool list_misses = false;
  std::string json;
  std::string picture;
};

bool WantsTracker(const Arguments& arguments) { return arguments.boxes == "tracker"; }

std::vector<FaceFinder> MakeFinders(const Arguments& arguments) {
  std::vector<FaceFinder> finders;
  for (const std::string& file : arguments.detectors) {
    DetectorOptions options = arguments.options;
    options.detector = file;
    if (WantsTracker(arguments)) {
      auto landmarker = LoadLandmarker(LandmarkFile(arguments.model), ChooseDevice("auto", "auto"));
      finders.push_back(FindByTracker(CreateYuNetDetector(options), std::move(landmarker)));
    } else {
      options.detector_score = std::min(options.detector_score, kLowestScore);
      finders.push_back(FindByDetector(CreateYuNetDetector(options)));
    }
  }
  return finders;
}

// A tracker reports what it takes for a face.
float ScoreAtWork(const Arguments& arguments) {
  return WantsTracker(arguments) ? 0.0F : arguments.options.detector_score;
}

std::vector<float> MarginsPercent(const Arguments& arguments) {
  std::vector<float> margins;
  for (const std::string& text : arguments.margins) {
    const std::optional<float> margin = ParseNumber(text);
    if (!margin || *margin < 0.0F || *margin > 1000.0F) {
      throw Error(fmt::format("--margin {} is not a number from 0 to 1000", text));
    }
    margins.push_back(*margin);
  }
  return margins;
}

// The teacher marks faces without labels; the backgrounds are known to have no face.
std::shared_ptr<const SceneMaterial> ReadMaterial(const Arguments& arguments,
                                                  const std::vector<DataSet>& data,
                                                  Progress& progress) {
  SceneSources sources{arguments.backgrounds, arguments.teacher};
  sources.max_face_px = std::max(sources.max_face_px, DetectorInputPx(arguments.options));
  auto material = std::make_shared<SceneMaterial>(
      ReadSceneMaterial(data, {}, sources, ReadingOn(progress, PrintLeftOut)));
  progress.Clear();
  return material;
}

// Those with landmarks are added to `data`.
std::vector<PictureSet> SetsOfData(const Arguments& arguments, std::vector<DataSet>& data,
                                   const std::stop_token& stop) {
  const std::vector<float> margins = MarginsPercent(arguments);
  std::vector<PictureSet> sets;
  for (const std::string& path : arguments.data) {
    if (IsBoxSet(path)) {
      BoxSet set = ReadChosenBoxSet(path, arguments.filter, WorkOnStderr(stop).Watch());
      for (const std::string& problem : set.problems) PrintLeftOut(problem);
      sets.push_back(PicturesOfBoxSet(std::move(set), path, PrintLeftOut));
      continue;
    }
    data.push_back(ReadChosenPictures(path, arguments.filter, WorkOnStderr(stop).Watch()));
    for (const std::string& problem : data.back().problems) PrintLeftOut(problem);
    sets.push_back(PicturesOfDataSet(data.back(), path, PrintLeftOut));
    for (const float margin : margins) {
      sets.push_back(CloseUpsOfDataSet(data.back(), path, margin, PrintLeftOut));
    }
  }
  if (!margins.empty() && data.empty()) throw Error("--margin needs a --data with landmarks");
  return sets;
}

std::vector<PictureSet> PlanSets(const Arguments& arguments, Progress& progress,
                                 const std::stop_token& stop) {
  std::vector<DataSet> data;
  std::vector<PictureSet> of_data = SetsOfData(arguments, data, stop);
  std::vector<PictureSet> sets;
  if (arguments.scenes + arguments.empty_scenes > 0) {
    const auto material = ReadMaterial(arguments, data, progress);
    const int size_px = DetectorInputPx(arguments.options);
    const auto seed = static_cast<uint64_t>(arguments.seed);
    if (arguments.scenes > 0) {
      sets.push_back(ComposedScenes(material, {arguments.scenes, seed, size_px, false}));
    }
    if (arguments.empty_scenes > 0) {
      sets.push_back(ComposedScenes(material, {arguments.empty_scenes, seed, size_px, true}));
    }
  }
  std::ranges::move(of_data, std::back_inserter(sets));
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
          {"picture_input_px", std::to_string(PictureInputPx(arguments.options))},
          {"detector_nms_iou", fmt::format("{:f}", arguments.options.detector_nms_iou)},
          {"held_out_percent", std::to_string(arguments.filter.held_out_percent)},
          {"least_face_px", std::to_string(arguments.filter.least_face_px)},
          {"boxes", arguments.boxes},
          {"model", WantsTracker(arguments) ? arguments.model : ""},
          {"teacher", arguments.teacher},
          {"seed", std::to_string(arguments.seed)}};
}

int EvaluateDetectors(const Arguments& arguments, const std::stop_token& stop) {
  Validate(arguments.options);
  const std::vector<FaceFinder> finders = MakeFinders(arguments);
  Measurement measurement{NamesOf(arguments.detectors), {}, ScoreAtWork(arguments)};
  Progress progress = ProgressOnStderr("pictures");
  std::vector<PictureSet> sets = PlanSets(arguments, progress, stop);
  if (sets.empty()) {
    throw Error("nothing to measure on; give --data, --scenes, --empty or --clip");
  }
  for (PictureSet& set : sets) {
    progress.Start(set.name, set.count);
    auto records = ExaminePictures(
        finders, set.next, stop, [&](size_t done) { progress.Update(static_cast<int64_t>(done)); });
    progress.Clear();
    if (stop.stop_requested()) return kExitStopped;
    measurement.sets.push_back({set.kind, set.name, std::move(records)});
  }
  if (WantsTracker(arguments)) {
    Print("boxes: those of the tracker with {}\n", LandmarkFile(arguments.model));
  }
  Print("{}", MeasurementText(measurement));
  if (arguments.list_misses) Print("{}", MistakesText(measurement));
  if (!arguments.json.empty()) {
    SaveText(arguments.json, MeasurementJson(measurement, AboutThisRun(arguments)));
    Print("figures: {}\n", arguments.json);
  }
  if (!arguments.picture.empty()) {
    WritePicture(arguments.picture, DrawPrecisionCurves(measurement));
    Print("picture: {}\n", arguments.picture);
  }
  return 0;
}

void AddDataOptions(CommandParser& command, Arguments& arguments) {
  command.AddOption({"data", &arguments.data,
                     "Measure on these data sets with landmarks (folders, .csv or dlib .xml) or "
                     "with boxes (.csv, or WIDER FACE's .txt)."});
  command.AddOption({.name = "least-face-px",
                     .value = &arguments.filter.least_face_px,
                     .help = "Ignore labeled boxes of less than this height: they are neither to "
                             "find nor wrong.",
                     .low = 0});
  command.AddOption(
      {"margin", &arguments.margins,
       "Also measure close-ups: each face with landmarks, cut out with this margin in "
       "percent of its size; several may be given."});
  command.AddOption({"held-out", &arguments.filter.held_out_percent,
                     "Measure only the groups that a training with this --validation-percent holds "
                     "out; 0 for all.",
                     0, 90});
  command.AddOption(
      {"parts", &arguments.filter.parts, "Measure only these parts, such as lfpw,helen."});
  command.AddOption(
      {"names", &arguments.filter.names,
       "Measure only pictures with a face whose name matches this regular expression."});
}

void AddSetOptions(CommandParser& command, Arguments& arguments) {
  command.AddOption(
      {.name = "scenes",
       .value = &arguments.scenes,
       .help = "Compose this many scenes of the pictures of --data and --backgrounds.",
       .low = 0});
  command.AddOption({.name = "empty-scenes",
                     .value = &arguments.empty_scenes,
                     .help = "Compose this many scenes without faces.",
                     .low = 0});
  command.AddOption({"seed", &arguments.seed, "Set the seed of the first scene.", 0, 9e15});
  command.AddOption({"backgrounds", &arguments.backgrounds,
                     "Compose scenes with pictures of these folders, which show no faces."});
  command.AddOption({"teacher", &arguments.teacher,
                     "Mark faces without landmarks in the pictures of --data with this detector; "
                     "scenes ignore them."});
  command.AddOption({"empty", &arguments.empty,
                     "Measure false alarms on these folders of pictures without faces."});
  command.AddOption({"clip", &arguments.clips, "Measure on these videos with one face."});
}

}  // namespace

CommandLine AddEvaluateDetectorCommand(CommandParser& app) {
  auto arguments = std::make_shared<Arguments>();
  CommandParser& command =
      app.AddCommand("evaluate-detector", "measure face detectors on known faces");
  AddDataOptions(command, *arguments);
  AddSetOptions(command, *arguments);
  command.AddOption({"boxes", &arguments->boxes,
                     "Measure the boxes of the detector alone, or of the faces that a tracker with "
                     "it reports in each picture."},
                    {"detector", "tracker"});
  command.AddOption({"model", &arguments->model, kModelHelp});
  command.AddOption({"list-misses", &arguments->list_misses,
                     "List missed faces, and where one was found that is none."});
  command.AddOption({"json", &arguments->json, "Write the figures to this file."});
  command.AddOption({"picture", &arguments->picture,
                     "Write this PNG: precision over recall, on --data with boxes and --scenes."});
  // Several detectors are compared; the other options apply to all of them.
  std::vector<OptionRef> shared = OptionRefs(arguments->options);
  for (OptionRef& option : shared) {
    if (option.name != "detector") continue;
    option.value = &arguments->detectors;
    option.help = "Measure these detectors: ONNX files of the YuNet family.";
  }
  command.AddOptionRefs(shared, "Detection");
  return {&command,
          [arguments](std::stop_token stop) { return EvaluateDetectors(*arguments, stop); }};
}

}  // namespace nosetip
