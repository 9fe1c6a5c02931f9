#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/model/model_lookup.h"
#include "training/commands/commands.h"
#include "training/evaluation/average_models.h"
#include "training/onnx/export_model.h"

namespace nosetip {
namespace {

struct ExportArguments {
  std::string model;
  std::string onnx;
  double face_score = 0.0;  // 0: as the model has it
};

int Export(const ExportArguments& arguments) {
  std::optional<double> face_score;
  if (arguments.face_score > 0.0) face_score = arguments.face_score;
  ExportModel(LandmarkFile(arguments.model), arguments.onnx, face_score);
  Print("ONNX: {}\n", arguments.onnx);
  return 0;
}

struct AverageArguments {
  std::vector<std::string> models;
  std::string out;
};

int Average(const AverageArguments& arguments) {
  AverageModels(arguments.models, arguments.out);
  Print("{}: mean of {} models; measure it with evaluate\n", arguments.out,
        arguments.models.size());
  return 0;
}

}  // namespace

CommandLine AddExportCommand(CommandParser& app) {
  auto arguments = std::make_shared<ExportArguments>();
  CommandParser& command =
      app.AddCommand("export", "write a model as an ONNX file for other programs");
  command.AddOption(
      {.name = "model", .value = &arguments->model, .help = kModelHelp, .required = true});
  command.AddOption({.name = "onnx",
                     .value = &arguments->onnx,
                     .help = "Write this ONNX file (.onnx).",
                     .required = true});
  command.AddOption(
      {"face-score", &arguments->face_score,
       "Map this score of a detector to 0.6, the default threshold; 0 keeps the scores. "
       "evaluate-detector prints the false alarms at each score.",
       0, 0.99});
  return {&command, [arguments](std::stop_token) { return Export(*arguments); }};
}

CommandLine AddAverageCommand(CommandParser& app) {
  auto arguments = std::make_shared<AverageArguments>();
  CommandParser& command = app.AddCommand(
      "average", "average the weights of models that were trained from the same start");
  command.AddOption({.name = "model",
                     .value = &arguments->models,
                     .help = "Average these models.",
                     .required = true});
  command.AddOption({.name = "out",
                     .value = &arguments->out,
                     .help = "Write this model (.safetensors).",
                     .required = true});
  return {&command, [arguments](std::stop_token) { return Average(*arguments); }};
}

}  // namespace nosetip
