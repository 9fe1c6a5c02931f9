// Trains the network that corrects the points of eyes (tracker/model/eye_refiner.h). Free of
// LibTorch.
#pragma once

#include <stop_token>

#include "training/eyes/eye_job.h"
#include "training/run/progress.h"

namespace nosetip {

using EyeProgress = TrainingProgress<EyeEpoch>;

// Throws Error for a model that has no eyes to correct, and for one to start from that has no eye
// network: before the data is read, which takes a minute.
void CheckEyeModels(const EyeJob& job);

// Trains and writes what run_folder.h lists into the run's folder; model.safetensors is the job's
// model with the eye network in it, in place of one that it may have. Epochs are compared by
// their error of openness. Stops and resumes as RunTraining does, and throws Error as it does.
EyeReport RunEyeTraining(const EyeJob& job, const EyeProgress& progress, std::stop_token stop);

}  // namespace nosetip
