// How the C library gives a training its memory.
#pragma once

namespace nosetip {

// Keeps freed memory for the next step, since giving it back to the system would have every tensor
// of every step cleared anew, and asks for large pages. A training on a CPU then runs faster and
// takes about a third more memory (docs/experiments.md). Call it once, before anything else. Does
// nothing with an address or thread sanitizer.
void KeepFreedMemory();

}  // namespace nosetip
