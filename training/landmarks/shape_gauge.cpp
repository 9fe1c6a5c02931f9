#include "training/landmarks/shape_gauge.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

using torch::Tensor;

constexpr double kEyesMm = 89.0;
constexpr auto kPoints = static_cast<int64_t>(kShapePoints);
constexpr auto kModes = static_cast<int64_t>(kShapeModes);

// The points that keep their place in the head: nose and corners of the eyes.
Tensor StablePoints() {
  return torch::tensor(std::vector<int64_t>{27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 39, 42, 45});
}

// The same points in a mirror; [68, 3] or [68, 3, n].
Tensor MirrorImage(const Tensor& points) {
  std::vector<int64_t> order(Ibug68().mirror.begin(), Ibug68().mirror.end());
  Tensor sides = torch::tensor(std::vector<double>{-1.0, 1.0, 1.0}, torch::kFloat64).view({1, 3});
  if (points.dim() == 3) sides = sides.unsqueeze(2);
  return points.index_select(0, torch::tensor(order)) * sides;
}

// How points move if all are shifted, turned and scaled: [n, 3, 7].
Tensor RigidMotions(const Tensor& points) {
  std::vector<Tensor> motions;
  const Tensor axes = torch::eye(3, torch::kFloat64);
  for (int a = 0; a < 3; ++a) {
    const Tensor axis = axes[a].expand_as(points);
    motions.push_back(axis);
    motions.push_back(torch::cross(axis, points, 1));
  }
  motions.push_back(points);
  return torch::stack(motions, 2);
}

Tensor WithoutRigidMotions(const Tensor& modes, const Tensor& mean) {
  const Tensor stable = StablePoints();
  const Tensor few = RigidMotions(mean.index_select(0, stable)).reshape({-1, 7});
  const Tensor moved = modes.index_select(0, stable).reshape({-1, kModes});
  const Tensor parts = std::get<0>(torch::linalg_solve_ex(few.t().mm(few), few.t().mm(moved)));
  return modes - RigidMotions(mean).reshape({-1, 7}).mm(parts).view_as(modes);
}

// Modes of the same covariance, symmetric or antisymmetric.
Tensor Uncorrelated(const Tensor& modes) {
  std::vector<std::pair<double, Tensor>> found;
  const Tensor mirrored = MirrorImage(modes);
  for (const double sign : {1.0, -1.0}) {
    const Tensor half = (0.5 * (modes + sign * mirrored)).reshape({3 * kPoints, kModes});
    const auto [values, vectors] = torch::linalg_eigh(half.mm(half.t()));
    for (int64_t i = std::max<int64_t>(0, 3 * kPoints - kModes); i < 3 * kPoints; ++i) {
      const double variance = values[i].item<double>();
      const Tensor vector = vectors.select(1, i).reshape({kPoints, 3});
      const Tensor exact = 0.5 * (vector + sign * MirrorImage(vector));
      found.emplace_back(variance, exact * std::sqrt(std::max(variance, 0.0)));
    }
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Tensor> largest;
  for (size_t k = 0; k < kShapeModes; ++k) largest.push_back(found[k].second);
  return torch::stack(largest, 2);
}

// The likeliest face whose inner lips meet.
Tensor Neutral(const Tensor& mean, const Tensor& modes) {
  const Tensor upper = torch::tensor(std::vector<int64_t>{61, 62, 63});
  const Tensor lower = torch::tensor(std::vector<int64_t>{67, 66, 65});
  const auto gap = [&](const Tensor& points) {
    return (points.index_select(0, lower) - points.index_select(0, upper)).select(1, 1);
  };
  const Tensor slopes = gap(modes);
  const Tensor factors = slopes.t().mm(
      std::get<0>(torch::linalg_solve_ex(slopes.mm(slopes.t()), -gap(mean).unsqueeze(1))));
  return mean + modes.matmul(factors).squeeze(2);
}

HeadPoints PointsOf(const Tensor& points) {
  HeadPoints result{};
  const auto values = points.accessor<double, 2>();
  for (int64_t i = 0; i < kPoints; ++i) {
    for (int64_t a = 0; a < 3; ++a) {
      result[static_cast<size_t>(i)][static_cast<size_t>(a)] = values[i][a];
    }
  }
  return result;
}

}  // namespace

FaceShape InGauge(ShapeTensors shape, const std::array<double, kShapePoints>& noise_mm) {
  Tensor mean = 0.5 * (shape.mean_mm + MirrorImage(shape.mean_mm));
  mean = mean - 0.5 * (mean[36] + mean[45]);
  const Tensor scale = kEyesMm / (mean[36] - mean[45]).norm();
  mean = mean * scale;
  const Tensor modes = Uncorrelated(WithoutRigidMotions(shape.modes_mm * scale, mean));
  FaceShape result;
  result.mean_mm = PointsOf(mean);
  result.neutral_mm =
      modes.abs().max().item<double>() > 0.0 ? PointsOf(Neutral(mean, modes)) : result.mean_mm;
  const auto values = modes.accessor<double, 3>();
  for (int64_t i = 0; i < kPoints; ++i) {
    for (int64_t a = 0; a < 3; ++a) {
      auto& row = result.modes_mm[static_cast<size_t>(i)][static_cast<size_t>(a)];
      for (int64_t k = 0; k < kModes; ++k) row[static_cast<size_t>(k)] = values[i][a][k];
    }
  }
  result.noise_mm = noise_mm;
  return result;
}

Tensor MeanTensor(const FaceShape& shape) {
  Tensor mean = torch::empty({kPoints, 3}, torch::kFloat64);
  auto values = mean.accessor<double, 2>();
  for (int64_t i = 0; i < kPoints; ++i) {
    for (int64_t a = 0; a < 3; ++a) {
      values[i][a] = shape.mean_mm[static_cast<size_t>(i)][static_cast<size_t>(a)];
    }
  }
  return mean;
}

std::array<int, kShapeModes> SignsOf(const FaceShape& shape) {
  std::array<int, kShapeModes> signs{};
  for (size_t k = 0; k < kShapeModes; ++k) {
    double agreement = 0.0;
    for (size_t i = 0; i < kShapePoints; ++i) {
      const auto& own = shape.modes_mm[i];
      const auto& other = shape.modes_mm[static_cast<size_t>(Ibug68().mirror[i])];
      agreement += own[1][k] * other[1][k] + own[2][k] * other[2][k] - own[0][k] * other[0][k];
    }
    signs[k] = agreement < 0.0 ? -1 : 1;
  }
  return signs;
}

}  // namespace nosetip
