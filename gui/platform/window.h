// The window: GLFW, OpenGL and Dear ImGui's back ends behind one door.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct WindowOptions {
  std::string title = "Nosetip";
  SizePx size{1280, 720};  // in units of the desktop, which may be several pixels each
  std::string font;        // a TrueType file; Dear ImGui's own font where it cannot be read
};

// What the user did since the last frame, beside what Dear ImGui was told.
struct WindowEvents {
  // Names of keys as on the keyboard's layout: "S", "Space", "F1", "Ctrl+O", "Right". Repeats
  // count. None while a text field has the keyboard.
  std::vector<std::string> keys;
  std::vector<std::string> dropped_files;
  bool wants_to_close = false;
};

// Used by the thread that made it, the program's main one; there is one window at a time.
class Window {
 public:
  // Throws Error where there is no display or no OpenGL 3.
  explicit Window(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Waits until the user does something, Wake() is called or `timeout_s` has passed.
  WindowEvents WaitForEvents(double timeout_s);
  // Of any thread: ends the waiting, of now or the next.
  static void Wake();

  // Between these two, Dear ImGui may be called.
  void BeginFrame();
  void EndFrame();
  // What the last frame showed, to the pixel.
  Image Picture() const;

  // Pixels of the screen a unit of the desktop: 2 on most HiDPI screens.
  float ContentScale() const;
  // The size of text and everything measured by it; takes effect at the next BeginFrame.
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
