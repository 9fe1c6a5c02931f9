#include "tracker/model/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"

namespace nosetip {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "tensors are stored little-endian");

constexpr const char* kMetadata = "__metadata__";
constexpr size_t kLengthBytes = 8;

struct TypeInfo {
  std::string_view name;
  size_t bytes;
};

// In the order of TensorType.
constexpr std::array<TypeInfo, 13> kTypes{{{"BOOL", 1},
                                           {"U8", 1},
                                           {"I8", 1},
                                           {"I16", 2},
                                           {"U16", 2},
                                           {"F16", 2},
                                           {"BF16", 2},
                                           {"I32", 4},
                                           {"U32", 4},
                                           {"F32", 4},
                                           {"I64", 8},
                                           {"U64", 8},
                                           {"F64", 8}}};

const TypeInfo& InfoOf(TensorType type) { return kTypes.at(static_cast<size_t>(type)); }

TensorType TypeNamed(const std::string& type, const std::string& tensor) {
  const auto found = std::ranges::find(kTypes, type, &TypeInfo::name);
  if (found == kTypes.end()) {
    throw Error(
        fmt::format("tensor '{}' has the type '{}', which Nosetip does not read", tensor, type));
  }
  return static_cast<TensorType>(found - kTypes.begin());
}

// What the header says about one tensor.
struct Entry {
  std::string name;
  std::optional<std::string> type;
  std::optional<std::vector<uint64_t>> shape;
  std::optional<std::vector<uint64_t>> offsets;
};

// Takes the header apart while it is parsed, so that no input needs more memory than a valid one.
// nlohmann's interface, hence its names.
class HeaderReader : public nlohmann::json_sax<json> {
 public:
  Metadata metadata;
  std::vector<Entry> entries;

  bool null() override { return Other(); }
  bool boolean(bool /*value*/) override { return Other(); }
  bool number_integer(number_integer_t /*value*/) override { return Other(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return Other(); }
  bool binary(binary_t& /*value*/) override { return Other(); }

  bool number_unsigned(number_unsigned_t value) override {
    if (list_ == nullptr || list_->size() == kMaxDimensions) return Other();
    list_->push_back(value);
    return true;
  }

  bool string(string_t& value) override {
    if (depth_ != 2 || list_ != nullptr) return Other();
    if (in_metadata_) {
      if (!metadata.emplace(key_, std::move(value)).second) Twice(key_);
    } else if (key_ == "dtype") {
      if (entries.back().type) Twice(key_);
      entries.back().type = std::move(value);
    } else {
      return Other();
    }
    return true;
  }

  bool start_object(size_t /*elements*/) override {
    if (depth_ == 2 || list_ != nullptr) return Other();
    if (depth_ == 1 && !in_metadata_) {
      if (entries.size() == kMaxTensors) {
        throw Error(fmt::format("it has more than {} tensors", kMaxTensors));
      }
      entries.push_back({.name = key_, .type = {}, .shape = {}, .offsets = {}});
    }
    ++depth_;
    return true;
  }

  bool key(string_t& value) override {
    key_ = std::move(value);
    if (depth_ == 1) in_metadata_ = key_ == kMetadata;
    if (depth_ == 1 && in_metadata_ && std::exchange(had_metadata_, true)) Twice(key_);
    return true;
  }

  bool end_object() override {
    --depth_;
    return true;
  }

  bool start_array(size_t /*elements*/) override {
    if (depth_ != 2 || in_metadata_ || list_ != nullptr) return Other();
    Entry& entry = entries.back();
    if (key_ != "shape" && key_ != "data_offsets") return Other();
    auto& list = key_ == "shape" ? entry.shape : entry.offsets;
    if (list) Twice(key_);
    list_ = &list.emplace();
    return true;
  }

  bool end_array() override {
    list_ = nullptr;
    return true;
  }

  bool parse_error(size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    throw Error(fmt::format("its header is not valid JSON at byte {}", position));
  }

 private:
  [[noreturn]] bool Other() const {
    throw Error(fmt::format("its header has an entry at '{}' that the format does not have", key_));
  }
  [[noreturn]] static void Twice(const std::string& key) {
    throw Error(fmt::format("its header has '{}' twice", key));
  }

  int depth_ = 0;
  std::string key_;
  bool in_metadata_ = false;
  bool had_metadata_ = false;
  std::vector<uint64_t>* list_ = nullptr;
};

// Of a tensor; nothing where it is more than can be.
std::optional<uint64_t> ByteCount(const std::vector<uint64_t>& shape, size_t bytes_per_value) {
  uint64_t count = bytes_per_value;
  for (const uint64_t extent : shape) {
    constexpr uint64_t kMost = std::numeric_limits<int64_t>::max();
    if (extent > kMost || (extent != 0 && count > kMost / extent)) return std::nullopt;
    count *= extent;
  }
  return count;
}

TensorBytes TensorAt(const Entry& entry, std::span<const std::byte> data) {
  if (!entry.type || !entry.shape || !entry.offsets || entry.offsets->size() != 2) {
    throw Error(fmt::format("tensor '{}' lacks its dtype, shape or data_offsets", entry.name));
  }
  TensorBytes tensor;
  tensor.name = entry.name;
  tensor.type = TypeNamed(*entry.type, entry.name);
  const auto [begin, end] = std::pair(entry.offsets->at(0), entry.offsets->at(1));
  if (begin > end || end > data.size()) {
    throw Error(fmt::format("tensor '{}' ends at byte {} of {}; the file is truncated or damaged",
                            entry.name, end, data.size()));
  }
  if (ByteCount(*entry.shape, BytesPerValue(tensor.type)) != end - begin) {
    throw Error(fmt::format("tensor '{}' has a shape that does not fit its {} bytes", entry.name,
                            end - begin));
  }
  tensor.shape.assign(entry.shape->begin(), entry.shape->end());
  tensor.bytes = data.subspan(begin, end - begin);
  return tensor;
}

// Sorted by place; each must begin where the one before ends.
void CheckFills(const std::vector<TensorBytes>& tensors, std::span<const std::byte> data) {
  const std::byte* expected = data.data();
  for (const TensorBytes& tensor : tensors) {
    if (tensor.bytes.data() != expected) {
      throw Error(fmt::format("tensor '{}' overlaps another or leaves a gap", tensor.name));
    }
    expected += tensor.bytes.size();
  }
  if (expected != data.data() + data.size()) {
    throw Error("it has bytes that belong to no tensor");
  }
}

void CheckNamesDiffer(const std::vector<TensorBytes>& tensors) {
  std::vector<std::string_view> names;
  for (const TensorBytes& tensor : tensors) names.push_back(tensor.name);
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice != names.end()) throw Error(fmt::format("it has the tensor '{}' twice", *twice));
}

// The header's length, once it is known to lie in the file.
size_t HeaderBytes(std::span<const std::byte> file) {
  if (file.size() < kLengthBytes) throw Error("it is too short");
  uint64_t length = 0;
  std::memcpy(&length, file.data(), kLengthBytes);
  if (file.size() == kLengthBytes || file[kLengthBytes] != std::byte{'{'}) {
    throw Error("its header does not start with '{'");
  }
  if (length > kMaxHeaderBytes) {
    throw Error(fmt::format("its header has {} bytes, more than the limit of {} MiB", length,
                            kMaxHeaderBytes >> 20));
  }
  if (length > file.size() - kLengthBytes) {
    throw Error("it ends within its header; the file is truncated or damaged");
  }
  return length;
}

template <typename Number>
Number NumberOf(const Metadata& metadata, const std::string& name) {
  const std::string& text = TextOf(metadata, name);
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) {
    throw Error(fmt::format("its '{}' is '{}', not a number", name, text.substr(0, 40)));
  }
  return value;
}

}  // namespace

size_t BytesPerValue(TensorType type) { return InfoOf(type).bytes; }

const TensorBytes* SafetensorsContent::Find(std::string_view name) const {
  const auto found = std::ranges::find(tensors, name, &TensorBytes::name);
  return found == tensors.end() ? nullptr : &*found;
}

SafetensorsContent ParseSafetensors(std::span<const std::byte> file) {
  const size_t header_bytes = HeaderBytes(file);
  const auto* header = reinterpret_cast<const char*>(file.data() + kLengthBytes);
  HeaderReader reader;
  json::sax_parse(header, header + header_bytes, &reader);
  const std::span<const std::byte> data = file.subspan(kLengthBytes + header_bytes);
  SafetensorsContent content;
  content.metadata = std::move(reader.metadata);
  for (const Entry& entry : reader.entries) content.tensors.push_back(TensorAt(entry, data));
  std::ranges::sort(content.tensors, std::less<>(), [](const TensorBytes& tensor) {
    return std::tuple(tensor.bytes.data(), tensor.bytes.size());
  });
  CheckFills(content.tensors, data);
  CheckNamesDiffer(content.tensors);
  return content;
}

std::string SafetensorsHeader(const Metadata& metadata, const std::vector<TensorBytes>& tensors) {
  json header = json::object();
  header[kMetadata] = metadata;
  size_t place = 0;
  for (const TensorBytes& tensor : tensors) {
    header[tensor.name] = {{"dtype", InfoOf(tensor.type).name},
                           {"shape", tensor.shape},
                           {"data_offsets", {place, place + tensor.bytes.size()}}};
    place += tensor.bytes.size();
  }
  CheckNamesDiffer(tensors);
  std::string text = JsonText(header);
  // So that the numbers behind it are aligned.
  text.append((kLengthBytes - text.size() % kLengthBytes) % kLengthBytes, ' ');
  return text;
}

const std::string& TextOf(const Metadata& metadata, const std::string& name) {
  const auto found = metadata.find(name);
  if (found == metadata.end()) throw Error(fmt::format("'{}' is missing in its header", name));
  return found->second;
}

int IntOf(const Metadata& metadata, const std::string& name) {
  return NumberOf<int>(metadata, name);
}

float FloatOf(const Metadata& metadata, const std::string& name) {
  return NumberOf<float>(metadata, name);
}

}  // namespace nosetip
