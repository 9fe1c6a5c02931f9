#include "tests/support/mjpeg_server.h"

#include <thread>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

HttpServer::Answer Pictures(std::vector<std::string> jpegs, std::chrono::milliseconds interval) {
  Check(!jpegs.empty(), "a picture to send");
  return [jpegs = std::move(jpegs), interval](int client, const std::stop_token& stop) {
    if (!SendAll(client, kMultipart)) return;
    for (size_t i = 0; !stop.stop_requested(); i = (i + 1) % jpegs.size()) {
      if (!SendAll(client, WholePart(jpegs[i]))) return;
      std::this_thread::sleep_for(interval);
    }
  };
}

}  // namespace

std::string WholePart(const std::string& jpeg) {
  return fmt::format("--next\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\n\r\n{}\r\n",
                     jpeg.size(), jpeg);
}

MjpegServer::MjpegServer(std::vector<std::string> jpegs, std::chrono::milliseconds interval,
                         int port)
    : server_(Pictures(std::move(jpegs), interval), port) {}

std::string MjpegServer::AddressOf(int port) {
  return fmt::format("http://127.0.0.1:{}/camera.mjpg", port);
}

}  // namespace nosetip
