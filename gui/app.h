// The live app: a window over a live session.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

namespace nosetip {

struct AppOptions {
  std::string source;              // the first one; see ChooseFirstSource where empty
  std::filesystem::path settings;  // a JSON file; see SettingsPath
  std::filesystem::path item_map;  // see ItemMapFile; may be empty
};

// For the main thread.
class App {
 public:
  // Throws Error where it cannot open a window.
  explicit App(const AppOptions& options);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Runs until the user closes the window or a stop is requested. False where a camera or stream
  // hangs and its thread was left behind: the program must then end with std::quick_exit.
  bool Run(const std::stop_token& stop);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip
