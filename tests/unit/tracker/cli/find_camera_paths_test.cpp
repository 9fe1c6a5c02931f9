#include "tracker/cli/find_camera_paths.h"

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

class FindCameraPathsTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& text, const std::string& name = "a.path.csv") {
    WriteText(folder_ / name, text);
    return (folder_ / name).string();
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

TEST_F(FindCameraPathsTest, LooksBesideAVideoOrTakesTheNamedOne) {
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

TEST_F(FindCameraPathsTest, RefusesAPathOfAnotherSize) {
  Write(kHeader + "0,80,60,1,0,0,0,1,0\n");
  const OutputPlan plan = PlanOf(1);
  EXPECT_THAT(MessageOf([&] { FindCameraPaths(plan, std::vector<size_t>{0}, ""); }),
              AllOf(HasSubstr("a.path.csv is for frames of 80x60 pixels"),
                    HasSubstr("a.png have 40x30"), HasSubstr("--camera-path")));
}

}  // namespace
}  // namespace nosetip
