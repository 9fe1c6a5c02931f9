#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "training/evaluation/average_models.h"
#include "training/commands/command_line.h"

namespace nosetip {
namespace {

struct Arguments {
  std::vector<std::string> models;
  std::string out;
};

int Average(const Arguments& arguments) {
  AverageModels(arguments.models, arguments.out);
  std::printf("%s: the mean of %zu models; evaluate says what it is worth\n", arguments.out.c_str(),
              arguments.models.size());
  return 0;
}

}  // namespace

CommandLine AddAverageCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "average", "write the mean of the weights of models that were trained from one start");
  command->add_option("--model", arguments->models, "model files (.ntm)")->required();
  command->add_option("--out", arguments->out, "model to write (.ntm)")->required();
  return {command, [arguments](std::stop_token) { return Average(*arguments); }};
}

}  // namespace nosetip
