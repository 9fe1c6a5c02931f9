#include <algorithm>
#include <memory>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/output/text_output.h"
#include "tracker/sources/pictures.h"
#include "training/commands/commands.h"
#include "training/data/duplicates.h"
#include "training/data/inspection_report.h"
#include "training/data/pack_builder.h"
#include "training/report/inspection_sheet.h"

namespace nosetip {
namespace {

constexpr size_t kSamples = 18;
constexpr size_t kSuspicious = 18;

struct InspectArguments {
  std::string data;
  std::string json;
  std::string picture;
  bool list_problems = false;
};

struct OpenedSet {
  InspectedSet about;
  DataSet data;
  PictureReader read_picture;
  // Of a pack: the boxes in the original pictures, since its squares show all faces equally large.
  std::vector<RectF> original_boxes;
};

OpenedSet OpenPack(const std::string& path) {
  auto pack = std::make_shared<const FacePack>(LoadPack(path));
  OpenedSet opened;
  opened.about = {path, "pack", 0};
  opened.data = DataSetOfPack(*pack);
  opened.read_picture = [pack](const AnnotatedFace& face) { return PictureOfPack(*pack, face); };
  opened.original_boxes = pack->boxes;
  return opened;
}

OpenedSet OpenDataSet(const std::string& path, const std::stop_token& stop) {
  OpenedSet opened;
  opened.about = {path, std::string(FormatText(FormatOf(path))), 0};
  WorkOnStderr work(stop);
  DataSet data = ReadDataSet(path, work.Watch());
  const size_t groups = CountGroups(data);
  opened.data = GroupForSplits(std::move(data), work.Watch());
  opened.about.joined_groups = groups - CountGroups(opened.data);
  opened.read_picture = [](const AnnotatedFace& face) {
    return ReadPicture(face.picture.string());
  };
  return opened;
}

void DrawSamples(const std::string& path, const OpenedSet& opened, const Inspection& inspection) {
  const auto faces = ChooseSheetFaces(opened.data, inspection, kSamples, kSuspicious);
  const auto samples = static_cast<size_t>(std::ranges::count(faces, "", &SheetFace::reason));
  std::string title = fmt::format("{}: {} samples", opened.about.path, samples);
  if (faces.size() > samples) {
    title += fmt::format(", then {} that look wrong", faces.size() - samples);
  }
  WritePicture(path, DrawInspectionSheet(opened.data, faces, opened.read_picture, title));
  Print("picture: {}\n", path);
}

int Inspect(const InspectArguments& arguments, const std::stop_token& stop) {
  Progress progress = ProgressOnStderr("pictures");
  const OpenedSet opened =
      IsPack(arguments.data) ? OpenPack(arguments.data) : OpenDataSet(arguments.data, stop);
  Inspection inspection =
      InspectDataSet(opened.data, opened.read_picture, stop, [&](size_t done, size_t all) {
        if (done == 1) progress.Start("opening", static_cast<int64_t>(all));
        progress.Update(static_cast<int64_t>(done));
      });
  progress.Clear();
  if (stop.stop_requested()) return kExitStopped;
  if (!opened.original_boxes.empty()) inspection.face_px = FaceSizes(opened.original_boxes);
  Print("{}", InspectionText(inspection, opened.about, arguments.list_problems));
  if (!arguments.json.empty()) {
    SaveText(arguments.json, InspectionJson(inspection, opened.about, opened.data));
    Print("figures: {}\n", arguments.json);
  }
  if (!arguments.picture.empty()) DrawSamples(arguments.picture, opened, inspection);
  return 0;
}

struct PackArguments {
  std::string data;
  std::string out;
  std::string view = "face";
  PackOptions options;
};

int Pack(const PackArguments& arguments, const std::stop_token& stop) {
  CheckFolderOf(arguments.out);
  const DataSet data = ReadGroupedDataSet(arguments.data, WorkOnStderr(stop).Watch());
  PackOptions options = arguments.options;
  options.view = CropViewByName(arguments.view);
  Progress progress = ProgressOnStderr("faces");
  progress.Start("packed", static_cast<int64_t>(data.faces.size()));
  const BuiltPack built = BuildPack(data, options, [&](size_t done) {
    progress.Update(static_cast<int64_t>(done));
    if (stop.stop_requested()) throw StopRequested();
  });
  progress.Clear();
  for (const std::string& remark : RemarksOf(data, built)) PrintNote(remark);
  SavePack(arguments.out, built.pack);
  Print("{}: {} faces of {}, {} px, extent {:.2f}\n", arguments.out, built.pack.FaceCount(),
        built.pack.schema, built.pack.size_px, built.pack.extent);
  return 0;
}

}  // namespace

CommandLine AddInspectCommand(CommandParser& app) {
  auto arguments = std::make_shared<InspectArguments>();
  CommandParser& command =
      app.AddCommand("inspect", "show what a data set holds and what is wrong with it");
  command.AddArguments({.name = "data",
                        .value = &arguments->data,
                        .help = "Inspect this folder, .csv, dlib .xml or pack.",
                        .required = true});
  command.AddOption({"list-problems", &arguments->list_problems,
                     "List all problems, not only the first few of each kind."});
  command.AddOption({"picture", &arguments->picture,
                     "Write this PNG: samples, and faces that look wrong, with their points."});
  command.AddOption({"json", &arguments->json, "Write all figures and problems to this file."});
  return {&command, [arguments](std::stop_token stop) { return Inspect(*arguments, stop); }};
}

CommandLine AddPackCommand(CommandParser& app) {
  auto arguments = std::make_shared<PackArguments>();
  CommandParser& command =
      app.AddCommand("pack", "cut out the faces of a data set once, for fast training");
  command.AddOption({.name = "data",
                     .value = &arguments->data,
                     .help = "Pack this folder, .csv or dlib .xml.",
                     .required = true});
  command.AddOption({.name = "out",
                     .value = &arguments->out,
                     .help = "Write this pack (.safetensors).",
                     .required = true});
  command.AddOption({"size-px", &arguments->options.size_px,
                     "Set the side of a packed face, in pixels.", 32, 1024});
  command.AddOption({"extent", &arguments->options.extent,
                     "Pack a square of this many times the longer side of the box; 0 for 2.2 "
                     "around faces, 1.25 around pictures.",
                     0.0, 4.0});
  command.AddOption(
      {"view", &arguments->view, "Pack the surroundings of each face, or whole pictures."},
      {"face", "picture"});
  return {&command, [arguments](std::stop_token stop) { return Pack(*arguments, stop); }};
}

}  // namespace nosetip
