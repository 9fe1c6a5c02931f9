#include "training/data/trained_groups.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "tracker/core/error.h"
#include "training/data/held_out.h"

namespace nosetip {
namespace {

constexpr size_t kDigits = 8;

uint32_t ShortHash(const std::string& group) { return static_cast<uint32_t>(GroupHash(group)); }

}  // namespace

TrainedGroups::TrainedGroups(std::string_view text) {
  are_all_ = !text.empty() && !text.ends_with('+');
  if (text.ends_with('+')) text.remove_suffix(1);
  for (; !text.empty(); text.remove_prefix(kDigits)) {
    uint32_t hash = 0;
    const char* end = text.data() + std::min(kDigits, text.size());
    if (text.size() < kDigits || std::from_chars(text.data(), end, hash, 16).ptr != end) {
      throw Error("the list of groups that it was trained on is damaged");
    }
    hashes_.insert(hash);
  }
}

void TrainedGroups::Add(const std::string& group) { hashes_.insert(ShortHash(group)); }

void TrainedGroups::Add(const TrainedGroups& others) {
  hashes_.insert(others.hashes_.begin(), others.hashes_.end());
  are_all_ = are_all_ && others.are_all_;
}

bool TrainedGroups::Has(const std::string& group) const {
  return hashes_.contains(ShortHash(group));
}

std::string TrainedGroups::Text() const {
  std::string text;
  for (const uint32_t hash : hashes_) text += fmt::format("{:08x}", hash);
  return are_all_ ? text : text + '+';
}

}  // namespace nosetip
