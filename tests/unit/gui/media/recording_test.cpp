#include "gui/media/recording.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/file_size_limit.h"
#include "tests/support/test_files.h"
#include "tests/unit/gui/media/made_up_frames.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;

class RecordingTest : public testing::Test {
 protected:
  RecordingOptions Options() const { return {.folder = folder_.path(), .view = {NoOverlay()}}; }
  size_t Files() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_.path()), {}));
  }
  static DecodedClip VideoOf(const RecordingPart& part) {
    return Decode(*OpenFrameSource(part.video.string()));
  }
  static std::vector<std::string> FieldsOf(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
    return fields;
  }

  const TempFolder folder_;
};

TEST_F(RecordingTest, HoldsEveryFrameAndTheTableAgreesWithTheVideo) {
  Recording recording(Options());
  for (int i = 5; i < 45; ++i) {
    LiveFrame live = MadeUpFrame(i);
    live.result.pts_s += 0.02 * (i % 2);  // an uneven rate
    recording.Write(live);
  }
  recording.Finish();
  EXPECT_EQ(recording.frames(), 40);
  ASSERT_EQ(recording.parts().size(), 1U);
  EXPECT_EQ(Files(), 2U);
  const RecordingPart& part = recording.parts()[0];
  const DecodedClip clip = VideoOf(part);
  EXPECT_EQ(clip.error, "");
  ASSERT_EQ(clip.indexes.size(), 40U);
  const std::vector<std::string> lines = ReadLines(part.table);
  ASSERT_EQ(lines.size(), 41U);
  EXPECT_THAT(lines[0], HasSubstr(",x_0,y_0,source_frame,source_timestamp"));
  for (size_t i = 0; i < 40; ++i) {
    const std::vector<std::string> fields = FieldsOf(lines[i + 1]);
    ASSERT_EQ(fields.size(), 15U);
    EXPECT_EQ(clip.indexes[i], static_cast<int>(i) + 5);
    EXPECT_EQ(fields[0], std::to_string(i));
    EXPECT_NEAR(std::stod(fields[2]), clip.pts_s[i], 1e-3);
    EXPECT_EQ(fields[11], "15.000");
    EXPECT_EQ(fields[13], std::to_string(i + 5));
    EXPECT_NEAR(std::stod(fields[14]) - std::stod(fields[2]), 0.04 * 5 + 0.02, 1e-6);
  }
  EXPECT_EQ(recording.bytes(),
            static_cast<int64_t>(fs::file_size(part.video) + fs::file_size(part.table)));
}

TEST_F(RecordingTest, DrawsTheFacesIntoTheVideo) {
  RecordingOptions options = Options();
  options.view = {};
  Recording recording(options);
  for (int i = 0; i < 5; ++i) recording.Write(MadeUpFrame(2));
  recording.Finish();
  const FramePtr frame = OpenFrameSource(recording.parts().at(0).video.string())->Next();
  const uint8_t* at_nose = frame->image.At(15, 20);
  EXPECT_GT(at_nose[1], frame->image.At(60, 45)[1] + 60) << "a white point on a dark picture";
}

TEST_F(RecordingTest, GoesOnInAnotherPartWhereTheSourceItsSizeOrThePointsChange) {
  Recording recording(Options());
  for (int i = 0; i < 10; ++i) recording.Write(MadeUpFrame(i));
  for (int i = 10; i < 20; ++i) {
    recording.Write(MadeUpFrame(i, {.width_px = 80, .height_px = 60}));
  }
  for (int i = 20; i < 30; ++i) {
    LiveFrame live = MadeUpFrame(i, {.width_px = 80, .height_px = 60});
    live.source_serial = 1;
    recording.Write(live);
  }
  for (int i = 30; i < 40; ++i) {
    LiveFrame live = MadeUpFrame(i, {.width_px = 80, .height_px = 60});
    live.source_serial = 1;
    live.schema = &Ibug68();
    live.result.faces.clear();
    recording.Write(live);
  }
  recording.Finish();
  EXPECT_EQ(recording.frames(), 40);
  ASSERT_EQ(recording.parts().size(), 4U);
  EXPECT_EQ(Files(), 8U);
  EXPECT_THAT(recording.parts()[3].video.string(), HasSubstr("_part4.mp4"));
  int next = 0;
  for (const RecordingPart& part : recording.parts()) {
    const DecodedClip clip = VideoOf(part);
    EXPECT_EQ(clip.error, "");
    ASSERT_EQ(clip.indexes.size(), 10U);
    for (const int index : clip.indexes) EXPECT_EQ(index, next++);
    EXPECT_EQ(clip.pts_s[0], 0.0);
    EXPECT_EQ(ReadLines(part.table).size(), 11U);
  }
}

TEST_F(RecordingTest, TheTableHasTheSignalsOfModelsThatHaveSome) {
  Recording recording(Options());
  LiveFrame live = MadeUpFrame(0);
  live.schema = &Ibug68();
  TrackedFace& face = live.result.faces[0];
  face.landmarks.points_px.resize(68);
  face.points_mm.assign(68, {1.0, 2.0, 3.0});
  face.signals.emplace().values[static_cast<size_t>(Signal::kSmile)] = 0.625F;
  recording.Write(live);
  recording.Finish();
  const std::vector<std::string> lines = ReadLines(recording.parts().at(0).table);
  ASSERT_EQ(lines.size(), 2U);
  const std::vector<std::string> names = FieldsOf(lines[0]);
  const std::vector<std::string> fields = FieldsOf(lines[1]);
  ASSERT_EQ(names.size(), fields.size());
  const auto field = [&](const std::string& name) {
    const auto at = std::find(names.begin(), names.end(), name);
    return at == names.end() ? "none" : fields[static_cast<size_t>(at - names.begin())];
  };
  EXPECT_EQ(field("smile"), "0.625");
  EXPECT_EQ(std::stod(field("Z_67")), 3.0);
  EXPECT_EQ(field("source_frame"), "0");
}

TEST_F(RecordingTest, LeavesNoFileWithoutFrames) {
  {
    Recording recording(Options());
    EXPECT_EQ(Files(), 1U) << "the table claims the name";
    recording.Finish();
  }
  EXPECT_EQ(Files(), 0U);
}

TEST_F(RecordingTest, TwoOfTheSameMomentAreBothKept) {
  Recording one(Options());
  Recording other(Options());
  one.Write(MadeUpFrame(1));
  other.Write(MadeUpFrame(2));
  one.Finish();
  other.Finish();
  EXPECT_EQ(Files(), 4U);
}

TEST_F(RecordingTest, OnAFullDiskKeepsWhatItHasAndSaysSo) {
  Recording recording(Options());
  std::string problem;
  {
    const FileSizeLimit limit(8000);
    try {
      for (int i = 0; i < 400; ++i) recording.Write(MadeUpFrame(i % 45));
    } catch (const Error& error) {
      problem = error.what();
    }
  }
  EXPECT_THAT(problem, AllOf(HasSubstr("recording_"), HasSubstr("disk is full")));
  recording.Finish();
  const RecordingPart& part = recording.parts().at(0);
  const DecodedClip clip = VideoOf(part);
  EXPECT_EQ(clip.error, "");
  EXPECT_GT(clip.indexes.size(), 10U);
  const std::vector<std::string> lines = ReadLines(part.table);
  EXPECT_LT(std::abs(static_cast<int>(lines.size()) - static_cast<int>(clip.indexes.size())), 12);
  std::vector<size_t> fields;
  for (const std::string& line : lines) fields.push_back(FieldsOf(line).size());
  EXPECT_THAT(fields, Each(15U)) << "no half line";
}

TEST_F(RecordingTest, NamesAFolderThatCannotBeMade) {
  WriteText(folder_ / "file", "");
  try {
    const Recording recording({.folder = folder_ / "file/media", .view = {}});
    FAIL() << "begun";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("file/media"), HasSubstr("choose another")));
  }
}

LiveFrame At(double pts_s, int captured_ms, int64_t run = 1, bool is_live = false) {
  LiveFrame live;
  live.result.pts_s = pts_s;
  live.captured_at += std::chrono::milliseconds(captured_ms);
  live.run = run;
  live.is_live = is_live;
  return live;
}

TEST(RecordingClock, FollowsAFilesTimestampsHoweverSlowlyItWasTracked) {
  RecordingClock clock;
  EXPECT_EQ(clock.TimeOf(At(5.0, 100)), 0.0);
  EXPECT_NEAR(clock.TimeOf(At(5.04, 900)), 0.04, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(5.14, 950)), 0.14, 1e-9);
}

TEST(RecordingClock, GoesOnByAStepWhereAFileStartsOverOrGoesElsewhere) {
  RecordingClock clock;
  clock.TimeOf(At(1.0, 0));
  EXPECT_NEAR(clock.TimeOf(At(1.1, 100)), 0.1, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.0, 5000, 2)), 0.2, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.1, 5100, 2)), 0.3, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(90.0, 5200, 3)), 0.4, 1e-9);
}

TEST(RecordingClock, FollowsTheClockForCamerasAlsoWhenTheyComeBack) {
  RecordingClock clock;
  clock.TimeOf(At(0.0, 1000, 1, true));
  // The stream says 25 Hz and sends 10.
  EXPECT_NEAR(clock.TimeOf(At(0.04, 1100, 1, true)), 0.1, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.08, 1200, 1, true)), 0.2, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.0, 7200, 2, true)), 6.2, 1e-9);
}

TEST(RecordingClock, AlwaysGrows) {
  RecordingClock clock;
  double last = -1.0;
  for (const bool is_live : {false, true}) {
    for (int i = 0; i < 5; ++i) {
      const double time = clock.TimeOf(At(3.0, 50, 1, is_live));
      EXPECT_GT(time, last);
      last = time;
    }
  }
}

}  // namespace

}  // namespace nosetip
