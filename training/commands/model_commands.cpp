#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "tracker/model/model_lookup.h"
#include "training/commands/commands.h"
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
  fmt::print("ONNX: {}\n", arguments.onnx);
  return 0;
}

struct AverageArguments {
  std::vector<std::string> models;
  std::string out;
};

int Average(const AverageArguments& arguments) {
  AverageModels(arguments.models, arguments.out);
  fmt::print("{}: mean of {} models; measure it with evaluate\n", arguments.out,
             arguments.models.size());
  return 0;
}

}  // namespace

CommandLine AddExportCommand(CLI::App& app) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command =
      app.add_subcommand("export", "write a model as an ONNX file for other programs");
  command->add_option("--model", arguments->model, kModelHelp)->required();
  command->add_option("--onnx", arguments->onnx, "write this ONNX file (.onnx)")->required();
  command
      ->add_option("--face-score", arguments->face_score,
                   "map this score of a detector to 0.6, the default threshold; evaluate-detector "
                   "prints the false alarms at each score")
      ->check(CLI::Range(0.01, 0.99));
  return {command, [arguments](std::stop_token) { return Export(*arguments); }};
}

CommandLine AddAverageCommand(CLI::App& app) {
  auto arguments = std::make_shared<AverageArguments>();
  CLI::App* command = app.add_subcommand(
      "average", "average the weights of models that were trained from the same start");
  command->add_option("--model", arguments->models, "average these models (.ntm)")->required();
  command->add_option("--out", arguments->out, "write this model (.ntm)")->required();
  return {command, [arguments](std::stop_token) { return Average(*arguments); }};
}

}  // namespace nosetip
