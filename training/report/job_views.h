// The faces of a training as its network sees them. Free of LibTorch.
#pragma once

#include <cstddef>
#include <vector>

#include "training/landmarks/train_job.h"
#include "training/report/training_views.h"

namespace nosetip {

struct PackedFace {
  size_t pack = 0;
  size_t face = 0;
};

enum class Side { kTraining, kValidation };

// In the order of the packs, as FacesOfPack gives them.
std::vector<PackedFace> FacesOf(const TrainJob& job, Side side);

// `count` of them, or all, evenly spaced, so that all data sets and parts are shown.
std::vector<PackedFace> Spaced(const std::vector<PackedFace>& faces, size_t count);

std::vector<SampleView> ViewsOf(const TrainJob& job, const std::vector<PackedFace>& faces,
                                const SampleRequest& request);

// What the job's network gets, with this augmentation.
SampleRequest RequestOf(const TrainJob& job, const AugmentOptions& augment);

}  // namespace nosetip
