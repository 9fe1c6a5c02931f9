#include <memory>
#include <string>
#include <vector>

#include "tracker/cli/messages.h"
#include "tracker/output/text_output.h"
#include "training/commands/commands.h"
#include "training/report/run_comparison.h"

namespace nosetip {
namespace {

struct Arguments {
  std::vector<std::string> runs;
  std::string out = "comparison.html";
};

int Compare(const Arguments& arguments) {
  std::vector<RunOnDisk> runs;
  for (const std::string& folder : arguments.runs) runs.push_back(ReadRun(folder));
  SaveText(arguments.out, HtmlText(ComparisonOf(runs)));
  Print("comparison: {}\n", arguments.out);
  return 0;
}

}  // namespace

CommandLine AddCompareCommand(CommandParser& app) {
  auto arguments = std::make_shared<Arguments>();
  CommandParser& command =
      app.AddCommand("compare", "show trainings beside each other: curves, figures, recipes");
  command.AddArguments({.name = "runs",
                        .value = &arguments->runs,
                        .help = "Compare the trainings in these folders (their --out).",
                        .required = true});
  command.AddOption({"out", &arguments->out, "Write this HTML page."});
  return {&command, [arguments](std::stop_token) { return Compare(*arguments); }};
}

}  // namespace nosetip
