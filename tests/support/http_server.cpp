#include "tests/support/http_server.h"

#include <cstdint>
#include <utility>

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {

bool SendAll(int client, const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t now = send(client, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now <= 0) return false;
    sent += static_cast<size_t>(now);
  }
  return true;
}

HttpServer::HttpServer(Answer answer, int port)
    : answer_(std::move(answer)), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
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

HttpServer::~HttpServer() {
  thread_.request_stop();
  shutdown(socket_, SHUT_RDWR);  // ends accept
  thread_.join();
  close(socket_);
}

std::string HttpServer::Address() const {
  return fmt::format("http://127.0.0.1:{}/clip.avi", port_);
}

void HttpServer::Serve(const std::stop_token& stop) const {
  while (!stop.stop_requested()) {
    const int client = accept(socket_, nullptr, nullptr);
    if (client < 0) continue;
    std::string request(4096, '\0');
    if (recv(client, request.data(), request.size(), 0) > 0) answer_(client, stop);
    close(client);
  }
}

}  // namespace nosetip
