#include "tracker/output/keypoint_csv_writers.h"

#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;

TEST(KaggleCsvWriter, CountsOnFromFaceToFaceWithXBeforeY) {
  const TempFolder folder;
  KaggleCsvWriter writer(folder / "k.csv");
  writer.Write(std::vector<Point2f>{{1.5F, 2.0F}, {-3.25F, 4.0F}});
  writer.Write(std::vector<Point2f>{{0.0F, -0.0001F}, {1234.5F, 6.0F}});
  writer.Finish();
  EXPECT_THAT(ReadLines(folder / "k.csv"),
              ElementsAre("Id,Predicted", "0,1.500", "1,2.000", "2,-3.250", "3,4.000", "4,0.000",
                          "5,0.000", "6,1234.500", "7,6.000"));
  EXPECT_EQ(writer.next_id(), 8);
}

TEST(KaggleCsvWriter, StartsAtTheFirstIdThatIsWanted) {
  const TempFolder folder;
  KaggleCsvWriter writer(folder / "k.csv", 1);
  writer.Write(std::vector<Point2f>{{7.0F, 8.0F}});
  writer.Finish();
  EXPECT_THAT(ReadLines(folder / "k.csv"), ElementsAre("Id,Predicted", "1,7.000", "2,8.000"));
}

TEST(KaggleCsvWriter, LeavesNoHalfTable) {
  const TempFolder folder;
  {
    KaggleCsvWriter writer(folder / "k.csv");
    writer.Write(std::vector<Point2f>{{7.0F, 8.0F}});
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "k.csv"));
}

TEST(KaggleCsvWriter, RefusesWhatIsNoNumber) {
  const TempFolder folder;
  KaggleCsvWriter writer(folder / "k.csv");
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(writer.Write(std::vector<Point2f>{{7.0F, nan}}), std::logic_error);
}

}  // namespace
}  // namespace nosetip
