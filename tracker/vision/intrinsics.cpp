#include "tracker/vision/intrinsics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "tracker/core/error.h"

namespace nosetip {

std::span<const Field<IntrinsicsOptions>> IntrinsicsOptions::Fields() {
  using Options = IntrinsicsOptions;
  static const std::array<Field<Options>, 5> kFields = {{
      {"fx", &Options::fx_px,
       "Horizontal focal length of the camera in pixels; 0 uses the frame's longer side.", 0, 1e6},
      {"fy", &Options::fy_px, "Vertical focal length in pixels; 0 uses the horizontal one.", 0,
       1e6},
      {"cx", &Options::cx_px, "Column of the optical axis in pixels; 0 uses the frame's center.",
       -1e6, 1e6},
      {"cy", &Options::cy_px, "Row of the optical axis in pixels; 0 uses the frame's center.", -1e6,
       1e6},
      {"fov-deg", &Options::fov_deg,
       "Horizontal field of view in degrees, in place of the focal lengths; 0 if not known.", 0,
       175},
  }};
  return kFields;
}

void CheckIntrinsics(const IntrinsicsOptions& options) {
  Validate(options);
  if (options.fov_deg > 0.0F && (options.fx_px > 0.0F || options.fy_px > 0.0F)) {
    throw Error(
        "the field of view (--fov-deg) and a focal length (--fx, --fy) say the same; leave one "
        "out");
  }
  if (options.fy_px > 0.0F && options.fx_px == 0.0F) {
    throw Error(
        "a vertical focal length (--fy) needs the horizontal one (--fx); add it, or leave it out");
  }
}

PinholeCamera CameraForFrame(SizePx frame_px, const IntrinsicsOptions& options) {
  const double half_width = 0.5 * frame_px.width;
  PinholeCamera camera;
  camera.fx_px = std::max(frame_px.width, frame_px.height);
  if (options.fx_px > 0.0F) camera.fx_px = static_cast<double>(options.fx_px);
  if (options.fov_deg > 0.0F) {
    const double half_angle = static_cast<double>(options.fov_deg) * std::numbers::pi / 360.0;
    camera.fx_px = half_width / std::tan(half_angle);
  }
  camera.fy_px = options.fy_px > 0.0F ? static_cast<double>(options.fy_px) : camera.fx_px;
  const auto center = [](float known, int side) {
    return known != 0.0F ? static_cast<double>(known) : 0.5 * (side - 1);
  };
  camera.cx_px = center(options.cx_px, frame_px.width);
  camera.cy_px = center(options.cy_px, frame_px.height);
  return camera;
}

}  // namespace nosetip
