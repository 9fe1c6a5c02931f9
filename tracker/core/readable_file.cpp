#include "tracker/core/readable_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {

namespace fs = std::filesystem;

void CheckReadableFile(const std::string& path) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (status.type() == fs::file_type::not_found) {
    throw Error(path + " does not exist; check the path");
  }
  if (problem) {
    throw Error(fmt::format("{} cannot be read: {}; check the path", path, problem.message()));
  }
  if (fs::is_directory(status)) {
    throw Error(path + " is a folder, but a single file is needed; name a file in it");
  }
  if (!fs::is_regular_file(status)) {
    throw Error(path + " is not a regular file; save its content to a file first");
  }
  errno = 0;
  if (!std::ifstream(path, std::ios::binary)) {
    throw Error(fmt::format("{} cannot be read: {}; check its permissions with 'ls -l'", path,
                            std::strerror(errno)));
  }
  if (fs::file_size(path, problem) == 0) {
    throw Error(path + " is empty; copy or download it again");
  }
}

std::vector<uint8_t> ReadWholeFile(const std::string& path) {
  CheckReadableFile(path);
  std::ifstream file(path, std::ios::binary);
  std::vector<uint8_t> bytes(fs::file_size(path));
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw Error(path + " could only be read in part; check the disk");
  return bytes;
}

}  // namespace nosetip
