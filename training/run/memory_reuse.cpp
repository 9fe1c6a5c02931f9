#include "training/run/memory_reuse.h"

#include <cstdint>
#include <cstdlib>  // defines __GLIBC__, where it is that

// Sanitizers have a malloc of their own.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NOSETIP_GLIBC_MALLOC
#endif

#ifdef NOSETIP_GLIBC_MALLOC
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace nosetip {

#ifdef NOSETIP_GLIBC_MALLOC

void KeepFreedMemory() {
  mallopt(M_MMAP_MAX, 0);         // large blocks come from the heap, too
  mallopt(M_TRIM_THRESHOLD, -1);  // which never shrinks
  // Grown at once, so that all of it can be asked to have large pages; what is not used takes no
  // memory. Where there is not so much, the heap grows as it is needed, with small pages.
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t size = page * static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) / 2;
  void* const heap = std::malloc(size);
  if (heap == nullptr) return;
  const uintptr_t first = (reinterpret_cast<uintptr_t>(heap) + page - 1) / page * page;
  madvise(reinterpret_cast<void*>(first), size - page, MADV_HUGEPAGE);
  std::free(heap);
}

#else

void KeepFreedMemory() {}

#endif

}  // namespace nosetip
