// Trains a landmark network. Free of LibTorch, so that the app may include it.
#pragma once

#include <stop_token>

#include "training/landmarks/train_job.h"
#include "training/run/progress.h"

namespace nosetip {

using TrainProgress = TrainingProgress<EpochStats>;

// Trains and writes what run_folder.h lists into the run's folder. A stop takes effect within a
// step or the measurement after an epoch, and keeps what was done of the epoch; a kill loses at
// most that epoch. The same seed on the same machine gives the same history, also across a resume.
// Processes of one training (TrainJob::place) all call it, and a stop of one stops all; the report
// of any but the first has no figures of validation.
// Throws Error for bad options, data that does not fit, a folder that holds another run, and a file
// that cannot be written; what was written before stays.
TrainReport RunTraining(const TrainJob& job, const TrainProgress& progress, std::stop_token stop);

}  // namespace nosetip
