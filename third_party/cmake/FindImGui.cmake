# Finds Dear ImGui as Debian packages it: one library with its GLFW and OpenGL 3 back ends.
# Sets ImGui_FOUND, ImGui_VERSION, ImGui_INCLUDE_DIRS and ImGui_LIBRARIES.
find_path(ImGui_INCLUDE_DIR imgui.h PATH_SUFFIXES imgui)
find_library(ImGui_LIBRARY imgui)
# Debian builds it against a library of its own for fonts.
find_library(ImGui_stb_LIBRARY stb)
if(ImGui_INCLUDE_DIR)
  file(STRINGS ${ImGui_INCLUDE_DIR}/imgui.h version_line REGEX "^#define IMGUI_VERSION +\"")
  string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" ImGui_VERSION "${version_line}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(ImGui REQUIRED_VARS ImGui_LIBRARY ImGui_INCLUDE_DIR
                                  VERSION_VAR ImGui_VERSION)
set(ImGui_INCLUDE_DIRS ${ImGui_INCLUDE_DIR})
set(ImGui_LIBRARIES ${ImGui_LIBRARY})
if(ImGui_stb_LIBRARY)
  list(APPEND ImGui_LIBRARIES ${ImGui_stb_LIBRARY})
endif()
mark_as_advanced(ImGui_INCLUDE_DIR ImGui_LIBRARY ImGui_stb_LIBRARY)
