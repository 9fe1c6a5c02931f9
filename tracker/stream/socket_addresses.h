// The addresses that an endpoint's name stands for.
#pragma once

#include <vector>

#include <sys/socket.h>

#include "tracker/stream/endpoint.h"

namespace nosetip {

struct SocketAddress {
  sockaddr_storage bytes{};
  socklen_t size = 0;

  int family() const { return bytes.ss_family; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&bytes); }
};

// At least one, for SOCK_DGRAM or SOCK_STREAM. Can take seconds. Throws Error where the name is not
// known.
std::vector<SocketAddress> AddressesOf(const Endpoint& endpoint, int socket_type);

// Otherwise in the same order. Many programs listen on 127.0.0.1 only, while "localhost" may stand
// for ::1 first, where nobody tells a sender that its datagrams are lost.
void PutIpv4First(std::vector<SocketAddress>& addresses);

}  // namespace nosetip
