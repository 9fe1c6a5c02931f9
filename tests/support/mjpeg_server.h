// A stand-in for a network camera.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/http_server.h"

namespace nosetip {

// The head of motion JPEG over HTTP, and one of its parts.
inline constexpr const char* kMultipart =
    "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n";
std::string WholePart(const std::string& jpeg);

// Sends JPEG pictures in turn to whoever connects, as motion JPEG over HTTP
// (multipart/x-mixed-replace), one client at a time. Destroying it breaks the connection off as
// killing a sender does.
class MjpegServer {
 public:
  // Port 0 takes a free one. The pictures are whole JPEG files.
  MjpegServer(std::vector<std::string> jpegs, std::chrono::milliseconds interval, int port = 0);

  int port() const { return server_.port(); }
  std::string Address() const { return AddressOf(port()); }
  static std::string AddressOf(int port);

 private:
  HttpServer server_;
};

}  // namespace nosetip
