// The landmark step of all faces of a picture on one device. Includes LibTorch.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "tracker/core/crop_taps.h"
#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/model/inference_network.h"

namespace nosetip {

// CUDA lets no thread of the process allocate GPU memory while another one records. A runner locks
// this exclusively while it records and shared while it works; others that allocate share it too.
std::shared_mutex& RecordingMutex();

struct BatchSetup {
  torch::Device device = torch::kCPU;
  SizePx input_px;  // of the network
  // From crops on the device, [N, 1, height, width] float32, to [N, points, 2 or 3] float32, for N
  // up to 32. It is on the device already.
  std::function<torch::Tensor(const torch::Tensor&)> network;
  // Records what `work` asks of the device and returns a function that repeats it, such as
  // CudaGraphRecorder's. Throws where it cannot. Empty: each step is asked for each time.
  std::function<std::function<void()>(const std::function<void()>& work)> record;
};

// Copies the pixels of the crops to the device, cuts the crops there, runs the network and copies
// the answer back. All buffers keep their addresses, so that the work can be recorded once for each
// number of faces (1, 2, 4 ... 32; others are rounded up) and of samples per pixel (see CropTaps),
// and repeated with one call. On a GPU it uses a stream of its own and pinned host memory, and
// waits once, at the end.
//
// One thread at a time. Several runners may work at the same time; one that records waits until the
// others are done, since other work on the GPU would break a recording.
class BatchRunner {
 public:
  // Runs a black picture, and records the work. Throws what LibTorch throws where the device cannot
  // run it. Where recording fails the runner works without.
  explicit BatchRunner(BatchSetup setup);
  BatchRunner(const BatchRunner&) = delete;
  BatchRunner& operator=(const BatchRunner&) = delete;

  // [N, points, 2 or 3] float32 on the CPU, for N >= 1 crops. Throws std::logic_error for an empty
  // picture and for crops that are turned.
  torch::Tensor Run(const Image& picture, std::span<const Affine2> crops_from_frame);

  bool is_recorded() const { return static_cast<bool>(setup_.record); }
  // Why recording failed; empty where it did not or was not asked for.
  const std::string& recording_failure() const { return failure_; }

 private:
  struct Shape {
    int faces = 1;
    int samples = 1;
    friend auto operator<=>(const Shape&, const Shape&) = default;
  };
  // A buffer of the device and its copy on the host.
  struct Mirror {
    torch::Tensor host;
    torch::Tensor device;
  };

  Mirror MakeMirror(at::IntArrayRef sizes, torch::ScalarType type) const;
  int LargestBatch(int samples) const;
  int64_t TableSize(Shape shape) const;
  void Start();
  void RecordAll();
  void Record(Shape shape);
  void Compute(Shape shape);
  torch::Tensor RunBatch(const Image& picture, std::span<const CropTaps> crops, int samples);
  void FillTables(std::span<const CropTaps> crops, const CropPacking& packing, Shape shape);
  void Upload(Shape shape, size_t pixels);
  void WaitForDevice() const;

  BatchSetup setup_;
  std::string failure_;
  std::optional<c10::Stream> stream_;
  Mirror pixels_;  // [capacity, 3] uint8
  Mirror tables_;  // int32: the places of a shape, then the bits of its weights
  Mirror answer_;  // [32, points, 2 or 3] float32
  std::map<Shape, std::function<void()>> recorded_;
};

// The tables of CropTaps for N crops: [N, 2 * samples, height + width] each, rows first.
struct CropTables {
  torch::Tensor places;   // int32
  torch::Tensor weights;  // float32
};

// What CutGrayCrop gives, to about 1e-6: [N, 1, height, width] float32, -0.5 (black) to 0.5
// (white). `pixels` is [P, 3] uint8, RGB, that the places point into. All shapes follow from those
// of the arguments, and nothing waits for the device, so a GPU can record it.
torch::Tensor CutGrayCrops(const torch::Tensor& pixels, const CropTables& tables, SizePx size_px);

// Moves the network to the device and prepares it in that form.
InferenceNetwork PreparedFor(const torch::Device& device, torch::nn::Sequential network,
                             TensorForm form, const std::vector<ActivationRange>& ranges = {});

// A runner for a network on the GPU, prepared as above, that must outlive it. With CUDA graphs
// where this build and the GPU support them. Throws what LibTorch throws where the GPU cannot run
// the network.
std::unique_ptr<BatchRunner> MakeGpuRunner(const torch::Device& device, SizePx input_px,
                                           const InferenceNetwork& network);

// For the user: "LibTorch on the GPU, half precision, CUDA graphs", or why without these.
std::string HowItRuns(const BatchRunner& runner, torch::ScalarType type);

}  // namespace nosetip
