// Where frames come from: video files, pictures, cameras, streams.
#pragma once

#include <cmath>
#include <memory>
#include <optional>
#include <string>

#include "tracker/core/image.h"
#include "tracker/sources/camera_options.h"

namespace nosetip {

enum class SourceKind { kVideoFile, kPicture, kPictureSequence, kCamera, kStream };

struct SourceInfo {
  SourceKind kind = SourceKind::kVideoFile;
  std::string name;  // what the user gave: a path, a camera index, an address
  int width_px = 0;
  int height_px = 0;
  double frame_rate_hz = 0.0;          // nominal; 0 where unknown
  std::optional<int64_t> frame_count;  // the container's claim; nothing for cameras and streams
  // For the user, such as that a camera sends another size than it was asked for; mostly empty.
  std::string note;
};

// Not thread-safe: one thread reads.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual const SourceInfo& info() const = 0;
  // The next frame, in order, without gaps; null at the end. Throws Error where a file is truncated
  // or damaged or a camera is disconnected.
  virtual FramePtr Next() = 0;
};

// Opens a video file, a picture, an image sequence pattern ("img_%04d.png"), a camera index ("0")
// or a stream address ("rtsp://..."). Throws Error that names the source, what is wrong and what to
// do: missing, empty, not a video or picture, truncated, no permission, no such camera (with the
// list of those there are). For folders see ListInputs in input_list.h.
//
// `pts_s` counts from the first frame. Files and streams: see video_source.h. Pictures of a
// sequence are 1/25 s apart; a gap in its numbers is an Error at once. Camera frames carry the time
// of capture.
std::unique_ptr<FrameSource> OpenFrameSource(const std::string& source,
                                             const CameraOptions& camera = {});

// Gives each frame its time since the first one. The source's own time is taken as long as it
// grows; where it is missing (raw H.264 has none) or does not grow, one nominal frame is added.
class FrameClock {
 public:
  explicit FrameClock(double frame_rate_hz = 0.0)
      : frame_s_(1.0 / (frame_rate_hz > 0.0 ? frame_rate_hz : kUnknownRateHz)) {}

  double TimeOf(double source_s) {
    // OpenCV measures from the start of the stream. A negative time is a decoding time, which it
    // falls back to for a first frame that is followed by reordered ones.
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

// The number of a camera written as an index ("0") or a device ("/dev/video0"); nothing otherwise.
std::optional<int> CameraIndex(const std::string& source);

// By how the user wrote it and, for files, by their first bytes. An existing file whose name looks
// like a pattern is a file. Throws Error where a file is missing, empty or may not be read, or
// `source` is a folder.
SourceKind KindOfSource(const std::string& source);

}  // namespace nosetip
