#include "tracker/stream/live_client.h"

#include <array>
#include <cerrno>
#include <utility>

#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/stream/http_request.h"
#include "tracker/stream/web_pages.h"

namespace nosetip {
namespace {

constexpr std::chrono::seconds kPatience{2};
constexpr std::chrono::seconds kBetweenSignsOfLife{1};

}  // namespace

LiveClient::LiveClient(int socket, const RequestCheck& check)
    : check_(check), socket_(socket), moved_at_(Clock::now()) {}

LiveClient::~LiveClient() { close(socket_); }

bool LiveClient::Step(const std::shared_ptr<LiveResult>& newest, bool may_stream,
                      Clock::time_point now) {
  if (!Read()) return false;
  if (Asking()) {
    const bool complete = in_.find("\r\n\r\n") != std::string::npos;
    if (complete || in_.size() > kMaxRequestBytes) {
      Answer(newest.get(), may_stream);
    } else {
      return now - moved_at_ < kPatience;
    }
  }
  if (!Send(now)) return false;
  if (!Streams() || WantsToSend()) return true;
  Continue(newest.get(), now);
  return Send(now);
}

// What comes after the request is read, so that the end of the connection is seen, and dropped.
bool LiveClient::Read() {
  std::array<char, 4096> bytes{};
  const ssize_t size = recv(socket_, bytes.data(), bytes.size(), 0);
  if (size == 0) return false;
  if (size < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  if (Asking()) in_.append(bytes.data(), static_cast<size_t>(size));
  return true;
}

void LiveClient::Answer(LiveResult* newest, bool may_stream) {
  state_ = State::kAnswered;
  const size_t end = in_.find("\r\n\r\n");
  if (end == std::string::npos || end + 4 > kMaxRequestBytes) {
    Refuse(431);
    return;
  }
  const auto request = ParseRequest(std::string_view(in_).substr(0, end + 4));
  if (!request) {
    Refuse(400);
    return;
  }
  head_only_ = request->method == "HEAD";
  const int status =
      check_.StatusOf(request->method, request->target, request->host, request->token);
  if (status != 200) {
    Refuse(status);
    return;
  }
  AnswerPath(request->path, newest, may_stream);
}

void LiveClient::AnswerPath(const std::string& path, LiveResult* newest, bool may_stream) {
  const bool events = path == "/events", pictures = path == "/stream.mjpg";
  if (events || pictures) {
    if (!may_stream) {
      Refuse(503);
      return;
    }
    const char* const type =
        events ? "text/event-stream" : "multipart/x-mixed-replace; boundary=frame";
    out_ = HttpHead(200, type, std::nullopt);
    if (!head_only_) state_ = events ? State::kEvents : State::kPictures;
  } else if (path == "/") {
    Say(200, "text/html; charset=utf-8", LivePage());
  } else if (path == "/overlay") {
    Say(200, "text/html; charset=utf-8", OverlayPage());
  } else if (path == "/frame.jpg" && newest != nullptr) {
    Say(200, "image/jpeg", newest->Jpeg(),
        fmt::format("Nosetip-Frame: {}\r\n", newest->frame().frame_id));
  } else {
    Refuse(path == "/frame.jpg" ? 503 : 404);
  }
}

void LiveClient::Say(int status, std::string_view type, std::string_view body,
                     std::string_view headers) {
  out_ = HttpHead(status, type, body.size(), headers);
  if (!head_only_) out_ += body;
}

void LiveClient::Refuse(int status) { Say(status, "text/plain", fmt::format("{}\n", status)); }

// The next part of a stream, where there is a newer result or nothing was sent for long.
void LiveClient::Continue(LiveResult* newest, Clock::time_point now) {
  out_.clear();
  sent_ = 0;
  const bool events = state_ == State::kEvents;
  if (newest == nullptr || newest->number() == seen_) {
    if (now - moved_at_ >= kBetweenSignsOfLife) out_ = events ? ":\n\n" : "\r\n";
    return;
  }
  seen_ = newest->number();
  if (!events) {
    const std::string& jpeg = newest->Jpeg();
    out_ = fmt::format("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\n\r\n{}\r\n",
                       jpeg.size(), jpeg);
    return;
  }
  const std::string format = newest->FormatJson();
  if (format != format_) out_ = fmt::format("event: format\ndata: {}\n\n", format);
  format_ = format;
  out_ += fmt::format("data: {}\n\n", newest->Json());
}

bool LiveClient::Send(Clock::time_point now) {
  if (WantsToSend()) {
    const ssize_t size =
        send(socket_, out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size > 0) {
      sent_ += static_cast<size_t>(size);
      moved_at_ = now;
    } else if (size < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
      return false;
    }
  }
  if (WantsToSend()) return now - moved_at_ < kPatience;
  return Streams();
}

}  // namespace nosetip
