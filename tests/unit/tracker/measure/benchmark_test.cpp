#include "tracker/measure/benchmark.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Tracker MakeTracker() {
  DetectorOptions detector;
  detector.detector = AssetPath("models/face_detector.onnx").string();
  TrackerOptions options;
  options.max_faces = 16;
  options.smoothing.smooth = true;
  return {CreateYuNetDetector(detector),
          LoadLandmarker(AssetPath("models/face68.safetensors").string(), ChooseDevice("cpu"), 1),
          options};
}

TEST(RunBenchmark, FollowsAllCopiesAndMeasuresEachStage) {
  Tracker tracker = MakeTracker();
  BenchmarkSettings settings;
  settings.source = AssetPath("samples/astronaut.png").string();
  settings.frames = 3;
  settings.warm_up_frames = 1;
  const Benchmark benchmark = RunBenchmark(settings, tracker);
  EXPECT_EQ(benchmark.frame_px.width, 512);
  EXPECT_EQ(benchmark.frame_px.height, 512);
  ASSERT_THAT(benchmark.runs, SizeIs(3));
  std::vector<int> faces;
  for (const BenchmarkRun& run : benchmark.runs) {
    faces.push_back(run.faces);
    EXPECT_DOUBLE_EQ(run.followed, run.faces);
    std::vector<std::string> names;
    for (const StageSamples& stage : run.stages) {
      names.push_back(stage.name);
      EXPECT_THAT(stage.ms, SizeIs(3));
      EXPECT_THAT(stage.ms, Each(Ge(0.0)));
    }
    EXPECT_THAT(names, ElementsAre("decode", "detect", "crop", "landmark", "smooth", "draw",
                                   "encode", "all"));
    for (size_t i = 0; i < 3; ++i) {
      double sum = 0.0;
      for (size_t stage = 0; stage < 7; ++stage) sum += run.stages[stage].ms[i];
      EXPECT_LE(sum, run.stages.back().ms[i] + 1e-6);
    }
  }
  EXPECT_THAT(faces, ElementsAre(1, 4, 16));
}

TEST(RunBenchmark, RefusesAClipWithoutAFace) {
  TempFolder folder;
  const std::string path = (folder / "gray.png").string();
  WritePicture(path, Image(64, 48));
  Tracker tracker = MakeTracker();
  BenchmarkSettings settings;
  settings.source = path;
  settings.frames = 1;
  try {
    RunBenchmark(settings, tracker);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("no face was found"), HasSubstr("gray.png")));
  }
}

TEST(RunBenchmark, RefusesACamera) {
  Tracker tracker = MakeTracker();
  BenchmarkSettings settings;
  settings.source = "0";
  EXPECT_THROW(RunBenchmark(settings, tracker), Error);
}

TEST(RunBenchmark, LeavesOutWhatAStopCutsShort) {
  Tracker tracker = MakeTracker();
  std::stop_source stop;
  stop.request_stop();
  BenchmarkSettings settings;
  settings.source = AssetPath("samples/astronaut.png").string();
  settings.stop = stop.get_token();
  EXPECT_THAT(RunBenchmark(settings, tracker).runs, IsEmpty());
}

// Black but for a white square.
Image WithSquare(int x, int y, int side) {
  Image image(160, 120);
  for (int row = y; row < y + side; ++row) {
    for (int column = x; column < x + side; ++column) image.At(column, row)[1] = 255;
  }
  return image;
}

TEST(CopiesOfFace, PutsTheFaceIntoTheMiddleOfEachCell) {
  const Image copies = CopiesOfFace(WithSquare(100, 10, 40), {99.5F, 9.5F, 40.0F, 40.0F}, 2);
  ASSERT_EQ(copies.width_px, 160);
  ASSERT_EQ(copies.height_px, 120);
  for (const int x : {40, 120}) {
    for (const int y : {30, 90}) {
      EXPECT_EQ(copies.At(x, y)[1], 255);
      EXPECT_EQ(copies.At(x - 14, y)[1], 255);  // half of 60 px by 1.8 is 16.7
      EXPECT_EQ(copies.At(x - 20, y)[1], 0);
      EXPECT_EQ(copies.At(x, y + 20)[1], 0);
      EXPECT_EQ(copies.At(x, y)[0], 0);
    }
  }
}

TEST(CopiesOfFace, GoesOnWithTheBorderOutsideThePicture) {
  const Image copies = CopiesOfFace(WithSquare(0, 0, 40), {-10.0F, -10.0F, 40.0F, 40.0F}, 1);
  EXPECT_EQ(copies.At(0, 0)[1], 255);
  EXPECT_EQ(copies.At(159, 119)[1], 0);
}

TEST(CopiesOfFace, FillsAGridOfAnotherShapeAndSize) {
  const Image copies = CopiesOfFace(WithSquare(100, 10, 40), {99.5F, 9.5F, 40.0F, 40.0F},
                                    FaceGrid{2, 1, {400, 300}});
  ASSERT_EQ(copies.width_px, 400);
  ASSERT_EQ(copies.height_px, 300);
  for (const int x : {100, 300}) {
    EXPECT_EQ(copies.At(x + 50, 150)[1], 255);  // half of 200 px by 1.8 is 55.6
    EXPECT_EQ(copies.At(x - 62, 150)[1], 0);
    EXPECT_EQ(copies.At(x, 150 - 62)[1], 0);
  }
}

TEST(FilledWith, KeepsThePictureWhereTheSizeIsTheSame) {
  const Image image = WithSquare(100, 10, 40);
  EXPECT_EQ(FilledWith(image, {160, 120}, {0.0F, 0.0F}).rgb, image.rgb);
}

TEST(FilledWith, CutsOffWhatIsFarFromTheMiddle) {
  const Image image = WithSquare(0, 80, 40);  // in the left bottom corner
  const Image low = FilledWith(image, {320, 120}, {20.0F, 100.0F});
  EXPECT_EQ(low.At(4, 115)[1], 255);
  EXPECT_EQ(low.At(160, 115)[1], 0);
  const Image high = FilledWith(image, {320, 120}, {20.0F, 0.0F});
  EXPECT_EQ(high.At(4, 115)[1], 0);
}

}  // namespace

}  // namespace nosetip
