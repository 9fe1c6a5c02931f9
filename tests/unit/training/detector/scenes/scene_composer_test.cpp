#include "training/detector/scenes/scene_composer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/detector/scenes/painted_faces.h"
#include "tests/unit/training/detector/scenes/spot_teacher.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

const std::vector<RectF> kOneFace = {{140.0F, 130.0F, 150.0F, 165.0F}};
const std::vector<RectF> kThreeFaces = {{40.0F, 60.0F, 100.0F, 110.0F},
                                        {210.0F, 150.0F, 120.0F, 140.0F},
                                        {390.0F, 60.0F, 70.0F, 80.0F}};

std::vector<Photograph> Painted(const std::vector<RectF>& faces, FaceDetector* teacher = nullptr,
                                size_t labeled = 99) {
  const TempFolder folder;
  DataSet data = PaintedDataSet(folder.path(), faces);
  data.faces.resize(std::min(labeled, faces.size()));
  return PhotographsOfDataSet(data, 1000, teacher).photographs;
}

SceneOptions Clean() {
  SceneOptions options;
  options.degrade = 0.0F;
  options.empty = 0.0F;
  return options;
}

// How much of a pixel is the color, where it is a mixture with the skin; nothing where it is not.
std::optional<float> PartOf(const Color& color, const uint8_t* rgb) {
  float dot = 0.0F;
  float length = 0.0F;
  std::array<float, 3> from_skin{};
  std::array<float, 3> towards{};
  for (size_t c = 0; c < 3; ++c) {
    from_skin[c] = static_cast<float>(rgb[c]) - static_cast<float>(kSkin[c]);
    towards[c] = static_cast<float>(color[c]) - static_cast<float>(kSkin[c]);
    dot += from_skin[c] * towards[c];
    length += towards[c] * towards[c];
  }
  const float part = dot / length;
  for (size_t c = 0; c < 3; ++c) {
    if (std::abs(from_skin[c] - part * towards[c]) > 6.0F) return std::nullopt;
  }
  return part;
}

// The center of the spot of this color within a disc; nothing where something else is seen there.
std::optional<Point2f> SpotNear(const Image& image, Point2f p, float radius_px,
                                const Color& color) {
  Point2f sum;
  float weight = 0.0F;
  const int reach = static_cast<int>(std::ceil(radius_px));
  const int x0 = static_cast<int>(std::lround(p.x));
  const int y0 = static_cast<int>(std::lround(p.y));
  for (int y = y0 - reach; y <= y0 + reach; ++y) {
    for (int x = x0 - reach; x <= x0 + reach; ++x) {
      if (Distance({static_cast<float>(x), static_cast<float>(y)}, p) > radius_px) continue;
      if (x < 0 || y < 0 || x >= image.width_px || y >= image.height_px) return std::nullopt;
      const auto part = PartOf(color, image.At(x, y));
      if (!part) return std::nullopt;
      sum = sum + *part * Point2f{static_cast<float>(x), static_cast<float>(y)};
      weight += *part;
    }
  }
  if (weight < 0.5F) return std::nullopt;
  return (1.0F / weight) * sum;
}

TEST(SceneComposer, GivesTheSameSceneForTheSameSeed) {
  const auto photographs = Painted(kThreeFaces);
  const SceneComposer composer(photographs, {}, {});
  const SceneComposer other(photographs, {}, {});
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Scene a = composer.Compose(seed);
    const Scene b = other.Compose(seed);
    EXPECT_EQ(a.image.rgb, b.image.rgb) << seed;
    ASSERT_EQ(a.faces.size(), b.faces.size()) << seed;
    for (size_t i = 0; i < a.faces.size(); ++i) EXPECT_EQ(a.faces[i].box, b.faces[i].box);
    EXPECT_NE(a.image.rgb, composer.Compose(seed + 1).image.rgb) << seed;
  }
}

TEST(SceneComposer, GivesTheSameSceneWhateverWasComposedBefore) {
  const auto photographs = Painted(kThreeFaces);
  const SceneComposer composer(photographs, {}, {});
  constexpr uint64_t kScenes = 40;
  std::vector<std::vector<uint8_t>> first;
  for (uint64_t seed = 0; seed < kScenes; ++seed) first.push_back(composer.Compose(seed).image.rgb);
  for (uint64_t seed = 0; seed < kScenes; ++seed) {
    EXPECT_EQ(composer.Compose(seed).image.rgb, first[seed]) << seed;
  }
}

TEST(SceneComposer, HasTheSizeAskedFor) {
  const auto photographs = Painted(kOneFace);
  SceneOptions options;
  options.size_px = 192;
  const Scene scene = SceneComposer(photographs, {}, options).Compose(3);
  EXPECT_EQ(scene.image.width_px, 192);
  EXPECT_EQ(scene.image.height_px, 192);
}

TEST(SceneComposer, FacesToBeFoundAreLargeEnoughAndSeen) {
  const auto photographs = Painted(kThreeFaces);
  SceneOptions options;
  options.min_face_px = 20.0F;
  const SceneComposer composer(photographs, {}, options);
  const RectF frame{-0.5F, -0.5F, 320.0F, 320.0F};
  int found = 0;
  int small = 0;
  int large = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    for (const SceneFace& face : composer.Compose(seed).faces) {
      if (face.ignored) continue;
      ++found;
      EXPECT_GE(face.box.height, 20.0F) << seed;
      // Half of the outline is less than half of the box where a corner is cut off.
      EXPECT_GT(Intersection(face.box, frame).Area(), 0.4F * face.box.Area()) << seed;
      EXPECT_LT(face.box.height, 1.12F * 320.0F * 1.5F) << seed;
      small += face.box.height < 40.0F ? 1 : 0;
      large += face.box.height > 120.0F ? 1 : 0;
    }
  }
  EXPECT_GT(found, 300);
  EXPECT_GT(small, 50);
  EXPECT_GT(large, 50);
}

TEST(SceneComposer, WithoutFacesHasNone) {
  const auto photographs = Painted(kThreeFaces);
  SceneOptions options;
  options.empty = 1.0F;
  const SceneComposer composer(photographs, {}, options);
  for (uint64_t seed = 0; seed < 100; ++seed) {
    EXPECT_TRUE(composer.Compose(seed).faces.empty()) << seed;
  }
}

TEST(SceneComposer, PointsAreWhereTheirPixelsAre) {
  const auto photographs = Painted(kOneFace);
  SceneOptions options = Clean();
  options.max_roll_deg = 0.0F;
  options.max_faces = 1;
  const SceneComposer composer(photographs, {}, options);
  std::array<int, 4> found{};  // by size
  std::array<int, 2> mirrored{};
  for (uint64_t seed = 0; seed < 400; ++seed) {
    const Scene scene = composer.Compose(seed);
    for (const SceneFace& face : scene.faces) {
      if (face.ignored) continue;
      const auto& p = face.points_px;
      EXPECT_LT(p[0].x, p[1].x) << seed;
      EXPECT_LT(p[3].x, p[4].x) << seed;
      EXPECT_NEAR(p[0].y, p[1].y, 0.01F) << seed;
      const float height_px = face.box.height;
      const float reach_px = kDiscRadius * height_px + 1.6F;
      for (const size_t k : {0U, 1U, 2U, 3U, 4U}) {
        constexpr std::array<size_t, 5> kMirror = {1, 0, 2, 4, 3};
        for (const size_t m : {0U, 1U}) {
          const size_t color = m == 0 ? k : kMirror[k];
          const auto spot = SpotNear(scene.image, p[k], reach_px, kPointColors[color]);
          if (!spot) continue;
          EXPECT_LT(Distance(*spot, p[k]), 0.15F + 0.002F * height_px)
              << "seed " << seed << " point " << k << " height " << height_px;
          ++found[height_px < 24.0F ? 0 : height_px < 64.0F ? 1 : height_px < 160.0F ? 2 : 3];
          if (k != 2) ++mirrored[m];
        }
      }
    }
  }
  for (const int count : found) EXPECT_GT(count, 60);
  for (const int count : mirrored) EXPECT_GT(count, 200);
}

TEST(SceneComposer, TurnsFacesWithinTheLimit) {
  const auto photographs = Painted(kOneFace);
  SceneOptions options = Clean();
  options.max_roll_deg = 30.0F;
  const SceneComposer composer(photographs, {}, options);
  float most_deg = 0.0F;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    for (const SceneFace& face : composer.Compose(seed).faces) {
      const Point2f across = face.points_px[1] - face.points_px[0];
      const float roll_deg = std::atan2(across.y, across.x) * 57.29578F;
      most_deg = std::max(most_deg, std::abs(roll_deg));
    }
  }
  EXPECT_GT(most_deg, 25.0F);
  EXPECT_LT(most_deg, 30.1F);
}

// The centers of all places that show the nose's color.
std::vector<Point2f> NosesIn(const Image& image) {
  std::vector<Point2f> noses;
  for (int y = 1; y + 1 < image.height_px; ++y) {
    for (int x = 1; x + 1 < image.width_px; ++x) {
      bool all = true;
      for (int i = 0; i < 9 && all; ++i) {
        const uint8_t* rgb = image.At(x + i % 3 - 1, y + i / 3 - 1);
        for (size_t c = 0; c < 3; ++c) all = all && rgb[c] == kPointColors[2][c];
      }
      if (all) noses.push_back({static_cast<float>(x), static_cast<float>(y)});
    }
  }
  return noses;
}

bool IsMarked(const Scene& scene, Point2f p) {
  return std::ranges::any_of(scene.faces, [&](const SceneFace& face) {
    const RectF& box = face.box;
    return p.x >= box.x && p.y >= box.y && p.x <= box.x + box.width && p.y <= box.y + box.height;
  });
}

TEST(SceneComposer, LeavesNoFaceUnmarked) {
  SpotTeacher teacher;
  const auto photographs = Painted(kThreeFaces, &teacher, 1);
  const SceneComposer composer(photographs, {}, Clean());
  int seen = 0;
  int ignored = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Scene scene = composer.Compose(seed);
    for (const Point2f nose : NosesIn(scene.image)) {
      ++seen;
      EXPECT_TRUE(IsMarked(scene, nose)) << seed << ": " << nose.x << ", " << nose.y;
    }
    for (const SceneFace& face : scene.faces) ignored += face.ignored ? 1 : 0;
  }
  EXPECT_GT(seen, 1000);
  EXPECT_GT(ignored, 100);
}

TEST(SceneComposer, CutsOfWholePhotographsMarkEveryFace) {
  auto photographs = Painted(kThreeFaces);
  for (Photograph& photograph : photographs) photograph.all_labeled = true;
  const SceneComposer composer(photographs, {}, Clean());
  int seen = 0;
  int small = 0;
  int large = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Scene scene = composer.Compose(seed);
    for (const Point2f nose : NosesIn(scene.image)) {
      ++seen;
      EXPECT_TRUE(IsMarked(scene, nose)) << seed << ": " << nose.x << ", " << nose.y;
    }
    for (const SceneFace& face : scene.faces) {
      if (face.ignored) continue;
      small += face.box.height < 32.0F ? 1 : 0;
      large += face.box.height > 160.0F ? 1 : 0;
    }
  }
  EXPECT_GT(seen, 1000);
  EXPECT_GT(small, 50);
  EXPECT_GT(large, 20);
}

TEST(SceneComposer, TakesAsManyWholePhotographsAsAskedFor) {
  auto photographs = Painted(kThreeFaces);
  photographs.push_back(photographs.front());
  photographs.back().all_labeled = true;
  for (FaceLabel& face : photographs.back().faces) face.has_points = false;
  const auto part_of_whole = [&](float whole) {
    SceneOptions options = Clean();
    options.whole = whole;
    const SceneComposer composer(photographs, {}, options);
    int of_whole = 0;
    int all = 0;
    for (uint64_t seed = 0; seed < 100; ++seed) {
      for (const SceneFace& face : composer.Compose(seed).faces) {
        ++all;
        of_whole += face.has_points ? 0 : 1;
      }
    }
    return static_cast<float>(of_whole) / static_cast<float>(all);
  };
  EXPECT_EQ(part_of_whole(0.0F), 0.0F);
  EXPECT_EQ(part_of_whole(1.0F), 1.0F);
  EXPECT_GT(part_of_whole(0.5F), 0.2F);
}

TEST(SceneComposer, WithoutFacesShowsNoNose) {
  const auto photographs = Painted(kThreeFaces);
  SceneOptions options = Clean();
  options.empty = 1.0F;
  const SceneComposer composer(photographs, {}, options);
  for (uint64_t seed = 0; seed < 200; ++seed) {
    EXPECT_TRUE(NosesIn(composer.Compose(seed).image).empty()) << seed;
  }
}

TEST(SceneComposer, WhatTheTeacherSeesInABackgroundIsIgnored) {
  const TempFolder folder;
  const auto photographs = Painted(kOneFace);
  PaintedDataSet(folder.path(), kThreeFaces);
  SpotTeacher teacher;
  const auto backgrounds = PhotographsWithoutFaces(folder.path(), 600, &teacher).photographs;
  ASSERT_EQ(backgrounds.at(0).unlabeled.size(), 3U);
  SceneOptions options = Clean();
  options.empty = 1.0F;
  const SceneComposer composer(photographs, backgrounds, options);
  int ignored = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const Scene scene = composer.Compose(seed);
    for (const Point2f nose : NosesIn(scene.image)) EXPECT_TRUE(IsMarked(scene, nose)) << seed;
    for (const SceneFace& face : scene.faces) {
      EXPECT_TRUE(face.ignored);
      ++ignored;
    }
  }
  EXPECT_GT(ignored, 20);
}

TEST(SceneComposer, NamesAnOptionOutOfRange) {
  const auto photographs = Painted(kOneFace);
  SceneOptions options;
  options.empty = 1.5F;
  try {
    const SceneComposer composer(photographs, {}, options);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("--empty-scenes"), std::string::npos) << error.what();
  }
  options = {};
  options.min_face_px = 400.0F;
  EXPECT_THROW(SceneComposer(photographs, {}, options), Error);
}

TEST(SceneComposer, NeedsPhotographs) { EXPECT_THROW(SceneComposer({}, {}, {}), Error); }

}  // namespace
}  // namespace nosetip
