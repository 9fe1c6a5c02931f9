// A small web server for the live picture and results.
#pragma once

#include <memory>
#include <string>

#include "tracker/stream/endpoint.h"
#include "tracker/stream/stream_frame.h"

namespace nosetip {

// GET and HEAD of
//   /             the live picture with the points drawn by the browser
//   /overlay      the points on a transparent ground, for OBS's browser source
//   /events       Server-Sent Events: "format" with {"width", "height", "edges"}, and for each
//                 frame the line of --jsonl --signals
//   /frame.jpg    the newest picture; the header Nosetip-Frame has its number
//   /stream.mjpg  all pictures, one after the other
//
// One thread serves all clients and waits for none: each gets the newest frame when it has taken
// the one before. The numbers of clients and of those that stream are limited; one that asks or
// takes nothing for seconds is dropped. On another address than a loopback one each request needs
// the token: "?token=...". See RequestCheck for what is refused.
class LiveServer {
 public:
  // Throws Error where it cannot listen, such as on a port in use.
  explicit LiveServer(const Endpoint& endpoint);
  // Closes all connections.
  ~LiveServer();
  LiveServer(const LiveServer&) = delete;
  LiveServer& operator=(const LiveServer&) = delete;

  // For the user's browser, with the token; with the machine's name where it listens on all
  // addresses.
  std::string Address() const;

  // Never waits.
  void Offer(StreamFramePtr frame);

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace nosetip
