// Records the live app beside its window.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "gui/media/recording.h"

namespace nosetip {

enum class RecorderState {
  kIdle,
  kRecording,
  kFinishing,  // stopped, writing the last frames
  kFailed      // stopped by an error; see the message
};

struct RecorderStatus {
  RecorderState state = RecorderState::kIdle;
  // Of the latest recording:
  std::chrono::steady_clock::time_point started_at;
  int64_t frames = 0;  // written
  int64_t bytes = 0;
  std::vector<RecordingPart> parts;
  std::string message;  // why it failed, what was kept and what to do; else empty
};

// Draws, encodes and writes on a thread of its own. Start, Stop and Status are for the thread of
// the window and never wait. OnTracked is for LiveSetup::on_tracked; the recorder must outlive the
// session that calls it.
//
// Every tracked frame is recorded: where the disk or the encoder is too slow, OnTracked waits and
// tracking slows down, so that a camera drops frames before they are tracked.
class Recorder {
 public:
  static constexpr int kMaxWaiting = 8;  // frames, at 6 MB each for 1920 x 1080

  Recorder();
  // Stops, and waits until the frames so far are written: at most kMaxWaiting.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Records every frame that is tracked from now on. No effect while it is recording.
  void Start(RecordingOptions options);
  void Stop();
  RecorderStatus Status() const;

  // Any thread. Skips frames that are shown again.
  void OnTracked(const LiveFrame& live);

 private:
  struct Begin {
    RecordingOptions options;
    int64_t serial = 0;
  };
  struct End {};
  using Job = std::variant<Begin, LiveFrame, End>;
  // Used by the writing thread only.
  struct Writing {
    std::unique_ptr<Recording> recording;  // null while there is none, or after it failed
    int64_t serial = 0;
  };

  void Run();
  void Handle(Job job, Writing& writing);
  void Report(const Writing& writing, bool is_finished);
  void Fail(Writing& writing, const std::string& problem);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  int waiting_ = 0;       // frames among the jobs
  bool accepts_ = false;  // between Start and Stop or a failure
  bool closing_ = false;
  int64_t serial_ = 0;  // of the latest recording
  RecorderStatus status_;
  std::jthread thread_;  // last, so that it ends before what it uses goes
};

}  // namespace nosetip
