#include "tracker/cli/done_record.h"

#include <algorithm>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "tracker/core/json_text.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kFormat = "nosetip-done";
constexpr int kVersion = 1;

std::string WhyOtherKinds(const json& wanted, const json& there) {
  for (const json& kind : wanted) {
    if (std::ranges::find(there, kind) != there.end()) continue;
    return fmt::format("it was tracked without --{}", kind.get<std::string>());
  }
  return "";
}

std::string WhyOtherSettings(const json& wanted, const json& there) {
  for (const auto& [name, value] : wanted.items()) {
    if (!there.contains(name) || there[name] != value) return name + " has changed";
  }
  return "";
}

std::string WhyOtherInputs(const json& wanted, const json& there) {
  if (wanted.size() != there.size()) return "its number of pictures has changed";
  for (size_t i = 0; i < wanted.size(); ++i) {
    const auto source = wanted[i]["source"].get<std::string>();
    if (there.at(i).at("source") != source) return source + " is another input";
    if (wanted[i]["state"].is_null() || there.at(i) != wanted[i]) return source + " has changed";
  }
  return "";
}

std::string WhyOtherOutputs(const fs::path& folder, const json& there) {
  for (const json& output : there) {
    const fs::path path = folder / output.at("file").get<std::string>();
    const json state = FileState(path);
    if (state.is_null()) return path.string() + " is missing";
    if (state != output.at("state")) return path.string() + " has changed";
  }
  return "";
}

}  // namespace

json FileState(const fs::path& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return nullptr;
  return {{"size_bytes", status.st_size}, {"modified_s", status.st_mtime}};
}

json EmptyDoneRecord() { return {{"format", kFormat}, {"format_version", kVersion}}; }

std::optional<std::string> WhyNotDone(std::string_view text, const json& wanted,
                                      const fs::path& folder) {
  const json record = ParseJson(text);
  if (record.at("format") != kFormat || record.at("format_version") != kVersion) {
    return "its record has another format version";
  }
  std::string why = WhyOtherKinds(wanted.at("kinds"), record.at("kinds"));
  if (why.empty()) why = WhyOtherSettings(wanted.at("settings"), record.at("settings"));
  if (why.empty()) why = WhyOtherInputs(wanted.at("inputs"), record.at("inputs"));
  if (why.empty()) why = WhyOtherOutputs(folder, record.at("outputs"));
  if (why.empty()) return std::nullopt;
  return why;
}

}  // namespace nosetip
