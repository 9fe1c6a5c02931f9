#include "gui/controllers/live_controller.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/output/options_json.h"
#include "tracker/sources/camera_source.h"

namespace nosetip {

LiveController::LiveController(AppState& state, FrameSink on_tracked)
    : session_(SetupOf(state, std::move(on_tracked))) {
  session_.SetLoop(state.settings.loop);
  AskForModes(state, state.settings.source);
}

LiveSetup LiveController::SetupOf(const AppState& state, FrameSink on_tracked) {
  LiveSetup setup;
  const auto& files = state.folder.files;
  setup.source = files.empty() ? state.settings.source : files.front();
  setup.camera = state.settings.camera;
  setup.make_parts = MakeParts(state.settings, parts_);
  setup.on_tracked = std::move(on_tracked);
  return setup;
}

void LiveController::Do(const OpenSource& wanted, AppState& state) {
  std::string source = wanted.source;
  try {
    if (auto folder = FolderOfSources(source)) {
      state.folder = std::move(*folder);
      source = state.folder.files.front();
    }
  } catch (const Error& error) {
    state.banner = error.what();
    return;
  }
  const auto& files = state.folder.files;
  const bool in_folder = std::find(files.begin(), files.end(), source) != files.end();
  if (!in_folder) state.folder = {};
  state.banner.clear();
  state.performance.Clear();
  state.trails.Clear();
  Remember(state.settings, in_folder ? state.folder.folder : source);
  session_.SetSource(source, state.settings.camera);
  AskForModes(state, source);
}

void LiveController::ListCamerasAgain(AppState& state) {
  state.cameras = ListCameras();
  AskForModes(state, state.settings.source);
}

// The driver may take some tenths of a second to answer.
void LiveController::AskForModes(AppState& state, const std::string& source) {
  state.camera_modes.clear();
  for (const CameraEntry& camera : state.cameras) {
    if (std::to_string(camera.index) != source) continue;
    modes_ = std::async(std::launch::async, [index = camera.index] {
      try {
        const std::vector<CameraMode> all = ListCameraModes(index);
        return BestModes(all);
      } catch (const Error&) {
        return std::vector<CameraMode>();  // opening it says what is wrong
      }
    });
  }
}

void LiveController::Use(const Settings& settings, const AppState& state) {
  constexpr std::chrono::milliseconds kRest{300};
  const Settings& before = state.settings;
  const bool is_camera = state.live.info && state.live.info->kind == SourceKind::kCamera;
  if (is_camera && JsonFromOptions(settings.camera) != JsonFromOptions(before.camera)) {
    reopen_at_ = Clock::now() + kRest;
  }
  if (settings.loop != before.loop) session_.SetLoop(settings.loop);
  if (NeedsOtherTracker(before, settings)) rebuild_at_ = Clock::now() + kRest;
}

void LiveController::StartWhatWaited(const Settings& settings, Clock::time_point now) {
  if (rebuild_at_ && now >= *rebuild_at_) {
    rebuild_at_.reset();
    session_.SetTracker(MakeParts(settings, parts_));
  }
  if (reopen_at_ && now >= *reopen_at_) {
    reopen_at_.reset();
    session_.SetSource(settings.source, settings.camera);
  }
}

bool LiveController::Update(AppState& state) {
  StartWhatWaited(state.settings, Clock::now());
  if (modes_.valid() && modes_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
    state.camera_modes = modes_.get();
  }
  state.live = session_.Status();
  for (const LogLine& line : watch_.Look(state.live)) state.log.Add(line.severity, line.text);
  PartsInUse parts = parts_->Read();
  if (parts.model != state.parts.model && !parts.model_reason.empty()) {
    state.log.Add(Severity::kInfo, "model: " + parts.model + " (" + parts.model_reason + ")");
  }
  state.parts = std::move(parts);
  std::optional<LiveFrame> latest = session_.TakeLatest();
  if (!latest) return false;
  texture_.Upload(latest->frame->image);
  state.picture = {texture_.Id(), texture_.width_px(), texture_.height_px()};
  state.trails.Add(latest->result, static_cast<size_t>(state.settings.view.trail_frames));
  state.shown = std::move(latest);
  return true;
}

}  // namespace nosetip
