// Where a sender sends to, or a server listens.
#pragma once

#include <string>
#include <string_view>

namespace nosetip {

struct Endpoint {
  std::string host;  // a name or an address, without brackets
  int port = 0;      // 1 to 65535
};

// "HOST:PORT", with an IPv6 address in brackets: "[::1]:9000". Where `default_host` is not empty,
// "PORT" alone means that host. Throws Error that starts with `option` for anything else.
Endpoint ParseEndpoint(std::string_view option, std::string_view text,
                       std::string_view default_host = "");

// The inverse.
std::string EndpointText(const Endpoint& endpoint);

}  // namespace nosetip
