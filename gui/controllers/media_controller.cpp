#include "gui/controllers/media_controller.h"

#include <utility>

#include <fmt/core.h>

#include "tracker/core/printable_text.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

DrawnView DrawnViewOf(const ViewOptions& view) {
  DrawnView drawn;
  drawn.mirrored = view.mirror;
  drawn.overlay.overlay_box = view.boxes;
  drawn.overlay.overlay_label = view.labels;
  drawn.overlay.overlay_contours = view.contours;
  drawn.overlay.overlay_points = view.points;
  drawn.overlay.overlay_axes = view.axes;
  return drawn;
}

}  // namespace

void MediaController::Handle(const TakeScreenshot&, AppState& state) {
  if (!state.shown) return Report(state, Severity::kWarning, "No frame to save yet");
  ScreenshotOptions options;
  options.folder = state.settings.media_folder;
  options.view = DrawnViewOf(state.settings.view);
  options.source = WithoutPasswords(state.live.source);
  options.model = ModelFile(state);
  saver_.Save(*state.shown, std::move(options));
}

void MediaController::Handle(const SetRecording& wanted, AppState& state) {
  if (!wanted.recording) return recorder_.Stop();
  RecordingOptions options;
  options.folder = state.settings.media_folder;
  options.view = DrawnViewOf(state.settings.view);
  recorder_.Start(std::move(options));
}

void MediaController::ShowFolder(const std::filesystem::path& folder) {
  gallery_ = std::make_unique<Gallery>(folder);
}

void MediaController::Report(AppState& state, Severity severity, const std::string& text) {
  constexpr std::chrono::seconds kToastTime{4};
  state.log.Add(severity, text);
  state.toast = text;
  toast_until_ = Clock::now() + kToastTime;
}

void MediaController::Update(AppState& state) {
  const ScreenshotStatus before = std::exchange(state.screenshots, saver_.Status());
  const ScreenshotStatus& now = state.screenshots;
  if (now.saved > before.saved && now.latest) {
    Report(state, Severity::kInfo, "Saved " + now.latest->overlay.string());
    gallery_->Refresh();
  }
  if (!now.message.empty() && now.message != before.message) {
    Report(state, Severity::kError, now.message);
  }
  const RecorderStatus was = std::exchange(state.recorder, recorder_.Status());
  const RecorderStatus& is = state.recorder;
  const bool has_ended = was.state != RecorderState::kIdle && is.state == RecorderState::kIdle;
  if (has_ended && !is.parts.empty()) {
    Report(state, Severity::kInfo,
           fmt::format("Recorded {} frames to {}", is.frames, is.parts.back().video.string()));
  }
  if (is.state == RecorderState::kFailed && was.state != RecorderState::kFailed) {
    Report(state, Severity::kError, is.message);
  }
  if (is.state != was.state) gallery_->Refresh();
  state.gallery = gallery_->Contents();
  UploadThumbnails(state);
  if (Clock::now() > toast_until_) state.toast.clear();
}

void MediaController::UploadThumbnails(AppState& state) {
  if (state.gallery == uploaded_) return;
  uploaded_ = state.gallery;
  std::map<const Image*, FrameTexture> kept;
  state.thumbnails.clear();
  for (const GalleryItem& item : state.gallery->items) {
    const Image* image = item.thumbnail.get();
    if (image == nullptr) continue;
    FrameTexture& texture = kept[image];
    if (const auto known = textures_.find(image); known != textures_.end()) {
      texture = std::move(known->second);
    } else {
      texture.Upload(*image);
    }
    state.thumbnails[image] = {texture.Id(), texture.width_px(), texture.height_px()};
  }
  textures_ = std::move(kept);
}

}  // namespace nosetip
