#include "tracker/stream/live_server.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"
#include "tracker/stream/live_client.h"
#include "tracker/stream/live_results.h"
#include "tracker/stream/request_check.h"

namespace nosetip {
namespace {

constexpr int kMaxStreams = 16;
constexpr size_t kMaxClients = 128;
constexpr int kWaitMs = 200;  // for the patience with clients, which is counted in seconds

// A socket or an eventfd.
class Handle {
 public:
  explicit Handle(int handle) : handle_(handle) {}
  ~Handle() {
    if (handle_ >= 0) close(handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return handle_; }

 private:
  int handle_;
};

// Throws Error that says why nothing can listen there.
int Listen(const Endpoint& endpoint) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int unknown =
      getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &wanted, &found);
  std::string problem = unknown != 0 ? gai_strerror(unknown) : "";
  if (unknown == 0) {
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, freeaddrinfo);
    const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(socket, found->ai_addr, found->ai_addrlen) == 0 && listen(socket, SOMAXCONN) == 0) {
      return socket;
    }
    problem = std::generic_category().message(errno);
    if (socket >= 0) close(socket);
  }
  throw Error(fmt::format("--serve {}: cannot listen there: {}", EndpointText(endpoint), problem));
}

}  // namespace

class LiveServer::Impl {
 public:
  explicit Impl(const Endpoint& endpoint)
      : endpoint_(endpoint),
        check_(endpoint),
        listening_(Listen(endpoint)),
        woken_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    thread_ = StartThread([this](const std::stop_token& stop) { Serve(stop); });
  }

  ~Impl() {
    thread_.request_stop();
    Wake();
  }

  void Offer(StreamFramePtr frame) {
    results_.Offer(std::move(frame));
    Wake();
  }

  std::string Address() const {
    const std::string address = fmt::format("http://{}/", EndpointText(endpoint_));
    return check_.token().empty() ? address : fmt::format("{}?token={}", address, check_.token());
  }

 private:
  void Wake() const { eventfd_write(woken_.get(), 1); }

  void Serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      Wait();
      const auto newest = results_.Newest();
      const auto now = LiveClient::Clock::now();
      auto streams =
          std::ranges::count_if(clients_, [](const auto& client) { return client->Streams(); });
      std::erase_if(clients_, [&](const std::unique_ptr<LiveClient>& client) {
        const bool asking = client->Asking();
        const bool stays = client->Step(newest, streams < kMaxStreams, now);
        if (asking && client->Streams()) ++streams;
        return !stays;
      });
      Accept();
    }
  }

  // Until a client can be read or written, one comes, or there is a newer frame.
  void Wait() const {
    std::vector<pollfd> handles = {{listening_.get(), POLLIN, 0}, {woken_.get(), POLLIN, 0}};
    for (const auto& client : clients_) {
      const int events = client->WantsToSend() ? POLLIN | POLLOUT : POLLIN;
      handles.push_back({client->socket(), static_cast<short>(events), 0});
    }
    poll(handles.data(), handles.size(), kWaitMs);
    eventfd_t ignored = 0;
    eventfd_read(woken_.get(), &ignored);
  }

  void Accept() {
    while (true) {
      const int socket = accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (socket < 0) return;
      if (clients_.size() >= kMaxClients) DropOne();
      clients_.push_back(std::make_unique<LiveClient>(socket, check_));
    }
  }

  // The one that has been asking for the longest time, if any: it may never end.
  void DropOne() {
    const auto slowest =
        std::ranges::find_if(clients_, [](const auto& client) { return client->Asking(); });
    clients_.erase(slowest != clients_.end() ? slowest : clients_.begin());
  }

  Endpoint endpoint_;
  RequestCheck check_;
  Handle listening_;
  Handle woken_;
  LiveResults results_;
  std::vector<std::unique_ptr<LiveClient>> clients_;  // as they came
  std::jthread thread_;
};

LiveServer::LiveServer(const Endpoint& endpoint) : impl_(std::make_unique<Impl>(endpoint)) {}
LiveServer::~LiveServer() = default;

std::string LiveServer::Address() const { return impl_->Address(); }

void LiveServer::Offer(StreamFramePtr frame) { impl_->Offer(std::move(frame)); }

}  // namespace nosetip
