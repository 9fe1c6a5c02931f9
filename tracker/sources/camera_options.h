// What a camera is asked for.
#pragma once

#include <span>

#include "tracker/core/fields.h"

namespace nosetip {

// 0 leaves it to the camera, which sends the nearest that it can.
struct CameraOptions {
  int camera_width = 0;
  int camera_height = 0;
  float camera_rate = 0.0F;

  static std::span<const Field<CameraOptions>> Fields();
  bool operator==(const CameraOptions&) const = default;
};

}  // namespace nosetip
