#include "gui/panels/loss_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

struct Range {
  float low = std::numeric_limits<float>::max();
  float high = std::numeric_limits<float>::lowest();

  bool IsEmpty() const { return low > high; }
};

Range RangeOf(std::span<const Curve> curves) {
  Range range;
  for (const Curve& curve : curves) {
    for (const float value : curve.values) {
      if (!std::isfinite(value)) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  return range;
}

// From a value to its height, 0 to 1.
class Axis {
 public:
  explicit Axis(const Range& range)
      : is_log_(range.low > 0.0F && range.high > 5.0F * range.low),
        low_(At(range.low)),
        span_(std::max(1e-6F, At(range.high) - low_)) {}

  float HeightOf(float value) const { return (At(value) - low_) / span_; }

 private:
  float At(float value) const { return is_log_ ? std::log(value) : value; }

  bool is_log_;
  float low_;
  float span_;
};

void DrawCurve(ImDrawList& list, const Curve& curve, const Axis& axis, const RectF& area,
               int epochs) {
  const float step = area.width / static_cast<float>(std::max(1, epochs - 1));
  std::vector<ImVec2> line;
  for (size_t i = 0; i < curve.values.size(); ++i) {
    if (!std::isfinite(curve.values[i])) continue;
    line.push_back({area.x + step * static_cast<float>(i),
                    area.y + area.height * (1.0F - axis.HeightOf(curve.values[i]))});
  }
  if (line.size() == 1) {
    list.AddCircleFilled(line[0], 2.5F, curve.color);
  } else {
    list.AddPolyline(line.data(), static_cast<int>(line.size()), curve.color, ImDrawFlags_None,
                     1.8F);
  }
}

std::string ValueText(float value) {
  char text[24];
  std::snprintf(text, sizeof text, "%.3g", static_cast<double>(value));
  return text;
}

void DrawLegend(std::span<const Curve> curves) {
  for (size_t i = 0; i < curves.size(); ++i) {
    if (i > 0) ImGui::SameLine();
    const Curve& curve = curves[i];
    std::string text = curve.name;
    if (!curve.values.empty()) text.append(" ").append(ValueText(curve.values.back()));
    ImGui::PushStyleColor(ImGuiCol_Text, curve.color);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopStyleColor();
  }
}

}  // namespace

void DrawCurves(const char* label, std::span<const Curve> curves, int epochs) {
  DrawLegend(curves);
  const float unit = ImGui::GetFontSize();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{ImGui::GetContentRegionAvail().x, 6.5F * unit};
  ImGui::Dummy(size);
  NoteItem(label);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, ImGui::GetColorU32(ImGuiCol_FrameBg),
                     4.0F);
  const Range range = RangeOf(curves);
  if (range.IsEmpty()) return;
  const float pad = 0.5F * unit;
  const float text = ImGui::CalcTextSize("0.00000").x;
  const RectF area{at.x + text + pad, at.y + pad, size.x - text - 2.0F * pad, size.y - 2.0F * pad};
  const ImU32 dim = ImGui::GetColorU32(CurrentPalette().dim);
  list.AddText({at.x + pad, area.y - 0.2F * unit}, dim, ValueText(range.high).c_str());
  list.AddText({at.x + pad, area.y + area.height - unit}, dim, ValueText(range.low).c_str());
  const Axis axis(range);
  for (const Curve& curve : curves) DrawCurve(list, curve, axis, area, epochs);
}

}  // namespace nosetip
