#include "tracker/stream/endpoint.h"

#include <charconv>
#include <optional>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

std::optional<int> PortOf(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || port < 1 || port > 65535) return std::nullopt;
  return port;
}

// Without the brackets of an IPv6 address; empty where there is none, or a colon outside of them.
std::string_view HostOf(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) return text.substr(1, text.size() - 2);
  return text.find(':') == std::string_view::npos ? text : "";
}

}  // namespace

Endpoint ParseEndpoint(std::string_view option, std::string_view text,
                       std::string_view default_host) {
  const size_t colon = text.rfind(':');
  const bool port_alone = colon == std::string_view::npos;
  const std::string_view host = port_alone ? default_host : HostOf(text.substr(0, colon));
  const std::optional<int> port = PortOf(port_alone ? text : text.substr(colon + 1));
  if (host.empty() || !port) {
    throw Error(fmt::format("{} is '{}'; give {}, such as 127.0.0.1:8338", option, text,
                            default_host.empty() ? "HOST:PORT" : "PORT or ADDRESS:PORT"));
  }
  return {std::string(host), *port};
}

std::string EndpointText(const Endpoint& endpoint) {
  const bool ipv6 = endpoint.host.find(':') != std::string::npos;
  return fmt::format("{}:{}", ipv6 ? fmt::format("[{}]", endpoint.host) : endpoint.host,
                     endpoint.port);
}

}  // namespace nosetip
