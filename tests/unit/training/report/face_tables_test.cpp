#include "training/report/face_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Face 0 is right, face 1 is off by 3 % to the right in all points, face 2 by 8 % up in the mouth
// alone, and face 3 is not found.
class FaceTables : public ::testing::Test {
 protected:
  FaceTables() {
    evaluation_.unit = "outer-eye distance";
    evaluation_.faces = {MeasuredFace{0, 0.0, faces_[0].truth_px, Offsets({})},
                         MeasuredFace{1, 3.0, faces_[1].truth_px, Offsets({3.0F, 0.0F})},
                         MeasuredFace{2, 160.0 / 68.0, faces_[2].truth_px, Offsets({})},
                         MeasuredFace{3, std::nullopt, {}, {}}};
    for (size_t k = 48; k < 68; ++k) evaluation_.faces[2].offsets[k] = {0.0F, -8.0F};
  }
  static std::vector<Point2f> Offsets(Point2f off) { return std::vector<Point2f>(68, off); }

  const std::vector<FaceToMeasure> faces_ =
      FacesOfPack(std::make_shared<const FacePack>(SyntheticPack(4, 64)), {});
  Evaluation evaluation_;
};

TEST_F(FaceTables, ListEveryFaceTheWorstFirstWithItsPicture) {
  const ReportTable table = FaceTable(evaluation_, faces_, Ibug68());
  EXPECT_THAT(table.header, ElementsAre("face", "error", "jaw", "brows", "nose", "eyes", "mouth"));
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_THAT(table.rows[0], ElementsAre(faces_[3].name, "not found", "-", "-", "-", "-", "-"));
  EXPECT_THAT(table.rows[1],
              ElementsAre(faces_[1].name, "3.00", "3.00", "3.00", "3.00", "3.00", "3.00"));
  EXPECT_THAT(table.rows[2],
              ElementsAre(faces_[2].name, "2.35", "0.00", "0.00", "0.00", "0.00", "8.00"));
  EXPECT_EQ(table.rows[3][0], faces_[0].name);
  EXPECT_EQ(table.sorted_by, 1U);
  EXPECT_EQ(table.row_pictures.size(), 4U);
}

TEST_F(FaceTables, ShowTheErrorOfEachPartAndItsDirection) {
  const ReportTable table = PartTable(evaluation_, Ibug68());
  ASSERT_EQ(table.rows.size(), 6U);
  EXPECT_THAT(table.rows[0], ElementsAre("jaw", "17", "1.00", "0.00", "3.00", "+1.00", "+0.00"));
  EXPECT_THAT(table.rows[4], ElementsAre("mouth", "20", "3.67", "3.00", "8.00", "+1.00", "-2.67"));
  EXPECT_THAT(table.rows[5][0], "all points");
  EXPECT_THAT(table.caption, HasSubstr("% of the outer-eye distance"));
}

TEST_F(FaceTables, HaveOneRowForOnePoint) {
  for (MeasuredFace& face : evaluation_.faces) {
    if (!face.offsets.empty()) face.offsets.resize(1);
  }
  EXPECT_EQ(PartTable(evaluation_, Nose1()).rows.size(), 1U);
  EXPECT_THAT(FaceTable(evaluation_, faces_, Nose1()).header, ElementsAre("face", "error"));
}

// Each part of IMM's schema is in the table with its own number of points.
TEST(PartTable, KnowsThePartsOfImm) {
  Evaluation evaluation;
  evaluation.faces = {MeasuredFace{0, 1.0, {}, std::vector<Point2f>(58, {1.0F, 0.0F})}};
  std::vector<std::string> points;
  for (const auto& row : PartTable(evaluation, Imm58()).rows) points.push_back(row[1]);
  EXPECT_THAT(points, ElementsAre("13", "16", "10", "8", "11", "58"));
}

TEST_F(FaceTables, SayThatNoFaceWasFound) {
  evaluation_.faces = {evaluation_.faces[3]};
  EXPECT_THAT(PartTable(evaluation_, Nose1()).rows[0],
              ElementsAre("tip of the nose", "1", "-", "-", "-", "-", "-"));
}

}  // namespace
}  // namespace nosetip
