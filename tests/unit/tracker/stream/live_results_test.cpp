#include "tracker/stream/live_results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/stream/stream_fixture.h"

namespace nosetip {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(LiveResults, GiveTheNewestFrame) {
  LiveResults results;
  EXPECT_EQ(results.Newest(), nullptr);
  for (int i = 5; i < 8; ++i) results.Offer(FrameOf({}, i));
  const auto newest = results.Newest();
  ASSERT_NE(newest, nullptr);
  EXPECT_EQ(newest->frame().frame_id, 7);
  EXPECT_EQ(newest->number(), 3);
}

TEST(LiveResult, HasTheFormsThatClientsAskFor) {
  TrackedFace face = PosedFace();
  face.signals = FaceSignals{};
  LiveResult result(1, FrameOf({face}, 7));
  EXPECT_THAT(result.Json(),
              StartsWith(R"({"file":"clip.mp4","frame":7,"timestamp":0.28,"faces":[{)"));
  EXPECT_THAT(result.Json(), HasSubstr(R"("signals":{"eye_open_right":)"));
  EXPECT_THAT(result.Json(), EndsWith("}]}"));
  EXPECT_THAT(result.FormatJson(), StartsWith(R"({"width":640,"height":480,"edges":[[0,1],)"));
  EXPECT_THAT(result.Jpeg(), StartsWith("\xFF\xD8"));
  EXPECT_EQ(&result.Jpeg(), &result.Jpeg()) << "encoded once";
}

}  // namespace
}  // namespace nosetip
