// All senders of a run.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/stream/live_server.h"
#include "tracker/stream/stream_options.h"
#include "tracker/stream/udp_sender.h"

namespace nosetip {

class Streams {
 public:
  // Throws Error where a protocol needs other points. A port in use is a note. `schema` must
  // outlive this.
  Streams(const StreamOptions& options, const LandmarkSchema& schema);

  // Where a browser finds the live picture, with its token; empty where nothing is served.
  std::string ServerAddress() const { return server_ ? server_->Address() : ""; }

  // Hands a frame to all senders and returns at once. One thread at a time.
  void Offer(const FramePtr& frame, const TrackResult& result, const std::string& source);

  // What the user should know since the last call: a receiver that is not there. Any thread.
  std::vector<std::string> TakeNotes();

  // Waits for the last frame; then one line per sender: "--osc 127.0.0.1:8338: 120 sent, 3
  // dropped".
  std::vector<std::string> Finish();

 private:
  void Note(const std::string& note);

  const LandmarkSchema& schema_;
  std::mutex mutex_;
  std::vector<std::string> notes_;
  std::vector<std::unique_ptr<UdpSender>> senders_;
  std::unique_ptr<LiveServer> server_;
};

}  // namespace nosetip
