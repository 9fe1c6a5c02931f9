// A data set made ready for training, and what is to be said of it before. Free of LibTorch and
// OpenCV.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "training/background/training_messages.h"
#include "training/data/load_packs.h"
#include "training/data/pack.h"

namespace nosetip {

// Leaves what is under way, because a stop was requested.
struct StopRequested {};

// A packed face that is worth looking at.
struct SampleFace {
  size_t face = 0;
  std::string reason;  // what looks wrong; empty for one that only shows what the data is like
};

struct TrainingData {
  FacePack pack;
  DataReport report;  // without counts of a split
  std::vector<SampleFace> samples;
};

// Reads, inspects and packs any data set, as LoadFaces and `nosetip-train inspect` do. Throws Error
// where it cannot be trained on, and StopRequested.
TrainingData ReadTrainingData(const std::string& path, const WantedFaces& wanted,
                              const std::function<void(const WorkProgress&)>& on_progress,
                              const std::stop_token& stop);

}  // namespace nosetip
