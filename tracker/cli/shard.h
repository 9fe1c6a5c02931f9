// A part of a list of inputs, so that several machines share it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nosetip {

// The part `index`, from 1 to `count`, of `count`.
struct Shard {
  size_t index = 1;
  size_t count = 1;

  bool Whole() const { return count == 1; }
};

// "2/4"; an empty text is the whole. Throws Error for anything else.
Shard ParseShard(const std::string& text);

// Indexes of this part of so many tables, ascending. The parts of one list have each table once,
// and the same on every machine. Neighbours go to different parts, as clips of one folder are often
// sorted by what they show or how long they are.
std::vector<size_t> TablesOfShard(const Shard& shard, size_t tables);

}  // namespace nosetip
