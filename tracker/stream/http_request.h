// What a browser asks for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nosetip {

inline constexpr size_t kMaxRequestBytes = 8192;

struct HttpRequest {
  std::string method;
  std::string target;  // as it came: "/overlay?token=..."
  std::string path;    // of that, up to '?'; nothing in it is decoded
  std::string token;   // the value of the parameter `token`; empty where there is none
  std::string host;
};

// Reads a request line and headers (RFC 9112), with the empty line at their end. Nothing for what
// is no such request, for one that is longer than kMaxRequestBytes or has not exactly one Host.
std::optional<HttpRequest> ParseRequest(std::string_view head);

// Status line and headers. `headers` are complete lines. Where `length` is empty, the body ends
// with the connection.
std::string HttpHead(int status, std::string_view type, std::optional<size_t> length,
                     std::string_view headers = "");

}  // namespace nosetip
