// A run of nosetip-track: from the options to files, with lines for the user.
#pragma once

#include <stop_token>

#include "tracker/cli/track_options.h"

namespace nosetip {

// Tracks all inputs. An input that is missing or cannot be read is reported, and the others are
// tracked all the same. Where no output is named, it writes the video and the table. Returns what
// the program returns to the shell. Throws Error where the run cannot begin or an output cannot be
// written.
int RunTrackCommand(TrackOptions options, const std::stop_token& stop);

}  // namespace nosetip
