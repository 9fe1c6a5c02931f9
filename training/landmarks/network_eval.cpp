#include "training/landmarks/network_eval.h"

#include <algorithm>

namespace nosetip {

NetworkAnswers AnswerAll(torch::nn::Sequential& network, std::span<const FaceTensors> faces,
                         const LandmarkSchema& schema, const ViewSpec& view) {
  constexpr int64_t kBatch = 64;
  const torch::NoGradGuard no_grad;
  network->eval();
  std::vector<torch::Tensor> predicted;
  std::vector<torch::Tensor> truth;
  for (const FaceTensors& set : faces) {
    for (int64_t first = 0; first < set.Count(); first += kBatch) {
      const int64_t end = std::min(first + kBatch, set.Count());
      const torch::Tensor indices = torch::arange(
          first, end, torch::TensorOptions(torch::kInt64).device(set.images.device()));
      const Batch batch = MakeBatch(set, indices, schema, view, AugmentOptions::None());
      predicted.push_back(network->forward(batch.images).cpu());
      truth.push_back(batch.targets.cpu());
    }
  }
  const torch::Tensor answers = torch::cat(predicted);
  NetworkAnswers all{answers.narrow(2, 0, 2).contiguous(), torch::cat(truth), {}};
  if (answers.size(2) > 2) all.log_error = answers.select(2, 2).contiguous();
  return all;
}

double ErrorOverExpected(const NetworkAnswers& answers) {
  if (!answers.log_error.defined()) return 1.0;
  const double error = torch::norm(answers.predicted - answers.truth, 2, 2).mean().item<double>();
  const double expected = answers.log_error.exp().mean().item<double>();
  return std::clamp(error / expected, 0.2, 5.0);
}

void CopyWeights(const torch::nn::Module& from, torch::nn::Module& to) {
  const torch::NoGradGuard no_grad;
  const auto parameters = from.named_parameters();
  for (auto& item : to.named_parameters()) item.value().copy_(parameters[item.key()]);
  const auto buffers = from.named_buffers();
  for (auto& item : to.named_buffers()) item.value().copy_(buffers[item.key()]);
}

void PutChannelsLast(torch::nn::Module& network) {
  for (torch::Tensor& parameter : network.parameters()) {
    if (parameter.dim() == 4) {
      parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    }
  }
}

}  // namespace nosetip
