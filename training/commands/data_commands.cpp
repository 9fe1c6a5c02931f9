#include <algorithm>
#include <cstdio>
#include <memory>

#include "tracker/cli/progress.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/output/text_output.h"
#include "tracker/sources/pictures.h"
#include "training/commands/command_line.h"
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
  // Of a pack, whose squares all show a face at the same size: the boxes in the original pictures.
  std::vector<RectF> original_boxes;
};

OpenedSet OpenPack(const std::string& path) {
  auto pack = std::make_shared<const FacePack>(LoadPack(path));
  return {{path, "pack (.ntp)", 0},
          DataSetOfPack(*pack),
          [pack](const AnnotatedFace& face) { return PictureOfPack(*pack, face); },
          pack->boxes};
}

OpenedSet OpenDataSet(const std::string& path, Progress& progress) {
  OpenedSet opened;
  opened.about = {path, std::string(FormatText(FormatOf(path))), 0};
  progress.Start("reading " + path, std::nullopt);
  DataSet data = ReadDataSet(path);
  const size_t groups = CountGroups(data);
  progress.Start("looking for near-duplicates", std::nullopt);
  opened.data = GroupForSplits(std::move(data));
  opened.about.joined_groups = groups - CountGroups(opened.data);
  opened.read_picture = [](const AnnotatedFace& face) {
    return ReadPicture(face.picture.string());
  };
  return opened;
}

void DrawSamples(const std::string& path, const OpenedSet& opened, const Inspection& inspection) {
  const auto faces = ChooseSheetFaces(opened.data, inspection, kSamples, kSuspicious);
  const auto samples = static_cast<size_t>(std::ranges::count(faces, "", &SheetFace::reason));
  std::string title = opened.about.path + ": " + std::to_string(samples) + " samples";
  if (faces.size() > samples) {
    title += ", then " + std::to_string(faces.size() - samples) + " that look wrong";
  }
  WritePicture(path, DrawInspectionSheet(opened.data, faces, opened.read_picture, title));
  std::printf("picture: %s\n", path.c_str());
}

int Inspect(const InspectArguments& arguments, const std::stop_token& stop) {
  Progress::Options on_stderr = Progress::OnStderr();
  on_stderr.unit = "pictures";
  Progress progress(on_stderr);
  const OpenedSet opened = arguments.data.ends_with(".ntp") ? OpenPack(arguments.data)
                                                            : OpenDataSet(arguments.data, progress);
  Inspection inspection =
      InspectDataSet(opened.data, opened.read_picture, stop, [&](size_t done, size_t all) {
        if (done == 1) progress.Start("opening", static_cast<int64_t>(all));
        progress.Update(static_cast<int64_t>(done));
      });
  progress.Clear();
  if (stop.stop_requested()) return kExitStopped;
  if (!opened.original_boxes.empty()) inspection.face_px = FaceSizes(opened.original_boxes);
  std::printf("%s", InspectionText(inspection, opened.about, arguments.list_problems).c_str());
  if (!arguments.json.empty()) {
    SaveText(arguments.json, InspectionJson(inspection, opened.about, opened.data));
    std::printf("figures: %s\n", arguments.json.c_str());
  }
  if (!arguments.picture.empty()) DrawSamples(arguments.picture, opened, inspection);
  return 0;
}

}  // namespace

CommandLine AddInspectCommand(CLI::App& app) {
  auto arguments = std::make_shared<InspectArguments>();
  CLI::App* command =
      app.add_subcommand("inspect", "say what a data set holds and what is wrong with it");
  command->add_option("data", arguments->data, "folder, .csv, dlib .xml or pack (.ntp)")
      ->required();
  command->add_flag("--list-problems", arguments->list_problems,
                    "name all problems, not only the first few of each kind");
  command->add_option("--picture", arguments->picture,
                      "PNG to write: samples, and faces that look wrong, with their points");
  command->add_option("--json", arguments->json, "file to write all figures and problems to");
  return {command, [arguments](std::stop_token stop) { return Inspect(*arguments, stop); }};
}

namespace {

struct PackArguments {
  std::string data;
  std::string out;
  std::string view = "face";
  PackOptions options;
};

struct Stopped {};

int Pack(const PackArguments& arguments, const std::stop_token& stop) try {
  CheckFolderOf(arguments.out);
  const DataSet data = ReadGroupedDataSet(arguments.data);
  PackOptions options = arguments.options;
  options.view = CropViewByName(arguments.view);
  Progress::Options on_stderr = Progress::OnStderr();
  on_stderr.unit = "faces";
  Progress progress(on_stderr);
  progress.Start("packed", static_cast<int64_t>(data.faces.size()));
  const BuiltPack built = BuildPack(data, options, [&](size_t done) {
    progress.Update(static_cast<int64_t>(done));
    if (stop.stop_requested()) throw Stopped();
  });
  progress.Clear();
  for (const std::string& remark : RemarksOf(data, built)) {
    std::fprintf(stderr, "%s\n", remark.c_str());
  }
  SavePack(arguments.out, built.pack);
  std::printf("%s: %zu faces of %s, %d px, extent %.2f\n", arguments.out.c_str(),
              built.pack.FaceCount(), built.pack.schema.c_str(), built.pack.size_px,
              static_cast<double>(built.pack.extent));
  return 0;
} catch (const Stopped&) {
  std::printf("stopped; nothing was written\n");
  return kExitStopped;
}

}  // namespace

CommandLine AddPackCommand(CLI::App& app) {
  auto arguments = std::make_shared<PackArguments>();
  CLI::App* command =
      app.add_subcommand("pack", "cut the faces of a data set once, for fast training anywhere");
  command->add_option("--data", arguments->data, "folder, .csv or dlib .xml")->required();
  command->add_option("--out", arguments->out, "pack to write (.ntp)")->required();
  command->add_option("--size-px", arguments->options.size_px, "side of a packed face in pixels")
      ->check(CLI::Range(32, 1024))
      ->capture_default_str();
  command
      ->add_option("--extent", arguments->options.extent,
                   "side of the packed square over the longer side of the box; 0 for 2.2 around "
                   "faces and 1.25 around pictures")
      ->check(CLI::Range(0.0, 4.0))
      ->capture_default_str();
  command
      ->add_option("--view", arguments->view,
                   "what is packed: the surroundings of each face, or whole pictures")
      ->check(CLI::IsMember({"face", "picture"}))
      ->capture_default_str();
  return {command, [arguments](std::stop_token stop) { return Pack(*arguments, stop); }};
}

}  // namespace nosetip
