// Text files of people and other programs, read whole up to a limit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nosetip {

// 300-W's largest annotation file has 40 MB.
inline constexpr size_t kMaxTextBytes = size_t{256} << 20;

// Throws Error where the file does not pass CheckReadableFile or is larger than the limit.
std::string ReadTextFile(const std::string& path, size_t max_bytes = kMaxTextBytes);

// The text, or its first bytes and "..." where it is too long for a message.
std::string Excerpt(std::string_view text);

}  // namespace nosetip
