#include "training/evaluation/relabel.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/synthetic_faces.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int kSizePx = 80;
constexpr float kSidePx = 40.0F;

// Faces of one shape, each about the one bright pixel of its picture.
std::vector<Point2f> FaceAbout(Point2f middle) {
  std::vector<Point2f> points = SyntheticShape(Ibug68());
  for (Point2f& p : points) p = middle + kSidePx * (p - Point2f{0.5F, 0.5F});
  return points;
}

FacePack PackOf(const std::vector<Point2f>& middles) {
  FacePack pack;
  pack.size_px = kSizePx;
  pack.extent = 2.0F;
  for (const Point2f middle : middles) {
    std::vector<uint8_t> pixels(static_cast<size_t>(kSizePx * kSizePx), 40);
    pixels[static_cast<size_t>(middle.y) * kSizePx + static_cast<size_t>(middle.x)] = 255;
    pack.pixels.insert(pack.pixels.end(), pixels.begin(), pixels.end());
    for (const Point2f p : FaceAbout(middle)) {
      pack.points_px.insert(pack.points_px.end(), {p.x, p.y});
    }
    const std::string name = "face" + std::to_string(pack.names.size());
    pack.boxes.push_back({5.0F, 6.0F, 40.0F, 30.0F});
    pack.photographs_px.push_back({64, 48});
    pack.names.push_back(name);
    pack.groups.push_back(name);
    pack.parts.push_back("any");
  }
  return pack;
}

// Finds the face about the bright pixel, and is off by this. Where the pixel lies on the picture's
// left it is lower by `left_is_lower_px`, so that it contradicts itself in the mirror.
class PixelLandmarker final : public Landmarker {
 public:
  explicit PixelLandmarker(Point2f error_px, float left_is_lower_px = 0.0F,
                           const LandmarkSchema& schema = Ibug68())
      : error_px_(error_px), left_is_lower_px_(left_is_lower_px), schema_(schema) {}

  const LandmarkSchema& schema() const override { return schema_; }

  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    const auto at = std::ranges::max_element(image.rgb) - image.rgb.begin();
    const auto pixel = static_cast<int>(at / 3);
    Point2f middle{static_cast<float>(pixel % kSizePx), static_cast<float>(pixel / kSizePx)};
    const bool left = middle.x < 0.5F * kSizePx;
    middle = middle + error_px_ + Point2f{0.0F, left ? left_is_lower_px_ : 0.0F};
    const float sure = left ? 0.9F : 0.7F;
    std::vector<Point2f> points = FaceAbout(middle);
    if (schema_.count == 1) points = {points[static_cast<size_t>(Ibug68().nose_tip)]};
    for (const RectF& box : boxes) EXPECT_GT(box.Area(), 0.0F);
    return std::vector<Landmarks>(boxes.size(), {points, std::vector<float>(points.size(), sure)});
  }

 private:
  Point2f error_px_;
  float left_is_lower_px_;
  const LandmarkSchema& schema_;
};

std::vector<std::unique_ptr<Landmarker>> Models(
    const std::vector<std::pair<Point2f, float>>& errors) {
  std::vector<std::unique_ptr<Landmarker>> models;
  for (const auto& [error, lower] : errors) {
    models.push_back(std::make_unique<PixelLandmarker>(error, lower));
  }
  return models;
}

RelabeledPack RelabeledBy(const std::vector<std::pair<Point2f, float>>& errors,
                          const FacePack& pack, const RelabelOptions& options) {
  const auto models = Models(errors);
  return Relabel(pack, models, options, [](size_t) { return true; }).value();
}

// By how much the points of a face moved, which is the same for all.
Point2f MoveOf(const FacePack& before, const FacePack& after, size_t face) {
  const size_t first = 136 * face;
  const Point2f move{after.points_px[first] - before.points_px[first],
                     after.points_px[first + 1] - before.points_px[first + 1]};
  for (size_t i = first; i < first + 136; ++i) {
    const float expected = before.points_px[i] + (i % 2 == 0 ? move.x : move.y);
    EXPECT_NEAR(after.points_px[i], expected, 1e-3F) << "coordinate " << i;
  }
  return move;
}

void ExpectNear(Point2f a, Point2f b) { EXPECT_LT(Distance(a, b), 1e-3F) << a.x << ", " << a.y; }

const std::vector<Point2f> kMiddles = {{30.0F, 38.0F}, {44.0F, 41.0F}, {35.0F, 42.0F}};

TEST(Relabel, TakesTheMeanOfTheModelsAndLeavesPicturesAlone) {
  const FacePack pack = PackOf(kMiddles);
  const RelabeledPack made = RelabeledBy({{{2.0F, 0.0F}, 0.0F}, {{0.0F, 4.0F}, 0.0F}}, pack, {});
  EXPECT_EQ(made.relabeled, 3U);
  for (size_t face = 0; face < 3; ++face) ExpectNear(MoveOf(pack, made.pack, face), {1.0F, 2.0F});
  EXPECT_EQ(made.pack.pixels, pack.pixels);
  EXPECT_EQ(made.pack.boxes, pack.boxes);
  EXPECT_EQ(made.pack.names, pack.names);
  EXPECT_EQ(made.pack.groups, pack.groups);
  EXPECT_EQ(made.pack.parts, pack.parts);
  const float unit = Distance(FaceAbout(kMiddles[0])[36], FaceAbout(kMiddles[0])[45]);
  EXPECT_NEAR(made.moved_percent, 100.0 * std::sqrt(5.0) / static_cast<double>(unit), 0.05);
}

TEST(Relabel, EvensOutWhatIsOtherInTheMirror) {
  const FacePack pack = PackOf(kMiddles);
  const RelabeledPack made = RelabeledBy({{{0.0F, 0.0F}, 3.0F}}, pack, {});
  // Seen on the left in one of the two pictures, whichever it is.
  for (size_t face = 0; face < 3; ++face) ExpectNear(MoveOf(pack, made.pack, face), {0.0F, 1.5F});
}

TEST(Relabel, MixesOldAndNewPoints) {
  const FacePack pack = PackOf(kMiddles);
  const RelabeledPack made = RelabeledBy({{{2.0F, 4.0F}, 0.0F}}, pack, {0.25F, {}, 0.0F, 0.0F});
  for (size_t face = 0; face < 3; ++face) ExpectNear(MoveOf(pack, made.pack, face), {0.5F, 1.0F});
}

TEST(Relabel, KeepsThePointsOfThoseHeldOut) {
  const FacePack pack = PackOf(kMiddles);
  RelabelOptions options;
  options.keep.groups = "face1";
  options.min_confidence = 0.95F;  // than which no face has more
  const RelabeledPack made = RelabeledBy({{{2.0F, 0.0F}, 0.0F}}, pack, options);
  EXPECT_EQ(made.left_out, 2U);
  ASSERT_THAT(made.pack.names, ElementsAre("face1"));
  EXPECT_TRUE(std::equal(made.pack.points_px.begin(), made.pack.points_px.end(),
                         pack.points_px.begin() + 136));
}

TEST(Relabel, LeavesOutFacesOfWhichTheModelsAreNotSure) {
  const FacePack pack = PackOf(kMiddles);
  RelabelOptions options;
  options.min_confidence = 0.75F;  // each is seen once on the left, with 0.9, and once with 0.7
  EXPECT_EQ(RelabeledBy({{{}, 0.0F}}, pack, options).left_out, 0U);
  options.min_confidence = 0.85F;
  const auto models = Models({{{}, 0.0F}});
  size_t seen = 0;
  const auto none = Relabel(pack, models, options, [&](size_t) { return ++seen > 0; });
  ASSERT_TRUE(none);
  EXPECT_EQ(none->left_out, 3U);
  EXPECT_EQ(none->pack.FaceCount(), 0U);
  EXPECT_EQ(seen, 3U);
}

TEST(Relabel, NotesPicturesAsIfScaled) {
  const FacePack pack = PackOf(kMiddles);
  const RelabeledPack made = RelabeledBy({{{}, 0.0F}}, pack, {1.0F, {}, 0.0F, 200.0F});
  EXPECT_EQ(made.pack.boxes[0], (RectF{25.0F, 30.0F, 200.0F, 150.0F}));
  EXPECT_EQ(made.pack.photographs_px[0], (SizePx{320, 240}));
}

TEST(Relabel, KnowsAPointAlone) {
  const FacePack nose = WithPointsOf(Nose1(), PackOf(kMiddles));
  std::vector<std::unique_ptr<Landmarker>> models;
  models.push_back(std::make_unique<PixelLandmarker>(Point2f{2.0F, 1.0F}, 0.0F, Nose1()));
  const auto made = Relabel(nose, models, {}, [](size_t) { return true; });
  ASSERT_TRUE(made);
  ASSERT_EQ(made->pack.points_px.size(), 6U);
  for (size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(made->pack.points_px[i], nose.points_px[i] + (i % 2 == 0 ? 2.0F : 1.0F), 1e-3F);
  }
  EXPECT_GT(made->moved_percent, 0.0);
}

TEST(Relabel, StopsWhereItIsTold) {
  const auto models = Models({{{}, 0.0F}});
  size_t seen = 0;
  EXPECT_FALSE(Relabel(PackOf(kMiddles), models, {}, [&](size_t) { return ++seen < 2; }));
  EXPECT_EQ(seen, 2U);
}

TEST(Relabel, NamesPointsThatDoNotFit) {
  const FacePack nose = WithPointsOf(Nose1(), PackOf(kMiddles));
  const auto models = Models({{{}, 0.0F}});
  EXPECT_THAT(MessageOf([&] { Relabel(nose, models, {}, [](size_t) { return true; }); }),
              HasSubstr("the data has the points of nose1, a model those of ibug68"));
}

}  // namespace
}  // namespace nosetip
