#include <array>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include <nlohmann/json.hpp>
#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"
#include "training/background/message_channel.h"
#include "training/background/training_messages.h"
#include "training/background/training_worker.h"
#include "training/commands/commands.h"

namespace nosetip {
namespace {

// Requests in the order of their arrival. A request to stop, or the end of the channel, stops the
// one that is being worked on.
class RequestQueue {
 public:
  explicit RequestQueue(MessageChannel& channel)
      : receiving_(StartThread([this, &channel] { ReceiveAll(channel); })) {}

  struct Next {
    TrainingRequest request;
    std::stop_token stop;
  };
  // Waits. Nothing once the channel has ended.
  std::optional<Next> Take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !requests_.empty(); });
    if (ended_) return std::nullopt;
    Next next{std::move(requests_.front()), {}};
    requests_.pop_front();
    current_ = std::stop_source();
    next.stop = current_.get_token();
    return next;
  }

  void End() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    current_.request_stop();
    changed_.notify_all();
  }

 private:
  void ReceiveAll(MessageChannel& channel) {
    try {
      while (const auto message = channel.Receive()) Add(RequestFrom(*message));
    } catch (const std::exception& error) {
      channel.Send(MessageFrom(TrainingEvent(RequestFailed{error.what()})));
    }
    End();
  }

  void Add(TrainingRequest request) {
    const std::lock_guard lock(mutex_);
    if (request.kind == TrainingRequestKind::kStop) {
      requests_.clear();
      current_.request_stop();
    } else {
      requests_.push_back(std::move(request));
    }
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<TrainingRequest> requests_;
  std::stop_source current_;
  bool ended_ = false;
  std::jthread receiving_;
};

// Training must not slow the live view. Threads that libraries have started would keep their
// priority, so the program starts itself again, and all of its threads inherit the new one. Returns
// only where that fails.
void StartAgainAtLowestPriority() {
  const sched_param lowest{};
  if (sched_setscheduler(0, SCHED_IDLE, &lowest) != 0) setpriority(PRIO_PROCESS, 0, 19);
  std::array<std::string, 3> words = {"nosetip-train", "background", "--lowered"};
  std::array<char*, 4> argv = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  execv("/proc/self/exe", argv.data());
}

int Serve(bool lowered, const std::stop_token& stop) {
  int kind = 0;
  socklen_t size = sizeof(kind);
  if (getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &kind, &size) != 0) {
    throw Error(
        "the live app starts this command by itself; to train, use nose, face58, face68 or "
        "detector");
  }
  if (!lowered) StartAgainAtLowestPriority();
  // Where the app ends while the training is paused, the system wakes it with this signal.
  std::signal(SIGHUP, SIG_IGN);
  MessageChannel channel{FileDescriptor(dup(STDIN_FILENO))};
  TrainingWorker worker([&](const TrainingEvent& event) { channel.Send(MessageFrom(event)); });
  RequestQueue requests(channel);
  const std::stop_callback on_signal(stop, [&] { requests.End(); });
  while (const auto next = requests.Take()) worker.CarryOut(next->request, next->stop);
  channel.Close();
  return 0;
}

}  // namespace

CommandLine AddBackgroundCommand(CommandParser& app) {
  CommandParser& command = app.AddCommand("background", "train for the live app", /*hidden=*/true);
  auto lowered = std::make_shared<bool>(false);
  command.AddOption({"lowered", lowered.get(), "skip lowering the priority"});
  return {&command, [lowered](std::stop_token stop) { return Serve(*lowered, stop); }};
}

}  // namespace nosetip
