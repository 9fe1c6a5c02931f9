#include "gui/controllers/live_controller.h"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/live/tracking_loop.h"
#include "tracker/model/model_lookup.h"
#include "tracker/sources/camera_source.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {
namespace {

// The factory runs on the build thread of the session: it loads model and detector and writes them
// to `shared`. It throws Error as LoadModelFor, ChooseDevice, CreateYuNetDetector and Validate do.
PartsFactory MakeParts(const Settings& settings, std::shared_ptr<SharedParts> shared) {
  return [model = settings.model, detector = settings.detector, tracker = settings.tracker,
          smoothing = settings.smoothing, shared = std::move(shared)] {
    Validate(model);
    DeviceChoice device = ChooseDevice(model.device, model.precision);
    // Weak, as the shared parts hold the device.
    device.on_fallback = [weak = std::weak_ptr(shared)](const std::string& how_it_runs) {
      const std::shared_ptr<SharedParts> target = weak.lock();
      if (!target) return;
      PartsInUse parts = target->Read();
      parts.how_it_runs = how_it_runs;
      target->Write(std::move(parts));
    };
    LiveParts parts;
    parts.detector = CreateYuNetDetector(detector);
    parts.search_detector = CreateYuNetDetector(detector);
    LoadedModel loaded = LoadModelFor(model.model, device, 1, model.threads, Pace::kLive);
    shared->Write({device, loaded.landmarkers.front()->HowItRuns(), loaded.path, loaded.reason});
    parts.landmarker = std::move(loaded.landmarkers.front());
    parts.options = tracker;
    parts.options.points_3d = true;  // for tables of recordings and screenshots
    parts.options.smoothing = smoothing;
    return parts;
  };
}

}  // namespace

void SharedParts::Write(PartsInUse parts) {
  const std::lock_guard lock(mutex_);
  parts_ = std::move(parts);
}

PartsInUse SharedParts::Read() const {
  const std::lock_guard lock(mutex_);
  return parts_;
}

bool NeedsNewTracker(const Settings& before, const Settings& after) {
  return before.model != after.model || before.detector != after.detector ||
         before.tracker != after.tracker || before.smoothing != after.smoothing;
}

LiveController::LiveController(AppState& state, FrameSink on_tracked)
    : session_(SetupOf(state, std::move(on_tracked))) {
  session_.SetLoop(state.settings.loop);
  ReadCameraModes(state, state.settings.source);
}

LiveSetup LiveController::SetupOf(const AppState& state, FrameSink on_tracked) {
  LiveSetup setup;
  const auto& files = state.folder.files;
  setup.source = files.empty() ? state.settings.source : files.front();
  setup.camera = state.settings.camera;
  setup.make_parts = MakeParts(state.settings, parts_);
  setup.on_tracked = [this, on_tracked = std::move(on_tracked)](const LiveFrame& live) {
    signals_.Add(live);
    on_tracked(live);
  };
  return setup;
}

void LiveController::Handle(const OpenSource& wanted, AppState& state) {
  std::string source = wanted.source;
  try {
    if (auto folder = FolderOfSources(source)) {
      state.folder = std::move(*folder);
      source = state.folder.files.front();
      for (const std::string& note : state.folder.notes) state.log.Add(Severity::kInfo, note);
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
  RememberSource(state.settings, in_folder ? state.folder.folder : source);
  session_.SetSource(source, state.settings.camera);
  ReadCameraModes(state, source);
}

void LiveController::Handle(const RefreshCameras&, AppState& state) {
  state.cameras = ListCameras();
  ReadCameraModes(state, state.settings.source);
}

void LiveController::Handle(const CalibrateSignals&, AppState& state) {
  session_.Calibrate();
  signals_.Calibrate();
  state.signals = signals_.Read();
}

// In the background, as a driver may take some tenths of a second to answer.
void LiveController::ReadCameraModes(AppState& state, const std::string& source) {
  state.camera_modes.clear();
  for (const CameraEntry& camera : state.cameras) {
    if (std::to_string(camera.index) != source) continue;
    modes_ = std::async(std::launch::async | std::launch::deferred, [index = camera.index] {
      try {
        const std::vector<CameraMode> all = ListCameraModes(index);
        return BestModes(all);
      } catch (const Error&) {
        return std::vector<CameraMode>();  // opening the camera reports the problem
      }
    });
  }
}

void LiveController::Apply(const Settings& settings, const AppState& state) {
  constexpr std::chrono::milliseconds kDelay{300};
  const Settings& before = state.settings;
  const bool is_camera = state.live.info && state.live.info->kind == SourceKind::kCamera;
  if (is_camera && settings.camera != before.camera) {
    reopen_at_ = Clock::now() + kDelay;
  }
  if (settings.loop != before.loop) session_.SetLoop(settings.loop);
  if (NeedsNewTracker(before, settings)) rebuild_at_ = Clock::now() + kDelay;
}

void LiveController::ApplyDelayed(const Settings& settings, Clock::time_point now) {
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
  ApplyDelayed(state.settings, Clock::now());
  if (modes_.valid() && modes_.wait_for(std::chrono::seconds(0)) != std::future_status::timeout) {
    state.camera_modes = modes_.get();
  }
  state.live = session_.Status();
  for (const LogLine& line : watch_.Update(state.live)) state.log.Add(line.severity, line.text);
  PartsInUse parts = parts_->Read();
  if (parts.model != state.parts.model && !parts.model_reason.empty()) {
    state.log.Add(Severity::kInfo,
                  fmt::format("Using model {} ({})", parts.model, parts.model_reason));
  }
  state.parts = std::move(parts);
  std::optional<LiveFrame> latest = session_.TakeLatest();
  if (!latest) return false;
  texture_.Upload(latest->frame->image);
  state.picture = {texture_.Id(), texture_.width_px(), texture_.height_px()};
  state.signals = signals_.Read();
  state.trails.Add(latest->result, static_cast<size_t>(state.settings.view.trail_frames));
  state.shown = std::move(latest);
  return true;
}

}  // namespace nosetip
