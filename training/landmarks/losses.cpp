#include "training/landmarks/losses.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/metrics.h"

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

std::vector<Point2f> FacePoints(const torch::Tensor& points, int64_t face) {
  const auto at = points.accessor<float, 3>();
  std::vector<Point2f> face_points;
  for (int64_t k = 0; k < points.size(1); ++k) {
    face_points.push_back({at[face][k][0], at[face][k][1]});
  }
  return face_points;
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
  // In percent, linear from 5 on: large errors count most.
  if (name == "huber") {
    return torch::huber_loss(100.0 * predicted, 100.0 * truth, at::Reduction::Mean, 5.0);
  }
  throw Error(fmt::format("unknown loss '{}'; choose mse, l1, smooth_l1, wing or huber", name));
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

std::vector<ActivationRange> RangesOf(torch::nn::Sequential network,
                                      std::span<const FaceTensors> faces,
                                      const LandmarkSchema& schema, const ViewSpec& view) {
  constexpr int64_t kFaces = 96;
  constexpr int64_t kBatch = 16;
  std::vector<ActivationRange> ranges;
  for (const FaceTensors& set : faces) {
    const int64_t count = std::min(kFaces, set.Count());
    const torch::Tensor chosen = torch::arange(count, torch::kInt64) * set.Count() / count;
    const torch::Tensor on_device = chosen.to(torch::kInt64).to(set.images.device());
    for (const torch::Tensor& some : on_device.split(kBatch)) {
      const Batch batch = MakeBatch(set, some, schema, view, AugmentOptions::None());
      Widen(ranges, MeasureActivationRanges(network, batch.images));
    }
  }
  return ranges;
}

double ErrorOverExpected(const NetworkAnswers& answers) {
  if (!answers.log_error.defined()) return 1.0;
  const double error = torch::norm(answers.predicted - answers.truth, 2, 2).mean().item<double>();
  const double expected = answers.log_error.exp().mean().item<double>();
  return std::clamp(error / expected, 0.2, 5.0);
}

std::vector<double> NmePerFace(const torch::Tensor& predicted, const torch::Tensor& truth,
                               const LandmarkSchema& schema, SizePx size_px) {
  const torch::Tensor scale =
      torch::tensor({static_cast<float>(size_px.width), static_cast<float>(size_px.height)});
  const torch::Tensor predicted_px = predicted * scale;
  const torch::Tensor truth_px = truth * scale;
  std::vector<double> errors;
  for (int64_t i = 0; i < truth.size(0); ++i) {
    errors.push_back(NmePercent(FacePoints(predicted_px, i), FacePoints(truth_px, i), schema));
  }
  return errors;
}

}  // namespace nosetip
