// JSON as text, and as CBOR (RFC 8949) between processes. Read and written here alone, except
// for the header of safetensors, so that no file or message takes unbounded memory or stack, and no
// name makes writing fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace nosetip {

// What is read is refused above these. Code that walks a document calls itself for each level; a
// document of the most values takes about 400 MB.
inline constexpr size_t kMaxJsonLevels = 64;
inline constexpr size_t kMaxJsonValues = 4'000'000;

// Throws Error that says why, without the file's name, where `text` is no JSON or above the limits.
nlohmann::json ParseJson(std::string_view text);
// The same for CBOR.
nlohmann::json ParseCbor(std::span<const uint8_t> bytes);

// A whole number from `low` to `high`; Error for anything else. JSON's own conversions turn 1e30
// into any int.
int64_t WholeNumber(const nlohmann::json& value, int64_t low, int64_t high);

// `indent` spaces for each level; all on one line where it is negative. Bytes that are not UTF-8
// become U+FFFD and numbers that are not finite null.
std::string JsonText(const nlohmann::json& json, int indent = -1);
std::string JsonText(const nlohmann::ordered_json& json, int indent = -1);
// Appended to `bytes`, where strings keep their bytes.
void AppendCbor(const nlohmann::json& json, std::vector<uint8_t>& bytes);

}  // namespace nosetip
