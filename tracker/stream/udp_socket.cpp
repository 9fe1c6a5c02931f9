#include "tracker/stream/udp_socket.h"

#include <cerrno>
#include <system_error>

#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/stream/socket_addresses.h"

namespace nosetip {
namespace {

std::string ErrorText(int error) { return std::generic_category().message(error); }

}  // namespace

UdpSocket::UdpSocket(const Endpoint& endpoint) {
  int error = 0;
  for (const SocketAddress& address : AddressesOf(endpoint, SOCK_DGRAM)) {
    socket_ = socket(address.family(), SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_ >= 0 && connect(socket_, address.get(), address.size) == 0) return;
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
