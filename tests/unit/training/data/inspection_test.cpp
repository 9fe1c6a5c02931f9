#include "training/data/inspection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/training/data/made_up_faces.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

// Every picture is 100 px wide, and as high as its name says.
Image PictureOfHeight(const AnnotatedFace& face) {
  return {100, std::stoi(face.picture.stem().string())};
}

class InspectDataSetTest : public ::testing::Test {
 protected:
  AnnotatedFace& Add(const std::string& picture, const std::string& part, float side_px) {
    data_.schema = &Ibug68();
    data_.faces.push_back(MadeUpFace(picture, UprightFace({1, 1, side_px, side_px})));
    data_.faces.back().part = part;
    return data_.faces.back();
  }

  DataSet data_;
};

TEST_F(InspectDataSetTest, CountsWhatIsThere) {
  Add("300", "lfpw", 40);
  Add("200", "helen", 80).group = "300";
  Add("100", "lfpw", 20);
  Add("400", "", 30).points_px.clear();
  AnnotatedFace empty;
  empty.picture = "400.png";
  data_.faces.push_back(empty);
  const Inspection found = InspectDataSet(data_, PictureOfHeight);
  EXPECT_EQ(found.schema, "ibug68");
  EXPECT_EQ(found.points, 68);
  EXPECT_EQ(found.pictures, 4U);
  EXPECT_EQ(found.labeled_faces, 3U);
  EXPECT_EQ(found.unlabeled_faces, 1U);
  EXPECT_EQ(found.empty_pictures, 1U);
  EXPECT_EQ(found.groups, 4U);
  EXPECT_THAT(found.faces_of_part, ElementsAre(Pair("helen", 1), Pair("lfpw", 2)));
  ASSERT_TRUE(found.picture_px && found.face_px);
  EXPECT_EQ(found.picture_px->smallest.height_px, 100);
  EXPECT_EQ(found.picture_px->median.height_px, 300);
  EXPECT_EQ(found.picture_px->largest.height_px, 400);
  EXPECT_FLOAT_EQ(found.face_px->smallest, 20);
  EXPECT_FLOAT_EQ(found.face_px->median, 40);
  EXPECT_FLOAT_EQ(found.face_px->largest, 80);
  EXPECT_THAT(found.problems, IsEmpty());
}

TEST_F(InspectDataSetTest, OrdersProblemsByKindThenByFace) {
  data_.problems = {"x.pts is empty"};
  Add("300", "", 120);  // reaches out of 100 px
  Add("200", "", 10);
  Add("broken", "", 50);
  Add("100", "", 10);
  Add("broken", "", 60);
  int opened = 0;
  const auto read = [&](const AnnotatedFace& face) {
    ++opened;
    if (face.picture == "broken.png") throw Error("broken.png is cut off");
    return PictureOfHeight(face);
  };
  const Inspection found = InspectDataSet(data_, read);
  const auto problem = [](ProblemKind kind, std::optional<size_t> face) {
    return AllOf(Field(&FoundProblem::kind, kind), Field(&FoundProblem::face, face));
  };
  EXPECT_THAT(
      found.problems,
      ElementsAre(problem(ProblemKind::kLeftOut, std::nullopt),
                  problem(ProblemKind::kUnreadablePicture, 2), problem(ProblemKind::kTinyBox, 1),
                  problem(ProblemKind::kTinyBox, 3), problem(ProblemKind::kPointsOutside, 0),
                  problem(ProblemKind::kSamePoints, 3)));
  EXPECT_THAT(found.problems[1].what, HasSubstr("broken.png is cut off"));
  EXPECT_EQ(opened, 4) << "each picture once";
}

TEST_F(InspectDataSetTest, StopsWhenAsked) {
  for (const char* name : {"100", "200", "300"}) Add(name, "", 40);
  std::stop_source stop;
  size_t last = 0;
  InspectDataSet(data_, PictureOfHeight, stop.get_token(), [&](size_t done, size_t all) {
    EXPECT_EQ(all, 3U);
    last = done;
    if (done == 2) stop.request_stop();
  });
  EXPECT_EQ(last, 2U);
}

TEST(FaceSizes, IsNothingWithoutBoxes) {
  EXPECT_FALSE(FaceSizes({}));
  EXPECT_FALSE(FaceSizes({RectF{5, 5, 0, 0}}));
}

}  // namespace
}  // namespace nosetip
