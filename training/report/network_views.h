// What a network is made of, and what its layers have learned. Free of LibTorch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tracker/core/image.h"

namespace nosetip {

// Row-major.
struct FloatPlane {
  int width_px = 0;
  int height_px = 0;
  std::vector<float> values;
};

struct FilterViews {
  std::vector<FloatPlane> filters;    // the weights of each
  std::vector<FloatPlane> responses;  // one per filter, to the whole input
  std::string response_of;            // such as "convolution, batch normalization and ReLU"
  bool after_relu = false;            // no response is negative
};

// The filters of a model file and their responses to `input`, a gray picture of any size:
// after the batch normalization and ReLU that follow the layer, where there are any. Nothing where
// the first layer is not a convolution of one channel. Throws Error as LoadModel does.
std::optional<FilterViews> FirstLayerViews(const std::filesystem::path& model, const Image& input);

struct LayerRow {
  std::string name;        // as in the model file: "conv1", "head.stage16.0"
  std::string kind;        // such as "conv 5×5, stride 2"
  std::string output;      // its shape for one picture: "64×96×96", channels first
  int64_t parameters = 0;  // numbers that are learned
};

// The layers of a network that reads gray pictures, in their order: their parameters add up to all
// of the network's. Throws Error as LoadModel does.
std::vector<LayerRow> LayersOf(const std::filesystem::path& model);

// What a layer behind the first answers to a face.
struct LaterLayer {
  std::string name;   // "conv2", "layer1_1"; "maps" for the score maps
  std::string after;  // what was done since the layer before, such as "convolution and ReLU"
  // [filter][channel that it reads]; empty where they are too many to be looked at.
  std::vector<std::vector<FloatPlane>> filters;
  std::vector<FloatPlane> responses;  // none is negative
  // Of the channel of each response, ascending; of maps, of the landmark.
  std::vector<int> numbers;
  size_t channels = 0;  // of which the responses are all, or those with the largest values
};

// How many channels of a residual network's stages are shown.
inline constexpr size_t kShownChannels = 23;

// Of small networks: the filters of each convolution behind the first, and all responses after its
// ReLU. Of ResNet18: the kShownChannels strongest responses at the end of each stage, and with
// score maps those, after their softmax: where it looks for each landmark. `input` is a gray
// picture of the network's size. Throws Error as LoadModel does.
std::vector<LaterLayer> LaterLayersOf(const std::filesystem::path& model, const Image& input);

}  // namespace nosetip
