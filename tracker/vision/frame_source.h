// Where frames come from: video files, pictures, cameras, streams.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

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

// Opens a video file, a picture, an image sequence pattern ("img_%04d.png"), a camera index ("0")
// or a stream address ("rtsp://..."). Throws Error that names the source, what is wrong and what to
// do: not there, empty, not a video or picture, truncated, no permission, no such camera (with the
// list of those there are). Captures from a folder: see ListInputs.
std::unique_ptr<FrameSource> OpenFrameSource(const std::string& source);

}  // namespace nosetip
