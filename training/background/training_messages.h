// Requests and events as messages. Free of LibTorch and OpenCV.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "training/background/training_events.h"
#include "training/background/training_order.h"

namespace nosetip {

nlohmann::json MessageFrom(const TrainingRequest& request);
nlohmann::json MessageFrom(const TrainingEvent& event);

// Throws Error for a message of another kind or program version.
TrainingRequest RequestFrom(const nlohmann::json& message);
TrainingEvent EventFrom(const nlohmann::json& message);

}  // namespace nosetip
