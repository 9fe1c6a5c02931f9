#include "bench/compare/landmark_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(LandmarkText, HasARowAModelAndDetector) {
  const ComparableErrors errors{240, 2, {4.0, 3.5, 1.25}, {2.0, 1.75, 0.5}};
  EXPECT_THAT(LandmarkText({{"dlib's", "Nosetip face68", errors}}),
              ::testing::EndsWith("| dlib's | Nosetip face68 | 240 | 2 | 4.000 | 3.500 | 1.25 | "
                                  "2.000 | 1.750 | 0.50 |\n"));
}

}  // namespace
}  // namespace nosetip
