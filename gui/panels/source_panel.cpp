#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"
#include "gui/state/source_choice.h"
#include "tracker/core/printable_text.h"

namespace nosetip {
namespace {

std::string CameraName(const CameraEntry& camera) {
  return std::to_string(camera.index) + (camera.name.empty() ? "" : "  " + camera.name);
}

const char* StateText(LiveState state) {
  switch (state) {
    case LiveState::kOpening:
      return "Opening";
    case LiveState::kRunning:
      return "Running";
    case LiveState::kPaused:
      return "Paused";
    case LiveState::kRetrying:
      return "Reconnecting";
    case LiveState::kEnded:
      return "Ended";
    case LiveState::kFailed:
      return "Failed";
  }
  return "";
}

// The file name of a path; streams keep their address, but for the password.
std::string ShortName(const std::string& source) {
  const std::string name = std::filesystem::path(source).filename().string();
  const bool whole = name.empty() || source.find("://") != std::string::npos;
  return whole ? WithoutPasswords(source) : name;
}

std::string ModeText(const CameraMode& mode) {
  return fmt::format("{} x {}, {:.4g} frames/s, {}", mode.size_px.width, mode.size_px.height,
                     mode.BestRateHz(), mode.format);
}

// From the list of the camera's modes; by numbers where there is no list.
bool EditCameraMode(const AppState& state, CameraOptions& camera) {
  if (state.camera_modes.empty()) {
    ImGui::PushItemWidth(7.0F * ImGui::GetFontSize());
    const bool changed = EditOptions(camera);
    ImGui::PopItemWidth();
    return changed;
  }
  std::vector<std::string> names = {"Camera default"};
  std::string shown = names.front();
  for (const CameraMode& mode : state.camera_modes) {
    names.push_back(ModeText(mode));
    if (mode.size_px == SizePx{camera.camera_width, camera.camera_height}) shown = names.back();
  }
  ImGui::SetNextItemWidth(-1.0F);
  const int chosen = Combo("##mode", shown, names, "Resolution and frame rate of the camera");
  if (chosen < 0) return false;
  camera = CameraOptions{};
  if (chosen > 0) {
    const CameraMode& mode = state.camera_modes[static_cast<size_t>(chosen) - 1];
    camera.camera_width = mode.size_px.width;
    camera.camera_height = mode.size_px.height;
    camera.camera_rate = static_cast<float>(mode.BestRateHz());
  }
  return true;
}

std::optional<Command> DrawCameras(const AppState& state) {
  std::optional<Command> command;
  Heading("Camera");
  std::vector<std::string> names;
  std::string shown = state.cameras.empty() ? "No camera found" : "Select a camera";
  for (const CameraEntry& camera : state.cameras) {
    names.push_back(CameraName(camera));
    if (std::to_string(camera.index) == state.live.source) shown = names.back();
  }
  const int chosen = Combo("##camera", shown, names, "Cameras of this computer");
  if (chosen >= 0) {
    command = OpenSource{std::to_string(state.cameras[static_cast<size_t>(chosen)].index)};
  }
  ImGui::SameLine();
  if (Button("Refresh", "Search for cameras again")) command = RefreshCameras{};
  ChangeSettings change{state.settings};
  bool changed = false;
  if (!state.cameras.empty()) changed |= EditCameraMode(state, change.settings.camera);
  changed |= Checkbox("Mirror", change.settings.view.mirror,
                      "Flip the picture left to right (M); saved coordinates are never flipped");
  if (changed) command = change;
  return command;
}

std::optional<Command> DrawFiles(const AppState& state, std::string& address) {
  std::optional<Command> command;
  Heading("File, folder or stream");
  ImGui::SetNextItemWidth(-1.0F);
  if (TextField(
          "##address", address,
          "A video, picture, folder, image sequence (img_%04d.png) or stream (rtsp://...); press "
          "Enter to open it. You can also drop a file onto the window.") &&
      !address.empty()) {
    command = OpenSource{address};
  }
  if (Button("Open file...", "A video or picture (Ctrl+O)")) {
    command = BrowseFor{BrowseFor::What::kSource};
  }
  ImGui::SameLine();
  if (Button("Open folder...", "Browse the pictures and videos of a folder one by one")) {
    command = BrowseFor{BrowseFor::What::kSourceFolder};
  }
  ImGui::SameLine();
  if (Button("Sample clip", "The clip that comes with Nosetip")) {
    command = OpenSource{state.sample_clip};
  }
  if (state.settings.recent.empty()) return command;
  Heading("Recent");
  ImGui::PushID("recent");
  size_t row = 0;
  for (const std::string& source : state.settings.recent) {
    if (NameRow(row++, ShortName(source), source == state.live.source)) {
      command = OpenSource{source};
    }
    NoteItem("Recent " + ShortName(source));
    Tooltip(WithoutPasswords(source));
  }
  ImGui::PopID();
  return command;
}

std::optional<Command> DrawFolder(const AppState& state) {
  std::optional<Command> command;
  if (state.folder.files.empty()) return command;
  Heading("Folder");
  Dim(state.folder.folder + ": Page Down and Page Up change the file");
  const float rows = std::min(8.5F, static_cast<float>(state.folder.files.size()) + 0.3F);
  ImGui::BeginChild("folder", {0.0F, rows * ImGui::GetTextLineHeightWithSpacing()});
  size_t row = 0;
  for (const std::string& file : state.folder.files) {
    const bool is_shown = file == state.live.source;
    if (NameRow(row++, ShortName(file), is_shown)) command = OpenSource{file};
    NoteItem("File " + ShortName(file));
    if (is_shown && !ImGui::IsItemVisible()) ImGui::SetScrollHereY();
  }
  ImGui::EndChild();
  return command;
}

void DrawCurrent(const LiveStatus& live) {
  Heading("Current source");
  ValueRow("Source", ShortName(live.source), WithoutPasswords(live.source));
  NoteItem("Source " + ShortName(live.source));
  ValueRow("Status", StateText(live.state));
  NoteItem(std::string("Status ") + StateText(live.state));
  if (live.info) {
    ValueRow("Size and rate", SizeAndRate(*live.info),
             "As reported by the source; Performance shows the measured rate");
  }
  if (live.info && !live.info->note.empty()) Dim(live.info->note);
  if (!live.message.empty()) Wrapped(live.message, CurrentPalette().warning);
}

}  // namespace

std::optional<Command> DrawSourcePanel(const AppState& state, std::string& address) {
  BeginItemsOf("Source");
  DrawCurrent(state.live);
  std::optional<Command> command = DrawCameras(state);
  if (auto wanted = DrawFolder(state)) command = wanted;
  if (auto wanted = DrawFiles(state, address)) command = wanted;
  return command;
}

}  // namespace nosetip
