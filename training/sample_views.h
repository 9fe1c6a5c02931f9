// Training faces as the network sees them, to be looked at. Free of LibTorch.
#pragma once

#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "training/augment_options.h"
#include "training/pack.h"

namespace nosetip {

struct SampleView {
  Image picture;
  std::vector<Point2f> points_px;
};

struct SampleRequest {
  ViewSpec view;
  AugmentOptions augment;
  int seed = 1;
};

// The first `count` faces of a pack (fewer where it has fewer), in order.
std::vector<SampleView> SampleViews(const FacePack& pack, size_t count,
                                    const SampleRequest& request);

}  // namespace nosetip
