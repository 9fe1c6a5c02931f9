#include "training/background/message_channel.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// Far above any message of ours: a longer one is damaged.
constexpr uint32_t kLongest = 1U << 30;

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
  nlohmann::json::to_cbor(message, bytes);
  const size_t length = bytes.size() - 4;
  Check(length < kLongest, "a message below a gigabyte");
  for (size_t i = 0; i < 4; ++i) bytes[i] = static_cast<uint8_t>(length >> (8 * i));
  return SendAll(socket_.get(), bytes);
}

std::optional<nlohmann::json> MessageChannel::Receive() {
  std::array<uint8_t, 4> head{};
  if (!ReceiveAll(socket_.get(), head)) return std::nullopt;
  uint32_t length = 0;
  for (size_t i = 0; i < 4; ++i) length |= static_cast<uint32_t>(head[i]) << (8 * i);
  if (length >= kLongest) return std::nullopt;
  std::vector<uint8_t> bytes(length);
  if (!ReceiveAll(socket_.get(), bytes)) return std::nullopt;
  nlohmann::json message = nlohmann::json::from_cbor(bytes, true, false);
  if (message.is_discarded()) return std::nullopt;
  return message;
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
