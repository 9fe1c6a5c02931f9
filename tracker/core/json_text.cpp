#include "tracker/core/json_text.h"

#include <algorithm>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using nlohmann::json;

// Reads without keeping anything, and stops at a limit.
class LimitCheck final : public nlohmann::json_sax<json> {
 public:
  const std::string& Problem() const { return problem_; }

  bool null() override { return Count(); }
  bool boolean(bool) override { return Count(); }
  bool number_integer(number_integer_t) override { return Count(); }
  bool number_unsigned(number_unsigned_t) override { return Count(); }
  bool number_float(number_float_t, const string_t&) override { return Count(); }
  bool string(string_t&) override { return Count(); }
  bool binary(binary_t&) override { return Count(); }
  bool key(string_t&) override { return Count(); }
  bool start_object(std::size_t) override { return Enter(); }
  bool start_array(std::size_t) override { return Enter(); }
  bool end_object() override { return Leave(); }
  bool end_array() override { return Leave(); }
  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception& error) override {
    // The library's own name comes before "] ", and after "; last read" as much as it likes.
    problem_ = error.what();
    problem_.erase(0, problem_.find("] ") + 2);
    problem_.resize(std::min(problem_.find("; last read"), problem_.size()));
    return false;
  }

 private:
  bool Count() {
    if (++values_ > kMaxJsonValues) {
      problem_ = fmt::format("it has more than {} values", kMaxJsonValues);
    }
    return problem_.empty();
  }
  bool Enter() {
    if (++level_ > kMaxJsonLevels) {
      problem_ = fmt::format("it is nested more than {} levels deep", kMaxJsonLevels);
      return false;
    }
    return Count();
  }
  bool Leave() {
    --level_;
    return true;
  }

  std::string problem_;
  size_t level_ = 0;
  size_t values_ = 0;
};

template <class Bytes>
void CheckLimits(const Bytes& bytes, json::input_format_t format) {
  LimitCheck check;
  if (!json::sax_parse(bytes, &check, format)) throw Error(check.Problem());
}

template <class Json>
std::string Dump(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

nlohmann::json ParseJson(std::string_view text) {
  CheckLimits(text, json::input_format_t::json);
  return json::parse(text);
}

nlohmann::json ParseCbor(std::span<const uint8_t> bytes) {
  CheckLimits(bytes, json::input_format_t::cbor);
  return json::from_cbor(bytes);
}

int64_t WholeNumber(const nlohmann::json& value, int64_t low, int64_t high) {
  const bool fits = value.is_number_integer() &&
                    (!value.is_number_unsigned() || std::in_range<int64_t>(value.get<uint64_t>()));
  const int64_t number = fits ? value.get<int64_t>() : 0;
  if (!fits || number < low || number > high) {
    throw Error(fmt::format("a value is not a whole number from {} to {}", low, high));
  }
  return number;
}

std::string JsonText(const nlohmann::json& value, int indent) { return Dump(value, indent); }

std::string JsonText(const nlohmann::ordered_json& value, int indent) {
  return Dump(value, indent);
}

void AppendCbor(const nlohmann::json& value, std::vector<uint8_t>& bytes) {
  json::to_cbor(value, bytes);
}

}  // namespace nosetip
