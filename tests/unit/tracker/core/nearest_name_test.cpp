#include "tracker/core/nearest_name.h"

#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(NearestName, TakesTheMostSimilarAndInventsNothing) {
  const std::vector<std::string> names = {"nose", "face58", "face68", "evaluate",
                                          "evaluate-detector"};
  EXPECT_EQ(NearestName("noze", names), "nose");
  EXPECT_EQ(NearestName("onse", names), "nose");
  EXPECT_EQ(NearestName("face86", names), "face68");
  EXPECT_EQ(NearestName("evalute", names), "evaluate");
  for (const char* other : {"", "n", "mouth", "train", "face"}) {
    EXPECT_NE(NearestName(other, names), "nose") << other;
  }
  EXPECT_EQ(NearestName("mouth", names), "");
  EXPECT_EQ(NearestName(std::string(100000, 'n'), names), "");
  EXPECT_EQ(DidYouMean("noze", names), "; did you mean nose?");
  EXPECT_EQ(DidYouMean("mouth", names), "");
}

}  // namespace
}  // namespace nosetip
