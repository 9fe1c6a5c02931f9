#include "tracker/sources/input_list.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/file_kinds.h"
#include "tracker/sources/frame_source.h"
#include "tracker/sources/sequence_pattern.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// What of a folder is no input.
struct PassedOver {
  std::vector<fs::path> files;
  size_t subfolders = 0;

  std::string Text() const {
    std::string text = CountByExtension(files);
    if (subfolders == 0) return text;
    if (!text.empty()) text += " and ";
    return text + fmt::format("{} subfolder{}", subfolders, subfolders == 1 ? "" : "s");
  }
};

InputList InputsOf(const std::string& folder, std::vector<Input> inputs, const PassedOver& others) {
  const std::string passed_over = others.Text();
  if (inputs.empty()) {
    throw Error(
        fmt::format("{}: the folder contains no videos and no pictures{}; name the folder "
                    "that does (subfolders are not searched)",
                    folder, passed_over.empty() ? "" : ", but " + passed_over));
  }
  std::ranges::sort(inputs, {}, &Input::source);
  InputList list{std::move(inputs), {}};
  if (!passed_over.empty()) list.notes.push_back(folder + ": passed over " + passed_over);
  return list;
}

InputList ListFolder(const std::string& folder) {
  std::vector<Input> inputs;
  PassedOver others;
  std::error_code problem;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem)) {
    if (it->path().filename().string().starts_with(".")) continue;
    const auto kind = KindByExtension(it->path());
    std::error_code ignored;
    const fs::file_status status = it->status(ignored);
    const bool leads_nowhere = !fs::status_known(status) || !fs::exists(status);
    if (fs::is_directory(status)) {
      ++others.subfolders;
    } else if (kind && (fs::is_regular_file(status) || leads_nowhere)) {
      inputs.push_back({it->path().string(), *kind});
    } else {
      others.files.push_back(it->path());
    }
  }
  if (problem) {
    throw Error(fmt::format("{}: the folder cannot be read: {}; check its permissions", folder,
                            problem.message()));
  }
  return InputsOf(folder, std::move(inputs), others);
}

}  // namespace

InputList ListInputs(std::span<const std::string> arguments) {
  InputList list;
  for (const std::string& given : arguments) {
    const std::string argument = WithoutFileScheme(given);
    std::error_code ignored;
    if (fs::is_directory(argument, ignored) && !CameraIndex(argument)) {
      InputList found = ListFolder(argument);
      std::ranges::move(found.inputs, std::back_inserter(list.inputs));
      std::ranges::move(found.notes, std::back_inserter(list.notes));
      continue;
    }
    const SourceKind kind = KindOfSource(argument);
    // Throws for a mistyped pattern now, and not after hours of other inputs.
    if (kind == SourceKind::kPictureSequence) ListSequence(argument);
    list.inputs.push_back({argument, kind});
  }
  return list;
}

}  // namespace nosetip
