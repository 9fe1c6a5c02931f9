#include "tracker/stream/socket_addresses.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include <fmt/core.h>
#include <netdb.h>

#include "tracker/core/error.h"

namespace nosetip {

std::vector<SocketAddress> AddressesOf(const Endpoint& endpoint, int socket_type) {
  addrinfo wanted{};
  wanted.ai_socktype = socket_type;
  addrinfo* found = nullptr;
  const int problem =
      getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &wanted, &found);
  if (problem != 0) {
    throw Error(fmt::format("cannot resolve {}: {}", endpoint.host, gai_strerror(problem)));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, freeaddrinfo);
  std::vector<SocketAddress> addresses;
  for (const addrinfo* next = found; next != nullptr; next = next->ai_next) {
    SocketAddress& address = addresses.emplace_back();
    address.size = next->ai_addrlen;
    std::memcpy(&address.bytes, next->ai_addr, next->ai_addrlen);
  }
  PutIpv4First(addresses);
  return addresses;
}

void PutIpv4First(std::vector<SocketAddress>& addresses) {
  std::ranges::stable_partition(
      addresses, [](const SocketAddress& address) { return address.family() == AF_INET; });
}

}  // namespace nosetip
