#include "gui/teaching/sample_editor.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr float kSide_px = 100.0F;

// A symmetric face, turned by `angle_rad` about the picture's corner.
std::vector<Point2f> Face(float angle_rad = 0.0F) {
  std::vector<Point2f> points = SyntheticShape(Ibug68());
  const Affine2 turn = Affine2::Similarity(kSide_px, angle_rad, {30.0F, 20.0F});
  for (Point2f& p : points) p = turn.Apply(p);
  return points;
}

SampleEditor Editor(float angle_rad = 0.0F) {
  return {std::make_shared<const Image>(200, 200), Face(angle_rad), Ibug68()};
}

void ExpectNear(Point2f a, Point2f b) {
  EXPECT_NEAR(a.x, b.x, 1e-3F);
  EXPECT_NEAR(a.y, b.y, 1e-3F);
}

constexpr size_t kLeftEye = 36;
constexpr size_t kRightEye = 45;
constexpr size_t kNoseTip = 30;

TEST(SampleEditor, FindsTheNearestPointWithinTheRadius) {
  const SampleEditor editor = Editor();
  const Point2f eye = editor.points_px()[kLeftEye];
  EXPECT_EQ(editor.PointAt(eye + Point2f{0.1F, 0.0F}, 3.0F), kLeftEye);
  EXPECT_FALSE(editor.PointAt({-500.0F, 0.0F}, 3.0F));
}

TEST(SampleEditor, MovesThePointThatIsDraggedAlone) {
  SampleEditor editor = Editor();
  editor.BeginDrag(kLeftEye);
  EXPECT_EQ(editor.dragged(), kLeftEye);
  editor.DragTo({3.0F, 4.0F});
  editor.DragTo({5.0F, 6.0F});
  ExpectNear(editor.points_px()[kLeftEye], {5.0F, 6.0F});
  editor.EndDrag();
  EXPECT_THAT(editor.Moved(), ElementsAre(kLeftEye));
  EXPECT_FALSE(editor.dragged());
}

TEST(SampleEditor, MovesThePartnerByTheMirroredWay) {
  SampleEditor editor = Editor();
  editor.SetMirrored(true);
  const Point2f left = editor.points_px()[kLeftEye];
  const Point2f right = editor.points_px()[kRightEye];
  editor.BeginDrag(kLeftEye);
  editor.DragTo(left + Point2f{-2.0F, 5.0F});
  ExpectNear(editor.points_px()[kRightEye], right + Point2f{2.0F, 5.0F});
  editor.EndDrag();
  EXPECT_THAT(editor.Moved(), UnorderedElementsAre(kLeftEye, kRightEye));
}

TEST(SampleEditor, MirrorsInTheAxisOfATurnedFace) {
  constexpr float kAngle_rad = 0.6F;
  const Affine2 turn = Affine2::Similarity(1.0F, kAngle_rad, {});
  SampleEditor editor = Editor(kAngle_rad);
  editor.SetMirrored(true);
  const Point2f right = editor.points_px()[kRightEye];
  editor.Nudge(kLeftEye, turn.Apply({-2.0F, 5.0F}));
  ExpectNear(editor.points_px()[kRightEye], right + turn.Apply({2.0F, 5.0F}));
}

TEST(SampleEditor, MovesAPointOnTheAxisByItself) {
  SampleEditor editor = Editor();
  editor.SetMirrored(true);
  editor.Nudge(kNoseTip, {1.0F, 1.0F});
  EXPECT_THAT(editor.Moved(), ElementsAre(kNoseTip));
}

TEST(SampleEditor, UndoesAndRedoesWholeDrags) {
  SampleEditor editor = Editor();
  EXPECT_FALSE(editor.CanUndo());
  editor.BeginDrag(kLeftEye);
  editor.DragTo({3.0F, 4.0F});
  editor.DragTo({5.0F, 6.0F});
  editor.EndDrag();
  editor.MoveAll({1.0F, 0.0F});
  editor.Undo();
  ExpectNear(editor.points_px()[kLeftEye], {5.0F, 6.0F});
  editor.Undo();
  EXPECT_EQ(editor.points_px(), Face());
  EXPECT_FALSE(editor.CanUndo());
  editor.Redo();
  editor.Redo();
  ExpectNear(editor.points_px()[kLeftEye], {6.0F, 6.0F});
  EXPECT_FALSE(editor.CanRedo());
}

TEST(SampleEditor, ANewEditEndsRedo) {
  SampleEditor editor = Editor();
  editor.Nudge(kLeftEye, {1.0F, 0.0F});
  editor.Undo();
  editor.Nudge(kNoseTip, {1.0F, 0.0F});
  EXPECT_FALSE(editor.CanRedo());
}

TEST(SampleEditor, ResetCanBeUndone) {
  SampleEditor editor = Editor();
  editor.Nudge(kLeftEye, {1.0F, 0.0F});
  editor.Reset();
  EXPECT_THAT(editor.Moved(), IsEmpty());
  editor.Undo();
  EXPECT_THAT(editor.Moved(), ElementsAre(kLeftEye));
}

TEST(SampleEditor, ADragThatIsCancelledOrGoesNowhereLeavesNoTrace) {
  SampleEditor editor = Editor();
  editor.BeginDrag(kLeftEye);
  editor.DragTo({3.0F, 4.0F});
  editor.CancelDrag();
  editor.BeginDrag(kLeftEye);
  editor.DragTo({std::numeric_limits<float>::quiet_NaN(), 4.0F});
  editor.EndDrag();
  editor.DragTo({3.0F, 4.0F});
  EXPECT_EQ(editor.points_px(), Face());
  EXPECT_FALSE(editor.CanUndo());
}

TEST(SampleEditor, IgnoresUndoWhileAPointIsDragged) {
  SampleEditor editor = Editor();
  editor.Nudge(kNoseTip, {1.0F, 0.0F});
  editor.BeginDrag(kLeftEye);
  editor.Undo();
  editor.EndDrag();
  EXPECT_THAT(editor.Moved(), ElementsAre(kNoseTip));
}

TEST(SampleEditor, RefusesAnotherNumberOfPoints) {
  EXPECT_THROW(SampleEditor(std::make_shared<const Image>(8, 8), {{1.0F, 1.0F}}, Ibug68()),
               std::logic_error);
}

TEST(AcrossFace, IsLevelWhereThereAreNoPairs) {
  ExpectNear(AcrossFace({{3.0F, 4.0F}}, Nose1()), {1.0F, 0.0F});
}

}  // namespace
}  // namespace nosetip
