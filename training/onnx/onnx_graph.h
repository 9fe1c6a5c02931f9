// Builds an ONNX model of the operators that Nosetip's networks use. Free of LibTorch.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nosetip {

// What ONNX Runtime, OpenCV from 4.6 on and others read.
inline constexpr int kOnnxOpset = 11;

using OnnxSide = std::variant<int64_t, std::string>;  // a length, or the name of a free one
using OnnxShape = std::vector<OnnxSide>;
using OnnxPair = std::array<int64_t, 2>;  // for rows, then for columns

struct OnnxConvolution {
  std::array<int64_t, 4> shape{};  // outputs, inputs of a group, rows, columns
  std::span<const float> weight;   // of that shape
  std::span<const float> bias;     // one an output
  OnnxPair stride = {1, 1};
  OnnxPair padding = {0, 0};  // at either end
  OnnxPair dilation = {1, 1};
  int64_t groups = 1;
};

struct OnnxLinear {
  std::array<int64_t, 2> shape{};  // outputs, inputs
  std::span<const float> weight;   // of that shape
  std::span<const float> bias;     // one an output
};

struct OnnxPool {
  OnnxPair kernel = {2, 2};
  OnnxPair stride = {2, 2};
  OnnxPair padding = {0, 0};
  OnnxPair dilation = {1, 1};
};

// Each operator adds a node and returns its result; pictures are [N, C, H, W]. Floats are copied. A
// weight or bias of another size than its shape's is a broken precondition.
class OnnxGraph {
 public:
  // The name of a result within the graph.
  using Value = std::string;

  explicit OnnxGraph(std::string_view name);
  ~OnnxGraph();
  OnnxGraph(OnnxGraph&&) noexcept;
  OnnxGraph& operator=(OnnxGraph&&) noexcept;

  Value AddInput(const std::string& name, const OnnxShape& shape);
  // Gives `value` that name: its old one is gone.
  void AddOutput(const std::string& name, const Value& value, const OnnxShape& shape);
  void AddMetadata(const std::string& key, const std::string& text);

  Value Convolution(const Value& x, const OnnxConvolution& convolution);
  Value Linear(const Value& x, const OnnxLinear& linear);  // [N, inputs]
  Value Relu(const Value& x);
  Value Sigmoid(const Value& x);
  Value MaxPool(const Value& x, const OnnxPool& pool);
  Value GlobalAveragePool(const Value& x);  // [N, C, 1, 1]
  Value Add(const Value& a, const Value& b);
  Value Flatten(const Value& x);                                      // [N, C * H * W]
  Value Reshape(const Value& x, const std::vector<int64_t>& shape);   // 0 keeps a side, -1 fits
  Value Transpose(const Value& x, const std::vector<int64_t>& axes);  // axes[i] becomes axis i
  Value DoubleByRepetition(const Value& x);                           // [N, C, 2 H, 2 W]
  Value Slice(const Value& x, int64_t axis, int64_t begin, int64_t end);
  Value Multiply(const Value& a, const Value& b);
  Value SoftmaxOverLast(const Value& x, int64_t rank);  // over the last of `rank` axes
  // A table's product with a constant one, of `shape`.
  Value Times(const Value& x, const std::array<int64_t, 2>& shape, std::span<const float> values);
  Value Scaled(const Value& x, float factor);
  Value Join(const std::vector<Value>& parts, int64_t axis);
  Value Exp(const Value& x);

  // The bytes of an .onnx file.
  std::string Bytes() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace nosetip
