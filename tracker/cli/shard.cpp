#include "tracker/cli/shard.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

std::optional<size_t> Number(std::string_view text) {
  size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [after, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || after != end) return std::nullopt;
  return number;
}

}  // namespace

Shard ParseShard(const std::string& text) {
  if (text.empty()) return {};
  const auto fail = [&](const std::string& what) -> Error {
    return Error("--shard is '" + text + "'; " + what);
  };
  const size_t slash = text.find('/');
  if (slash == std::string::npos) throw fail("it must be a part and how many there are, as in 2/4");
  const auto index = Number(std::string_view(text).substr(0, slash));
  const auto count = Number(std::string_view(text).substr(slash + 1));
  if (!index || !count) throw fail("it must be two whole numbers, as in 2/4");
  if (*count == 0) throw fail("there must be one part at least, as in 1/1");
  if (*index < 1 || *index > *count) {
    throw fail("parts are counted from 1 to " + std::to_string(*count));
  }
  return {*index, *count};
}

std::vector<size_t> TablesOfShard(const Shard& shard, size_t tables) {
  std::vector<size_t> part;
  for (size_t table = shard.index - 1; table < tables; table += shard.count) part.push_back(table);
  return part;
}

}  // namespace nosetip
