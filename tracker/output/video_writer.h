// Writes a video of pictures at their own times, which can be played even after the program was
// killed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// Encoders want even sides.
constexpr int Even(int size_px) { return size_px + size_px % 2; }

struct VideoOptions;

// The sound of a file, to be kept beside pictures.
struct SoundSource {
  std::string path;
  std::optional<double> zero_s{};  // what the file's clock shows at time 0 of the pictures
  std::stop_token stop{};          // ends a long search for sound
};

// A fragmented MP4 (ISO/IEC 14496-12, 8.8): a header, then independent fragments of at most
// kFragmentMs that are handed to the system at once. So the file can be played at any moment, also
// after the program was killed; only the last, unfinished fragment is lost then. Pictures keep
// their times to 1/50000 s: the frame rate may vary, and playing takes as long as recording did.
//
// The sound of a file can be kept: its packets are copied as they are, each at its time beside the
// pictures, as far as the pictures go.
//
// An odd width or height grows by one pixel, a copy of the last column or row. Not thread-safe.
class VideoWriter {
 public:
  static constexpr int kFragmentMs = 300;

  enum class Codec { kH264, kMpeg4 };
  enum class Named {
    kWhenFinished,  // NAME.mp4.part until Finish(), which replaces an older file; see AtomicFile
    kFromStart      // a new file; see GrowingText
  };

  // Throws Error where the file cannot be created or no codec works.
  explicit VideoWriter(const VideoOptions& options);
  // Writes the last fragment and ignores a failure. Without Finish() a part stays a part.
  ~VideoWriter();
  VideoWriter(VideoWriter&&) noexcept;
  VideoWriter& operator=(VideoWriter&&) = delete;

  // A picture of another size than that of the options, as where a stream changes its own, is
  // scaled to fit, between black bars. `time_s` counts from 0 and grows. Throws Error where it
  // cannot be written, as on a full disk; the file or its part then holds what was written before,
  // and only Finish may be called.
  void Write(const Image& image, double time_s);
  // Copies the sound behind the last picture too, as where the whole file was tracked.
  void WriteRestOfSound();
  // Throws Error where the last fragment cannot be written. A second call, and one after a failure,
  // does nothing.
  void Finish();

  int64_t bytes() const;  // in the file so far
  Codec codec() const;
  // Which sound is left out and why; mostly empty.
  std::string sound_note() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct VideoOptions {
  std::string path;  // NAME.mp4
  SizePx size_px;
  double frame_rate_hz = 30.0;  // roughly; for the encoder and the last frame's duration
  std::optional<SoundSource> sound{};
  VideoWriter::Named named = VideoWriter::Named::kWhenFinished;
  // The first one that FFmpeg can write is taken.
  std::vector<VideoWriter::Codec> codecs = {VideoWriter::Codec::kH264, VideoWriter::Codec::kMpeg4};
};

}  // namespace nosetip
