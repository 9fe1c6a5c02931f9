// A data set made ready for training, with a report of its problems. Free of LibTorch and OpenCV.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "training/background/training_messages.h"
#include "training/data/load_packs.h"
#include "training/data/pack.h"
#include "training/data/watched_work.h"

namespace nosetip {

// A packed face to show.
struct SampleFace {
  size_t face = 0;
  std::string reason;  // what looks wrong; empty for a typical face
};

struct TrainingData {
  FacePack pack;
  DataReport report;  // without the counts of training and validation faces
  std::vector<SampleFace> samples;
};

// Reads, inspects and packs any data set, as LoadFaces and `nosetip-train inspect` do. Throws Error
// where it cannot be trained on, and StopRequested once `stop` is requested.
TrainingData ReadTrainingData(const std::string& path, const WantedFaces& wanted,
                              const std::function<void(const WorkProgress&)>& on_progress,
                              const std::stop_token& stop);

}  // namespace nosetip
