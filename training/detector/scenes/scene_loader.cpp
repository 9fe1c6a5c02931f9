#include "training/detector/scenes/scene_loader.h"

#include "tracker/core/error.h"

namespace nosetip {

SceneLoader::SceneLoader(const SceneComposer& composer, const SceneOrder& order)
    : composer_(composer), order_(order) {
  for (size_t i = 0; i < order_.ahead; ++i) StartOne();
}

void SceneLoader::StartOne() {
  if (started_ == order_.batches) return;
  const uint64_t first = order_.first_seed + started_ * order_.batch;
  ++started_;
  coming_.push_back(std::async(std::launch::async, [this, first] {
    std::vector<Scene> scenes;
    for (size_t i = 0; i < order_.batch; ++i) scenes.push_back(composer_.Compose(first + i));
    return scenes;
  }));
}

std::vector<Scene> SceneLoader::Next() {
  Check(!coming_.empty(), "a batch that is left");
  std::vector<Scene> scenes = coming_.front().get();
  coming_.pop_front();
  StartOne();
  return scenes;
}

}  // namespace nosetip
