#include "training/detector/scenes/scene_sheet.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

constexpr int kColumns = 6;
constexpr int kGapPx = 2;
constexpr int kFractionBits = 4;
const cv::Scalar kFace(40, 230, 60);
const cv::Scalar kIgnored(150, 150, 150);
const cv::Scalar kRightSide(255, 60, 50);

cv::Point Fixed(Point2f p) {
  constexpr float kFraction = 1 << kFractionBits;
  return {cvRound(p.x * kFraction), cvRound(p.y * kFraction)};
}

void DrawFace(cv::Mat& tile, const SceneFace& face) {
  const RectF& box = face.box;
  const cv::Scalar& colour = face.ignored ? kIgnored : kFace;
  cv::rectangle(tile, Fixed({box.x, box.y}), Fixed({box.x + box.width, box.y + box.height}), colour,
                1, cv::LINE_AA, kFractionBits);
  if (face.ignored) return;
  const float radius_px = std::clamp(0.012F * box.height, 0.6F, 2.0F);
  for (size_t i = 0; i < face.points_px.size(); ++i) {
    const bool right_side = i == 0 || i == 3;
    cv::circle(tile, Fixed(face.points_px[i]), cvRound(radius_px * (1 << kFractionBits)),
               right_side ? kRightSide : kFace, cv::FILLED, cv::LINE_AA, kFractionBits);
  }
}

}  // namespace

Image DrawScenes(std::span<const Scene> scenes) {
  Check(!scenes.empty(), "a sheet with scenes");
  const int count = static_cast<int>(scenes.size());
  const int columns = std::min(kColumns, count);
  const int rows = (count + columns - 1) / columns;
  const int side_px = scenes.front().image.width_px;
  const int step_px = side_px + kGapPx;
  Image sheet(columns * step_px - kGapPx, rows * step_px - kGapPx);
  cv::Mat canvas = MatView(sheet);
  canvas.setTo(cv::Scalar::all(255));
  for (int i = 0; i < count; ++i) {
    const Scene& scene = scenes[static_cast<size_t>(i)];
    Check(scene.image.width_px == side_px && scene.image.height_px == side_px,
          "scenes of one size");
    cv::Mat tile =
        canvas(cv::Rect((i % columns) * step_px, (i / columns) * step_px, side_px, side_px));
    MatView(scene.image).copyTo(tile);
    for (const SceneFace& face : scene.faces) DrawFace(tile, face);
  }
  return sheet;
}

}  // namespace nosetip
