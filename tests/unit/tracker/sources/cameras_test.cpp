#include "tracker/sources/cameras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/videodev2.h>

#include "tracker/core/error.h"
#include "tracker/sources/camera_source.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint32_t Letters(const char (&letters)[5]) {
  return v4l2_fourcc(letters[0], letters[1], letters[2], letters[3]);
}

// Answers as a driver does: a list is asked for by index until it says no.
class FakeDriver {
 public:
  struct Size {
    uint32_t width = 0;
    uint32_t height = 0;
    std::vector<v4l2_fract> intervals_s;
  };
  struct Format {
    uint32_t letters = 0;
    std::vector<Size> sizes;
  };

  explicit FakeDriver(std::vector<Format> formats) : formats_(std::move(formats)) {}

  bool operator()(unsigned long request, void* argument) const {
    switch (request) {
      case VIDIOC_ENUM_FMT:
        return Answer(*static_cast<v4l2_fmtdesc*>(argument));
      case VIDIOC_ENUM_FRAMESIZES:
        return Answer(*static_cast<v4l2_frmsizeenum*>(argument));
      case VIDIOC_ENUM_FRAMEINTERVALS:
        return Answer(*static_cast<v4l2_frmivalenum*>(argument));
      default:
        return false;
    }
  }

 private:
  bool Answer(v4l2_fmtdesc& asked) const {
    if (asked.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || asked.index >= formats_.size()) return false;
    asked.pixelformat = formats_[asked.index].letters;
    return true;
  }
  bool Answer(v4l2_frmsizeenum& asked) const {
    for (const Format& format : formats_) {
      if (format.letters != asked.pixel_format || asked.index >= format.sizes.size()) continue;
      asked.type = V4L2_FRMSIZE_TYPE_DISCRETE;
      asked.discrete = {format.sizes[asked.index].width, format.sizes[asked.index].height};
      return true;
    }
    return false;
  }
  bool Answer(v4l2_frmivalenum& asked) const {
    for (const Format& format : formats_) {
      if (format.letters != asked.pixel_format) continue;
      for (const Size& size : format.sizes) {
        if (size.width != asked.width || size.height != asked.height) continue;
        if (asked.index >= size.intervals_s.size()) return false;
        asked.type = V4L2_FRMIVAL_TYPE_DISCRETE;
        asked.discrete = size.intervals_s[asked.index];
        return true;
      }
    }
    return false;
  }

  std::vector<Format> formats_;
};

// As common webcams are: uncompressed pictures are slow where they are large.
FakeDriver Webcam() {
  return FakeDriver(
      {{Letters("YUYV"),
        {{640, 480, {{1, 30}, {1, 15}}}, {1280, 720, {{1, 10}}}, {2592, 1944, {{1, 2}}}}},
       {Letters("H264"), {{1920, 1080, {{1, 60}}}}},
       {Letters("MJPG"),
        {{640, 480, {{1, 15}, {1, 30}}}, {1280, 720, {{1001, 30000}}}, {1920, 1080, {{1, 30}}}}}});
}

std::vector<std::string> Described(const std::vector<CameraMode>& modes) {
  std::vector<std::string> lines;
  for (const CameraMode& mode : modes) {
    std::string line = mode.format + " " + std::to_string(mode.size_px.width) + "x" +
                       std::to_string(mode.size_px.height);
    for (const double rate_hz : mode.rates_hz) {
      line.append(" ").append(std::to_string(std::lround(rate_hz)));
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(CameraModes, AreWhatTheDriverListsAndCanBeDecodedLargestFirst) {
  EXPECT_THAT(Described(QueryCameraModes(Webcam())),
              ElementsAre("YUYV 2592x1944 2", "MJPG 1920x1080 30", "MJPG 1280x720 30",
                          "YUYV 1280x720 10", "MJPG 640x480 30 15", "YUYV 640x480 30 15"));
}

TEST(CameraModes, BestAreOneOfEachSize) {
  EXPECT_THAT(Described(BestModes(QueryCameraModes(Webcam()))),
              ElementsAre("YUYV 2592x1944 2", "MJPG 1920x1080 30", "MJPG 1280x720 30",
                          "MJPG 640x480 30 15"));
}

TEST(CameraModes, TheFormatFollowsTheSizeAskedFor) {
  const std::vector<CameraMode> modes = QueryCameraModes(Webcam());
  EXPECT_EQ(ModeFor(modes, {.camera_width = 1280, .camera_height = 720})->format, "MJPG");
  // MJPG would give another size.
  EXPECT_EQ(ModeFor(modes, {.camera_width = 2592, .camera_height = 1944})->format, "YUYV");
  EXPECT_FALSE(ModeFor(modes, {.camera_width = 333, .camera_height = 222}));
  EXPECT_FALSE(ModeFor(modes, {}));
}

TEST(CameraModes, ADriverWithRangesGetsCommonSizesAndRatesInThem) {
  const CameraQuery ranges = [](unsigned long request, void* argument) {
    if (request == VIDIOC_ENUM_FMT) {
      auto* format = static_cast<v4l2_fmtdesc*>(argument);
      format->pixelformat = Letters("YUYV");
      return format->index == 0;
    }
    if (request == VIDIOC_ENUM_FRAMESIZES) {
      auto* size = static_cast<v4l2_frmsizeenum*>(argument);
      size->type = V4L2_FRMSIZE_TYPE_STEPWISE;
      size->stepwise = {64, 1296, 16, 64, 976, 16};
      return size->index == 0;
    }
    auto* interval = static_cast<v4l2_frmivalenum*>(argument);
    interval->type = V4L2_FRMIVAL_TYPE_CONTINUOUS;
    interval->stepwise.min = {1, 40};
    interval->stepwise.max = {1, 12};
    return interval->index == 0;
  };
  EXPECT_THAT(Described(QueryCameraModes(ranges)),
              ElementsAre("YUYV 1296x976 40 30 25 20 15", "YUYV 1280x960 40 30 25 20 15",
                          "YUYV 1280x720 40 30 25 20 15", "YUYV 1024x768 40 30 25 20 15",
                          "YUYV 640x480 40 30 25 20 15", "YUYV 320x240 40 30 25 20 15"));
}

TEST(CameraModes, ADriverThatSaysNothingOrNeverEndsIsBorne) {
  EXPECT_THAT(QueryCameraModes([](unsigned long, void*) { return false; }), IsEmpty());
  const CameraQuery endless = [](unsigned long request, void* argument) {
    if (request == VIDIOC_ENUM_FMT) {
      static_cast<v4l2_fmtdesc*>(argument)->pixelformat = Letters("MJPG");
      return static_cast<v4l2_fmtdesc*>(argument)->index == 0;
    }
    return true;  // sizes and intervals of zero
  };
  QueryCameraModes(endless);
  EXPECT_THROW(ListCameraModes(63), Error);
}

SourceInfo Sends(int width_px, int height_px, double rate_hz) {
  SourceInfo info;
  info.kind = SourceKind::kCamera;
  info.name = "0";
  info.width_px = width_px;
  info.height_px = height_px;
  info.frame_rate_hz = rate_hz;
  return info;
}

TEST(CameraMismatch, SaysInPlainWordsWhatDiffers) {
  const CameraOptions asked{.camera_width = 1280, .camera_height = 720, .camera_rate = 60.0F};
  EXPECT_EQ(CameraMismatch(asked, Sends(1280, 720, 60.0)), "");
  EXPECT_EQ(CameraMismatch(asked, Sends(640, 480, 0.0)),
            "camera 0 was asked for 1280 x 720 and sends 640 x 480; choose one of its own modes");
  EXPECT_EQ(CameraMismatch(asked, Sends(1280, 720, 30.0)),
            "camera 0 was asked for 60 frames per second and reports 30; choose one of its "
            "own modes");
  EXPECT_THAT(CameraMismatch(asked, Sends(640, 480, 30.0)),
              AllOf(HasSubstr("640 x 480"), HasSubstr("reports 30")));
}

TEST(CameraMismatch, IsNoneWhereNothingWasAskedFor) {
  EXPECT_EQ(CameraMismatch({}, Sends(640, 480, 15.0)), "");
  EXPECT_EQ(CameraMismatch({.camera_rate = 30.0F}, Sends(640, 480, 30000.0 / 1001.0)), "");
  EXPECT_THAT(CameraMismatch({.camera_height = 720}, Sends(640, 480, 30.0)),
              HasSubstr("a height of 720 and sends 640 x 480"));
}

}  // namespace
}  // namespace nosetip
