#include "tracker/sources/picture_header.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace nosetip {
namespace {

// Numbers at places of the file; 0 beyond its end, which no header has as a side.
class Header {
 public:
  explicit Header(std::istream& file) : file_(file) {}

  std::string Bytes(uint64_t at, size_t count) {
    std::string bytes(count, '\0');
    file_.clear();
    if (at > (uint64_t{1} << 40U) || !file_.seekg(static_cast<std::streamoff>(at))) return "";
    file_.read(bytes.data(), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<size_t>(file_.gcount()));
    return bytes;
  }
  uint32_t Big(uint64_t at, size_t count) {
    uint32_t value = 0;
    for (const char byte : Whole(at, count)) value = value << 8U | static_cast<uint8_t>(byte);
    return value;
  }
  uint32_t Little(uint64_t at, size_t count) {
    std::string bytes = Whole(at, count);
    std::ranges::reverse(bytes);
    uint32_t value = 0;
    for (const char byte : bytes) value = value << 8U | static_cast<uint8_t>(byte);
    return value;
  }

 private:
  std::string Whole(uint64_t at, size_t count) {
    std::string bytes = Bytes(at, count);
    if (bytes.size() < count) bytes.clear();
    return bytes;
  }

  std::istream& file_;
};

// Limits how long a header of many small parts is followed.
constexpr int kMaxParts = 4096;

std::optional<SizePx> Size(uint32_t width, uint32_t height) {
  if (width == 0 || height == 0) return std::nullopt;
  constexpr uint32_t kMost = kLargestWhole;
  return SizePx{static_cast<int>(std::min(width, kMost)),
                static_cast<int>(std::min(height, kMost))};
}

std::optional<SizePx> SizeOfJpeg(Header& file) {
  uint64_t at = 2;
  for (int i = 0; i < kMaxParts; ++i) {
    if (file.Big(at, 1) != 0xFF) return std::nullopt;
    const uint32_t marker = file.Big(at + 1, 1);
    if (marker == 0xFF) {
      ++at;  // fill byte
      continue;
    }
    // A start of frame, but not the tables with neighboring numbers.
    const bool frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) return Size(file.Big(at + 7, 2), file.Big(at + 5, 2));
    at += 2 + file.Big(at + 2, 2);
  }
  return std::nullopt;
}

std::optional<SizePx> SizeOfBmp(Header& file) {
  if (file.Little(14, 4) == 12) return Size(file.Little(18, 2), file.Little(20, 2));
  const auto side = [&](uint64_t at) {
    const uint32_t value = file.Little(at, 4);
    return value > INT32_MAX ? 0U - value : value;  // a negative height is one from the top
  };
  return Size(side(18), side(22));
}

std::optional<SizePx> SizeOfWebp(Header& file) {
  const std::string kind = file.Bytes(12, 4);
  if (kind == "VP8X") return Size(file.Little(24, 3) + 1, file.Little(27, 3) + 1);
  if (kind == "VP8 ") return Size(file.Little(26, 2) & 0x3FFFU, file.Little(28, 2) & 0x3FFFU);
  const uint32_t bits = file.Little(21, 4);
  if (kind != "VP8L" || bits == 0) return std::nullopt;
  return Size((bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1);
}

std::optional<SizePx> SizeOfTiff(Header& file) {
  const bool little = file.Bytes(0, 2) == "II";
  const auto number = [&](uint64_t at, size_t count) {
    return little ? file.Little(at, count) : file.Big(at, count);
  };
  const uint64_t list = number(4, 4);
  const uint32_t entries = std::min<uint32_t>(number(list, 2), kMaxParts);
  uint32_t width = 0;
  uint32_t height = 0;
  for (uint64_t i = 0; i < entries; ++i) {
    const uint64_t entry = list + 2 + 12 * i;
    const uint32_t tag = number(entry, 2);
    const uint32_t value = number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4);
    if (tag == 0x100) width = value;
    if (tag == 0x101) height = value;
  }
  return Size(width, height);
}

uint32_t Appended(uint32_t number, char digit) {
  constexpr uint64_t kMost = kLargestWhole;
  return static_cast<uint32_t>(
      std::min(kMost, 10 * uint64_t{number} + static_cast<uint64_t>(digit - '0')));
}

// The numbers of a header in text; comments are from # to the end of the line.
std::optional<SizePx> SizeOfPnm(Header& file) {
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
std::optional<SizePx> SizeOfBoxes(Header& file, std::string_view type, size_t width_at,
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

std::optional<SizePx> PictureSizeInHeader(std::istream& stream) {
  Header file(stream);
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
