#include "training/training_report.h"

#include <memory>

#include "training/evaluate_command.h"
#include "training/sample_views.h"
#include "training/save_text.h"

#ifndef NOSETIP_TRAINER_ONLY
#include "tracker/vision/picture_file.h"
#include "training/report/evaluation_pictures.h"
#include "training/report/face_sheet.h"
#endif

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

#ifndef NOSETIP_TRAINER_ONLY
Image DrawSamples(const TrainJob& job) {
  constexpr size_t kSamples = 12;
  std::vector<FaceTile> tiles;
  for (const AugmentOptions& augment : {AugmentOptions::None(), job.augment}) {
    const SampleRequest request{job.options.View(), augment, job.options.seed};
    for (SampleView& view : SampleViews(job.packs.front(), kSamples, request)) {
      const bool changed = tiles.size() >= kSamples;
      tiles.push_back({std::move(view.picture),
                       std::move(view.points_px),
                       {},
                       changed ? "augmented" : "plain"});
    }
  }
  return DrawFaceSheet(tiles, 6, 200, "training faces as fed to the network");
}
#endif

}  // namespace

std::vector<std::string> WriteTrainingReport(const TrainJob& job, const TrainReport& report) {
  const auto landmarker =
      LoadLandmarker(report.model.string(), ChooseDevice(job.options.device), job.options.threads);
  const std::vector<FaceToMeasure> faces = HeldOutFaces(job);
  const Evaluation evaluation =
      Evaluate(faces, landmarker->schema(), LocateInTruthBoxes(*landmarker));
  std::vector<std::string> written;
  const auto path = [&](const char* name) {
    written.push_back((job.out / name).string());
    return written.back();
  };
  SaveText(path("metrics.json"), MetricsJson(evaluation, report.model.string(),
                                             "held-out faces of the training data", "truth"));
#ifndef NOSETIP_TRAINER_ONLY
  WritePicture(path("loss.png"), DrawTraining(report.history));
  WritePicture(path("validation.png"),
               DrawEvaluation(evaluation, faces, "Errors on held-out faces, true boxes"));
  WritePicture(path("samples.png"), DrawSamples(job));
#endif
  return written;
}

}  // namespace nosetip
