#include "tracker/cli/track_run.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"
#include "tests/support/test_files.h"
#include "tracker/vision/picture_file.h"

namespace nosetip {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

// Finds nothing, and tells how often it was asked.
class BlindDetector : public FaceDetector {
 public:
  explicit BlindDetector(std::function<void()> on_detect) : on_detect_(std::move(on_detect)) {}
  std::vector<FaceBox> Detect(const Image&) override {
    on_detect_();
    return {};
  }
  std::vector<FaceBox> DetectIn(const Image&, const RectF&, int, float) override { return {}; }

 private:
  std::function<void()> on_detect_;
};

class IdleLandmarker : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    return std::vector<Landmarks>(boxes.size());
  }
};

// A face whose place follows from the picture's grey level.
RectF FaceOf(const Image& image) {
  return {20.0F + 0.2F * static_cast<float>(image.At(0, 0)[0]), 30.0F, 60.0F, 60.0F};
}

class GreyDetector : public FaceDetector {
 public:
  std::vector<FaceBox> Detect(const Image& image) override {
    return {{DetectionOfLandmarkBox(FaceOf(image)), 0.9F}};
  }
  std::vector<FaceBox> DetectIn(const Image& image, const RectF&, int, float) override {
    return Detect(image);
  }
};

class GreyLandmarker : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    return std::vector<Landmarks>(boxes.size(), {FakePoints(FaceOf(image), 68), {}});
  }
};

double MeanDifference(const Image& a, const Image& b) {
  double sum = 0.0;
  for (size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(a.rgb[i] - b.rgb[i]);
  return sum / static_cast<double>(a.rgb.size());
}

std::vector<std::string> NamesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

class TrackRunTest : public ::testing::Test {
 protected:
  std::string Picture(const std::string& name) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    const std::string path = (folder_ / name).string();
    WritePicture(path, Image(40, 30));
    return path;
  }

  RunSettings SettingsFor(const std::vector<Input>& inputs, OutputOptions kinds = {.csv = true}) {
    RunSettings settings;
    settings.outputs = {kinds, folder_ / "out", PlanOutputs(inputs), Ibug68(), {}};
    for (size_t i = 0; i < settings.outputs.plan.tables.size(); ++i) settings.tables.push_back(i);
    settings.stop = stop_.get_token();
    settings.max_frames = max_frames_;
    settings.on_summary = [this](const TableSummary& summary) { summaries_.push_back(summary); };
    settings.on_error = [this](const std::string& error) { errors_.push_back(error); };
    return settings;
  }

  static RunOutcome Run(const RunSettings& settings, std::span<Tracker> trackers) {
    Progress progress({.write = [](std::string_view) {}});
    return TrackTables(settings, trackers, progress);
  }

  // Requests a stop during frame `stop_after_` where that is not 0.
  RunOutcome Track(const std::vector<Input>& inputs) {
    int frames = 0;
    const auto count = [&] {
      if (++frames == stop_after_) stop_.request_stop();
    };
    Tracker tracker(std::make_unique<BlindDetector>(count), std::make_unique<IdleLandmarker>(), {});
    return Run(SettingsFor(inputs), {&tracker, 1});
  }

  // Pictures of a face that moves; `first` makes one clip unlike another.
  Input GreyClip(const std::string& name, int frames, int first = 0) {
    std::filesystem::create_directories(folder_ / name);
    for (int i = 0; i < frames; ++i) {
      Image image(160, 120);
      std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(first + 8 * i));
      WritePicture((folder_ / name / (std::to_string(i) + ".png")).string(), image);
    }
    return {(folder_ / name / "%d.png").string(), SourceKind::kPictureSequence};
  }

  static std::vector<Tracker> GreyTrackers(size_t count) {
    std::vector<Tracker> trackers;
    while (trackers.size() < count) {
      trackers.emplace_back(std::make_unique<GreyDetector>(), std::make_unique<GreyLandmarker>(),
                            TrackerOptions{});
    }
    return trackers;
  }

  TempFolder folder_;
  int64_t max_frames_ = 0;
  int stop_after_ = 0;
  std::stop_source stop_;
  std::vector<TableSummary> summaries_;
  std::vector<std::string> errors_;
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
  EXPECT_THAT(SummaryText(summaries_[0]), StartsWith("d: 2 pictures, a face in 0 (0.0 %), "));
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
  const Input clip = GreyClip("img", kFrames);
  RunSettings settings =
      SettingsFor({clip}, {.video = true, .csv = true, .jsonl = true, .sheet = true});
  std::vector<Tracker> trackers = GreyTrackers(1);
  settings.outputs.folder = folder_ / "one";
  {
    MakeOutputFolder(settings.outputs.folder);
    const OutputPaths paths(settings.outputs.folder, settings.outputs.plan.inputs);
    TableOutputs outputs(settings.outputs, paths, 0);
    const auto source = OpenFrameSource(clip.source);
    outputs.Begin(0, source->info());
    while (const FramePtr frame = source->Next()) outputs.Write(*frame, trackers[0].Step(*frame));
    outputs.End();
    outputs.Finish();
  }
  settings.outputs.folder = folder_ / "other";
  Run(settings, trackers);
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

TEST_F(TrackRunTest, WritesTheSameHoweverManyJobsThereAre) {
  std::vector<Input> inputs;
  for (int i = 0; i < 5; ++i) {
    inputs.push_back(GreyClip("clip" + std::to_string(i), 20 - 4 * i, 10 * i));
  }
  inputs.push_back({Picture("pictures/a.png"), SourceKind::kPicture});
  inputs.push_back({Picture("pictures/b.png"), SourceKind::kPicture});
  RunSettings settings =
      SettingsFor(inputs, {.csv = true, .jsonl = true, .pts = true, .sheet = true});
  for (const size_t jobs : {1, 3, 9}) {
    std::vector<Tracker> trackers = GreyTrackers(jobs);
    settings.outputs.folder = folder_ / std::to_string(jobs);
    summaries_.clear();
    EXPECT_EQ(Run(settings, trackers).failed_inputs, 0);
    EXPECT_THAT(summaries_, SizeIs(6));
  }
  const std::vector<std::string> names = NamesIn(folder_ / "1");
  EXPECT_THAT(names, SizeIs(6 * 3 + 20 + 16 + 12 + 8 + 4));
  for (const char* folder : {"3", "9"}) {
    EXPECT_EQ(NamesIn(folder_ / folder), names);
    for (const std::string& name : names) {
      EXPECT_EQ(ReadText(folder_ / folder / name), ReadText(folder_ / "1" / name)) << name;
    }
  }
}

// So that a table does not depend on what the same job had before.
TEST_F(TrackRunTest, CountsFacesOfEachTableFrom0) {
  std::vector<Tracker> trackers = GreyTrackers(1);
  Run(SettingsFor({GreyClip("a", 2), GreyClip("b", 2)}), trackers);
  for (const char* name : {"out/a.csv", "out/b.csv"}) {
    const std::vector<std::string> rows = ReadLines(folder_ / name);
    ASSERT_THAT(rows, SizeIs(1 + 2));
    EXPECT_THAT(rows[1], HasSubstr("%d.png,0,0,")) << name;
  }
}

TEST_F(TrackRunTest, TracksOnlyTheTablesThatAreWanted) {
  RunSettings settings = SettingsFor({GreyClip("a", 2), GreyClip("b", 2), GreyClip("c", 2)});
  settings.tables = {0, 2};
  std::vector<Tracker> trackers = GreyTrackers(2);
  Run(settings, trackers);
  EXPECT_THAT(NamesIn(folder_ / "out"), ElementsAre("a.csv", "c.csv"));
}

TEST_F(TrackRunTest, TracksTheOthersWhereAJobsInputCannotBeRead) {
  const std::string bad = (folder_ / "bad.mp4").string();
  WriteText(bad, "no video");
  const std::vector<Input> inputs = {
      GreyClip("a", 3), {bad, SourceKind::kVideoFile}, GreyClip("b", 3), GreyClip("c", 3)};
  std::vector<Tracker> trackers = GreyTrackers(2);
  EXPECT_EQ(Run(SettingsFor(inputs), trackers).failed_inputs, 1);
  EXPECT_THAT(errors_, ElementsAre(HasSubstr(bad)));
  EXPECT_THAT(NamesIn(folder_ / "out"), ElementsAre("a.csv", "b.csv", "c.csv"));
  EXPECT_THAT(summaries_, Each(Field(&TableSummary::complete, true)));
}

TEST_F(TrackRunTest, BeginsNoFurtherTableWhereAnOutputCannotBeWritten) {
  std::filesystem::create_directories(folder_ / "out/a.csv");
  std::vector<Tracker> trackers = GreyTrackers(1);
  EXPECT_EQ(Run(SettingsFor({GreyClip("a", 3), GreyClip("b", 3)}), trackers).failed_inputs, 1);
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("a.csv is a folder")));
  EXPECT_THAT(NamesIn(folder_ / "out"), ElementsAre("a.csv"));
}

TEST_F(TrackRunTest, ShowsHowFarAllJobsAreTogether) {
  std::string written;
  Progress::Clock::time_point now;
  Progress progress({.write = [&](std::string_view text) { written += text; },
                     .now = [&] { return now += std::chrono::seconds(11); }});
  std::vector<Tracker> trackers = GreyTrackers(2);
  TrackTables(SettingsFor({GreyClip("a", 3), GreyClip("b", 3), GreyClip("c", 3)}), trackers,
              progress);
  EXPECT_THAT(written, StartsWith("0 of 3 done: 1 frames, "));
  EXPECT_THAT(written, HasSubstr(" of 3 done: 9 frames, "));
}

TEST_F(TrackRunTest, StopsAllJobsWithTheFramesSoFar) {
  RunSettings settings = SettingsFor({GreyClip("a", 30), GreyClip("b", 30), GreyClip("c", 30)});
  int results = 0;
  settings.on_result = [&](const TrackResult&) {
    if (++results == 8) stop_.request_stop();
  };
  std::vector<Tracker> trackers = GreyTrackers(2);
  EXPECT_TRUE(Run(settings, trackers).stopped);
  size_t rows = 0;
  for (const TableSummary& summary : summaries_) {
    EXPECT_FALSE(summary.complete);
    ASSERT_THAT(summary.written, SizeIs(1));
    rows += ReadLines(summary.written[0].path).size() - 1;
  }
  EXPECT_EQ(rows, static_cast<size_t>(results));
  EXPECT_LT(results, 30);
  EXPECT_THAT(NamesIn(folder_ / "out"), SizeIs(summaries_.size()));
}

TEST_F(TrackRunTest, PassesOnWhatIsNoErrorOfAFile) {
  std::vector<Tracker> trackers = GreyTrackers(1);
  trackers.emplace_back(std::make_unique<BlindDetector>([] { throw std::logic_error("a bug"); }),
                        std::make_unique<IdleLandmarker>(), TrackerOptions{});
  const RunSettings settings = SettingsFor({GreyClip("a", 30), GreyClip("b", 30)});
  std::ranges::reverse(trackers);
  EXPECT_THROW(Run(settings, trackers), std::logic_error);
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
  EXPECT_EQ(SummaryText(summary), "clip.mp4: 200 frames, a face in 199 (99.5 %), 50.0 frames/s");
}

}  // namespace
}  // namespace nosetip
