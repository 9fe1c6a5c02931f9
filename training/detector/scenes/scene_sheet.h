// Scenes side by side, to look at.
#pragma once

#include <span>

#include "tracker/core/image.h"
#include "training/detector/scenes/scene_composer.h"

namespace nosetip {

// Six a row. Boxes of faces are green and those of ignored ones grey; points are green, those on
// the face's right red. One scene or more, all of one size.
Image DrawScenes(std::span<const Scene> scenes);

}  // namespace nosetip
