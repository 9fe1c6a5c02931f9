// One client of the live server.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "tracker/stream/live_results.h"
#include "tracker/stream/request_check.h"

namespace nosetip {

// A connection that never waits: Step does what is possible now. One thread.
class LiveClient {
 public:
  using Clock = std::chrono::steady_clock;

  // Takes the socket, which must not block, and closes it.
  LiveClient(int socket, const RequestCheck& check);
  ~LiveClient();
  LiveClient(const LiveClient&) = delete;
  LiveClient& operator=(const LiveClient&) = delete;

  int socket() const { return socket_; }
  bool Asking() const { return state_ == State::kAsking; }
  bool Streams() const { return state_ == State::kEvents || state_ == State::kPictures; }
  bool WantsToSend() const { return sent_ < out_.size(); }

  // Reads, answers and sends. `newest` may be null; `may_stream` is false where too many do. False
  // once the connection is to be closed: all is sent, the client has gone, asks for seconds without
  // an end, or takes nothing for seconds.
  bool Step(const std::shared_ptr<LiveResult>& newest, bool may_stream, Clock::time_point now);

 private:
  enum class State { kAsking, kAnswered, kEvents, kPictures };

  bool Read();
  void Answer(LiveResult* newest, bool may_stream);
  void AnswerPath(const std::string& path, LiveResult* newest, bool may_stream);
  void Say(int status, std::string_view type, std::string_view body, std::string_view headers = "");
  void Refuse(int status);
  void Continue(LiveResult* newest, Clock::time_point now);
  bool Send(Clock::time_point now);

  const RequestCheck& check_;
  int socket_;
  State state_ = State::kAsking;
  bool head_only_ = false;
  std::string in_, out_;
  size_t sent_ = 0;
  Clock::time_point moved_at_;  // when the last bytes went out; at first, when it connected
  int64_t seen_ = 0;            // number of the last result
  std::string format_;
};

}  // namespace nosetip
