// Datagrams to one receiver.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tracker/stream/endpoint.h"

namespace nosetip {

class UdpSocket {
 public:
  // Looks the name up, which can take seconds. Throws Error where it is not known.
  // Of its addresses an IPv4 one is preferred.
  explicit UdpSocket(const Endpoint& endpoint);
  ~UdpSocket();
  UdpSocket(const UdpSocket&) = delete;
  UdpSocket& operator=(const UdpSocket&) = delete;

  // Never waits. What went wrong, such as "Connection refused" where nothing receives (which the
  // system tells with the next datagram); nothing where it was sent.
  std::optional<std::string> Send(std::string_view datagram);

 private:
  int socket_ = -1;
};

}  // namespace nosetip
