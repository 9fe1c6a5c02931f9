#include "tracker/model/batch_runner.h"

#include <algorithm>
#include <bit>
#include <mutex>
#include <shared_mutex>

#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <fmt/core.h>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/model/cuda_graph.h"

namespace nosetip {
namespace {

constexpr int kMaxFaces = 32;
constexpr int kMaxSamples = 8;
// Per batch, to bound its memory: as many as 32 crops of 128 px with 2 samples per side have.
constexpr size_t kMaxTaps = size_t{1} << 23;
// Enough for frames of 1280x720; the buffer grows with larger ones.
constexpr int64_t kFirstPixels = int64_t{1} << 20;

template <typename T>
std::span<T> Numbers(const torch::Tensor& tensor, size_t first, size_t count) {
  return {tensor.data_ptr<T>() + first, count};
}

// [P] float32, 0 to 1.
torch::Tensor Luma(const torch::Tensor& pixels) {
  // These convert the bytes to floats, which saves a pass.
  torch::Tensor luma = pixels.select(1, 0) * (kLumaOfRgb[0] / 255.0F);
  luma.add_(pixels.select(1, 1), kLumaOfRgb[1] / 255.0F);
  return luma.add_(pixels.select(1, 2), kLumaOfRgb[2] / 255.0F);
}

}  // namespace

std::shared_mutex& RecordingMutex() {
  static std::shared_mutex mutex;
  return mutex;
}

BatchRunner::BatchRunner(BatchSetup setup) : setup_(std::move(setup)) {
  const c10::InferenceMode inference;
  if (setup_.device.is_cuda()) {
    const c10::impl::VirtualGuardImpl cuda(setup_.device.type());
    // The weights are still on their way there, in another stream.
    cuda.getStream(setup_.device).synchronize();
    stream_ = cuda.getStreamFromGlobalPool(setup_.device, /*isHighPriority=*/true);
  }
  c10::OptionalStreamGuard guard;
  if (stream_) guard.reset_stream(*stream_);
  Start();
  RecordAll();
  if (failure_.empty()) return;
  // Throws where what broke the recording has broken the device, too.
  Compute({});
  WaitForDevice();
}

BatchRunner::Mirror BatchRunner::MakeMirror(at::IntArrayRef sizes, torch::ScalarType type) const {
  const auto options = torch::TensorOptions().dtype(type);
  return {torch::zeros(sizes, options.pinned_memory(setup_.device.is_cuda())),
          torch::zeros(sizes, options.device(setup_.device))};
}

int BatchRunner::LargestBatch(int samples) const {
  const size_t taps = 4 * static_cast<size_t>(samples * samples) * setup_.input_px.Area();
  int faces = kMaxFaces;
  while (faces > 1 && static_cast<size_t>(faces) * taps > kMaxTaps) faces /= 2;
  return faces;
}

int64_t BatchRunner::TableSize(Shape shape) const {
  return static_cast<int64_t>(shape.faces) *
         static_cast<int64_t>(CropTaps::TableSize(setup_.input_px, shape.samples));
}

void BatchRunner::Start() {
  const std::unique_lock lock(RecordingMutex());
  int64_t most = 0;
  for (int samples = 1; samples <= kMaxSamples; samples *= 2) {
    most = std::max(most, TableSize({LargestBatch(samples), samples}));
  }
  tables_ = MakeMirror({2 * most}, torch::kInt32);
  pixels_ = MakeMirror({kFirstPixels, 3}, torch::kUInt8);
  const SizePx size = setup_.input_px;
  const torch::Tensor black = torch::full({1, 1, size.height, size.width}, -0.5F, setup_.device);
  const torch::Tensor answer = setup_.network(black);
  answer_ = MakeMirror({kMaxFaces, answer.size(1), answer.size(2)}, torch::kFloat32);
  Compute({});
  WaitForDevice();
}

void BatchRunner::RecordAll() {
  for (int samples = 1; samples <= kMaxSamples; samples *= 2) {
    for (int faces = 1; faces <= LargestBatch(samples); faces *= 2) {
      // Unlocked in between, so that others can work, such as the landmarker that this one
      // replaces.
      const std::unique_lock lock(RecordingMutex());
      Record({faces, samples});
    }
  }
}

void BatchRunner::Record(Shape shape) {
  if (!setup_.record) return;
  const auto work = [this, shape] { Compute(shape); };
  try {
    // The first runs choose kernels and allocate workspaces, which cannot be recorded.
    constexpr int kWarmUps = 2;
    for (int i = 0; i < kWarmUps; ++i) work();
    WaitForDevice();
    recorded_[shape] = setup_.record(work);
  } catch (const std::exception& error) {
    failure_ = FirstLine(error);
    setup_.record = nullptr;
    recorded_.clear();
  }
}

void BatchRunner::Compute(Shape shape) {
  const int64_t sides = setup_.input_px.height + setup_.input_px.width;
  const torch::Tensor tables = tables_.device.narrow(0, 0, 2 * TableSize(shape))
                                   .view({2, shape.faces, 2 * int64_t{shape.samples}, sides});
  const torch::Tensor crops =
      CutGrayCrops(pixels_.device, {tables.select(0, 0), tables.select(0, 1).view(torch::kFloat32)},
                   setup_.input_px);
  answer_.device.narrow(0, 0, shape.faces).copy_(setup_.network(crops));
}

torch::Tensor BatchRunner::Run(const Image& picture, std::span<const Affine2> crops_from_frame) {
  Check(!crops_from_frame.empty(), "a crop or more");
  const c10::InferenceMode inference;
  std::vector<CropTaps> crops;
  crops.reserve(crops_from_frame.size());
  unsigned samples = 1;
  for (const Affine2& crop_from_frame : crops_from_frame) {
    crops.emplace_back(SizePx{picture.width_px, picture.height_px}, crop_from_frame,
                       setup_.input_px);
    samples = std::max(samples, std::bit_ceil(static_cast<unsigned>(crops.back().samples())));
  }
  c10::OptionalStreamGuard guard;
  if (stream_) guard.reset_stream(*stream_);
  const auto largest = static_cast<size_t>(LargestBatch(static_cast<int>(samples)));
  const std::span<const CropTaps> all = crops;
  std::vector<torch::Tensor> answers;
  for (size_t first = 0; first < all.size(); first += largest) {
    answers.push_back(RunBatch(picture, all.subspan(first, std::min(largest, all.size() - first)),
                               static_cast<int>(samples)));
  }
  return torch::cat(answers);
}

torch::Tensor BatchRunner::RunBatch(const Image& picture, std::span<const CropTaps> crops,
                                    int samples) {
  const Shape shape{static_cast<int>(std::bit_ceil(crops.size())), samples};
  const CropPacking packing({picture.width_px, picture.height_px}, crops);
  FillTables(crops, packing, shape);
  const bool fits = packing.pixels() <= static_cast<size_t>(pixels_.host.size(0));
  if (!fits || (is_recorded() && !recorded_.contains(shape))) {
    const std::unique_lock lock(RecordingMutex());
    if (!fits) {
      recorded_.clear();  // they point into the old buffer
      pixels_ =
          MakeMirror({static_cast<int64_t>(std::bit_ceil(packing.pixels())), 3}, torch::kUInt8);
    }
    Upload(shape, packing.pixels());  // a warm-up must not look beyond the buffer
    Record(shape);
  }
  packing.Copy(picture, Numbers<uint8_t>(pixels_.host, 0, 3 * packing.pixels()));
  const std::shared_lock lock(RecordingMutex());
  Upload(shape, packing.pixels());
  const auto recorded = recorded_.find(shape);
  recorded != recorded_.end() ? recorded->second() : Compute(shape);
  const auto faces = static_cast<int64_t>(crops.size());
  const torch::Tensor answer = answer_.host.narrow(0, 0, faces);
  answer.copy_(answer_.device.narrow(0, 0, faces), /*non_blocking=*/true);
  WaitForDevice();
  return answer.clone();
}

void BatchRunner::FillTables(std::span<const CropTaps> crops, const CropPacking& packing,
                             Shape shape) {
  const size_t size = CropTaps::TableSize(setup_.input_px, shape.samples);
  const auto all = static_cast<size_t>(TableSize(shape));
  for (size_t i = 0; i < static_cast<size_t>(shape.faces); ++i) {
    // The number of faces is rounded up with copies of the last one.
    const size_t crop = std::min(i, crops.size() - 1);
    const CropTaps::Tables tables{
        Numbers<int32_t>(tables_.host, i * size, size),
        Numbers<float>(tables_.host.view(torch::kFloat32), all + i * size, size)};
    crops[crop].Write(packing.window(crop), packing.first_px(crop), shape.samples, tables);
  }
}

void BatchRunner::Upload(Shape shape, size_t pixels) {
  const auto copy = [](const Mirror& mirror, int64_t count) {
    mirror.device.narrow(0, 0, count).copy_(mirror.host.narrow(0, 0, count), /*non_blocking=*/true);
  };
  copy(pixels_, static_cast<int64_t>(pixels));
  copy(tables_, 2 * TableSize(shape));
}

void BatchRunner::WaitForDevice() const {
  if (stream_) stream_->synchronize();
}

torch::Tensor CutGrayCrops(const torch::Tensor& pixels, const CropTables& tables, SizePx size_px) {
  const int64_t n = tables.places.size(0);
  const int64_t taps = tables.places.size(1);
  const int64_t height = size_px.height;
  const int64_t width = size_px.width;
  // [N, taps, height, 1, 1] and [N, 1, 1, taps, width]: the columns of a row stay side by side, so
  // that the sum over the taps reads and writes neighbors.
  const auto of_rows = [&](const torch::Tensor& table) {
    return table.narrow(2, 0, height).unsqueeze(3).unsqueeze(4);
  };
  const auto of_columns = [&](const torch::Tensor& table) {
    return table.narrow(2, height, width).unsqueeze(1).unsqueeze(1);
  };
  const torch::Tensor places = of_rows(tables.places) + of_columns(tables.places);
  const torch::Tensor samples = Luma(pixels).index_select(0, places.view(-1));
  const torch::Tensor weights = of_rows(tables.weights) * of_columns(tables.weights);
  const torch::Tensor mixed = samples.view({n, taps, height, taps, width}).mul(weights).sum({1, 3});
  return mixed.sub_(0.5).unsqueeze(1);
}

InferenceNetwork PreparedFor(const torch::Device& device, torch::nn::Sequential network,
                             TensorForm form, const std::vector<ActivationRange>& ranges) {
  const std::shared_lock lock(RecordingMutex());
  network->to(device);
  return {std::move(network), form, ranges};
}

std::unique_ptr<BatchRunner> MakeGpuRunner(const torch::Device& device, SizePx input_px,
                                           const InferenceNetwork& network) {
  BatchSetup setup;
  setup.device = device;
  setup.input_px = input_px;
  setup.network = [&network](const torch::Tensor& crops) { return network.Forward(crops); };
  if (WhyNoCudaGraphs().empty()) setup.record = CudaGraphRecorder();
  return std::make_unique<BatchRunner>(std::move(setup));
}

std::string HowItRuns(const BatchRunner& runner, torch::ScalarType type) {
  const std::string& failure = runner.recording_failure();
  const std::string graphs =
      runner.is_recorded()
          ? "CUDA graphs"
          : fmt::format("no CUDA graphs ({})", failure.empty() ? WhyNoCudaGraphs() : failure);
  return fmt::format("LibTorch on the GPU, {}, {}",
                     type == torch::kHalf ? "half precision" : "float32", graphs);
}

}  // namespace nosetip
