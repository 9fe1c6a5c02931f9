// Networks with weights and statistics as a training might leave them. Includes LibTorch, OpenCV.
#pragma once

#include <string>

#include <opencv2/dnn.hpp>
#include <torch/torch.h>

#include "tracker/model/checkpoint.h"
#include "training/onnx/onnx_graph.h"

namespace nosetip {

// Batch norms that change what they are given; the seed is fixed.
inline void RandomizeStatistics(torch::nn::Sequential& network) {
  const torch::NoGradGuard no_grad;
  for (const auto& module : network->modules(/*include_self=*/false)) {
    auto* norm = module->as<torch::nn::BatchNorm2d>();
    if (norm == nullptr) continue;
    norm->running_mean.normal_(0.0, 0.2);
    norm->running_var.uniform_(0.5, 2.0);
    norm->weight.uniform_(0.5, 1.2);
    norm->bias.normal_(0.0, 0.2);
  }
  network->eval();
}

inline Model RandomModel(const NetworkSpec& spec) {
  torch::manual_seed(11);
  Model model;
  model.meta.network = spec;
  model.network = BuildNetwork(spec);
  RandomizeStatistics(model.network);
  return model;
}

inline cv::dnn::Net ReadInOpenCv(const OnnxGraph& graph) {
  const std::string bytes = graph.Bytes();
  return cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
}

// The same numbers; the tensor must outlive the result.
inline cv::Mat MatOf(const torch::Tensor& tensor) {
  std::vector<int> sizes(tensor.sizes().begin(), tensor.sizes().end());
  return {sizes, CV_32F, tensor.data_ptr<float>()};
}

inline torch::Tensor TensorOf(const cv::Mat& mat) {
  const std::vector<int64_t> sizes(mat.size.p, mat.size.p + mat.dims);
  return torch::from_blob(mat.data, sizes).clone();
}

}  // namespace nosetip
