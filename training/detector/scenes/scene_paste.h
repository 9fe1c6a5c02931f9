// Lays photographs into a scene, and hides parts of their faces. Only for .cpp files of this
// folder.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <opencv2/core.hpp>

#include "tracker/core/geometry.h"
#include "training/detector/scenes/photograph.h"
#include "training/detector/scenes/scene_canvas.h"
#include "training/detector/scenes/scene_light.h"

namespace nosetip {

struct FacePlace {
  Point2f center_px;  // of its box
  float height_px = 0.0F;
  float roll_rad = 0.0F;
  bool mirrored = false;
  float stretch = 1.0F;  // of its width, at the same height
};

Affine2 SceneFromPhotograph(const FaceLabel& face, const FacePlace& place);

// Where the photograph's corners come to lie, in order.
std::vector<Point2f> CornersOf(const Photograph& photograph, const Affine2& scene_from_photograph);

// The photograph's pixels over `place`, from the pyramid's level that is shrunk by less than two,
// or from one `coarser` by so many levels, which makes them unsharp. `border` is OpenCV's border
// type.
cv::Mat Warped(const Photograph& photograph, const Affine2& scene_from_photograph,
               const cv::Rect& place, int coarser, int border);

// 255 inside a convex polygon, with smooth edges, in pixels of the scene.
cv::Mat PolygonMask(const std::vector<Point2f>& polygon, const cv::Rect& place);

// The whole pixels that the points' bounds touch.
cv::Rect PixelsAround(const std::vector<Point2f>& points);

struct PasteStyle {
  cv::Rect clip;  // nothing is changed outside
  // Only what lies within this convex outline; empty: all of the photograph.
  std::vector<Point2f> outline_px;
  float feather_px = 0.0F;  // width of the outline's soft edge
  int coarser = 0;          // see Warped
  Light light;
};

// All faces of the photograph, and all places that may be one, become the scene's.
void PastePhotograph(SceneCanvas& canvas, const Photograph& photograph,
                     const Affine2& scene_from_photograph, const PasteStyle& style);

// Hides up to about half of the face: a hand or an object at one side, a mask, dark glasses, a
// fringe or hat, a pole in front. Filled with a plain color, a made-up surface or a face-free part
// of a photograph.
void HidePartOfFace(SceneCanvas& canvas, const FaceLabel& face,
                    std::span<const Photograph> photographs, SceneRandom& random);

}  // namespace nosetip
