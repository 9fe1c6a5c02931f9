#include "tracker/report/clip_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/report/report_index.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

int CountOf(const std::string& what, const std::string& text) {
  int count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// One face for 4 s that smiles at 2 s and shuts its eyes for 0.2 s at 3 s, then a second without.
std::string PageOfAClip(const std::string& title) {
  ClipReport report(title, "about it", false);
  for (int i = 0; i < 125; ++i) {
    TrackResult result;
    result.frame_id = i;
    result.pts_s = i / 25.0;
    if (i < 100) {
      TrackedFace face;
      face.box.rect = {10.0F, 10.0F, 20.0F, 20.0F};
      face.landmarks.points_px.resize(68);
      face.signals = FaceSignals{};
      const bool shut = i >= 75 && i < 80;
      face.signals->values[0] = face.signals->values[1] = shut ? 0.1F : 1.0F;
      face.signals->values[static_cast<size_t>(Signal::kSmile)] = i == 50 ? 0.75F : 0.0F;
      if (i == 80) face.signals->blink = Blink{2.99, 3.19, 0.9F};
      result.faces = {face};
    }
    report.Add(result, title, [] { return Image(64, 48); });
  }
  return report.Page();
}

TEST(ClipReport, SumsUpTheClip) {
  const std::string page = PageOfAClip("talk");
  for (const char* figure : {"<dt>Frames</dt><dd>125</dd>", "<dt>Without a face</dt><dd>25</dd>",
                             "<dt>Blinks</dt><dd>1</dd>", "<dt>Frames per second</dt><dd>25.0</dd>",
                             "100 of 125 frames, 1 blink,", "Widest smile: 0.75 (face 0, 0:02.00",
                             "Longest blink: 0.20 s (face 0, 0:03.00, frame 75)"}) {
    EXPECT_EQ(CountOf(figure, page), 1) << figure;
  }
  // A line per signal and one for the confidence, each with the blink.
  EXPECT_EQ(CountOf("<svg", page), static_cast<int>(kSignals) + 1);
  EXPECT_EQ(CountOf("class=\"blink\"", page), static_cast<int>(kSignals) + 1);
}

TEST(ClipReport, NeedsNothingFromElsewhere) {
  const std::string page = PageOfAClip("talk");
  EXPECT_GT(CountOf("src=", page), 1);
  EXPECT_EQ(CountOf("src=", page), CountOf("src=\"data:", page));
  for (const char* door :
       {"http:", "https:", "url(", "@import", "<script", "<link", "<iframe", "href="}) {
    EXPECT_EQ(CountOf(door, page), 0) << door;
  }
}

TEST(ClipReport, EscapesNames) {
  const std::string page = PageOfAClip("<b>\"x");
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, HasSubstr("&lt;b&gt;"));
}

TEST(ClipReport, OfAClipWithoutFacesIsAPage) {
  ClipReport report("empty", "", false);
  report.Add({}, "empty", [] { return Image(64, 48); });
  EXPECT_THAT(report.Page(), HasSubstr("<dt>Without a face</dt><dd>1</dd>"));
}

TEST(ClipReport, CountsFramesInWhichNoFaceHasPoints) {
  ClipReport report("clip", "", false);
  TrackResult result;
  result.faces.resize(1);
  const auto draw = [] { return Image(64, 48); };
  report.Add(result, "clip", draw);
  // Turned too far for signals.
  result.faces[0].landmarks.points_px.resize(68);
  report.Add(result, "clip", draw);
  EXPECT_THAT(report.Page(), HasSubstr("<dt>Frames without points</dt><dd>1</dd>"));
}

TEST(ClipReport, OfPicturesHasARowPerFace) {
  ClipReport report("photos", "", true);
  TrackResult result;
  result.faces.resize(2);
  for (TrackedFace& face : result.faces) face.signals = FaceSignals{};
  report.Add(result, "a.png", [] { return Image(64, 48); });
  const std::string page = report.Page();
  EXPECT_EQ(CountOf("<td>a.png</td>", page), 2);
  EXPECT_THAT(page, Not(HasSubstr("<svg")));
}

TEST(ReportIndex, ListsReportsWithTheirFigures) {
  const TempFolder folder;
  WriteText(folder / "my talk_report.html", PageOfAClip("my talk"));
  WriteText(folder / "other.html", "no report");
  const std::vector<ListedReport> reports = {{folder / "my talk_report.html", "my talk"},
                                             {folder / "other.html", "other"},
                                             {folder / "missing.html", "missing"}};
  const std::string index = ReportIndex("Reports", reports);
  EXPECT_THAT(index, HasSubstr("<a href=\"my%20talk_report.html\">my talk</a></td><td>125</td>"));
  EXPECT_THAT(index, HasSubstr("1 report<"));
  EXPECT_THAT(index, Not(HasSubstr("missing")));
}

}  // namespace
}  // namespace nosetip
