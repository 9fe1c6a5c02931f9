// A learned face shape as text.
#pragma once

#include <string>

#include "tracker/core/face_shape.h"

namespace nosetip {

// The text of tracker/core/face_shape_table.inc, in hundredths of a millimeter.
std::string ShapeTable(const FaceShape& shape);

}  // namespace nosetip
