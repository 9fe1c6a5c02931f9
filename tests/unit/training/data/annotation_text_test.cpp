#include "training/data/annotation_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

TEST(TextLinesOf, KeepsLineNumbersThroughBlankLinesAndBothLineEnds) {
  const auto lines = TextLinesOf("a.txt", "\xEF\xBB\xBFone\r\n\r\n  two\t\nthree");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].text, "one");
  EXPECT_EQ(lines[1].text, "two");
  EXPECT_EQ(lines[1].number, 3);
  EXPECT_EQ(lines[2].number, 4);
}

TEST(TextLinesOf, NamesAFileWithoutTextOrWithTooManyLines) {
  EXPECT_THAT([] { TextLinesOf("a.pts", " \n\n"); },
              ThrowsMessage<Error>(HasSubstr("a.pts is empty")));
  std::string many;
  for (size_t i = 0; i <= kMaxTextLines; ++i) many += "1\n";
  EXPECT_THAT([&] { TextLinesOf("many.pts", many); },
              ThrowsMessage<Error>(AllOf(HasSubstr("many.pts"), HasSubstr("4000000 lines"))));
}

TEST(BlankSeparated, SkipsRunsOfBlanks) {
  EXPECT_THAT(BlankSeparated("  1\t 2  "), ElementsAre("1", "2"));
  EXPECT_THAT(BlankSeparated("  "), IsEmpty());
}

TEST(CommaSeparated, UnderstandsQuotesAndEmptyFields) {
  EXPECT_THAT(CommaSeparated("a, b,,\"c,\"\"d\"\"\","), ElementsAre("a", "b", "", "c,\"d\"", ""));
}

TEST(ParseNumber, TakesFiniteNumbersOnly) {
  EXPECT_EQ(ParseNumber("-1.5e1"), -15.0F);
  EXPECT_EQ(ParseNumber("+2"), 2.0F);
  for (const char* bad : {"", "nan", "inf", "1e99", "1.5px", "1,5", " 1", "x"}) {
    EXPECT_EQ(ParseNumber(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(ParseWholeNumber("007"), 7);
  EXPECT_EQ(ParseWholeNumber("7.0"), std::nullopt);
}

}  // namespace
}  // namespace nosetip
