// Faces from whatever a user names.
#pragma once

#include <string>

#include "training/pack.h"

namespace nosetip {

// A pack (.ntp) or, in a build with OpenCV, any data set that ReadDataSet knows, packed in memory.
// Throws Error where the path is neither.
FacePack LoadFaces(const std::string& path);

}  // namespace nosetip
