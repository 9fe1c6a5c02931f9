// nosetip-track --benchmark.
#pragma once

#include <stop_token>

#include "tracker/cli/track_options.h"

namespace nosetip {

// Measures the one input, or the sample clip where there is none, and prints a table. Returns what
// the program returns to the shell. Throws Error for more than one input and for files that cannot
// be read or written.
int RunBenchmarkCommand(TrackOptions options, const std::stop_token& stop);

}  // namespace nosetip
