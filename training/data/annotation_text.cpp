#include "training/data/annotation_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

template <typename Number>
std::optional<Number> ParseWhole(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::vector<TextLine> TextLinesOf(const std::filesystem::path& path, std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  std::vector<TextLine> lines;
  for (int number = 1; !rest.empty(); ++number) {
    const size_t end = rest.find('\n');
    const std::string_view line = Trimmed(rest.substr(0, end));
    if (!line.empty()) lines.push_back({number, std::string(line)});
    if (lines.size() > kMaxTextLines) {
      throw Error(fmt::format("{} has more than {} lines; split it", path.string(), kMaxTextLines));
    }
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  if (lines.empty()) {
    throw Error(path.string() + " is empty; take a fresh copy from its data set");
  }
  return lines;
}

std::vector<std::string_view> BlankSeparated(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const size_t first = line.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return fields;
    line.remove_prefix(first);
    const size_t end = std::min(line.find_first_of(kBlanks), line.size());
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

std::vector<std::string> CommaSeparated(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[i++];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += line[i];
    }
  }
  for (std::string& field : fields) field = std::string(Trimmed(field));
  return fields;
}

std::optional<float> ParseNumber(std::string_view text) {
  const std::optional<float> value = ParseWhole<float>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<int> ParseWholeNumber(std::string_view text) { return ParseWhole<int>(text); }

void FailAt(const std::filesystem::path& path, int line, std::string_view what) {
  throw Error(fmt::format("{}, line {}: {}", path.string(), line, what));
}

}  // namespace nosetip
