#include "training/landmarks/run_faces.h"

#include <algorithm>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

void CheckCounts(const TrainJob& job, const RunFaces& faces) {
  if (faces.train_count == 0) {
    throw Error(
        "all faces are held out and none is left to train on; give more data or a lower "
        "--validation-percent");
  }
  if (job.options.steps == 0 && faces.train_count < 2) {
    throw Error("one face is too few for a batch; give more data, or --steps");
  }
  if (faces.validation_count == 0) {
    throw Error(
        "no face is left for validation; give more data, a higher --validation-percent, "
        "or other --validation-groups or --validation-parts");
  }
  if (const int64_t batch = BatchSize(faces, job.options); batch < job.place.size) {
    throw Error(
        fmt::format("a batch of {} faces is less than one for each of {} processes; give a "
                    "larger --batch and more data, or start fewer processes",
                    batch, job.place.size));
  }
}

}  // namespace

PackSplit SplitPack(const FacePack& pack, const HoldOut& hold_out) {
  PackSplit split;
  for (size_t i = 0; i < pack.FaceCount(); ++i) {
    if (!IsHeldOut(pack.groups[i], hold_out)) split.train.push_back(i);
    if (IsMeasured(pack.groups[i], pack.parts[i], hold_out)) split.validation.push_back(i);
  }
  return split;
}

RunFaces FacesOfRun(const TrainJob& job, const torch::Device& device) {
  RunFaces faces;
  for (const FacePack& pack : job.packs) {
    const PackSplit split = SplitPack(pack, job.options.Validation());
    if (!split.train.empty()) faces.train.push_back(TensorsFromPack(pack, split.train, device));
    if (!split.validation.empty()) {
      faces.validation.push_back(TensorsFromPack(pack, split.validation, device));
    }
    faces.train_count += static_cast<int64_t>(split.train.size());
    faces.validation_count += static_cast<int64_t>(split.validation.size());
  }
  for (const FacePack& pack : job.rehearsal) {
    const PackSplit split = SplitPack(pack, {kRehearsalHeldOutPercent, "", ""});
    if (!split.train.empty()) faces.train.push_back(TensorsFromPack(pack, split.train, device));
    faces.rehearsal_count += static_cast<int64_t>(split.train.size());
  }
  CheckCounts(job, faces);
  return faces;
}

torch::Tensor PlainTargetsOf(const std::vector<FaceTensors>& faces, const ViewSpec& view) {
  std::vector<torch::Tensor> targets;
  for (const FaceTensors& some : faces) targets.push_back(PlainTargets(some, view));
  return torch::cat(targets).cpu();
}

int64_t BatchSize(const RunFaces& faces, const TrainOptions& options) {
  if (options.steps > 0) return options.batch;
  return std::min<int64_t>(options.batch, faces.train_count);
}

std::vector<std::string> LinesAbout(const RunFaces& faces, const TrainJob& job) {
  std::vector<std::string> lines;
  std::string held_out = "none held out: errors are measured on the training faces";
  if (job.options.Validation().HoldsOut()) {
    lines.push_back("groups held out: " + NamesText(HeldOutGroups(job)));
    held_out = fmt::format("{} held out for validation", faces.validation_count);
  }
  lines.push_back(fmt::format("faces: {} to train on, {}", faces.train_count, held_out));
  if (const int64_t batch = BatchSize(faces, job.options); batch < job.options.batch) {
    lines.push_back(fmt::format("all faces are in one batch of {}: there are fewer than {}", batch,
                                job.options.batch));
  }
  if (faces.rehearsal_count > 0) {
    lines.push_back(fmt::format("{} others to rehearse", faces.rehearsal_count));
  }
  return lines;
}

Batch BatchOfRun(const RunFaces& faces, const torch::Tensor& chosen, const TrainJob& job,
                 const LandmarkSchema& schema) {
  std::vector<torch::Tensor> images;
  std::vector<torch::Tensor> targets;
  int64_t first = 0;
  for (const FaceTensors& set : faces.train) {
    const int64_t end = first + set.Count();
    const torch::Tensor own = chosen.masked_select((chosen >= first) & (chosen < end)) - first;
    if (own.numel() > 0) {
      const Batch part =
          MakeBatch(set, own.to(set.images.device()), schema, job.options.View(), job.augment);
      images.push_back(part.images);
      targets.push_back(part.targets);
    }
    first = end;
  }
  return {torch::cat(images), torch::cat(targets)};
}

}  // namespace nosetip
