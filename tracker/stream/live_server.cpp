#include "tracker/stream/live_server.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <exception>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"
#include "tracker/stream/live_client.h"
#include "tracker/stream/live_results.h"
#include "tracker/stream/request_check.h"
#include "tracker/stream/socket_addresses.h"

namespace nosetip {
namespace {

constexpr int kMaxStreams = 16;
constexpr size_t kMaxClients = 128;
constexpr std::chrono::milliseconds kBackOff{200};  // after a client that could not be accepted
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

std::string ErrorText(int error) { return std::generic_category().message(error); }

// -1, and errno, where nothing can listen there.
int ListenOn(const SocketAddress& address) {
  const int socket = ::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return socket;
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  if (bind(socket, address.get(), address.size) == 0 && listen(socket, SOMAXCONN) == 0) {
    return socket;
  }
  const int error = errno;
  close(socket);
  errno = error;
  return -1;
}

// Throws Error that says why nothing can listen on any address of the endpoint.
int Listen(const Endpoint& endpoint) {
  std::string problem;
  try {
    for (const SocketAddress& address : AddressesOf(endpoint, SOCK_STREAM)) {
      const int socket = ListenOn(address);
      if (socket >= 0) return socket;
      if (problem.empty()) problem = ErrorText(errno);
    }
  } catch (const Error& error) {
    problem = error.what();
  }
  throw Error(fmt::format("--serve {}: cannot listen there: {}", EndpointText(endpoint), problem));
}

int NewEvent() {
  const int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (event < 0) throw Error(fmt::format("--serve: cannot start: {}", ErrorText(errno)));
  return event;
}

// What others can reach: the machine's name for an address that stands for all of its own.
Endpoint SeenByOthers(const Endpoint& endpoint) {
  const bool all = endpoint.host == "0.0.0.0" || endpoint.host == "::";
  const std::string machine = MachineName();
  return {all && !machine.empty() ? machine : endpoint.host, endpoint.port};
}

}  // namespace

class LiveServer::Impl {
 public:
  explicit Impl(const Endpoint& endpoint)
      : endpoint_(endpoint), check_(endpoint), listening_(Listen(endpoint)), woken_(NewEvent()) {
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
    const std::string address = fmt::format("http://{}/", EndpointText(SeenByOthers(endpoint_)));
    return check_.token().empty() ? address : fmt::format("{}?token={}", address, check_.token());
  }

 private:
  void Wake() const { eventfd_write(woken_.get(), 1); }

  void Serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      try {
        Wait();
        StepAll();
        Accept();
      } catch (const std::exception&) {
        clients_.clear();  // there is no memory for more
      }
    }
  }

  void StepAll() {
    const auto newest = results_.Newest();
    const auto now = LiveClient::Clock::now();
    auto streams =
        std::ranges::count_if(clients_, [](const auto& client) { return client->Streams(); });
    std::erase_if(clients_, [&](const std::unique_ptr<LiveClient>& client) {
      const bool asking = client->Asking();
      const bool stays = Step(*client, newest, streams < kMaxStreams, now);
      if (asking && client->Streams()) ++streams;
      return !stays;
    });
  }

  // A client that something fails for, such as to encode the picture, is dropped.
  static bool Step(LiveClient& client, const std::shared_ptr<LiveResult>& newest, bool may_stream,
                   LiveClient::Clock::time_point now) {
    try {
      return client.Step(newest, may_stream, now);
    } catch (const std::exception&) {
      return false;
    }
  }

  // Until a client can be read or written, one comes, or there is a newer frame.
  void Wait() const {
    std::vector<pollfd> handles = {{woken_.get(), POLLIN, 0}};
    if (MayAccept()) handles.push_back({listening_.get(), POLLIN, 0});
    for (const auto& client : clients_) {
      const int events = client->WantsToSend() ? POLLIN | POLLOUT : POLLIN;
      handles.push_back({client->socket(), static_cast<short>(events), 0});
    }
    poll(handles.data(), handles.size(), kWaitMs);
    eventfd_t ignored = 0;
    eventfd_read(woken_.get(), &ignored);
  }

  bool MayAccept() const { return LiveClient::Clock::now() >= accept_again_; }

  void Accept() {
    while (MayAccept()) {
      const int socket = accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (socket < 0) {
        // Where there are too many open files the one that came stays, and would be seen at once.
        if (errno != EAGAIN) accept_again_ = LiveClient::Clock::now() + kBackOff;
        return;
      }
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
  LiveClient::Clock::time_point accept_again_;
  std::jthread thread_;
};

LiveServer::LiveServer(const Endpoint& endpoint) : impl_(std::make_unique<Impl>(endpoint)) {}
LiveServer::~LiveServer() = default;

std::string LiveServer::Address() const { return impl_->Address(); }

void LiveServer::Offer(StreamFramePtr frame) { impl_->Offer(std::move(frame)); }

}  // namespace nosetip
