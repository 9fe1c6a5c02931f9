// How often a frame with a followed face asks for memory, once a few frames have warmed up: in all,
// and in its parts alone. The detector has nothing to do in these frames.
#include <array>
#include <functional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <torch/torch.h>

#include "tests/support/allocation_count.h"
#include "tracker/core/crop.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/batch_runner.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/sources/pictures.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/head_pose.h"

namespace nosetip {
namespace {

constexpr double kFrameS = 1.0 / 30.0;

struct Part {
  const char* name;
  std::function<void()> work;
  int64_t allocations = 0;
};

std::string ModelPath() { return AssetPath("models/face68.ntm").string(); }

Frame Portrait() {
  Frame frame;
  frame.image = ReadPicture(AssetPath("samples/astronaut.png").string());
  return frame;
}

Tracker OneFaceTracker() {
  TrackerOptions options;
  options.max_faces = 1;  // so that no others are searched for
  options.confirm_interval = 1000;
  options.smoothing.smooth = true;
  DetectorOptions detector;
  detector.detector = AssetPath("models/face_detector.onnx").string();
  return {CreateYuNetDetector(detector), LoadLandmarker(ModelPath(), {}, /*threads=*/1), options};
}

void AllocationsOfAFollowedFace(benchmark::State& state) {
  Frame frame = Portrait();
  Tracker tracker = OneFaceTracker();
  TrackResult result = tracker.Step(frame);
  Check(result.faces.size() == 1, "a portrait");
  const RectF box = result.faces[0].box.rect;

  const auto landmarker = LoadLandmarker(ModelPath(), {}, /*threads=*/1);
  const Model model = LoadModel(ModelPath());
  const SizePx size = model.meta.network.input_px;
  const TensorForm form = FastestForm(torch::kCPU, !model.meta.ranges.empty());
  const InferenceNetwork network = PreparedFor(torch::kCPU, model.network, form, model.meta.ranges);
  const torch::Tensor crop = torch::zeros({1, 1, size.height, size.width});
  const Affine2 crop_from_frame = CropFromFrame(box, model.meta.crop_margin, size);
  LandmarkSmoother smoother(tracker.schema(), {.smooth = true});
  TrackResult smoothed = result;
  const PinholeCamera camera = CameraForFrame(frame.image.width_px, frame.image.height_px);

  std::array parts = {
      Part{"all",
           [&] {
             frame.pts_s += kFrameS;
             result = tracker.Step(frame);
             Check(result.faces.size() == 1 && result.timings.detect_ms == 0.0, "a followed face");
           }},
      Part{"landmarks",
           [&] {
             landmarker->Locate(frame.image, {&box, 1});
           }},
      Part{"of_these_crop",
           [&] {
             CutGrayCrop(frame.image, crop_from_frame, size, {crop.data_ptr<float>(), size.Area()});
           }},
      Part{"of_these_network", [&] { network.Forward(crop); }},
      Part{"smooth",
           [&] {
             smoothed.pts_s += kFrameS;
             smoother.Smooth(smoothed);
           }},
      Part{"pose",
           [&] {
             const auto& points = result.faces[0].landmarks.points_px;
             benchmark::DoNotOptimize(EstimateHeadPose(points, tracker.schema(), camera));
           }},
  };
  for (int warm_up = 0; warm_up < 10; ++warm_up) {
    for (const Part& part : parts) part.work();
  }
  for (auto _ : state) {
    for (Part& part : parts) part.allocations += AllocationsOf(part.work);
  }
  for (const Part& part : parts) {
    state.counters[part.name] = benchmark::Counter(static_cast<double>(part.allocations),
                                                   benchmark::Counter::kAvgIterations);
  }
}
BENCHMARK(AllocationsOfAFollowedFace)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nosetip
