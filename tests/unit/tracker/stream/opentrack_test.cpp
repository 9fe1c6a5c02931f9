#include "tracker/stream/opentrack.h"

#include <array>
#include <cstring>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/stream/stream_fixture.h"

namespace nosetip {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

TEST(OpentrackDatagram, HasCentimetersAndDegreesAsThePersonSeesThem) {
  // To the picture's right and up, looking to the picture's left and down, tilted clockwise.
  const std::string bytes = OpentrackDatagram(*FrameOf({PosedFace({0.1F, 0.2F, 0.3F})}));
  std::array<double, 6> values{};
  ASSERT_EQ(bytes.size(), sizeof(values));
  std::memcpy(values.data(), bytes.data(), bytes.size());  // tests run on little-endian machines
  const auto near = [](double value) { return DoubleNear(value, 1e-4); };
  EXPECT_THAT(values, ElementsAre(near(-2), near(3), near(56), near(11.4592), near(-5.7296),
                                  near(-17.1887)));
}

TEST(OpentrackDatagram, IsNoneWithoutAPose) {
  EXPECT_EQ(OpentrackDatagram(*FrameOf({})), "");
  TrackedFace face = PosedFace();
  face.pose.reset();
  EXPECT_EQ(OpentrackDatagram(*FrameOf({face})), "");
}

}  // namespace
}  // namespace nosetip
