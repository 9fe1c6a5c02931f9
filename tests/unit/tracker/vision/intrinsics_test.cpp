#include "tracker/vision/intrinsics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

TEST(CameraForFrame, TakesTheLongerSideAndTheCenterForWhatIsNotKnown) {
  EXPECT_EQ(CameraForFrame({640, 480}), (PinholeCamera{640, 640, 319.5, 239.5}));
  EXPECT_EQ(CameraForFrame({480, 640}), (PinholeCamera{640, 640, 239.5, 319.5}));
  EXPECT_EQ(CameraForFrame({640, 480}, {.cy_px = 200.0F}), (PinholeCamera{640, 640, 319.5, 200}));
}

TEST(CameraForFrame, TakesWhatIsKnown) {
  EXPECT_EQ(CameraForFrame({640, 480}, {.fx_px = 800.0F}), (PinholeCamera{800, 800, 319.5, 239.5}));
  EXPECT_EQ(CameraForFrame({640, 480}, {800.0F, 780.0F, 300.0F, 250.5F}),
            (PinholeCamera{800, 780, 300, 250.5}));
}

TEST(CameraForFrame, FollowsTheHorizontalFieldOfView) {
  const PinholeCamera camera = CameraForFrame({640, 480}, {.fov_deg = 90.0F});
  EXPECT_NEAR(camera.fx_px, 320.0, 1e-3);
  EXPECT_EQ(camera.fy_px, camera.fx_px);
  EXPECT_NEAR(CameraForFrame({480, 640}, {.fov_deg = 90.0F}).fx_px, 240.0, 1e-3);
}

std::string MessageFor(const IntrinsicsOptions& options) {
  return MessageOf([&] { CheckIntrinsics(options); });
}

TEST(CheckIntrinsics, NamesWhatDoesNotGoTogether) {
  EXPECT_EQ(MessageFor({}), "no error");
  EXPECT_EQ(MessageFor({.cx_px = 300.0F, .fov_deg = 60.0F}), "no error");
  EXPECT_THAT(MessageFor({.fx_px = 800.0F, .fov_deg = 60.0F}), HasSubstr("leave one out"));
  EXPECT_THAT(MessageFor({.fy_px = 800.0F}), HasSubstr("(--fy) needs"));
  EXPECT_THAT(MessageFor({.fx_px = -1.0F}), HasSubstr("--fx is -1"));
  EXPECT_THAT(MessageFor({.fov_deg = 180.0F}), HasSubstr("--fov-deg is 180"));
}

}  // namespace
}  // namespace nosetip
