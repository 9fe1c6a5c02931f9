// The faces of a training on its device. Includes LibTorch.
#pragma once

#include <string>
#include <vector>

#include "training/data/held_out.h"
#include "training/landmarks/augment.h"
#include "training/landmarks/train_job.h"

namespace nosetip {

// Which faces of a pack are trained on and which are measured in validation: the same ones where
// none is held out.
struct PackSplit {
  std::vector<size_t> train;
  std::vector<size_t> validation;
};
PackSplit SplitPack(const FacePack& pack, const HoldOut& hold_out);

// One entry per pack. A face's number counts through all of `train`: first the faces to learn, then
// those to rehearse.
struct RunFaces {
  std::vector<FaceTensors> train;
  std::vector<FaceTensors> validation;
  int64_t train_count = 0;
  int64_t rehearsal_count = 0;
  int64_t validation_count = 0;
};

// Throws Error where there are too few to train or to validate on.
RunFaces FacesOfRun(const TrainJob& job, const torch::Device& device);

// PlainTargets of all, one after the other: [N, K, 2] on the CPU.
torch::Tensor PlainTargetsOf(const std::vector<FaceTensors>& faces, const ViewSpec& view);

// Faces per step: `batch`, or all faces where there are fewer and an epoch shows each once.
int64_t BatchSize(const RunFaces& faces, const TrainOptions& options);

// What the user should know of them, a line each.
std::vector<std::string> LinesAbout(const RunFaces& faces, const TrainJob& job);

// The faces with the numbers `chosen`, [B] int64 on the CPU, with the job's augmentation.
Batch BatchOfRun(const RunFaces& faces, const torch::Tensor& chosen, const TrainJob& job,
                 const LandmarkSchema& schema);

}  // namespace nosetip
