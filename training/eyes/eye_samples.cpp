#include "training/eyes/eye_samples.h"

#include <algorithm>
#include <cmath>

#include "tracker/core/crop.h"
#include "tracker/core/image.h"
#include "training/eyes/lid_closing.h"

namespace nosetip {
namespace {

constexpr float kPatchPxPerCropPx = 1.5F;
constexpr float kOpen = 0.18F;  // from this openness on an eye may be shut

Point2f MiddleOf(SizePx size) {
  return {0.5F * static_cast<float>(size.width - 1), 0.5F * static_cast<float>(size.height - 1)};
}

// `scale` times as large and turned about `from`, which goes to `to`.
Affine2 Around(Point2f from, Point2f to, float scale, float angle_rad) {
  Affine2 moved = Affine2::Similarity(scale, angle_rad, {});
  const Point2f at = moved.Apply(from);
  moved.m[2] = to.x - at.x;
  moved.m[5] = to.y - at.y;
  return moved;
}

Affine2 PatchFromCrop() {
  return Around(MiddleOf(kEyeCropPx), MiddleOf(kEyePatchPx), kPatchPxPerCropPx, 0.0F);
}

Image PictureOf(const FacePack& pack, size_t face) {
  Image picture(pack.size_px, pack.size_px);
  const size_t area = SizePx::Square(pack.size_px).Area();
  for (size_t i = 0; i < area; ++i) {
    std::fill_n(picture.rgb.begin() + static_cast<std::ptrdiff_t>(3 * i), 3,
                pack.pixels[face * area + i]);
  }
  return picture;
}

std::vector<Point2f> PointsOf(const FacePack& pack, size_t face) {
  const auto count = static_cast<size_t>(SchemaByName(pack.schema).count);
  std::vector<Point2f> points(count);
  for (size_t k = 0; k < count; ++k) {
    const float* xy = pack.points_px.data() + 2 * (face * count + k);
    points[k] = {xy[0], xy[1]};
  }
  return points;
}

EyeSample CutEye(const Image& picture, std::span<const Point2f> points_px, size_t eye,
                 const Affine2& crop_from_picture) {
  std::vector<float> gray(kEyePatchPx.Area());
  CutGrayCrop(picture, PatchFromCrop() * crop_from_picture, kEyePatchPx, gray);
  EyeSample sample;
  sample.pixels.reserve(gray.size());
  for (const float value : gray) {
    sample.pixels.push_back(static_cast<uint8_t>(std::lround(255.0F * (value + 0.5F))));
  }
  sample.points = EyeOf(points_px, eye);
  for (Point2f& p : sample.points) p = crop_from_picture.Apply(p);
  return sample;
}

float At(const std::vector<uint8_t>& patch, Point2f p) {
  const Tap x(p.x, kEyePatchPx.width);
  const Tap y(p.y, kEyePatchPx.height);
  const auto row = [&](int at) {
    const size_t start = static_cast<size_t>(at) * static_cast<size_t>(kEyePatchPx.width);
    return x.Mix(patch[start + static_cast<size_t>(x.first)],
                 patch[start + static_cast<size_t>(x.second)]);
  };
  return y.Mix(row(y.first), row(y.second)) / 255.0F - 0.5F;
}

// As far as points of landmark networks are off: turned by 4 degrees, shifted by 2.6 px and scaled
// by 8 % (standard deviations).
Affine2 RandomMotion(std::mt19937_64& random) {
  std::normal_distribution<float> normal;
  const float turn_rad = 0.07F * normal(random);
  const float scale = std::exp(0.08F * normal(random));
  const Point2f middle = MiddleOf(kEyeCropPx);
  const Point2f shift{2.6F * normal(random), 2.6F * normal(random)};
  return Around(middle, middle + shift, scale, turn_rad);
}

// Half of the shut eyes are shut wholly.
float RandomClosing(float openness, double close_share, std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit;
  if (openness < kOpen || unit(random) >= close_share) return 0.0F;
  if (unit(random) < 0.5) return 1.0F;
  return static_cast<float>(0.2 + 0.8 * unit(random));
}

}  // namespace

std::vector<EyeSample> EyesOfPack(const FacePack& pack, std::span<const size_t> faces) {
  std::vector<EyeSample> eyes;
  for (const size_t face : faces) {
    const Image picture = PictureOf(pack, face);
    const std::vector<Point2f> points_px = PointsOf(pack, face);
    for (size_t eye = 0; eye < kEyesOfIbug68.size(); ++eye) {
      if (const auto crop_from_picture = EyeCropFromFrame(points_px, eye)) {
        eyes.push_back(CutEye(picture, points_px, eye, *crop_from_picture));
      }
    }
  }
  return eyes;
}

float OpennessOf(const PointsOfEye& points) {
  float lids = 0.0F;
  for (const auto& [upper, lower] : kLidPairs) lids += Distance(points[upper], points[lower]);
  return 0.5F * lids / std::max(Distance(points[0], points[3]), 1e-6F);
}

std::vector<double> ShowingRates(std::span<const EyeSample> eyes) {
  std::vector<double> rates;
  for (const EyeSample& eye : eyes) {
    const float openness = OpennessOf(eye.points);
    double rate = 1.0;
    if (openness < 0.05F) {
      rate = 10.0;
    } else if (openness < 0.15F) {
      rate = 5.0;
    } else if (openness < 0.2F || openness > 0.38F) {
      rate = 2.0;
    }
    rates.push_back(rate);
  }
  return rates;
}

EyeView RandomView(const EyeSample& eye, double close_share, std::mt19937_64& random) {
  const Affine2 view_from_crop = RandomMotion(random);
  PointsOfEye open = eye.points;
  for (Point2f& p : open) p = view_from_crop.Apply(p);
  const LidClosing lid(open, RandomClosing(OpennessOf(open), close_share, random));
  const Affine2 patch_from_view = PatchFromCrop() * view_from_crop.Inverse();
  EyeView view{std::vector<float>(kEyeCropPx.Area()), lid.points()};
  size_t i = 0;
  for (int y = 0; y < kEyeCropPx.height; ++y) {
    for (int x = 0; x < kEyeCropPx.width; ++x) {
      const Point2f seen{static_cast<float>(x),
                         lid.SourceRow(static_cast<float>(x), static_cast<float>(y))};
      view.pixels[i++] = At(eye.pixels, patch_from_view.Apply(seen));
    }
  }
  return view;
}

}  // namespace nosetip
