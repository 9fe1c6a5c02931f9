#include <cstdio>
#include <memory>

#include "tracker/cli/progress.h"
#include "tracker/cli/stop_on_signal.h"
#include "training/commands/command_line.h"
#include "training/data/duplicates.h"
#include "training/data/pack_builder.h"
#include "tracker/output/save_text.h"

namespace nosetip {
namespace {

struct Arguments {
  std::string data;
  std::string out;
  std::string view = "face";
  PackOptions options;
};

struct Stopped {};

int Pack(const Arguments& arguments, const std::stop_token& stop) try {
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
  auto arguments = std::make_shared<Arguments>();
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
