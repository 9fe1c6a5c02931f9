// What another detector says of a scene, cell by cell, as labels for a network that learns from it
// (knowledge distillation: Hinton, Vinyals, Dean 2015). Free of LibTorch.
#pragma once

#include <memory>
#include <string>

#include "training/detector/scenes/scene_composer.h"

namespace nosetip {

class DetectorTeacher {
 public:
  // `file` has YuNet's layout of 2023. Throws Error for any other.
  explicit DetectorTeacher(const std::string& file);
  ~DetectorTeacher();

  // Sets `scene.taught`. The sides of the scene are multiples of 32. May be called by several
  // threads at once.
  void Teach(Scene& scene) const;

 private:
  class Networks;
  std::unique_ptr<Networks> networks_;
};

}  // namespace nosetip
