#include "tracker/cli/progress.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// A progress whose clock and output the test holds.
class ProgressTest : public ::testing::Test {
 protected:
  Progress Make(bool terminal, int width = 200) {
    return Progress({.terminal = terminal,
                     .width = width,
                     .write = [this](std::string_view text) { written_ += text; },
                     .now = [this] { return now_; }});
  }
  std::string Take() { return std::exchange(written_, ""); }

  Progress::Clock::time_point now_;
  std::string written_;
};

TEST_F(ProgressTest, ShowsBarRateAndTimeLeftOnATerminal) {
  Progress progress = Make(true);
  progress.Start("clip", 1000);
  now_ += std::chrono::seconds(5);
  progress.Update(250);
  EXPECT_THAT(Take(), HasSubstr("[######..................] clip: 250 of 1000 frames, 50 frames/s, "
                                "15 s left"));
  progress.Clear();
  EXPECT_EQ(Take(), "\r\x1b[K");
  progress.Clear();
  EXPECT_THAT(Take(), IsEmpty());
}

TEST_F(ProgressTest, DoesNotFloodTheTerminal) {
  Progress progress = Make(true);
  progress.Start("clip", 1000);
  progress.Update(1);
  EXPECT_THAT(Take(), IsEmpty());
  now_ += std::chrono::milliseconds(100);
  progress.Update(2);
  EXPECT_THAT(Take(), Not(IsEmpty()));
}

TEST_F(ProgressTest, NeverWrapsTheTerminalsLine) {
  Progress progress = Make(true, 40);
  progress.Start("a clip with a name that is much longer than the line", 1000);
  now_ += std::chrono::seconds(1);
  progress.Update(10);
  EXPECT_LE(Take().size(), 39 + std::string("\r\x1b[K").size());
}

TEST_F(ProgressTest, WritesPlainLinesElsewhere) {
  Progress progress = Make(false);
  progress.Start("clip", 1000);
  now_ += std::chrono::seconds(9);
  progress.Update(90);
  EXPECT_THAT(Take(), IsEmpty());
  now_ += std::chrono::seconds(1);
  progress.Update(100);
  EXPECT_EQ(Take(), "clip: 100 of 1000 frames, 10 frames/s, 1 min 30 s left\n");
  progress.Clear();
  EXPECT_THAT(Take(), IsEmpty());
}

TEST_F(ProgressTest, PromisesNothingWhereTheLengthIsUnknown) {
  Progress progress = Make(true);
  progress.Start("camera0", std::nullopt);
  now_ += std::chrono::seconds(2);
  progress.Update(3);
  EXPECT_THAT(Take(), StartsWith("\r\x1b[Kcamera0: 3 frames, 1.5 frames/s"));
  EXPECT_THAT(written_, Not(HasSubstr("left")));
}

TEST_F(ProgressTest, TakesThePartFromWhoKnowsIt) {
  Progress progress = Make(true);
  progress.Start("", std::nullopt);
  now_ += std::chrono::seconds(10);
  progress.Rename("1 of 4 done");
  progress.Update(100, 0.25);
  EXPECT_THAT(Take(), HasSubstr("[######..................] 1 of 4 done: 100 frames, 10 frames/s, "
                                "30 s left"));
}

TEST_F(ProgressTest, SurvivesAContainerThatCountedTooFew) {
  Progress progress = Make(false);
  progress.Start("clip", 10);
  now_ += std::chrono::seconds(10);
  progress.Update(20);
  EXPECT_EQ(Take(), "clip: 20 of 20 frames, 2.0 frames/s, 0 s left\n");
}

TEST(DurationText, IsShort) {
  EXPECT_EQ(DurationText(0.2), "1 s");
  EXPECT_EQ(DurationText(59.0), "59 s");
  EXPECT_EQ(DurationText(185.0), "3 min 05 s");
  EXPECT_EQ(DurationText(2 * 3600 + 7 * 60 + 5), "2 h 07 min");
}

}  // namespace
}  // namespace nosetip
