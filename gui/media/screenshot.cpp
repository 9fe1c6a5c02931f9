#include "gui/media/screenshot.h"

#include <system_error>

#include "tracker/core/error.h"
#include "tracker/core/mirrored.h"
#include "tracker/output/picture_json.h"
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
  // Without a tracker there are no faces, so any schema will do.
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

}  // namespace nosetip
