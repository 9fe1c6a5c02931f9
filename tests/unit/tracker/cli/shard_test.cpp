#include "tracker/cli/shard.h"

#include <algorithm>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

TEST(ParseShard, ReadsAPartAndACount) {
  EXPECT_EQ(ParseShard("2/4").index, 2U);
  EXPECT_EQ(ParseShard("2/4").count, 4U);
  EXPECT_FALSE(ParseShard("2/4").Whole());
  EXPECT_TRUE(ParseShard("1/1").Whole());
  EXPECT_TRUE(ParseShard("").Whole());
}

TEST(ParseShard, NamesWhatIsWrong) {
  for (const char* text : {"0/4", "5/4"}) {
    EXPECT_THAT([&] { ParseShard(text); }, ThrowsMessage<Error>(HasSubstr("parts are 1 to 4")));
  }
  for (const char* text :
       {"a/b", "1/2/3", "-1/4", "1/", "/4", " 1/4", "1.5/4", "99999999999999999999999/4"}) {
    EXPECT_THAT([&] { ParseShard(text); },
                ThrowsMessage<Error>(HasSubstr("--shard is '" + std::string(text) + "'")));
  }
  EXPECT_THAT([] { ParseShard("3"); }, ThrowsMessage<Error>(HasSubstr("such as 2/4")));
  EXPECT_THAT([] { ParseShard("0/0"); }, ThrowsMessage<Error>(HasSubstr("at least one part")));
  EXPECT_THAT([] { ParseShard("2/18446744073709551615"); },
              ThrowsMessage<Error>(HasSubstr("at most 1000000 parts")));
}

TEST(TablesOfShard, ArePartsThatHaveEachTableOnce) {
  for (const size_t tables : {0, 1, 7, 8, 100}) {
    for (const size_t count : {1, 2, 3, 8, 150}) {
      std::vector<size_t> all;
      for (size_t index = 1; index <= count; ++index) {
        const std::vector<size_t> part = TablesOfShard({index, count}, tables);
        EXPECT_TRUE(std::ranges::is_sorted(part));
        EXPECT_LE(part.size(), (tables + count - 1) / count);
        all.insert(all.end(), part.begin(), part.end());
      }
      std::ranges::sort(all);
      std::vector<size_t> expected(tables);
      std::iota(expected.begin(), expected.end(), 0U);
      EXPECT_EQ(all, expected);
    }
  }
}

TEST(TablesOfShard, TakeTurns) {
  EXPECT_THAT(TablesOfShard({2, 3}, 8), ElementsAre(1U, 4U, 7U));
  EXPECT_THAT(TablesOfShard({3, 3}, 2), IsEmpty());
}

}  // namespace
}  // namespace nosetip
