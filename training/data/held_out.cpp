#include "training/data/held_out.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string_view>

namespace nosetip {
namespace {

std::optional<int> WholeNumber(std::string_view text) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

bool IsHeldOut(const std::string& group, int percent) {
  uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : group) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  // FNV gives similar names similar low bits; mix them (SplitMix64's finisher).
  hash ^= hash >> 30;
  hash *= 0xbf58476d1ce4e5b9ULL;
  hash ^= hash >> 27;
  return static_cast<int>((hash >> 33) % 100) < percent;
}

bool IsHeldOut(const std::string& group, const HoldOut& hold_out) {
  if (hold_out.groups.empty()) return IsHeldOut(group, hold_out.percent);
  if (IsListed(group, hold_out.groups)) return true;
  const auto number = WholeNumber(group);
  if (!number) return false;
  std::istringstream ranges(hold_out.groups);
  for (std::string range; std::getline(ranges, range, ',');) {
    const size_t dash = range.find('-');
    if (dash == std::string::npos) continue;
    const auto first = WholeNumber(std::string_view(range).substr(0, dash));
    const auto last = WholeNumber(std::string_view(range).substr(dash + 1));
    if (first && last && *first <= *number && *number <= *last) return true;
  }
  return false;
}

bool IsMeasured(const std::string& group, const std::string& part, const HoldOut& hold_out) {
  return IsListed(part, hold_out.parts) && (!hold_out.HoldsOut() || IsHeldOut(group, hold_out));
}

bool IsListed(const std::string& part, const std::string& list) {
  return list.empty() || ("," + list + ",").find("," + part + ",") != std::string::npos;
}

}  // namespace nosetip
