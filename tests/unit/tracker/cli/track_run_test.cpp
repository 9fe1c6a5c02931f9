#include "tests/unit/tracker/cli/track_run_fixture.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

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
  const std::string last = (folder_ / "pictures/last.png").string();
  const RunOutcome outcome = Track(
      {{bad, SourceKind::kPicture}, {good, SourceKind::kPicture}, {last, SourceKind::kPicture}});
  EXPECT_EQ(outcome.failed_inputs, 2);
  EXPECT_THAT(errors_, ElementsAre(HasSubstr(bad), HasSubstr(last)));
  ASSERT_THAT(summaries_, SizeIs(1));
  EXPECT_EQ(summaries_[0].name, "pictures");
  EXPECT_EQ(summaries_[0].frames, 1);
  EXPECT_THAT(ReadLines(folder_ / "out/pictures.csv"), SizeIs(1 + 1));
}

TEST_F(TrackRunTest, SumsUpThePicturesOfAFolder) {
  const std::vector<Input> inputs = {{Picture("d/a.png"), SourceKind::kPicture},
                                     {Picture("d/b.png"), SourceKind::kPicture}};
  Track(inputs);
  ASSERT_THAT(summaries_, SizeIs(1));
  EXPECT_THAT(SummaryText(summaries_[0]), StartsWith("d: 2 pictures, 0 with a face (0.0 %), "));
  ASSERT_THAT(summaries_[0].written, SizeIs(1));
  EXPECT_EQ(summaries_[0].written[0].path, folder_ / "out/d.csv");
}

TEST_F(TrackRunTest, FinishesTheFilesAfterAStop) {
  stop_after_ = 2;
  for (int i = 0; i < 5; ++i) Picture("img_" + std::to_string(i) + ".png");
  const std::string pattern = (folder_ / "img_%d.png").string();
  EXPECT_TRUE(Track({{pattern, SourceKind::kPictureSequence}}).stopped);
  EXPECT_THAT(ReadLines(folder_ / "out/img.csv"), SizeIs(1 + 2));
  EXPECT_THAT(summaries_, SizeIs(1));
}

// The stages of a run overlap; it must not show.
TEST_F(TrackRunTest, WritesWhatOneFrameAfterTheOtherWouldGive) {
  constexpr int kFrames = 30;
  const Input clip = GrayClip("img", kFrames);
  RunSettings settings =
      SettingsFor({clip}, {.video = true, .csv = true, .jsonl = true, .sheet = true});
  std::vector<TrackingParts> jobs = GrayJobs(1);
  settings.outputs.folder = folder_ / "one";
  {
    MakeOutputFolder(settings.outputs.folder);
    const OutputPaths paths(settings.outputs.folder, settings.outputs.plan.inputs);
    TableOutputs outputs(settings.outputs, paths, 0);
    const auto source = OpenFrameSource(clip.source);
    outputs.Begin(0, source->info());
    while (const FramePtr frame = source->Next())
      outputs.Write(*frame, jobs[0].tracker.Step(*frame));
    outputs.End();
    outputs.Finish();
  }
  settings.outputs.folder = folder_ / "other";
  Run(settings, jobs);
  EXPECT_THAT(ReadLines(folder_ / "one/img.csv"), SizeIs(1 + kFrames));
  for (const char* name : {"img.csv", "img.jsonl", "img_sheet.png"}) {
    EXPECT_EQ(ReadText(folder_ / "one" / name), ReadText(folder_ / "other" / name)) << name;
  }
  const auto one = OpenFrameSource((folder_ / "one/img.mp4").string());
  const auto other = OpenFrameSource((folder_ / "other/img.mp4").string());
  for (int i = 0; i < kFrames; ++i) {
    const FramePtr expected = one->Next();
    const FramePtr got = other->Next();
    ASSERT_TRUE(expected && got);
    // The encoder does not always give the same for the same; frames are 8 apart.
    EXPECT_LT(MeanDifference(expected->image, got->image), 1.0) << "frame " << i;
  }
  EXPECT_EQ(other->Next(), nullptr);
}

TEST_F(TrackRunTest, PassesOnWhatIsNoErrorOfAFile) {
  std::vector<TrackingParts> jobs = GrayJobs(1);
  jobs.push_back({Tracker(std::make_unique<BlindDetector>([] { throw std::logic_error("a bug"); }),
                          std::make_unique<IdleLandmarker>(), TrackerOptions{}),
                  nullptr});
  const RunSettings settings = SettingsFor({GrayClip("a", 30), GrayClip("b", 30)});
  std::ranges::reverse(jobs);
  EXPECT_THROW(Run(settings, jobs), std::logic_error);
}

TEST_F(TrackRunTest, TakesNoFurtherInputAfterAStop) {
  stop_.request_stop();
  EXPECT_TRUE(Track({{Picture("a.png"), SourceKind::kPicture}}).stopped);
  EXPECT_THAT(summaries_, IsEmpty());
}

TEST(SummaryText, SaysHowMuchWasFoundAndHowFast) {
  TableSummary summary;
  summary.name = "clip.mp4";
  summary.frames = 200;
  summary.frames_with_face = 199;
  summary.seconds = 4.0;
  EXPECT_EQ(SummaryText(summary), "clip.mp4: 200 frames, 199 with a face (99.5 %), 50.0 frames/s");
}

TEST(SummaryText, NamesTheLimitThatLeftFacesOut) {
  TableSummary summary;
  summary.name = "a.png";
  summary.pictures = true;
  summary.frames = 1;
  summary.max_faces = 2;
  summary.left_out = 1;
  EXPECT_THAT(SummaryText(summary),
              EndsWith("\n  --max-faces 2 left out 1 face in a picture; raise it to include all"));
  summary.pictures = false;
  summary.frames = 30;
  summary.left_out = 4;
  EXPECT_THAT(SummaryText(summary), EndsWith("\n  --max-faces 2 left out up to 4 faces in a frame; "
                                             "raise it to include all"));
}

TEST(WrittenText, NamesTenFilesAndCountsTheRest) {
  TableSummary summary;
  EXPECT_EQ(WrittenText(summary), "");
  summary.written = {{"a.csv", ""}, {"a.avi", "no MP4 here"}};
  EXPECT_EQ(WrittenText(summary), "  a.csv\n  a.avi (no MP4 here)\n");
  summary.written.resize(12, {"a.pts", ""});
  EXPECT_THAT(WrittenText(summary), EndsWith("  a.pts\n  and 2 more\n"));
}

TEST_F(TrackRunTest, AddsNoiseToWhatIsDecoded) {
  const Input clip = GrayClip("clip", 3);
  const auto places = [&](double noise) {
    std::vector<TrackingParts> jobs = GrayJobs(1);
    RunSettings settings = SettingsFor({clip}, {});
    settings.sensor_noise = noise;
    std::vector<float> xs;
    settings.on_result = [&](const TrackResult& result) {
      xs.push_back(result.faces.at(0).landmarks.points_px.at(0).x);
    };
    EXPECT_EQ(Run(settings, jobs).failed_inputs, 0);
    return xs;
  };
  EXPECT_THAT(places(0.0), SizeIs(3));
  EXPECT_EQ(places(4.0), places(4.0));
  EXPECT_NE(places(4.0), places(0.0));
}

}  // namespace
}  // namespace nosetip
