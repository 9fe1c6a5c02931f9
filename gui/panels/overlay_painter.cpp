#include "gui/panels/overlay_painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <fmt/core.h>

#include "gui/panels/widgets.h"
#include "tracker/vision/head_pose.h"
#include "tracker/vision/overlay.h"

namespace nosetip {
namespace {

ImU32 Rgba(int r, int g, int b, float alpha) {
  return IM_COL32(r, g, b, static_cast<int>(std::lround(255.0F * std::clamp(alpha, 0.0F, 1.0F))));
}

// Colors are the same as in saved files, see vision/overlay.h.
ImU32 ColorOfFace(int id, float opacity) {
  const auto [r, g, b] = FaceColor(id);
  return Rgba(r, g, b, opacity);
}

// Draws one face.
class FacePainter {
 public:
  FacePainter(ImDrawList& list, const TrackedFace& face, const LiveFrame& frame,
              const ViewTransform& view, const ViewOptions& options, float ui_scale)
      : list_(list),
        face_(face),
        frame_(frame),
        view_(view),
        options_(options),
        ui_scale_(ui_scale),
        size_(view.scale * std::max(face.box.rect.width, face.box.rect.height)),
        line_(options.line_width * std::clamp(size_ / 190.0F, 1.0F * ui_scale, 3.0F * ui_scale)),
        color_(ColorOfFace(face.id, options.opacity)),
        shade_(Rgba(8, 10, 14, 0.42F * options.opacity)) {}

  void Paint(const std::deque<std::vector<Point2f>>* trail) const {
    if (options_.trails && trail != nullptr) PaintTrail(*trail);
    if (frame_.schema != nullptr && options_.contours) PaintContours(*frame_.schema);
    if (options_.axes && face_.pose) PaintAxes();
    if (options_.errors) PaintErrors();
    if (options_.points) PaintPoints();
    if (options_.numbers) PaintNumbers();
    if (options_.boxes) PaintBox();
    if (options_.labels) PaintLabel();
  }

 private:
  const std::vector<Point2f>& points() const { return face_.landmarks.points_px; }

  void Shaded(Point2f from, Point2f to, float width, ImU32 color) const {
    list_.AddLine(ToImVec(from), ToImVec(to), shade_, width + 2.0F * ui_scale_);
    list_.AddLine(ToImVec(from), ToImVec(to), color, width);
  }

  void PaintTrail(const std::deque<std::vector<Point2f>>& trail) const {
    for (size_t t = 1; t < trail.size(); ++t) {
      const size_t count = std::min(trail[t - 1].size(), trail[t].size());
      const float age = static_cast<float>(t) / static_cast<float>(trail.size());
      const ImU32 color = ColorOfFace(face_.id, 0.75F * age * options_.opacity);
      for (size_t i = 0; i < count; ++i) {
        list_.AddLine(ToImVec(view_.ToScreen(trail[t - 1][i])),
                      ToImVec(view_.ToScreen(trail[t][i])), color, 0.8F * line_);
      }
    }
  }

  void PaintContours(const LandmarkSchema& schema) const {
    if (points().size() != static_cast<size_t>(schema.count)) return;
    const auto end = [&](int i) { return view_.ToScreen(points()[static_cast<size_t>(i)]); };
    for (const auto& [a, b] : schema.edges) {
      list_.AddLine(ToImVec(end(a)), ToImVec(end(b)), shade_, line_ + 2.0F * ui_scale_);
    }
    for (const auto& [a, b] : schema.edges)
      list_.AddLine(ToImVec(end(a)), ToImVec(end(b)), color_, line_);
  }

  void PaintPoints() const {
    const float scale = std::sqrt(PointScale(points().size()));
    const float radius = options_.point_size * scale *
                         std::clamp(scale * size_ / 130.0F, 1.4F * ui_scale_, 4.5F * ui_scale_);
    const auto& confidence = face_.landmarks.confidence;
    for (size_t i = 0; i < points().size(); ++i) {
      const ImVec2 at = ToImVec(view_.ToScreen(points()[i]));
      const bool colored = options_.confidence_colors && i < confidence.size();
      list_.AddCircleFilled(at, radius + 1.0F * ui_scale_, shade_, 16);
      list_.AddCircleFilled(at, radius,
                            colored ? ColorOfConfidence(confidence[i], options_.opacity)
                                    : Rgba(255, 255, 255, options_.opacity),
                            16);
    }
  }

  void PaintErrors() const {
    const Landmarks& landmarks = face_.landmarks;
    const size_t known = std::min(landmarks.expected_error_px.size(), landmarks.confidence.size());
    for (size_t i = 0; i < std::min(points().size(), known); ++i) {
      list_.AddCircle(ToImVec(view_.ToScreen(points()[i])),
                      view_.scale * landmarks.expected_error_px[i],
                      ColorOfConfidence(landmarks.confidence[i], 0.8F * options_.opacity), 24,
                      1.2F * ui_scale_);
    }
  }

  void PaintNumbers() const {
    const float text = 11.0F * ui_scale_;
    for (size_t i = 0; i < points().size(); ++i) {
      const Point2f at = view_.ToScreen(points()[i]) + Point2f{4.0F * ui_scale_, -0.5F * text};
      const std::string number = std::to_string(i);
      list_.AddText(nullptr, text, {at.x + 1.0F, at.y + 1.0F}, Rgba(0, 0, 0, 0.85F),
                    number.c_str());
      list_.AddText(nullptr, text, ToImVec(at), Rgba(255, 240, 170, options_.opacity),
                    number.c_str());
    }
  }

  RectF BoxOnScreen() const {
    const RectF& box = face_.box.rect;
    const Point2f a = view_.ToScreen({box.x, box.y});
    const Point2f b = view_.ToScreen({box.x + box.width, box.y + box.height});
    const float pad = 0.05F * size_;
    return {std::min(a.x, b.x) - pad, a.y - pad, std::fabs(b.x - a.x) + 2.0F * pad,
            b.y - a.y + 2.0F * pad};
  }

  void PaintBox() const {
    const RectF r = BoxOnScreen();
    const float arm = 0.16F * std::min(r.width, r.height);
    for (const float side_x : {0.0F, 1.0F}) {
      for (const float side_y : {0.0F, 1.0F}) {
        const Point2f corner{r.x + side_x * r.width, r.y + side_y * r.height};
        Shaded(corner, corner + Point2f{side_x > 0.0F ? -arm : arm, 0.0F}, 1.4F * line_, color_);
        Shaded(corner, corner + Point2f{0.0F, side_y > 0.0F ? -arm : arm}, 1.4F * line_, color_);
      }
    }
  }

  void PaintLabel() const {
    const auto percent = std::lround(100.0F * std::clamp(face_.confidence, 0.0F, 1.0F));
    const std::string label = fmt::format("face {}  {} %", face_.id, percent);
    const RectF box = BoxOnScreen();
    const ImVec2 text = ImGui::CalcTextSize(label.c_str());
    const float pad = 5.0F * ui_scale_;
    const RectF& view = view_.on_screen;
    const float x = std::clamp(box.x, view.x + 2.0F,
                               std::max(view.x + 2.0F, view.x + view.width - text.x - 3 * pad));
    const float y = std::clamp(box.y - text.y - 2.5F * pad, view.y + 2.0F,
                               std::max(view.y + 2.0F, view.y + view.height - text.y - 2 * pad));
    list_.AddRectFilled({x, y}, {x + text.x + 2.0F * pad, y + text.y + pad}, color_, pad);
    list_.AddText({x + pad, y + 0.5F * pad}, Rgba(10, 14, 20, 1.0F), label.c_str());
  }

  void PaintAxes() const {
    constexpr double kLengthMm = 45.0;
    if (frame_.schema == nullptr || face_.pose->translation_mm[2] < 4.0 * kLengthMm) return;
    const Point3 tip = NoseTipOfModel();
    const Point2f start = view_.ToScreen(ProjectHeadPoint(*face_.pose, tip));
    const std::array<std::pair<Point3, ImU32>, 3> ends = {{
        {{tip[0] + kLengthMm, tip[1], tip[2]}, Rgba(255, 84, 84, options_.opacity)},
        {{tip[0], tip[1] + kLengthMm, tip[2]}, Rgba(92, 226, 110, options_.opacity)},
        // In the direction that the face looks.
        {{tip[0], tip[1], tip[2] - kLengthMm}, Rgba(84, 148, 255, options_.opacity)},
    }};
    for (const auto& [end, color] : ends) {
      Shaded(start, view_.ToScreen(ProjectHeadPoint(*face_.pose, end)), 1.5F * line_, color);
    }
  }

  ImDrawList& list_;
  const TrackedFace& face_;
  const LiveFrame& frame_;
  const ViewTransform& view_;
  const ViewOptions& options_;
  float ui_scale_;
  float size_;  // of the face, in screen units
  float line_;
  ImU32 color_;
  ImU32 shade_;
};

}  // namespace

ViewTransform ViewTransform::Fit(const RectF& area, SizePx frame, bool mirror) {
  ViewTransform view;
  view.frame = frame;
  view.mirror = mirror;
  const auto width = static_cast<float>(std::max(frame.width, 1));
  const auto height = static_cast<float>(std::max(frame.height, 1));
  view.scale = std::max(1e-3F, std::min(area.width / width, area.height / height));
  view.on_screen.width = view.scale * width;
  view.on_screen.height = view.scale * height;
  view.on_screen.x = area.x + 0.5F * (area.width - view.on_screen.width);
  view.on_screen.y = area.y + 0.5F * (area.height - view.on_screen.height);
  return view;
}

Point2f ViewTransform::ToScreen(Point2f frame_px) const {
  const float x = scale * (frame_px.x + 0.5F);
  return {on_screen.x + (mirror ? on_screen.width - x : x),
          on_screen.y + scale * (frame_px.y + 0.5F)};
}

ImU32 ColorOfConfidence(float confidence, float opacity) {
  const auto mix = [](float from, float to, float t) {
    return static_cast<int>(std::lround(from + (to - from) * std::clamp(t, 0.0F, 1.0F)));
  };
  if (confidence >= 0.5F) {
    const float t = (confidence - 0.5F) / 0.25F;
    return Rgba(255, mix(176, 255, t), mix(32, 255, t), opacity);
  }
  return Rgba(255, mix(64, 176, 2.0F * confidence), mix(64, 32, 2.0F * confidence), opacity);
}

void PaintFaces(ImDrawList& list, const LiveFrame& frame, const Trails& trails,
                const ViewTransform& view, const ViewOptions& options, float ui_scale) {
  const RectF& r = view.on_screen;
  list.PushClipRect({r.x, r.y}, {r.x + r.width, r.y + r.height}, true);
  for (const TrackedFace& face : frame.result.faces) {
    FacePainter(list, face, frame, view, options, ui_scale).Paint(trails.Of(face.id));
  }
  list.PopClipRect();
}

}  // namespace nosetip
