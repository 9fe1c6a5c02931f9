// How often the program has asked for memory.
#pragma once

#include <cstdint>

namespace nosetip {

// False in a program with sanitizers.
bool CountsAllocations();

// Calls of malloc and the like by all threads since the start, those of libraries and of operator
// new included. Programs that are built with allocation_count.cpp count them.
int64_t AllocationsSoFar();

template <typename Work>
int64_t AllocationsOf(Work&& work) {
  const int64_t before = AllocationsSoFar();
  work();
  return AllocationsSoFar() - before;
}

}  // namespace nosetip
