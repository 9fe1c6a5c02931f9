#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "tracker/output/text_output.h"
#include "training/commands/commands.h"
#include "training/data/load_packs.h"
#include "training/evaluation/relabel.h"

namespace nosetip {
namespace {

struct Arguments {
  std::string data;
  std::vector<std::string> models;
  std::string out;
  DeviceArguments device;
  int held_out = 12;
  RelabelOptions options;
};

FacePack FacesFor(const ModelInfo& model, const Arguments& arguments, const std::stop_token& stop) {
  FacePack pack = LoadFaces(
      arguments.data, {model.schema, model.view, model.crop_margin},
      [](const std::string& remark) { PrintNote(remark); }, WorkOnStderr(stop).Watch());
  for (const std::string& path : arguments.models) {
    const CropView view = ReadModelInfo(path).view;
    if (pack.view == view) continue;
    throw Error(
        fmt::format("{} was packed for the view '{}', but {} sees the view '{}'; pack it "
                    "again with that --view",
                    arguments.data, NameOf(pack.view), path, NameOf(view)));
  }
  return pack;
}

std::vector<std::unique_ptr<Landmarker>> LoadModels(const Arguments& arguments) {
  const DeviceChoice device = ChooseDevice(arguments.device.device);
  std::vector<std::unique_ptr<Landmarker>> models;
  for (const std::string& path : arguments.models) {
    models.push_back(LoadLandmarker(path, device, arguments.device.threads));
  }
  return models;
}

int RelabelData(Arguments arguments, const std::stop_token& stop) {
  for (std::string& model : arguments.models) model = LandmarkFile(model);
  CheckFolderOf(arguments.out);
  const auto models = LoadModels(arguments);
  const FacePack pack = FacesFor(ReadModelInfo(arguments.models.front()), arguments, stop);
  RelabelOptions options = arguments.options;
  options.keep.percent = arguments.held_out;
  Progress progress = ProgressOnStderr("faces");
  progress.Start("relabeled", static_cast<int64_t>(pack.FaceCount()));
  const std::optional<RelabeledPack> relabeled = Relabel(pack, models, options, [&](size_t done) {
    progress.Update(static_cast<int64_t>(done));
    return !stop.stop_requested();
  });
  progress.Clear();
  if (!relabeled) {
    Print("stopped; nothing was written\n");
    return kExitStopped;
  }
  const RelabeledPack& made = *relabeled;
  if (made.pack.FaceCount() == 0) {
    throw Error(fmt::format(
        "the models' confidence is too low for every face of {}; lower --least-confidence or use "
        "other models",
        arguments.data));
  }
  SavePack(arguments.out, made.pack);
  Print(
      "{}: {} faces, {} with new points (share of the models: {:.2f}), {} left out\n"
      "RMS distance of the models' points from the old ones: {:.2f} % of {}\n",
      arguments.out, made.pack.FaceCount(), made.relabeled, options.share, made.left_out,
      made.moved_percent,
      SchemaByName(made.pack.schema).outer_eye_corners ? "the outer-eye distance"
                                                       : "the face's size");
  return 0;
}

}  // namespace

CommandLine AddRelabelCommand(CommandParser& app) {
  auto arguments = std::make_shared<Arguments>();
  CommandParser& command = app.AddCommand(
      "relabel", "replace the points of faces by what models find, or by a mean of both");
  command.AddOption({.name = "data",
                     .value = &arguments->data,
                     .help = "Relabel this pack, folder, .csv or dlib .xml.",
                     .required = true});
  command.AddOption({.name = "model",
                     .value = &arguments->models,
                     .help = "Average the points of these models: files or names of shipped ones.",
                     .required = true});
  command.AddOption({.name = "out",
                     .value = &arguments->out,
                     .help = "Write this pack (.safetensors).",
                     .required = true});
  command.AddOption(
      {"share", &arguments->options.share,
       "Give the models' points this share of the new ones; the old points have the rest.", 0.0,
       1.0});
  command.AddOption({"held-out", &arguments->held_out,
                     "Keep the points of this percentage of groups, those that a training with "
                     "this --validation-percent holds out.",
                     0, 90});
  command.AddOption({"least-confidence", &arguments->options.min_confidence,
                     "Leave out faces whose mean confidence is lower.", 0.0, 1.0});
  command.AddOption({"box-px", &arguments->options.box_px,
                     "Record box sizes as if each picture were scaled to boxes of this longer "
                     "side, for training with --mirror-offset-px; 0 keeps the sizes.",
                     0.0, 10000.0});
  AddDeviceOptions(command, arguments->device);
  return {&command, [arguments](std::stop_token stop) { return RelabelData(*arguments, stop); }};
}

}  // namespace nosetip
