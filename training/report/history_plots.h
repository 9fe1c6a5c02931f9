// A training's course, epoch by epoch.
#pragma once

#include <span>
#include <string>

#include "tracker/core/image.h"
#include "training/landmarks/trainer.h"

namespace nosetip {

// Loss on training and validation faces; `best_epoch` is marked. One epoch or more.
Image DrawLosses(std::span<const EpochStats> history, int best_epoch);

// The error on the validation faces: their normalised error, in `error_unit`, or the mean squared
// error of the points where the history knows only that.
Image DrawValidationErrors(std::span<const EpochStats> history, int best_epoch,
                           const std::string& error_unit);

}  // namespace nosetip
