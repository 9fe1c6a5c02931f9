#include "training/landmarks/augment_options.h"

#include <array>

namespace nosetip {

std::span<const Field<AugmentOptions>> AugmentOptions::Fields() {
  using O = AugmentOptions;
  static const std::array kFields = std::to_array<Field<O>>({
      {"mirror", &O::mirror, "Mirror half of the faces."},
      {"mirror-offset-px", &O::mirror_offset_px,
       "Offset of the labels to the right of what they name, in picture pixels; mirrored labels "
       "get the same offset.",
       -10, 10},
      {"rotation-deg", &O::rotation_deg, "Rotation: standard deviation in degrees.", 0, 90},
      {"shift", &O::shift, "Shift: standard deviation as a fraction of the box.", 0, 0.5},
      {"zoom", &O::zoom, "Zoom: standard deviation of its logarithm.", 0, 0.5},
      {"stretch", &O::stretch, "Width to height: standard deviation of the ratio's logarithm.", 0,
       0.5},
      {"warp", &O::warp,
       "Smooth bending of the face: standard deviation of each place's shift as a fraction of the "
       "crop.",
       0, 0.03},
      {"occlusion", &O::occlusion, "Chance of a patch over part of the face.", 0, 1},
      {"blur", &O::blur, "Chance of a blur.", 0, 1},
      {"light", &O::light, "Strength of changes of light.", 0, 2},
      {"noise", &O::noise, "Sensor noise: largest standard deviation, full scale 1.", 0, 0.5},
  });
  return kFields;
}

AugmentOptions AugmentOptions::None() {
  return {.mirror = false,
          .mirror_offset_px = 0.0F,
          .rotation_deg = 0.0F,
          .shift = 0.0F,
          .zoom = 0.0F,
          .stretch = 0.0F,
          .warp = 0.0F,
          .occlusion = 0.0F,
          .blur = 0.0F,
          .light = 0.0F,
          .noise = 0.0F};
}

}  // namespace nosetip
