// How long each stage of nosetip-track takes for a frame, measured on a clip: --benchmark.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/fields.h"
#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/overlay.h"

namespace nosetip {

struct BenchmarkOptions {
  bool benchmark = false;
  bool no_smooth = false;
  std::string json;

  static std::span<const Field<BenchmarkOptions>> Fields();
};

// A stage's time for each frame.
struct StageSamples {
  std::string name;
  std::vector<double> ms;
};

// What was measured with so many faces in each frame.
struct BenchmarkRun {
  int faces = 0;
  double followed = 0.0;  // faces, on average
  // decode, detect, crop, landmark, smooth, draw, encode and "all": from decode to encode with all
  // that lies between, such as head poses.
  std::vector<StageSamples> stages;
};

struct BenchmarkSettings {
  std::string source;  // a video, picture or image sequence that shows a face; repeated at its end
  int frames = 100;    // to measure, for each number of faces
  int warm_up_frames = 10;  // before them
  OverlayOptions overlay;
  std::stop_token stop;  // drops the run that is under way
};

struct Benchmark {
  SizePx frame_px;
  std::vector<BenchmarkRun> runs;  // with 1, 4 and 16 faces
};

// Runs the stages one after the other. One face is the clip unchanged; more are copies of that
// face's surroundings in a grid of the frame's size (CopiesOfFace), made outside the measured time,
// so that all stages work on frames of one size. The video goes to a temporary file. The tracker
// should follow 16 faces. Throws Error for a source that cannot be read, is a camera or stream, or
// shows no face.
Benchmark RunBenchmark(const BenchmarkSettings& settings, Tracker& tracker);

// A picture of the same size: a grid of `per_side` by `per_side` cells, each of which shows the
// surroundings of the face, large enough for a detector to find it. `face` bounds its landmarks.
// Beyond the picture its border pixels are repeated.
Image CopiesOfFace(const Image& image, const RectF& face, int per_side);

struct FaceGrid {
  int columns = 1;
  int rows = 1;
  SizePx frame_px;  // of the picture that is made
};

// The same with a grid and a picture of any size.
Image CopiesOfFace(const Image& image, const RectF& face, const FaceGrid& grid);

// The picture scaled to fill a frame of another size and shape; what does not fit is cut off, as
// far from `middle` as possible.
Image FilledWith(const Image& image, SizePx frame_px, Point2f middle);

}  // namespace nosetip
