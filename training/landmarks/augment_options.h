// How much a training face is changed each time that it is shown. Free of LibTorch.
#pragma once

#include <span>

#include "tracker/core/fields.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// What a network sees of a packed face: CropFromFrame(box, margin, input_px), unchanged.
struct ViewSpec {
  float margin = 1.3F;
  SizePx input_px = SizePx::Square(224);
};

struct AugmentOptions {
  bool mirror = true;
  // How far the labels lie to the right of what they name, in pixels of the pictures. Mirroring
  // moves such an offset to the left, so that a network would learn none; with this option mirrored
  // labels have it to the right as well, and the network learns it.
  float mirror_offset_px = 0.0F;
  float rotation_deg = 15.0F;  // standard deviation
  float shift = 0.06F;         // standard deviation, fraction of the box
  float zoom = 0.08F;          // standard deviation of the logarithm
  float stretch = 0.04F;       // standard deviation of the logarithm of width to height
  float warp = 0.0F;           // standard deviation of a smooth shift, fraction of the crop
  float occlusion = 0.4F;      // chance of a patch over part of the face
  float blur = 0.3F;           // chance of a blur
  float light = 1.0F;          // strength of changes in gain, offset and gamma; 0 for none
  float noise = 0.02F;         // largest standard deviation of sensor noise, full scale 1

  static std::span<const Field<AugmentOptions>> Fields();
  // No change at all, as for validation.
  static AugmentOptions None();
  bool operator==(const AugmentOptions&) const = default;
};

}  // namespace nosetip
