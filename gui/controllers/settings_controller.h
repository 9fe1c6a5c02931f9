// Keeps the settings file up to date.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gui/state/app_state.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// For the thread of the window.
class SettingsController {
 public:
  explicit SettingsController(std::filesystem::path file) : file_(std::move(file)) {}

  // Saves soon; sliders change the settings many times a second.
  void SaveSoon();
  // Saves with the next Update.
  void SaveNext() { save_at_ = Clock::now(); }
  // Saves now; a failure goes to the log.
  void Save(AppState& state);
  // Saves what is due; once per frame.
  void Update(AppState& state);

  // The latest training data come first.
  void RememberData(AppState& state, const std::vector<std::string>& data);
  void RememberWindowSize(AppState& state, SizePx size);

 private:
  using Clock = std::chrono::steady_clock;

  std::filesystem::path file_;
  std::optional<Clock::time_point> save_at_;
};

}  // namespace nosetip
