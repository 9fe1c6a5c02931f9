// Where frames come from: video files, pictures, cameras, streams.
#pragma once

#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "tracker/core/fields.h"
#include "tracker/core/image.h"

namespace nosetip {

enum class SourceKind { kVideoFile, kPicture, kPictureSequence, kCamera, kStream };

struct SourceInfo {
  SourceKind kind = SourceKind::kVideoFile;
  std::string name;  // what the user gave: a path, a camera index, an address
  int width_px = 0;
  int height_px = 0;
  double frame_rate_hz = 0.0;          // nominal; 0 where unknown
  std::optional<int64_t> frame_count;  // the container's claim; nothing for cameras and streams
  // What the user should know of it: a camera that sends another size than it was asked for. Mostly
  // empty.
  std::string note;
};

// Not thread-safe: one thread reads.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual const SourceInfo& info() const = 0;
  // The next frame, in order, none left out; null at the end. Throws Error where a file ends in the
  // middle of what cannot be decoded or a camera goes away.
  virtual FramePtr Next() = 0;
};

// What to ask a camera for; 0 leaves it to the camera, which gives the nearest that it can.
struct CameraOptions {
  int camera_width = 0;
  int camera_height = 0;
  float camera_rate = 0.0F;

  static std::span<const Field<CameraOptions>> Fields();
  bool operator==(const CameraOptions&) const = default;
};

// Opens a video file, a picture, an image sequence pattern ("img_%04d.png"), a camera index ("0")
// or a stream address ("rtsp://..."). Throws Error that names the source, what is wrong and what to
// do: not there, empty, not a video or picture, truncated, no permission, no such camera (with the
// list of those there are). For folders see ListInputs in input_list.h.
//
// `pts_s` counts from the first frame. Files and streams: see video_source.h. Pictures of a
// sequence are 1/25 s apart; a gap in its numbers is an Error at once. Camera frames carry the time
// of capture.
std::unique_ptr<FrameSource> OpenFrameSource(const std::string& source,
                                             const CameraOptions& camera = {});

// Makes sense of a source's timestamps.

// Gives each frame its time since the first one. The source's own time is taken as long as it
// grows; where it is missing (raw H.264 has none) or stands still, one nominal frame is added.
class FrameClock {
 public:
  explicit FrameClock(double frame_rate_hz = 0.0)
      : frame_s_(1.0 / (frame_rate_hz > 0.0 ? frame_rate_hz : kUnknownRateHz)) {}

  double TimeOf(double source_s) {
    // OpenCV measures from the start of the stream, so a negative time is the decoding time that
    // it falls back to for a first frame with reordered ones behind it.
    const double known_s = std::isfinite(source_s) && source_s > 0.0 ? source_s : 0.0;
    if (!first_s_) {
      first_s_ = known_s;
      return 0.0;
    }
    const double since_first_s = known_s - *first_s_;
    last_s_ = since_first_s > last_s_ ? since_first_s : last_s_ + frame_s_;
    return last_s_;
  }

 private:
  static constexpr double kUnknownRateHz = 25.0;

  double frame_s_;
  std::optional<double> first_s_;
  double last_s_ = 0.0;
};

// Tells what a source is from how the user wrote it and, for files, from their first bytes.

// The number of a camera written as an index ("0") or a device ("/dev/video0"); nothing otherwise.
std::optional<int> CameraIndex(const std::string& source);

// Throws Error where a file is not there, empty or may not be read, or `source` is a folder.
// An existing file whose name looks like a pattern is a file.
SourceKind KindOfSource(const std::string& source);

}  // namespace nosetip
