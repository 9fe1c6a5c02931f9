// What a camera, a codec and the room's light do to a whole picture. Only for .cpp files of this
// room.
#pragma once

#include "tracker/core/image.h"
#include "training/detector/scenes/scene_random.h"

namespace nosetip {

// Light, blur, low resolution, noise and compression, each with some probability; nothing moves.
// Blur stays within what a face of `smallest_face_px` can take. `strength` is 0 to 1.
void Degrade(Image& image, float strength, float smallest_face_px, SceneRandom& random);

}  // namespace nosetip
