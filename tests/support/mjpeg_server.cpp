#include "tests/support/mjpeg_server.h"

#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

bool SendAll(int client, const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t now = send(client, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now <= 0) return false;
    sent += static_cast<size_t>(now);
  }
  return true;
}

}  // namespace

MjpegServer::MjpegServer(std::vector<std::string> jpegs, std::chrono::milliseconds interval,
                         int port)
    : jpegs_(std::move(jpegs)), interval_(interval), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  Check(!jpegs_.empty(), "a picture to send");
  const int reuse = 1;  // a sender that is started again wants its port back at once
  setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  socklen_t length = sizeof(address);
  Check(bind(socket_, reinterpret_cast<sockaddr*>(&address), length) == 0, "a free port");
  Check(listen(socket_, 8) == 0, "a listening socket");
  getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this](const std::stop_token& stop) { Serve(stop); });
}

MjpegServer::~MjpegServer() {
  thread_.request_stop();
  thread_.join();
  close(socket_);
}

std::string MjpegServer::AddressOf(int port) {
  return "http://127.0.0.1:" + std::to_string(port) + "/camera.mjpg";
}

void MjpegServer::Serve(const std::stop_token& stop) const {
  constexpr int kLookAgainMs = 5;
  while (!stop.stop_requested()) {
    pollfd waiting{socket_, POLLIN, 0};
    if (poll(&waiting, 1, kLookAgainMs) <= 0) continue;
    const int client = accept(socket_, nullptr, nullptr);
    if (client < 0) continue;
    std::string request(4096, '\0');
    if (recv(client, request.data(), request.size(), 0) > 0) SendPictures(client, stop);
    close(client);
  }
}

void MjpegServer::SendPictures(int client, const std::stop_token& stop) const {
  if (!SendAll(
          client,
          "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n")) {
    return;
  }
  for (size_t i = 0; !stop.stop_requested(); i = (i + 1) % jpegs_.size()) {
    const std::string head = "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " +
                             std::to_string(jpegs_[i].size()) + "\r\n\r\n";
    if (!SendAll(client, head + jpegs_[i] + "\r\n")) return;
    std::this_thread::sleep_for(interval_);
  }
}

}  // namespace nosetip
