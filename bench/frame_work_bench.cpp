// The work on a frame besides the networks: decoding the detector, crops, smoothing and drawing.
#include <array>
#include <cstdint>
#include <ctime>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/bench_inputs.h"
#include "tracker/core/crop.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/core/metrics.h"
#include "tracker/core/shape_fit.h"
#include "tracker/tracking/landmark_smoother.h"
#include "tracker/vision/head_pose.h"
#include "tracker/vision/image_ops.h"
#include "tracker/vision/overlay.h"
#include "tracker/vision/yunet_decode.h"

namespace nosetip {
namespace {

constexpr std::array kStridesPx = {8, 16, 32};

struct DetectorOutputs {
  std::vector<float> cls;
  std::vector<float> obj;
  std::vector<float> bbox;
};

// One cell in `every` has a high score, as around real faces; the others have a low one.
DetectorOutputs MakeOutputs(size_t cells, size_t every) {
  DetectorOutputs outputs{std::vector<float>(cells, 0.01F), std::vector<float>(cells, 0.01F),
                          std::vector<float>(4 * cells, 0.5F)};
  for (size_t i = 0; i < cells; i += every) outputs.cls[i] = outputs.obj[i] = 0.9F;
  return outputs;
}

// From the raw outputs of the face detector to boxes.
void DecodeDetector(benchmark::State& state) {
  constexpr float kMinScore = 0.6F;
  constexpr float kMaxIou = 0.3F;
  const auto side = static_cast<int>(state.range(0));
  std::array<DetectorOutputs, kStridesPx.size()> outputs;
  std::array<YuNetScale, kStridesPx.size()> scales;
  for (size_t i = 0; i < scales.size(); ++i) {
    const auto cells_per_side = static_cast<size_t>(side / kStridesPx[i]);
    outputs[i] = MakeOutputs(cells_per_side * cells_per_side, 97);
    scales[i] = {kStridesPx[i], outputs[i].cls, outputs[i].obj, outputs[i].bbox};
  }
  for (auto _ : state) {
    auto boxes = SuppressOverlaps(DecodeYuNet2023(scales, side, side, kMinScore), kMaxIou);
    benchmark::DoNotOptimize(boxes.data());
  }
}
BENCHMARK(DecodeDetector)
    ->ArgName("input_px")
    ->Arg(128)
    ->Arg(320)
    ->Arg(640)
    ->Unit(benchmark::kMicrosecond);

// Cuts a face out for the landmark network. Crops have range(1) pixels per side: 128 for
// face68-fast, 256 for face68.
void CutCrops(benchmark::State& state, const Affine2& crop_from_frame) {
  const Image image = NoisePicture();
  const auto input_px = static_cast<int>(state.range(1));
  std::vector<float> out(SizePx::Square(input_px).Area());
  for (auto _ : state) {
    CutGrayCrop(image, crop_from_frame, input_px, out);
    benchmark::DoNotOptimize(out.data());
  }
}

// The crop covers range(0) frame pixels per side.
void CropUpright(benchmark::State& state) {
  const auto side = static_cast<float>(state.range(0));
  CutCrops(state,
           CropFromFrame({100.0F, 60.0F, side, side}, 1.0F, static_cast<int>(state.range(1))));
}
BENCHMARK(CropUpright)
    ->ArgNames({"side_px", "input_px"})
    ->ArgsProduct({{64, 150, 300}, {128, 256}})
    ->Unit(benchmark::kMicrosecond);

// A turned crop, as in training.
void CropTurned(benchmark::State& state) {
  const float scale = static_cast<float>(state.range(1)) / static_cast<float>(state.range(0));
  CutCrops(state, Affine2::Similarity(scale, 0.2F, {-20.0F, -40.0F}));
}
BENCHMARK(CropTurned)
    ->ArgNames({"side_px", "input_px"})
    ->ArgsProduct({{150, 300}, {128, 256}})
    ->Unit(benchmark::kMicrosecond);

// What a leaning face takes besides its crop: its surroundings, range(0) frame pixels per side.
void TurnUpright(benchmark::State& state) {
  const Image image = NoisePicture();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        CutTurned(image, {320.0F, 240.0F}, static_cast<float>(state.range(0)), 0.5F));
  }
}
BENCHMARK(TurnUpright)
    ->ArgName("side_px")
    ->Arg(150)
    ->Arg(300)
    ->Arg(600)
    ->Unit(benchmark::kMicrosecond);

void SmoothFaces(benchmark::State& state) {
  SmoothingOptions options;
  options.smooth = true;
  LandmarkSmoother smoother(Ibug68(), options);
  const auto faces = static_cast<int>(state.range(0));
  const std::array<TrackResult, 2> there_and_back = {MadeUpFaces(faces, 0.0F),
                                                     MadeUpFaces(faces, 0.7F)};
  int64_t frame = 0;
  for (auto _ : state) {
    TrackResult result = there_and_back[static_cast<size_t>(frame % 2)];
    result.pts_s = static_cast<double>(++frame) / 30.0;
    smoother.Smooth(result);
    benchmark::DoNotOptimize(result.faces.data());
  }
}
BENCHMARK(SmoothFaces)->ArgName("faces")->Arg(1)->Arg(4)->Arg(16)->Unit(benchmark::kMicrosecond);

// From points to points in millimeters, for a turned face that is unlike the mean.
void FitFaceShape(benchmark::State& state) {
  const PinholeCamera camera = {640.0, 640.0, 319.5, 239.5};
  ShapeFit face{RotationOf({0.1F, 0.4F, -0.1F}), {30.0, -20.0, 600.0}, {}};
  face.coefficients.fill(0.7);
  Landmarks landmarks;
  for (const Point3& p : CameraPoints(face)) landmarks.points_px.push_back(Projected(camera, p));
  const HeadPose start = *EstimateHeadPose(landmarks.points_px, Ibug68(), camera);
  std::vector<double> times_ms;
  for (auto _ : state) {
    const std::clock_t before = std::clock();
    benchmark::DoNotOptimize(FitShape(landmarks, Ibug68(), start));
    times_ms.push_back(1e3 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
  }
  state.counters["p50_ms"] = Percentile(times_ms, 50.0);
  state.counters["p99_ms"] = Percentile(times_ms, 99.0);
}
BENCHMARK(FitFaceShape)->Unit(benchmark::kMillisecond);

void DrawFaces(benchmark::State& state) {
  const Image image = NoisePicture();
  const TrackResult result = MadeUpFaces(static_cast<int>(state.range(0)), 0.0F);
  for (auto _ : state) {
    Image drawn = DrawOverlay(image, result, Ibug68());
    benchmark::DoNotOptimize(drawn.rgb.data());
  }
}
BENCHMARK(DrawFaces)->ArgName("faces")->Arg(1)->Arg(4)->Arg(16)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nosetip
