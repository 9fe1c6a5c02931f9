#include "tracker/measure/camera_path.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
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
              HasSubstr("nowhere.csv does not exist"));
  EXPECT_THAT(MessageOfReading(""), HasSubstr("a.path.csv is empty"));
  EXPECT_THAT(MessageOfReading("frame,x,y\n0,1,2\n"),
              AllOf(HasSubstr("a.path.csv does not begin with"), HasSubstr("frame,width_px")));
  EXPECT_THAT(MessageOfReading(kHeader), HasSubstr("a.path.csv has no rows"));
}

TEST_F(CameraPathTest, RefusesSizesThatNoIntHoldsAndEndlessLines) {
  for (const char* width : {"1e30", "-1e30", "70000", "0"}) {
    EXPECT_THAT(MessageOfReading(kHeader + fmt::format("0,{},30,1,0,0,0,1,0\n", width)),
                HasSubstr("line 2"));
  }
  const std::string message = MessageOfReading(kHeader + std::string(5'000'000, ','));
  EXPECT_THAT(message, HasSubstr("has 5000001 fields in place of 9"));
  EXPECT_LT(message.size(), 300U);
}

TEST_F(CameraPathTest, NamesTheLineThatIsWrong) {
  const auto message = [&](const std::string& row) {
    const std::string said = MessageOfReading(kHeader + kTwoRows + row + "\n");
    EXPECT_THAT(said, HasSubstr("line 4 of the camera path " + (folder_ / "a.path.csv").string()));
    return said;
  };
  EXPECT_THAT(message("2,40,30,1,0,0,0,1"), HasSubstr("has 8 fields in place of 9"));
  EXPECT_THAT(message(""), HasSubstr("has 1 fields in place of 9"));
  EXPECT_THAT(message("2,40,30,1,0,x,0,1,0"), HasSubstr("'x' in place of a number"));
  EXPECT_THAT(message("2,40,30,1,0,nan,0,1,0"), HasSubstr("'nan' in place of a number"));
  EXPECT_THAT(message("3,40,30,1,0,0,0,1,0"), HasSubstr("for frame 3 in place of 2"));
  EXPECT_THAT(message("2,80,60,1,0,0,0,1,0"), HasSubstr("80x60 pixels, the rows before for 40x30"));
  EXPECT_THAT(message("2,40,30,1,1,0,1,1,0"), HasSubstr("without an inverse"));
  EXPECT_THAT(MessageOfReading(kHeader + "0,0,30,1,0,0,0,1,0\n"), HasSubstr("0x30 pixels"));
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
