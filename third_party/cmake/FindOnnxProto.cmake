# Finds ONNX's protobuf messages: their headers and libraries, not the operators' definitions. ONNX's own
# configuration has another target on Debian 12 than on 13 (docs/decisions/0004-onnx-export.md).
# Sets OnnxProto_FOUND, OnnxProto_INCLUDE_DIRS and OnnxProto_LIBRARIES.
find_path(OnnxProto_INCLUDE_DIR onnx/onnx-ml.pb.h)
find_library(OnnxProto_onnx_LIBRARY onnx_proto)
find_library(OnnxProto_protobuf_LIBRARY protobuf)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  OnnxProto REQUIRED_VARS OnnxProto_onnx_LIBRARY OnnxProto_protobuf_LIBRARY OnnxProto_INCLUDE_DIR)
set(OnnxProto_INCLUDE_DIRS ${OnnxProto_INCLUDE_DIR})
set(OnnxProto_LIBRARIES ${OnnxProto_onnx_LIBRARY} ${OnnxProto_protobuf_LIBRARY})
mark_as_advanced(OnnxProto_INCLUDE_DIR OnnxProto_onnx_LIBRARY OnnxProto_protobuf_LIBRARY)
