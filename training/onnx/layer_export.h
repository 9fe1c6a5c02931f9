// From LibTorch's layers to the nodes of an ONNX graph. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/core/geometry.h"
#include "tracker/model/score_map_head.h"
#include "training/onnx/onnx_graph.h"

namespace nosetip {

// Adds the layers in evaluation mode and returns the last one's result. Supported are Conv2d with
// zero padding, BatchNorm2d right after a Conv2d (folded into its weights), ReLU, MaxPool2d,
// AdaptiveAvgPool2d to 1x1, Flatten, Linear, Unflatten of the second dimension, Dropout (which does
// nothing then) and BasicBlock.
//
// `factor` multiplies x; unless it is 1, the first layer must be a Conv2d, into whose weights it is
// folded. Throws Error naming a layer or setting that is not supported.
OnnxGraph::Value AddSequence(OnnxGraph& graph, OnnxGraph::Value x,
                             const torch::nn::SequentialImpl& layers, double factor = 1.0);

// Adds the head of resnet18_maps and returns its result, [N, points, 3]. `features` is the head's
// input for pictures of `input_px`.
OnnxGraph::Value AddScoreMapHead(OnnxGraph& graph, const OnnxGraph::Value& features,
                                 const ScoreMapHeadImpl& head, SizePx input_px);

}  // namespace nosetip
