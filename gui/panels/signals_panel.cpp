#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"
#include "tracker/signals/blink_detector.h"
#include "tracker/signals/signal_meter.h"

namespace nosetip {
namespace {

constexpr float kShownDegrees = 45.0F;    // heads rarely turn further
constexpr float kSureConfidence = 0.25F;  // values below it are dimmed
constexpr double kGap_s = 0.3;            // without signals for longer, the trace is interrupted
constexpr float kBarInText = 4.5F;        // times the text size
constexpr float kRowInText = 1.75F;

// In the order of Signal.
constexpr std::array<const char*, kSignals> kHelp = {
    "0 shut, 1 as open as usual. A blink is shaded; it begins below the line.",
    "0 shut, 1 as open as usual. A blink is shaded; it begins below the line.",
    "0 shut, 1 wide open",
    "-1 narrow, 0 neutral, 1 wide",
    "0 neutral, 1 broad smile",
    "-1 lowered, 0 neutral, 1 raised. The person's right.",
    "-1 lowered, 0 neutral, 1 raised. The person's left.",
    "-1 to the person's right, 1 to the left",
    "Degrees; positive to the person's right",
    "Degrees; positive down",
    "Degrees; positive clockwise on the screen",
};

bool IsAngle(size_t signal) { return signal >= kExpressionSignals; }
bool IsEye(size_t signal) {
  return signal == static_cast<size_t>(Signal::kEyeOpenRight) ||
         signal == static_cast<size_t>(Signal::kEyeOpenLeft);
}

// From 0 to 1 over the range that is shown.
float PartOf(size_t signal, float value) {
  const SignalInfo& info = SignalInfos()[signal];
  const float high = IsAngle(signal) ? kShownDegrees : info.high;
  const float low = IsAngle(signal) ? -kShownDegrees : info.low;
  return std::clamp((value - low) / (high - low), 0.0F, 1.0F);
}

std::string ValueText(size_t signal, float value) {
  // Adding 0 makes -0 a 0.
  if (IsAngle(signal)) return fmt::format("{:.0f}°", std::round(value) + 0.0F);
  return fmt::format("{:.2f}", std::round(100.0F * value) / 100.0F + 0.0F);
}

// The rest of the cell, or `width`.
RectF PlaceInCell(float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = kRowInText * ImGui::GetFontSize();
  ImGui::Dummy({width, height});
  return {at.x, at.y, width, height};
}

// The background of a bar or trace, like that of Dear ImGui's plots.
void DrawField(ImDrawList& list, const RectF& area) {
  FillRect(list, area, ImGui::GetColorU32(ImGuiCol_FrameBg));
  if (ImGui::GetStyle().FrameBorderSize > 0.0F) {
    list.AddRect({area.x, area.y}, {area.x + area.width, area.y + area.height},
                 ImGui::GetColorU32(ImGuiCol_Border));
  }
}

void DrawBar(size_t signal, const FaceSignals* latest) {
  const RectF area = PlaceInCell(kBarInText * ImGui::GetFontSize());
  const float inset = 0.3F * ImGui::GetFontSize();
  const RectF bar{area.x, area.y + inset, area.width, area.height - 2.0F * inset};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  DrawField(list, bar);
  if (latest == nullptr) return;
  const float zero = PartOf(signal, 0.0F);
  const float now = PartOf(signal, latest->values[signal]);
  const auto [from, to] = std::minmax(zero, now);
  const bool is_sure = latest->confidence[signal] >= kSureConfidence;
  const Palette& palette = CurrentPalette();
  // At least a line, so that 0 is seen too.
  const float width = std::max((to - from) * bar.width, 2.0F * UiScale());
  const float x = std::min(bar.x + from * bar.width, bar.x + bar.width - width);
  FillRect(list, {x, bar.y, width, bar.height},
           ImGui::GetColorU32(is_sure ? palette.accent : palette.dim));
}

class Trace {
 public:
  Trace(const SignalHistory& history, size_t signal, const RectF& area)
      : history_(history), signal_(signal), area_(area), list_(*ImGui::GetWindowDrawList()) {}

  void Draw() {
    DrawField(list_, area_);
    if (IsEye(signal_)) DrawBlinks();
    if (IsEye(signal_)) DrawLevel(BlinkDetector::kHalfOpen);
    if (SignalInfos()[signal_].low < 0.0F) DrawLevel(0.0F);
    DrawLine();
  }

 private:
  float X(double time_s) const {
    const double age = (history_.now_s() - time_s) / SignalHistory::kTrace_s;
    return area_.x + area_.width * static_cast<float>(std::clamp(1.0 - age, 0.0, 1.0));
  }
  float Y(float value) const {
    // Inside, so that the line is seen at both ends of the range.
    const float inset = 1.5F * UiScale();
    return area_.y + inset + (area_.height - 2.0F * inset) * (1.0F - PartOf(signal_, value));
  }

  void DrawBlinks() {
    ImVec4 color = CurrentPalette().warning;
    color.w = 0.45F;
    for (const SignalHistory::Sample& sample : history_.samples()) {
      if (!sample.signals.blink) continue;
      const float from = X(sample.signals.blink->start_s);
      const float to = X(sample.signals.blink->end_s);
      FillRect(list_, {from, area_.y, std::max(to - from, 2.0F * UiScale()), area_.height},
               ImGui::GetColorU32(color));
    }
  }
  void DrawLevel(float value) {
    ImVec4 color = CurrentPalette().dim;
    color.w = 0.5F;
    const float y = Y(value);
    list_.AddLine({area_.x, y}, {area_.x + area_.width, y}, ImGui::GetColorU32(color));
  }
  void DrawLine() {
    std::vector<ImVec2> line;
    double last_s = 0.0;
    for (const SignalHistory::Sample& sample : history_.samples()) {
      if (!line.empty() && sample.time_s - last_s > kGap_s) EndLine(line);
      line.push_back({X(sample.time_s), Y(sample.signals.values[signal_])});
      last_s = sample.time_s;
    }
    EndLine(line);
  }
  void EndLine(std::vector<ImVec2>& line) {
    list_.AddPolyline(line.data(), static_cast<int>(line.size()),
                      ImGui::GetColorU32(CurrentPalette().accent), ImDrawFlags_None,
                      1.5F * UiScale());
    line.clear();
  }

  const SignalHistory& history_;
  size_t signal_;
  RectF area_;
  ImDrawList& list_;
};

void SignalRow(const SignalHistory& history, size_t signal) {
  const SignalInfo& info = SignalInfos()[signal];
  const FaceSignals* latest = history.Latest();
  const std::string label(info.label);
  std::string help = kHelp[signal];
  if (latest != nullptr) {
    help += fmt::format("\nConfidence {:.2f}", latest->confidence[signal]);
  }
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(label.c_str());
  NoteItem(label);
  Tooltip(help);
  ImGui::TableNextColumn();
  if (latest != nullptr) {
    const std::string text = ValueText(signal, latest->values[signal]);
    const float free = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(text.c_str()).x;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(free, 0.0F));
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(text.c_str());
    NotePlace(label + " " + text, {});
  }
  ImGui::TableNextColumn();
  DrawBar(signal, latest);
  Tooltip(help);
  ImGui::TableNextColumn();
  Trace(history, signal, PlaceInCell(ImGui::GetContentRegionAvail().x)).Draw();
  Tooltip(help);
}

void DrawSignals(const SignalHistory& history) {
  if (!ImGui::BeginTable("signals", 4, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("Signal");
  ImGui::TableSetupColumn("Now", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("-0.00").x);
  ImGui::TableSetupColumn("");
  ImGui::TableSetupColumn("Last 10 s", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableHeadersRow();
  for (size_t signal = 0; signal < kSignals; ++signal) SignalRow(history, signal);
  ImGui::EndTable();
}

// Why there is nothing to see, or that it is not final yet; else whose signals these are.
std::string StatusOf(const AppState& state) {
  const LandmarkSchema* schema = state.shown ? state.shown->schema : nullptr;
  if (schema != nullptr && !SignalMeter::Measures(*schema)) {
    return "Signals need 68 points: choose face68 in Tracker";
  }
  const SignalHistory& history = state.signals;
  if (!history.face_id()) return "No face";
  const bool is_picture = state.live.info && state.live.info->kind == SourceKind::kPicture;
  if (is_picture) return "Compared with the average face";
  if (history.IsLearning()) return "Learning the neutral face...";
  return fmt::format("Face {}", *history.face_id());
}

void DrawBlinkCount(const SignalHistory& history) {
  const std::optional<double> rate = history.BlinksPerMinute();
  const std::string text = rate ? fmt::format("{}, {:.0f} per minute", history.blinks(), *rate)
                                : fmt::format("{}", history.blinks());
  ValueRow("Blinks", text, "Of this face; the rate is that of the last minute");
  NotePlace("Blinks " + text, {});
}

}  // namespace

std::optional<Command> DrawSignalsPanel(const AppState& state) {
  BeginItemsOf("Signals");
  std::optional<Command> command;
  ImGui::BeginDisabled(!state.signals.face_id());
  if (Button("Calibrate",
             "Learn the neutral face again: look at the camera, relaxed, for 3 seconds. "
             "Signals are measured from there.")) {
    command = CalibrateSignals{};
  }
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  const std::string status = StatusOf(state);
  ImGui::TextUnformatted(status.c_str());
  NotePlace("Status " + status, {});
  DrawBlinkCount(state.signals);
  DrawSignals(state.signals);
  return command;
}

}  // namespace nosetip
