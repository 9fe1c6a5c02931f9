#include "training/report/face_sheet.h"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

constexpr int kTitle_px = 40;
constexpr int kLabel_px = 22;
constexpr float kMargin = 1.5F;
const cv::Scalar kTruth(40, 220, 60);
const cv::Scalar kPredicted(255, 60, 50);
const cv::Scalar kInk(40, 40, 40);

Affine2 TileFromPicture(const FaceTile& tile, int side_px) {
  const auto& points = tile.truth_px.empty() ? tile.predicted_px : tile.truth_px;
  if (points.size() >= kPointsThatBound) return CropFromFrame(BoundsOf(points), kMargin, side_px);
  const RectF all{-0.5F, -0.5F, static_cast<float>(tile.picture.width_px),
                  static_cast<float>(tile.picture.height_px)};
  return CropFromFrame(all, 1.0F, side_px);
}

void DrawPoints(cv::Mat& tile, std::span<const Point2f> points, const Affine2& tile_from_picture,
                const cv::Scalar& colour) {
  constexpr int kFractionBits = 4;
  constexpr float kFraction = 1 << kFractionBits;
  for (const Point2f point : points) {
    const Point2f p = tile_from_picture.Apply(point);
    cv::circle(tile, {cvRound(p.x * kFraction), cvRound(p.y * kFraction)},
               cvRound(1.6F * kFraction), colour, cv::FILLED, cv::LINE_AA, kFractionBits);
  }
}

void DrawTile(cv::Mat canvas, const FaceTile& tile) {
  const int side_px = canvas.cols;
  const Affine2 tile_from_picture = TileFromPicture(tile, side_px);
  const cv::Mat transform(2, 3, CV_32F, const_cast<float*>(tile_from_picture.m.data()));
  const bool shrinks = tile_from_picture.Scale() < 0.7F;
  cv::Mat source = MatView(tile.picture);
  cv::Mat smooth;
  if (shrinks) {
    cv::GaussianBlur(source, smooth, {}, 0.4 / static_cast<double>(tile_from_picture.Scale()));
    source = smooth;
  }
  cv::Mat picture = canvas.rowRange(0, side_px);
  cv::warpAffine(source, picture, transform, picture.size(), cv::INTER_LINEAR,
                 cv::BORDER_REPLICATE);
  DrawPoints(picture, tile.truth_px, tile_from_picture, kTruth);
  DrawPoints(picture, tile.predicted_px, tile_from_picture, kPredicted);
  cv::putText(canvas, tile.label, {4, canvas.rows - 7}, cv::FONT_HERSHEY_SIMPLEX, 0.42, kInk, 1,
              cv::LINE_AA);
}

}  // namespace

Image DrawFaceSheet(std::span<const FaceTile> tiles, int columns, int side_px,
                    const std::string& title) {
  Check(!tiles.empty() && columns > 0 && side_px > 0, "a sheet with tiles");
  const int count = static_cast<int>(tiles.size());
  columns = std::min(columns, count);
  const int rows = (count + columns - 1) / columns;
  const int tile_height = side_px + kLabel_px;
  Image image(std::max(columns * side_px, 480), kTitle_px + rows * tile_height);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  cv::putText(canvas, title, {8, 27}, cv::FONT_HERSHEY_SIMPLEX, 0.6, kInk, 1, cv::LINE_AA);
  for (int i = 0; i < count; ++i) {
    const cv::Rect place((i % columns) * side_px, kTitle_px + (i / columns) * tile_height, side_px,
                         tile_height);
    DrawTile(canvas(place), tiles[static_cast<size_t>(i)]);
  }
  return image;
}

}  // namespace nosetip
