#include "tracker/stream/streams.h"

#include <functional>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/stream/open_see_face.h"
#include "tracker/stream/opentrack.h"
#include "tracker/stream/osc_messages.h"

namespace nosetip {
namespace {

struct Protocol {
  std::string_view option;
  std::string StreamOptions::*address;
  std::string (*encode)(const StreamFrame&);
  bool needs_pose = true;
};

constexpr Protocol kProtocols[] = {
    {"--osc", &StreamOptions::osc, FaceOscDatagram, /*needs_pose=*/false},
    {"--vmc", &StreamOptions::vmc, VmcDatagram},
    {"--openseeface", &StreamOptions::openseeface, OpenSeeFaceDatagram},
    {"--opentrack", &StreamOptions::opentrack, OpentrackDatagram},
};

}  // namespace

Streams::Streams(const StreamOptions& options, const LandmarkSchema& schema) : schema_(schema) {
  for (const Protocol& protocol : kProtocols) {
    const std::string& address = options.*protocol.address;
    if (address.empty()) continue;
    if (protocol.needs_pose && schema.name != Ibug68().name) {
      throw Error(
          fmt::format("{} needs a head pose, which only models with 68 points give; use "
                      "--model auto",
                      protocol.option));
    }
    senders_.push_back(std::make_unique<UdpSender>(
        UdpSenderOptions{std::string(protocol.option), ParseEndpoint(protocol.option, address),
                         protocol.encode, [this](const std::string& note) { Note(note); }}));
  }
  if (options.serve.empty()) return;
  try {
    server_ = std::make_unique<LiveServer>(ParseEndpoint("--serve", options.serve, kServeHost));
  } catch (const Error& error) {
    Note(fmt::format("{}; tracking continues", error.what()));
  }
}

void Streams::Offer(const FramePtr& frame, const TrackResult& result, const std::string& source) {
  const StreamFramePtr shared = MakeStreamFrame(frame, result, schema_, source);
  for (const auto& sender : senders_) sender->Offer(shared);
  if (server_) server_->Offer(shared);
}

std::vector<std::string> Streams::TakeNotes() {
  const std::lock_guard lock(mutex_);
  return std::exchange(notes_, {});
}

std::vector<std::string> Streams::Finish() {
  server_.reset();
  std::vector<std::string> lines;
  for (const auto& sender : senders_) lines.push_back(sender->Finish());
  return lines;
}

void Streams::Note(const std::string& note) {
  const std::lock_guard lock(mutex_);
  notes_.push_back(note);
}

}  // namespace nosetip
