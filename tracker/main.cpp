// nosetip-track: finds the keypoints of faces in videos, pictures and cameras, without a window.
#include <exception>

#include <fmt/core.h>

#include "tracker/cli/benchmark_command.h"
#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/cli/track_command.h"
#include "tracker/cli/track_options.h"
#include "tracker/core/error.h"

namespace {

int Run(int argc, char** argv) {
  const nosetip::StopOnSignal stop(
      [] { nosetip::PrintNote("\nstopping; press Ctrl-C again to quit at once"); });
  nosetip::TrackOptions options;
  nosetip::CommandParser parser("Find the keypoints of faces in videos, pictures and cameras");
  nosetip::AddTrackOptions(parser, options);
  if (const auto exit_code = parser.Parse({argv, static_cast<size_t>(argc)})) return *exit_code;
  nosetip::CheckTrackOptions(options);
  if (options.benchmark.benchmark) return nosetip::RunBenchmarkCommand(options, stop.token());
  return nosetip::RunTrackCommand(options, stop.token());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const nosetip::Error& error) {
    nosetip::PrintError(error.what());
  } catch (const std::exception& error) {
    nosetip::PrintError(fmt::format("internal error: {}", nosetip::FirstLine(error)));
  }
  return nosetip::kExitFailed;
}
