// The window: wraps GLFW, OpenGL and Dear ImGui's back ends.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

struct WindowOptions {
  std::string title = "Nosetip";
  SizePx size{1280, 720};  // in units of the desktop, which may be several pixels
  std::string font;        // a TrueType file; Dear ImGui's own font where it cannot be read
};

// Input since the last frame that Dear ImGui does not handle.
struct WindowEvents {
  // Named by the keyboard's layout: "S", "Space", "F1", "Ctrl+O", "Right". Includes repeats. None
  // while a text field has the keyboard.
  std::vector<std::string> keys;
  std::vector<std::string> dropped_files;
  bool wants_to_close = false;
};

// For the main thread; one window at a time.
class Window {
 public:
  // Throws Error where there is no display or no OpenGL 3.
  explicit Window(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Waits for input, Wake() or the end of `timeout_s`.
  WindowEvents WaitForEvents(double timeout_s);
  // Any thread: ends the current wait or the next one.
  static void Wake();

  // Dear ImGui may be called between these two.
  void BeginFrame();
  void EndFrame();

  // Scale of the user interface: 2 on most HiDPI screens.
  float ContentScale() const;
  // Takes effect at the next BeginFrame.
  void SetTextSize(float pixels);
  void SetFullScreen(bool on);
  bool IsFullScreen() const;
  SizePx Size() const;
  std::string GlDescription() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip
