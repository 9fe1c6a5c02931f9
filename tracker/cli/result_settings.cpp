#include "tracker/cli/result_settings.h"

#include <array>
#include <charconv>
#include <cstdint>

#include "tracker/core/readable_file.h"

namespace nosetip {
namespace {

// The fewest digits that give the number back.
template <typename Number>
std::string ShortText(Number value) {
  std::array<char, 32> text{};
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), result.ptr};
}

// FNV-1a of 64 bits (Fowler, Noll, Vo): tells files apart that were not made to look alike.
uint64_t Fnv1a(const std::vector<uint8_t>& bytes) {
  uint64_t hash = 14695981039346656037U;
  for (const uint8_t byte : bytes) hash = (hash ^ byte) * 1099511628211U;
  return hash;
}

}  // namespace

void ResultSettings::AddFile(const std::string& name, const std::string& path) {
  const std::vector<uint8_t> bytes = ReadWholeFile(path);
  Add(name, std::to_string(bytes.size()) + " bytes, FNV-1a " + std::to_string(Fnv1a(bytes)));
}

std::string ResultSettings::Text(float value) { return ShortText(value); }
std::string ResultSettings::Text(double value) { return ShortText(value); }

std::string ResultSettings::Text(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += value + '\n';
  return text;
}

}  // namespace nosetip
