#include "tracker/model/tensor_file.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

struct TypePair {
  TensorType stored;
  torch::ScalarType torch;
};

constexpr std::array<TypePair, 10> kTypePairs{{{TensorType::kBool, torch::kBool},
                                               {TensorType::kU8, torch::kUInt8},
                                               {TensorType::kI8, torch::kInt8},
                                               {TensorType::kI16, torch::kInt16},
                                               {TensorType::kF16, torch::kFloat16},
                                               {TensorType::kBF16, torch::kBFloat16},
                                               {TensorType::kI32, torch::kInt32},
                                               {TensorType::kF32, torch::kFloat32},
                                               {TensorType::kI64, torch::kInt64},
                                               {TensorType::kF64, torch::kFloat64}}};

TensorType StoredType(const torch::Tensor& tensor) {
  for (const auto& pair : kTypePairs) {
    if (pair.torch == tensor.scalar_type()) return pair.stored;
  }
  Check(false, "a tensor of a type that can be stored");
  return {};
}

const TensorBytes& Find(const SafetensorsFile& file, const std::string& name) {
  const TensorBytes* found = file.content().Find(name);
  if (found == nullptr) {
    throw Error(
        fmt::format("{} has no tensor '{}'. Download or create it again.", file.name(), name));
  }
  return *found;
}

// Valid as long as the file: a view of its bytes, or a copy where those are not aligned.
torch::Tensor ViewOf(const SafetensorsFile& file, const TensorBytes& tensor) {
  for (const auto& pair : kTypePairs) {
    if (pair.stored != tensor.type) continue;
    if (reinterpret_cast<uintptr_t>(tensor.bytes.data()) % BytesPerValue(tensor.type) == 0) {
      void* data = const_cast<std::byte*>(tensor.bytes.data());
      return torch::from_blob(data, tensor.shape, pair.torch);
    }
    torch::Tensor copy = torch::empty(tensor.shape, pair.torch);
    std::memcpy(copy.data_ptr(), tensor.bytes.data(), tensor.bytes.size());
    return copy;
  }
  throw Error(
      fmt::format("{}: the tensor '{}' has a type that Nosetip does not use. Download "
                  "or create it again.",
                  file.name(), tensor.name));
}

// A sum is the cheapest way to see whether any number is not finite.
void CheckFinite(const SafetensorsFile& file, const std::string& name,
                 const torch::Tensor& values) {
  if (!values.is_floating_point() || values.sum().isfinite().item<bool>()) return;
  throw Error(fmt::format(
      "{}: '{}' holds numbers that are not finite, so it gives no points. Get the file again, or "
      "train it again with a lower learning rate.",
      file.name(), name));
}

}  // namespace

void AddWeights(NamedTensors& tensors, const torch::nn::Module& module, const std::string& prefix,
                bool half) {
  const auto add = [&](const std::string& name, const torch::Tensor& tensor) {
    const bool narrow = half && tensor.is_floating_point();
    tensors.emplace_back(prefix + name, narrow ? tensor.detach().to(torch::kHalf) : tensor);
  };
  for (const auto& item : module.named_parameters()) add(item.key(), item.value());
  for (const auto& item : module.named_buffers()) add(item.key(), item.value());
}

void WriteTensors(const std::filesystem::path& path, const Metadata& metadata,
                  const NamedTensors& tensors) {
  std::vector<torch::Tensor> kept;  // what the bytes below belong to
  std::vector<TensorBytes> stored;
  for (const auto& [name, tensor] : tensors) {
    const torch::Tensor& plain = kept.emplace_back(tensor.detach().to(torch::kCPU).contiguous());
    const std::span values(static_cast<const std::byte*>(plain.data_ptr()), plain.nbytes());
    stored.push_back({name, StoredType(plain), plain.sizes().vec(), values});
  }
  WriteSafetensors(path, metadata, std::move(stored));
}

bool HasTensor(const SafetensorsFile& file, const std::string& name) {
  return file.content().Find(name) != nullptr;
}

void ReadTensor(const SafetensorsFile& file, const std::string& name, torch::Tensor& target) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor stored = ViewOf(file, Find(file, name));
  if (stored.sizes() != target.sizes()) {
    throw Error(
        fmt::format("{}: '{}' has another shape than its network needs. Download or "
                    "create it again.",
                    file.name(), name));
  }
  target.copy_(stored);
  CheckFinite(file, name, target);
}

torch::Tensor TensorOf(const SafetensorsFile& file, const std::string& name) {
  return ViewOf(file, Find(file, name)).clone();
}

void ReadWeights(const SafetensorsFile& file, torch::nn::Module& module,
                 const std::string& prefix) {
  for (auto& item : module.named_parameters()) ReadTensor(file, prefix + item.key(), item.value());
  for (auto& item : module.named_buffers()) ReadTensor(file, prefix + item.key(), item.value());
}

}  // namespace nosetip
