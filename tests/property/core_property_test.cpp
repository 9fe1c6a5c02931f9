// What holds for every transform, rectangle and crop. A failure prints its seed and the smallest
// case that was found.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tracker/core/crop.h"
#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/core/metrics.h"

namespace nosetip {
namespace {

// A number of `low` to `high` in steps of a thousandth of the range, so that failures shrink.
rc::Gen<float> Between(float low, float high) {
  return rc::gen::map(rc::gen::inRange(0, 1001), [=](int step) {
    return low + (high - low) * static_cast<float>(step) / 1000.0F;
  });
}

rc::Gen<Point2f> AnyPoint() {
  return rc::gen::construct<Point2f>(Between(-2000, 2000), Between(-2000, 2000));
}

rc::Gen<RectF> AnyRect() {
  return rc::gen::construct<RectF>(Between(-500, 2000), Between(-500, 2000), Between(5, 1500),
                                   Between(5, 1500));
}

rc::Gen<Affine2> AnySimilarity() {
  return rc::gen::apply(&Affine2::Similarity, Between(0.05F, 20.0F), Between(-3.1F, 3.1F),
                        AnyPoint());
}

void ExpectNear(Point2f a, Point2f b, float tolerance) {
  RC_ASSERT(std::abs(a.x - b.x) <= tolerance);
  RC_ASSERT(std::abs(a.y - b.y) <= tolerance);
}

RC_GTEST_PROP(Affine2, InverseUndoesTheTransform, ()) {
  const Affine2 there = *AnySimilarity();
  const Point2f p = *AnyPoint();
  const float far = 2000.0F * (1.0F + there.Scale()) / std::min(there.Scale(), 1.0F);
  ExpectNear(there.Inverse().Apply(there.Apply(p)), p, 1e-5F * far);
}

RC_GTEST_PROP(Affine2, ProductIsOneTransformAfterTheOther, ()) {
  const Affine2 first = *AnySimilarity();
  const Affine2 second = *AnySimilarity();
  const Point2f p = *AnyPoint();
  const float far = 2000.0F * (1.0F + second.Scale()) * (1.0F + first.Scale());
  ExpectNear((second * first).Apply(p), second.Apply(first.Apply(p)), 1e-5F * far);
}

RC_GTEST_PROP(FitSimilarity, FindsAnySimilarity, ()) {
  const Affine2 truth = *AnySimilarity();
  const std::vector<Point2f> source = {{0, 0}, *AnyPoint(), {300, -40}, {-7, 90}};
  std::vector<Point2f> target;
  for (const Point2f p : source) target.push_back(truth.Apply(p));
  const auto fit = FitSimilarity(target, source);
  RC_ASSERT(fit.has_value());
  const float far = 2000.0F * (1.0F + truth.Scale());
  for (size_t i = 0; i < source.size(); ++i) {
    ExpectNear(fit->Apply(source[i]), target[i], 1e-4F * far);
  }
}

RC_GTEST_PROP(IntersectionOverUnion, IsSymmetricAndBetweenZeroAndOne, ()) {
  const RectF a = *AnyRect();
  const RectF b = *AnyRect();
  const float iou = IntersectionOverUnion(a, b);
  RC_ASSERT(iou >= 0.0F);
  RC_ASSERT(iou <= 1.0F);
  RC_ASSERT(std::abs(iou - IntersectionOverUnion(b, a)) < 1e-6F);
}

RC_GTEST_PROP(BoundsOf, HoldsEachPoint, ()) {
  const auto points = *rc::gen::nonEmpty(rc::gen::container<std::vector<Point2f>>(AnyPoint()));
  const RectF bounds = BoundsOf(points);
  for (const Point2f p : points) {
    RC_ASSERT(p.x >= bounds.x);
    RC_ASSERT(p.y >= bounds.y);
    RC_ASSERT(p.x <= bounds.x + bounds.width + 1e-3F);
    RC_ASSERT(p.y <= bounds.y + bounds.height + 1e-3F);
  }
}

RC_GTEST_PROP(CropFromFrame, HoldsTheWholeBoxAndGoesBack, ()) {
  const RectF box = *AnyRect();
  const float margin = *Between(1.0F, 2.5F);
  const int size_px = *rc::gen::inRange(16, 513);
  const Affine2 crop_from_frame = CropFromFrame(box, margin, size_px);
  const float slack = 1e-3F * static_cast<float>(size_px);
  for (const Point2f corner :
       {Point2f{box.x, box.y}, Point2f{box.x + box.width, box.y + box.height}}) {
    const Point2f p = crop_from_frame.Apply(corner);
    RC_ASSERT(UnitFromPixel(p.x, size_px) * static_cast<float>(size_px) >= -slack);
    RC_ASSERT(UnitFromPixel(p.y, size_px) * static_cast<float>(size_px) >= -slack);
    RC_ASSERT(p.x <= static_cast<float>(size_px) - 0.5F + slack);
    RC_ASSERT(p.y <= static_cast<float>(size_px) - 0.5F + slack);
    ExpectNear(crop_from_frame.Inverse().Apply(p), corner, 0.05F);
  }
}

RC_GTEST_PROP(PixelFromUnit, IsUndoneByUnitFromPixel, ()) {
  const float unit = *Between(-1.0F, 2.0F);
  const int size_px = *rc::gen::inRange(1, 1025);
  RC_ASSERT(std::abs(UnitFromPixel(PixelFromUnit(unit, size_px), size_px) - unit) < 1e-5F);
}

RC_GTEST_PROP(NmePercent, DoesNotChangeWithTheFacesSizePlaceAndTurn, ()) {
  const auto truth =
      *rc::gen::container<std::vector<Point2f>>(static_cast<size_t>(Ibug68().count), AnyPoint());
  const auto [left, right] = *Ibug68().outer_eye_corners;
  RC_PRE(Distance(truth[static_cast<size_t>(left)], truth[static_cast<size_t>(right)]) > 100.0F);
  std::vector<Point2f> predicted = truth;
  for (Point2f& p : predicted) p = p + *rc::gen::construct<Point2f>(Between(-9, 9), Between(-9, 9));
  const double before = NmePercent(predicted, truth, Ibug68());
  const Affine2 moved = Affine2::Similarity(*Between(0.5F, 2.0F), *Between(-3.0F, 3.0F), {40, -70});
  std::vector<Point2f> moved_truth;
  for (const Point2f p : truth) moved_truth.push_back(moved.Apply(p));
  for (Point2f& p : predicted) p = moved.Apply(p);
  RC_ASSERT(std::abs(NmePercent(predicted, moved_truth, Ibug68()) - before) <
            1e-2 * (1.0 + before));
}

}  // namespace
}  // namespace nosetip
