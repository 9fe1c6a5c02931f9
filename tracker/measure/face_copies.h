// Pictures of many faces, made of one.
#pragma once

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// A picture of the same size: a grid of `per_side` by `per_side` cells, each of which shows the
// surroundings of the face, large enough for a detector to find it. `face` bounds its landmarks.
// Outside the picture its border pixels go on.
Image CopiesOfFace(const Image& image, const RectF& face, int per_side);

struct FaceGrid {
  int columns = 1;
  int rows = 1;
  SizePx frame_px;  // of the picture that is made
};

// The same with as many cells and in as large a picture as asked for.
Image CopiesOfFace(const Image& image, const RectF& face, const FaceGrid& grid);

// The picture scaled so that it fills a frame of another size and shape; what does not fit is cut
// off, as far from `middle` as can be.
Image FilledWith(const Image& image, SizePx frame_px, Point2f middle);

}  // namespace nosetip
