#include "tracker/cli/track_outputs.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
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

class TrackOutputsTest : public ::testing::Test {
 protected:
  TrackOutputs Make(OutputOptions kinds, const std::vector<Input>& inputs) {
    return TrackOutputs({kinds, folder_ / "new/out", PlanOutputs(inputs), Nose1(), {}});
  }
  static void WriteFrame(TrackOutputs& outputs, int64_t id, int faces) {
    const Frame frame = MakeFrame(id);
    outputs.Write(frame, ResultOf(frame, faces));
  }
  static std::vector<fs::path> Finish(TrackOutputs& outputs) {
    std::vector<fs::path> paths;
    for (const WrittenFile& file : outputs.FinishTable(0)) paths.push_back(file.path);
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
};

TEST_F(TrackOutputsTest, NamesTheFilesOfAVideoAfterIt) {
  TrackOutputs outputs =
      Make({.csv = true, .jsonl = true}, {{"d/clip.mp4", SourceKind::kVideoFile}});
  outputs.Begin(0, {});
  for (int i = 0; i < 3; ++i) WriteFrame(outputs, i, i % 2);
  outputs.End();
  EXPECT_THAT(Finish(outputs), ElementsAre(Out("clip.csv"), Out("clip.jsonl")));
  const auto rows = ReadLines(Out("clip.csv"));
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_THAT(rows[0], StartsWith("frame,face_id,"));
  EXPECT_THAT(rows[3], StartsWith("2,-1,0.080000,"));
  EXPECT_EQ(ReadLines(Out("clip.jsonl")).size(), 3U);
}

TEST_F(TrackOutputsTest, PutsThePicturesOfAFolderInOneTableThatNamesThem) {
  TrackOutputs outputs = Make({.csv = true}, {{"/d/faces/a.jpg", SourceKind::kPicture},
                                              {"/d/faces/b.jpg", SourceKind::kPicture}});
  outputs.Begin(0, {});
  WriteFrame(outputs, 0, 1);
  outputs.End();
  outputs.Begin(1, {});
  WriteFrame(outputs, 0, 0);
  outputs.End();
  EXPECT_THAT(Finish(outputs), ElementsAre(Out("faces.csv")));
  EXPECT_THAT(ReadLines(Out("faces.csv")),
              ElementsAre(StartsWith("file,frame,"), StartsWith("/d/faces/a.jpg,0,0,"),
                          StartsWith("/d/faces/b.jpg,0,-1,")));
}

TEST_F(TrackOutputsTest, WritesOnePtsAFaceOfAPictureAndNoneWithoutAFace) {
  TrackOutputs outputs = Make({.pts = true}, {{"one.jpg", SourceKind::kPicture},
                                              {"two.jpg", SourceKind::kPicture},
                                              {"two_1.jpg", SourceKind::kPicture},
                                              {"none.jpg", SourceKind::kPicture}});
  for (const auto& [input, faces] : {std::pair{0, 1}, {1, 2}, {2, 1}, {3, 0}}) {
    outputs.Begin(static_cast<size_t>(input), {});
    WriteFrame(outputs, 0, faces);
    outputs.End();
  }
  EXPECT_THAT(Names(), UnorderedElementsAre("one.pts", "two_1.pts", "two_2.pts", "two_1-2.pts"));
}

TEST_F(TrackOutputsTest, NumbersThePtsOfVideoFrames) {
  TrackOutputs outputs = Make({.pts = true}, {{"clip.mp4", SourceKind::kVideoFile}});
  outputs.Begin(0, {});
  WriteFrame(outputs, 7, 1);
  outputs.End();
  EXPECT_THAT(Names(), ElementsAre("clip_000007.pts"));
}

TEST_F(TrackOutputsTest, LeavesNothingHalfWritten) {
  {
    TrackOutputs outputs =
        Make({.csv = true, .jsonl = true}, {{"clip.mp4", SourceKind::kVideoFile}});
    outputs.Begin(0, {});
    WriteFrame(outputs, 0, 1);
  }
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(TrackOutputsTest, MakesNothingForAnInputWithoutFrames) {
  TrackOutputs outputs = Make({.csv = true}, {{"clip.mp4", SourceKind::kVideoFile}});
  outputs.Begin(0, {});
  outputs.End();
  EXPECT_THAT(Finish(outputs), IsEmpty());
  EXPECT_THAT(Names(), IsEmpty());
}

TEST_F(TrackOutputsTest, NamesTheFolderThatCannotBeMade) {
  WriteText(folder_ / "new/out", "a file in its place");
  EXPECT_THAT([&] { Make({.csv = true}, {}); },
              ThrowsMessage<Error>(HasSubstr(Out("").parent_path().string())));
}

}  // namespace
}  // namespace nosetip
