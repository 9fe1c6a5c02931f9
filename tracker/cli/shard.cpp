#include "tracker/cli/shard.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr size_t kMaxParts = 1'000'000;

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
    return Error(fmt::format("--shard is '{}'; {}", text, what));
  };
  const size_t slash = text.find('/');
  if (slash == std::string::npos) throw fail("give a part and the number of parts, such as 2/4");
  const auto index = Number(std::string_view(text).substr(0, slash));
  const auto count = Number(std::string_view(text).substr(slash + 1));
  if (!index || !count) throw fail("give two whole numbers, such as 2/4");
  if (*count == 0) throw fail("there must be at least one part, such as 1/1");
  if (*count > kMaxParts) throw fail(fmt::format("there can be at most {} parts", kMaxParts));
  if (*index < 1 || *index > *count) throw fail(fmt::format("parts are 1 to {}", *count));
  return {*index, *count};
}

std::vector<size_t> TablesOfShard(const Shard& shard, size_t tables) {
  std::vector<size_t> part;
  for (size_t table = shard.index - 1; table < tables; table += shard.count) part.push_back(table);
  return part;
}

}  // namespace nosetip
