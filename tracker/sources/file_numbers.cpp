#include "tracker/sources/file_numbers.h"

#include <algorithm>

namespace nosetip {
namespace {

constexpr uint64_t kLargestFile = uint64_t{1} << 40U;

uint32_t NumberOf(const std::string& bytes, size_t count) {
  if (bytes.size() < count) return 0;
  uint32_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<uint8_t>(byte);
  return value;
}

}  // namespace

FileNumbers::FileNumbers(std::istream& file)
    : read_([&file](uint64_t at, size_t count) {
        std::string bytes(count, '\0');
        file.clear();
        if (at > kLargestFile || !file.seekg(static_cast<std::streamoff>(at))) return std::string();
        file.read(bytes.data(), static_cast<std::streamsize>(count));
        bytes.resize(static_cast<size_t>(file.gcount()));
        return bytes;
      }) {}

FileNumbers::FileNumbers(std::span<const uint8_t> bytes)
    : read_([bytes](uint64_t at, size_t count) {
        if (at >= bytes.size()) return std::string();
        const auto part = bytes.subspan(at, std::min<uint64_t>(count, bytes.size() - at));
        return std::string(part.begin(), part.end());
      }) {}

uint32_t FileNumbers::Big(uint64_t at, size_t count) const {
  return NumberOf(Bytes(at, count), count);
}

uint32_t FileNumbers::Little(uint64_t at, size_t count) const {
  std::string bytes = Bytes(at, count);
  std::ranges::reverse(bytes);
  return NumberOf(bytes, count);
}

TiffTags::TiffTags(const FileNumbers& file, uint64_t start)
    : file_(file), start_(start), little_(file.Bytes(start, 2) == "II") {}

uint32_t TiffTags::Value(uint32_t tag) const {
  const uint64_t entry = Entry(tag);
  if (entry == 0) return 0;
  const size_t bytes = Number(entry + 2, 2) == 3 ? 2 : 4;
  const bool elsewhere = bytes * Number(entry + 4, 4) > 4;
  return Number(elsewhere ? Number(entry + 8, 4) : entry + 8, bytes);
}

uint64_t TiffTags::Entry(uint32_t tag) const {
  const uint64_t list = Number(4, 4);
  const uint64_t entries = std::min<uint32_t>(Number(list, 2), kMaxHeaderParts);
  uint64_t found = 0;
  for (uint64_t entry = list + 2; entry < list + 2 + 12 * entries; entry += 12) {
    if (Number(entry, 2) == tag) found = entry;
  }
  return found;
}

}  // namespace nosetip
