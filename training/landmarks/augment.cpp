#include "training/landmarks/augment.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace F = torch::nn::functional;
using torch::Tensor;

// The plain windows' width and height in units of the pack's square: [N, 2].
Tensor WindowSizes(const FaceTensors& faces, const ViewSpec& view) {
  const float aspect =
      static_cast<float>(view.input_px.width) / static_cast<float>(view.input_px.height);
  const Tensor width = (view.margin / faces.extent) *
                       torch::maximum(faces.boxes.select(1, 0), aspect * faces.boxes.select(1, 1));
  return torch::stack({width, width / aspect}, 1);
}

// [B, 2, 2] and [B, 2]: pack = linear * (crop - 0.5) + 0.5 + shift, each in its own units, where
// `crop` is a place of it moved by `warps`.
struct Views {
  Tensor linear;
  Tensor shift;
  std::optional<SmoothWarps> warps;
};

// `windows` is [B, 2].
Views RandomViews(const FaceTensors& faces, const Tensor& windows, const AugmentOptions& options) {
  const int64_t n = windows.size(0);
  const auto on_device = faces.points.options();
  const auto normal = [&](float deviation) { return deviation * torch::randn({n}, on_device); };
  const Tensor angle = normal(options.rotation_deg * std::numbers::pi_v<float> / 180.0F);
  const Tensor zoom = torch::exp(normal(options.zoom));
  const Tensor stretch = torch::exp(normal(0.5F * options.stretch));
  Tensor flip = torch::ones({n}, on_device);
  if (options.mirror) flip = flip - 2.0F * (torch::rand({n}, on_device) < 0.5F).to(flip.dtype());
  const Tensor c = torch::cos(angle);
  const Tensor s = torch::sin(angle);
  const Tensor wide = windows.select(1, 0) * zoom * stretch;
  const Tensor high = windows.select(1, 1) * zoom / stretch;
  const Tensor first_row = torch::stack({wide * c * flip, -high * s}, 1);
  const Tensor second_row = torch::stack({wide * s * flip, high * c}, 1);
  const Tensor shift = torch::stack({normal(options.shift), normal(options.shift)}, 1);
  std::optional<SmoothWarps> warps;
  if (options.warp > 0.0F) warps.emplace(options.warp, n, on_device);
  return {torch::stack({first_row, second_row}, 1), shift / faces.extent, warps};
}

// Bilinear samples of the packed squares; where the view shrinks them, four samples per pixel, so
// that fine detail does not alias.
Tensor CutCrops(const Tensor& packed, const Views& views, float shrink, SizePx size_px) {
  const int factor = shrink > 1.25F ? 2 : 1;
  const int64_t n = packed.size(0);
  const Tensor theta = torch::cat({views.linear, (2.0F * views.shift).unsqueeze(2)}, 2);
  const SizePx fine_px{factor * size_px.width, factor * size_px.height};
  Tensor grid = F::affine_grid(theta, {n, 1, fine_px.height, fine_px.width},
                               /*align_corners=*/false);
  if (views.warps) {
    const Tensor moves = views.warps->AtPixels(fine_px).flatten(1, 2);
    grid = grid + 2.0F * torch::matmul(moves, views.linear.transpose(1, 2)).view(grid.sizes());
  }
  const Tensor crops = F::grid_sample(packed, grid,
                                      F::GridSampleFuncOptions()
                                          .mode(torch::kBilinear)
                                          .padding_mode(torch::kBorder)
                                          .align_corners(false));
  return factor == 1 ? crops : torch::avg_pool2d(crops, factor);
}

// `offsets` is [B]: how far labels lie to the right, in units of the pack.
Tensor PointsInCrop(const Tensor& points, const Tensor& offsets, const Views& views,
                    const LandmarkSchema& schema) {
  const Tensor crop_from_pack = torch::inverse(views.linear);
  const Tensor is_mirrored = torch::det(views.linear) < 0;
  // Moves labels from the right of what they name to its left, which the mirror makes its right.
  const Tensor back = torch::where(is_mirrored, -2.0F * offsets, torch::zeros_like(offsets));
  const Tensor labels = points + torch::stack({back, torch::zeros_like(back)}, 1).unsqueeze(1);
  const Tensor centered = labels - 0.5F - views.shift.unsqueeze(1);
  const Tensor straight = torch::matmul(centered, crop_from_pack.transpose(1, 2)) + 0.5F;
  const Tensor moved = views.warps ? views.warps->Origins(straight) : straight;
  // A mirrored view shows each point where its counterpart belongs.
  std::vector<int64_t> mirror(schema.mirror.begin(), schema.mirror.end());
  const Tensor order = torch::tensor(mirror, torch::kInt64).to(points.device());
  return torch::where(is_mirrored.view({-1, 1, 1}), moved.index_select(1, order), moved);
}

Tensor Chance(float probability, int64_t n, const torch::TensorOptions& options) {
  return (torch::rand({n, 1, 1, 1}, options) < probability).to(torch::kFloat32);
}

Tensor Uniform(float low, float high, int64_t n, const torch::TensorOptions& options) {
  return low + (high - low) * torch::rand({n, 1, 1, 1}, options);
}

// Gain, offset, gamma and a slope of light across the face.
Tensor ChangeLight(const Tensor& images, float strength) {
  const int64_t n = images.size(0);
  const auto options = images.options();
  const Tensor gamma = torch::exp(Uniform(-0.4F * strength, 0.4F * strength, n, options));
  Tensor lit = torch::pow(images.clamp(1e-3, 1.0), gamma);
  const Tensor across = torch::linspace(-1.0, 1.0, images.size(3), options).view({1, 1, 1, -1});
  const Tensor down = torch::linspace(-1.0, 1.0, images.size(2), options).view({1, 1, -1, 1});
  const Tensor slope = Uniform(-0.25F * strength, 0.25F * strength, n, options) * across +
                       Uniform(-0.25F * strength, 0.25F * strength, n, options) * down;
  const Tensor gain = torch::exp(Uniform(-0.35F * strength, 0.35F * strength, n, options));
  const Tensor offset = Uniform(-0.12F * strength, 0.12F * strength, n, options);
  return ((lit - 0.5F) * gain + 0.5F + offset) * (1.0F + slope);
}

// Three strengths of blur, chosen per picture by blending with the sharp one.
Tensor Blur(const Tensor& images, float chance) {
  const auto options = images.options();
  const int64_t n = images.size(0);
  const float sigma_px = 0.012F * static_cast<float>(images.size(3));
  const int radius = std::max(1, static_cast<int>(std::lround(2.0F * sigma_px)));
  const Tensor at = torch::arange(-radius, radius + 1, options);
  Tensor kernel = torch::exp(-0.5F * at * at / (sigma_px * sigma_px));
  kernel = kernel / kernel.sum();
  const int64_t width = 2 * radius + 1;
  const Tensor padded =
      F::pad(images, F::PadFuncOptions({radius, radius, radius, radius}).mode(torch::kReplicate));
  const Tensor rows = torch::conv2d(padded, kernel.view({1, 1, 1, width}));
  const Tensor blurred = torch::conv2d(rows, kernel.view({1, 1, width, 1}));
  const Tensor amount = Chance(chance, n, options) * Uniform(0.4F, 1.0F, n, options);
  return images + amount * (blurred - images);
}

// A flat or noisy rectangle of up to half the side over part of the picture.
Tensor Occlude(const Tensor& images, float chance) {
  const auto options = images.options();
  const int64_t n = images.size(0);
  const Tensor across = torch::linspace(0.0, 1.0, images.size(3), options).view({1, 1, 1, -1});
  const Tensor down = torch::linspace(0.0, 1.0, images.size(2), options).view({1, 1, -1, 1});
  const auto band = [&](const Tensor& where) {
    const Tensor half_width = Uniform(0.05F, 0.25F, n, options);
    const Tensor center = Uniform(0.0F, 1.0F, n, options);
    return (torch::abs(where - center) < half_width).to(torch::kFloat32);
  };
  const Tensor mask = Chance(chance, n, options) * band(across) * band(down);
  const Tensor grain = torch::randn(images.sizes(), options) * Uniform(0.0F, 0.2F, n, options);
  const Tensor patch = (Uniform(0.0F, 1.0F, n, options) + grain).clamp(0.0, 1.0);
  return images * (1.0F - mask) + patch * mask;
}

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
  // No constant part: that would shift the whole crop, as AugmentOptions::shift does.
  Tensor sizes = 1.0F / (down + across).clamp_min(1.0F);
  sizes[0][0] = 0.0F;
  const auto mean_squares = [](const Tensor& order) {
    return torch::where(order > 0, torch::full_like(order, 0.5F), torch::ones_like(order));
  };
  const Tensor variance = (sizes.square() * mean_squares(down) * mean_squares(across)).sum();
  return sizes / variance.sqrt();
}

}  // namespace

Batch MakeBatch(const FaceTensors& faces, const Tensor& indices, const LandmarkSchema& schema,
                const ViewSpec& view, const AugmentOptions& options) {
  const torch::NoGradGuard no_grad;
  const int64_t n = indices.size(0);
  Check(n > 0, "a batch of one face or more");
  const Tensor packed = faces.images.index_select(0, indices).to(torch::kFloat32).div_(255.0F);
  const Views views =
      RandomViews(faces, WindowSizes(faces, view).index_select(0, indices), options);
  const float shrink = static_cast<float>(packed.size(3)) * view.margin / faces.extent /
                       static_cast<float>(std::max(view.input_px.width, view.input_px.height));
  Tensor images = CutCrops(packed, views, shrink, view.input_px);
  if (options.light > 0.0F) images = ChangeLight(images, options.light);
  if (options.blur > 0.0F) images = Blur(images, options.blur);
  if (options.occlusion > 0.0F) images = Occlude(images, options.occlusion);
  if (options.noise > 0.0F) {
    images = images + torch::randn(images.sizes(), images.options()) *
                          Uniform(0.0F, options.noise, n, images.options());
  }
  return {images.clamp(0.0, 1.0) - 0.5F,
          PointsInCrop(faces.points.index_select(0, indices),
                       options.mirror_offset_px * faces.pixels.index_select(0, indices), views,
                       schema)};
}

Tensor PlainTargets(const FaceTensors& faces, const ViewSpec& view) {
  return (faces.points - 0.5F) / WindowSizes(faces, view).unsqueeze(1) + 0.5F;
}

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
  // Neighbors are shifted nearly alike, so each round makes the error several times smaller.
  constexpr int kRounds = 8;
  Tensor origins = places;
  for (int i = 0; i < kRounds; ++i) origins = places - At(origins);
  return origins;
}

}  // namespace nosetip
