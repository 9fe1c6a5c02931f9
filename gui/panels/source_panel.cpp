#include "gui/panels/source_panel.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "gui/panels/widgets.h"
#include "gui/state/source_choice.h"

namespace nosetip {
namespace {

std::string CameraName(const CameraEntry& camera) {
  return std::to_string(camera.index) + (camera.name.empty() ? "" : "  " + camera.name);
}

const char* StateText(LiveState state) {
  switch (state) {
    case LiveState::kOpening:
      return "opening";
    case LiveState::kRunning:
      return "running";
    case LiveState::kPaused:
      return "paused";
    case LiveState::kRetrying:
      return "away, trying again";
    case LiveState::kEnded:
      return "at its end";
    case LiveState::kFailed:
      return "failed";
  }
  return "";
}

// A long path by its last part; the tooltip has all of it.
std::string ShortName(const std::string& source) {
  const std::string name = std::filesystem::path(source).filename().string();
  return name.empty() || source.find("://") != std::string::npos ? source : name;
}

std::string ModeText(const CameraMode& mode) {
  char text[64];
  std::snprintf(text, sizeof text, "%d x %d, %.4g frames/s, %s", mode.size_px.width,
                mode.size_px.height, mode.BestRateHz(), mode.format.c_str());
  return text;
}

// From the list of those that the camera has; where it gives none, by numbers.
bool EditCameraMode(const AppState& state, CameraOptions& camera) {
  if (state.camera_modes.empty()) {
    ImGui::PushItemWidth(7.0F * ImGui::GetFontSize());
    const bool changed = EditOptions(camera);
    ImGui::PopItemWidth();
    return changed;
  }
  std::vector<std::string> names = {"as the camera likes"};
  std::string shown = names.front();
  for (const CameraMode& mode : state.camera_modes) {
    names.push_back(ModeText(mode));
    if (mode.size_px == SizePx{camera.camera_width, camera.camera_height}) shown = names.back();
  }
  ImGui::SetNextItemWidth(-1.0F);
  const int chosen = Combo("##mode", shown, names, "Sizes and rates that the camera has");
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
  std::string shown = state.cameras.empty() ? "no camera found" : "choose a camera";
  for (const CameraEntry& camera : state.cameras) {
    names.push_back(CameraName(camera));
    if (std::to_string(camera.index) == state.live.source) shown = names.back();
  }
  const int chosen = Combo("##camera", shown, names, "The cameras of this machine");
  if (chosen >= 0) {
    command = OpenSource{std::to_string(state.cameras[static_cast<size_t>(chosen)].index)};
  }
  ImGui::SameLine();
  if (Button("Look again", "List the cameras anew")) command = ListCamerasAgain{};
  ChangeSettings change{state.settings};
  bool changed = false;
  if (!state.cameras.empty()) changed |= EditCameraMode(state, change.settings.camera);
  changed |= Checkbox("Mirror", change.settings.view.mirror,
                      "Show the picture as a mirror does (M); files are not changed by it");
  if (changed) command = change;
  return command;
}

std::optional<Command> DrawFiles(const AppState& state, SourceDraft& draft) {
  std::optional<Command> command;
  Heading("File, folder or stream");
  ImGui::SetNextItemWidth(-1.0F);
  if (TextField("##address", draft.address,
                "A video, a picture, a folder, an image sequence (img_%04d.png) or a stream "
                "(rtsp://...), "
                "then Enter. A file may also be dropped onto the window.") &&
      !draft.address.empty()) {
    command = OpenSource{draft.address};
  }
  if (Button("Browse...", "Choose a file (Ctrl+O)")) {
    command = BrowseFor{BrowseFor::What::kSource};
  }
  ImGui::SameLine();
  if (Button("Folder...", "Look at the pictures and videos of a folder, one after another")) {
    command = BrowseFor{BrowseFor::What::kSourceFolder};
  }
  ImGui::SameLine();
  if (Button("Sample clip", "The clip that comes with Nosetip")) {
    command = OpenSource{state.sample_clip};
  }
  if (state.settings.recent.empty()) return command;
  Heading("Recent");
  for (const std::string& source : state.settings.recent) {
    ImGui::PushID(source.c_str());
    if (ImGui::Selectable(ShortName(source).c_str(), source == state.live.source)) {
      command = OpenSource{source};
    }
    NoteItem("Recent " + ShortName(source));
    Tooltip(source);
    ImGui::PopID();
  }
  return command;
}

std::optional<Command> DrawFolder(const AppState& state) {
  std::optional<Command> command;
  if (state.folder.files.empty()) return command;
  Heading("Folder");
  Dim(state.folder.folder + ": Page Down and Page Up");
  const float rows = std::min(8.5F, static_cast<float>(state.folder.files.size()) + 0.3F);
  ImGui::BeginChild("folder", {0.0F, rows * ImGui::GetTextLineHeightWithSpacing()});
  for (const std::string& file : state.folder.files) {
    const bool is_shown = file == state.live.source;
    if (ImGui::Selectable(ShortName(file).c_str(), is_shown)) command = OpenSource{file};
    NoteItem("File " + ShortName(file));
    if (is_shown && !ImGui::IsItemVisible()) ImGui::SetScrollHereY();
  }
  ImGui::EndChild();
  return command;
}

void DrawNow(const LiveStatus& live) {
  Heading("Now");
  ValueRow("Source", ShortName(live.source), live.source);
  NoteItem("Source " + ShortName(live.source));
  ValueRow("State", StateText(live.state));
  NoteItem(std::string("State ") + StateText(live.state));
  if (live.info) {
    ValueRow("Size and rate", SizeAndRate(*live.info),
             "As the source says; Performance has the measured rate");
  }
  if (live.info && !live.info->note.empty()) Dim(live.info->note);
  if (!live.message.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().warning);
    Wrapped(live.message);
    ImGui::PopStyleColor();
  }
}

}  // namespace

std::optional<Command> DrawSourcePanel(const AppState& state, SourceDraft& draft) {
  BeginItemsOf("Source");
  DrawNow(state.live);
  std::optional<Command> command = DrawCameras(state);
  if (auto wanted = DrawFolder(state)) command = wanted;
  if (auto wanted = DrawFiles(state, draft)) command = wanted;
  return command;
}

}  // namespace nosetip
