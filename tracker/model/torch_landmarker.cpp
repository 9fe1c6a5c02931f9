#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "tracker/core/confidence.h"
#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/model/inference_network.h"
#include "tracker/model/landmarker.h"
#include "tracker/model/thread_choice.h"

namespace nosetip {
namespace {

// Faces a forward pass: bounds the memory of a frame full of faces.
constexpr size_t kLargestBatch = 32;

using Clock = std::chrono::steady_clock;

double MsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Of a black picture on so many threads: the least of a few runs after one that prepares the
// kernels, as far as `enough_ms` last.
double MeasureMs(const InferenceNetwork& network, const torch::Tensor& picture, int threads,
                 double enough_ms) {
  constexpr int kRuns = 4;
  PrepareTorchThread(threads);
  double least_ms = std::numeric_limits<double>::max();
  const Clock::time_point start = Clock::now();
  for (int i = 0; i < kRuns && MsSince(start) < enough_ms; ++i) {
    const Clock::time_point run_start = Clock::now();
    network.Forward(picture);
    least_ms = std::min(least_ms, MsSince(run_start));
  }
  return least_ms;
}

class TorchLandmarker final : public Landmarker {
 public:
  TorchLandmarker(Model model, const DeviceChoice& device, const ThreadWish& threads)
      : meta_(std::move(model.meta)),
        schema_(&SchemaByName(meta_.schema)),
        device_(TorchDevice(device)),
        layout_(LayoutFor(device_)),
        network_(PreparedNetwork(model, device_, layout_)),
        threads_(ChooseThreads(threads)) {}

  // Another one that shares the weights, which no call changes; its own is what calls write to.
  std::unique_ptr<Landmarker> Twin() const {
    auto twin = std::make_unique<TorchLandmarker>(*this);
    twin->input_ = torch::Tensor();
    return twin;
  }

  const LandmarkSchema& schema() const override { return *schema_; }

  std::string HowItRuns() const override {
    if (!device_.is_cpu()) return "LibTorch on the GPU";
    const int threads = threads_.threads();
    std::string text = layout_ == TensorLayout::kOneDnn ? "oneDNN, " : "LibTorch, ";
    text += std::to_string(threads) + (threads == 1 ? " thread" : " threads");
    return text + " (" + threads_.reason() + ")";
  }

  double last_crop_ms() const override { return crop_ms_; }

  double MeasureFaceMs() override {
    if (threads_.picture_ms() > 0.0) return threads_.picture_ms();
    const c10::InferenceMode inference;
    return MeasureMs(network_, InputFor(1).zero_().to(device_), threads_.threads(),
                     std::numeric_limits<double>::max());
  }

  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    PrepareTorchThread(threads_.threads());
    crop_ms_ = 0.0;
    std::vector<Landmarks> found;
    found.reserve(boxes.size());
    for (size_t first = 0; first < boxes.size(); first += kLargestBatch) {
      LocateBatch(image, boxes.subspan(first, std::min(kLargestBatch, boxes.size() - first)),
                  found);
    }
    return found;
  }

 private:
  static InferenceNetwork PreparedNetwork(Model& model, torch::Device device, TensorLayout layout) {
    PrepareTorchThread(1);
    model.network->to(device);
    return {model.network, layout};
  }

  ThreadChoice ChooseThreads(ThreadWish wanted) {
    // A GPU does the work; what is left for the CPU is little.
    if (wanted.threads == 0 && !device_.is_cpu()) wanted.threads = 1;
    const c10::InferenceMode inference;
    const torch::Tensor black = InputFor(1).zero_();
    return {wanted, CoreCount(), [&](int threads, double enough_ms) {
              return MeasureMs(network_, black, threads, enough_ms);
            }};
  }

  // Room for the crops of so many faces, the same each time.
  torch::Tensor InputFor(int64_t faces) {
    const SizePx size = meta_.network.input_px;
    if (!input_.defined() || input_.size(0) < faces) {
      input_ = torch::empty({faces, 1, size.height, size.width});
    }
    return input_.narrow(0, 0, faces);
  }

  // Appends to `found`.
  void LocateBatch(const Image& image, std::span<const RectF> boxes,
                   std::vector<Landmarks>& found) {
    const c10::InferenceMode inference;
    const SizePx size = meta_.network.input_px;
    const torch::Tensor input = InputFor(static_cast<int64_t>(boxes.size()));
    const size_t pixels = size.Area();
    std::vector<Affine2> frame_from_crop;
    const Clock::time_point crops_start = Clock::now();
    for (size_t i = 0; i < boxes.size(); ++i) {
      const RectF box = meta_.view == CropView::kPicture ? WholePicture(image) : boxes[i];
      const Affine2 crop_from_frame = CropFromFrame(box, meta_.crop_margin, size);
      CutGrayCrop(image, crop_from_frame, size, {input.data_ptr<float>() + i * pixels, pixels});
      frame_from_crop.push_back(crop_from_frame.Inverse());
    }
    crop_ms_ += MsSince(crops_start);
    const Clock::time_point start = Clock::now();
    const torch::Tensor units = network_.Forward(input.to(device_)).cpu().contiguous();
    threads_.Took(MsSince(start), static_cast<int>(boxes.size()));
    const auto unit = units.accessor<float, 3>();
    for (int64_t i = 0; i < unit.size(0); ++i) {
      Landmarks& face = found.emplace_back();
      const Affine2& to_frame = frame_from_crop[static_cast<size_t>(i)];
      for (int64_t k = 0; k < unit.size(1); ++k) {
        face.points_px.push_back(to_frame.Apply(
            {PixelFromUnit(unit[i][k][0], size.width), PixelFromUnit(unit[i][k][1], size.height)}));
        if (unit.size(2) < 3) continue;
        face.expected_error_px.push_back(std::exp(unit[i][k][2]) * static_cast<float>(size.width) *
                                         to_frame.Scale());
      }
      SetConfidence(face, *schema_);
    }
  }

  ModelMeta meta_;
  const LandmarkSchema* schema_;
  torch::Device device_;
  TensorLayout layout_;
  InferenceNetwork network_;
  torch::Tensor input_;
  double crop_ms_ = 0.0;
  ThreadChoice threads_;
};

}  // namespace

std::unique_ptr<Landmarker> LoadLandmarker(const std::string& path, const DeviceChoice& device,
                                           int threads) {
  return std::move(LoadLandmarkers(path, device, 1, threads).front());
}

std::vector<std::unique_ptr<Landmarker>> LoadLandmarkers(const std::string& path,
                                                         const DeviceChoice& device, size_t count,
                                                         int threads) {
  Check(count > 0, "a landmarker at least");
  Model model = LoadModel(path);
  if (model.meta.network.architecture == kFaceDetectorArchitecture) {
    throw Error(path + " is a face detector; give a model of face landmarks, such as face68.ntm");
  }
  ThreadWish wanted{threads};
  if (threads == 0 && count > 1) wanted = {1, "one for each of " + std::to_string(count) + " jobs"};
  auto first = std::make_unique<TorchLandmarker>(std::move(model), device, wanted);
  std::vector<std::unique_ptr<Landmarker>> landmarkers;
  while (landmarkers.size() + 1 < count) landmarkers.push_back(first->Twin());
  landmarkers.push_back(std::move(first));
  return landmarkers;
}

}  // namespace nosetip
