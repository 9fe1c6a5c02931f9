// How the C library gives a training its memory.
#pragma once

namespace nosetip {

// Keeps freed memory for the next step in place of giving it back to the system, which would clear
// each tensor of each step anew, and asks for large pages. A training on a CPU then runs faster and
// takes about a third more memory (docs/experiments.md). Call it once, first of all. Does nothing
// without glibc or with a sanitizer.
void KeepFreedMemory();

}  // namespace nosetip
