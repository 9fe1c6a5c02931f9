// Runs a landmark network. Free of LibTorch, so that all libraries may include it.
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
  std::string reason;     // why this one, for the user
  bool insisted = false;  // the user accepts no other
  // Whether landmark networks compute in float32, also where half precision (on a GPU), bfloat16 or
  // 8 bits (on a CPU that has instructions for them) would be faster.
  bool float32 = false;
  // Called with HowItRuns where a GPU fails during a run and the CPU takes over, by the thread of
  // that Locate.
  std::function<void(const std::string& how_it_runs)> on_fallback = {};
};

// `wanted` is "auto", "cpu" or "cuda". "auto" takes the GPU where there is one that works; else the
// reason is why not. `precision` is "auto", the fastest, or "float32". Throws Error for "cuda"
// where it is not available (LibTorch built without CUDA, or no GPU that works), and for any other
// word.
DeviceChoice ChooseDevice(const std::string& wanted, const std::string& precision = "auto");

// One thread at a time.
class Landmarker {
 public:
  virtual ~Landmarker() = default;
  virtual const LandmarkSchema& schema() const = 0;
  // Whether leaning faces should be turned upright first.
  virtual bool WantsUprightFaces() const { return false; }
  // Backend, precision and threads, for the user: "oneDNN, float32, 1 thread (as asked for)". May
  // be empty.
  virtual std::string HowItRuns() const { return {}; }
  // One result per box, in order. A box bounds the landmarks of a face, in picture pixels; it need
  // not be exact. A model that was trained on whole pictures ignores it. Throws std::logic_error
  // for an empty box.
  virtual std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) = 0;
  // Time for one face, measured when the model was loaded or now; 0 where it is not known.
  virtual double MeasureFaceMs() { return 0.0; }
  // The part of the last Locate in which the crops were cut; 0 where it is not known.
  virtual double last_crop_ms() const { return 0.0; }
};

// Loads a model file. Throws Error for a file that is missing, truncated, of another kind or
// of a version that this program does not know. `threads` 0 measures which number, up to the
// machine's cores, is the fastest (which takes the time of a few pictures), and lowers it later
// where it turns out slow; points do not depend on it. Where a GPU cannot run the model, or fails
// later in a Locate, the CPU takes over and HowItRuns tells why; throws Error instead where
// `device` is insisted on.
std::unique_ptr<Landmarker> LoadLandmarker(const std::string& path, const DeviceChoice& device,
                                           int threads = 0);

// The same on the CPU without the network that corrects the points of eyes, where the model has
// one.
std::unique_ptr<Landmarker> LoadLandmarkerWithoutEyes(const std::string& path);

// `count` landmarkers for as many threads; the weights are in memory once. `threads` 0 takes one
// per landmarker where there are several, as they share the cores.
std::vector<std::unique_ptr<Landmarker>> LoadLandmarkers(const std::string& path,
                                                         const DeviceChoice& device, size_t count,
                                                         int threads = 0);

}  // namespace nosetip
