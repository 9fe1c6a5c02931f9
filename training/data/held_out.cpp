#include "training/data/held_out.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

std::optional<uint64_t> WholeNumber(std::string_view text) {
  uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string_view> Entries(std::string_view list) {
  std::vector<std::string_view> entries;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    if (const auto entry = Trimmed(list.substr(0, comma)); !entry.empty()) entries.push_back(entry);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return entries;
}

bool Matches(std::string_view entry, std::string_view name) {
  if (entry == Trimmed(name)) return true;
  const auto number = WholeNumber(Trimmed(name));
  if (!number) return false;
  const size_t dash = entry.find('-');
  if (dash == std::string_view::npos) return WholeNumber(entry) == number;
  const auto first = WholeNumber(Trimmed(entry.substr(0, dash)));
  const auto last = WholeNumber(Trimmed(entry.substr(dash + 1)));
  return first && last && *first <= *number && *number <= *last;
}

}  // namespace

uint64_t GroupHash(const std::string& group) {
  uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : group) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  // FNV gives similar names similar low bits; mix them (SplitMix64's finisher).
  hash ^= hash >> 30;
  hash *= 0xbf58476d1ce4e5b9ULL;
  hash ^= hash >> 27;
  return hash;
}

bool IsHeldOut(const std::string& group, int percent) {
  return static_cast<int>((GroupHash(group) >> 33) % 100) < percent;
}

bool IsHeldOut(const std::string& group, const HoldOut& hold_out) {
  if (hold_out.groups.empty()) return IsHeldOut(group, hold_out.percent);
  return IsListed(group, hold_out.groups);
}

bool IsMeasured(const std::string& group, const std::string& part, const HoldOut& hold_out) {
  return IsListed(part, hold_out.parts) && (!hold_out.HoldsOut() || IsHeldOut(group, hold_out));
}

bool IsListed(const std::string& name, const std::string& list) {
  return list.empty() || std::ranges::any_of(Entries(list), [&](std::string_view entry) {
           return Matches(entry, name);
         });
}

void CheckListed(std::string_view option, const std::string& list, std::string_view kind,
                 const std::set<std::string>& names) {
  if (list.empty()) return;
  const auto entries = Entries(list);
  if (entries.empty()) {
    throw Error(
        fmt::format("{} '{}' names no {}; the data has {}", option, list, kind, NamesText(names)));
  }
  for (const std::string_view entry : entries) {
    const bool occurs =
        std::ranges::any_of(names, [&](const std::string& name) { return Matches(entry, name); });
    if (occurs) continue;
    throw Error(fmt::format("{} names '{}', but the {} of the data are: {}", option, entry, kind,
                            NamesText(names)));
  }
}

void CheckNames(const HoldOut& hold_out, const NamesOfFaces& names, const std::string& prefix) {
  CheckListed(prefix + "groups", hold_out.groups, "groups", names.groups);
  CheckListed(prefix + "parts", hold_out.parts, "parts", names.parts);
}

std::string NamesText(const std::set<std::string>& names) {
  constexpr size_t kMost = 12;
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (shown.size() == kMost) break;
    shown.push_back(name.empty() ? "(no name)" : name);
  }
  if (names.empty()) return "none";
  if (names.size() <= kMost) return fmt::format("{}", fmt::join(shown, ", "));
  return fmt::format("{} ... ({} in all)", fmt::join(shown, ", "), names.size());
}

}  // namespace nosetip
