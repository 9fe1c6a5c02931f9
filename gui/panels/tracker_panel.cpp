#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

std::string NameOfFile(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::string TextOf(const StoredModel& model) {
  if (!model.info) return fmt::format("{}\n{}", model.path.string(), model.problem);
  const ModelInfo& info = *model.info;
  std::string text = fmt::format("{}\n{}, {}, {}x{} px", model.path.string(), info.schema,
                                 info.architecture, info.input_px.width, info.input_px.height);
  if (info.validation_nme) {
    text += fmt::format("\nError on {} held-out faces: {:.2f} %", info.validation_faces,
                        *info.validation_nme);
  }
  return text;
}

bool EditModel(const AppState& state, ModelOptions& model, std::optional<Command>& command) {
  bool changed = false;
  Heading("Model");
  std::vector<std::string> names{std::string(kAutoModel)};
  for (const StoredModel& known : state.models) names.push_back(known.path.filename().string());
  const StoredModel* in_use = ModelInUse(state);
  const int chosen = Combo("Model", NameOfFile(model.model), names,
                           in_use != nullptr ? TextOf(*in_use) : ModelFile(state));
  if (chosen >= 0) {
    const auto file = static_cast<size_t>(chosen);
    model.model = file == 0 ? std::string(kAutoModel) : state.models[file - 1].path.string();
    changed = true;
  }
  if (Button("Browse...", "Use another .safetensors file")) {
    command = BrowseFor{BrowseFor::What::kModel};
  }
  constexpr std::array<std::string_view, 3> kPlace = {"device", "precision", "threads"};
  changed |= EditOptions(model, kPlace);
  const PartsInUse& parts = state.parts;
  if (!parts.device.name.empty()) {
    ValueRow("Active model", NameOfFile(parts.model), parts.model);
    if (!parts.model_reason.empty()) Dim(parts.model_reason);
    ValueRow("Runs on", parts.device.name,
             fmt::format("{}; {}", parts.device.reason, parts.how_it_runs));
  }
  return changed;
}

bool EditDetection(Settings& settings) {
  bool changed = false;
  Heading("Detection");
  constexpr std::array<std::string_view, 3> kDetector = {"smallest-face", "detector-score",
                                                         "detector-nms-iou"};
  changed |= EditOptions(settings.detector, kDetector);
  Heading("Tracking");
  changed |= EditOptions(settings.tracker);
  Heading("Smoothing");
  changed |= EditOptions(settings.smoothing);
  Heading("Head pose");
  changed |= EditOptions(settings.tracker.intrinsics);
  return changed;
}

void ResetTracking(Settings& settings) {
  const Settings defaults = DefaultSettings();
  settings.model = defaults.model;
  settings.detector = defaults.detector;
  settings.tracker = defaults.tracker;
  settings.smoothing = defaults.smoothing;
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
  if (Button("Reset##tracker", "Restore the defaults of this panel")) {
    ResetTracking(change.settings);
    changed = true;
  }
  if (changed) command = change;
  return command;
}

}  // namespace nosetip
