// The weights that a training starts from. Includes LibTorch.
#pragma once

#include <string>

#include <torch/torch.h>

#include "tracker/core/landmark_schema.h"
#include "tracker/model/networks.h"
#include "training/landmarks/train_job.h"

namespace nosetip {

// Copies the weights of a model file into a network made from `spec`. Throws Error where the file
// is of another architecture (a resnet18_maps also takes the convolutions of a resnet18), of other
// points, or of an input size that its weights depend on.
void StartFromModel(const std::string& path, const NetworkSpec& spec, const LandmarkSchema& schema,
                    torch::nn::Sequential& network);

// The network that corrects eyes, which stays with a model that learns other faces: that of the run
// to resume, or of --init. Null where there is none, or the model has other points.
torch::nn::Sequential EyesToKeep(const TrainJob& job, const LandmarkSchema& schema);

}  // namespace nosetip
