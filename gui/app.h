// The live app: a window over a live session.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

namespace nosetip {

struct AppOptions {
  std::string source;              // to begin with; see ChooseFirstSource where empty
  std::filesystem::path settings;  // a JSON file; see SettingsPath
  // Where to write which item is where on the screen, as JSON, for programs that drive the app;
  // empty for no such file.
  std::filesystem::path item_map;
};

// Of the program's main thread.
class App {
 public:
  // Throws Error where no window can be opened.
  explicit App(const AppOptions& options);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Until the user closes the window or a stop. False where a camera or stream hangs and its thread
  // was left behind: the program must then end with std::quick_exit.
  bool Run(const std::stop_token& stop);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip
