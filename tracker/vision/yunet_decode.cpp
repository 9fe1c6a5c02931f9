#include "tracker/vision/yunet_decode.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

float GeometricMean(float a, float b) {
  return std::sqrt(std::clamp(a, 0.0F, 1.0F) * std::clamp(b, 0.0F, 1.0F));
}

// Appends where the score is high enough and the box is a number (a broken network gives NaN).
void AppendIfFace(float center_x, float center_y, float width, float height, float score,
                  std::vector<FaceBox>& boxes) {
  const RectF rect{center_x - 0.5F * width, center_y - 0.5F * height, width, height};
  const float sum = rect.x + rect.y + rect.width + rect.height;
  if (std::isfinite(sum) && rect.Area() > 0.0F) boxes.push_back({rect, score});
}

struct PriorLevel {
  int stride_px;
  std::array<float, 3> sizes_px;
  size_t count;
};
constexpr std::array<PriorLevel, 4> kPriorLevels = {{{8, {10.0F, 16.0F, 24.0F}, 3},
                                                     {16, {32.0F, 48.0F, 0.0F}, 2},
                                                     {32, {64.0F, 96.0F, 0.0F}, 2},
                                                     {64, {128.0F, 192.0F, 256.0F}, 3}}};
constexpr size_t kLocSize = 14;
constexpr float kCenterVariance = 0.1F;
constexpr float kSizeVariance = 0.2F;

size_t PriorCount(int width_px, int height_px) {
  size_t n = 0;
  for (const PriorLevel& level : kPriorLevels) {
    n += static_cast<size_t>(width_px / level.stride_px) *
         static_cast<size_t>(height_px / level.stride_px) * level.count;
  }
  return n;
}

}  // namespace

std::vector<FaceBox> DecodeYuNet2023(std::span<const YuNetScale> scales, int width_px,
                                     int height_px, float min_score) {
  std::vector<FaceBox> boxes;
  for (const YuNetScale& scale : scales) {
    const int columns = width_px / scale.stride_px;
    const int rows = height_px / scale.stride_px;
    const auto cells = static_cast<size_t>(columns) * static_cast<size_t>(rows);
    Check(scale.cls.size() == cells && scale.obj.size() == cells && scale.bbox.size() == 4 * cells,
          "YuNet outputs of the input's size");
    const auto stride = static_cast<float>(scale.stride_px);
    for (size_t i = 0; i < cells; ++i) {
      const float score = GeometricMean(scale.cls[i], scale.obj[i]);
      if (!(score >= min_score)) continue;
      const auto column = static_cast<float>(i % static_cast<size_t>(columns));
      const auto row = static_cast<float>(i / static_cast<size_t>(columns));
      const auto box = scale.bbox.subspan(4 * i, 4);
      AppendIfFace((column + box[0]) * stride, (row + box[1]) * stride, std::exp(box[2]) * stride,
                   std::exp(box[3]) * stride, score, boxes);
    }
  }
  return boxes;
}

std::vector<FaceBox> DecodeYuNet2022(const YuNet2022Outputs& outputs, int width_px, int height_px,
                                     float min_score) {
  const size_t priors = PriorCount(width_px, height_px);
  Check(outputs.loc.size() == kLocSize * priors && outputs.conf.size() == 2 * priors &&
            outputs.iou.size() == priors,
        "YuNet outputs of the input's size");
  std::vector<FaceBox> boxes;
  size_t i = 0;
  for (const PriorLevel& level : kPriorLevels) {
    const auto stride = static_cast<float>(level.stride_px);
    for (int row = 0; row < height_px / level.stride_px; ++row) {
      for (int column = 0; column < width_px / level.stride_px; ++column) {
        for (size_t k = 0; k < level.count; ++k, ++i) {
          const float score = GeometricMean(outputs.conf[2 * i + 1], outputs.iou[i]);
          if (!(score >= min_score)) continue;
          const float side = level.sizes_px[k];
          const auto loc = outputs.loc.subspan(kLocSize * i, 4);
          AppendIfFace(
              (static_cast<float>(column) + 0.5F) * stride + kCenterVariance * loc[0] * side,
              (static_cast<float>(row) + 0.5F) * stride + kCenterVariance * loc[1] * side,
              side * std::exp(kSizeVariance * loc[2]), side * std::exp(kSizeVariance * loc[3]),
              score, boxes);
        }
      }
    }
  }
  return boxes;
}

std::vector<FaceBox> SuppressOverlaps(std::vector<FaceBox> boxes, float max_iou) {
  std::stable_sort(boxes.begin(), boxes.end(),
                   [](const FaceBox& a, const FaceBox& b) { return a.score > b.score; });
  if (boxes.size() > kMaxCandidates) boxes.resize(kMaxCandidates);
  std::vector<FaceBox> kept;
  for (const FaceBox& box : boxes) {
    const bool overlaps = std::any_of(kept.begin(), kept.end(), [&](const FaceBox& better) {
      return IntersectionOverUnion(better.rect, box.rect) > max_iou;
    });
    if (!overlaps) kept.push_back(box);
  }
  return kept;
}

}  // namespace nosetip
