// What a build of the trainer alone (NOSETIP_TRAINER_ONLY) has in place of what needs OpenCV: it
// reads packs only, locates faces in their true boxes only, and writes no report page.
#include <fmt/core.h>

#include "tracker/core/error.h"
#include "training/commands/commands.h"
#include "training/commands/evaluate_full_build.h"
#include "training/data/load_packs.h"
#include "training/evaluation/signal_errors.h"
#include "training/report/training_page.h"

namespace nosetip {
namespace {

[[noreturn]] void RefuseDataSet(const std::string& path) {
  throw Error(
      fmt::format("{} is not a pack (.safetensors), the only kind of data that this build reads; "
                  "pack the data set with 'nosetip-train pack' of a full build",
                  path));
}

}  // namespace

FacePack LoadFaces(const std::string& path, const WantedFaces& wanted,
                   const std::function<void(const std::string&)>& /*on_remark*/,
                   const OnWork& /*on_work*/) {
  if (!IsPack(path)) RefuseDataSet(path);
  return WithPointsOf(SchemaByName(wanted.schema), LoadPack(path));
}

std::vector<CommandLine> AddFullBuildCommands(CommandParser& /*app*/) { return {}; }

void AddFullBuildOptions(CommandParser& /*command*/, EvaluateArguments& /*arguments*/) {}

std::vector<FaceToMeasure> FacesOfDataSet(const EvaluateArguments& arguments,
                                          const LandmarkSchema& /*schema*/,
                                          const std::stop_token& /*stop*/) {
  RefuseDataSet(arguments.data);
}

// Head poses need OpenCV.
std::vector<MeasureErrors> SignalErrorsOf(const std::vector<FaceToMeasure>& /*faces*/,
                                          const Evaluation& /*evaluation*/,
                                          const LandmarkSchema& /*schema*/) {
  return {};
}

std::vector<FaceToMeasure> TurnedFaces(std::vector<FaceToMeasure> faces, float /*degrees*/) {
  return faces;
}

MeasuringLocator LocateInBoxesOfFile(std::unique_ptr<Landmarker> /*landmarker*/) {
  throw Error("this build reads no boxes; use --boxes truth, or a full build");
}

MeasuringLocator LocateDetectedFaces(const DetectorOptions& /*options*/,
                                     std::unique_ptr<Landmarker> /*landmarker*/) {
  throw Error("this build has no face detector; use --boxes truth, or a full build");
}

void WriteEvaluationPicture(const EvaluateArguments& /*arguments*/,
                            const Evaluation& /*evaluation*/,
                            const std::vector<FaceToMeasure>& /*faces*/) {}

std::vector<std::filesystem::path> WriteTrainingPage(const FinishedTraining& /*training*/,
                                                     const MeasuredTraining& /*measured*/) {
  return {};
}

}  // namespace nosetip
