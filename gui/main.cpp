// nosetip: the live app.
#include <cstdio>
#include <exception>
#include <string>

#include "gui/app.h"
#include "gui/settings.h"
#include "tracker/cli/cli_options.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"

int main(int argc, char** argv) {
  const nosetip::StopOnSignal stop([] {});
  nosetip::AppOptions options;
  options.settings = nosetip::SettingsPath();
  CLI::App app("Finds the keypoints of faces in live video.");
  app.add_option("source", options.source,
                 "A camera (0), a video, picture, image sequence (img_%04d.png) or stream "
                 "(rtsp://...); without it the last one, a camera or the sample clip.");
  app.add_option("--settings", options.settings, "The file of settings.")->capture_default_str();
  app.add_option("--item-map", options.item_map,
                 "Write which button is where on the screen to this JSON file, for programs that "
                 "drive the app.");
  CLI11_PARSE(app, argc, argv);
  try {
    nosetip::App(options).Run(stop.token());
    return 0;
  } catch (const nosetip::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: unexpected: %s\n", error.what());
  }
  return 1;
}
