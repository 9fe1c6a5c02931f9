// Work on a GPU as CUDA graphs. Free of LibTorch.
#pragma once

#include <functional>
#include <string>

namespace nosetip {

// Empty where this build can record, else what it lacks, for the user.
std::string WhyNoCudaGraphs();

// Gives a recorder for BatchSetup: it records what `work` asks of the current stream, which is not
// the default one, and gives what repeats it, in whichever stream is current then. The work has run
// before, waits for nothing, keeps no memory that it allocates, and is not done by recording. What
// one recorder records shares memory, so one of them runs at a time. The recorder throws what
// LibTorch throws where the GPU cannot, and Error where this build cannot.
std::function<std::function<void()>(const std::function<void()>& work)> CudaGraphRecorder();

}  // namespace nosetip
