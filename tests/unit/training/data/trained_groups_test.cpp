#include "training/data/trained_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using testing::HasSubstr;

TEST(TrainedGroups, KeepsGroupsAsText) {
  TrainedGroups groups;
  groups.Add("33");
  groups.Add("lfpw/trainset/image_0001");
  groups.Add("33");
  EXPECT_EQ(groups.Text().size(), 16U);
  const TrainedGroups read(groups.Text());
  EXPECT_TRUE(read.AreAll());
  EXPECT_TRUE(read.Has("33"));
  EXPECT_TRUE(read.Has("lfpw/trainset/image_0001"));
  for (const char* other : {"34", "3", "", "lfpw/trainset/image_0002"}) {
    EXPECT_FALSE(read.Has(other)) << other;
  }
}

// Model files keep what this gives.
TEST(TrainedGroups, IsFixedForEver) {
  TrainedGroups groups;
  groups.Add("33");
  groups.Add("34");
  EXPECT_EQ(groups.Text(), "5db4f7fab838a5ad");
}

TEST(TrainedGroups, AreNotAllWhereOneOfTwoModelsDoesNotTell) {
  TrainedGroups groups;
  groups.Add("33");
  TrainedGroups more;
  more.Add("34");
  groups.Add(more);
  EXPECT_TRUE(groups.AreAll());
  EXPECT_FALSE(TrainedGroups("").AreAll());
  groups.Add(TrainedGroups(""));
  const TrainedGroups read(groups.Text());
  EXPECT_FALSE(read.AreAll());
  EXPECT_TRUE(read.Has("33"));
  EXPECT_TRUE(read.Has("34"));
}

TEST(TrainedGroups, RefusesOtherText) {
  for (const char* text : {"0123", "0123456", "xyz45678", "01234567+9", "0123456789"}) {
    EXPECT_THAT(MessageOf([&] { TrainedGroups{text}; }), HasSubstr("damaged")) << text;
  }
}

}  // namespace
}  // namespace nosetip
