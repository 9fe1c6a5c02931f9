#include "training/background/message_channel.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"

namespace nosetip {
namespace {

bool SendAll(int socket, std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(sent));
  }
  return true;
}

bool ReceiveAll(int socket, std::span<uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t received = recv(socket, bytes.data(), bytes.size(), 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(received));
  }
  return true;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) close(fd_);
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

bool MessageChannel::Send(const nlohmann::json& message) {
  std::vector<uint8_t> bytes(4);
  AppendCbor(message, bytes);
  const size_t length = bytes.size() - 4;
  Check(length <= kMaxMessageBytes, "a message below the limit");
  for (size_t i = 0; i < 4; ++i) bytes[i] = static_cast<uint8_t>(length >> (8 * i));
  return SendAll(socket_.get(), bytes);
}

std::optional<nlohmann::json> MessageChannel::Receive() {
  std::array<uint8_t, 4> head{};
  if (!ReceiveAll(socket_.get(), head)) return std::nullopt;
  uint32_t length = 0;
  for (size_t i = 0; i < 4; ++i) length |= static_cast<uint32_t>(head[i]) << (8 * i);
  if (length > kMaxMessageBytes) {
    throw Error(
        fmt::format("a message between the app and its training program has {} bytes, but "
                    "the limit is {}; install both from the same version of Nosetip",
                    length, kMaxMessageBytes));
  }
  std::vector<uint8_t> bytes(length);
  if (!ReceiveAll(socket_.get(), bytes)) return std::nullopt;
  try {
    return ParseCbor(bytes);
  } catch (const Error& error) {
    throw Error(
        fmt::format("a message between the app and its training program is damaged ({}); "
                    "install both from the same version of Nosetip",
                    error.what()));
  }
}

void MessageChannel::Close() { shutdown(socket_.get(), SHUT_RDWR); }

MessageChannelPair MakeChannelPair() {
  std::array<int, 2> fds{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
    throw Error("cannot make a socket for the training: too many files are open; close some");
  }
  return {FileDescriptor(fds[0]), FileDescriptor(fds[1])};
}

}  // namespace nosetip
