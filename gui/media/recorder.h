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
  kFinishing,  // stopped; the last frames are being written
  kFailed      // stopped by an error: see the message
};

struct RecorderStatus {
  RecorderState state = RecorderState::kIdle;
  // Of the latest recording:
  std::chrono::steady_clock::time_point started_at;
  int64_t frames = 0;  // written
  int64_t bytes = 0;
  std::vector<RecordingPart> parts;
  std::string message;  // why it failed, what is left and what to do; else empty
};

// Has a thread of its own that draws, encodes and writes. Start, Stop and Status are for one
// thread, that of the UI, and never wait. OnTracked is for LiveSetup::on_tracked: it must outlive
// the session that calls it.
//
// No frame is left out: where the disk or the encoder is slower than the frames come, OnTracked
// waits, and with it the tracking; a camera's frames that are dropped then were not tracked either.
class Recorder {
 public:
  static constexpr int kMostWaiting = 8;  // frames, at 6 MB each for 1920 x 1080

  Recorder();
  // Stops, and waits until the frames so far are written: at most kMostWaiting.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Every frame that is tracked from now on. Does nothing while it is recording.
  void Start(RecordingOptions options);
  void Stop();
  RecorderStatus Status() const;

  // Any thread. Frames shown again are left out.
  void OnTracked(const LiveFrame& live);

 private:
  struct Begin {
    RecordingOptions options;
    int64_t serial = 0;
  };
  struct End {};
  using Job = std::variant<Begin, LiveFrame, End>;
  // What only the writing thread has.
  struct Writing {
    std::unique_ptr<Recording> recording;  // null where none is under way, or it failed
    int64_t serial = 0;
  };

  void Run();
  void Do(Job job, Writing& writing);
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
