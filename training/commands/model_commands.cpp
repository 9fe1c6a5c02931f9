#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tracker/model/model_lookup.h"
#include "training/commands/command_line.h"
#include "training/evaluation/average_models.h"
#include "training/onnx/export_model.h"

namespace nosetip {
namespace {

struct ExportArguments {
  std::string model;
  std::string onnx;
  std::optional<double> face_score;
};

int Export(const ExportArguments& arguments) {
  ExportModel(LandmarkFile(arguments.model), arguments.onnx, arguments.face_score);
  std::printf("ONNX: %s\n", arguments.onnx.c_str());
  return 0;
}

}  // namespace

CommandLine AddExportCommand(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
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

namespace {

struct AverageArguments {
  std::vector<std::string> models;
  std::string out;
};

int Average(const AverageArguments& arguments) {
  AverageModels(arguments.models, arguments.out);
  std::printf("%s: the mean of %zu models; evaluate says what it is worth\n", arguments.out.c_str(),
              arguments.models.size());
  return 0;
}

}  // namespace

CommandLine AddAverageCommand(CLI::App& app) {
  auto arguments = std::make_shared<AverageArguments>();
  CLI::App* command = app.add_subcommand(
      "average", "write the mean of the weights of models that were trained from one start");
  command->add_option("--model", arguments->models, "model files (.ntm)")->required();
  command->add_option("--out", arguments->out, "model to write (.ntm)")->required();
  return {command, [arguments](std::stop_token) { return Average(*arguments); }};
}

}  // namespace nosetip
