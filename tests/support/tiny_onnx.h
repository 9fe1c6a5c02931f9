// The smallest ONNX files: one ReLU an output. Written by hand from onnx.proto's field numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nosetip {

class TinyOnnx {
 public:
  // A network that gives its input, float [1, 3, 64, 64], out again under each of the names.
  static std::string WithOutputs(const std::vector<std::string>& names) {
    std::string graph;
    for (const std::string& name : names) {
      graph += Bytes(1, Bytes(1, "x") + Bytes(2, name) + Bytes(3, "n_" + name) + Bytes(4, "Relu"));
    }
    graph += Bytes(2, "tiny") + Bytes(11, Value("x"));
    for (const std::string& name : names) graph += Bytes(12, Value(name));
    return Number(1, 7) + Bytes(7, graph) + Bytes(8, Number(2, 11));
  }

 private:
  static std::string Varint(size_t value) {
    std::string bytes;
    for (; value > 127; value >>= 7) bytes.push_back(static_cast<char>((value & 127) | 128));
    bytes.push_back(static_cast<char>(value));
    return bytes;
  }
  static std::string Number(size_t field, size_t value) {
    return Varint(field << 3) + Varint(value);
  }
  static std::string Bytes(size_t field, std::string_view value) {
    return Varint((field << 3) | 2) + Varint(value.size()) + std::string(value);
  }
  static std::string Value(const std::string& name) {
    std::string shape;
    for (const size_t side : {1, 3, 64, 64}) shape += Bytes(1, Number(1, side));
    return Bytes(1, name) + Bytes(2, Bytes(1, Number(1, 1) + Bytes(2, shape)));
  }
};

}  // namespace nosetip
