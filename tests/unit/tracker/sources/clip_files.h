// Clips whose every frame can be told from the others, and ways to damage them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

// What OpenCV writes in the usual containers: MP4 with one index at its end, AVI for motion JPEG.
enum class VideoCodec { kH264, kMpeg4, kMotionJpeg };

struct ClipOptions {
  int frames = 40;  // 45 at most, so that their levels stay apart
  int width_px = 64;
  int height_px = 48;
  double frame_rate_hz = 25.0;
  VideoCodec codec = VideoCodec::kH264;
};

// Frame i of a clip: a gray level of its own, the same all over.
Image ClipFrame(const ClipOptions& options, int i);
// Which frame of a clip a decoded picture is, by its level.
int ClipFrameIndex(const Image& image);
// Returns the path written, `stem` with the codec's extension.
std::string WriteClip(const std::filesystem::path& stem, const ClipOptions& options = {});

// Turns the constant rate of an MP4 without reordered frames into a variable one: its frames last
// half and one and a half of their time in turn.
void MakeRateVary(const std::string& mp4_path);
// Moves an MP4's index (moov) in front of its pictures, as for the web; a truncated copy then still
// opens.
void MoveIndexToFront(const std::string& mp4_path);
void Truncate(const std::string& path, double kept_fraction);
// Overwrites a stretch of the file, given in fractions of its length, with zeros.
void Zero(const std::string& path, double from, double to);

struct DecodedClip {
  std::vector<int> indexes;  // by ClipFrameIndex
  std::vector<int64_t> ids;
  std::vector<double> pts_s;
  std::string error;  // what Next() threw at the end; empty for none
};
DecodedClip Decode(FrameSource& source);

// What opening the source throws; "no error" where it does not.
std::string OpeningError(const std::string& source);

}  // namespace nosetip
