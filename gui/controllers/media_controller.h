// Runs screenshots, recordings and their gallery for the window.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "gui/media/gallery.h"
#include "gui/media/recorder.h"
#include "gui/media/screenshot.h"
#include "gui/platform/frame_texture.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

// For the thread of the window, except OnTracked. Must outlive the live session.
class MediaController {
 public:
  explicit MediaController(const std::filesystem::path& folder) { ShowFolder(folder); }

  void Handle(const TakeScreenshot&, AppState& state);
  void Handle(const SetRecording& wanted, AppState& state);
  void ShowFolder(const std::filesystem::path& folder);
  // Any thread; for LiveSetup::on_tracked.
  void OnTracked(const LiveFrame& live) { recorder_.OnTracked(live); }
  // Brings the state up to date; once per frame.
  void Update(AppState& state);
  // Ends a recording; its files are complete once this controller is gone.
  void Stop() { recorder_.Stop(); }

 private:
  void UploadThumbnails(AppState& state);
  // In the log and as a toast.
  void Report(AppState& state, Severity severity, const std::string& text);

  ScreenshotSaver saver_;
  Recorder recorder_;
  std::unique_ptr<Gallery> gallery_;
  std::map<const Image*, FrameTexture> textures_;
  std::shared_ptr<const GalleryContents> uploaded_;
  std::chrono::steady_clock::time_point toast_until_;
};

}  // namespace nosetip
