#include "training/eyes/eye_losses.h"

#include <algorithm>

#include "tracker/core/crop.h"

namespace nosetip {
namespace {

namespace F = torch::nn::functional;

// True for about `share` of so many pictures: [B, 1, 1, 1].
torch::Tensor Some(double share, int64_t count) { return torch::rand({count, 1, 1, 1}) < share; }

torch::Tensor Normal(double deviation, int64_t count) {
  return deviation * torch::randn({count, 1, 1, 1});
}

// As a camera sees a small face: shrunk and enlarged again.
torch::Tensor Coarse(const torch::Tensor& pictures) {
  const double scale = 0.25 + 0.65 * torch::rand({1}).item<double>();
  const auto height = static_cast<int64_t>(scale * static_cast<double>(pictures.size(2)));
  const auto width = static_cast<int64_t>(scale * static_cast<double>(pictures.size(3)));
  const torch::Tensor small = torch::adaptive_avg_pool2d(pictures, {height, width});
  return F::interpolate(small, F::InterpolateFuncOptions()
                                   .size(std::vector<int64_t>{pictures.size(2), pictures.size(3)})
                                   .mode(torch::kBilinear)
                                   .align_corners(false));
}

// One rectangle of one brightness.
torch::Tensor Covered(const torch::Tensor& pictures) {
  const int64_t count = pictures.size(0);
  const auto inside = [count](int64_t side, double least, double most, int dimension) {
    const torch::Tensor center = torch::rand({count, 1, 1, 1}) * static_cast<double>(side);
    const torch::Tensor half = 0.5 * (least + (most - least) * torch::rand({count, 1, 1, 1}));
    std::vector<int64_t> shape = {1, 1, 1, 1};
    shape[static_cast<size_t>(dimension)] = side;
    return (torch::arange(side).view(shape) - center).abs() < half;
  };
  const torch::Tensor covered =
      inside(pictures.size(2), 4.0, 14.0, 2) & inside(pictures.size(3), 6.0, 26.0, 3);
  return torch::where(covered & Some(0.12, count), torch::rand({count, 1, 1, 1}) - 0.5, pictures);
}

torch::Tensor Augmented(torch::Tensor pictures) {
  const int64_t count = pictures.size(0);
  pictures = torch::where(Some(0.4, count), Coarse(pictures), pictures);
  pictures = (pictures + 0.5).clamp(0.0, 1.0).pow(Normal(0.25, count).exp()) - 0.5;
  pictures = pictures * Normal(0.25, count).exp() + Normal(0.09, count);
  const torch::Tensor noise = torch::rand({count, 1, 1, 1}) * 0.035 * Some(0.3, count);
  pictures = pictures + noise * torch::randn_like(pictures);
  return Covered(pictures).clamp(-0.5, 0.5);
}

// [B], of points in pixels.
torch::Tensor Openness(const torch::Tensor& points) {
  const auto distance = [&points](size_t a, size_t b) {
    const torch::Tensor apart =
        points.select(1, static_cast<int64_t>(a)) - points.select(1, static_cast<int64_t>(b));
    return (apart.square().sum(1) + 1e-6).sqrt();
  };
  torch::Tensor lids = torch::zeros({points.size(0)}, points.options());
  for (const auto& [upper, lower] : kLidPairs) lids = lids + distance(upper, lower);
  return 0.5 * lids / distance(0, 3);
}

}  // namespace

torch::Tensor UnitsOf(const PointsOfEye& points) {
  torch::Tensor units = torch::empty({kPointsPerEye, 2});
  float* next = units.data_ptr<float>();
  for (const Point2f p : points) {
    *next++ = UnitFromPixel(p.x, kEyeCropPx.width);
    *next++ = UnitFromPixel(p.y, kEyeCropPx.height);
  }
  return units;
}

EyeBatch BatchOf(std::span<const EyeView> views, const torch::Device& device) {
  const auto count = static_cast<int64_t>(views.size());
  torch::Tensor pictures = torch::empty({count, 1, kEyeCropPx.height, kEyeCropPx.width});
  std::vector<torch::Tensor> points;
  float* next = pictures.data_ptr<float>();
  for (const EyeView& view : views) {
    next = std::ranges::copy(view.pixels, next).out;
    points.push_back(UnitsOf(view.points));
  }
  return {Augmented(pictures).to(device), torch::stack(points).to(device)};
}

torch::Tensor EyeLoss(const torch::Tensor& answers, const torch::Tensor& points,
                      double openness_weight) {
  const torch::Tensor size =
      torch::tensor({kEyeCropPx.width, kEyeCropPx.height}, answers.options());
  const torch::Tensor answers_px = answers * size;
  const torch::Tensor points_px = points * size;
  const torch::Tensor of_points =
      torch::smooth_l1_loss(answers_px, points_px, at::Reduction::Mean, 0.5);
  const torch::Tensor of_openness =
      torch::smooth_l1_loss(Openness(answers_px), Openness(points_px), at::Reduction::Mean, 0.03);
  return of_points + 10.0 * openness_weight * of_openness;
}

}  // namespace nosetip
