// The loop of nosetip-track: each frame of each input goes through a tracker to the outputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/cli/progress.h"
#include "tracker/cli/run_outputs.h"
#include "tracker/cli/table_summary.h"
#include "tracker/sources/frame_source.h"
#include "tracker/stream/streams.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

// What a job tracks with.
struct TrackingParts {
  Tracker tracker;
  // Searches each frame whose number is a multiple of `search_interval` ahead of the tracking; the
  // tracker is then one of FurtherFaces::kOffered. Null where the tracker searches itself.
  std::unique_ptr<FaceDetector> search_detector;
  int search_interval = 0;
};

struct RunSettings {
  OutputSetup outputs;
  std::vector<size_t> tables;  // those of the plan that are wanted, in this order
  CameraOptions camera;
  int64_t max_frames = 0;     // of each input; 0 for all
  double sensor_noise = 0.0;  // added to each frame; see WithSensorNoise
  std::stop_token stop;
  Streams* streams = nullptr;  // get each frame as soon as it is tracked; with one job only
  // Called by the threads of all jobs, but only one at a time.
  std::function<void(size_t table)> on_begin = [](size_t) {};  // before anything is written
  std::function<void(const TrackResult&)> on_result = [](const TrackResult&) {};
  std::function<void(const TableSummary&)> on_summary = [](const TableSummary&) {};
  // Why an input could not be opened or read to its end, or an output could not be written.
  std::function<void(const std::string& error)> on_error = [](const std::string&) {};
  // What else a source has to say, such as that some of its frames could not be decoded.
  std::function<void(const std::string& note)> on_note = [](const std::string&) {};
};

struct RunOutcome {
  int failed_inputs = 0;
  bool stopped = false;
};

// Runs one job per element of `jobs`, the first on the caller's thread, each on one table at a
// time. The files do not depend on the number of jobs, nor on which ends first: a tracker starts
// over for each table, and names are fixed beforehand.
//
// After an input that cannot be opened or read to its end, the run continues with the next; what
// was tracked of it is kept. Where an output cannot be written, which counts as a failed input, no
// further table is begun and those under way are finished. After a stop the files are finished with
// the frames so far.
//
// Within a job, reading, searching, tracking, drawing and writing overlap (RunFrames), with the
// same files as one after the other.
RunOutcome TrackTables(const RunSettings& settings, std::span<TrackingParts> jobs,
                       Progress& progress);

}  // namespace nosetip
