// Convolutions of networks that are built for a model file. Includes LibTorch.
#pragma once

#include <torch/torch.h>

namespace nosetip {

// What the weights of a network are when it was built: random, from the default generator, or still
// of any value, since a file's will take their place. To draw those of face68 takes 0.1 s.
enum class Weights { kDrawn, kToBeRead };

// No padding by name, and no other mode of it than zeros.
torch::nn::Conv2d Convolution(const torch::nn::Conv2dOptions& options, Weights weights);

}  // namespace nosetip
