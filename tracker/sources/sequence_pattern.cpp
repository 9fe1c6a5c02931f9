#include "tracker/sources/sequence_pattern.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {

namespace fs = std::filesystem;

std::string SequencePattern::PathOf(int64_t number) const {
  return (fs::path(folder) / fmt::format("{}{:0{}}{}", prefix, number, digits, suffix)).string();
}

std::optional<int64_t> SequencePattern::NumberOf(std::string_view name) const {
  if (name.size() <= prefix.size() + suffix.size()) return std::nullopt;
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return std::nullopt;
  const char* begin = name.data() + prefix.size();
  const char* end = name.data() + name.size() - suffix.size();
  int64_t number = -1;
  const auto [stop, problem] = std::from_chars(begin, end, number);
  if (problem != std::errc() || stop != end || number < 0) return std::nullopt;
  if (fs::path(PathOf(number)).filename() != name) return std::nullopt;
  return number;
}

std::optional<SequencePattern> ParseSequencePattern(const std::string& pattern) {
  const fs::path path(pattern);
  const std::string name = path.filename().string();
  const size_t percent = name.find('%');
  if (percent == std::string::npos || name.find('%', percent + 1) != std::string::npos) {
    return std::nullopt;
  }
  size_t at = percent + 1;
  int digits = 0;
  if (at < name.size() && name[at] == '0') ++at;
  if (at < name.size() && name[at] >= '1' && name[at] <= '9') digits = name[at++] - '0';
  if (at >= name.size() || name[at] != 'd') return std::nullopt;
  return SequencePattern{path.parent_path().string(), name.substr(0, percent), name.substr(at + 1),
                         digits};
}

std::vector<std::string> ListSequence(const std::string& pattern) {
  const auto parsed = ParseSequencePattern(pattern);
  Check(parsed.has_value(), "a sequence pattern");
  const fs::path folder = parsed->folder.empty() ? fs::path(".") : fs::path(parsed->folder);
  std::error_code problem;
  std::vector<int64_t> numbers;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const auto number = parsed->NumberOf(entry.path().filename().string());
    if (number) numbers.push_back(*number);
  }
  if (problem) {
    throw Error(fmt::format("{}: the folder {} cannot be read: {}; check its permissions", pattern,
                            folder.string(), problem.message()));
  }
  if (numbers.empty()) {
    throw Error(pattern + ": no file matches; check the pattern and its number of digits");
  }
  std::sort(numbers.begin(), numbers.end());
  std::vector<std::string> paths;
  for (size_t i = 0; i < numbers.size(); ++i) {
    const int64_t expected = numbers.front() + static_cast<int64_t>(i);
    if (numbers[i] != expected) {
      throw Error(
          fmt::format("{}: number {} is missing, but {} exists; number the pictures without gaps",
                      pattern, expected, numbers[i]));
    }
    paths.push_back(parsed->PathOf(numbers[i]));
  }
  return paths;
}

}  // namespace nosetip
