#include "gui/panels/performance_panel.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

std::string Milliseconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

void MeasureRow(const char* name, const char* tooltip, const Measure& measure,
                float least_range_ms) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(name);
  Tooltip(tooltip);
  for (const double p : {0.5, 0.95}) {
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(Milliseconds(measure.Percentile(p)).c_str());
  }
  ImGui::TableNextColumn();
  const std::vector<float> values = measure.Values();
  // Higher than the usual where it must be, so that nothing is cut off.
  const auto most = std::max(least_range_ms, 1.2F * static_cast<float>(measure.Percentile(0.98)));
  ImGui::PushID(name);
  ImGui::PlotLines("##plot", values.data(), static_cast<int>(values.size()), 0, nullptr, 0.0F, most,
                   {ImGui::GetContentRegionAvail().x, 1.5F * ImGui::GetFontSize()});
  ImGui::PopID();
}

void DrawMeasures(const PerformanceMeter& meter) {
  if (!ImGui::BeginTable("measures", 4, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("ms");
  ImGui::TableSetupColumn("median");
  ImGui::TableSetupColumn("95 %");
  ImGui::TableSetupColumn("latest", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableHeadersRow();
  MeasureRow("Latency", "From capture to the screen", meter.latency_ms(), 100.0F);
  MeasureRow("Interval", "Between new frames on the screen", meter.interval_ms(), 100.0F);
  MeasureRow("Landmarks", "Cropping and the network, all faces", meter.landmark_ms(), 50.0F);
  MeasureRow("Detection", "Finding and confirming faces, in the frame's own path",
             meter.detect_ms(), 50.0F);
  MeasureRow("Drawing", "Panels, overlay and upload of the frame", meter.draw_ms(), 50.0F);
  ImGui::EndTable();
}

}  // namespace

void DrawPerformancePanel(const AppState& state) {
  BeginItemsOf("Performance");
  const PerformanceMeter& meter = state.performance;
  char text[96];
  std::snprintf(text, sizeof text, "%.1f frames/s of %.1f captured, %lld dropped",
                meter.FrameRateHz(), state.live.capture_rate_hz,
                static_cast<long long>(state.live.dropped));
  ValueRow("Shown", text, "Dropped: replaced by a newer frame of the camera or stream");
  NotePlace(std::string("Shown ") + text, {});
  const PartsInUse& parts = state.parts;
  ValueRow("Device", parts.device.name.empty() ? "loading the model" : parts.device.name,
           parts.device.reason);
  DrawMeasures(meter);
  ValueRow("Why this device", parts.device.reason + "; " + parts.how_it_runs);
  if (meter.first_points_s()) {
    std::snprintf(text, sizeof text, "%.2f s after the window opened", *meter.first_points_s());
    ValueRow("First points", text);
    NotePlace(std::string("First points ") + text, {});
  }
  ValueRow("Window", state.window_system, "What draws it");
}

}  // namespace nosetip
