// Work on a GPU as CUDA graphs. Free of LibTorch.
#pragma once

#include <functional>
#include <string>

namespace nosetip {

// Empty where this build can record, else what is missing, for the user.
std::string WhyNoCudaGraphs();

// Returns a recorder for BatchSetup: it records what `work` asks of the current stream, which must
// not be the default one, and returns a function that repeats it in the stream that is current
// then. `work` must have run before, must not wait for the GPU and must keep no memory that it
// allocates; recording does not execute it. All that one recorder records shares memory, so only
// one recording may run at a time. Throws what LibTorch throws where the GPU cannot record, and
// Error where this build cannot.
std::function<std::function<void()>(const std::function<void()>& work)> CudaGraphRecorder();

}  // namespace nosetip
