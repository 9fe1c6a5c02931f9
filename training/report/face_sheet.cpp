#include "training/report/face_sheet.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/core/geometry.h"
#include "tracker/vision/opencv_bridge.h"
#include "tracker/vision/overlay.h"
#include "training/report/plot_axes.h"

namespace nosetip {
namespace {

constexpr int kTitle_px = 40;
constexpr int kLabel_px = 22;
constexpr float kMargin = 1.5F;
const cv::Scalar kOutside = cv::Scalar::all(225);  // of the picture
const cv::Scalar kTruth(40, 220, 60);
const cv::Scalar kPredicted(255, 60, 50);

Affine2 TileFromPicture(const FaceTile& tile, int side_px) {
  const auto& points = tile.truth_px.empty() ? tile.predicted_px : tile.truth_px;
  if (points.size() >= kPointsThatBound && !tile.whole_picture) {
    return CropFromFrame(BoundsOf(points), kMargin, side_px);
  }
  const RectF all{-0.5F, -0.5F, static_cast<float>(tile.picture.width_px),
                  static_cast<float>(tile.picture.height_px)};
  return CropFromFrame(all, 1.0F, side_px);
}

// The part of the tile that the picture covers: all of it, except for a whole picture that is not
// square.
cv::Rect PaperOf(const FaceTile& tile, const Affine2& tile_from_picture, int side_px) {
  const cv::Rect square(0, 0, side_px, side_px);
  if (!tile.whole_picture) return square;
  const Point2f corner = tile_from_picture.Apply({-0.5F, -0.5F});
  const Point2f end = tile_from_picture.Apply({static_cast<float>(tile.picture.width_px) - 0.5F,
                                               static_cast<float>(tile.picture.height_px) - 0.5F});
  const cv::Point first(NearestWhole(corner.x + 0.5F), NearestWhole(corner.y + 0.5F));
  return square &
         cv::Rect(first, cv::Point(NearestWhole(end.x + 0.5F), NearestWhole(end.y + 0.5F)));
}

// How much of a tile's height its picture needs.
int HeightOf(const FaceTile& tile, int side_px) {
  return PaperOf(tile, TileFromPicture(tile, side_px), side_px).height;
}

// Few points need larger marks.
float DotRadius_px(size_t points, int side_px) {
  return 0.008F * std::sqrt(PointScale(points)) * static_cast<float>(side_px);
}

void DrawPoints(cv::Mat& tile, std::span<const Point2f> points, const Affine2& tile_from_picture,
                const cv::Scalar& color, float size) {
  constexpr int kFractionBits = 4;
  constexpr float kFraction = 1 << kFractionBits;
  const float radius_px = size * DotRadius_px(points.size(), tile.cols);
  for (const Point2f point : points) {
    const Point2f p = tile_from_picture.Apply(point);
    cv::circle(tile, {NearestWhole(p.x * kFraction), NearestWhole(p.y * kFraction)},
               cvRound(radius_px * kFraction), color, cv::FILLED, cv::LINE_AA, kFractionBits);
  }
}

// Smaller where it would not fit into the canvas, and then without its middle.
void WriteFitting(cv::Mat& canvas, std::string text, cv::Point at, double scale) {
  constexpr double kSmallest = 0.38;
  int baseline = 0;
  const auto width = [&] {
    return cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &baseline).width;
  };
  const int room = canvas.cols - 2 * at.x;
  if (width() > room) scale = std::max(std::min(kSmallest, scale), scale * room / width());
  for (size_t left = text.size() / 2; width() > room && left > 3; --left) {
    text = text.substr(0, left) + "..." + text.substr(text.size() - left);
  }
  WriteText(canvas, text, at, scale);
}

// A square with the face and its points.
cv::Mat PictureOf(const FaceTile& tile, int side_px) {
  const Affine2 tile_from_picture = TileFromPicture(tile, side_px);
  const cv::Mat transform(2, 3, CV_32F, const_cast<float*>(tile_from_picture.m.data()));
  const bool shrinks = tile_from_picture.Scale() < 0.7F;
  cv::Mat source = MatView(tile.picture);
  cv::Mat smooth;
  if (shrinks) {
    cv::GaussianBlur(source, smooth, {}, 0.4 / static_cast<double>(tile_from_picture.Scale()));
    source = smooth;
  }
  cv::Mat picture(side_px, side_px, CV_8UC3, cv::Scalar::all(255));
  cv::Mat warped;
  // The network's input is shown in its own pixels, however coarse they are.
  const bool own_pixels = tile.whole_picture && tile_from_picture.Scale() >= 2.0F;
  cv::warpAffine(source, warped, transform, picture.size(),
                 own_pixels ? cv::INTER_NEAREST : cv::INTER_LINEAR, cv::BORDER_CONSTANT, kOutside);
  const cv::Rect paper = PaperOf(tile, tile_from_picture, side_px);
  warped(paper).copyTo(picture(paper));
  // A prediction that is right covers the truth, except for a rim.
  const bool both = tile.truth_px.size() == tile.predicted_px.size();
  DrawPoints(picture, tile.truth_px, tile_from_picture, kTruth, both ? 1.35F : 1.0F);
  DrawPoints(picture, tile.predicted_px, tile_from_picture, kPredicted, 1.0F);
  return picture;
}

// As many rows from the middle of the square as the canvas has.
void CopyMiddle(const cv::Mat& square, cv::Mat canvas) {
  const int top = (square.rows - canvas.rows) / 2;
  square.rowRange(top, top + canvas.rows).copyTo(canvas);
}

// The canvas has room for the middle of the picture and the label below it.
void DrawTile(cv::Mat canvas, const FaceTile& tile) {
  CopyMiddle(PictureOf(tile, canvas.cols), canvas.rowRange(0, canvas.rows - kLabel_px));
  WriteFitting(canvas, tile.label, {4, canvas.rows - 7}, 0.45);
}

}  // namespace

Image DrawFaceSheet(std::span<const FaceTile> tiles, int columns, int side_px,
                    const std::string& title) {
  Check(!tiles.empty() && columns > 0 && side_px > 0, "a sheet with tiles");
  const int count = static_cast<int>(tiles.size());
  columns = std::min(columns, count);
  const int rows = (count + columns - 1) / columns;
  int tile_height = 0;
  for (const FaceTile& tile : tiles) tile_height = std::max(tile_height, HeightOf(tile, side_px));
  tile_height += kLabel_px;
  Image image(std::max(columns * side_px, 480), kTitle_px + rows * tile_height);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  WriteFitting(canvas, title, {8, 27}, 0.6);
  for (int i = 0; i < count; ++i) {
    const cv::Rect place((i % columns) * side_px, kTitle_px + (i / columns) * tile_height, side_px,
                         tile_height);
    DrawTile(canvas(place), tiles[static_cast<size_t>(i)]);
  }
  return image;
}

Image DrawFaceTile(const FaceTile& tile, int side_px) {
  Check(side_px > 0, "a tile with a size");
  Image image(side_px, HeightOf(tile, side_px));
  CopyMiddle(PictureOf(tile, side_px), MatView(image));
  return image;
}

}  // namespace nosetip
