#include "training/landmarks/losses.h"

#include <cmath>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// In percent of the crop, so that the loss is of order one.
torch::Tensor WingLoss(const torch::Tensor& difference) {
  constexpr double kWidth = 4.0;
  constexpr double kEpsilon = 0.4;
  const double offset = kWidth - kWidth * std::log(1.0 + kWidth / kEpsilon);
  const torch::Tensor d = 100.0 * torch::abs(difference);
  return torch::where(d < kWidth, kWidth * torch::log1p(d / kEpsilon), d - offset).mean();
}

}  // namespace

torch::Tensor LandmarkLoss(const std::string& name, const torch::Tensor& predicted,
                           const torch::Tensor& truth) {
  if (name == "mse") return torch::mse_loss(predicted, truth);
  if (name == "l1") return torch::l1_loss(predicted, truth);
  if (name == "smooth_l1") {
    return torch::smooth_l1_loss(predicted, truth, at::Reduction::Mean, /*beta=*/0.01);
  }
  if (name == "wing") return WingLoss(predicted - truth);
  // In percent, linear from 5 on: what is far off counts most.
  if (name == "huber") {
    return torch::huber_loss(100.0 * predicted, 100.0 * truth, at::Reduction::Mean, 5.0);
  }
  throw Error("unknown loss '" + name + "'; known are mse, l1, smooth_l1, wing and huber");
}

torch::Tensor AnswerLoss(const std::string& name, const torch::Tensor& answer,
                         const torch::Tensor& truth, bool learn_errors) {
  const torch::Tensor points = answer.narrow(2, 0, 2);
  const torch::Tensor loss = LandmarkLoss(name, points, truth);
  if (answer.size(2) == 2 || !learn_errors) return loss;
  const torch::Tensor log_error = answer.select(2, 2);
  const torch::Tensor distance = torch::norm(points.detach() - truth, 2, 2);
  return loss + (log_error + distance * torch::exp(-log_error)).mean();
}

}  // namespace nosetip
