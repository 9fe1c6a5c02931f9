// Trains the face detector. Free of LibTorch.
#pragma once

#include <stop_token>

#include "training/detector/detector_job.h"
#include "training/run/progress.h"

namespace nosetip {

using DetectorProgress = TrainingProgress<DetectorEpoch>;

// Trains and writes what run_folder.h lists into the run's folder; the best epoch is the one with
// the lowest loss on the validation scenes. Stops, resumes and reports errors as RunTraining does.
DetectorReport RunDetectorTraining(const DetectorJob& job, const DetectorProgress& progress,
                                   std::stop_token stop);

}  // namespace nosetip
