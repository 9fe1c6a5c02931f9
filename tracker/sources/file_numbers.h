// Numbers at places of a file, for readers of headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <span>
#include <string>

namespace nosetip {

// Bytes beyond the end of the file do not exist, numbers there are 0. Keeps no bytes, so it needs
// little memory whatever a file says. What it reads from must outlive it.
class FileNumbers {
 public:
  explicit FileNumbers(std::istream& file);
  explicit FileNumbers(std::span<const uint8_t> bytes);

  std::string Bytes(uint64_t at, size_t count) const { return read_(at, count); }
  uint32_t Big(uint64_t at, size_t count) const;
  uint32_t Little(uint64_t at, size_t count) const;

 private:
  std::function<std::string(uint64_t at, size_t count)> read_;
};

// Limits how long a header of many small parts is followed.
inline constexpr int kMaxHeaderParts = 4096;

// The first directory of a TIFF (Adobe, TIFF 6.0); EXIF data is one, too.
class TiffTags {
 public:
  // The TIFF starts at `start` of the file, which must outlive this.
  TiffTags(const FileNumbers& file, uint64_t start);

  bool Has(uint32_t tag) const { return Entry(tag) != 0; }
  // The first number of the tag, of the last entry if there are several; 0 where there is none.
  uint32_t Value(uint32_t tag) const;

 private:
  uint64_t Entry(uint32_t tag) const;  // its place; 0 where there is none
  uint32_t Number(uint64_t at, size_t count) const {
    return little_ ? file_.Little(start_ + at, count) : file_.Big(start_ + at, count);
  }

  const FileNumbers& file_;
  uint64_t start_;
  bool little_;
};

}  // namespace nosetip
