#include "training/report/training_report.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "tracker/core/environment.h"
#include "tracker/core/json_text.h"
#include "tracker/output/text_output.h"
#include "training/evaluation/evaluation_text.h"
#include "training/report/training_page.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

std::vector<FaceToMeasure> HeldOutFaces(const TrainJob& job) {
  std::vector<FaceToMeasure> faces;
  for (const FacePack& pack : job.packs) {
    // The job outlives the faces.
    const std::shared_ptr<const FacePack> view(&pack, [](const FacePack*) {});
    for (FaceToMeasure& face : FacesOfPack(view, job.options.Validation())) {
      faces.push_back(std::move(face));
    }
  }
  return faces;
}

nlohmann::ordered_json TimingJson(const TrainReport& report) {
  double seconds = 0.0;
  double faces = 0.0;
  for (const EpochStats& epoch : report.history) {
    seconds += epoch.seconds;
    faces += epoch.faces_per_s * epoch.seconds;
  }
  return {{"training_seconds", seconds},
          {"seconds_per_epoch", seconds / static_cast<double>(report.history.size())},
          {"faces_per_s", faces / seconds}};
}

std::string RunMetricsJson(const FinishedTraining& training, const Evaluation& evaluation,
                           const DeviceChoice& device) {
  const TrainReport& report = training.report;
  const Environment environment = ThisEnvironment();
  auto json = MetricsJson(evaluation, report.model.string(),
                          training.job.options.Validation().HoldsOut()
                              ? "held-out faces of the training data"
                              : "all faces of the training data",
                          "truth");
  json["trainer"] = training.trainer;
  json["epochs"] = report.history.size();
  json["raised_epochs"] = JsonFromRaised(report.raised);
  json["best_epoch"] = report.best.epoch;
  json["train_faces"] = report.train_faces;
  json["validation_faces"] = report.validation_faces;
  json["mean_face_mse_of_input"] = report.mean_face.mse;
  json["mean_face_nme"] = report.mean_face.nme;
  json["held_out_groups"] = HeldOutGroups(training.job);
  json["timing"] = TimingJson(report);
  json["versions"] = {{"nosetip", environment.nosetip_version},
                      {"libtorch", environment.libtorch_version},
                      {"opencv", environment.opencv_version},
                      {"compiler", environment.compiler},
                      {"build_type", environment.build_type}};
  json["machine"] = {
      {"processor", environment.processor}, {"cores", environment.cores}, {"device", device.name}};
  json["command"] = training.command;
  return JsonText(json, 2) + "\n";
}

}  // namespace

std::vector<std::string> WriteTrainingReport(const FinishedTraining& training) {
  const TrainJob& job = training.job;
  const DeviceChoice device = ChooseDevice(job.options.device);
  const auto landmarker =
      LoadLandmarker(training.report.model.string(), device, job.options.threads);
  const std::vector<FaceToMeasure> faces = HeldOutFaces(job);
  const Evaluation evaluation =
      Evaluate(faces, landmarker->schema(), LocateInTruthBoxes(*landmarker));
  std::vector<std::string> written = {(job.out / kRunMetrics).string()};
  SaveText(written.back(), RunMetricsJson(training, evaluation, device));
  for (const std::filesystem::path& path :
       WriteTrainingPage(training, {evaluation, faces, device.name})) {
    written.push_back(path.string());
  }
  return written;
}

}  // namespace nosetip
