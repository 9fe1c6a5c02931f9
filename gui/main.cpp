// nosetip: the live app.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <CLI/CLI.hpp>
#include <dlfcn.h>
#include <unistd.h>

#include "gui/app.h"
#include "gui/state/settings.h"
#include "tracker/cli/cli_options.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"

namespace {

namespace fs = std::filesystem;

// Debian 13's LibTorch 2.6 has an LLVM of its own inside and shows its functions to all, so that
// OpenGL in software, which compiles with the system's LLVM, calls the wrong ones and crashes. The
// system's LLVMs, to be loaded first; empty where LibTorch shows none.
std::string SystemLlvms() {
  std::string found;
  Dl_info torch{};
  void* shown = dlsym(RTLD_DEFAULT, "LLVMAddSymbol");
  if (shown == nullptr || dladdr(shown, &torch) == 0) return found;
  if (std::string_view(torch.dli_fname).find("torch") == std::string_view::npos) return found;
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator(fs::path(torch.dli_fname).parent_path(), ignored)) {
    if (entry.path().filename().string().starts_with("libLLVM.so.")) {
      found += (found.empty() ? "" : ":") + entry.path().string();
    }
  }
  return found;
}

// Starts once more, with what must be there when the program is loaded:
//  - The threads of a network wait for each other many times a frame, and OpenMP has them turn in
//    circles meanwhile. Beside anything else that computes, a training for one, that makes the
//    network several times slower, so they shall sleep.
//  - The system's LLVM, see above. Programs that this one starts do not need it.
void StartPrepared(char** argv) {
  constexpr const char* kStarted = "NOSETIP_STARTED";
  constexpr const char* kPolicy = "OMP_WAIT_POLICY";
  constexpr const char* kPreload = "LD_PRELOAD";
  if (std::getenv(kStarted) != nullptr) {
    if (std::getenv(kStarted) == std::string_view("preloaded")) unsetenv(kPreload);
    unsetenv(kStarted);
    return;
  }
  // What the user has set stays.
  const std::string preload = std::getenv(kPreload) == nullptr ? SystemLlvms() : "";
  if (std::getenv(kPolicy) != nullptr && preload.empty()) return;
  setenv(kPolicy, "passive", 0);
  if (!preload.empty()) setenv(kPreload, preload.c_str(), 1);
  setenv(kStarted, preload.empty() ? "yes" : "preloaded", 1);
  execv("/proc/self/exe", argv);
  // Where that is not possible, it goes on as it is.
  unsetenv(kStarted);
}

}  // namespace

int main(int argc, char** argv) {
  StartPrepared(argv);
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
