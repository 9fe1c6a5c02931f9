#include "tracker/model/landmarker.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>

#include <fmt/core.h>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/model/batch_runner.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/cpu_tuning.h"
#include "tracker/model/device.h"
#include "tracker/model/eye_refiner.h"
#include "tracker/model/fallback_landmarker.h"
#include "tracker/model/inference_network.h"

namespace nosetip {
namespace {

// Faces per forward pass, to bound the memory of a frame full of faces.
constexpr size_t kLargestBatch = 32;

using Clock = std::chrono::steady_clock;

double MsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Of those that FastestForm gives on a CPU.
const char* NameOfType(torch::ScalarType type) {
  if (type == torch::kBFloat16) return "bfloat16";
  return type == torch::kQUInt8 ? "8-bit" : "float32";
}

class TorchLandmarker final : public Landmarker {
 public:
  // `note` is appended to HowItRuns.
  TorchLandmarker(Model model, const DeviceChoice& device, const ThreadRequest& threads,
                  std::string note = "")
      : meta_(std::move(model.meta)),
        schema_(&SchemaByName(meta_.schema)),
        device_(TorchDevice(device)),
        form_(device.float32 ? TensorForm{LayoutFor(device_)}
                             : FastestForm(device_, !meta_.ranges.empty())),
        network_(PreparedNetwork(model)),
        gpu_(RunnerFor(network_)),
        eyes_(EyesOf(model)),
        threads_(ChooseThreads(threads)),
        note_(std::move(note)) {}

  // Another one that shares the weights, which no call changes.
  std::unique_ptr<Landmarker> WithSharedWeights() const {
    return std::unique_ptr<Landmarker>(new TorchLandmarker(*this));
  }

  const LandmarkSchema& schema() const override { return *schema_; }
  // A model of whole pictures does not turn them for a face.
  bool WantsUprightFaces() const override { return meta_.view == CropView::kFace; }
  bool IsOnGpu() const { return gpu_ != nullptr; }

  std::string HowItRuns() const override {
    if (gpu_) return nosetip::HowItRuns(*gpu_, form_.type);
    const int threads = threads_.threads();
    return fmt::format("{}, {}, {} {} ({}){}",
                       form_.layout == TensorLayout::kOneDnn ? "oneDNN" : "LibTorch",
                       NameOfType(form_.type), threads, threads == 1 ? "thread" : "threads",
                       threads_.reason(), note_);
  }

  double last_crop_ms() const override { return crop_ms_; }

  double MeasureFaceMs() override {
    if (threads_.picture_ms() > 0.0) return threads_.picture_ms();
    const c10::InferenceMode inference;
    const SizePx size = meta_.network.input_px;
    const Image black(size.width, size.height);
    const std::array whole = {Affine2{}};
    const torch::Tensor crop = InputFor(1).zero_();
    PrepareTorchThread(threads_.threads());
    const auto run = [&](double limit_ms) {
      if (!gpu_) return network_.FinishesWithin(limit_ms, crop);
      gpu_->Run(black, whole);
      return true;
    };
    return Trial().MinMs(run, Trial::kNoLimit);
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
  TorchLandmarker(const TorchLandmarker& other)
      : meta_(other.meta_),
        schema_(other.schema_),
        device_(other.device_),
        form_(other.form_),
        network_(other.network_),
        gpu_(RunnerFor(network_)),
        eyes_(other.eyes_),
        threads_(other.threads_),
        note_(other.note_) {}

  // Null on a CPU.
  std::unique_ptr<BatchRunner> RunnerFor(const InferenceNetwork& network) const {
    if (device_.is_cpu()) return nullptr;
    return MakeGpuRunner(device_, meta_.network.input_px, network);
  }

  InferenceNetwork PreparedNetwork(Model& model) const {
    PrepareTorchThread(1);
    return PreparedFor(device_, model.network, form_, meta_.ranges);
  }

  std::optional<EyeRefiner> EyesOf(const Model& model) const {
    if (!model.eyes) return std::nullopt;
    return EyeRefiner(model.eyes, device_);
  }

  ThreadChoice ChooseThreads(ThreadRequest wanted) {
    // The GPU does nearly all of the work.
    if (wanted.threads == 0 && !device_.is_cpu()) wanted.threads = 1;
    const c10::InferenceMode inference;
    const torch::Tensor black = InputFor(1).zero_();
    Trial trial;
    const auto run = [&](double limit_ms) { return network_.FinishesWithin(limit_ms, black); };
    return {wanted, CoreCount(), [&](int threads, double enough_ms) {
              PrepareTorchThread(threads);
              return trial.MinMs(run, enough_ms);
            }};
  }

  // A buffer for the crops of so many faces, kept between calls.
  torch::Tensor InputFor(int64_t faces) {
    const SizePx size = meta_.network.input_px;
    if (!input_.defined() || input_.size(0) < faces) {
      input_ = torch::empty({faces, 1, size.height, size.width});
    }
    return input_.narrow(0, 0, faces);
  }

  // [N, points, 2 or 3], in units of the crops.
  torch::Tensor RunOnCpu(const Image& image, std::span<const Affine2> crops_from_frame) {
    const SizePx size = meta_.network.input_px;
    const torch::Tensor input = InputFor(static_cast<int64_t>(crops_from_frame.size()));
    const size_t pixels = size.Area();
    const Clock::time_point crops_start = Clock::now();
    for (size_t i = 0; i < crops_from_frame.size(); ++i) {
      CutGrayCrop(image, crops_from_frame[i], size, {input.data_ptr<float>() + i * pixels, pixels});
    }
    crop_ms_ += MsSince(crops_start);
    const Clock::time_point start = Clock::now();
    const torch::Tensor units = network_.Forward(input).contiguous();
    threads_.ReportTime(MsSince(start), static_cast<int>(crops_from_frame.size()));
    return units;
  }

  // Appends to `found`.
  void LocateBatch(const Image& image, std::span<const RectF> boxes,
                   std::vector<Landmarks>& found) {
    const c10::InferenceMode inference;
    const SizePx size = meta_.network.input_px;
    std::vector<Affine2> crops_from_frame;
    crops_from_frame.reserve(boxes.size());
    for (const RectF& box : boxes) {
      crops_from_frame.push_back(CropFromFrame(
          meta_.view == CropView::kPicture ? WholePicture(image) : box, meta_.crop_margin, size));
    }
    const torch::Tensor units =
        gpu_ ? gpu_->Run(image, crops_from_frame) : RunOnCpu(image, crops_from_frame);
    const auto unit = units.accessor<float, 3>();
    const size_t first = found.size();
    for (int64_t i = 0; i < unit.size(0); ++i) {
      Landmarks& face = found.emplace_back();
      face.points_px.reserve(static_cast<size_t>(unit.size(1)));
      if (unit.size(2) == 3) face.expected_error_px.reserve(static_cast<size_t>(unit.size(1)));
      const Affine2 to_frame = crops_from_frame[static_cast<size_t>(i)].Inverse();
      for (int64_t k = 0; k < unit.size(1); ++k) {
        face.points_px.push_back(to_frame.Apply(
            {PixelFromUnit(unit[i][k][0], size.width), PixelFromUnit(unit[i][k][1], size.height)}));
        if (unit.size(2) < 3) continue;
        face.expected_error_px.push_back(std::exp(unit[i][k][2]) * static_cast<float>(size.width) *
                                         to_frame.Scale());
      }
      SetConfidence(face, *schema_);
    }
    if (eyes_) eyes_->Refine(image, std::span(found).subspan(first));
  }

  ModelMeta meta_;
  const LandmarkSchema* schema_;
  torch::Device device_;
  TensorForm form_;
  InferenceNetwork network_;
  std::unique_ptr<BatchRunner> gpu_;  // null on a CPU
  std::optional<EyeRefiner> eyes_;    // nothing for a model without
  torch::Tensor input_;
  double crop_ms_ = 0.0;
  ThreadChoice threads_;
  std::string note_;
};

Model LoadLandmarkModel(const std::string& path) {
  Model model = LoadModel(path);
  if (model.meta.network.architecture == kFaceDetectorArchitecture) {
    throw Error(path +
                " is a face detector; give a model of face landmarks, such as face68.safetensors");
  }
  return model;
}

// In place of a GPU that failed.
std::unique_ptr<TorchLandmarker> LoadOnCpu(const std::string& path, const DeviceChoice& gpu,
                                           const ThreadRequest& threads,
                                           const std::string& failure) {
  if (gpu.insisted) {
    throw Error(fmt::format(
        "the GPU cannot run {} ({}). Use --device auto or cpu to run without it.", path, failure));
  }
  DeviceChoice cpu;
  cpu.float32 = gpu.float32;
  return std::make_unique<TorchLandmarker>(LoadLandmarkModel(path), cpu, threads,
                                           fmt::format(", since the GPU failed ({})", failure));
}

std::unique_ptr<TorchLandmarker> LoadFirst(const std::string& path, const DeviceChoice& device,
                                           const ThreadRequest& threads) {
  Model model = LoadLandmarkModel(path);
  if (device.kind == DeviceKind::kCpu) {
    return std::make_unique<TorchLandmarker>(std::move(model), device, threads);
  }
  std::string failure;
  try {
    return std::make_unique<TorchLandmarker>(std::move(model), device, threads);
  } catch (const std::exception& error) {
    failure = FirstLine(error);
  }
  return LoadOnCpu(path, device, threads, failure);
}

}  // namespace

std::unique_ptr<Landmarker> LoadLandmarker(const std::string& path, const DeviceChoice& device,
                                           int threads) {
  return std::move(LoadLandmarkers(path, device, 1, threads).front());
}

std::unique_ptr<Landmarker> LoadLandmarkerWithoutEyes(const std::string& path) {
  Model model = LoadLandmarkModel(path);
  model.eyes = nullptr;
  return std::make_unique<TorchLandmarker>(std::move(model), DeviceChoice{}, ThreadRequest{});
}

std::vector<std::unique_ptr<Landmarker>> LoadLandmarkers(const std::string& path,
                                                         const DeviceChoice& device, size_t count,
                                                         int threads) {
  Check(count > 0, "a landmarker at least");
  ThreadRequest wanted{threads};
  if (threads == 0 && count > 1) wanted = {1, fmt::format("one for each of {} jobs", count)};
  std::unique_ptr<TorchLandmarker> first = LoadFirst(path, device, wanted);
  const bool on_gpu = first->IsOnGpu();
  std::vector<std::unique_ptr<Landmarker>> landmarkers;
  while (landmarkers.size() + 1 < count) landmarkers.push_back(first->WithSharedWeights());
  landmarkers.push_back(std::move(first));
  if (!on_gpu) return landmarkers;
  const auto load_on_cpu = [=](const std::string& failure) {
    return LoadOnCpu(path, device, wanted, failure);
  };
  for (std::unique_ptr<Landmarker>& landmarker : landmarkers) {
    landmarker = std::make_unique<FallbackLandmarker>(std::move(landmarker), load_on_cpu,
                                                      device.on_fallback);
  }
  return landmarkers;
}

}  // namespace nosetip
