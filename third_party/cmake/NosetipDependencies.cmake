# Everything that the project links, found in one place. third_party/install.sh installs it.
find_package(Threads REQUIRED)
find_package(Torch 1.13 REQUIRED)
if(TORCH_CXX_FLAGS MATCHES "ABI=0")
  message(FATAL_ERROR "${TORCH_torch_LIBRARY} has the C++ library's old ABI, which no other library "
                      "here has. Take LibTorch's archive whose name has cxx11-abi, or 2.8 or later.")
endif()
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)

# A target of its own keeps LibTorch out of every other room. Its headers are not ours to warn about.
add_library(nosetip_torch INTERFACE)
target_link_libraries(nosetip_torch INTERFACE ${TORCH_LIBRARIES} Threads::Threads)
target_include_directories(nosetip_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_compile_options(nosetip_torch INTERFACE ${TORCH_CXX_FLAGS})

if(NOT NOSETIP_TRAINER_ONLY)
  find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc imgcodecs videoio dnn calib3d objdetect)
  find_package(pugixml REQUIRED)
  add_library(nosetip_opencv INTERFACE)
  target_link_libraries(nosetip_opencv INTERFACE ${OpenCV_LIBS})
  target_include_directories(nosetip_opencv SYSTEM INTERFACE ${OpenCV_INCLUDE_DIRS})
  # ONNX generates its messages for a namespace that its users must name.
  find_package(OnnxProto REQUIRED)
  add_library(nosetip_onnx_proto INTERFACE)
  target_link_libraries(nosetip_onnx_proto INTERFACE ${OnnxProto_LIBRARIES})
  target_include_directories(nosetip_onnx_proto SYSTEM INTERFACE ${OnnxProto_INCLUDE_DIRS})
  target_compile_definitions(nosetip_onnx_proto INTERFACE ONNX_ML=1 ONNX_NAMESPACE=onnx)
  if(NOSETIP_TESTS)
    include(GoogleTest)
    find_package(GTest REQUIRED)
    find_package(rapidcheck REQUIRED)
  endif()
endif()
