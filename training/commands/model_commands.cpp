#include <cstdio>
#include <memory>
#include <optional>

#include "tracker/model/model_lookup.h"
#include "training/commands/command_line.h"
#include "training/onnx/export_model_more.h"

namespace nosetip {
namespace {

struct Arguments {
  std::string model;
  std::string onnx;
  std::optional<double> face_score;
};

int Export(const Arguments& arguments) {
  ExportModel(LandmarkFile(arguments.model), arguments.onnx, arguments.face_score);
  std::printf("ONNX: %s\n", arguments.onnx.c_str());
  return 0;
}

}  // namespace

CommandLine AddExportCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("export", "write a model as an ONNX file for other programs");
  command->add_option("--model", arguments->model, kModelHelp)->required();
  command->add_option("--onnx", arguments->onnx, "ONNX file to write (.onnx)")->required();
  command
      ->add_option("--face-score", arguments->face_score,
                   "of a detector: the score that becomes 0.6, which counts as a face by default; "
                   "evaluate-detector says how many false alarms a score gives")
      ->check(CLI::Range(0.01, 0.99));
  return {command, [arguments](std::stop_token) { return Export(*arguments); }};
}

}  // namespace nosetip
