// Still pictures as frame sources.
#pragma once

#include <memory>
#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// One frame, decoded at once.
std::unique_ptr<FrameSource> OpenPicture(const std::string& path);

// The pictures of a pattern such as "img_%04d.png", from the lowest number on, 1/25 s apart. Throws
// Error where none matches, a number is missing, or (from Next) a picture cannot be read or has
// another size than the first.
std::unique_ptr<FrameSource> OpenPictureSequence(const std::string& pattern);

}  // namespace nosetip
