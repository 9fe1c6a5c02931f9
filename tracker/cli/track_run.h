// The loop of nosetip-track: every frame of every input through a tracker, into the outputs.
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
  // Searches every frame whose number is a multiple of `search_interval` while those before it are
  // still being tracked; the tracker is then one of FurtherFaces::kOffered. Null where the tracker
  // searches itself.
  std::unique_ptr<FaceDetector> search_detector;
  int search_interval = 0;
};

// What became of the inputs of one table: mostly one video, else the pictures of a folder.
struct TableSummary {
  size_t table = 0;  // of the plan
  std::string name;  // the input as the user gave it, or the table's name where inputs share it
  bool pictures = false;
  int64_t frames = 0;
  int64_t frames_with_face = 0;
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
  // Never two of these are called at once, whichever job calls.
  std::function<void(size_t table)> on_begin = [](size_t) {};  // before anything is written
  std::function<void(const TrackResult&)> on_result = [](const TrackResult&) {};
  std::function<void(const TableSummary&)> on_summary = [](const TableSummary&) {};
  // Why an input ended early or could not be opened, or an output not be written.
  std::function<void(const std::string& error)> on_error = [](const std::string&) {};
};

struct RunOutcome {
  int failed_inputs = 0;
  bool stopped = false;
};

// As many jobs as there are parts, each with a table at a time; one on the caller's thread. What
// is written does not depend on how many there are, nor on which ends first: a tracker starts over
// for each table, and names are given out beforehand.
//
// After an input that cannot be opened or read to its end the next one has its turn; what was
// tracked of it is kept. Where an output cannot be written, which counts as a failed input, no
// further table is begun and those under way are finished. After a stop the files are finished with
// the frames so far.
//
// Within a job reading, searching, tracking, drawing and writing work on frames of an input at the
// same time, in order, so that the files are those of one after the other.
RunOutcome TrackTables(const RunSettings& settings, std::span<TrackingParts> jobs,
                       Progress& progress);

// "clip.mp4: 1337 frames, a face in 1330 (99.5 %), 61.0 frames/s".
std::string SummaryText(const TableSummary& summary);
// The files of that, indented, a line each; of many the first ten and how many more.
std::string WrittenText(const TableSummary& summary);

}  // namespace nosetip
