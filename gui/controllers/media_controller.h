// Screenshots, recordings and their gallery, as the app uses them.
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

namespace nosetip {

// Of the thread of the window, but OnTracked. Must outlive the live session.
class MediaController {
 public:
  explicit MediaController(const std::filesystem::path& folder) { ShowFolder(folder); }

  void TakeScreenshot(AppState& state);
  void SetRecording(AppState& state, bool recording);
  void ShowFolder(const std::filesystem::path& folder);
  // Any thread; for LiveSetup::on_tracked.
  void OnTracked(const LiveFrame& live) { recorder_.OnTracked(live); }
  // Brings what the panels show up to date; once a frame of the window.
  void Update(AppState& state);
  // Ends a recording that is under way; its files are whole afterwards.
  void Stop() { recorder_.Stop(); }

 private:
  void UploadThumbnails(AppState& state);
  void Say(AppState& state, Severity severity, const std::string& text);

  ScreenshotSaver saver_;
  Recorder recorder_;
  std::unique_ptr<Gallery> gallery_;
  std::map<const Image*, FrameTexture> textures_;
  std::shared_ptr<const GalleryContents> uploaded_;
  std::chrono::steady_clock::time_point toast_until_;
};

}  // namespace nosetip
