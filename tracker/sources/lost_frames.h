// Whether frames of a video are missing, from what was read of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tracker/sources/ffmpeg.h"
#include "tracker/sources/video_decoder.h"

namespace nosetip {

// How many frames of `stream` are to be shown, where its container lists each of them with what an
// edit list leaves out (MP4 and MOV without fragments); nothing otherwise.
std::optional<int64_t> FramesInIndex(const AVStream& stream, const AVFormatContext& input);

// After the end, for the user, where more than 1 % is lost: packets that the decoder refused or, in
// Matroska and AVI, bytes between the packets, over which the demuxer passes silently. Empty
// otherwise. The count or duration that such a container claims is no evidence, as frame rates
// vary.
std::string LostFramesText(const AVFormatContext& input, const AVStream& stream,
                           const DecodedAmount& amount);

}  // namespace nosetip
