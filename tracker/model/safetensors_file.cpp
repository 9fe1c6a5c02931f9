#include "tracker/model/safetensors_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <functional>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kZipMagic("PK\x03\x04");

std::span<const std::byte> MapFile(const std::string& name) {
  CheckReadableFile(name);
  const int fd = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  void* start = MAP_FAILED;
  if (fd >= 0 && fstat(fd, &status) == 0) {
    start = mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
  }
  const int problem = errno;
  if (fd >= 0) close(fd);
  if (start == MAP_FAILED) {
    throw Error(fmt::format("{} cannot be read: {}; copy it to another disk", name,
                            std::strerror(problem)));
  }
  return {static_cast<const std::byte*>(start), static_cast<size_t>(status.st_size)};
}

void Unmap(std::span<const std::byte> mapped) {
  munmap(const_cast<std::byte*>(mapped.data()), mapped.size());
}

// The message for what cannot be parsed.
std::string NotRead(const std::string& name, std::string_view kind,
                    std::span<const std::byte> bytes, const Error& error) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with(kZipMagic)) {
    return fmt::format(
        "{} is an archive of an older Nosetip (.ntm, .ntp or .ntc). Opening one can run code, so "
        "it is not opened. Download the model again or train it again; pack the data set again "
        "with nosetip-train pack.",
        name);
  }
  return fmt::format("{} is not a {} in the safetensors format: {}. Download or create it again.",
                     name, kind, error.what());
}

}  // namespace

SafetensorsFile::SafetensorsFile(const fs::path& path, std::string_view kind)
    : name_(path.string()), mapped_(MapFile(name_)) {
  try {
    content_ = ParseSafetensors(mapped_);
  } catch (const Error& error) {
    const std::string message = NotRead(name_, kind, mapped_, error);
    Unmap(mapped_);
    throw Error(message);
  }
}

SafetensorsFile::~SafetensorsFile() { Unmap(mapped_); }

void WriteSafetensors(const fs::path& path, const Metadata& metadata,
                      std::vector<TensorBytes> tensors) {
  // Wide types first, so that each value is aligned.
  std::ranges::sort(tensors, std::less<>(), [](const TensorBytes& tensor) {
    return std::tuple(-static_cast<int>(BytesPerValue(tensor.type)), std::string_view(tensor.name));
  });
  const std::string header = SafetensorsHeader(metadata, tensors);
  const uint64_t length = header.size();
  if (length > kMaxHeaderBytes || tensors.size() > kMaxTensors) {
    throw Error(fmt::format(
        "{} cannot be written: its description has {} bytes and {} tensors, more than the limits "
        "of {} MiB and {}; split it into several files",
        path.string(), length, tensors.size(), kMaxHeaderBytes >> 20, kMaxTensors));
  }
  AtomicFile file(path);
  file.Write({reinterpret_cast<const char*>(&length), sizeof(length)});
  file.Write(header);
  for (const TensorBytes& tensor : tensors) {
    file.Write({reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size()});
  }
  file.Commit();
}

}  // namespace nosetip
