#include "gui/media/screenshot.h"

#include <exception>
#include <system_error>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/core/mirrored.h"
#include "tracker/core/start_thread.h"
#include "tracker/output/json_writers.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

PictureRecord RecordOf(const LiveFrame& live, const ScreenshotOptions& options,
                       const ScreenshotFiles& files) {
  PictureRecord record;
  record.picture = files.clean.filename().string();
  record.overlay = files.overlay.filename().string();
  record.overlay_mirrored = options.view.mirrored;
  record.taken_at = IsoTimeOf(options.taken_at);
  record.source = options.source;
  record.model = options.model;
  if (live.schema != nullptr) record.schema = live.schema->name;
  record.size_px = {live.frame->image.width_px, live.frame->image.height_px};
  record.result = live.result;
  return record;
}

}  // namespace

Image DrawView(const LiveFrame& live, const DrawnView& view) {
  const Image& image = live.frame->image;
  // Without a schema there are no faces, so any will do.
  const LandmarkSchema& schema = live.schema != nullptr ? *live.schema : Nose1();
  if (!view.mirrored) return DrawOverlay(image, live.result, schema, view.overlay);
  return DrawOverlay(Mirrored(image), Mirrored(live.result, image.width_px), schema, view.overlay);
}

ScreenshotFiles SaveScreenshot(const LiveFrame& live, const ScreenshotOptions& options) {
  Check(live.frame != nullptr && !live.frame->image.Empty(), "a frame to save");
  MakeMediaFolder(options.folder);
  const std::string stem = FreshStem(options.folder, kScreenshotPrefix, options.taken_at).string();
  const ScreenshotFiles files = {stem + ".png", stem + kCleanSuffix + ".png", stem + ".json"};
  try {
    WritePicture(files.clean.string(), live.frame->image);
    WritePictureJson(files.points, RecordOf(live, options, files));
    WritePicture(files.overlay.string(), DrawView(live, options.view));
  } catch (...) {
    for (const auto& path : {files.clean, files.points, files.overlay}) {
      std::error_code ignored;
      std::filesystem::remove(path, ignored);
    }
    throw;
  }
  return files;
}

ScreenshotSaver::ScreenshotSaver()
    : thread_(StartThread([this](const std::stop_token& stop) { Run(stop); })) {}

ScreenshotSaver::~ScreenshotSaver() = default;

void ScreenshotSaver::Save(LiveFrame live, ScreenshotOptions options) {
  const std::lock_guard lock(mutex_);
  if (status_.waiting >= kMaxWaiting) {
    status_.message = "earlier screenshots are still being saved; try again in a moment";
    return;
  }
  jobs_.push_back({std::move(live), std::move(options)});
  ++status_.waiting;
  changed_.notify_all();
}

ScreenshotStatus ScreenshotSaver::Status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void ScreenshotSaver::Run(const std::stop_token& stop) {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [&] { return !jobs_.empty(); });
    if (jobs_.empty()) return;  // saves all before it stops
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    Handle(job);
  }
}

void ScreenshotSaver::Handle(const Job& job) {
  std::optional<ScreenshotFiles> files;
  std::string problem;
  try {
    files = SaveScreenshot(job.live, job.options);
  } catch (const std::exception& error) {
    problem = error.what();
  }
  const std::lock_guard lock(mutex_);
  --status_.waiting;
  if (files) {
    ++status_.saved;
    status_.latest = std::move(files);
  }
  status_.message = std::move(problem);
}

}  // namespace nosetip
