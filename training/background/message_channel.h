// Messages between two processes that share a socket. Free of LibTorch and OpenCV.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include <nlohmann/json_fwd.hpp>

namespace nosetip {

// Owns an open file descriptor.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Far above any message of ours.
inline constexpr uint32_t kMaxMessageBytes = 1U << 28;

// Messages over a stream socket, both ways: the length in four bytes, low byte first, then the
// value as CBOR (RFC 8949), which holds pictures without an encoding of their own. One thread may
// receive while others send one after another.
class MessageChannel {
 public:
  explicit MessageChannel(FileDescriptor socket) : socket_(std::move(socket)) {}

  // Waits for room in the socket. False once the other side is closed.
  bool Send(const nlohmann::json& message);
  // Waits for a message. Nothing once either side is closed. Throws Error for one that is longer
  // than kMaxMessageBytes or no CBOR; the channel is of no use then.
  std::optional<nlohmann::json> Receive();
  // Closes both directions: a waiting Receive returns, here and at the other side. From any thread.
  void Close();

 private:
  FileDescriptor socket_;
};

// The two ends of a channel; neither is inherited by other programs.
struct MessageChannelPair {
  FileDescriptor near;
  FileDescriptor far;
};
// Throws Error where the process has too many files open.
MessageChannelPair MakeChannelPair();

}  // namespace nosetip
