#include "tracker/sources/camera_options.h"

#include <array>

namespace nosetip {

std::span<const Field<CameraOptions>> CameraOptions::Fields() {
  static const std::array<Field<CameraOptions>, 3> kFields = {{
      {"camera-width", &CameraOptions::camera_width,
       "Ask the camera for this width in pixels; 0 for the camera's default.", 0, 16384},
      {"camera-height", &CameraOptions::camera_height,
       "Ask the camera for this height in pixels; 0 for the camera's default.", 0, 16384},
      {"camera-rate", &CameraOptions::camera_rate,
       "Ask the camera for this many frames per second; 0 for the camera's default.", 0, 1000},
  }};
  return kFields;
}

}  // namespace nosetip
