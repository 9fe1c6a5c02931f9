#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "training/report/evaluation_pictures.h"
#include "training/report/face_sheet.h"
#include "training/report/plot.h"

namespace nosetip {
namespace {

int CountPixels(const Image& image, const auto& is_wanted) {
  int count = 0;
  for (size_t p = 0; p < image.rgb.size(); p += 3) count += is_wanted(&image.rgb[p]) ? 1 : 0;
  return count;
}

bool IsGreen(const uint8_t* rgb) { return rgb[1] > 180 && rgb[0] < 90 && rgb[2] < 110; }
bool IsRed(const uint8_t* rgb) { return rgb[0] > 200 && rgb[1] < 100 && rgb[2] < 100; }

TEST(DrawFaceSheet, DrawsTruthGreenAndPredictionRed) {
  FaceTile tile{Image(50, 50), {{10, 10}, {40, 40}}, {}, "face"};
  const Image truth_only = DrawFaceSheet(std::span(&tile, 1), 1, 200, "title");
  EXPECT_GT(CountPixels(truth_only, IsGreen), 10);
  EXPECT_EQ(CountPixels(truth_only, IsRed), 0);
  tile.predicted_px = {{20, 10}, {30, 40}};
  EXPECT_GT(CountPixels(DrawFaceSheet(std::span(&tile, 1), 1, 200, "title"), IsRed), 10);
}

TEST(DrawPlot, DrawsALineOfEveryValue) {
  Plot plot{"title", "x", "y", {{"flat", {0, 1, 2}, {5, 5, 5}}}, 0.0, 10.0};
  const Image image = DrawPlot(plot);
  // Half way up the axes, all along them.
  const int row = 112 + 199;
  int colored = 0;
  for (int x = 95; x < 925; ++x) {
    const uint8_t* p = image.At(x, row);
    colored += p[2] > 150 && p[0] < 100 ? 1 : 0;
  }
  EXPECT_EQ(colored, 830);
}

// Where the photograph ends, the sheet does not go on with its border.
TEST(DrawFaceSheet, LeavesWhatIsOutsideThePictureGray) {
  FaceTile tile{Image(40, 40), {{5, 5}, {35, 35}, {35, 5}}, {}, "face"};  // black
  const Image image = DrawFaceSheet(std::span(&tile, 1), 1, 240, "title");
  EXPECT_NEAR(*image.At(3, 45), 225, 3);
  EXPECT_LT(*image.At(120, 150), 60);
}

TEST(DrawFaceSheet, FitsLongLabelsIntoTheirTiles) {
  const auto ink_at_the_right = [](const std::string& label) {
    std::vector<FaceTile> tiles(2, {Image(40, 40), {}, {}, label, true});
    const Image image = DrawFaceSheet(tiles, 2, 240, "title");
    int dark = 0;
    for (int y = image.height_px - 20; y < image.height_px; ++y) {
      for (int x = 236; x < 244; ++x) dark += *image.At(x, y) < 128 ? 1 : 0;
    }
    return dark;
  };
  EXPECT_EQ(ink_at_the_right("short"), 0);
  EXPECT_EQ(ink_at_the_right("not found  ...and a long name"), 0);
  EXPECT_EQ(ink_at_the_right(std::string(200, 'W')), 0);
}

TEST(DrawMeasuredFaces, ShowsNoFaceAmongBestAndWorst) {
  const auto faces = FacesOfPack(std::make_shared<const FacePack>(SyntheticPack(5, 64)), {});
  Evaluation evaluation;
  for (size_t i = 0; i < 5; ++i) {
    evaluation.faces.push_back({i, 1.0 + static_cast<double>(i), faces[i].truth_px});
  }
  const auto tiles = [&](FacesToShow which) {
    return DrawMeasuredFaces(evaluation, faces, which).width_px / 240;
  };
  EXPECT_EQ(tiles(FacesToShow::kBest), 3);
  EXPECT_EQ(tiles(FacesToShow::kWorst), 2);
}

TEST(DrawEvaluation, ShowsBestAndWorstFaces) {
  const auto faces = FacesOfPack(std::make_shared<const FacePack>(SyntheticPack(3, 64)), {});
  const Evaluation evaluation = Evaluate(faces, Ibug68(), [&](const Image&, const RectF&) {
    std::vector<Point2f> points = faces[0].truth_px;
    for (Point2f& p : points) p.x += 4.0F;
    return std::optional(Landmarks{points, {}, {}});
  });
  const Image image = DrawEvaluation(evaluation, faces, Ibug68(), "errors");
  Evaluation reliable = evaluation;
  reliable.reliability = {{100, 2.0, 2.5, 0.9, 0.9}, {100, 5.0, 4.0, 0.7, 0.8}};
  EXPECT_EQ(DrawEvaluation(reliable, faces, Ibug68(), "errors").height_px, image.height_px + 600);
  EXPECT_GT(CountPixels(image, IsGreen), 100);
  EXPECT_GT(CountPixels(image, IsRed), 100);
}

TEST(DrawShutEyes, ShowsThoseWhoseLidsTrulyMeet) {
  auto faces = FacesOfPack(std::make_shared<const FacePack>(SyntheticPack(2, 64)), {});
  Evaluation evaluation;
  for (size_t i = 0; i < faces.size(); ++i) {
    std::vector<Point2f>& points = faces[i].truth_px;
    for (size_t k = 36; k < 48; ++k)
      points[k].y = k % 6 % 3 == 0 ? 30.0F : k % 6 < 3 ? 20.0F : 40.0F;
    evaluation.faces.push_back({i, 1.0, points});
  }
  EXPECT_FALSE(DrawShutEyes(evaluation, faces, Ibug68()));
  for (size_t k = 36; k < 42; ++k) {
    faces[1].truth_px[k] = {10.0F * static_cast<float>(k % 6 < 4 ? k % 6 : 6 - k % 6), 30.0F};
  }
  const auto one = DrawShutEyes(evaluation, faces, Ibug68());
  ASSERT_TRUE(one);
  EXPECT_LT(one->height_px, 2 * 240);
  EXPECT_GT(CountPixels(*one, IsGreen), 20);
  EXPECT_FALSE(DrawShutEyes(evaluation, faces, Nose1()));
}

}  // namespace
}  // namespace nosetip
