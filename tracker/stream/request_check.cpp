#include "tracker/stream/request_check.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <random>
#include <utility>

#include <arpa/inet.h>
#include <fmt/core.h>
#include <unistd.h>

namespace nosetip {
namespace {

constexpr size_t kMaxTarget = 512;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

bool IsAddress(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

// Takes as long for a token that is nearly right as for any other.
bool SameToken(std::string_view given, std::string_view wanted) {
  unsigned difference = given.size() == wanted.size() ? 0 : 1;
  for (size_t i = 0; i < wanted.size(); ++i) {
    const char c = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(c) ^ static_cast<unsigned char>(wanted[i]);
  }
  return difference == 0;
}

}  // namespace

bool IsLoopback(std::string_view host) {
  if (host == "::1" || Lower(host) == "localhost") return true;
  return host.starts_with("127.") && IsAddress(std::string(host));
}

std::string NewToken() {
  std::random_device random;
  std::string token;
  for (int i = 0; i < 4; ++i) token += fmt::format("{:08x}", random());
  return token;
}

std::string MachineName() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? Lower(name.data()) : "";
}

RequestCheck::RequestCheck(Endpoint endpoint)
    : endpoint_(std::move(endpoint)),
      token_(IsLoopback(endpoint_.host) ? "" : NewToken()),
      machine_(MachineName()) {}

int RequestCheck::StatusOf(std::string_view method, std::string_view target, std::string_view host,
                           std::string_view token) const {
  if (method != "GET" && method != "HEAD") return 405;
  if (target.size() > kMaxTarget) return 414;
  if (!IsOurs(host)) return 421;
  if (!token_.empty() && !SameToken(token, token_)) return 401;
  return 200;
}

bool RequestCheck::IsOurs(std::string_view host) const {
  const std::string port = fmt::format(":{}", endpoint_.port);
  if (host.ends_with(port)) {
    host.remove_suffix(port.size());
  } else if (endpoint_.port != 80) {
    return false;
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::string name = Lower(host);
  if (token_.empty()) return IsLoopback(name);
  const bool of_machine = !machine_.empty() && (name == machine_ || name == machine_ + ".local");
  return IsAddress(name) || name == "localhost" || of_machine || name == Lower(endpoint_.host);
}

}  // namespace nosetip
