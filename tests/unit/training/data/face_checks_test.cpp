#include "training/data/face_checks.h"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/data/made_up_faces.h"
#include "training/data/picture_size.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr PictureSize kPicture{200, 100};
const RectF kSquare{20, 20, 60, 60};

auto Problem(ProblemKind kind, const std::string& what) {
  return AllOf(Field(&FoundProblem::kind, kind), Field(&FoundProblem::what, HasSubstr(what)));
}

std::vector<FoundProblem> CheckOne(const AnnotatedFace& face,
                                   const std::optional<PictureSize>& picture = kPicture) {
  DataSet data;
  data.faces.push_back(face);
  return CheckFace(data, 0, picture);
}

AnnotatedFace WithBox(const RectF& box) {
  AnnotatedFace face = MadeUpFace("a", UprightFace(kSquare));
  face.box = box;
  return face;
}

TEST(CheckFace, FindsNothingInAGoodFace) {
  EXPECT_THAT(CheckOne(MadeUpFace("a", UprightFace(kSquare))), IsEmpty());
  EXPECT_THAT(CheckOne(WithBox({10, 10, 80, 80})), IsEmpty());
  EXPECT_THAT(CheckOne(MadeUpFace("a", {})), IsEmpty());
}

TEST(CheckFace, TellsBoxesThatReachOutFromThoseOutside) {
  EXPECT_THAT(CheckOne(WithBox({-13, 10, 90, 80})),
              ElementsAre(Problem(ProblemKind::kBoxReachesOut, "a: its box reaches out by 13 px")));
  EXPECT_THAT(CheckOne(WithBox({10, 10, 80, 80}), PictureSize{5, 5}).front().kind,
              ProblemKind::kBoxOutside);
  EXPECT_THAT(CheckOne(WithBox({-1.4F, 10, 90, 80})), IsEmpty());
  EXPECT_THAT(CheckOne(WithBox({-13, 10, 90, 80}), std::nullopt), IsEmpty());
}

TEST(CheckFace, SaysWhyABoxWasNotTaken) {
  AnnotatedFace face = MadeUpFace("a", UprightFace(kSquare));
  for (const auto& [fault, kind] : {std::pair{BoxFault::kNoNumber, ProblemKind::kBoxNoNumber},
                                    std::pair{BoxFault::kNegative, ProblemKind::kBoxNegative},
                                    std::pair{BoxFault::kNoArea, ProblemKind::kBoxNoArea},
                                    std::pair{BoxFault::kApart, ProblemKind::kBoxApart},
                                    std::pair{BoxFault::kWrongSize, ProblemKind::kBoxWrongSize}}) {
    face.rejected_box = RejectedBox{fault, "so odd"};
    EXPECT_THAT(CheckOne(face), ElementsAre(Problem(kind, "a: so odd")));
  }
}

TEST(CheckFace, FindsTinyFaces) {
  EXPECT_THAT(CheckOne(MadeUpFace("a", UprightFace({20, 20, 15, 15}))),
              ElementsAre(Problem(ProblemKind::kTinyBox, "15 px")));
  EXPECT_THAT(CheckOne(MadeUpFace("a", UprightFace({20, 20, 16, 16}))), IsEmpty());
}

TEST(CheckFace, FindsPointsOutsideThePictureAndFarOutsideTheBox) {
  AnnotatedFace face = WithBox({10, 10, 80, 80});
  face.points_px[3] = {209, 50};
  EXPECT_THAT(CheckOne(face), ElementsAre(Problem(ProblemKind::kPointsFarFromBox, "1 point is"),
                                          Problem(ProblemKind::kPointsOutside, "up to 10 px")));
  face.points_px[3] = {129, 50};  // 39 px outside a box of 80 px
  EXPECT_THAT(CheckOne(face), IsEmpty());
}

TEST(CheckFace, FindsPointsInOnePlace) {
  const std::vector<Point2f> same(68, Point2f{50, 50});
  EXPECT_THAT(CheckOne(MadeUpFace("a", same)),
              ElementsAre(Problem(ProblemKind::kPointsCoincide, "one place")));
}

TEST(CheckFace, SaysThatASinglePointHasNoSize) {
  AnnotatedFace nose = MadeUpFace("a", {{50, 50}});
  EXPECT_THAT(CheckOne(nose), ElementsAre(Problem(ProblemKind::kNoBox, "a: ")));
  nose.box = {30, 30, 40, 40};
  EXPECT_THAT(CheckOne(nose), IsEmpty());
}

// A label whose points were mirrored with the picture but not renumbered.
std::vector<Point2f> Mirrored(std::vector<Point2f> points) {
  for (Point2f& p : points) p.x = 100.0F - p.x;
  return points;
}

std::vector<Point2f> Turned(std::vector<Point2f> points, float angle_rad) {
  const Affine2 turn = Affine2::Similarity(1.0F, angle_rad, {});
  for (Point2f& p : points) p = turn.Apply(p);
  return points;
}

DataSet SetOf(std::vector<std::vector<Point2f>> faces) {
  DataSet data;
  data.schema = &Ibug68();
  for (auto& points : faces) {
    data.faces.push_back(MadeUpFace(std::to_string(data.faces.size()), std::move(points)));
  }
  return data;
}

TEST(FindSwappedSides, FindsMirroredFacesHoweverTurned) {
  const auto face = UprightFace(kSquare);
  const DataSet data = SetOf({face, Mirrored(face), Turned(face, 3.1F), Turned(face, 1.5F),
                              Turned(Mirrored(face), 2.0F), face});
  EXPECT_THAT(FindSwappedSides(data),
              ElementsAre(Field(&FoundProblem::face, 1), Field(&FoundProblem::face, 4)));
}

TEST(FindSwappedSides, FindsASetThatIsMirroredAsAWhole) {
  const auto face = Mirrored(UprightFace(kSquare));
  EXPECT_THAT(FindSwappedSides(SetOf({face, face})), SizeIs(2));
}

TEST(FindSwappedSides, FindsPairsThatAreTheWrongWayRoundForTheEyes) {
  const auto face = UprightFace(kSquare);
  auto odd = face;
  for (size_t i = 0; i < odd.size(); ++i) {
    if (i != 36 && i != 45) odd[i] = face[static_cast<size_t>(Ibug68().mirror[i])];
  }
  EXPECT_THAT(FindSwappedSides(SetOf({face, odd, face})),
              ElementsAre(AllOf(Field(&FoundProblem::face, 1),
                                Field(&FoundProblem::what, HasSubstr("28 of 29 mirrored pairs")))));
}

TEST(FindSwappedSides, SaysNothingWithoutEyesOrPoints) {
  DataSet noses;
  noses.schema = &Nose1();
  noses.faces.push_back(MadeUpFace("a", {{1, 2}}));
  EXPECT_THAT(FindSwappedSides(noses), IsEmpty());
  EXPECT_THAT(FindSwappedSides(SetOf({{}, std::vector<Point2f>(68)})), IsEmpty());
  EXPECT_THAT(FindSwappedSides({}), IsEmpty());
}

TEST(FindSwappedSides, TellsRealFacesFromTheirMirrorImages) {
  for (const char* name : {"data/imm58", "data/300w"}) {
    const auto root = SharedPath(name);
    if (!root) GTEST_SKIP() << "needs the research data in ../shared/data";
    DataSet data = ReadDataSet(*root);
    EXPECT_THAT(FindSwappedSides(data), IsEmpty()) << name;
    size_t mirrored = 0;
    for (size_t i = 0; i < data.faces.size(); i += 10, ++mirrored) {
      data.faces[i].points_px = Mirrored(data.faces[i].points_px);
    }
    // Faces in profile, whose eyes are nearly in one place, can be missed.
    EXPECT_GE(FindSwappedSides(data).size(), 0.97 * static_cast<double>(mirrored)) << name;
  }
}

TEST(FindSamePoints, NamesTheFaceThatHasThem) {
  const auto face = UprightFace(kSquare);
  const auto other = UprightFace({20, 20, 60, 61});
  EXPECT_THAT(
      FindSamePoints(SetOf({face, other, face, {}, {}})),
      ElementsAre(AllOf(Field(&FoundProblem::face, 2),
                        Field(&FoundProblem::what, HasSubstr("2: its points are those of 0")))));
}

TEST(FindSamePoints, TakesSinglePointsForTheSameInOnePictureOnly) {
  DataSet data;
  data.schema = &Nose1();
  for (const char* name : {"a", "b", "c"}) data.faces.push_back(MadeUpFace(name, {{5, 6}}));
  data.faces[2].picture = data.faces[0].picture;
  EXPECT_THAT(FindSamePoints(data), ElementsAre(Field(&FoundProblem::face, 2)));
}

}  // namespace
}  // namespace nosetip
