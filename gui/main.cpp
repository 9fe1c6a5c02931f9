// nosetip: the live app.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include <unistd.h>

#include "gui/app.h"
#include "gui/settings.h"
#include "tracker/cli/cli_options.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"

namespace {

// The threads of a network wait for each other many times a frame, and OpenMP has them turn in
// circles meanwhile. Beside anything else that computes, a training for one, that makes the network
// several times slower, so they shall sleep. OpenMP reads this when the program is loaded: hence
// the second start.
void SleepWhileWaiting(char** argv) {
  constexpr const char* kPolicy = "OMP_WAIT_POLICY";
  if (std::getenv(kPolicy) != nullptr) return;
  setenv(kPolicy, "passive", 1);
  execv("/proc/self/exe", argv);
  // Where that is not possible, it goes on as it is.
}

}  // namespace

int main(int argc, char** argv) {
  SleepWhileWaiting(argv);
  const nosetip::StopOnSignal stop([] {});
  nosetip::AppOptions options;
  options.settings = nosetip::SettingsPath();
  CLI::App app("Finds the keypoints of faces in live video.");
  app.add_option("source", options.source,
                 "A camera (0), a video, picture, folder, image sequence (img_%04d.png) or stream "
                 "(rtsp://...); without it the last one, a camera or the sample clip.");
  app.add_option("--settings", options.settings, "The file of settings.")->capture_default_str();
  app.add_option("--item-map", options.item_map,
                 "Write which button is where on the screen to this JSON file, for programs that "
                 "drive the app.");
  CLI11_PARSE(app, argc, argv);
  try {
    const bool all_ended = nosetip::App(options).Run(stop.token());
    if (!all_ended) std::quick_exit(0);
    return 0;
  } catch (const nosetip::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: unexpected: %s\n", error.what());
  }
  return 1;
}
