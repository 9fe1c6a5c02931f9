// Clips of any codec and container of FFmpeg's libraries, with times and properties as wanted.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tracker/core/image.h"

namespace nosetip {

struct AvClipOptions {
  std::string encoder = "mpeg4";
  std::string pixel_format = "yuv420p";
  std::vector<int64_t> times_ms;  // one a frame, growing
  int b_frames = 0;
  std::vector<std::pair<std::string, std::string>> encoder_options;
  std::string bitstream_filter;  // "h264_metadata=rotate=90"; empty for none
  // As in the container; nothing for none.
  std::optional<std::array<int32_t, 9>> display_matrix;
  bool cover_picture = false;  // marks the video as the cover of a sound file
};

// Whether this FFmpeg has the encoder.
bool HasEncoder(const std::string& name);

// Writes frame i as `frame(i)` gives it; all of one size. The container follows from the path's
// extension. Throws Error where FFmpeg cannot write it.
void WriteAvClip(const std::filesystem::path& path, const AvClipOptions& options,
                 const std::function<Image(size_t)>& frame);

}  // namespace nosetip
