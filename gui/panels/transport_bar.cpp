#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"
#include "gui/state/source_choice.h"

namespace nosetip {
namespace {

bool IsFile(const LiveStatus& live) {
  return live.info && (live.info->kind == SourceKind::kVideoFile ||
                       live.info->kind == SourceKind::kPictureSequence);
}

double LengthOf(const SourceInfo& info) {
  if (!info.frame_count || info.frame_rate_hz <= 0.0) return 0.0;
  return static_cast<double>(*info.frame_count) / info.frame_rate_hz;
}

// A slider over the length of a file; returns the chosen time.
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
  Tooltip("Drag to seek");
  ImGui::SameLine();
  ImGui::TextUnformatted(time.c_str());
  return chosen;
}

std::optional<Command> DrawFileControls(const AppState& state) {
  std::optional<Command> command;
  ImGui::SameLine();
  if (Button("Step", "Next frame (Right)")) command = StepFrame{};
  ImGui::SameLine();
  bool loop = state.settings.loop;
  if (Checkbox("Loop", loop, "Restart the file at its end (L)")) {
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

}  // namespace

std::optional<Command> DrawMediaButtons(const AppState& state) {
  std::optional<Command> command;
  if (Button("Screenshot", "Save the frame with and without overlay, and its points (S)")) {
    command = TakeScreenshot{};
  }
  ImGui::SameLine();
  const bool recording = state.recorder.state == RecorderState::kRecording;
  if (recording) ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().bad);
  const bool pressed = Button(recording ? "Stop recording##record" : "Record##record",
                              "Record a video with the overlay, and a table of all points (R)");
  if (recording) ImGui::PopStyleColor();
  if (pressed) command = SetRecording{!recording};
  return command;
}

std::optional<Command> DrawTransportBar(const AppState& state) {
  std::optional<Command> command;
  const bool paused = state.live.state == LiveState::kPaused;
  const bool ended = state.live.state == LiveState::kEnded;
  if (PrimaryButton(ended ? "Replay##play" : paused ? "Resume##play" : "Pause##play", "Space")) {
    if (ended) {
      command = SeekTo{0.0};
    } else {
      command = SetPaused{!paused};
    }
  }
  NoteItem("Play");
  ImGui::SameLine();
  if (auto wanted = DrawMediaButtons(state)) command = wanted;
  if (IsFile(state.live)) {
    if (auto wanted = DrawFileControls(state)) command = wanted;
  } else if (state.live.info) {
    const SourceInfo& info = *state.live.info;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    if (info.kind == SourceKind::kPicture) {
      ImGui::TextUnformatted(("Picture, " + SizeAndRate(info)).c_str());
      return command;
    }
    const std::string text =
        fmt::format("Live, {} x {}, {:.1f} frames/s, {} dropped", info.width_px, info.height_px,
                    state.live.capture_rate_hz, state.live.dropped);
    ImGui::TextUnformatted(text.c_str());
  }
  return command;
}

}  // namespace nosetip
