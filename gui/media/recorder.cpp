#include "gui/media/recorder.h"

#include <exception>
#include <utility>

#include "tracker/core/start_thread.h"

namespace nosetip {

Recorder::Recorder() : thread_(StartThread([this] { Run(); })) {}

Recorder::~Recorder() {
  Stop();
  const std::lock_guard lock(mutex_);
  closing_ = true;
  changed_.notify_all();
}

void Recorder::Start(RecordingOptions options) {
  const std::lock_guard lock(mutex_);
  if (accepts_) return;
  accepts_ = true;
  status_ = {};
  status_.state = RecorderState::kRecording;
  status_.started_at = std::chrono::steady_clock::now();
  jobs_.push_back(Begin{std::move(options), ++serial_});
  changed_.notify_all();
}

void Recorder::Stop() {
  const std::lock_guard lock(mutex_);
  if (!accepts_) return;
  accepts_ = false;
  status_.state = RecorderState::kFinishing;
  jobs_.push_back(End{});
  changed_.notify_all();
}

RecorderStatus Recorder::Status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void Recorder::OnTracked(const LiveFrame& live) {
  if (live.again || !live.frame) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !accepts_ || waiting_ < kMaxWaiting; });
  if (!accepts_) return;
  jobs_.push_back(live);
  ++waiting_;
  changed_.notify_all();
}

void Recorder::Run() {
  Writing writing;
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closing_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    if (std::holds_alternative<LiveFrame>(job)) --waiting_;
    changed_.notify_all();
    lock.unlock();
    try {
      Handle(std::move(job), writing);
    } catch (const std::exception& error) {
      Fail(writing, error.what());
    }
  }
}

void Recorder::Handle(Job job, Writing& writing) {
  if (const Begin* begin = std::get_if<Begin>(&job)) {
    writing.serial = begin->serial;
    writing.recording = std::make_unique<Recording>(begin->options);
  } else if (!writing.recording) {
    return;  // it failed before
  } else if (const LiveFrame* live = std::get_if<LiveFrame>(&job)) {
    writing.recording->Write(*live);
    Report(writing, false);
  } else {
    writing.recording->Finish();
    Report(writing, true);
    writing.recording.reset();
  }
}

void Recorder::Report(const Writing& writing, bool is_finished) {
  const std::lock_guard lock(mutex_);
  if (writing.serial != serial_) return;  // there is a newer one
  status_.frames = writing.recording->frames();
  status_.bytes = writing.recording->bytes();
  status_.parts = writing.recording->parts();
  if (is_finished) status_.state = RecorderState::kIdle;
}

void Recorder::Fail(Writing& writing, const std::string& problem) {
  std::string message = problem;
  if (const std::unique_ptr<Recording> failed = std::move(writing.recording)) {
    try {
      failed->Finish();
    } catch (const std::exception&) {
      // The first problem is the one to report.
    }
    if (failed->frames() > 0) {
      message += "; the frames before that are in " + failed->parts().back().video.string();
    }
    writing.recording = nullptr;
  }
  const std::lock_guard lock(mutex_);
  status_.message = std::move(message);
  if (writing.serial != serial_) return;  // the newer one continues
  accepts_ = false;
  status_.state = RecorderState::kFailed;
  changed_.notify_all();
}

}  // namespace nosetip
