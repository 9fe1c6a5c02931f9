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
#include "tracker/sources/frame_source.h"
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

// Sums up the inputs of one table: mostly one video, else the pictures of a folder.
struct TableSummary {
  size_t table = 0;  // of the plan
  std::string name;  // the input as the user gave it, or the table's name where inputs share it
  bool pictures = false;
  int64_t frames = 0;
  int64_t frames_with_face = 0;
  int max_faces = 0;
  int left_out = 0;  // the most faces of one frame that were found beyond these
  double seconds = 0.0;
  bool complete = false;  // nothing failed and no stop cut it short
  std::vector<WrittenFile> written;
};

struct RunSettings {
  OutputSetup outputs;
  std::vector<size_t> tables;  // those of the plan that are wanted, in this order
  CameraOptions camera;
  int64_t max_frames = 0;     // of each input; 0 for all
  double sensor_noise = 0.0;  // added to each frame; see WithSensorNoise
  std::stop_token stop;
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

// "clip.mp4: 1337 frames, 1330 with a face (99.5 %), 61.0 frames/s", and a line about faces that
// --max-faces left out.
std::string SummaryText(const TableSummary& summary);
// Its files, indented, one per line; of many the first ten and the number of the others.
std::string WrittenText(const TableSummary& summary);

}  // namespace nosetip
