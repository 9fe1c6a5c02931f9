// A stand-in for a network camera.
#pragma once

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace nosetip {

// Sends JPEG pictures in turn to whoever connects, as motion JPEG over HTTP
// (multipart/x-mixed-replace), one client at a time. Destroying it breaks the connection off as
// killing a sender does.
class MjpegServer {
 public:
  // Port 0 takes a free one. The pictures are whole JPEG files.
  MjpegServer(std::vector<std::string> jpegs, std::chrono::milliseconds interval, int port = 0);
  ~MjpegServer();
  MjpegServer(const MjpegServer&) = delete;
  MjpegServer& operator=(const MjpegServer&) = delete;

  int port() const { return port_; }
  std::string Address() const { return AddressOf(port_); }
  static std::string AddressOf(int port);

 private:
  void Serve(const std::stop_token& stop) const;
  void SendPictures(int client, const std::stop_token& stop) const;

  std::vector<std::string> jpegs_;
  std::chrono::milliseconds interval_;
  int socket_ = -1;
  int port_ = 0;
  std::jthread thread_;  // last, so that it ends before what it uses goes
};

}  // namespace nosetip
