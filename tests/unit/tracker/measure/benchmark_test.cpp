#include "tracker/measure/benchmark.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/assets.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

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
          LoadLandmarker(AssetPath("models/face68.ntm").string(), ChooseDevice("cpu"), 1), options};
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
  const std::string path = (folder / "grey.png").string();
  WritePicture(path, Image(64, 48));
  Tracker tracker = MakeTracker();
  BenchmarkSettings settings;
  settings.source = path;
  settings.frames = 1;
  try {
    RunBenchmark(settings, tracker);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("grey.png shows no face"));
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

}  // namespace
}  // namespace nosetip
