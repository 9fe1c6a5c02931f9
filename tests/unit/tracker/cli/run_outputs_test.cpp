#include "tracker/cli/run_outputs.h"

#include <chrono>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;
using ::testing::UnorderedElementsAre;

Frame MakeFrame(int64_t id) {
  Frame frame;
  frame.id = id;
  frame.pts_s = 0.04 * static_cast<double>(id);
  frame.image = Image(64, 48);
  return frame;
}

TrackResult ResultOf(const Frame& frame, int faces) {
  TrackResult result;
  result.frame_id = frame.id;
  result.pts_s = frame.pts_s;
  for (int i = 0; i < faces; ++i) {
    TrackedFace face;
    face.id = i;
    face.box.rect = {1, 1, 20, 20};
    face.landmarks.points_px = {{10.0F + static_cast<float>(i), 12.0F}};
    result.faces.push_back(face);
  }
  return result;
}

// Outputs of the table of the first input.
class TableOutputsTest : public ::testing::Test {
 protected:
  void Open(OutputOptions kinds, const std::vector<Input>& inputs) {
    setup_ = {kinds, folder_ / "new/out", PlanOutputs(inputs), Nose1(), {}};
    MakeOutputFolder(setup_.folder);
    paths_.emplace(setup_.folder, setup_.plan.inputs);
    outputs_.emplace(setup_, *paths_, 0);
  }
  void WriteFrame(int64_t id, int faces) {
    const Frame frame = MakeFrame(id);
    outputs_->Write(frame, ResultOf(frame, faces));
  }
  std::vector<fs::path> Finish() {
    std::vector<fs::path> paths;
    for (const WrittenFile& file : outputs_->Finish()) paths.push_back(file.path);
    return paths;
  }
  fs::path Out(std::string_view name) const { return folder_ / "new/out" / name; }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_ / "new/out")) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  TempFolder folder_;
  OutputSetup setup_;
  std::optional<OutputPaths> paths_;
  std::optional<TableOutputs> outputs_;
};

TEST_F(TableOutputsTest, NamesTheFilesOfAVideoAfterIt) {
  Open({.csv = true, .jsonl = true}, {{"d/clip.mp4", SourceKind::kVideoFile}});
  outputs_->Begin(0, {});
  for (int i = 0; i < 3; ++i) WriteFrame(i, i % 2);
  outputs_->End();
  EXPECT_THAT(Finish(), ElementsAre(Out("clip.csv"), Out("clip.jsonl")));
  const auto rows = ReadLines(Out("clip.csv"));
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_THAT(rows[0], StartsWith("frame,face_id,"));
  EXPECT_THAT(rows[3], StartsWith("2,-1,0.080000,"));
  EXPECT_EQ(ReadLines(Out("clip.jsonl")).size(), 3U);
}

TEST_F(TableOutputsTest, PutsThePicturesOfAFolderInOneTableThatNamesThem) {
  Open({.csv = true},
       {{"/d/faces/a.jpg", SourceKind::kPicture}, {"/d/faces/b.jpg", SourceKind::kPicture}});
  outputs_->Begin(0, {});
  WriteFrame(0, 1);
  outputs_->End();
  outputs_->Begin(1, {});
  WriteFrame(0, 0);
  outputs_->End();
  EXPECT_THAT(Finish(), ElementsAre(Out("faces.csv")));
  EXPECT_THAT(ReadLines(Out("faces.csv")),
              ElementsAre(StartsWith("file,frame,"), StartsWith("/d/faces/a.jpg,0,0,"),
                          StartsWith("/d/faces/b.jpg,0,-1,")));
}

TEST_F(TableOutputsTest, WritesOnePtsAFaceOfAPictureAndNoneWithoutAFace) {
  Open({.pts = true}, {{"one.jpg", SourceKind::kPicture},
                       {"two.jpg", SourceKind::kPicture},
                       {"two_1.jpg", SourceKind::kPicture},
                       {"none.jpg", SourceKind::kPicture}});
  for (const auto& [input, faces] : {std::pair{0, 1}, {1, 2}, {2, 1}, {3, 0}}) {
    outputs_->Begin(static_cast<size_t>(input), {});
    WriteFrame(0, faces);
    outputs_->End();
  }
  Finish();
  EXPECT_THAT(Names(), UnorderedElementsAre("one.pts", "two_1-2.pts", "two_2.pts", "two_1.pts"));
}

TEST_F(TableOutputsTest, WritesNoPtsOfAFaceWithoutPoints) {
  Open({.pts = true}, {{"two.jpg", SourceKind::kPicture}});
  outputs_->Begin(0, {});
  const Frame frame = MakeFrame(0);
  TrackResult result = ResultOf(frame, 2);
  result.faces[0].landmarks = {};
  outputs_->Write(frame, result);
  outputs_->End();
  EXPECT_THAT(Finish(), ElementsAre(Out("two.pts")));
}

TEST_F(TableOutputsTest, NumbersThePtsOfVideoFrames) {
  Open({.pts = true}, {{"clip.mp4", SourceKind::kVideoFile}});
  outputs_->Begin(0, {});
  for (const int64_t id : {7, 8, 9}) WriteFrame(id, 1);
  outputs_->End();
  EXPECT_THAT(Names(), UnorderedElementsAre("clip_000007.pts", "clip_000008.pts", "clip_000009.pts",
                                            "clip.lock.part"));
  EXPECT_THAT(Finish(), ElementsAre(Out("clip_000007.pts"), Out("clip_000009.pts")));
  EXPECT_EQ(Names().size(), 3U);
}

TEST_F(TableOutputsTest, KeepsTheRowsSoFarAsParts) {
  Open({.csv = true, .jsonl = true}, {{"clip.mp4", SourceKind::kVideoFile}});
  outputs_->Begin(0, {});
  WriteFrame(0, 1);
  EXPECT_THAT(Names(), UnorderedElementsAre("clip.csv.part", "clip.jsonl.part", "clip.lock.part"));
  outputs_.reset();
  EXPECT_THAT(Names(), UnorderedElementsAre("clip.csv.part", "clip.jsonl.part"));
  EXPECT_EQ(ReadLines(Out("clip.csv.part")).size(), 2U);
  EXPECT_EQ(ReadLines(Out("clip.jsonl.part")).size(), 1U);
}

TEST_F(TableOutputsTest, WritesWhenEachFrameWas) {
  using std::chrono::system_clock;
  Open({.csv = true, .unix_time = true}, {{"clip.mp4", SourceKind::kVideoFile},
                                          {"late.mp4", SourceKind::kVideoFile},
                                          {"0", SourceKind::kCamera}});
  const std::chrono::duration<double> before = system_clock::now().time_since_epoch();
  std::vector<SourceInfo> infos(3);
  infos[0].recorded_at_s = 1714557600.0;
  infos[2].kind = SourceKind::kCamera;
  std::vector<std::string> rows;
  for (size_t i = 0; i < infos.size(); ++i) {
    outputs_.emplace(setup_, *paths_, i);
    outputs_->Begin(i, infos[i]);
    Frame frame = MakeFrame(5);
    frame.captured_at = std::chrono::steady_clock::now() - std::chrono::hours(1);
    outputs_->Write(frame, ResultOf(frame, 0));
    outputs_->End();
    rows.push_back(ReadLines(Finish().front()).back());
  }
  EXPECT_THAT(rows[0], EndsWith(",1714557600.200000"));
  EXPECT_THAT(rows[1], EndsWith(",0,0,")) << "a file without a creation time";
  const double captured_s = std::stod(rows[2].substr(rows[2].rfind(',') + 1));
  const std::chrono::duration<double> after = system_clock::now().time_since_epoch();
  EXPECT_GE(captured_s, before.count() - 3600.001);
  EXPECT_LE(captured_s, after.count() - 3599.999);
}

// Each face has a file of its own, so the files of two runs would be mixed.
TEST_F(TableOutputsTest, RefusesATableThatIsBeingWritten) {
  Open({.pts = true}, {{"clip.mp4", SourceKind::kVideoFile}});
  outputs_->Begin(0, {});
  WriteFrame(0, 1);
  TableOutputs second(setup_, *paths_, 0);
  second.Begin(0, {});
  const Frame frame = MakeFrame(0);
  EXPECT_THAT([&] { second.Write(frame, ResultOf(frame, 1)); },
              ThrowsMessage<Error>(HasSubstr("written twice by this run")));
  Finish();
  EXPECT_NO_THROW(second.Write(frame, ResultOf(frame, 1)));
}

TEST_F(TableOutputsTest, MakesNothingForAnInputWithoutFrames) {
  Open({.csv = true}, {{"clip.mp4", SourceKind::kVideoFile}});
  outputs_->Begin(0, {});
  outputs_->End();
  EXPECT_THAT(Finish(), IsEmpty());
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(TableOutputsTest, NamesTheFolderThatCannotBeMade) {
  WriteText(folder_ / "new/out", "a file in its place");
  EXPECT_THAT([&] { MakeOutputFolder(Out("").parent_path()); },
              ThrowsMessage<Error>(HasSubstr(Out("").parent_path().string())));
}

}  // namespace
}  // namespace nosetip
