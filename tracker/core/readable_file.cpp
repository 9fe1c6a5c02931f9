#include "tracker/core/readable_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tracker/core/error.h"

namespace nosetip {

namespace fs = std::filesystem;

void CheckReadableFile(const std::string& path) {
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (status.type() == fs::file_type::not_found) {
    throw Error(path + ": there is no such file; check the path");
  }
  if (problem) throw Error(path + ": cannot be read (" + problem.message() + ")");
  if (fs::is_directory(status)) {
    throw Error(path + ": is a folder, where a single file is wanted; name a file in it");
  }
  if (!fs::is_regular_file(status)) {
    throw Error(path + ": is not a regular file; save its content to a file first");
  }
  errno = 0;
  if (!std::ifstream(path, std::ios::binary)) {
    const std::string reason = errno == EACCES ? "you have no permission to read it; see 'ls -l'"
                                               : std::string(std::strerror(errno));
    throw Error(path + ": cannot be opened: " + reason);
  }
  if (fs::file_size(path, problem) == 0) {
    throw Error(path + ": the file is empty; copy or download it again");
  }
}

std::vector<uint8_t> ReadWholeFile(const std::string& path) {
  CheckReadableFile(path);
  std::ifstream file(path, std::ios::binary);
  std::vector<uint8_t> bytes(fs::file_size(path));
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw Error(path + ": reading it failed half way; check the disk");
  return bytes;
}

}  // namespace nosetip
