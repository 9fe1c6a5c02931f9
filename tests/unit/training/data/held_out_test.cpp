#include "training/data/held_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using testing::StartsWith;

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

TEST(IsHeldOut, DoesNotCareForSpacesAndLeadingZeros) {
  for (const char* groups : {"33, 34", " 33 ,34 ", "33 - 34", "033,\t34", "33,34,"}) {
    const HoldOut hold_out{.percent = 0, .groups = groups, .parts = ""};
    EXPECT_TRUE(IsHeldOut("33", hold_out)) << groups;
    EXPECT_TRUE(IsHeldOut("34", hold_out)) << groups;
    EXPECT_FALSE(IsHeldOut("3", hold_out)) << groups;
    EXPECT_FALSE(IsHeldOut("35", hold_out)) << groups;
  }
  EXPECT_TRUE(IsHeldOut("05", {.percent = 0, .groups = "5", .parts = ""}));
  EXPECT_TRUE(IsHeldOut("05", {.percent = 0, .groups = "3-9", .parts = ""}));
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
  EXPECT_TRUE(IsListed("helen", "lfpw, helen"));
}

TEST(CheckListed, RefusesWhatIsNotThere) {
  const std::set<std::string> people = {"05", "33", "34", "x-ray"};
  for (const char* list : {"", "33", "5", "33, 34", "30-40", "x-ray,33-33"}) {
    EXPECT_NO_THROW(CheckListed("--groups", list, "groups", people)) << list;
  }
  for (const char* list : {"33,340", "34-33", "X-ray", "33;34", "33 34", ",", " "}) {
    EXPECT_THROW(CheckListed("--groups", list, "groups", people), Error) << list;
  }
  EXPECT_EQ(MessageOf([&] { CheckListed("--groups", "33,340", "groups", people); }),
            "--groups names '340', but the groups of the data are: 05, 33, 34, x-ray");
}

TEST(CheckNames, LooksAtGroupsAndParts) {
  const NamesOfFaces names{{"1", "2"}, {"", "lfpw"}};
  EXPECT_NO_THROW(CheckNames({.percent = 12, .groups = "2", .parts = "lfpw"}, names, "--"));
  EXPECT_THAT(
      MessageOf([&] { CheckNames({.percent = 0, .groups = "3", .parts = ""}, names, "--"); }),
      StartsWith("--groups names '3'"));
  EXPECT_THAT(MessageOf([&] {
                CheckNames({.percent = 0, .groups = "", .parts = "lfpw,helen"}, names,
                           "--validation-");
              }),
              StartsWith("--validation-parts names 'helen', but the parts"));
}

TEST(NamesText, ShowsTheFirstOfMany) {
  EXPECT_EQ(NamesText({"33", "34"}), "33, 34");
  std::set<std::string> many;
  for (int i = 10; i < 90; ++i) many.insert(std::to_string(i));
  EXPECT_EQ(NamesText(many), "10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 ... (80 in all)");
}

}  // namespace
}  // namespace nosetip
