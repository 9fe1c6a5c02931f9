// Runs a landmark network. Free of LibTorch, so that every room may include it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

enum class DeviceKind { kCpu, kCuda };

struct DeviceChoice {
  DeviceKind kind = DeviceKind::kCpu;
  std::string name;       // "CPU, 2 cores" or "CUDA GPU 0 of 1", with its model where that is known
  std::string reason;     // why this one, in a sentence for the user
  bool insisted = false;  // nothing else will do
  // Landmark networks compute in float32, also where fewer digits are faster: half precision on a
  // GPU, bfloat16 or 8 bits on a CPU that has instructions for them.
  bool float32 = false;
  // Hears how landmarkers run from then on where a GPU fails in the middle of a run and the CPU
  // takes over; called by the thread of that Locate.
  std::function<void(const std::string& how_it_runs)> on_fallback = {};
};

// `wanted` is "auto", "cpu" or "cuda". "auto" takes the GPU where there is one that works and says
// why not otherwise. `precision` is "auto", which takes what is fastest, or "float32". Throws Error
// for an explicit "cuda" that cannot be had, saying whether LibTorch was built without CUDA or no
// GPU answers, and for any other word.
DeviceChoice ChooseDevice(const std::string& wanted, const std::string& precision = "auto");

// One thread at a time.
class Landmarker {
 public:
  virtual ~Landmarker() = default;
  virtual const LandmarkSchema& schema() const = 0;
  // Whether a face that leans is better turned upright before it is located.
  virtual bool WantsUprightFaces() const { return false; }
  // With what and on how many threads, for the user: "oneDNN, float32, 1 thread (as asked for)".
  // Empty where there is nothing to say.
  virtual std::string HowItRuns() const { return {}; }
  // One result a box, in order. A box bounds the landmarks of a face, in picture pixels; it need
  // not be exact. A model that was trained on whole pictures answers for the picture whatever the
  // box. Throws std::logic_error for an empty box.
  virtual std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) = 0;
  // How long one face takes, in ms, measured when the model was loaded or now; 0 where that is not
  // known.
  virtual double MeasureFaceMs() { return 0.0; }
  // The part of the last Locate in which the faces were cut out; 0 where that is not known.
  virtual double last_crop_ms() const { return 0.0; }
};

// Loads a model file (.ntm). Throws Error for a file that is missing, truncated, of another kind or
// of a version that this program does not know. `threads` 0 takes the number, up to the machine's
// cores, that is fastest when the model is loaded (which takes a few pictures' time), and fewer
// once that turns out slow. Points do not depend on it. Where a GPU turns out not to run the model,
// or fails later in a Locate, the CPU does, and HowItRuns says why; throws Error instead where
// `device` is insisted on.
std::unique_ptr<Landmarker> LoadLandmarker(const std::string& path, const DeviceChoice& device,
                                           int threads = 0);

// The same, `count` of them, for as many threads: the weights are in memory once. Of several,
// `threads` 0 takes one for each, as they share the cores.
std::vector<std::unique_ptr<Landmarker>> LoadLandmarkers(const std::string& path,
                                                         const DeviceChoice& device, size_t count,
                                                         int threads = 0);

}  // namespace nosetip
