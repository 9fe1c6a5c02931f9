#include "tracker/stream/stream_options.h"

#include <array>

#include <fmt/core.h>

#include "tracker/stream/endpoint.h"

namespace nosetip {

std::span<const Field<StreamOptions>> StreamOptions::Fields() {
  static const auto kFields = std::to_array<Field<StreamOptions>>({
      {"serve", &StreamOptions::serve,
       "Serve a page with the live picture, an overlay for OBS and events at [ADDRESS:]PORT; "
       "without an address for this machine only."},
      {"osc", &StreamOptions::osc,
       "Send each frame's main face to HOST:PORT in FaceOSC's addresses."},
      {"vmc", &StreamOptions::vmc,
       "Send the main face to HOST:PORT (usually 39539) for avatars, in the Virtual Motion Capture "
       "protocol."},
      {"openseeface", &StreamOptions::openseeface,
       "Send all faces to HOST:PORT (usually 11573) as OpenSeeFace does, for VSeeFace and VTube "
       "Studio."},
      {"opentrack", &StreamOptions::opentrack,
       "Send the main face's head pose to HOST:PORT (usually 4242) for opentrack."},
  });
  return kFields;
}

bool StreamOptions::Any() const {
  return !serve.empty() || !osc.empty() || !vmc.empty() || !openseeface.empty() ||
         !opentrack.empty();
}

void CheckStreams(const StreamOptions& options) {
  for (const auto& field : StreamOptions::Fields()) {
    const std::string& text = options.*std::get<std::string StreamOptions::*>(field.member);
    if (text.empty()) continue;
    const bool serve = field.name == "serve";
    ParseEndpoint(fmt::format("--{}", field.name), text, serve ? kServeHost : "");
  }
}

}  // namespace nosetip
