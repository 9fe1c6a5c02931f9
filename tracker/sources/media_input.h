// A file or a network address, opened and read packet by packet with FFmpeg's demuxers.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

#include "tracker/sources/ffmpeg.h"

namespace nosetip {

struct MediaInputOptions {
  std::string name;     // for messages
  std::string address;  // for FFmpeg
  // How long opening, probing or reading a packet may wait for the network each; 0 for files, which
  // are waited for as long as it takes.
  int timeout_ms = 0;
  std::stop_token stop;  // ends a wait at once
  // How much may still be read at a time after a stop, so that what is near can be completed.
  int64_t bytes_after_stop = 0;
};

// Not thread-safe. Throws Error, with the name, where a stream sends nothing for the timeout or
// more than kMaxSilentBytes without a picture.
class MediaInput {
 public:
  static constexpr int64_t kMaxSilentBytes = int64_t{64} << 20U;

  // Opens and probes. See problem().
  explicit MediaInput(MediaInputOptions options);
  ~MediaInput();
  MediaInput(const MediaInput&) = delete;
  MediaInput& operator=(const MediaInput&) = delete;

  // FFmpeg's error code where it could not be opened, or reading ended by one; 0 otherwise.
  int problem() const { return problem_; }
  const std::string& name() const { return options_.name; }
  // Valid only where it was opened.
  AVFormatContext& context() const { return *context_; }
  // A stream that has no length of its own, such as that of a camera.
  bool IsLive() const { return options_.timeout_ms > 0 && size_bytes_ <= 0; }
  // The connection ended before all bytes of a known length came.
  bool BrokeOff() const;
  bool stopped() const { return options_.stop.stop_requested(); }

  // The next packet, of any of its streams. False at the end, at a stop, and where reading fails
  // for good, which problem() tells.
  bool Read(AVPacket& packet);

 private:
  enum class Interruption { kNone, kStop, kSilence, kEndless };

  void Open();
  void Probe();
  void BeginWait();
  void ThrowInterruption() const;
  static int OnWait(void* self);

  MediaInputOptions options_;
  AVFormatContext* context_ = nullptr;
  int problem_ = 0;
  int64_t size_bytes_ = 0;                           // 0 or less where it is unknown
  Interruption interruption_ = Interruption::kNone;  // the last; nothing can be read after one
  std::chrono::steady_clock::time_point wait_began_;
  int64_t bytes_before_ = 0;
};

}  // namespace nosetip
