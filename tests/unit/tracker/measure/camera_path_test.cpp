#include "tracker/measure/camera_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kHeader = "frame,width_px,height_px,m00,m01,m02,m10,m11,m12\n";
const std::string kTwoRows = "0,40,30,1.5,0,-2,0,1.5,3\n1,40,30,1,0.25,0,-0.25,1,1e1\n";

class CameraPathTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& text, const std::string& name = "a.path.csv") {
    WriteText(folder_ / name, text);
    return (folder_ / name).string();
  }
  std::string MessageOfReading(const std::string& text) {
    const std::string file = Write(text);
    return MessageOf([&] { ReadCameraPath(file); });
  }
  // Pictures of 40x30 pixels; a video file for what only looks at names.
  OutputPlan PlanOf(int clips, SourceKind kind = SourceKind::kVideoFile) {
    std::vector<Input> inputs;
    for (int i = 0; i < clips; ++i) {
      const std::string name = std::string(1, static_cast<char>('a' + i)) + ".png";
      WritePicture((folder_ / name).string(), Image(40, 30));
      inputs.push_back({(folder_ / name).string(), kind});
    }
    return PlanOutputs(inputs);
  }

  TempFolder folder_;
};

TEST_F(CameraPathTest, HasATransformForEachFrame) {
  for (const bool windows : {false, true}) {
    std::string text = kHeader + kTwoRows;
    if (windows) {
      for (size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
        text.insert(at, "\r");
      }
    }
    const CameraPath path = ReadCameraPath(Write(text));
    EXPECT_EQ(path.frame_px, (SizePx{40, 30}));
    ASSERT_THAT(path.frame_from_picture, SizeIs(2));
    EXPECT_EQ(path.frame_from_picture[0], (Affine2{{1.5F, 0.0F, -2.0F, 0.0F, 1.5F, 3.0F}}));
    EXPECT_EQ(path.frame_from_picture[1], (Affine2{{1.0F, 0.25F, 0.0F, -0.25F, 1.0F, 10.0F}}));
  }
}

TEST_F(CameraPathTest, NamesAFileThatIsNotThereOrNoPath) {
  EXPECT_THAT(MessageOf([] { ReadCameraPath("nowhere.csv"); }),
              AllOf(HasSubstr("nowhere.csv cannot be read"), HasSubstr("docs/formats.md")));
  EXPECT_THAT(MessageOfReading(""), HasSubstr("a.path.csv cannot be read, or is empty"));
  EXPECT_THAT(MessageOfReading("frame,x,y\n0,1,2\n"),
              AllOf(HasSubstr("a.path.csv does not begin with"), HasSubstr("frame,width_px")));
  EXPECT_THAT(MessageOfReading(kHeader), HasSubstr("a.path.csv has no rows"));
}

TEST_F(CameraPathTest, NamesTheLineThatIsWrong) {
  const auto message = [&](const std::string& row) {
    const std::string said = MessageOfReading(kHeader + kTwoRows + row + "\n");
    EXPECT_THAT(said, HasSubstr("line 4 of the camera path " + (folder_ / "a.path.csv").string()));
    return said;
  };
  EXPECT_THAT(message("2,40,30,1,0,0,0,1"), HasSubstr("has 8 fields where 9 belong"));
  EXPECT_THAT(message(""), HasSubstr("has 1 fields where 9 belong"));
  EXPECT_THAT(message("2,40,30,1,0,x,0,1,0"), HasSubstr("'x' where a number belongs"));
  EXPECT_THAT(message("2,40,30,1,0,nan,0,1,0"), HasSubstr("'nan' where a number belongs"));
  EXPECT_THAT(message("3,40,30,1,0,0,0,1,0"), HasSubstr("frame 3 where 2 belongs"));
  EXPECT_THAT(message("2,80,60,1,0,0,0,1,0"), HasSubstr("80x60 pixels, those before of 40x30"));
  EXPECT_THAT(message("2,40,30,1,1,0,1,1,0"), HasSubstr("without inverse"));
  EXPECT_THAT(MessageOfReading(kHeader + "0,0,30,1,0,0,0,1,0\n"), HasSubstr("0x30 pixels"));
}

TEST_F(CameraPathTest, IsFoundBesideAVideoOrByName) {
  Write(kHeader + kTwoRows);
  const OutputPlan plan = PlanOf(2);
  const std::vector<size_t> tables = {0, 1};
  const auto paths = FindCameraPaths(plan, tables, "");
  ASSERT_THAT(paths, SizeIs(1));  // b has none
  EXPECT_EQ(paths.at(0).file, (folder_ / "a.path.csv").string());
  EXPECT_THAT(FindCameraPaths(plan, std::vector<size_t>{1}, ""), IsEmpty());
  const OutputPlan one = PlanOf(1, SourceKind::kPicture);
  EXPECT_THAT(FindCameraPaths(one, std::vector<size_t>{0}, ""), IsEmpty());
  const std::string named = Write(kHeader + kTwoRows, "other.csv");
  EXPECT_EQ(FindCameraPaths(one, std::vector<size_t>{0}, named).at(0).file, named);
  EXPECT_THAT(MessageOf([&] { FindCameraPaths(plan, tables, named); }),
              AllOf(HasSubstr("there are 2 inputs"), HasSubstr("clip.path.csv")));
}

TEST_F(CameraPathTest, OfAnotherSizeIsRefused) {
  Write(kHeader + "0,80,60,1,0,0,0,1,0\n");
  const OutputPlan plan = PlanOf(1);
  EXPECT_THAT(MessageOf([&] { FindCameraPaths(plan, std::vector<size_t>{0}, ""); }),
              AllOf(HasSubstr("a.path.csv is of frames of 80x60 pixels"),
                    HasSubstr("a.png have 40x30"), HasSubstr("--camera-path")));
}

TEST_F(CameraPathTest, MustHaveARowForEachFrame) {
  const CameraPath path = ReadCameraPath(Write(kHeader + kTwoRows));
  EXPECT_NO_THROW(CheckFrameCount(path, 2, true));
  EXPECT_NO_THROW(CheckFrameCount(path, 1, false));
  EXPECT_THAT(MessageOf([&] { CheckFrameCount(path, 1, true); }),
              HasSubstr("has 2 rows, but the clip has 1 frame"));
  EXPECT_THAT(MessageOf([&] { CheckFrameCount(path, 3, false); }),
              AllOf(HasSubstr("has 2 rows, but the clip has 3 frames"), HasSubstr("a.path.csv")));
}

}  // namespace
}  // namespace nosetip
