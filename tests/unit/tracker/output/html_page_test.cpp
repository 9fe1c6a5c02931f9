#include "tracker/output/html_page.h"

#include <cstdint>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(HtmlStart, EscapesTextsAndKeepsMarkupOfItsOwn) {
  const std::string html = HtmlStart("<b>", "a & b", ".own { color: red; }", "<meta name=\"x\">");
  EXPECT_THAT(html, HasSubstr("<title>&lt;b&gt;</title>"));
  EXPECT_THAT(html, HasSubstr("a &amp; b"));
  EXPECT_THAT(html, HasSubstr(".own { color: red; }"));
  EXPECT_THAT(html, HasSubstr("<meta name=\"x\">"));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
}

TEST(HtmlTable, RefusesARowThatIsTooShort) {
  EXPECT_THROW(HtmlTable({"t", {"a", "b"}, {{"1"}}}), std::logic_error);
}

TEST(Base64, GivesTheVectorsOfItsStandard) {
  const auto of = [](const std::string& text) {
    return Base64(std::vector<uint8_t>(text.begin(), text.end()));
  };
  EXPECT_EQ(of(""), "");
  EXPECT_EQ(of("f"), "Zg==");
  EXPECT_EQ(of("fo"), "Zm8=");
  EXPECT_EQ(of("foo"), "Zm9v");
  EXPECT_EQ(of("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64(std::vector<uint8_t>{0xFB, 0xFF, 0xFE}), "+//+");
}

}  // namespace
}  // namespace nosetip
