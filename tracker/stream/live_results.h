// The newest frame, for clients that each take it when they can.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "tracker/stream/stream_frame.h"

namespace nosetip {

// A frame in the forms that clients ask for, each made once, for the first that asks. One thread.
class LiveResult {
 public:
  LiveResult(int64_t number, StreamFramePtr frame) : number_(number), frame_(std::move(frame)) {}

  int64_t number() const { return number_; }  // 1, 2 ... as they were offered
  const StreamFrame& frame() const { return *frame_; }
  const std::string& Json();  // as a line of --jsonl, without the line break
  const std::string& Jpeg();
  // The picture's size and the lines between points: {"width", "height", "edges": [[0, 1], ...]}.
  std::string FormatJson() const;

 private:
  int64_t number_;
  StreamFramePtr frame_;
  std::optional<std::string> json_, jpeg_;
};

// The tracking offers, the server takes.
class LiveResults {
 public:
  void Offer(StreamFramePtr frame);
  std::shared_ptr<LiveResult> Newest() const;  // null before the first

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<LiveResult> newest_;
  int64_t offered_ = 0;
};

}  // namespace nosetip
