#include "training/detector/scenes/scene_canvas.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// Less of a face than this need not be found.
constexpr float kFoundShare = 0.5F;
// Less than this is no face any more.
constexpr float kFaceShare = 0.15F;
// Of a place that may be a face, how much is the face's is unknown.
constexpr float kPlaceShare = 0.03F;

void BlendRow(const uint8_t* from, const uint8_t* alpha, uint8_t* to, int width_px) {
  for (int x = 0; x < width_px; ++x) {
    const int a = alpha[x];
    if (a == 0) continue;
    for (int c = 3 * x; c < 3 * x + 3; ++c) {
      to[c] = static_cast<uint8_t>((a * from[c] + (255 - a) * to[c] + 127) / 255);
    }
  }
}

// Where the row's middle crosses the outline, which is convex.
std::optional<std::pair<float, float>> SpanOfRow(std::span<const Point2f> outline, float y) {
  float left = 1e9F;
  float right = -1e9F;
  for (size_t i = 0; i < outline.size(); ++i) {
    const Point2f a = outline[i];
    const Point2f b = outline[(i + 1) % outline.size()];
    if ((a.y <= y) == (b.y <= y)) continue;
    const float x = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
    left = std::min(left, x);
    right = std::max(right, x);
  }
  return left <= right ? std::optional(std::pair(left, right)) : std::nullopt;
}

}  // namespace

SceneCanvas::SceneCanvas(int size_px) : layer_at_(size_px, size_px, CV_8U, cv::Scalar(0)) {
  scene_.image = Image(size_px, size_px);
}

void SceneCanvas::Lay(const Patch& patch, uint8_t layer) {
  if (patch.place.empty()) return;
  Check((patch.place & Bounds()) == patch.place, "a patch within the scene");
  cv::Mat target = MatView(scene_.image)(patch.place);
  cv::Mat layer_at = layer_at_(patch.place);
  if (patch.alpha.empty()) {
    patch.pixels.copyTo(target);
    layer_at.setTo(layer);
    return;
  }
  for (int y = 0; y < target.rows; ++y) {
    const auto* alpha = patch.alpha.ptr<uint8_t>(y);
    BlendRow(patch.pixels.ptr<uint8_t>(y), alpha, target.ptr<uint8_t>(y), target.cols);
    auto* shown = layer_at.ptr<uint8_t>(y);
    for (int x = 0; x < target.cols; ++x) shown[x] = alpha[x] > 127 ? layer : shown[x];
  }
}

void SceneCanvas::Cover(const Patch& patch, const std::vector<FaceLabel>& faces,
                        const std::vector<FaceLabel>& places) {
  Check(layers_ < 255, "at most 255 layers with faces");
  Lay(patch, ++layers_);
  const RectF place{static_cast<float>(patch.place.x) - 0.5F,
                    static_cast<float>(patch.place.y) - 0.5F, static_cast<float>(patch.place.width),
                    static_cast<float>(patch.place.height)};
  const auto expect = [&](const FaceLabel& label, bool labeled) {
    if (Intersection(BoxOf(label), place).Area() <= 0.0F) return;
    expected_.push_back({label, layers_, labeled});
  };
  for (const FaceLabel& face : faces) expect(face, true);
  for (const FaceLabel& face : places) expect(face, false);
}

std::vector<RectF> SceneCanvas::FaceBoxes() const {
  const auto side_px = static_cast<float>(SizePx());
  std::vector<RectF> boxes;
  for (const Expected& face : expected_) {
    const RectF seen = Intersection(BoxOf(face.label), {-0.5F, -0.5F, side_px, side_px});
    if (seen.Area() > 0.0F) boxes.push_back(seen);
  }
  return boxes;
}

std::vector<FaceLabel> SceneCanvas::Faces() const {
  std::vector<FaceLabel> faces;
  for (const Expected& face : expected_) {
    if (face.labeled) faces.push_back(face.label);
  }
  return faces;
}

float SceneCanvas::VisibleShare(const Expected& face) const {
  const RectF box = BoxOf(face.label);
  int all = 0;
  int seen = 0;
  for (int y = static_cast<int>(std::ceil(box.y)); static_cast<float>(y) <= box.y + box.height;
       ++y) {
    const auto span = SpanOfRow(face.label.outline_px, static_cast<float>(y));
    if (!span) continue;
    const int first = static_cast<int>(std::ceil(span->first));
    const int last = static_cast<int>(std::floor(span->second));
    all += std::max(0, last - first + 1);
    if (y < 0 || y >= SizePx() || last < 0 || first >= SizePx()) continue;
    const auto* row = layer_at_.ptr<uint8_t>(y);
    seen += static_cast<int>(
        std::count(row + std::max(first, 0), row + std::min(last, SizePx() - 1) + 1, face.layer));
  }
  return all > 0 ? static_cast<float>(seen) / static_cast<float>(all) : 0.0F;
}

Scene SceneCanvas::Finish(float min_face_px) && {
  for (const Expected& face : expected_) {
    const float share = VisibleShare(face);
    if (share < (face.labeled ? kFaceShare : kPlaceShare)) continue;
    SceneFace found{BoxOf(face.label), face.label.points_px, false, face.label.has_points};
    found.ignored = !face.labeled || share < kFoundShare || found.box.height < min_face_px;
    scene_.faces.push_back(found);
  }
  return std::move(scene_);
}

}  // namespace nosetip
