// Clips whose container or codec tells how to turn them are tracked upright.
#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

extern "C" {
#include <libavutil/display.h>
}
#include <fmt/core.h>

#include "tests/support/av_clip.h"
#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/core/mirrored.h"
#include "tracker/sources/frame_source.h"
#include "tracker/sources/pictures.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

constexpr size_t kNose = 30;

Image Cropped(const Image& image, int width, int height) {
  Image cropped(width, height);
  for (int y = 0; y < height; ++y) {
    std::copy(image.At(0, y), image.At(0, y) + 3 * width, cropped.At(0, y));
  }
  return cropped;
}

Image TurnedLeft(const Image& image) {
  Image turned(image.height_px, image.width_px);
  for (int y = 0; y < turned.height_px; ++y) {
    for (int x = 0; x < turned.width_px; ++x) {
      std::copy_n(image.At(image.width_px - 1 - y, x), 3, turned.At(x, y));
    }
  }
  return turned;
}

// How a player is told to show a stored picture: turned clockwise, then mirrored.
struct Shown {
  int clockwise_deg = 0;
  bool mirrored = false;
};

Image Stored(Image upright, const Shown& shown) {
  if (shown.mirrored) upright = Mirrored(upright);
  for (int i = 0; i < shown.clockwise_deg / 90; ++i) upright = TurnedLeft(upright);
  return upright;
}

class Orientations : public testing::TestWithParam<const char*> {
 protected:
  Orientations() {
    DetectorOptions detector;
    detector.detector = AssetPath("models/face_detector.onnx").string();
    tracker_.emplace(CreateYuNetDetector(detector),
                     LoadLandmarker(AssetPath("models/face68-fast.safetensors").string(),
                                    ChooseDevice("cpu"), 1),
                     TrackerOptions{});
  }

  std::string Write(const Shown& shown) {
    const std::string path = (folder_ / "clip").string() + GetParam();
    AvClipOptions options;
    options.times_ms = {0, 40};
    if (std::string(GetParam()) == ".mkv") {
      // FFmpeg before 7 writes neither angle nor mirror into Matroska, so H.264 itself tells them.
      // It mirrors first, then turns counterclockwise.
      options.encoder = "libx264";
      const int turned_deg = shown.mirrored ? shown.clockwise_deg : (360 - shown.clockwise_deg);
      options.bitstream_filter =
          fmt::format("h264_metadata=display_orientation=insert:rotate={}{}", turned_deg % 360,
                      shown.mirrored ? ":flip=horizontal" : "");
    } else {
      options.display_matrix.emplace();
      av_display_rotation_set(options.display_matrix->data(), shown.clockwise_deg);
      av_display_matrix_flip(options.display_matrix->data(), shown.mirrored ? 1 : 0, 0);
    }
    const Image stored = Stored(upright_, shown);
    WriteAvClip(path, options, [&](size_t) { return stored; });
    return path;
  }

  Point2f NoseOf(const Frame& frame) {
    tracker_->StartOver();
    const TrackResult result = tracker_->Step(frame);
    if (result.faces.size() != 1) return {-1.0F, -1.0F};
    return result.faces[0].landmarks.points_px[kNose];
  }

  TempFolder folder_;
  const Image upright_ =
      Cropped(ReadPicture(AssetPath("samples/astronaut.png").string()), 400, 304);
  std::optional<Tracker> tracker_;
};

TEST_P(Orientations, TheNoseIsWhereItIsInTheUprightClip) {
  if (std::string(GetParam()) == ".mkv" && !HasEncoder("libx264")) {
    GTEST_SKIP() << "this FFmpeg writes no H.264";
  }
  for (const bool mirrored : {false, true}) {
    for (const int degrees : {0, 90, 180, 270}) {
      const auto source = OpenFrameSource(Write({degrees, mirrored}));
      EXPECT_EQ(source->info().width_px, 400) << degrees;
      EXPECT_EQ(source->info().height_px, 304) << degrees;
      const Point2f nose = NoseOf(*source->Next());
      EXPECT_NEAR(nose.x, 225.2, 1.0) << degrees << (mirrored ? " mirrored" : "");
      EXPECT_NEAR(nose.y, 127.5, 1.0) << degrees << (mirrored ? " mirrored" : "");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Containers, Orientations, testing::Values(".mp4", ".mov", ".mkv"),
                         [](const auto& test) { return std::string(test.param).substr(1); });

}  // namespace
}  // namespace nosetip
