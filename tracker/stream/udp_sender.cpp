#include "tracker/stream/udp_sender.h"

#include <exception>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"

namespace nosetip {
namespace {

constexpr std::chrono::seconds kBetweenLookUps{5};

}  // namespace

UdpSender::UdpSender(UdpSenderOptions options) : options_(std::move(options)) {
  thread_ = StartThread([this] { Run(); });
}

UdpSender::~UdpSender() { latest_.Close(); }

std::string UdpSender::Finish() {
  latest_.Close();
  if (thread_.joinable()) thread_.join();
  return fmt::format("{} {}: {} frames sent, {} dropped", options_.option,
                     EndpointText(options_.endpoint), sent_, latest_.replaced() + unsent_);
}

void UdpSender::Run() {
  // It ends where the slot is closed and empty.
  while (const auto frame = latest_.Take({})) {
    try {
      const std::string datagram = options_.encode(**frame);
      if (datagram.empty()) continue;
      if (!Connected()) {
        ++unsent_;
        continue;
      }
      const std::optional<std::string> problem = socket_->Send(datagram);
      ++(problem ? unsent_ : sent_);
      if (problem) Say(*problem);
    } catch (const std::exception& error) {
      ++unsent_;
      Say(FirstLine(error));
    }
  }
}

bool UdpSender::Connected() {
  const auto now = std::chrono::steady_clock::now();
  if (socket_ || now < next_look_up_) return socket_ != nullptr;
  next_look_up_ = now + kBetweenLookUps;
  socket_ = std::make_unique<UdpSocket>(options_.endpoint);
  return true;
}

void UdpSender::Say(const std::string& problem) {
  if (!said_.insert(problem).second) return;
  options_.on_problem(fmt::format("{} {}: {}; tracking continues", options_.option,
                                  EndpointText(options_.endpoint), problem));
}

}  // namespace nosetip
