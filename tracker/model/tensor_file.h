// LibTorch's tensors in and out of safetensors files. Includes LibTorch.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "tracker/model/safetensors_file.h"

namespace nosetip {

// Tensors in the order in which they were added; names must differ.
using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

// Adds the module's parameters and buffers as prefix + name; with `half` floating-point ones become
// float16.
void AddWeights(NamedTensors& tensors, const torch::nn::Module& module, const std::string& prefix,
                bool half = false);

// As WriteSafetensors. Tensors may be on any device and in any memory format.
void WriteTensors(const std::filesystem::path& path, const Metadata& metadata,
                  const NamedTensors& tensors);

// Whether the file has the tensor.
bool HasTensor(const SafetensorsFile& file, const std::string& name);

// Copies a tensor of the file into `target`, of the same shape. Throws Error that names the file
// where it is missing, has another shape or holds a number that is not finite.
void ReadTensor(const SafetensorsFile& file, const std::string& name, torch::Tensor& target);

// A copy of a tensor of the file, of its own shape and type, on the CPU. Throws Error.
torch::Tensor TensorOf(const SafetensorsFile& file, const std::string& name);

// ReadTensor for all parameters and buffers of the module.
void ReadWeights(const SafetensorsFile& file, torch::nn::Module& module, const std::string& prefix);

}  // namespace nosetip
