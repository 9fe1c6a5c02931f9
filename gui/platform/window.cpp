#include "gui/platform/window.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/core.h>
#include <imgui.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr SizePx kSmallestWindow{640, 400};

std::string GlfwProblem() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text != nullptr ? text : "no reason reported";
}

std::string NameOfKey(int key, int scancode) {
  static const std::map<int, std::string> kNames = {
      {GLFW_KEY_SPACE, "Space"},     {GLFW_KEY_ESCAPE, "Esc"},
      {GLFW_KEY_ENTER, "Enter"},     {GLFW_KEY_TAB, "Tab"},
      {GLFW_KEY_LEFT, "Left"},       {GLFW_KEY_RIGHT, "Right"},
      {GLFW_KEY_UP, "Up"},           {GLFW_KEY_DOWN, "Down"},
      {GLFW_KEY_HOME, "Home"},       {GLFW_KEY_PAGE_DOWN, "Page Down"},
      {GLFW_KEY_PAGE_UP, "Page Up"}, {GLFW_KEY_END, "End"},
      {GLFW_KEY_DELETE, "Del"}};
  if (const auto named = kNames.find(key); named != kNames.end()) return named->second;
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) {
    return fmt::format("F{}", key - GLFW_KEY_F1 + 1);
  }
  const char* printed = glfwGetKeyName(key, scancode);
  std::string name = printed != nullptr ? printed : "";
  if (name.size() == 1) name[0] = static_cast<char>(std::toupper(name[0]));
  return name;
}

}  // namespace

struct Window::State {
  GLFWwindow* window = nullptr;
  WindowEvents events;
  std::string font;
  float text_px = 15.0F;
  bool font_is_stale = true;
  struct Placement {
    int x = 0, y = 0, width = 0, height = 0;
  } windowed;  // where the window was before full screen

  void LoadFont();
};

namespace {

std::vector<std::string>& KeysOf(GLFWwindow* window) {
  return static_cast<WindowEvents*>(glfwGetWindowUserPointer(window))->keys;
}

void OnKey(GLFWwindow* window, int key, int scancode, int action, int mods) {
  if (action == GLFW_RELEASE || ImGui::GetIO().WantTextInput) return;
  const std::string name = NameOfKey(key, scancode);
  if (name.empty()) return;
  KeysOf(window).push_back((mods & GLFW_MOD_CONTROL) != 0 ? "Ctrl+" + name : name);
}

void OnDrop(GLFWwindow* window, int count, const char** paths) {
  auto& events = *static_cast<WindowEvents*>(glfwGetWindowUserPointer(window));
  events.dropped_files.insert(events.dropped_files.end(), paths, paths + count);
}

GLFWwindow* OpenWindow(const WindowOptions& options) {
  if (glfwInit() != GLFW_TRUE) {
    throw Error(
        fmt::format("cannot open a window: {}; start nosetip on a desktop, or use nosetip-track, "
                    "which needs no window",
                    GlfwProblem()));
  }
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(options.size.width, options.size.height,
                                        options.title.c_str(), nullptr, nullptr);
  if (window == nullptr) {
    const std::string problem = GlfwProblem();
    glfwTerminate();
    throw Error(fmt::format(
        "cannot open a window: {}; it needs OpenGL 3.2, for instance from Mesa (libgl1-mesa-dri)",
        problem));
  }
  glfwSetWindowSizeLimits(window, kSmallestWindow.width, kSmallestWindow.height, GLFW_DONT_CARE,
                          GLFW_DONT_CARE);
  return window;
}

}  // namespace

Window::Window(const WindowOptions& options) : state_(std::make_unique<State>()) {
  state_->window = OpenWindow(options);
  state_->font = options.font;
  glfwMakeContextCurrent(state_->window);
  glfwSwapInterval(1);
  glfwSetWindowUserPointer(state_->window, &state_->events);
  glfwSetKeyCallback(state_->window, OnKey);
  glfwSetDropCallback(state_->window, OnDrop);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;  // the app keeps its own settings
  // After our callbacks, which it chains.
  ImGui_ImplGlfw_InitForOpenGL(state_->window, true);
  ImGui_ImplOpenGL3_Init("#version 150");
}

Window::~Window() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(state_->window);
  glfwTerminate();
}

WindowEvents Window::WaitForEvents(double timeout_s) {
  if (timeout_s > 0.0) {
    glfwWaitEventsTimeout(timeout_s);
  } else {
    glfwPollEvents();
  }
  state_->events.wants_to_close = glfwWindowShouldClose(state_->window) != 0;
  WindowEvents events = std::exchange(state_->events, {});
  glfwSetWindowShouldClose(state_->window, GLFW_FALSE);
  return events;
}

void Window::Wake() { glfwPostEmptyEvent(); }

void Window::State::LoadFont() {
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  std::error_code ignored;
  ImFontConfig config;
  config.OversampleH = 2;
  config.OversampleV = 2;
  // Latin, Greek and Cyrillic, for the names of files and cameras.
  static constexpr ImWchar kRanges[] = {0x0020, 0x024F, 0x0370, 0x052F, 0x2010, 0x2027, 0};
  const bool is_there = std::filesystem::is_regular_file(font, ignored);
  if (!is_there ||
      io.Fonts->AddFontFromFileTTF(font.c_str(), text_px, &config, kRanges) == nullptr) {
    config.SizePixels = text_px;
    io.Fonts->AddFontDefault(&config);
  }
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
  font_is_stale = false;
}

void Window::SetTextSize(float pixels) {
  const float rounded = std::clamp(std::round(pixels), 8.0F, 64.0F);
  if (rounded == state_->text_px) return;
  state_->text_px = rounded;
  state_->font_is_stale = true;
}

void Window::BeginFrame() {
  ImGui_ImplOpenGL3_NewFrame();
  if (state_->font_is_stale) state_->LoadFont();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
}

void Window::EndFrame() {
  ImGui::Render();
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(state_->window, &width, &height);
  glViewport(0, 0, width, height);
  const ImVec4 color = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(color.x, color.y, color.z, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(state_->window);
}

float Window::ContentScale() const {
  float x = 1.0F;
  float y = 1.0F;
  glfwGetWindowContentScale(state_->window, &x, &y);
  // Dear ImGui counts in units of the desktop, which may be several pixels.
  int units = 0, pixels = 0, ignored = 0;
  glfwGetWindowSize(state_->window, &units, &ignored);
  glfwGetFramebufferSize(state_->window, &pixels, &ignored);
  const float pixels_per_unit =
      units > 0 && pixels > 0 ? static_cast<float>(pixels) / static_cast<float>(units) : 1.0F;
  return std::max(1.0F, y / pixels_per_unit);
}

void Window::SetFullScreen(bool on) {
  if (on == IsFullScreen()) return;
  auto& at = state_->windowed;
  if (!on) {
    glfwSetWindowMonitor(state_->window, nullptr, at.x, at.y, at.width, at.height, 0);
    return;
  }
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return;
  glfwGetWindowPos(state_->window, &at.x, &at.y);
  glfwGetWindowSize(state_->window, &at.width, &at.height);
  const GLFWvidmode* mode = glfwGetVideoMode(monitor);
  glfwSetWindowMonitor(state_->window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

bool Window::IsFullScreen() const { return glfwGetWindowMonitor(state_->window) != nullptr; }

SizePx Window::Size() const {
  SizePx size;
  glfwGetWindowSize(state_->window, &size.width, &size.height);
  return size;
}

std::string Window::GlDescription() const {
  const auto text = [](GLenum name) {
    const auto* value = reinterpret_cast<const char*>(glGetString(name));
    return std::string(value != nullptr ? value : "unknown");
  };
  return fmt::format("{}, OpenGL {}", text(GL_RENDERER), text(GL_VERSION));
}

}  // namespace nosetip
