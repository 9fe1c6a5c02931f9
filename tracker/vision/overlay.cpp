#include "tracker/vision/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "tracker/vision/canvas.h"
#include "tracker/vision/head_pose.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

using Segment = std::pair<Point2f, Point2f>;

const Ink kShade = {{8, 10, 14}, 0.38F};
const cv::Vec3b kWhite = {255, 255, 255};
const cv::Vec3b kAmber = {255, 176, 32};

cv::Vec3b ColorOf(int id) {
  const auto [r, g, b] = FaceColor(id);
  return {r, g, b};
}

// All measures of one face's drawing follow from its size; where there are few points, these also
// follow from the picture's shorter side, since a single point tells no size.
struct Measures {
  Measures(float face_px, float picture_px, float point_scale)
      : line_px(std::clamp(face_px / 170.0F, 0.7F, 9.0F)),
        point_px(std::max(std::clamp(std::sqrt(point_scale) * face_px / 125.0F, 1.0F, 13.0F),
                          (point_scale - 1.0F) * picture_px / 700.0F)),
        text_px(std::clamp(face_px / 17.0F, 7.0F, 44.0F)) {}
  float line_px;
  float point_px;  // radius
  float text_px;   // height of capital letters
};

float FaceSize(const Image& image, const TrackedFace& face) {
  // The box of a single point is empty.
  const float least = 0.12F * static_cast<float>(std::min(image.width_px, image.height_px));
  return std::max({face.box.rect.width, face.box.rect.height, least});
}

RectF Grown(const RectF& rect, float by_px) {
  return {rect.x - by_px, rect.y - by_px, rect.width + 2.0F * by_px, rect.height + 2.0F * by_px};
}

RectF PointBounds(const TrackedFace& face) {
  return face.landmarks.points_px.empty() ? face.box.rect : BoundsOf(face.landmarks.points_px);
}

RectF Union(const RectF& a, const RectF& b) {
  const Point2f corners[] = {
      {a.x, a.y}, {a.x + a.width, a.y + a.height}, {b.x, b.y}, {b.x + b.width, b.y + b.height}};
  return BoundsOf(corners);
}

// Eight short lines that mark the corners of a rectangle.
std::vector<Segment> Brackets(const RectF& r) {
  const float arm = 0.16F * std::min(r.width, r.height);
  std::vector<Segment> lines;
  for (const float side_x : {0.0F, 1.0F}) {
    for (const float side_y : {0.0F, 1.0F}) {
      const Point2f corner = {r.x + side_x * r.width, r.y + side_y * r.height};
      lines.push_back({corner, corner + Point2f{side_x > 0.0F ? -arm : arm, 0.0F}});
      lines.push_back({corner, corner + Point2f{0.0F, side_y > 0.0F ? -arm : arm}});
    }
  }
  return lines;
}

// A small face has room for its id alone.
std::string LabelOf(const TrackedFace& face, float face_px) {
  constexpr float kSmallFacePx = 70.0F;
  if (face_px < kSmallFacePx) return fmt::format("{}", face.id);
  return fmt::format("face {}  {}%", face.id,
                     std::lround(100.0F * std::clamp(face.confidence, 0.0F, 1.0F)));
}

// Draws one face.
class FacePainter {
 public:
  FacePainter(Image& image, const TrackedFace& face, const LandmarkSchema& schema)
      : image_(image),
        face_(face),
        schema_(schema),
        size_px_(FaceSize(image, face)),
        measures_(size_px_, static_cast<float>(std::min(image.width_px, image.height_px)),
                  PointScale(face.landmarks.points_px.size())),
        color_(ColorOf(face.id)),
        frame_(Grown(face.box.rect, 0.06F * size_px_)),
        label_(LabelOf(face, size_px_)),
        pill_(PillAbove(frame_)),
        canvas_(image,
                Union(Union(Grown(frame_, 0.12F * size_px_), Grown(pill_, 2.0F)),
                      Grown(PointBounds(face), 0.1F * size_px_)),
                measures_.line_px) {}

  void Paint(const OverlayOptions& options) {
    const RectF picture = {-0.5F, -0.5F, static_cast<float>(image_.width_px),
                           static_cast<float>(image_.height_px)};
    if (Intersection(frame_, picture).Area() <= 0.0F) return;  // nothing of it is in the picture
    if (options.overlay_contours) Contours();
    if (options.overlay_axes && face_.pose) Axes();
    if (options.overlay_points) Points();
    if (options.overlay_box) Box();
    if (options.overlay_label) Label();
    canvas_.Commit();
  }

 private:
  void Shaded(const std::vector<Segment>& lines, float width_px, float alpha) {
    canvas_.Lines(lines, width_px + 1.6F * measures_.line_px, kShade);
    canvas_.Lines(lines, width_px, {color_, alpha});
  }

  void Contours() {
    const auto& points = face_.landmarks.points_px;
    std::vector<Segment> lines;
    for (const auto& [a, b] : schema_.edges) {
      lines.push_back({points[static_cast<size_t>(a)], points[static_cast<size_t>(b)]});
    }
    Shaded(lines, measures_.line_px, 0.85F);
  }

  void Points() {
    const Landmarks& landmarks = face_.landmarks;
    std::vector<Point2f> sure, unsure;
    for (size_t i = 0; i < landmarks.points_px.size(); ++i) {
      const bool is_unsure = i < landmarks.confidence.size() && landmarks.confidence[i] < 0.5F;
      (is_unsure ? unsure : sure).push_back(landmarks.points_px[i]);
    }
    canvas_.Discs(landmarks.points_px, measures_.point_px + 0.9F * measures_.line_px, kShade);
    canvas_.Discs(sure, measures_.point_px, {kWhite, 0.96F});
    canvas_.Discs(unsure, measures_.point_px, {kAmber, 0.96F});
  }

  // The axes start at the tip of the nose and are as long as the nose is wide, twice over.
  void Axes() {
    constexpr double kLengthMm = 45.0;
    const Point3 tip = NoseTipOfModel();
    if (face_.pose->translation_mm[2] < 4.0 * kLengthMm) return;  // too close to draw it
    const Point2f start = ProjectHeadPoint(*face_.pose, tip);
    const std::pair<Point3, cv::Vec3b> ends[] = {
        {{tip[0] + kLengthMm, tip[1], tip[2]}, {255, 84, 84}},
        {{tip[0], tip[1] + kLengthMm, tip[2]}, {92, 226, 110}},
        // Out of the face, towards where it looks.
        {{tip[0], tip[1], tip[2] - kLengthMm}, {84, 148, 255}}};
    const float width = 1.5F * measures_.line_px;
    for (const auto& [end, color] : ends) {
      const std::vector<Segment> line = {{start, ProjectHeadPoint(*face_.pose, end)}};
      canvas_.Lines(line, width + 1.2F * measures_.line_px, kShade);
      canvas_.Lines(line, width, {color, 0.95F});
    }
  }

  void Box() { Shaded(Brackets(frame_), 1.6F * measures_.line_px, 0.95F); }

  void Label() {
    canvas_.RoundedBox(pill_, 0.5F * pill_.height, {color_, 0.92F});
    const float pad = 0.5F * (pill_.height - measures_.text_px);
    canvas_.Text(label_, {pill_.x + pad, pill_.y + pad + measures_.text_px}, measures_.text_px,
                 {{12, 16, 22}, 1.0F});
  }

  // Where the label goes: above the box, or inside the picture where the box touches its edge.
  RectF PillAbove(const RectF& box) const {
    const float pad = 0.65F * measures_.text_px;
    const float width = TextWidth(label_, measures_.text_px) + 2.0F * pad;
    const float height = measures_.text_px + 2.0F * pad;
    const float last_x = static_cast<float>(image_.width_px) - width - 2.0F;
    const float last_y = static_cast<float>(image_.height_px) - height - 2.0F;
    const float above = box.y - height - 2.0F * measures_.line_px - 0.4F * pad;
    return {std::clamp(box.x, 1.0F, std::max(1.0F, last_x)),
            std::clamp(above, 1.0F, std::max(1.0F, last_y)), width, height};
  }

  Image& image_;
  const TrackedFace& face_;
  const LandmarkSchema& schema_;
  float size_px_;
  Measures measures_;
  cv::Vec3b color_;
  RectF frame_;
  std::string label_;
  RectF pill_;
  Canvas canvas_;
};

}  // namespace

std::span<const Field<OverlayOptions>> OverlayOptions::Fields() {
  using Options = OverlayOptions;
  static const std::array<Field<Options>, 5> kFields = {{
      {"overlay-box", &Options::overlay_box, "Draw the box of each face."},
      {"overlay-label", &Options::overlay_label, "Draw the id and confidence of each face."},
      {"overlay-contours", &Options::overlay_contours, "Draw lines between the points."},
      {"overlay-points", &Options::overlay_points, "Draw the points."},
      {"overlay-axes", &Options::overlay_axes, "Draw the axes of the head."},
  }};
  return kFields;
}

std::array<uint8_t, 3> FaceColor(int id) {
  static constexpr std::array<std::array<uint8_t, 3>, 8> kColors = {{{46, 214, 190},
                                                                     {255, 138, 92},
                                                                     {122, 162, 255},
                                                                     {248, 208, 72},
                                                                     {236, 120, 196},
                                                                     {140, 220, 96},
                                                                     {186, 140, 255},
                                                                     {96, 206, 255}}};
  return kColors[static_cast<size_t>(id) % kColors.size()];
}

float PointScale(size_t points) {
  return std::max(1.0F, std::pow(68.0F / static_cast<float>(std::max<size_t>(points, 1)), 0.4F));
}

Image DrawOverlay(const Image& image, const TrackResult& result, const LandmarkSchema& schema,
                  const OverlayOptions& options) {
  Image drawn = image;
  if (image.Empty()) return drawn;
  WithOpenCv("overlay", [&] {
    for (const TrackedFace& face : result.faces) {
      const size_t points = face.landmarks.points_px.size();
      Check(points == 0 || points == static_cast<size_t>(schema.count), "points of the schema");
      OverlayOptions wanted = options;
      wanted.overlay_contours = options.overlay_contours && points > 0;
      FacePainter(drawn, face, schema).Paint(wanted);
    }
  });
  return drawn;
}

}  // namespace nosetip
