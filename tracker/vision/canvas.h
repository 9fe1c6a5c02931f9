// Smooth drawing on a part of a picture. Only for .cpp files of tracker/vision.
#pragma once

#include <span>
#include <string>
#include <utility>

#include <opencv2/core.hpp>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct Ink {
  cv::Vec3b rgb;
  float alpha = 1.0F;  // 0 invisible, 1 covers
};

// OpenCV's lines have whole widths and rough edges when thin. A canvas draws on an enlarged copy of
// a region and shrinks it again, so that widths may be fractions and edges are smooth; pixels that
// nothing is drawn on stay exactly the same. What one call draws is one layer: where its parts
// overlap, translucent ink does not get darker.
class Canvas {
 public:
  // The part of `region` that lies within the picture. `finest_px` is the thinnest width that
  // will be drawn.
  Canvas(Image& image, const RectF& region, float finest_px);

  bool Empty() const { return region_.empty(); }
  void Lines(std::span<const std::pair<Point2f, Point2f>> lines, float width_px, const Ink& ink);
  void Discs(std::span<const Point2f> centers, float radius_px, const Ink& ink);
  void RoundedBox(const RectF& box, float radius_px, const Ink& ink);
  // `left_baseline` is where the text starts; capital letters are `height_px` high.
  void Text(const std::string& text, Point2f left_baseline, float height_px, const Ink& ink);
  // Puts the drawing into the picture.
  void Commit();

 private:
  cv::Point Fixed(Point2f p) const;
  int Scaled(float length_px) const;
  // Bounds of points in the layer's pixels, with room for `width_px` around.
  cv::Rect Around(std::span<const cv::Point> fixed, float width_px) const;
  // Lays ink where the mask is set within `part`, and clears the mask there.
  void Apply(const cv::Rect& part, const Ink& ink);

  Image& image_;
  cv::Rect region_;
  int zoom_ = 1;
  cv::Mat layer_;
  cv::Mat mask_;  // zero between calls
};

// Width of a text of this height on any canvas.
float TextWidth(const std::string& text, float height_px);

}  // namespace nosetip
