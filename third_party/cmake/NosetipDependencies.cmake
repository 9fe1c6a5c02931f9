# Everything that the project links, found in one place. third_party/install.sh installs it.
find_package(Threads REQUIRED)
find_package(Torch 1.13 REQUIRED)
if(TORCH_CXX_FLAGS MATCHES "ABI=0")
  message(FATAL_ERROR "${TORCH_torch_LIBRARY} has the C++ library's old ABI, which no other library "
                      "here has. Take LibTorch's archive whose name has cxx11-abi, or 2.8 or later.")
endif()
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
target_link_libraries(nosetip_settings INTERFACE fmt::fmt)
find_package(nlohmann_json REQUIRED)

# A target of its own keeps LibTorch out of every other room. Its headers are not ours to warn about.
add_library(nosetip_torch INTERFACE)
target_link_libraries(nosetip_torch INTERFACE ${TORCH_LIBRARIES} Threads::Threads)
target_include_directories(nosetip_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_compile_options(nosetip_torch INTERFACE ${TORCH_CXX_FLAGS})

# Several processes can train together where LibTorch has c10d and the headers that its own include are
# there: Gloo's, and between GPUs NCCL's too (docs/decisions/0021-processes.md).
include(CheckCXXSourceCompiles)
function(nosetip_check_c10d name)
  string(TOUPPER ${name} backend)
  set(CMAKE_REQUIRED_LIBRARIES ${TORCH_LIBRARIES} Threads::Threads)
  set(CMAKE_REQUIRED_INCLUDES ${TORCH_INCLUDE_DIRS} ${TORCH_CUDA_HEADERS_DIR})
  set(CMAKE_REQUIRED_FLAGS ${TORCH_CXX_FLAGS})
  check_cxx_source_compiles("
#define USE_C10D_${backend}
#include <torch/torch.h>
#include <torch/csrc/distributed/c10d/ProcessGroup${name}.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
int main() {
  const auto options = c10d::ProcessGroup${name}::Options::create();
  c10d::TCPStore store(\"localhost\", c10d::TCPStoreOptions{});
  return static_cast<int>(options->timeout.count());
}" NOSETIP_C10D_${backend})
endfunction()
nosetip_check_c10d(Gloo)
if(NOSETIP_C10D_GLOO AND TORCH_CUDA AND TORCH_CUDA_HEADERS_DIR)
  nosetip_check_c10d(NCCL)
endif()

if(NOT NOSETIP_TRAINER_ONLY)
  find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc imgcodecs videoio dnn calib3d objdetect)
  find_package(pugixml REQUIRED)
  add_library(nosetip_opencv INTERFACE)
  target_link_libraries(nosetip_opencv INTERFACE ${OpenCV_LIBS})
  target_include_directories(nosetip_opencv SYSTEM INTERFACE ${OpenCV_INCLUDE_DIRS})
  find_package(FFmpeg REQUIRED)
  add_library(nosetip_ffmpeg INTERFACE)
  target_link_libraries(nosetip_ffmpeg INTERFACE ${FFmpeg_LIBRARIES})
  target_include_directories(nosetip_ffmpeg SYSTEM INTERFACE ${FFmpeg_INCLUDE_DIRS})
  find_package(JPEG REQUIRED)
  add_library(nosetip_jpeg INTERFACE)
  target_link_libraries(nosetip_jpeg INTERFACE ${JPEG_LIBRARIES})
  target_include_directories(nosetip_jpeg SYSTEM INTERFACE ${JPEG_INCLUDE_DIRS})
  find_package(libheif REQUIRED)
  find_package(LibLo REQUIRED)
  add_library(nosetip_liblo INTERFACE)
  target_link_libraries(nosetip_liblo INTERFACE ${LibLo_LIBRARIES})
  target_include_directories(nosetip_liblo SYSTEM INTERFACE ${LibLo_INCLUDE_DIRS})
  # ONNX generates its messages for a namespace that its users must name.
  find_package(OnnxProto REQUIRED)
  add_library(nosetip_onnx_proto INTERFACE)
  target_link_libraries(nosetip_onnx_proto INTERFACE ${OnnxProto_LIBRARIES})
  target_include_directories(nosetip_onnx_proto SYSTEM INTERFACE ${OnnxProto_INCLUDE_DIRS})
  target_compile_definitions(nosetip_onnx_proto INTERFACE ONNX_ML=1 ONNX_NAMESPACE=onnx)
  find_package(ImGui 1.86 REQUIRED)
  add_library(nosetip_imgui INTERFACE)
  target_link_libraries(nosetip_imgui INTERFACE ${ImGui_LIBRARIES})
  target_include_directories(nosetip_imgui SYSTEM INTERFACE ${ImGui_INCLUDE_DIRS})
  find_package(glfw3 3.3 REQUIRED)
  find_package(OpenGL REQUIRED COMPONENTS OpenGL)
  if(NOSETIP_TESTS)
    include(GoogleTest)
    find_package(GTest REQUIRED)
    find_package(rapidcheck REQUIRED)
  endif()
endif()
