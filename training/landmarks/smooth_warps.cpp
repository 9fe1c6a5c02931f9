#include "training/landmarks/smooth_warps.h"

#include <numbers>

namespace nosetip {
namespace {

using torch::Tensor;

constexpr int64_t kOrders = 4;  // the finest have one and a half waves across a crop

// [..., orders]
Tensor Cosines(const Tensor& places) {
  const Tensor orders = torch::arange(kOrders, places.options());
  return torch::cos(std::numbers::pi_v<float> * places.unsqueeze(-1) * orders);
}

// [orders down, orders across], such that places have a standard deviation of one on average.
Tensor Sizes(const torch::TensorOptions& on_device) {
  const Tensor across = torch::arange(kOrders, on_device).square();
  const Tensor down = across.view({-1, 1});
  // All places alike would be moved by what has no wave at all: `shift` is for that.
  Tensor sizes = 1.0F / (down + across).clamp_min(1.0F);
  sizes[0][0] = 0.0F;
  const auto mean_squares = [](const Tensor& order) {
    return torch::where(order > 0, torch::full_like(order, 0.5F), torch::ones_like(order));
  };
  const Tensor variance = (sizes.square() * mean_squares(down) * mean_squares(across)).sum();
  return sizes / variance.sqrt();
}

}  // namespace

SmoothWarps::SmoothWarps(float deviation, int64_t count, const torch::TensorOptions& on_device)
    : amplitudes_(deviation * Sizes(on_device) *
                  torch::randn({count, 2, kOrders, kOrders}, on_device)) {}

Tensor SmoothWarps::AtPixels(SizePx size_px) const {
  const auto along = [&](int64_t pixels) {
    const Tensor number = torch::arange(pixels, amplitudes_.options());
    return Cosines((number + 0.5F) / static_cast<float>(pixels));
  };
  const Tensor down = along(size_px.height);
  const Tensor across = along(size_px.width);
  return torch::matmul(torch::matmul(down, amplitudes_), across.t()).permute({0, 2, 3, 1});
}

Tensor SmoothWarps::At(const Tensor& places) const {
  const Tensor across = Cosines(places.select(2, 0));
  const Tensor down = Cosines(places.select(2, 1));
  return torch::einsum("bki,bcij,bkj->bkc", {down, amplitudes_, across});
}

Tensor SmoothWarps::Origins(const Tensor& places) const {
  // Neighbours are shifted nearly alike, so that each round makes the error several times smaller.
  constexpr int kRounds = 8;
  Tensor origins = places;
  for (int i = 0; i < kRounds; ++i) origins = places - At(origins);
  return origins;
}

}  // namespace nosetip
