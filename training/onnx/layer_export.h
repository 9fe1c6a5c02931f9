// From a sequence of layers to the nodes of an ONNX graph. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/core/geometry.h"
#include "tracker/model/score_map_head.h"
#include "training/onnx/onnx_graph.h"

namespace nosetip {

// Adds the layers as they work after training and returns the last one's result. Known are Conv2d
// with zeros around it, BatchNorm2d right after a Conv2d (which takes it into its weights), ReLU,
// MaxPool2d, AdaptiveAvgPool2d to 1x1, Flatten, Linear, Unflatten of the second side, Dropout
// (which is gone after training) and BasicBlock.
//
// `factor` multiplies x; other than 1, the first layer must be a Conv2d, which takes it in too.
// Throws Error that names a layer or setting that it does not know.
OnnxGraph::Value AddSequence(OnnxGraph& graph, OnnxGraph::Value x,
                             const torch::nn::SequentialImpl& layers, double factor = 1.0);

// The head of resnet18_maps as nodes of an ONNX graph.

// `features` is what the head is given for pictures of `input_px`; the result is the head's,
// [N, points, 3].
OnnxGraph::Value AddScoreMapHead(OnnxGraph& graph, const OnnxGraph::Value& features,
                                 const ScoreMapHeadImpl& head, SizePx input_px);

}  // namespace nosetip
