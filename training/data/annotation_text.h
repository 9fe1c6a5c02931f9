// What the readers of text annotations share: lines with their numbers, fields, and errors that
// name the line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nosetip {

struct TextLine {
  int number = 0;    // 1-based, as editors count
  std::string text;  // without blanks at its ends; never empty
};

// More than these are refused.
inline constexpr size_t kMaxTextLines = 4'000'000;
inline constexpr size_t kMaxFacePoints = 10'000;

// The lines of `text` that are not blank, without a byte order mark and with either kind of line
// end. Throws Error that names `path` where there is none, or too many.
std::vector<TextLine> TextLinesOf(const std::filesystem::path& path, std::string_view text);

// The fields of a line that blanks separate.
std::vector<std::string_view> BlankSeparated(std::string_view line);
// The fields of a line that commas separate; a field may stand in quotes (RFC 4180, but without
// line breaks in a field).
std::vector<std::string> CommaSeparated(std::string_view line);

// Nothing where `text` as a whole is not a finite number.
std::optional<float> ParseNumber(std::string_view text);
std::optional<int> ParseWholeNumber(std::string_view text);

// Throws Error "PATH, line N: WHAT".
[[noreturn]] void FailAt(const std::filesystem::path& path, int line, std::string_view what);

}  // namespace nosetip
