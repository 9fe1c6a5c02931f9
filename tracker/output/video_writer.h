// Writes a video file from RGB pictures.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tracker/core/image.h"

namespace nosetip {

// Encoders want even sides.
constexpr int Even(int size_px) { return size_px + size_px % 2; }

enum class VideoCodec { kH264, kMpeg4, kMotionJpeg };

struct VideoWriterOptions {
  std::string path;  // the extension is replaced by the format's: .mp4, or .avi for motion JPEG
  int width_px = 0;
  int height_px = 0;
  double frame_rate_hz = 25.0;
  // The first one that this OpenCV can write is taken.
  std::vector<VideoCodec> codecs = {VideoCodec::kH264, VideoCodec::kMpeg4, VideoCodec::kMotionJpeg};
};

// The file is an AtomicFile until Finish(). A writer that is destroyed without it, as after Ctrl-C
// or an error elsewhere, still leaves the frames so far as a playable video. No file is left where
// no frame was written.
//
// H.264 and MPEG-4 need even sizes: an odd width or height grows by one pixel, a copy of the last
// column or row.
class VideoWriter {
 public:
  // Throws Error where the folder cannot be written to or no codec works.
  explicit VideoWriter(const VideoWriterOptions& options);
  ~VideoWriter();
  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) = delete;

  // A picture of another size than that of the options is scaled to fit, between black bars. Throws
  // Error where the disk is full.
  void Write(const Image& image);
  // Throws Error where not all that was written is in the file; the file is then removed.
  // A second call does nothing.
  void Finish();

  const std::string& path() const;  // with the extension taken
  VideoCodec codec() const;
  // "H.264 in MP4", for the user.
  std::string Description() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip
