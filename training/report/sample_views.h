// Training faces as the network sees them, to be looked at. Free of LibTorch.
#pragma once

#include <span>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "training/landmarks/augment_options.h"
#include "training/data/pack.h"

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

// The faces of a pack whose numbers are given, one or more, in that order.
std::vector<SampleView> SampleViews(const FacePack& pack, std::span<const size_t> chosen,
                                    const SampleRequest& request);

}  // namespace nosetip
