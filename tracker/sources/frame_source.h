// Where frames come from: video files, pictures, cameras, streams.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
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
  // For the user, such as that a camera sends another size than it was asked for or, after the last
  // frame, that some could not be decoded; mostly empty.
  std::string note;
  bool has_sound = false;  // of a video file
  // The time of its first frame by the file's own clock; nothing where that has none.
  std::optional<double> sound_zero_s{};
  // The Unix time of a video file's first frame by the container's creation time.
  std::optional<double> recorded_at_s{};
};

// Not thread-safe: one thread reads.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual const SourceInfo& info() const = 0;
  // The next frame, in order, without gaps; null at the end. Throws Error where a file is truncated
  // or damaged, a stream breaks off or a camera is disconnected. The size may change.
  virtual FramePtr Next() = 0;
};

// Opens a video file, a picture, an image sequence pattern ("img_%04d.png"), a camera index ("0")
// or a stream address ("rtsp://..."). Throws Error that names the source, what is wrong and what to
// do: missing, empty, not a video or picture, truncated, no permission, no such camera (with the
// list of those there are). For folders see ListInputs in input_list.h. A file may be written as an
// address, "file:///home/a%20b.mp4".
//
// A stop ends a wait for a stream at once; Next() then returns null, opening throws.
//
// `pts_s` counts from the first frame. Files and streams: see video_source.h. Pictures of a
// sequence are 1/25 s apart; a gap in its numbers is an Error at once. Camera frames carry the time
// of capture.
std::unique_ptr<FrameSource> OpenFrameSource(const std::string& source,
                                             const CameraOptions& camera = {},
                                             const std::stop_token& stop = {});

// The path of an address such as "file:///home/a%20b.mp4" (RFC 8089); anything else as it is.
std::string WithoutFileScheme(const std::string& source);

// Gives each frame its time since the first one. The source's own time is taken as long as it
// grows; where it is missing (raw H.264 has none) or does not grow, one nominal frame is added.
class FrameClock {
 public:
  explicit FrameClock(double frame_rate_hz = 0.0)
      : frame_s_(1.0 / (frame_rate_hz > 0.0 ? frame_rate_hz : kUnknownRateHz)) {}

  // `source_s` is nothing where the source gives no time.
  double TimeOf(std::optional<double> source_s) {
    const double nominal_s = last_s_ ? *last_s_ + frame_s_ : 0.0;
    if (source_s && !zero_s_) zero_s_ = *source_s - nominal_s;
    const bool grows = source_s && last_s_ && *source_s - *zero_s_ > *last_s_;
    last_s_ = grows ? *source_s - *zero_s_ : nominal_s;
    return *last_s_;
  }

 private:
  static constexpr double kUnknownRateHz = 25.0;

  double frame_s_;
  std::optional<double> zero_s_;  // by the source, when the time is 0 here
  std::optional<double> last_s_;
};

// The number of a camera written as an index ("0") or a device ("/dev/video0"); nothing otherwise.
std::optional<int> CameraIndex(const std::string& source);

// By how the user wrote it and, for files, by their first bytes. An existing file whose name looks
// like a pattern is a file. Throws Error where a file is missing, empty or may not be read, or
// `source` is a folder.
SourceKind KindOfSource(const std::string& source);

}  // namespace nosetip
