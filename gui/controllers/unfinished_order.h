// The order of a training on disk, so that another start of the app can go on with it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "training/background/training_order.h"

namespace nosetip {

// Writes the order as JSON, beside and renamed. Empty, or why it is not kept.
std::string SaveOrder(const std::filesystem::path& file, const TrainingOrder& order);

// Nothing where there is no such file, or none that this version of the program has written.
std::optional<TrainingOrder> LoadOrder(const std::filesystem::path& file);

}  // namespace nosetip
