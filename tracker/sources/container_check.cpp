#include "tracker/sources/container_check.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string_view>
#include <vector>

namespace nosetip {
namespace {

// Reads big-endian numbers from bytes; past the end it gives zeros.
class Bytes {
 public:
  explicit Bytes(std::span<const uint8_t> data) : data_(data) {}

  uint64_t Number(size_t at, size_t length) const {
    uint64_t value = 0;
    for (size_t i = at; i < at + length; ++i) value = value << 8 | (i < size() ? data_[i] : 0U);
    return value;
  }
  uint64_t LittleEndian32(size_t at) const {
    const uint64_t n = Number(at, 4);
    return (n & 0xFFU) << 24 | (n & 0xFF00U) << 8 | (n >> 8 & 0xFF00U) | n >> 24;
  }
  std::string_view Text(size_t at) const {
    return at + 4 <= size() ? std::string_view(reinterpret_cast<const char*>(&data_[at]), 4) : "";
  }
  size_t size() const { return data_.size(); }

 private:
  std::span<const uint8_t> data_;
};

class ByteFile {
 public:
  explicit ByteFile(const std::string& path) : file_(path, std::ios::binary) {
    std::error_code ignored;
    size_ = std::filesystem::file_size(path, ignored);
    if (ignored) size_ = 0;
  }

  std::vector<uint8_t> Read(uint64_t at, uint64_t length) {
    if (at >= size_) return {};
    std::vector<uint8_t> bytes(std::min(length, size_ - at));
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(at));
    file_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<size_t>(file_.gcount()));
    return bytes;
  }
  uint64_t size() const { return size_; }

 private:
  std::ifstream file_;
  uint64_t size_ = 0;
};

// One box of ISO/IEC 14496-12 (MP4, MOV): its type, where its payload starts and how long it is,
// header included.
struct Box {
  std::string_view type;
  uint64_t header = 8;
  uint64_t length = 0;  // 0: to the end of the file
};

Box BoxAt(const Bytes& bytes, size_t at) {
  Box box{bytes.Text(at + 4), 8, bytes.Number(at, 4)};
  if (box.length == 1) box = {box.type, 16, bytes.Number(at + 8, 8)};
  return box;
}

ContainerFacts InspectMp4(ByteFile& file) {
  ContainerFacts facts;
  facts.index_missing = true;
  for (uint64_t at = 0; at + 8 <= file.size();) {
    const std::vector<uint8_t> head = file.Read(at, 16);
    const Box box = BoxAt(Bytes(head), 0);
    const uint64_t length = box.length == 0 ? file.size() - at : box.length;
    if (length < box.header) break;
    if (length > file.size() - at) {
      facts.truncated = true;
      break;
    }
    if (box.type == "moov") facts.index_missing = false;
    at += length;
  }
  return facts;
}

// RIFF (AVI): one or, since OpenDML, several chunks with their size. An interrupted recording
// leaves a size of 0.
ContainerFacts InspectRiff(ByteFile& file) {
  ContainerFacts facts;
  for (uint64_t at = 0; at + 12 <= file.size();) {
    const std::vector<uint8_t> head = file.Read(at, 12);
    const uint64_t length = Bytes(head).LittleEndian32(4);
    if (Bytes(head).Text(0) != "RIFF" || length == 0 || length == 0xFFFFFFFFU) break;
    facts.truncated = length + 8 > file.size() - at;
    at += length + 8 + length % 2;
  }
  return facts;
}

// A number of Matroska: the first byte's leading zeros give the number of bytes that follow. All
// ones mean "not known".
struct VariableInt {
  uint64_t value = 0;
  size_t length = 0;
  bool known = false;
};

VariableInt VariableIntAt(const Bytes& bytes, size_t at) {
  size_t length = 1;
  while (length <= 8 && (bytes.Number(at, 1) & (0x80U >> (length - 1))) == 0) ++length;
  if (length > 8) return {};
  const uint64_t mask = (uint64_t{1} << (7 * length)) - 1;
  const uint64_t value = bytes.Number(at, length) & mask;
  return {value, length, value != mask};
}

ContainerFacts InspectMatroska(ByteFile& file) {
  const std::vector<uint8_t> head = file.Read(0, 4096);
  const Bytes bytes(head);
  const VariableInt header = VariableIntAt(bytes, 4);
  if (!header.known || header.value > head.size()) return {};
  const size_t segment = 4 + header.length + header.value;
  if (bytes.Number(segment, 4) != 0x18538067U) return {};
  const VariableInt size = VariableIntAt(bytes, segment + 4);
  ContainerFacts facts;
  facts.truncated = size.known && segment + 4 + size.length + size.value > file.size();
  return facts;
}

bool StartsAnMp4(std::string_view type) {
  constexpr std::string_view kTypes[] = {"ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

}  // namespace

ContainerFacts InspectContainer(const std::string& path) {
  ByteFile file(path);
  const std::vector<uint8_t> head = file.Read(0, 16);
  const Bytes bytes(head);
  if (StartsAnMp4(bytes.Text(4))) return InspectMp4(file);
  if (bytes.Text(0) == "RIFF" && bytes.Text(8) == "AVI ") return InspectRiff(file);
  if (bytes.Number(0, 4) == 0x1A45DFA3U) return InspectMatroska(file);
  return {};
}

}  // namespace nosetip
