// Reads and writes files in the safetensors format. Free of LibTorch.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/model/safetensors.h"

namespace nosetip {

inline constexpr std::string_view kSafetensors = ".safetensors";

// A file mapped into memory for as long as this lives, so that only what is used is read.
class SafetensorsFile {
 public:
  // `kind` is what the file should be, such as "model". Throws Error, naming the file, where it
  // cannot be read, is an archive of an older Nosetip, or fails ParseSafetensors.
  SafetensorsFile(const std::filesystem::path& path, std::string_view kind);
  ~SafetensorsFile();
  SafetensorsFile(const SafetensorsFile&) = delete;
  SafetensorsFile& operator=(const SafetensorsFile&) = delete;

  const SafetensorsContent& content() const { return content_; }
  // The file as messages name it.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::span<const std::byte> mapped_;
  SafetensorsContent content_;
};

// As an AtomicFile. Throws Error where the file cannot be written. The tensors' names must differ,
// and none may be called `__metadata__`.
void WriteSafetensors(const std::filesystem::path& path, const Metadata& metadata,
                      std::vector<TensorBytes> tensors);

}  // namespace nosetip
