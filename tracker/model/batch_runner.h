// The landmark step of all faces of a picture on one device. Includes LibTorch.
#pragma once

#include <functional>
#include <map>
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

namespace nosetip {

// CUDA lets no thread of the process allocate memory of the GPU while another one records. A runner
// holds it alone while it records, and shares it while it works; who else allocates shares it too.
std::shared_mutex& RecordingMutex();

struct BatchSetup {
  torch::Device device = torch::kCPU;
  SizePx input_px;  // of the network
  // From crops on the device, [N, 1, height, width] float32, to [N, points, 2 or 3] float32, for N
  // up to 32. It is on the device already.
  std::function<torch::Tensor(const torch::Tensor&)> network;
  // Records what the work asks the device for and gives a function that repeats it, such as
  // CudaGraphRecorder's. Throws where it cannot. Empty: nothing is recorded, and the work is done
  // step by step each time.
  std::function<std::function<void()>(const std::function<void()>& work)> record;
};

// Copies to the device what the crops are made of, cuts them there, runs the network and copies the
// answer back. All that the work reads and writes stays at one place, so that it can be recorded
// once for each number of faces (1, 2, 4 ... 32; others are rounded up) and of samples a pixel (see
// CropTaps), and repeated with one call. On a GPU it has a stream of its own, host memory that the
// GPU reads and writes itself, and waits once, at the end.
//
// One thread at a time. Several runners may work at the same time; one that records waits until the
// others are done, since a GPU's other work would break a recording.
class BatchRunner {
 public:
  // Runs a black picture, and records the work. Throws what LibTorch throws where the device cannot
  // do it. Where recording fails the runner does without.
  explicit BatchRunner(BatchSetup setup);
  BatchRunner(const BatchRunner&) = delete;
  BatchRunner& operator=(const BatchRunner&) = delete;

  // [N, points, 2 or 3] float32 on the CPU, for N >= 1 crops. Throws std::logic_error for an empty
  // picture and for crops that are turned.
  torch::Tensor Run(const Image& picture, std::span<const Affine2> crops_from_frame);

  bool is_recorded() const { return static_cast<bool>(setup_.record); }
  // What recording failed with; empty where it did not or was not asked for.
  const std::string& recording_failure() const { return failure_; }

 private:
  struct Shape {
    int faces = 1;
    int samples = 1;
    friend auto operator<=>(const Shape&, const Shape&) = default;
  };
  // The same numbers on both sides.
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
  Mirror tables_;  // int32: the places and then the bits of the weights of a shape
  Mirror answer_;  // [32, points, 2 or 3] float32
  std::map<Shape, std::function<void()>> recorded_;
};

// Crops cut by tensor operations, on whatever device the tensors are.

// The tables of CropTaps for N crops: [N, 2 * samples, height + width] each, rows first.
struct CropTables {
  torch::Tensor places;   // int32
  torch::Tensor weights;  // float32
};

// What CutGrayCrop gives, to about 1e-6: [N, 1, height, width] float32, -0.5 (black) to 0.5
// (white). `pixels` is [P, 3] uint8, RGB, that the places point into. All shapes follow from those
// of the arguments, and nothing waits for the device, so a GPU can record it.
torch::Tensor CutGrayCrops(const torch::Tensor& pixels, const CropTables& tables, SizePx size_px);

}  // namespace nosetip
