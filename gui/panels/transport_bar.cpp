#include "gui/panels/transport_bar.h"

#include <algorithm>
#include <cstdio>

#include "gui/panels/widgets.h"
#include "gui/state/source_choice.h"

namespace nosetip {
namespace {

float UiScale() { return ImGui::GetFontSize() / kTextPx; }

bool IsFile(const LiveStatus& live) {
  return live.info && (live.info->kind == SourceKind::kVideoFile ||
                       live.info->kind == SourceKind::kPictureSequence);
}

double LengthOf(const SourceInfo& info) {
  if (!info.frame_count || info.frame_rate_hz <= 0.0) return 0.0;
  return static_cast<double>(*info.frame_count) / info.frame_rate_hz;
}

// A slider over the length of a file; gives the place that was chosen.
std::optional<double> DrawTimeline(const AppState& state, double length_s) {
  auto at_s = static_cast<float>(state.shown ? state.shown->result.pts_s : 0.0);
  const std::string time = TimeText(static_cast<double>(at_s)) + " / " + TimeText(length_s);
  const float width = std::max(80.0F, ImGui::GetContentRegionAvail().x -
                                          ImGui::CalcTextSize(time.c_str()).x - 20.0F * UiScale());
  ImGui::SetNextItemWidth(width);
  std::optional<double> chosen;
  if (ImGui::SliderFloat("##time", &at_s, 0.0F, static_cast<float>(length_s), "")) {
    chosen = static_cast<double>(at_s);
  }
  NoteItem("Time");
  Tooltip("Where in the file; drag to go elsewhere");
  ImGui::SameLine();
  ImGui::TextUnformatted(time.c_str());
  return chosen;
}

std::optional<Command> DrawFileControls(const AppState& state) {
  std::optional<Command> command;
  ImGui::SameLine();
  if (Button("Step", "One frame on (Right)")) command = StepFrame{};
  ImGui::SameLine();
  bool loop = state.settings.loop;
  if (Checkbox("Loop", loop, "Start over at the end (L)")) {
    ChangeSettings change{state.settings};
    change.settings.loop = loop;
    command = change;
  }
  const double length_s = LengthOf(*state.live.info);
  if (length_s <= 0.0) return command;
  ImGui::SameLine();
  if (const std::optional<double> place_s = DrawTimeline(state, length_s)) {
    command = SeekTo{*place_s};
  }
  return command;
}

std::optional<Command> DrawMediaControls(const AppState& state) {
  std::optional<Command> command;
  if (Button("Screenshot", "The picture with and without what is drawn, and its points (S)")) {
    command = TakeScreenshot{};
  }
  ImGui::SameLine();
  const bool recording = state.recorder.state == RecorderState::kRecording;
  if (recording) ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().bad);
  const bool pressed = Button(recording ? "Stop recording##record" : "Record##record",
                              "Video with what is drawn, and a table of all points (R)");
  if (recording) ImGui::PopStyleColor();
  if (pressed) command = SetRecording{!recording};
  return command;
}

}  // namespace

std::string TimeText(double seconds) {
  const auto whole = static_cast<int>(std::max(0.0, seconds));
  char text[32];
  std::snprintf(text, sizeof text, "%d:%02d.%01d", whole / 60, whole % 60,
                static_cast<int>(10.0 * (seconds - whole)));
  return text;
}

std::optional<Command> DrawTransportBar(const AppState& state) {
  std::optional<Command> command;
  const bool paused = state.live.state == LiveState::kPaused;
  const bool ended = state.live.state == LiveState::kEnded;
  if (PrimaryButton(ended ? "Again##play" : paused ? "Go on##play" : "Pause##play", "Space")) {
    if (ended) {
      command = SeekTo{0.0};
    } else {
      command = SetPaused{!paused};
    }
  }
  NoteItem("Play");
  ImGui::SameLine();
  if (auto wanted = DrawMediaControls(state)) command = wanted;
  if (IsFile(state.live)) {
    if (auto wanted = DrawFileControls(state)) command = wanted;
  } else if (state.live.info) {
    const SourceInfo& info = *state.live.info;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    if (info.kind == SourceKind::kPicture) {
      ImGui::TextUnformatted(("picture, " + SizeAndRate(info)).c_str());
      return command;
    }
    char text[96];
    std::snprintf(text, sizeof text, "live, %d x %d, %.1f frames/s, %lld dropped", info.width_px,
                  info.height_px, state.live.capture_rate_hz,
                  static_cast<long long>(state.live.dropped));
    ImGui::TextUnformatted(text);
  }
  return command;
}

}  // namespace nosetip
