// What a training of landmarks needs before it starts. Free of LibTorch.
#pragma once

#include <nlohmann/json.hpp>

#include "training/landmarks/trainer.h"

namespace nosetip {

// Everything that must be the same for a run to go on, in sections of named values.
nlohmann::json RunIdentity(const TrainJob& job);

// Throws Error for bad options, data that does not fit them, or a folder that does not fit
// `resume`.
void CheckJob(const TrainJob& job);

// Throws Error where `out` holds a training that is not to be resumed, or none that could be.
void CheckRunFolder(const std::filesystem::path& out, bool resume);

}  // namespace nosetip
