// What a network's first layer has learned, to be looked at. Free of LibTorch.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "training/data/pack.h"
#include "training/landmarks/augment_options.h"

namespace nosetip {

// Row-major numbers.
struct FloatPlane {
  int width_px = 0;
  int height_px = 0;
  std::vector<float> values;
};

struct FilterViews {
  std::vector<FloatPlane> filters;    // the weights of each
  std::vector<FloatPlane> responses;  // one a filter, to the whole input
  std::string response_of;            // what gave them: "convolution, batch normalization and ReLU"
  bool after_relu = false;            // no response is negative
};

// The filters of a model file (.ntm) and their responses to `input`, a gray picture such as the
// network is fed with, of any size: after the layer, and after its ReLU where one follows, with a
// batch normalization between them or without. Nothing where the first layer is no convolution of
// one channel. Throws Error as LoadModel does.
std::optional<FilterViews> FirstLayerViews(const std::filesystem::path& model, const Image& input);

// Training faces as the network sees them, to be looked at.

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
