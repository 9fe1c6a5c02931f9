#include "training/onnx/onnx_graph.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/core.h>
#include <onnx/onnx_pb.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr int kIrVersion = 6;  // the one that belongs to the opset

using Value = OnnxGraph::Value;

void SetShape(onnx::ValueInfoProto& info, const OnnxShape& shape) {
  auto& tensor = *info.mutable_type()->mutable_tensor_type();
  tensor.set_elem_type(onnx::TensorProto::FLOAT);
  for (const OnnxSide& side : shape) {
    auto& dim = *tensor.mutable_shape()->add_dim();
    if (const auto* length = std::get_if<int64_t>(&side)) {
      dim.set_dim_value(*length);
    } else {
      dim.set_dim_param(std::get<std::string>(side));
    }
  }
}

void SetInts(onnx::NodeProto& node, const std::string& name, std::span<const int64_t> values) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::INTS);
  for (const int64_t value : values) attribute.add_ints(value);
}

void SetInt(onnx::NodeProto& node, const std::string& name, int64_t value) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::INT);
  attribute.set_i(value);
}

void SetText(onnx::NodeProto& node, const std::string& name, const std::string& value) {
  auto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::STRING);
  attribute.set_s(value);
}

// ONNX pads each side by itself: first the beginnings, then the ends.
std::array<int64_t, 4> Pads(const OnnxPair& padding) {
  return {padding[0], padding[1], padding[0], padding[1]};
}

}  // namespace

class OnnxGraph::Parts {
 public:
  onnx::ModelProto model;

  onnx::GraphProto& graph() { return *model.mutable_graph(); }

  onnx::NodeProto& AddNode(const std::string& type, const std::vector<Value>& inputs) {
    onnx::NodeProto& node = *graph().add_node();
    node.set_op_type(type);
    node.set_name(fmt::format("{}_{}", type, graph().node_size()));
    for (const Value& input : inputs) node.add_input(input);
    node.add_output(node.name() + "_out");
    return node;
  }

  template <typename T>
  Value AddConstant(onnx::TensorProto::DataType type, std::span<const int64_t> shape,
                    std::span<const T> values) {
    static_assert(std::endian::native == std::endian::little, "ONNX's raw data is little-endian");
    onnx::TensorProto& tensor = *graph().add_initializer();
    tensor.set_name(fmt::format("constant_{}", graph().initializer_size()));
    tensor.set_data_type(type);
    int64_t count = 1;
    for (const int64_t side : shape) {
      tensor.add_dims(side);
      count *= side;
    }
    Check(static_cast<int64_t>(values.size()) == count, "a constant of its shape's size");
    tensor.set_raw_data(values.data(), values.size_bytes());
    return tensor.name();
  }

  Value AddFloats(std::span<const int64_t> shape, std::span<const float> values) {
    return AddConstant(onnx::TensorProto::FLOAT, shape, values);
  }

  Value AddInts(const std::vector<int64_t>& values) {
    const std::array<int64_t, 1> shape = {static_cast<int64_t>(values.size())};
    return AddConstant(onnx::TensorProto::INT64, shape, std::span(values));
  }
};

OnnxGraph::OnnxGraph(std::string_view name) : parts_(std::make_unique<Parts>()) {
  onnx::ModelProto& model = parts_->model;
  model.set_ir_version(kIrVersion);
  model.set_producer_name("nosetip-train");
  auto& opset = *model.add_opset_import();
  opset.set_domain("");
  opset.set_version(kOnnxOpset);
  model.mutable_graph()->set_name(std::string(name));
}

OnnxGraph::~OnnxGraph() = default;
OnnxGraph::OnnxGraph(OnnxGraph&&) noexcept = default;
OnnxGraph& OnnxGraph::operator=(OnnxGraph&&) noexcept = default;

Value OnnxGraph::AddInput(const std::string& name, const OnnxShape& shape) {
  onnx::ValueInfoProto& info = *parts_->graph().add_input();
  info.set_name(name);
  SetShape(info, shape);
  return name;
}

void OnnxGraph::AddOutput(const std::string& name, const Value& value, const OnnxShape& shape) {
  for (onnx::NodeProto& node : *parts_->graph().mutable_node()) {
    for (auto* names : {node.mutable_input(), node.mutable_output()}) {
      std::replace(names->begin(), names->end(), value, name);
    }
  }
  onnx::ValueInfoProto& info = *parts_->graph().add_output();
  info.set_name(name);
  SetShape(info, shape);
}

void OnnxGraph::AddMetadata(const std::string& key, const std::string& text) {
  auto& entry = *parts_->model.add_metadata_props();
  entry.set_key(key);
  entry.set_value(text);
}

Value OnnxGraph::Convolution(const Value& x, const OnnxConvolution& convolution) {
  const Value weight = parts_->AddFloats(convolution.shape, convolution.weight);
  const Value bias = parts_->AddFloats(std::span(convolution.shape).first(1), convolution.bias);
  onnx::NodeProto& node = parts_->AddNode("Conv", {x, weight, bias});
  SetInts(node, "kernel_shape", std::span(convolution.shape).last(2));
  SetInts(node, "strides", convolution.stride);
  SetInts(node, "pads", Pads(convolution.padding));
  SetInts(node, "dilations", convolution.dilation);
  SetInt(node, "group", convolution.groups);
  return node.output(0);
}

Value OnnxGraph::Linear(const Value& x, const OnnxLinear& linear) {
  const Value weight = parts_->AddFloats(linear.shape, linear.weight);
  const Value bias = parts_->AddFloats(std::span(linear.shape).first(1), linear.bias);
  onnx::NodeProto& node = parts_->AddNode("Gemm", {x, weight, bias});
  SetInt(node, "transB", 1);
  return node.output(0);
}

Value OnnxGraph::Relu(const Value& x) { return parts_->AddNode("Relu", {x}).output(0); }

Value OnnxGraph::Sigmoid(const Value& x) { return parts_->AddNode("Sigmoid", {x}).output(0); }

Value OnnxGraph::MaxPool(const Value& x, const OnnxPool& pool) {
  onnx::NodeProto& node = parts_->AddNode("MaxPool", {x});
  SetInts(node, "kernel_shape", pool.kernel);
  SetInts(node, "strides", pool.stride);
  SetInts(node, "pads", Pads(pool.padding));
  SetInts(node, "dilations", pool.dilation);
  return node.output(0);
}

Value OnnxGraph::GlobalAveragePool(const Value& x) {
  return parts_->AddNode("GlobalAveragePool", {x}).output(0);
}

Value OnnxGraph::Add(const Value& a, const Value& b) {
  return parts_->AddNode("Add", {a, b}).output(0);
}

Value OnnxGraph::Flatten(const Value& x) { return parts_->AddNode("Flatten", {x}).output(0); }

Value OnnxGraph::Reshape(const Value& x, const std::vector<int64_t>& shape) {
  return parts_->AddNode("Reshape", {x, parts_->AddInts(shape)}).output(0);
}

Value OnnxGraph::Transpose(const Value& x, const std::vector<int64_t>& axes) {
  onnx::NodeProto& node = parts_->AddNode("Transpose", {x});
  SetInts(node, "perm", axes);
  return node.output(0);
}

Value OnnxGraph::DoubleByRepetition(const Value& x) {
  const std::array<float, 4> factors = {1.0F, 1.0F, 2.0F, 2.0F};
  const std::array<int64_t, 1> count = {4};
  const std::array<int64_t, 1> none = {0};
  // The region of interest must be there, although only another mode uses it.
  const Value region = parts_->AddFloats(none, {});
  onnx::NodeProto& node = parts_->AddNode("Resize", {x, region, parts_->AddFloats(count, factors)});
  SetText(node, "mode", "nearest");
  SetText(node, "nearest_mode", "floor");
  SetText(node, "coordinate_transformation_mode", "asymmetric");
  return node.output(0);
}

Value OnnxGraph::Slice(const Value& x, int64_t axis, int64_t begin, int64_t end) {
  const Value begins = parts_->AddInts({begin});
  const Value ends = parts_->AddInts({end});
  return parts_->AddNode("Slice", {x, begins, ends, parts_->AddInts({axis})}).output(0);
}

Value OnnxGraph::Multiply(const Value& a, const Value& b) {
  return parts_->AddNode("Mul", {a, b}).output(0);
}

Value OnnxGraph::SoftmaxOverLast(const Value& x, int64_t rank) {
  onnx::NodeProto& node = parts_->AddNode("Softmax", {x});
  SetInt(node, "axis", rank - 1);
  return node.output(0);
}

Value OnnxGraph::Times(const Value& x, const std::array<int64_t, 2>& shape,
                       std::span<const float> values) {
  return parts_->AddNode("MatMul", {x, parts_->AddFloats(shape, values)}).output(0);
}

Value OnnxGraph::Scaled(const Value& x, float factor) {
  const std::array<int64_t, 2> one = {1, 1};
  return parts_->AddNode("Mul", {x, parts_->AddFloats(one, {&factor, 1})}).output(0);
}

Value OnnxGraph::Join(const std::vector<Value>& parts, int64_t axis) {
  onnx::NodeProto& node = parts_->AddNode("Concat", parts);
  SetInt(node, "axis", axis);
  return node.output(0);
}

Value OnnxGraph::Exp(const Value& x) { return parts_->AddNode("Exp", {x}).output(0); }

std::string OnnxGraph::Bytes() const {
  std::string bytes;
  Check(parts_->model.SerializeToString(&bytes), "a model of less than 2 GB");
  return bytes;
}

}  // namespace nosetip
