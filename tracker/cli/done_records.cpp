#include "tracker/cli/done_records.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/cli/done_record.h"
#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/readable_file.h"
#include "tracker/core/text_file.h"
#include "tracker/output/text_output.h"
#include "tracker/sources/input_list.h"
#include "tracker/sources/sequence_pattern.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr size_t kMaxRecordBytes = size_t{64} << 20;

// The fewest digits from which the number can be read back.
template <typename Number>
std::string ShortText(Number value) {
  std::array<char, 32> text{};
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), result.ptr};
}

// FNV-1a of 64 bits (Fowler, Noll, Vo). Good enough for files that nobody forges.
uint64_t Fnv1a(const std::vector<uint8_t>& bytes) {
  uint64_t hash = 14695981039346656037U;
  for (const uint8_t byte : bytes) hash = (hash ^ byte) * 1099511628211U;
  return hash;
}

fs::path FolderOf(const OutputSetup& outputs) { return outputs.folder / "done"; }

fs::path PathOf(const OutputSetup& outputs, size_t table) {
  return FolderOf(outputs) / (outputs.plan.tables[table].name + ".json");
}

// The number of pictures of a sequence, their total size, and their latest change.
Json StateOfSequence(const std::string& pattern) {
  std::vector<std::string> files;
  try {
    files = ListSequence(pattern);
  } catch (const Error&) {
    return nullptr;
  }
  int64_t size_bytes = 0;
  int64_t modified_s = 0;
  for (const std::string& file : files) {
    const Json state = FileState(file);
    if (state.is_null()) return nullptr;
    size_bytes += state["size_bytes"].get<int64_t>();
    modified_s = std::max(modified_s, state["modified_s"].get<int64_t>());
  }
  return {{"files", files.size()}, {"size_bytes", size_bytes}, {"modified_s", modified_s}};
}

bool IsLive(const Input& input) {
  return input.kind == SourceKind::kCamera || input.kind == SourceKind::kStream;
}

Json InputsOf(const OutputPlan& plan, size_t table) {
  Json inputs = Json::array();
  for (const size_t index : plan.tables[table].inputs) {
    const Input& input = plan.inputs[index].input;
    Json state;
    if (input.kind == SourceKind::kPictureSequence) {
      state = StateOfSequence(input.source);
    } else if (!IsLive(input)) {
      state = FileState(input.source);
    }
    inputs.push_back({{"source", input.source}, {"state", state}});
  }
  return inputs;
}

Json KindsOf(const OutputOptions& kinds) {
  Json names = Json::array();
  for (const auto& field : OutputOptions::Fields()) {
    const auto* member = std::get_if<bool OutputOptions::*>(&field.member);
    if (member != nullptr && kinds.*(*member)) names.push_back(field.name);
  }
  return names;
}

}  // namespace

void ResultSettings::AddFile(const std::string& name, const std::string& path) {
  const std::vector<uint8_t> bytes = ReadWholeFile(path);
  Add(name, fmt::format("{} bytes, FNV-1a {}", bytes.size(), Fnv1a(bytes)));
}

std::string ResultSettings::Text(float value) { return ShortText(value); }
std::string ResultSettings::Text(double value) { return ShortText(value); }

std::string ResultSettings::Text(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += value + '\n';
  return text;
}

DoneRecords::DoneRecords(const OutputSetup& outputs, const ResultSettings& settings)
    : outputs_(outputs), settings_(settings.texts()) {}

std::optional<std::string> DoneRecords::WhyToTrack(size_t table) const {
  const fs::path path = PathOf(outputs_, table);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return "";
  try {
    const Json wanted = {{"kinds", KindsOf(outputs_.kinds)},
                         {"settings", settings_},
                         {"inputs", InputsOf(outputs_.plan, table)}};
    return WhyNotDone(ReadTextFile(path.string(), kMaxRecordBytes), wanted, outputs_.folder);
  } catch (const std::exception& error) {
    return fmt::format("its record {} cannot be read ({})", path.string(), FirstLine(error));
  }
}

std::vector<size_t> DoneRecords::LeftOf(
    std::span<const size_t> tables, const std::function<void(const std::string&)>& print) const {
  constexpr size_t kMaxReasons = 10;
  std::vector<size_t> left;
  size_t reasons = 0;
  for (const size_t table : tables) {
    const std::optional<std::string> why = WhyToTrack(table);
    if (!why) continue;
    left.push_back(table);
    if (why->empty() || ++reasons > kMaxReasons) continue;
    print(fmt::format("tracking {} again: {}", outputs_.plan.tables[table].name, *why));
  }
  if (reasons > kMaxReasons) {
    print(fmt::format("tracking {} more again for similar reasons", reasons - kMaxReasons));
  }
  std::error_code ignored;
  const bool first = !fs::is_directory(FolderOf(outputs_), ignored);
  print(fmt::format("resume: {} of {} were finished earlier{}", tables.size() - left.size(),
                    tables.size(), first ? "; this is the first run with --resume here" : ""));
  return left;
}

void DoneRecords::Begin(size_t table) {
  ForgetDone(outputs_, table);
  // Taken now, so that an input that changes while it is tracked is tracked again.
  begun_[table] = JsonText(InputsOf(outputs_.plan, table));
}

void DoneRecords::Finish(size_t table, std::span<const WrittenFile> written) {
  const auto begun = begun_.extract(table);
  Check(!begun.empty(), "a table that was begun");
  for (const size_t input : outputs_.plan.tables[table].inputs) {
    if (IsLive(outputs_.plan.inputs[input].input)) return;
  }
  Json files = Json::array();
  for (const WrittenFile& file : written) {
    files.push_back({{"file", file.path.filename().string()}, {"state", FileState(file.path)}});
  }
  Json record = EmptyDoneRecord();
  record["kinds"] = KindsOf(outputs_.kinds);
  record["settings"] = settings_;
  record["inputs"] = ParseJson(begun.mapped());
  record["outputs"] = std::move(files);
  MakeOutputFolder(FolderOf(outputs_));
  // The record must not outlive what it is about.
  if (outputs_.kinds.pts) SyncFileSystemOf(outputs_.folder);
  SaveText(PathOf(outputs_, table), JsonText(record, 1) + '\n');
}

void ForgetDone(const OutputSetup& outputs, size_t table) {
  std::error_code ignored;
  fs::remove(PathOf(outputs, table), ignored);
}

}  // namespace nosetip
