#include "training/run/memory_reuse.h"

#include <cstdint>
#include <cstdlib>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace nosetip {

void KeepFreedMemory() {
// These sanitizers have a malloc of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  mallopt(M_MMAP_MAX, 0);         // large blocks come from the heap, too
  mallopt(M_TRIM_THRESHOLD, -1);  // which never shrinks
  // The heap grows at once, so that large pages can be asked for all of it; pages that are never
  // used take no memory. Where there is less, it grows as needed, with small pages.
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t size = page * static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) / 2;
  void* const heap = std::malloc(size);
  if (heap == nullptr) return;
  const uintptr_t first = (reinterpret_cast<uintptr_t>(heap) + page - 1) / page * page;
  madvise(reinterpret_cast<void*>(first), size - page, MADV_HUGEPAGE);
  std::free(heap);
#endif
}

}  // namespace nosetip
