#include "gui/controllers/settings_controller.h"

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {

void SettingsController::SaveSoon() { save_at_ = Clock::now() + std::chrono::seconds(1); }

void SettingsController::Save(AppState& state) {
  save_at_.reset();
  try {
    SaveSettings(file_, state.settings);
  } catch (const Error& error) {
    state.log.Add(Severity::kWarning, fmt::format("Settings not saved: {}", error.what()));
  }
}

void SettingsController::Update(AppState& state) {
  if (save_at_ && Clock::now() >= *save_at_) Save(state);
}

void SettingsController::RememberData(AppState& state, const std::vector<std::string>& data) {
  constexpr size_t kMaxKnown = 6;
  auto& known = state.settings.data_folders;
  for (const std::string& path : data) {
    std::erase(known, path);
    known.insert(known.begin(), path);
  }
  if (known.size() > kMaxKnown) known.resize(kMaxKnown);
  SaveNext();
}

void SettingsController::RememberWindowSize(AppState& state, SizePx size) {
  InterfaceOptions& options = state.settings.interface;
  if (size == SizePx{options.window_width, options.window_height}) return;
  options.window_width = size.width;
  options.window_height = size.height;
  SaveSoon();
}

}  // namespace nosetip
