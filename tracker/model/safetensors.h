// Files of tensors in the safetensors format of Hugging Face
// (https://github.com/huggingface/safetensors, "Format"): the length of the header in 8 bytes, a
// JSON header that names type, shape and place of each tensor, and the numbers. Nothing in such a
// file can be run. Free of LibTorch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nosetip {

// Longer headers, more tensors and more dimensions are refused.
inline constexpr uint64_t kMaxHeaderBytes = uint64_t{32} << 20;
inline constexpr size_t kMaxTensors = 10'000;
inline constexpr size_t kMaxDimensions = 8;

enum class TensorType {
  kBool,
  kU8,
  kI8,
  kI16,
  kU16,
  kF16,
  kBF16,
  kI32,
  kU32,
  kF32,
  kI64,
  kU64,
  kF64
};

size_t BytesPerValue(TensorType type);

// A tensor somewhere in memory: row-major, little-endian, not necessarily aligned.
struct TensorBytes {
  std::string name;
  TensorType type = TensorType::kF32;
  std::vector<int64_t> shape;  // empty: one number
  std::span<const std::byte> bytes;
};

// `__metadata__`: what a file says about itself.
using Metadata = std::map<std::string, std::string>;

struct SafetensorsContent {
  Metadata metadata;
  std::vector<TensorBytes> tensors;  // views of the parsed bytes, in their order

  // Null where there is none of that name.
  const TensorBytes* Find(std::string_view name) const;
};

// The content of a whole file. Every length, type, shape and place is checked first: tensors
// neither overlap nor leave gaps, and they fill the file. Throws Error, which says what is wrong
// without naming the file.
SafetensorsContent ParseSafetensors(std::span<const std::byte> file);

// The header of a file that holds these, in whose order they must follow: their names differ, and
// none is `__metadata__`. Padded so that what follows is aligned.
std::string SafetensorsHeader(const Metadata& metadata, const std::vector<TensorBytes>& tensors);

// One entry of the metadata. Throws Error for one that is missing, or no number.
const std::string& TextOf(const Metadata& metadata, const std::string& name);
int IntOf(const Metadata& metadata, const std::string& name);
float FloatOf(const Metadata& metadata, const std::string& name);

}  // namespace nosetip
