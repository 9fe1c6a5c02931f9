#include <cstdio>
#include <memory>

#include "training/command_line.h"
#include "training/datasets/duplicates.h"
#include "training/datasets/pack_builder.h"
#include "training/save_text.h"

namespace nosetip {
namespace {

struct Arguments {
  std::string data;
  std::string out;
  std::string view = "face";
  PackOptions options;
};

int Pack(const Arguments& arguments) {
  CheckFolderOf(arguments.out);
  const DataSet data = ReadGroupedDataSet(arguments.data);
  const size_t total = data.faces.size();
  PackOptions options = arguments.options;
  options.view = CropViewByName(arguments.view);
  const BuiltPack built = BuildPack(data, options, [&](size_t done) {
    if (done % 500 == 0) std::printf("%zu of %zu faces\n", done, total);
  });
  for (const std::string& remark : RemarksOf(data, built)) {
    std::fprintf(stderr, "%s\n", remark.c_str());
  }
  SavePack(arguments.out, built.pack);
  std::printf("%s: %zu faces of %s, %d px, extent %.2f\n", arguments.out.c_str(),
              built.pack.FaceCount(), built.pack.schema.c_str(), built.pack.size_px,
              static_cast<double>(built.pack.extent));
  return 0;
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
  return {command, [arguments](std::stop_token) { return Pack(*arguments); }};
}

}  // namespace nosetip
