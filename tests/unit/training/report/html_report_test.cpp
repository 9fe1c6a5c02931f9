#include "training/report/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

int CountOf(const std::string& what, const std::string& text) {
  int count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

HtmlReport ReportOf(const std::string& text) {
  ReportSection section{text, {text}, text, {}, {}};
  section.pictures = {{"small.png", Image(8, 4), text, text}, {"large.png", Image(30, 20), "", ""}};
  section.tables = {{text, {text, "value"}, {{text, "1"}}, false},
                    {text, {text}, {{text}}, /*folded=*/true}};
  return {text, text, {{text, text}}, {section}};
}

std::string PageOf(const std::filesystem::path& folder, const HtmlReport& report) {
  return ReadText(WriteHtmlReport(folder, report).front());
}

class WriteHtmlReportTest : public ::testing::Test {
 protected:
  TempFolder folder_;
};

TEST_F(WriteHtmlReportTest, EscapesTextWhereverItStands) {
  const std::string evil = R"(<b a="1" c='2'>&amp;)";
  const std::string page = PageOf(folder_.path(), ReportOf(evil));
  EXPECT_THAT(page, Not(HasSubstr("<b ")));
  EXPECT_THAT(page, Not(HasSubstr(R"(a="1")")));
  EXPECT_THAT(page, Not(HasSubstr("c='2'")));
  // The page's title twice, its subtitle, a figure's two texts, the section's title, its entry in
  // the contents, paragraph, code, alt and caption of the picture, and each table's caption twice,
  // its header and its cell.
  const std::string escaped = "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;";
  EXPECT_EQ(CountOf(escaped, page), 11 + 2 * 4);
}

TEST_F(WriteHtmlReportTest, EmbedsEveryPictureAndLeavesItAsAFile) {
  const auto written = WriteHtmlReport(folder_.path(), ReportOf("text"));
  ASSERT_EQ(written.size(), 3U);
  EXPECT_EQ(written[0], folder_ / "report.html");
  const std::string page = ReadText(written[0]);
  for (const char* name : {"small.png", "large.png"}) {
    const std::string bytes = ReadText(folder_ / name);
    const std::vector<uint8_t> png(bytes.begin(), bytes.end());
    EXPECT_THAT(page, HasSubstr("src=\"data:image/png;base64," + Base64(png) + "\""));
  }
  const Image large = ReadPicture((folder_ / "large.png").string());
  EXPECT_EQ(large.width_px, 30);
  EXPECT_EQ(large.height_px, 20);
}

TEST_F(WriteHtmlReportTest, NeedsNothingFromElsewhere) {
  const std::string page = PageOf(folder_.path(), ReportOf("text"));
  EXPECT_EQ(CountOf("src=", page), CountOf("src=\"data:", page));
  EXPECT_EQ(CountOf("href=", page), CountOf("href=\"#", page));
  for (const char* door : {"http:", "https:", "url(", "@import", "<script", "<link", "<iframe"}) {
    EXPECT_THAT(page, Not(HasSubstr(door)));
  }
}

TEST_F(WriteHtmlReportTest, SortsOnlyTablesThatAskForIt) {
  HtmlReport report = ReportOf("text");
  report.sections[0].tables[0].sorted_by = 1;
  report.sections[0].tables[0].row_pictures = {ThumbnailHtml(Image(30, 15))};
  report.sections[0].tables[0].rows.push_back({"without a picture", "2"});
  const std::string page = PageOf(folder_.path(), report);
  EXPECT_EQ(CountOf("class=\"sortable\"", page), 1);
  EXPECT_EQ(CountOf("<script>", page), 1);
  EXPECT_THAT(page, HasSubstr("<th aria-sort=\"descending\">value</th>"));
  EXPECT_EQ(CountOf("<td class=\"picture\">", page), 2);
  EXPECT_EQ(CountOf("width=\"20\" height=\"10\" alt=\"\" src=\"data:image/jpeg;base64,", page), 1);
  // The script asks for nothing from elsewhere.
  for (const char* door : {"http", "fetch", "import", "src=\"/", "XMLHttp"}) {
    EXPECT_THAT(page.substr(page.find("<script>")), Not(HasSubstr(door)));
  }
}

TEST_F(WriteHtmlReportTest, ListsItsSectionsInTheContents) {
  HtmlReport report = ReportOf("first");
  report.sections.push_back({"second", {}, "", {}, {}});
  const std::string page = PageOf(folder_.path(), report);
  for (const char* id : {"section1", "section2"}) {
    EXPECT_EQ(CountOf("href=\"#" + std::string(id) + "\"", page), 1);
    EXPECT_EQ(CountOf("id=\"" + std::string(id) + "\"", page), 1);
  }
}

TEST_F(WriteHtmlReportTest, NamesTheFileThatCannotBeWritten) {
  try {
    WriteHtmlReport(folder_ / "nowhere", ReportOf("text"));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nowhere"));
  }
}

}  // namespace
}  // namespace nosetip
