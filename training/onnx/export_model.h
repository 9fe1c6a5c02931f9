// From a model to an ONNX graph. Includes LibTorch.
#pragma once

#include "tracker/model/checkpoint.h"
#include "training/onnx/onnx_graph.h"

namespace nosetip {

// Inputs, outputs and metadata are described in docs/formats.md, "ONNX". Throws Error that names a
// layer which has no form in ONNX here.
OnnxGraph ExportNetwork(const Model& model);

}  // namespace nosetip
