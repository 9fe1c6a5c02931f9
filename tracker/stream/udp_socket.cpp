#include "tracker/stream/udp_socket.h"

#include <cerrno>
#include <memory>
#include <system_error>

#include <fmt/core.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

std::string ErrorText(int error) { return std::generic_category().message(error); }

}  // namespace

UdpSocket::UdpSocket(const Endpoint& endpoint) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  const int problem =
      getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &wanted, &found);
  if (problem != 0) {
    throw Error(fmt::format("cannot resolve {}: {}", endpoint.host, gai_strerror(problem)));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, freeaddrinfo);
  int error = 0;
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    socket_ = socket(address->ai_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_ >= 0 && connect(socket_, address->ai_addr, address->ai_addrlen) == 0) return;
    error = errno;
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }
  throw Error(fmt::format("cannot reach {}: {}", endpoint.host, ErrorText(error)));
}

UdpSocket::~UdpSocket() {
  if (socket_ >= 0) close(socket_);
}

std::optional<std::string> UdpSocket::Send(std::string_view datagram) {
  if (send(socket_, datagram.data(), datagram.size(), MSG_NOSIGNAL) >= 0) return std::nullopt;
  return ErrorText(errno);
}

}  // namespace nosetip
