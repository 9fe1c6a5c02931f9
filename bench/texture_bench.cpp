// Copies a frame to the GPU for the window to draw, and waits until it is there. Needs a display,
// if only a virtual one, where OpenGL is Mesa's software.
#include <string>

#include <GLFW/glfw3.h>
#include <benchmark/benchmark.h>

#include "gui/platform/frame_texture.h"

namespace nosetip {
namespace {

// Has a context like that of the app's window, current as long as it lives. GLFW is not terminated:
// a virtual display restarts when its last program leaves, and does not answer then.
class HiddenWindow {
 public:
  HiddenWindow() {
    if (glfwInit() != GLFW_TRUE) return;
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    window_ = glfwCreateWindow(640, 480, "nosetip-bench", nullptr, nullptr);
    if (window_ != nullptr) glfwMakeContextCurrent(window_);
  }
  ~HiddenWindow() {
    if (window_ != nullptr) glfwDestroyWindow(window_);
  }
  HiddenWindow(const HiddenWindow&) = delete;
  HiddenWindow& operator=(const HiddenWindow&) = delete;

  bool IsThere() const { return window_ != nullptr; }

 private:
  GLFWwindow* window_ = nullptr;
};

std::string GlfwProblem() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : "no reason given";
}

void UploadFrame(benchmark::State& state) {
  const HiddenWindow window;
  if (!window.IsThere()) {
    state.SkipWithError(("no window with OpenGL 3.2: " + GlfwProblem()).c_str());
    return;
  }
  if (const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER))) {
    state.SetLabel(renderer);
  }
  const Image frame(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  FrameTexture texture;  // destroyed before the window
  for (auto _ : state) {
    texture.Upload(frame);
    glFinish();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(frame.rgb.size()));
}
BENCHMARK(UploadFrame)
    ->ArgNames({"width_px", "height_px"})
    ->Args({640, 480})
    ->Args({1280, 720})
    ->Args({1920, 1080})
    ->UseRealTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nosetip
