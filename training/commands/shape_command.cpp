#include <memory>
#include <span>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/core/error.h"
#include "tracker/core/metrics.h"
#include "tracker/output/text_output.h"
#include "training/commands/commands.h"
#include "training/data/duplicates.h"
#include "training/data/held_out.h"
#include "training/landmarks/shape_learner.h"
#include "training/landmarks/shape_table.h"
#include "training/run/process_place.h"

namespace nosetip {
namespace {

using Faces = std::vector<std::vector<Point2f>>;

struct Arguments {
  std::string data;
  std::string out;
  int steps = 24;
  int validation_percent = 12;
};

void PrintErrors(const char* faces, const std::vector<double>& errors) {
  if (errors.empty()) return;
  double sum = 0.0;
  for (const double error : errors) sum += error;
  Print("{}: {}, reprojection error {:.2f} % of the eye distance, in 95 % at most {:.2f} %\n",
        faces, errors.size(), sum / static_cast<double>(errors.size()), Percentile(errors, 95.0));
}

int Learn(const Arguments& arguments, const std::stop_token& stop) {
  CheckOneProcess("the face shape");
  CheckFolderOf(arguments.out);
  DataSet data = ReadGroupedDataSet(arguments.data, WorkOnStderr(stop).Watch());
  for (const std::string& problem : data.problems) PrintLeftOut(problem);
  if (data.schema == nullptr || data.schema->name != Ibug68().name) {
    throw Error(fmt::format("{} does not have the 68 points of ibug68; give data that has them",
                            arguments.data));
  }
  Faces train, validation;
  for (AnnotatedFace& face : data.faces) {
    if (face.points_px.empty()) continue;
    const bool held_out = IsHeldOut(face.group, arguments.validation_percent);
    (held_out ? validation : train).push_back(std::move(face.points_px));
  }
  const FaceShape shape = LearnFaceShape(train, arguments.steps, [&](int step, double noise_mm) {
    if (stop.stop_requested()) throw StopRequested();
    Print("step {}/{}: noise {:.3f} mm\n", step, arguments.steps, noise_mm);
  });
  PrintErrors("training faces", ReprojectionErrors(shape, train));
  PrintErrors("held-out faces", ReprojectionErrors(shape, validation));
  SaveText(arguments.out, ShapeTable(shape));
  Print("table: {}\n", arguments.out);
  return 0;
}

}  // namespace

CommandLine AddShapeCommand(CommandParser& app) {
  auto arguments = std::make_shared<Arguments>();
  CommandParser& command =
      app.AddCommand("shape", "learn the face shapes that points in millimeters come from");
  command.AddOption({.name = "data",
                     .value = &arguments->data,
                     .help = "Learn from this data set with 68 points.",
                     .required = true});
  command.AddOption({.name = "out",
                     .value = &arguments->out,
                     .help = "Write this table, which is compiled in "
                             "(tracker/core/face_shape_table.inc).",
                     .required = true});
  command.AddOption({"steps", &arguments->steps, "Improve the shapes this many times.", 1, 1000});
  command.AddOption({"validation-percent", &arguments->validation_percent,
                     "Hold out this share of the groups, and measure on them.", 0, 90});
  return {&command, [arguments](std::stop_token stop) { return Learn(*arguments, stop); }};
}

}  // namespace nosetip
