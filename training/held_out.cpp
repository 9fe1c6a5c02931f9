#include "training/held_out.h"

#include <cstdint>

namespace nosetip {

bool IsHeldOut(const std::string& group, int percent) {
  uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : group) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  // FNV's low bits of near-equal names are alike; mix them (SplitMix64's finisher).
  hash ^= hash >> 30;
  hash *= 0xbf58476d1ce4e5b9ULL;
  hash ^= hash >> 27;
  return static_cast<int>((hash >> 33) % 100) < percent;
}

bool IsListed(const std::string& part, const std::string& list) {
  return list.empty() || ("," + list + ",").find("," + part + ",") != std::string::npos;
}

}  // namespace nosetip
