#include "tracker/cli/track_run.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/vision/picture_file.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class BlindDetector : public FaceDetector {
 public:
  std::vector<FaceBox> Detect(const Image&) override { return {}; }
  std::vector<FaceBox> DetectIn(const Image&, const RectF&, int, float) override { return {}; }
};

class IdleLandmarker : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    return std::vector<Landmarks>(boxes.size());
  }
};

class TrackRunTest : public ::testing::Test {
 protected:
  std::string Picture(const std::string& name) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    const std::string path = (folder_ / name).string();
    WritePicture(path, Image(40, 30));
    return path;
  }

  RunOutcome Track(const std::vector<Input>& inputs, std::stop_token stop = {}) {
    Tracker tracker(std::make_unique<BlindDetector>(), std::make_unique<IdleLandmarker>(), {});
    const OutputPlan plan = PlanOutputs(inputs);
    TrackOutputs outputs({{.csv = true}, folder_ / "out", plan, tracker.schema(), {}});
    RunSettings settings;
    settings.inputs = plan.inputs;
    settings.stop = std::move(stop);
    settings.max_frames = max_frames_;
    settings.on_summary = [this](const InputSummary& summary) { summaries_.push_back(summary); };
    Progress progress({.write = [](std::string_view) {}});
    const RunOutcome outcome = TrackInputs(settings, tracker, outputs, progress);
    outputs.FinishTables();
    return outcome;
  }

  TempFolder folder_;
  int64_t max_frames_ = 0;
  std::vector<InputSummary> summaries_;
};

TEST_F(TrackRunTest, WritesARowForEveryFrameWithoutAFace) {
  for (int i = 0; i < 4; ++i) Picture("img_" + std::to_string(i) + ".png");
  const std::string pattern = (folder_ / "img_%d.png").string();
  const RunOutcome outcome = Track({{pattern, SourceKind::kPictureSequence}});
  EXPECT_EQ(outcome.failed_inputs, 0);
  EXPECT_FALSE(outcome.stopped);
  ASSERT_THAT(summaries_, SizeIs(1));
  EXPECT_EQ(summaries_[0].frames, 4);
  EXPECT_EQ(summaries_[0].frames_with_face, 0);
  EXPECT_THAT(ReadLines(folder_ / "out/img.csv"), SizeIs(1 + 4));
}

TEST_F(TrackRunTest, StopsEachInputAfterSoManyFrames) {
  for (int i = 0; i < 4; ++i) Picture("img_" + std::to_string(i) + ".png");
  max_frames_ = 3;
  Track({{(folder_ / "img_%d.png").string(), SourceKind::kPictureSequence}});
  EXPECT_THAT(ReadLines(folder_ / "out/img.csv"), SizeIs(1 + 3));
}

TEST_F(TrackRunTest, GoesOnAfterAnInputThatCannotBeRead) {
  const std::string good = Picture("pictures/good.png");
  const std::string bad = (folder_ / "pictures/bad.png").string();
  WriteText(bad, "no picture");
  const RunOutcome outcome = Track({{bad, SourceKind::kPicture}, {good, SourceKind::kPicture}});
  EXPECT_EQ(outcome.failed_inputs, 1);
  ASSERT_THAT(summaries_, SizeIs(2));
  EXPECT_THAT(summaries_[0].error, HasSubstr(bad));
  EXPECT_THAT(summaries_[1].error, IsEmpty());
  EXPECT_THAT(ReadLines(folder_ / "out/pictures.csv"), SizeIs(1 + 1));
}

TEST_F(TrackRunTest, TakesNoFurtherInputAfterAStop) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(Track({{Picture("a.png"), SourceKind::kPicture}}, stop.get_token()).stopped);
  EXPECT_THAT(summaries_, IsEmpty());
}

TEST(SummaryText, SaysHowMuchWasFoundAndHowFast) {
  InputSummary summary;
  summary.source = "clip.mp4";
  summary.frames = 200;
  summary.frames_with_face = 199;
  summary.seconds = 4.0;
  EXPECT_EQ(SummaryText(summary), "clip.mp4: 200 frames, a face in 199 (99.5 %), 50.0 frames/s");
}

}  // namespace
}  // namespace nosetip
