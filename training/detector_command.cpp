#include <cstdio>
#include <memory>

#include "tracker/cli/cli_options.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/vision/picture_file.h"
#include "training/command_line.h"
#include "training/datasets/duplicates.h"
#include "training/detector/detector_trainer.h"
#include "training/epoch_lines.h"
#include "training/scenes/scene_sheet.h"
#include "training/train_job.h"

namespace nosetip {
namespace {

// Larger faces than a scene shows are of no use to it.
constexpr int kMaxFacePx = 400;
constexpr int kMaxBackgroundPx = 640;

struct Arguments {
  std::vector<std::string> data;
  std::vector<std::string> backgrounds;
  std::string teacher;
  std::string out = "runs/detector";
  bool resume = false;
  DetectorTrainOptions train;
  SceneOptions scenes;
};

void Append(ReadPhotographs read, std::vector<Photograph>& all) {
  for (const std::string& problem : read.problems) {
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  }
  for (Photograph& photograph : read.photographs) all.push_back(std::move(photograph));
}

DetectorPhotographs LoadPhotographs(const Arguments& arguments) {
  std::unique_ptr<FaceDetector> teacher;
  if (!arguments.teacher.empty()) {
    DetectorOptions options;
    options.detector = arguments.teacher;
    options.detector_score = 0.3F;
    teacher = CreateYuNetDetector(options);
  }
  const auto said = [](size_t done) {
    if (done % 500 == 0) std::printf("%zu pictures read\n", done);
  };
  std::vector<Photograph> photographs;
  std::vector<Photograph> backgrounds;
  for (const std::string& path : arguments.data) {
    Append(PhotographsOfDataSet(ReadGroupedDataSet(path), kMaxFacePx, teacher.get(), said),
           photographs);
  }
  for (const std::string& path : arguments.backgrounds) {
    Append(PhotographsWithoutFaces(path, kMaxBackgroundPx, teacher.get(), said), backgrounds);
  }
  return SplitPhotographs(std::move(photographs), std::move(backgrounds),
                          arguments.train.validation_percent);
}

DetectorProgress ProgressOn(EpochLines& lines) {
  DetectorProgress sink;
  sink.on_message = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  sink.on_step = [&lines](int epoch, int step, int steps, double loss) {
    lines.OnStep(epoch, step, steps, loss);
  };
  sink.on_epoch = [&lines](const DetectorEpoch& epoch) {
    char figures[200];
    std::snprintf(
        figures, sizeof(figures),
        "loss %.4f  validation loss %.4f (class %.3f, object %.3f, box %.4f, points %.4f)  "
        "%.0f s, %.0f scenes/s",
        epoch.train_loss, epoch.validation_loss, epoch.validation_cls, epoch.validation_obj,
        epoch.validation_box, epoch.validation_points, epoch.seconds, epoch.scenes_per_s);
    lines.OnEpoch(epoch.epoch, figures);
  };
  return sink;
}

// Scenes as the network sees them.
void WriteSamples(const DetectorJob& job) {
  constexpr uint64_t kSamples = 24;
  const SceneComposer composer(job.photographs.train, job.photographs.train_backgrounds,
                               job.scenes);
  std::vector<Scene> scenes;
  for (uint64_t seed = 0; seed < kSamples; ++seed) scenes.push_back(composer.Compose(seed));
  const std::string path = (job.out / "samples.png").string();
  WritePicture(path, DrawScenes(scenes));
  std::printf("samples: %s\n", path.c_str());
}

int Train(const Arguments& arguments, const std::stop_token& stop) {
  DetectorJob job;
  job.options = arguments.train;
  job.scenes = arguments.scenes;
  job.out = arguments.out;
  job.resume = arguments.resume;
  CheckRunFolder(job.out, job.resume);
  job.photographs = LoadPhotographs(arguments);
  std::printf("photographs: %zu to train on, %zu held out; backgrounds: %zu and %zu\n",
              job.photographs.train.size(), job.photographs.validation.size(),
              job.photographs.train_backgrounds.size(),
              job.photographs.validation_backgrounds.size());
  std::filesystem::create_directories(job.out);
  WriteSamples(job);
  EpochLines lines(job.options.epochs);
  const DetectorReport report = RunDetectorTraining(job, ProgressOn(lines), stop);
  if (report.stopped) {
    std::printf("\nstopped after epoch %zu; go on with the same command and --resume\n",
                report.history.size());
    return kExitStopped;
  }
  std::printf("best epoch %d\nmodel: %s\n", report.best_epoch, report.model.c_str());
  return 0;
}

}  // namespace

CommandLine AddDetectorCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("detector", "train the face detector");
  command
      ->add_option("--data", arguments->data,
                   "data sets with landmarks, whose faces are composed into scenes")
      ->required();
  command->add_option("--backgrounds", arguments->backgrounds,
                      "folders of pictures without faces, for what lies behind them");
  command->add_option("--teacher", arguments->teacher,
                      "a detector (.onnx of the YuNet family) that marks faces without landmarks, "
                      "so that they are not taken for background");
  command->add_option("--out", arguments->out, "folder of the run")->capture_default_str();
  command->add_flag("--resume", arguments->resume, "go on with the run in --out");
  AddOptions(*command, arguments->train, "Training");
  AddOptions(*command, arguments->scenes, "Scenes");
  return {command, [arguments](std::stop_token stop) { return Train(*arguments, stop); }};
}

}  // namespace nosetip
