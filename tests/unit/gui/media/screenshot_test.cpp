#include "gui/media/screenshot.h"

#include <iterator>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"
#include "tests/unit/gui/media/made_up_frames.h"
#include "tracker/core/error.h"
#include "tracker/core/mirrored.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

size_t FilesIn(const fs::path& folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder), {}));
}

// A picture with nothing symmetric about it.
LiveFrame PaintedFrame() {
  LiveFrame live = MadeUpFrame(4);
  auto frame = std::make_shared<Frame>(*live.frame);
  for (int x = 0; x < 20; ++x) frame->image.At(x, x)[0] = 250;
  live.frame = frame;
  return live;
}

TEST(Screenshot, IsAnOverlayACleanPictureAndThePoints) {
  const TempFolder folder;
  const LiveFrame live = PaintedFrame();
  ScreenshotOptions options{.folder = folder / "shots", .view = {}, .source = "clip.mp4"};
  options.model = "nose.safetensors";
  const ScreenshotFiles files = SaveScreenshot(live, options);
  EXPECT_EQ(ReadPicture(files.clean.string()).rgb, live.frame->image.rgb);
  const Image drawn = DrawOverlay(live.frame->image, live.result, Nose1());
  EXPECT_NE(drawn.rgb, live.frame->image.rgb);
  EXPECT_EQ(ReadPicture(files.overlay.string()).rgb, drawn.rgb);
  const auto points = nlohmann::json::parse(ReadText(files.points));
  EXPECT_EQ(points["picture"], files.clean.filename().string());
  EXPECT_EQ(points["overlay"], files.overlay.filename().string());
  EXPECT_EQ(points["source"], "clip.mp4");
  EXPECT_EQ(points["model"], "nose.safetensors");
  EXPECT_EQ(points["schema"], "nose1");
  EXPECT_EQ(points["width"], 64);
  EXPECT_EQ(points["frame"], 4);
  EXPECT_EQ(points["faces"][0]["points"], nlohmann::json({{15.0, 20.0}}));
  EXPECT_EQ(FilesIn(folder / "shots"), 3U);
}

TEST(Screenshot, MirrorsWhatIsSeenAndNotWhatItWasMadeFrom) {
  const TempFolder folder;
  const LiveFrame live = PaintedFrame();
  ScreenshotOptions options{.folder = folder.path(), .view = {NoOverlay(), true}};
  const ScreenshotFiles files = SaveScreenshot(live, options);
  EXPECT_EQ(ReadPicture(files.clean.string()).rgb, live.frame->image.rgb);
  EXPECT_EQ(ReadPicture(files.overlay.string()).rgb, Mirrored(live.frame->image).rgb);
  const auto points = nlohmann::json::parse(ReadText(files.points));
  EXPECT_EQ(points["overlay_mirrored"], true);
  EXPECT_EQ(points["faces"][0]["points"], nlohmann::json({{15.0, 20.0}}));
}

TEST(Screenshot, TwoOfTheSameMomentAreBothKept) {
  const TempFolder folder;
  const ScreenshotOptions options{.folder = folder.path(), .view = {}};
  const ScreenshotFiles first = SaveScreenshot(MadeUpFrame(1), options);
  const ScreenshotFiles second = SaveScreenshot(MadeUpFrame(2), options);
  EXPECT_NE(first.overlay, second.overlay);
  EXPECT_EQ(FilesIn(folder.path()), 6U);
}

TEST(Screenshot, OfAFrameWithoutATrackerHasNoFaces) {
  const TempFolder folder;
  LiveFrame live = PaintedFrame();
  live.result.faces.clear();
  live.schema = nullptr;
  const auto files = SaveScreenshot(live, {.folder = folder.path(), .view = {}});
  EXPECT_EQ(ReadPicture(files.overlay.string()).rgb, live.frame->image.rgb);
  EXPECT_TRUE(nlohmann::json::parse(ReadText(files.points))["faces"].empty());
}

TEST(ScreenshotSaver, SavesBesideAndSaysWhere) {
  const TempFolder folder;
  {
    ScreenshotSaver saver;
    for (int i = 0; i < ScreenshotSaver::kMaxWaiting; ++i) {
      saver.Save(MadeUpFrame(i), {.folder = folder.path(), .view = {}});
    }
  }
  EXPECT_EQ(FilesIn(folder.path()), 3U * ScreenshotSaver::kMaxWaiting);
}

TEST(ScreenshotSaver, SaysWhatIsInTheWayAndGoesOn) {
  const TempFolder folder;
  WriteText(folder / "file", "");
  ScreenshotSaver saver;
  saver.Save(MadeUpFrame(0), {.folder = folder / "file", .view = {}});
  while (saver.Status().waiting > 0) std::this_thread::yield();
  EXPECT_THAT(saver.Status().message, AllOf(HasSubstr("file"), HasSubstr("choose another")));
  EXPECT_EQ(saver.Status().latest, std::nullopt);
  saver.Save(MadeUpFrame(0), {.folder = folder.path(), .view = {}});
  while (saver.Status().waiting > 0) std::this_thread::yield();
  EXPECT_EQ(saver.Status().message, "");
  EXPECT_EQ(saver.Status().saved, 1);
  EXPECT_TRUE(fs::exists(saver.Status().latest.value().overlay));
}

}  // namespace
}  // namespace nosetip
