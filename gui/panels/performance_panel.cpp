#include <algorithm>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

void MeasureRow(const char* name, const char* tooltip, const Measure& measure, float min_range_ms) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(name);
  Tooltip(tooltip);
  for (const double p : {0.5, 0.95}) {
    ImGui::TableNextColumn();
    ImGui::Text("%.1f", measure.Percentile(p));
  }
  ImGui::TableNextColumn();
  const std::vector<float> values = measure.Values();
  // Large values extend the range, so that nothing is cut off.
  const auto range_ms = std::max(min_range_ms, 1.2F * static_cast<float>(measure.Percentile(0.98)));
  ImGui::PushID(name);
  ImGui::PlotLines("##plot", values.data(), static_cast<int>(values.size()), 0, nullptr, 0.0F,
                   range_ms, {ImGui::GetContentRegionAvail().x, 1.5F * ImGui::GetFontSize()});
  ImGui::PopID();
}

void DrawMeasures(const PerformanceMeter& meter) {
  if (!ImGui::BeginTable("measures", 4, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("ms");
  ImGui::TableSetupColumn("Median");
  ImGui::TableSetupColumn("95 %");
  ImGui::TableSetupColumn("Latest", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableHeadersRow();
  MeasureRow("Latency", "From capture to screen", meter.latency_ms(), 100.0F);
  MeasureRow("Interval", "Time between new frames on screen", meter.interval_ms(), 100.0F);
  MeasureRow("Landmarks", "Cropping and network, for all faces", meter.landmark_ms(), 50.0F);
  MeasureRow("Detection", "Finding and confirming faces while the frame waits", meter.detect_ms(),
             50.0F);
  MeasureRow("Drawing", "Panels, overlay and upload of the frame to the GPU", meter.draw_ms(),
             50.0F);
  ImGui::EndTable();
}

}  // namespace

void DrawPerformancePanel(const AppState& state) {
  BeginItemsOf("Performance");
  const PerformanceMeter& meter = state.performance;
  const std::string rate =
      fmt::format("{:.1f} of {:.1f} captured frames/s, {} dropped", meter.FrameRateHz(),
                  state.live.capture_rate_hz, state.live.dropped);
  ValueRow("Shown", rate, "Dropped frames were replaced by a newer one of the camera or stream");
  NotePlace("Shown " + rate, {});
  const PartsInUse& parts = state.parts;
  ValueRow("Device", parts.device.name.empty() ? "Loading the model..." : parts.device.name,
           parts.device.reason);
  DrawMeasures(meter);
  ValueRow("Backend", fmt::format("{}; {}", parts.device.reason, parts.how_it_runs));
  if (meter.first_points_s()) {
    const std::string text =
        fmt::format("{:.2f} s after the window opened", *meter.first_points_s());
    ValueRow("First points", text);
    NotePlace("First points " + text, {});
  }
  ValueRow("Renderer", state.window_system, "The graphics driver that draws the window");
}

}  // namespace nosetip
