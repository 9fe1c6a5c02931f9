#include "training/data/held_out.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(IsHeldOut, TakesAboutTheWantedPartOfNearEqualNames) {
  for (const int percent : {5, 12, 50}) {
    int held_out = 0;
    for (int i = 0; i < 5000; ++i) {
      held_out += IsHeldOut("lfpw/trainset/image_" + std::to_string(i), percent) ? 1 : 0;
    }
    EXPECT_NEAR(held_out / 50.0, percent, 2.0);
  }
}

TEST(IsHeldOut, KeepsWhatItHeldOutWhenThePartGrows) {
  for (int i = 0; i < 1000; ++i) {
    const std::string group = "person" + std::to_string(i);
    EXPECT_LE(IsHeldOut(group, 10), IsHeldOut(group, 20)) << group;
  }
}

// Figures of one release must hold for the next: the same faces, for ever.
TEST(IsHeldOut, IsFixedForEver) {
  std::string held_out;
  for (int i = 0; i < 40; ++i) held_out += IsHeldOut("group" + std::to_string(i), 25) ? '1' : '0';
  EXPECT_EQ(held_out, "1001000100110000000100101101010001110000");
}

TEST(IsHeldOut, TakesNamesAndRangesInPlaceOfAPart) {
  const HoldOut hold_out{.percent = 100, .groups = "33-40,x-ray,7", .parts = ""};
  for (const char* group : {"33", "036", "40", "x-ray", "7"}) {
    EXPECT_TRUE(IsHeldOut(group, hold_out)) << group;
  }
  for (const char* group : {"32", "41", "33-40b", "ray", "70", ""}) {
    EXPECT_FALSE(IsHeldOut(group, hold_out)) << group;
  }
}

TEST(IsMeasured, TakesAllWhereNoneIsHeldOut) {
  EXPECT_TRUE(IsMeasured("me", "lfpw", {}));
  EXPECT_FALSE(IsMeasured("me", "lfpw", {.percent = 0, .groups = "", .parts = "helen"}));
  EXPECT_FALSE(IsMeasured("me", "", {.percent = 0, .groups = "you", .parts = ""}));
  EXPECT_TRUE(IsMeasured("you", "", {.percent = 0, .groups = "you", .parts = ""}));
}

TEST(IsListed, TakesWholeNamesOnly) {
  EXPECT_TRUE(IsListed("lfpw", "helen,lfpw"));
  EXPECT_FALSE(IsListed("lfp", "helen,lfpw"));
  EXPECT_TRUE(IsListed("afw", ""));
}

}  // namespace
}  // namespace nosetip
