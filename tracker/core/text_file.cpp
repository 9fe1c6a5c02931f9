#include "tracker/core/text_file.h"

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"

namespace nosetip {

std::string ReadTextFile(const std::string& path, size_t max_bytes) {
  CheckReadableFile(path);
  std::error_code ignored;
  if (const auto bytes = std::filesystem::file_size(path, ignored); bytes > max_bytes) {
    throw Error(
        fmt::format("{} has {} bytes; text files of this kind have at most {}. Check "
                    "whether it is the file that you mean",
                    path, bytes, max_bytes));
  }
  const std::vector<uint8_t> bytes = ReadWholeFile(path);
  return {bytes.begin(), bytes.end()};
}

std::string Excerpt(std::string_view text) {
  constexpr size_t kMaxBytes = 80;
  if (text.size() <= kMaxBytes) return std::string(text);
  return std::string(text.substr(0, kMaxBytes)) + "...";
}

}  // namespace nosetip
