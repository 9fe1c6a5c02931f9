// Composes the scenes of an epoch ahead of their use. Free of LibTorch.
#pragma once

#include <cstdint>
#include <deque>
#include <future>
#include <vector>

#include "training/detector/scenes/scene_composer.h"

namespace nosetip {

struct SceneOrder {
  uint64_t first_seed = 0;  // scene i of the epoch is Compose(first_seed + i)
  size_t batches = 0;
  size_t batch = 0;  // scenes
  size_t ahead = 2;  // batches made at a time, each in a thread of its own
};

// What it gives does not depend on how fast anything is. One thread at a time.
class SceneLoader {
 public:
  // The composer must outlive it.
  SceneLoader(const SceneComposer& composer, const SceneOrder& order);

  // The next batch. Throws std::logic_error beyond the last.
  std::vector<Scene> Next();

 private:
  void StartOne();

  const SceneComposer& composer_;
  SceneOrder order_;
  size_t started_ = 0;
  std::deque<std::future<std::vector<Scene>>> coming_;  // its destructor waits for each
};

}  // namespace nosetip
