#include "tracker/sources/picture_header.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "tracker/sources/file_numbers.h"

namespace nosetip {
namespace {

std::optional<SizePx> Size(uint32_t width, uint32_t height) {
  if (width == 0 || height == 0) return std::nullopt;
  constexpr uint32_t kMost = kLargestWhole;
  return SizePx{static_cast<int>(std::min(width, kMost)),
                static_cast<int>(std::min(height, kMost))};
}

std::optional<SizePx> SizeOfJpeg(const FileNumbers& file) {
  const uint64_t frame = FrameOfJpeg(file);
  return frame == 0 ? std::nullopt : Size(file.Big(frame + 7, 2), file.Big(frame + 5, 2));
}

std::optional<SizePx> SizeOfBmp(const FileNumbers& file) {
  if (file.Little(14, 4) == 12) return Size(file.Little(18, 2), file.Little(20, 2));
  const auto side = [&](uint64_t at) {
    const uint32_t value = file.Little(at, 4);
    return value > INT32_MAX ? 0U - value : value;  // a negative height is one from the top
  };
  return Size(side(18), side(22));
}

std::optional<SizePx> SizeOfWebp(const FileNumbers& file) {
  const std::string kind = file.Bytes(12, 4);
  if (kind == "VP8X") return Size(file.Little(24, 3) + 1, file.Little(27, 3) + 1);
  if (kind == "VP8 ") return Size(file.Little(26, 2) & 0x3FFFU, file.Little(28, 2) & 0x3FFFU);
  const uint32_t bits = file.Little(21, 4);
  if (kind != "VP8L" || bits == 0) return std::nullopt;
  return Size((bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1);
}

std::optional<SizePx> SizeOfTiff(const FileNumbers& file) {
  const TiffTags tags(file, 0);
  return Size(tags.Value(0x100), tags.Value(0x101));
}

uint32_t Appended(uint32_t number, char digit) {
  constexpr uint64_t kMost = kLargestWhole;
  return static_cast<uint32_t>(
      std::min(kMost, 10 * uint64_t{number} + static_cast<uint64_t>(digit - '0')));
}

// The numbers of a header in text; comments are from # to the end of the line.
std::optional<SizePx> SizeOfPnm(const FileNumbers& file) {
  const std::string text = file.Bytes(2, 4096);
  std::array<uint32_t, 2> sides{};
  size_t side = 0;
  bool comment = false;
  for (size_t i = 0; i < text.size() && side < 2; ++i) {
    const char c = text[i];
    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    const bool digit = !comment && c >= '0' && c <= '9';
    if (digit) sides[side] = Appended(sides[side], c);
    if (!digit && i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9' && sides[side] > 0) ++side;
  }
  return Size(sides[0], sides[1]);
}

uint32_t NumberAfter(std::string_view text, std::string_view word) {
  size_t at = text.find(word);
  if (at == std::string_view::npos) return 0;
  uint32_t number = 0;
  for (at += word.size(); at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    number = Appended(number, text[at]);
  }
  return number;
}

// The largest of the boxes of this type near the start, which have their sides at these places
// after the type.
std::optional<SizePx> SizeOfBoxes(const FileNumbers& file, std::string_view type, size_t width_at,
                                  size_t height_at) {
  const std::string start = file.Bytes(0, size_t{1} << 16U);
  std::optional<SizePx> largest;
  for (size_t at = start.find(type); at != std::string::npos; at = start.find(type, at + 1)) {
    const auto size = Size(file.Big(at + width_at, 4), file.Big(at + height_at, 4));
    if (size && (!largest || size->Area() > largest->Area())) largest = size;
  }
  return largest;
}

}  // namespace

uint64_t FrameOfJpeg(const FileNumbers& file) {
  uint64_t at = 2;
  for (int i = 0; i < kMaxHeaderParts && file.Big(at, 1) == 0xFF; ++i) {
    const uint32_t marker = file.Big(at + 1, 1);
    if (marker == 0xFF) {
      ++at;  // fill byte
      continue;
    }
    // Not the tables with neighboring numbers. 0xF7 is JPEG-LS's.
    const bool frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame || marker == 0xF7) return at;
    at += 2 + file.Big(at + 2, 2);
  }
  return 0;
}

std::optional<SizePx> PictureSizeInHeader(std::istream& stream) {
  const FileNumbers file(stream);
  const std::string start = file.Bytes(0, 16);
  const std::string_view head = start;
  if (head.starts_with("\xFF\xD8")) return SizeOfJpeg(file);
  if (head.starts_with("\x89PNG")) return Size(file.Big(16, 4), file.Big(20, 4));
  if (head.starts_with("BM")) return SizeOfBmp(file);
  const auto has = [head](size_t at, std::string_view word) {
    return head.size() >= at && head.substr(at).starts_with(word);
  };
  if (has(0, "RIFF") && has(8, "WEBP")) return SizeOfWebp(file);
  if (head.starts_with("II") || head.starts_with("MM")) return SizeOfTiff(file);
  if (head.starts_with("P7")) {
    const std::string text = file.Bytes(0, 4096);
    return Size(NumberAfter(text, "WIDTH "), NumberAfter(text, "HEIGHT "));
  }
  if (head.size() > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6') return SizeOfPnm(file);
  if (head.starts_with("\x59\xA6\x6A\x95")) return Size(file.Big(4, 4), file.Big(8, 4));
  if (head.starts_with("#?R")) {
    const std::string text = file.Bytes(0, 4096);
    return Size(NumberAfter(text, "+X "), NumberAfter(text, "-Y "));
  }
  if (head.starts_with("\xFF\x4F\xFF\x51")) return Size(file.Big(8, 4), file.Big(12, 4));
  if (has(4, "jP  ")) return SizeOfBoxes(file, "ihdr", 8, 4);
  if (has(4, "ftyp")) return SizeOfBoxes(file, "ispe", 8, 12);
  return std::nullopt;
}

}  // namespace nosetip
