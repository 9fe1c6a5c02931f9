#include "training/onnx/onnx_graph.h"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/dnn.hpp>

namespace nosetip {
namespace {

using ::testing::ElementsAre;

// What OpenCV makes of a graph with input x and output y, given 0, 1, 2 ... in that shape.
std::vector<float> Answer(const OnnxGraph& graph, const std::vector<int>& shape) {
  const std::string bytes = graph.Bytes();
  cv::dnn::Net net = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
  cv::Mat input(shape, CV_32F);
  for (size_t i = 0; i < input.total(); ++i) input.ptr<float>()[i] = static_cast<float>(i);
  net.setInput(input);
  const cv::Mat output = net.forward();
  return {output.ptr<float>(), output.ptr<float>() + output.total()};
}

TEST(OnnxGraph, DoublesAGridByRepetition) {
  OnnxGraph graph("test");
  const auto x = graph.AddInput("x", {1, 1, "height", "width"});
  graph.AddOutput("y", graph.DoubleByRepetition(x), {1, 1, "rows", "columns"});
  EXPECT_THAT(Answer(graph, {1, 1, 1, 3}), ElementsAre(0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2));
}

TEST(OnnxGraph, AnOutputMayBeUsedFurther) {
  OnnxGraph graph("test");
  const auto x = graph.AddInput("x", {1, 2, 1, 2});
  const auto relu = graph.Relu(x);
  const auto sum = graph.Add(relu, relu);
  graph.AddOutput("inner", relu, {1, 2, 1, 2});
  graph.AddOutput("y", sum, {1, 2, 1, 2});
  const std::string bytes = graph.Bytes();
  cv::dnn::Net net = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
  net.setInput(cv::Mat(std::vector<int>{1, 2, 1, 2}, CV_32F, cv::Scalar(3)));
  EXPECT_EQ(net.forward("inner").ptr<float>()[0], 3.0F);
  EXPECT_EQ(net.forward("y").ptr<float>()[0], 6.0F);
}

TEST(OnnxGraph, RefusesWeightsOfAnotherSizeThanTheirShape) {
  OnnxGraph graph("test");
  const auto x = graph.AddInput("x", {1, 4});
  const std::vector<float> weight(7);
  const std::vector<float> bias(2);
  EXPECT_THROW(graph.Linear(x, {{2, 4}, weight, bias}), std::logic_error);
}

}  // namespace
}  // namespace nosetip
