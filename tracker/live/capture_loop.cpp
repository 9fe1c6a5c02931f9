#include "tracker/live/capture_loop.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;

bool IsCameraOrStream(const std::string& name) {
  try {
    const SourceKind kind = KindOfSource(name);
    return kind == SourceKind::kCamera || kind == SourceKind::kStream;
  } catch (const std::exception&) {
    return false;  // a missing file; opening it will report that
  }
}

double SecondsPerFrame(const SourceInfo& info) {
  constexpr double kDefaultRateHz = 25.0;
  return 1.0 / (info.frame_rate_hz > 0.0 ? info.frame_rate_hz : kDefaultRateHz);
}

}  // namespace

void CaptureLoop::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const WantedSource wanted = links_.controls.TakeWanted();
    // Drops a frame of the source before that was not taken.
    links_.frames.TryTake();
    last_.reset();
    if (IsCameraOrStream(wanted.name)) {
      PlayLive(wanted, stop);
    } else {
      PlayFile(wanted, stop);
    }
  }
}

std::unique_ptr<FrameSource> CaptureLoop::Open(const WantedSource& wanted,
                                               const std::stop_token& stop) {
  std::unique_ptr<FrameSource> source = settings_.open_source(wanted.name, wanted.camera, stop);
  Check(source != nullptr, "an opened source");
  links_.board.Opened(wanted.serial, source->info());
  run_ = ++links_.runs;
  return source;
}

void CaptureLoop::PlayFile(const WantedSource& wanted, const std::stop_token& stop) {
  pacer_.Restart();
  while (!IsOver(wanted.serial, stop)) {
    const std::optional<double> seek_s = links_.controls.TakeSeek();
    if (seek_s) pacer_.Restart();
    try {
      const Pass pass = PlayPass(wanted, seek_s.value_or(0.0), stop);
      // A single picture does not loop, as its face would be a new one each time.
      if (pass.reached_end) WaitAtEnd(wanted.serial, pass.has_several_frames, stop);
    } catch (const std::exception& error) {
      links_.board.Failed(wanted.serial, error.what());
      links_.controls.WaitForOther(wanted.serial, stop);
    }
  }
}

CaptureLoop::Pass CaptureLoop::PlayPass(const WantedSource& wanted, double from_s,
                                        const std::stop_token& stop) {
  const std::unique_ptr<FrameSource> source = Open(wanted, stop);
  FramePtr frame = FirstFrom(*source, from_s, wanted.serial, stop);
  if (!frame && !stop.stop_requested()) {
    throw Error(wanted.name + ": no frames; choose another file");
  }
  Pass pass;
  double end_s = 0.0;
  while (frame) {
    if (!PassOnWhenDue(frame, wanted.serial, stop)) return pass;
    pass.has_several_frames = frame->id > 0;
    end_s = frame->pts_s + SecondsPerFrame(source->info());
    frame = source->Next();
  }
  pass.reached_end = !stop.stop_requested();  // a stop ends reading, too
  // If the file plays again, its last frame is shown as long as the others.
  pacer_.RestartAt(pacer_.DueAt(end_s, Clock::now()));
  return pass;
}

FramePtr CaptureLoop::FirstFrom(FrameSource& source, double from_s, int64_t serial,
                                const std::stop_token& stop) {
  FramePtr last;
  while (FramePtr frame = source.Next()) {
    last = std::move(frame);
    if (last->pts_s >= from_s || stop.stop_requested()) break;
    if (links_.controls.IsElsewhere(serial)) break;
  }
  return last;
}

bool CaptureLoop::PassOnWhenDue(const FramePtr& frame, int64_t serial,
                                const std::stop_token& stop) {
  Turn turn = Turn::kAgain;
  while (turn == Turn::kAgain) {
    const auto due = pacer_.DueAt(frame->pts_s, Clock::now());
    turn = links_.controls.WaitForTurn(serial, due, stop);
    if (turn == Turn::kAgain) PassOnAgain(stop);
  }
  if (turn == Turn::kLeave) return false;
  if (turn == Turn::kStep) pacer_.Restart();
  last_ = {frame, Clock::now(), serial, run_, false, false};
  links_.board.CountCaptured(serial, last_->captured_at);
  return links_.frames.PutAfterTaken(*last_, stop);
}

void CaptureLoop::WaitAtEnd(int64_t serial, bool may_loop, const std::stop_token& stop) {
  if (may_loop && links_.controls.loops()) return;
  links_.board.Ended(serial);
  while (links_.controls.WaitAtEnd(serial, may_loop, stop) == Turn::kAgain) {
    PassOnAgain(stop);
  }
}

void CaptureLoop::PlayLive(const WantedSource& wanted, const std::stop_token& stop) {
  retry_delay_ = settings_.retry.first;
  while (!IsOver(wanted.serial, stop)) {
    std::string problem = wanted.name + ": the stream ended; check the sender and the network";
    try {
      const std::unique_ptr<FrameSource> source = Open(wanted, stop);
      ReadLive(*source, wanted.serial, stop);
    } catch (const std::exception& error) {
      problem = error.what();
    }
    if (IsOver(wanted.serial, stop)) return;
    const auto retry_at = Clock::now() + retry_delay_;
    links_.board.Retrying(wanted.serial, std::move(problem), retry_at);
    if (!links_.controls.WaitUntil(wanted.serial, retry_at, stop)) return;
    retry_delay_ = std::min(2 * retry_delay_, settings_.retry.longest);
  }
}

void CaptureLoop::ReadLive(FrameSource& source, int64_t serial, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    FramePtr frame = source.Next();
    if (!frame) return;
    retry_delay_ = settings_.retry.first;
    switch (links_.controls.TurnOfLive(serial)) {
      case Turn::kPlay:
      case Turn::kStep:
        last_ = {frame, frame->captured_at, serial, run_, true, false};
        links_.board.CountCaptured(serial, last_->captured_at);
        if (links_.frames.Put(*last_)) links_.board.CountDropped(serial);
        break;
      case Turn::kAgain:
        PassOnAgain(stop);
        break;
      case Turn::kHold:
        break;
      case Turn::kLeave:
        return;
    }
  }
}

void CaptureLoop::PassOnAgain(const std::stop_token& stop) {
  if (!last_) return;
  last_->again = true;
  last_->captured_at = Clock::now();
  links_.frames.PutAfterTaken(*last_, stop);
}

}  // namespace nosetip
