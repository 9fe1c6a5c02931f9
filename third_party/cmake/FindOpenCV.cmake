# Finds OpenCV's modules one by one where its own CMake configuration is not installed: Debian has
# that only in libopencv-dev, which brings VTK, Tk and MPI (50 MB to download, 300 MB installed).
# Sets OpenCV_FOUND, OpenCV_VERSION, OpenCV_INCLUDE_DIRS and OpenCV_LIBS, as the configuration does.
find_package(OpenCV ${OpenCV_FIND_VERSION} QUIET CONFIG COMPONENTS ${OpenCV_FIND_COMPONENTS})
if(OpenCV_FOUND)
  return()
endif()

find_path(OpenCV_INCLUDE_DIR opencv2/core/version.hpp PATH_SUFFIXES opencv4)
if(OpenCV_INCLUDE_DIR)
  file(STRINGS ${OpenCV_INCLUDE_DIR}/opencv2/core/version.hpp version_lines
       REGEX "^#define CV_VERSION_(MAJOR|MINOR|REVISION) +[0-9]+")
  string(REGEX REPLACE "#define CV_VERSION_[A-Z]+ +([0-9]+)" "\\1" version_numbers "${version_lines}")
  string(REPLACE ";" "." OpenCV_VERSION "${version_numbers}")
endif()

set(OpenCV_LIBS)
foreach(module IN LISTS OpenCV_FIND_COMPONENTS)
  find_library(OpenCV_${module}_LIBRARY opencv_${module})
  mark_as_advanced(OpenCV_${module}_LIBRARY)
  if(OpenCV_${module}_LIBRARY AND EXISTS ${OpenCV_INCLUDE_DIR}/opencv2/${module}.hpp)
    set(OpenCV_${module}_FOUND TRUE)
    list(APPEND OpenCV_LIBS ${OpenCV_${module}_LIBRARY})
  endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(OpenCV REQUIRED_VARS OpenCV_INCLUDE_DIR OpenCV_LIBS
                                  VERSION_VAR OpenCV_VERSION HANDLE_COMPONENTS)
set(OpenCV_INCLUDE_DIRS ${OpenCV_INCLUDE_DIR})
mark_as_advanced(OpenCV_INCLUDE_DIR)
