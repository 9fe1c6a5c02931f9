// Frames that hold two moments, one in every other line.
#pragma once

#include "tracker/core/image.h"

namespace nosetip {

// Makes `image` a picture of the moment of its even lines (of the odd ones where `odd_first`):
// where a line of the other moment stands out from both lines beside it, as it does where something
// moves, it becomes their mean. Things at rest keep all of their lines; so do the picture's first
// and last line.
void Deinterlace(Image& image, bool odd_first);

}  // namespace nosetip
