// Where frames come from: video files, pictures, cameras, streams.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "tracker/core/fields.h"
#include "tracker/core/frame.h"

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

}  // namespace nosetip
