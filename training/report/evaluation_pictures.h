// What an evaluation and a training look like.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/evaluate.h"
#include "training/trainer.h"

namespace nosetip {

// The cumulative error curve above the best and worst faces, truth green and prediction red.
Image DrawEvaluation(const Evaluation& evaluation, const std::vector<FaceToMeasure>& faces,
                     const std::string& title);

// Loss and validation error over the epochs.
Image DrawTraining(std::span<const EpochStats> history);

}  // namespace nosetip
