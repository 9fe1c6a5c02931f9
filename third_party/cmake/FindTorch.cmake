# Finds LibTorch by its headers and libraries: Debian's, the official archives and the one inside a
# Python wheel. LibTorch's own configuration is not used, since that of a CUDA build stops where
# there is no CUDA compiler, which Nosetip does not need.
# Set CMAKE_PREFIX_PATH to the unpacked folder for another one than the system's.
# Sets Torch_VERSION, TORCH_INCLUDE_DIRS, TORCH_LIBRARIES, TORCH_CXX_FLAGS and TORCH_CUDA; where
# that is true and CUDA's own headers are there, TORCH_CUDA_HEADERS_DIR too.
find_path(TORCH_INCLUDE_DIR torch/csrc/api/include/torch/version.h)
get_filename_component(TORCH_PREFIX "${TORCH_INCLUDE_DIR}" DIRECTORY)
set(torch_api_include_dir ${TORCH_INCLUDE_DIR}/torch/csrc/api/include)
foreach(library torch torch_cpu c10)
  find_library(TORCH_${library}_LIBRARY ${library} HINTS ${TORCH_PREFIX}/lib)
endforeach()

if(TORCH_INCLUDE_DIR)
  # Of later versions the old header only includes the new one, which has the numbers.
  set(version_lines)
  foreach(header IN ITEMS ${torch_api_include_dir}/torch/version.h
                          ${TORCH_INCLUDE_DIR}/torch/headeronly/version.h)
    if(EXISTS ${header} AND NOT version_lines)
      file(STRINGS ${header} version_lines
           REGEX "^#define TORCH_VERSION_(MAJOR|MINOR|PATCH) +[0-9]+")
    endif()
  endforeach()
  string(REGEX REPLACE "#define TORCH_VERSION_[A-Z]+ +([0-9]+)" "\\1" version_numbers
         "${version_lines}")
  string(REPLACE ";" "." Torch_VERSION "${version_numbers}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  Torch
  REQUIRED_VARS TORCH_torch_LIBRARY TORCH_torch_cpu_LIBRARY TORCH_c10_LIBRARY TORCH_INCLUDE_DIR
  VERSION_VAR Torch_VERSION)
if(NOT Torch_FOUND)
  return()
endif()

set(TORCH_INCLUDE_DIRS ${torch_api_include_dir} ${TORCH_INCLUDE_DIR})
# The C++ library comes first: the official archives and wheels show a part of an older one that they
# were linked with (std::filesystem's, for one), and what a program finds first is what it calls. A
# mixture of both crashes.
set(TORCH_LIBRARIES -Wl,--push-state,--no-as-needed,-lstdc++,--pop-state
                    ${TORCH_torch_LIBRARY} ${TORCH_torch_cpu_LIBRARY} ${TORCH_c10_LIBRARY})
set(TORCH_CUDA FALSE)
get_filename_component(torch_library_dir ${TORCH_torch_LIBRARY} DIRECTORY)
set(torch_cuda ${torch_library_dir}/libtorch_cuda.so)
if(EXISTS ${torch_cuda})
  set(TORCH_CUDA TRUE)
  # No symbol of it is called directly, so a linker that drops unused libraries would drop the GPU.
  # What it needs of CUDA is found by its own search path at run time.
  list(APPEND TORCH_LIBRARIES
       -Wl,--push-state,--no-as-needed,${torch_cuda},${torch_library_dir}/libc10_cuda.so,--pop-state
       -Wl,--allow-shlib-undefined)
  # LibTorch's headers of CUDA graphs include two of these, which it does not bring.
  find_path(TORCH_CUDA_HEADERS_DIR cuda_runtime_api.h HINTS ENV CUDA_HOME ENV CUDA_PATH
            PATHS /usr/local/cuda PATH_SUFFIXES include)
endif()

# The official archives come with either ABI of the C++ library and say so here.
set(TORCH_CXX_FLAGS)
set(torch_config ${TORCH_PREFIX}/share/cmake/Torch/TorchConfig.cmake)
if(EXISTS ${torch_config})
  file(STRINGS ${torch_config} abi_line REGEX "set\\(TORCH_CXX_FLAGS")
  if(abi_line MATCHES "(-D_GLIBCXX_USE_CXX11_ABI=[01])")
    set(TORCH_CXX_FLAGS ${CMAKE_MATCH_1})
  endif()
endif()
mark_as_advanced(TORCH_INCLUDE_DIR TORCH_torch_LIBRARY TORCH_torch_cpu_LIBRARY
                 TORCH_c10_LIBRARY TORCH_CUDA_HEADERS_DIR)
