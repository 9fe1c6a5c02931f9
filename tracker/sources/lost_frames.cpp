#include "tracker/sources/lost_frames.h"

#include <algorithm>
#include <string_view>

#include <fmt/core.h>

namespace nosetip {
namespace {

bool IsNamed(const AVFormatContext& input, std::string_view format) {
  return std::string_view(input.iformat->name).starts_with(format);
}

// The share of the bytes, from the first packet to the last, that no packet holds.
double LostShare(const DecodedAmount& amount, int64_t known_bytes) {
  constexpr int64_t kLeastBytes = 4096;
  const int64_t span = amount.last_byte - amount.first_byte;
  const int64_t lost = span - amount.packet_bytes - known_bytes;
  if (amount.first_byte < 0 || lost < kLeastBytes) return 0.0;
  return static_cast<double>(lost) / static_cast<double>(span);
}

}  // namespace

std::optional<int64_t> FramesInIndex(const AVStream& stream, const AVFormatContext& input) {
  if (!IsNamed(input, "mov,") || stream.nb_frames <= 0) return std::nullopt;
  // FFmpeg's functions do not change the stream, but take no constant one.
  auto* indexed = const_cast<AVStream*>(&stream);
  int64_t shown = 0;
  const int entries = avformat_index_get_entries_count(indexed);
  for (int i = 0; i < entries; ++i) {
    const AVIndexEntry* entry = avformat_index_get_entry(indexed, i);
    if ((entry->flags & AVINDEX_DISCARD_FRAME) == 0) ++shown;
  }
  return shown > 0 ? std::optional(shown) : std::nullopt;
}

std::string LostFramesText(const AVFormatContext& input, const AVStream& stream,
                           const DecodedAmount& amount) {
  constexpr double kTolerated = 0.01;
  if (amount.refused > 2 &&
      static_cast<double>(amount.refused) > kTolerated * static_cast<double>(amount.packets)) {
    return fmt::format(
        "damaged: {} of {} frames could not be decoded; copy or download the file again",
        amount.refused, amount.packets);
  }
  const bool in_order = IsNamed(input, "matroska") || IsNamed(input, "avi");
  // AVI repeats a frame by a packet of 8 bytes without content.
  const int64_t repeats = 8 * std::max<int64_t>(stream.nb_frames - amount.packets, 0);
  const double share = in_order ? LostShare(amount, repeats) : 0.0;
  if (share <= kTolerated) return "";
  return fmt::format("damaged: {:.0f} % of the file could not be read; copy or download it again",
                     100.0 * share);
}

}  // namespace nosetip
