// Pictures of many faces, made of one.
#pragma once

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// A picture of the same size: a grid of `per_side` by `per_side` cells, each of which shows the
// surroundings of the face, large enough for a detector to find it. `face` bounds its landmarks.
// Outside the picture its border pixels go on.
Image CopiesOfFace(const Image& image, const RectF& face, int per_side);

}  // namespace nosetip
