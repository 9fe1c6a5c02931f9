// Sends live results as datagrams, on a thread of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "tracker/core/latest_slot.h"
#include "tracker/stream/endpoint.h"
#include "tracker/stream/stream_frame.h"
#include "tracker/stream/udp_socket.h"

namespace nosetip {

struct UdpSenderOptions {
  std::string option;  // such as "--osc", for messages
  Endpoint endpoint;
  // The datagram of a frame; empty where there is nothing to send.
  std::function<std::string(const StreamFrame&)> encode;
  // Called on the sender's thread, once per problem: the name is not known, nothing receives.
  std::function<void(const std::string&)> on_problem;
};

// A name that is not known is looked up again every few seconds. The end of a sender waits for the
// last frame, and for a look-up under way.
class UdpSender {
 public:
  explicit UdpSender(UdpSenderOptions options);
  ~UdpSender();
  UdpSender(const UdpSender&) = delete;
  UdpSender& operator=(const UdpSender&) = delete;

  // Never waits. Of frames that come faster than they can be sent, the newest is kept.
  void Offer(StreamFramePtr frame) { latest_.Put(std::move(frame)); }

  // Waits for the last frame. "--osc 127.0.0.1:8338: 120 frames sent, 3 dropped"; those that could
  // not be sent count as dropped. Nothing is sent afterwards.
  std::string Finish();

 private:
  void Run();
  bool Connected();
  void Say(const std::string& problem);

  UdpSenderOptions options_;
  LatestSlot<StreamFramePtr> latest_;
  std::unique_ptr<UdpSocket> socket_;
  std::chrono::steady_clock::time_point next_look_up_;
  std::set<std::string> said_;
  int64_t sent_ = 0;
  int64_t unsent_ = 0;
  std::jthread thread_;
};

}  // namespace nosetip
