// The landmark step on an NVIDIA GPU. Includes LibTorch.
#pragma once

#include <memory>
#include <string>

#include "tracker/model/batch_runner.h"
#include "tracker/model/inference_network.h"

namespace nosetip {

// Moves the network to the device and prepares it in that form.
InferenceNetwork PreparedFor(const torch::Device& device, torch::nn::Sequential network,
                             TensorForm form, const std::vector<ActivationRange>& ranges = {});

// For a network on the GPU, prepared as above, that outlives the runner. With CUDA graphs where
// this build and the GPU can. Throws what LibTorch throws where the GPU cannot run the network.
std::unique_ptr<BatchRunner> MakeGpuRunner(const torch::Device& device, SizePx input_px,
                                           const InferenceNetwork& network);

// For the user: "LibTorch on the GPU, half precision, CUDA graphs", or why without these.
std::string HowItRuns(const BatchRunner& runner, torch::ScalarType type);

}  // namespace nosetip
