// nosetip: the live app.
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <dlfcn.h>
#include <fmt/core.h>
#include <unistd.h>

#include "gui/app.h"
#include "gui/state/settings.h"
#include "tracker/cli/command_parser.h"
#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"

namespace {

namespace fs = std::filesystem;

// LibTorch 2.6 of Debian 13 exports the functions of an LLVM of its own, which software OpenGL then
// calls in place of the system's LLVM, and crashes. Returns the system's LLVM libraries, to be
// preloaded; empty where LibTorch exports none.
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
      if (!found.empty()) found += ':';
      found += entry.path().string();
    }
  }
  return found;
}

// Restarts the program with environment variables that are read when it is loaded:
//  - The threads of a network wait for each other many times per frame. By default OpenMP lets them
//    spin, which makes the network several times slower while a training runs; they should sleep.
//  - The system's LLVM, see above. It is not passed on to programs that this one starts.
void StartPrepared(char** argv) {
  constexpr const char* kStarted = "NOSETIP_STARTED";
  constexpr const char* kPolicy = "OMP_WAIT_POLICY";
  constexpr const char* kPreload = "LD_PRELOAD";
  if (std::getenv(kStarted) != nullptr) {
    if (std::getenv(kStarted) == std::string_view("preloaded")) unsetenv(kPreload);
    unsetenv(kStarted);
    return;
  }
  // Keep what the user has set.
  const std::string preload = std::getenv(kPreload) == nullptr ? SystemLlvms() : "";
  if (std::getenv(kPolicy) != nullptr && preload.empty()) return;
  setenv(kPolicy, "passive", 0);
  if (!preload.empty()) setenv(kPreload, preload.c_str(), 1);
  setenv(kStarted, preload.empty() ? "yes" : "preloaded", 1);
  execv("/proc/self/exe", argv);
  // The restart failed; run without it.
  unsetenv(kStarted);
}

int Run(int argc, char** argv) {
  const nosetip::StopOnSignal stop([] {});
  nosetip::AppOptions options;
  std::string settings = nosetip::SettingsPath();
  std::string item_map;
  nosetip::CommandParser parser("Track face keypoints in live video");
  parser.AddArguments(
      {"source", &options.source,
       "Open a camera (0), video, picture, folder, image sequence (img_%04d.png) or stream "
       "(rtsp://...); default: the last source, a camera or the sample clip."});
  parser.AddOption({"settings", &settings, "Load and save settings in this file."});
  parser.AddOption({"item-map", &item_map,
                    "Write the screen position of each button to this JSON file, for programs that "
                    "drive the app."});
  if (const auto exit_code = parser.Parse({argv, static_cast<size_t>(argc)})) return *exit_code;
  options.settings = settings;
  options.item_map = item_map;
  const bool all_ended = nosetip::App(options).Run(stop.token());
  if (!all_ended) std::quick_exit(0);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  StartPrepared(argv);
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    nosetip::PrintError(nosetip::FirstLine(error));
  }
  return 1;
}
