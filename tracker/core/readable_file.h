// Files that are read whole, and why one cannot be read, for the user.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nosetip {

// Throws Error where `path` does not exist, is a folder, pipe, socket or device, is empty or may
// not be read. Never waits.
void CheckReadableFile(const std::string& path);

// The bytes of a file that passes CheckReadableFile. Throws Error.
std::vector<uint8_t> ReadWholeFile(const std::string& path);

}  // namespace nosetip
