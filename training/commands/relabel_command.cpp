#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tracker/cli/progress.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "tracker/output/text_output.h"
#include "training/commands/command_line.h"
#include "training/data/load_packs.h"
#include "training/evaluation/relabel.h"

namespace nosetip {
namespace {

struct Arguments {
  std::string data;
  std::vector<std::string> models;
  std::string out;
  std::string device = "auto";
  int threads = 0;
  int held_out = 12;
  RelabelOptions options;
};

FacePack FacesFor(const ModelInfo& model, const Arguments& arguments) {
  FacePack pack =
      LoadFaces(arguments.data, {model.schema, model.view, model.crop_margin},
                [](const std::string& remark) { std::fprintf(stderr, "%s\n", remark.c_str()); });
  for (const std::string& path : arguments.models) {
    const CropView view = ReadModelInfo(path).view;
    if (pack.view == view) continue;
    throw Error(arguments.data + " was packed for the view '" + std::string(NameOf(pack.view)) +
                "', but " + path + " sees the view '" + std::string(NameOf(view)) +
                "'; pack it again with that --view");
  }
  return pack;
}

int RelabelData(Arguments arguments, const std::stop_token& stop) {
  for (std::string& model : arguments.models) model = LandmarkFile(model);
  CheckFolderOf(arguments.out);
  const DeviceChoice device = ChooseDevice(arguments.device);
  std::vector<std::unique_ptr<Landmarker>> models;
  for (const std::string& path : arguments.models) {
    models.push_back(LoadLandmarker(path, device, arguments.threads));
  }
  const FacePack pack = FacesFor(ReadModelInfo(arguments.models.front()), arguments);
  RelabelOptions options = arguments.options;
  options.keep.percent = arguments.held_out;
  Progress::Options on_stderr = Progress::OnStderr();
  on_stderr.unit = "faces";
  Progress progress(on_stderr);
  progress.Start("relabeled", static_cast<int64_t>(pack.FaceCount()));
  const std::optional<RelabeledPack> relabeled = Relabel(pack, models, options, [&](size_t done) {
    progress.Update(static_cast<int64_t>(done));
    return !stop.stop_requested();
  });
  progress.Clear();
  if (!relabeled) {
    std::printf("stopped; nothing was written\n");
    return kExitStopped;
  }
  const RelabeledPack& made = *relabeled;
  if (made.pack.FaceCount() == 0) {
    throw Error("the models are sure of no face of " + arguments.data +
                "; give a lower --least-confidence or other models");
  }
  SavePack(arguments.out, made.pack);
  std::printf(
      "%s: %zu faces, of which %zu with new points (%.2f of them the models'), %zu left out\n"
      "the models' points are %.2f %% of %s (RMS) from the old ones\n",
      arguments.out.c_str(), made.pack.FaceCount(), made.relabeled,
      static_cast<double>(options.share), made.left_out, made.moved_percent,
      SchemaByName(made.pack.schema).outer_eye_corners ? "the outer-eye distance"
                                                       : "the face's size");
  return 0;
}

}  // namespace

CommandLine AddRelabelCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "relabel", "give faces to train on the points that models find, or a mean of both");
  command->add_option("--data", arguments->data, "pack (.ntp), folder, .csv or dlib .xml")
      ->required();
  command
      ->add_option("--model", arguments->models,
                   "model files (.ntm) or names of shipped ones, whose mean is taken")
      ->required();
  command->add_option("--out", arguments->out, "pack to write (.ntp)")->required();
  command
      ->add_option("--share", arguments->options.share,
                   "part of the models' points in the new ones; the old ones have the rest")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      ->add_option("--held-out", arguments->held_out,
                   "percent of the groups that keep their points, the same as a training holds out")
      ->check(CLI::Range(0, 90))
      ->capture_default_str();
  command
      ->add_option("--least-confidence", arguments->options.least_confidence,
                   "faces of which the models are less sure are left out")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      ->add_option("--box-px", arguments->options.box_px,
                   "note the pictures as if scaled to boxes of this longer side, for a training "
                   "with --mirror-offset-px; 0 to leave them as they are")
      ->check(CLI::Range(0.0, 10000.0))
      ->capture_default_str();
  command->add_option("--device", arguments->device, "auto, cpu or cuda")->capture_default_str();
  command->add_option("--threads", arguments->threads, "CPU threads; 0 for all cores")
      ->capture_default_str();
  return {command, [arguments](std::stop_token stop) { return RelabelData(*arguments, stop); }};
}

}  // namespace nosetip
