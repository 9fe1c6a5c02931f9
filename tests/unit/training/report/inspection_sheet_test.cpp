#include "training/report/inspection_sheet.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/training/data/made_up_faces.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

DataSet Faces(size_t count) {
  DataSet data;
  data.schema = &Ibug68();
  for (size_t i = 0; i < count; ++i) {
    data.faces.push_back(MadeUpFace(std::to_string(i), UprightFace({20, 20, 60, 60})));
  }
  return data;
}

std::vector<size_t> Indices(const std::vector<SheetFace>& faces) {
  std::vector<size_t> indices;
  for (const SheetFace& face : faces) indices.push_back(face.face);
  return indices;
}

TEST(ChooseSheetFaces, SpreadsSamplesEvenly) {
  EXPECT_THAT(Indices(ChooseSheetFaces(Faces(100), {}, 5, 5)), ElementsAre(10, 30, 50, 70, 90));
  EXPECT_THAT(Indices(ChooseSheetFaces(Faces(3), {}, 5, 5)), ElementsAre(0, 1, 2));
}

TEST(ChooseSheetFaces, TakesSuspiciousFacesOfEachKindInTurn) {
  Inspection found;
  for (size_t i = 0; i < 8; ++i) found.problems.push_back({ProblemKind::kTinyBox, i, ""});
  found.problems.push_back({ProblemKind::kSidesSwapped, 0, ""});
  found.problems.push_back({ProblemKind::kSidesSwapped, 9, ""});
  found.problems.push_back({ProblemKind::kLeftOut, std::nullopt, ""});
  const auto faces = ChooseSheetFaces(Faces(10), found, 0, 4);
  EXPECT_THAT(Indices(faces), ElementsAre(0, 1, 9, 2));
  EXPECT_EQ(faces[0].reason, "tiny");
  EXPECT_EQ(faces[2].reason, "sides swapped");
}

TEST(ChooseSheetFaces, LeavesOutUnreadablePictures) {
  DataSet data = Faces(2);
  Inspection found;
  found.problems = {{ProblemKind::kUnreadablePicture, 0, ""}, {ProblemKind::kTinyBox, 0, ""}};
  EXPECT_THAT(Indices(ChooseSheetFaces(data, found, 5, 5)), ElementsAre(1));
  data.faces.pop_back();
  const auto none = ChooseSheetFaces(data, found, 5, 5);
  EXPECT_THAT(none, IsEmpty());
  EXPECT_THROW(DrawInspectionSheet(
                   data, none, [](const auto&) { return Image(); }, ""),
               Error);
}

// Pixels of the sheet that are of about this color.
int CountPixels(const Image& sheet, int red, int green, int blue) {
  int count = 0;
  for (size_t i = 0; i + 2 < sheet.rgb.size(); i += 3) {
    const auto near = [&](size_t channel, int value) {
      return std::abs(static_cast<int>(sheet.rgb[i + channel]) - value) < 40;
    };
    if (near(0, red) && near(1, green) && near(2, blue)) ++count;
  }
  return count;
}

int GreenPixels(const Image& sheet) { return CountPixels(sheet, 40, 220, 60); }
int RedPixels(const Image& sheet) { return CountPixels(sheet, 255, 60, 50); }

Image Sheet(const AnnotatedFace& face, const std::string& reason) {
  DataSet data;
  data.faces.push_back(face);
  return DrawInspectionSheet(
      data, {{0, reason}}, [](const auto&) { return Image(100, 100); }, "");
}

TEST(DrawInspectionSheet, ShowsPointsAndTheBoxesOfSuspiciousFaces) {
  AnnotatedFace face = MadeUpFace("a", UprightFace({20, 20, 60, 60}));
  EXPECT_GT(GreenPixels(Sheet(face, "")), 100);
  face.box = {25, 15, 60, 60};
  EXPECT_EQ(RedPixels(Sheet(face, "")), 0);
  EXPECT_GT(RedPixels(Sheet(face, "box cut off")), 4);
  face.points_px.clear();
  EXPECT_EQ(GreenPixels(Sheet(face, "")), 0);
  EXPECT_GT(RedPixels(Sheet(face, "")), 4);
}

TEST(DrawInspectionSheet, ShowsSinglePointsAndThoseThatNoTileCouldHold) {
  EXPECT_GT(GreenPixels(Sheet(MadeUpFace("a", {{50, 60}}), "no box")), 4);
  EXPECT_EQ(GreenPixels(Sheet(MadeUpFace("a", {{50, 160}}), "no box")), 0);
  EXPECT_GT(GreenPixels(Sheet(MadeUpFace("a", {68, Point2f{50, 60}}), "points coincide")), 4);
  auto far = UprightFace({20, 20, 60, 60});
  far[5] = {1e30F, -1e30F};
  EXPECT_GT(GreenPixels(Sheet(MadeUpFace("a", far), "points outside")), 4);
}

}  // namespace
}  // namespace nosetip
