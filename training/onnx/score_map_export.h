// The head of resnet18_maps as nodes of an ONNX graph. Includes LibTorch.
#pragma once

#include "tracker/core/geometry.h"
#include "tracker/model/score_map_head.h"
#include "training/onnx/onnx_graph.h"

namespace nosetip {

// `features` is what the head is given for pictures of `input_px`; the result is the head's,
// [N, points, 3].
OnnxGraph::Value AddScoreMapHead(OnnxGraph& graph, const OnnxGraph::Value& features,
                                 const ScoreMapHeadImpl& head, SizePx input_px);

}  // namespace nosetip
