#include "gui/media/gallery.h"

#include <chrono>
#include <memory>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gui/media/recording.h"
#include "gui/media/screenshot.h"
#include "tests/support/test_files.h"
#include "tests/unit/gui/media/made_up_frames.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const WallTime kStart{std::chrono::milliseconds(1795546877045)};

class GalleryTest : public testing::Test {
 protected:
  ScreenshotFiles SaveShot(int i, std::chrono::seconds after) const {
    return SaveScreenshot(
        MadeUpFrame(i, {.width_px = 640, .height_px = 400}),
        {.folder = folder_.path(), .view = {NoOverlay()}, .taken_at = kStart + after});
  }
  RecordingPart Record(int first, std::chrono::seconds after) const {
    Recording recording(
        {.folder = folder_.path(), .view = {NoOverlay()}, .started_at = kStart + after});
    for (int i = first; i < first + 5; ++i) recording.Write(MadeUpFrame(i));
    recording.Finish();
    return recording.parts().at(0);
  }
  // Once every item has its thumbnail or a reason why not.
  static std::shared_ptr<const GalleryContents> Whole(const Gallery& gallery, size_t items) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (;;) {
      const auto contents = gallery.Contents();
      bool is_whole = contents->items.size() == items;
      for (const GalleryItem& item : contents->items) {
        is_whole = is_whole && (item.thumbnail || !item.message.empty());
      }
      if (is_whole) return contents;
      if (std::chrono::steady_clock::now() > give_up) {
        ADD_FAILURE() << "only " << contents->items.size() << " items: " << contents->message;
        return contents;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  const TempFolder folder_;
};

TEST_F(GalleryTest, ListsScreenshotsAndRecordingsNewestFirst) {
  const ScreenshotFiles old_shot = SaveShot(3, std::chrono::seconds(0));
  const RecordingPart recording = Record(7, std::chrono::seconds(10));
  const ScreenshotFiles new_shot = SaveShot(9, std::chrono::seconds(20));
  WriteText(folder_ / "holiday.png", "not ours");
  WriteText(folder_ / ".screenshot_x.part.png", "half");
  const Gallery gallery(folder_.path());
  const auto contents = Whole(gallery, 3);
  ASSERT_EQ(contents->items.size(), 3U);
  EXPECT_EQ(contents->message, "");
  const MediaFiles& first = contents->items[0].files;
  EXPECT_EQ(first.kind, MediaKind::kScreenshot);
  EXPECT_EQ(first.path, new_shot.overlay);
  EXPECT_EQ(first.clean, new_shot.clean);
  EXPECT_EQ(first.data, new_shot.points);
  EXPECT_EQ(first.bytes, fs::file_size(new_shot.overlay));
  EXPECT_THAT(first.made_at, HasSubstr("2026-11-2"));
  EXPECT_THAT(first.made_at, HasSubstr(":37"));
  const MediaFiles& second = contents->items[1].files;
  EXPECT_EQ(second.kind, MediaKind::kRecording);
  EXPECT_EQ(second.path, recording.video);
  EXPECT_EQ(second.data, recording.table);
  EXPECT_EQ(contents->items[2].files.path, old_shot.overlay);
}

TEST_F(GalleryTest, HasSmallPicturesOfThem) {
  SaveShot(3, std::chrono::seconds(0));
  Record(7, std::chrono::seconds(10));
  const Gallery gallery(folder_.path());
  const auto contents = Whole(gallery, 2);
  ASSERT_NE(contents->items.at(0).thumbnail, nullptr);
  EXPECT_EQ(ClipFrameIndex(*contents->items[0].thumbnail), 7);
  ASSERT_NE(contents->items.at(1).thumbnail, nullptr);
  EXPECT_EQ(ClipFrameIndex(*contents->items[1].thumbnail), 3);
  EXPECT_EQ(contents->items[1].thumbnail->width_px, 256);
  EXPECT_EQ(contents->items[1].thumbnail->height_px, 160);
}

TEST_F(GalleryTest, SeesWhatIsNewAndGoneAndReadsTheOthersNotAgain) {
  const ScreenshotFiles first = SaveShot(3, std::chrono::seconds(0));
  const ScreenshotFiles second = SaveShot(4, std::chrono::seconds(1));
  Gallery gallery(folder_.path());
  const auto before = Whole(gallery, 2);
  SaveShot(5, std::chrono::seconds(2));
  fs::remove(first.overlay);
  fs::remove(first.points);
  SaveShot(6, std::chrono::seconds(3));
  gallery.Refresh();
  const auto after = Whole(gallery, 3);
  EXPECT_EQ(after->items.at(2).files.path, second.overlay);
  EXPECT_EQ(after->items[2].thumbnail, before->items.at(0).thumbnail) << "the same picture";
}

TEST_F(GalleryTest, TellsWhatCannotBeShownAndTriesAgainWhenItChanges) {
  const ScreenshotFiles files = SaveShot(3, std::chrono::seconds(0));
  const std::string picture = ReadText(files.overlay);
  WriteText(files.overlay, "broken");
  Gallery gallery(folder_.path());
  const auto broken = Whole(gallery, 1);
  EXPECT_EQ(broken->items.at(0).thumbnail, nullptr);
  EXPECT_THAT(broken->items[0].message, HasSubstr(files.overlay.filename().string()));
  WriteText(files.overlay, picture);
  fs::last_write_time(files.overlay, fs::file_time_type::clock::now() + std::chrono::seconds(5));
  gallery.Refresh();
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!gallery.Contents()->items.at(0).thumbnail) {
    ASSERT_LT(std::chrono::steady_clock::now(), give_up);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST_F(GalleryTest, AFolderThatIsNotThereIsEmptyAndAFileIsSaid) {
  EXPECT_TRUE(ListMedia(folder_ / "nowhere").empty());
  WriteText(folder_ / "file", "");
  EXPECT_THROW(ListMedia(folder_ / "file"), Error);
}

}  // namespace
}  // namespace nosetip
