// The number of memory allocations for a frame with a followed face after a few frames of warm-up:
// in all, and in its parts alone. The detector does not run in these frames.
#include <array>
#include <cstdint>
#include <memory>
#include <string>

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
#include "tracker/vision/intrinsics.h"

namespace nosetip {
namespace {

constexpr double kFrameS = 1.0 / 30.0;

std::string ModelPath() { return AssetPath("models/face68.safetensors").string(); }

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

// The work on a followed face: all of it, and its parts alone.
class FollowedFace {
 public:
  FollowedFace() {
    Check(result_.faces.size() == 1, "a portrait");
    smoothed_ = result_;
  }

  void All() {
    frame_.pts_s += kFrameS;
    result_ = tracker_.Step(frame_);
    Check(result_.faces.size() == 1 && result_.timings.detect_ms == 0.0, "a followed face");
  }
  void Locate() { landmarker_->Locate(frame_.image, {&box_, 1}); }
  void Crop() {
    CutGrayCrop(frame_.image, crop_from_frame_, size_, {crop_.data_ptr<float>(), size_.Area()});
  }
  void RunNetwork() { network_.Forward(crop_); }
  void Smooth() {
    smoothed_.pts_s += kFrameS;
    smoother_.Smooth(smoothed_);
  }
  void EstimatePose() {
    const auto& points = result_.faces[0].landmarks.points_px;
    benchmark::DoNotOptimize(EstimateHeadPose(points, tracker_.schema(), camera_));
  }

 private:
  Frame frame_ = Portrait();
  Tracker tracker_ = OneFaceTracker();
  TrackResult result_ = tracker_.Step(frame_);
  RectF box_ = result_.faces.at(0).box.rect;
  std::unique_ptr<Landmarker> landmarker_ = LoadLandmarker(ModelPath(), {}, /*threads=*/1);
  Model model_ = LoadModel(ModelPath());
  SizePx size_ = model_.meta.network.input_px;
  InferenceNetwork network_ =
      PreparedFor(torch::kCPU, model_.network,
                  FastestForm(torch::kCPU, !model_.meta.ranges.empty()), model_.meta.ranges);
  torch::Tensor crop_ = torch::zeros({1, 1, size_.height, size_.width});
  Affine2 crop_from_frame_ = CropFromFrame(box_, model_.meta.crop_margin, size_);
  LandmarkSmoother smoother_{tracker_.schema(), {.smooth = true}};
  TrackResult smoothed_;
  PinholeCamera camera_ = CameraForFrame({frame_.image.width_px, frame_.image.height_px});
};

struct Part {
  const char* name;
  void (FollowedFace::*work)();
  int64_t allocations = 0;
};

void AllocationsOfAFollowedFace(benchmark::State& state) {
  FollowedFace face;
  std::array parts = {
      Part{"all", &FollowedFace::All},
      Part{"landmarks", &FollowedFace::Locate},
      Part{"of_these_crop", &FollowedFace::Crop},
      Part{"of_these_network", &FollowedFace::RunNetwork},
      Part{"smooth", &FollowedFace::Smooth},
      Part{"pose", &FollowedFace::EstimatePose},
  };
  for (int warm_up = 0; warm_up < 10; ++warm_up) {
    for (const Part& part : parts) (face.*part.work)();
  }
  for (auto _ : state) {
    for (Part& part : parts) part.allocations += AllocationsOf([&] { (face.*part.work)(); });
  }
  for (const Part& part : parts) {
    state.counters[part.name] = benchmark::Counter(static_cast<double>(part.allocations),
                                                   benchmark::Counter::kAvgIterations);
  }
}
BENCHMARK(AllocationsOfAFollowedFace)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nosetip
