// What hides a part of a face. Only for .cpp files of this room.
#pragma once

#include <span>

#include "training/detector/scenes/photograph.h"
#include "training/detector/scenes/scene_canvas.h"
#include "training/detector/scenes/scene_random.h"

namespace nosetip {

// Hides up to about a half of the face: a hand or an object at one side, a mask, dark glasses, a
// fringe or hat, a pole in front. Of plain colour, made up, or a face-free part of a photograph.
void HidePartOfFace(SceneCanvas& canvas, const FaceLabel& face,
                    std::span<const Photograph> photographs, SceneRandom& random);

}  // namespace nosetip
