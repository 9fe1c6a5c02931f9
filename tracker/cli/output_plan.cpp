#include "tracker/cli/output_plan.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"
#include "tracker/sources/input_list.h"
#include "tracker/sources/sequence_pattern.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// Letters, digits, '.', '-' and '_'; runs of others become one '-'.
std::string FileNameFrom(std::string_view text) {
  std::string name;
  for (const unsigned char c : text) {
    const bool plain = std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_';
    if (plain) name += static_cast<char>(c);
    if (!plain && !name.empty() && name.back() != '-') name += '-';
  }
  return name;
}

std::string NameOfStream(std::string_view address) {
  const size_t scheme = address.find("://");
  if (scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find_first_of("?#"));
  while (address.ends_with('/')) address.remove_suffix(1);
  // Without the part before '@', which may hold a password.
  const std::string name = FileNameFrom(address.substr(address.find_last_of("/@") + 1));
  return name.empty() ? "stream" : name;
}

std::string NameOfFolder(const fs::path& folder) {
  std::error_code ignored;
  const fs::path absolute = fs::weakly_canonical(folder.empty() ? "." : folder, ignored);
  const std::string name = absolute.filename().string();
  return name.empty() ? "pictures" : name;
}

std::string NameOfSequence(const std::string& pattern) {
  const auto parsed = ParseSequencePattern(pattern);
  std::string name = parsed ? parsed->prefix : fs::path(pattern).stem().string();
  while (!name.empty() && std::string_view("_-. ").find(name.back()) != std::string_view::npos) {
    name.pop_back();
  }
  return name.empty() ? NameOfFolder(fs::path(pattern).parent_path()) : name;
}

// Names that are taken, with the number to try when one comes again.
using TakenNames = std::unordered_map<std::string, int>;

// `name`, or the first of name-2, name-3 ... that is free.
std::string Unique(const std::string& name, TakenNames& taken) {
  std::string unique = name;
  while (!taken.emplace(unique, 2).second) unique = fmt::format("{}-{}", name, taken[name]++);
  return unique;
}

}  // namespace

std::string NameOfInput(const Input& input) {
  switch (input.kind) {
    case SourceKind::kCamera:
      return fmt::format("camera{}", CameraIndex(input.source).value_or(0));
    case SourceKind::kStream:
      return NameOfStream(input.source);
    case SourceKind::kPictureSequence:
      return NameOfSequence(input.source);
    case SourceKind::kVideoFile:
    case SourceKind::kPicture:
      break;
  }
  return fs::path(input.source).stem().string();
}

bool HasLiveInput(const OutputPlan& plan) {
  return std::ranges::any_of(plan.inputs, [](const PlannedInput& planned) {
    const SourceKind kind = planned.input.kind;
    return kind == SourceKind::kCamera || kind == SourceKind::kStream;
  });
}

OutputPlan PlanOutputs(std::span<const Input> inputs) {
  const auto pictures = std::ranges::count(inputs, SourceKind::kPicture, &Input::kind);
  OutputPlan plan;
  TakenNames input_names;
  TakenNames table_names;
  std::map<fs::path, size_t> table_of_folder;
  for (const Input& input : inputs) {
    PlannedInput planned{input, Unique(NameOfInput(input), input_names), plan.tables.size()};
    if (input.kind == SourceKind::kPicture && pictures > 1) {
      const fs::path folder = fs::path(input.source).parent_path();
      std::error_code ignored;
      const fs::path same = fs::weakly_canonical(folder.empty() ? "." : folder, ignored);
      planned.table = table_of_folder.emplace(same, planned.table).first->second;
      if (planned.table == plan.tables.size()) {
        plan.tables.push_back({Unique(NameOfFolder(folder), table_names), {}});
      }
    } else {
      plan.tables.push_back({Unique(planned.name, table_names), {}});
    }
    plan.tables[planned.table].inputs.push_back(plan.inputs.size());
    plan.inputs.push_back(std::move(planned));
  }
  return plan;
}

OutputPaths::OutputPaths(fs::path folder, std::span<const PlannedInput> inputs)
    : folder_(std::move(folder)) {
  std::error_code ignored;
  for (const PlannedInput& planned : inputs) {
    inputs_.insert(fs::weakly_canonical(planned.input.source, ignored));
    names_.insert(planned.name);
  }
}

fs::path OutputPaths::PathOf(std::string_view owner, const std::string& stem,
                             const std::string& extension) const {
  std::error_code ignored;
  const auto is_input = [&](const fs::path& path) {
    return inputs_.contains(fs::weakly_canonical(path, ignored));
  };
  fs::path path = folder_ / (stem + extension);
  if (!IsOfAnother(owner, stem) && !is_input(path)) return path;
  for (int i = 2;; ++i) {
    const std::string numbered = fmt::format("{}-{}", stem, i);
    path = folder_ / (numbered + extension);
    if (!names_.contains(numbered) && !is_input(path)) return path;
  }
}

bool OutputPaths::IsOfAnother(std::string_view owner, std::string_view stem) const {
  // "a_1_2" may be the second face of the picture "a_1".
  while (stem.size() > owner.size()) {
    if (names_.contains(stem)) return true;
    const size_t end = stem.rfind('_');
    if (end == std::string_view::npos) return false;
    stem = stem.substr(0, end);
  }
  return false;
}

}  // namespace nosetip
