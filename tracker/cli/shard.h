// A part of a list of inputs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nosetip {

// One of `count` parts of a list of inputs, so that several machines can share the work.
struct Shard {
  size_t index = 1;  // 1 to `count`
  size_t count = 1;

  bool Whole() const { return count == 1; }
};

// From "2/4"; an empty text is the whole list. Throws Error for anything else.
Shard ParseShard(const std::string& text);

// The indexes of this part of so many tables, ascending. Each table is in one part, the same on
// every machine. Neighbors go to different parts, as clips of a folder are often sorted by content
// or length.
std::vector<size_t> TablesOfShard(const Shard& shard, size_t tables);

}  // namespace nosetip
