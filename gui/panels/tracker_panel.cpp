#include "gui/panels/tracker_panel.h"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

std::string NameOfFile(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

void Problem(const std::string& text) {
  if (text.empty()) return;
  ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().bad);
  Wrapped(text);
  ImGui::PopStyleColor();
}

bool EditModel(const AppState& state, ModelOptions& model, std::optional<Command>& command) {
  bool changed = false;
  Heading("Model");
  std::vector<std::string> names;
  for (const std::string& path : state.models) names.push_back(NameOfFile(path));
  const int chosen = Combo("Model", NameOfFile(model.model), names, model.model);
  if (chosen >= 0) {
    model.model = state.models[static_cast<size_t>(chosen)];
    changed = true;
  }
  if (Button("Other file...", "A .ntm file from elsewhere")) {
    command = BrowseFor{BrowseFor::What::kModel};
  }
  constexpr std::array<std::string_view, 2> kPlace = {"device", "threads"};
  changed |= EditOptions(model, kPlace);
  if (!state.device.empty()) ValueRow("In use", state.device, state.device_reason);
  return changed;
}

bool EditDetection(Settings& settings) {
  bool changed = false;
  Heading("Finding faces");
  constexpr std::array<std::string_view, 3> kDetector = {"smallest-face", "detector-score",
                                                         "detector-nms-iou"};
  changed |= EditOptions(settings.detector, kDetector);
  Heading("Following them");
  changed |= EditOptions(settings.tracker);
  return changed;
}

void ResetTracking(Settings& settings) {
  const Settings defaults = DefaultSettings();
  settings.model = defaults.model;
  settings.detector = defaults.detector;
  settings.tracker = defaults.tracker;
}

}  // namespace

std::optional<Command> DrawTrackerPanel(const AppState& state) {
  BeginItemsOf("Tracker");
  std::optional<Command> command;
  ChangeSettings change{state.settings};
  ImGui::PushItemWidth(0.52F * ImGui::GetContentRegionAvail().x);
  bool changed = EditModel(state, change.settings.model, command);
  Problem(state.live.tracker_message);
  changed |= EditDetection(change.settings);
  Problem(state.live.tracking_message);
  ImGui::PopItemWidth();
  ImGui::Spacing();
  if (Button("As at first##tracker", "Puts all of this panel back")) {
    ResetTracking(change.settings);
    changed = true;
  }
  if (changed) command = change;
  return command;
}

}  // namespace nosetip
