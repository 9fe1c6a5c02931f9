#include "gui/models/model_store.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <functional>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/atomic_file.h"
#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/model/model_lookup.h"
#include "tracker/model/safetensors_file.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using std::chrono::system_clock;

// TASK-DATE-TIME, with another number where that is taken.
fs::path FreeName(const fs::path& folder, const std::string& task, const std::string& extension,
                  system_clock::time_point now) {
  const std::time_t seconds = system_clock::to_time_t(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 32> moment{};
  std::strftime(moment.data(), moment.size(), "%Y%m%d-%H%M%S", &local);
  const std::string name = fmt::format("{}-{}", task, moment.data());
  fs::path path = folder / (name + extension);
  std::error_code ignored;
  for (int number = 2; fs::exists(path, ignored); ++number) {
    path = folder / fmt::format("{}-{}{}", name, number, extension);
  }
  return path;
}

StoredModel Opened(const fs::path& path, bool shipped, fs::file_time_type written_at) {
  StoredModel model{path, shipped, written_at, std::nullopt, ""};
  try {
    model.info = ReadModelInfo(path);
  } catch (const Error& error) {
    model.problem = error.what();
  }
  return model;
}

constexpr size_t kMaxStepsBack = 20;

bool IsThere(const fs::path& model) {
  if (model == kAutoModel) return true;
  std::error_code ignored;
  return fs::exists(model, ignored);
}

}  // namespace

fs::path FreeRunFolder(const fs::path& runs, const std::string& task,
                       system_clock::time_point now) {
  return FreeName(runs, task, "", now);
}

ModelStore::ModelStore(fs::path shipped_folder, fs::path folder)
    : shipped_folder_(std::move(shipped_folder)), folder_(std::move(folder)) {}

const std::vector<StoredModel>& ModelStore::Refresh(const fs::path& also) {
  std::vector<StoredModel> all = List(shipped_folder_, true);
  std::ranges::sort(all, {}, &StoredModel::path);
  std::vector<StoredModel> own = List(folder_, false);
  std::ranges::sort(own, std::greater<>(), [](const StoredModel& model) {
    return std::pair(model.written_at, model.path);
  });
  all.insert(all.end(), std::move_iterator(own.begin()), std::move_iterator(own.end()));
  if (!also.empty() && !std::ranges::count(all, also, &StoredModel::path)) {
    all.push_back(KnownOrOpened(also, false));
  }
  models_ = std::move(all);
  return models_;
}

StoredModel ModelStore::KnownOrOpened(const fs::path& path, bool shipped) const {
  std::error_code ignored;
  const auto written_at = fs::last_write_time(path, ignored);
  const auto known = std::ranges::find(models_, path, &StoredModel::path);
  if (known != models_.end() && known->written_at == written_at) return *known;
  return Opened(path, shipped, written_at);
}

std::vector<StoredModel> ModelStore::List(const fs::path& folder, bool shipped) const {
  std::vector<StoredModel> found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    const fs::path extension = entry.path().extension();
    // Old ones (.ntm) as well, whose problem says what to do.
    if (extension == kSafetensors || extension == ".ntm") {
      found.push_back(KnownOrOpened(entry.path(), shipped));
    }
  }
  return found;
}

fs::path ModelStore::Keep(const fs::path& model, const std::string& task,
                          system_clock::time_point now) const {
  ReadModelInfo(model);
  std::error_code ignored;  // opening the file says what is wrong with the folder
  fs::create_directories(folder_, ignored);
  fs::path kept = FreeName(folder_, task, std::string(kSafetensors), now);
  try {
    const std::vector<uint8_t> bytes = ReadWholeFile(model.string());
    AtomicFile file(kept);
    file.Write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    file.Commit();
  } catch (const Error& error) {
    throw Error(fmt::format("{}. The model is still in {}", error.what(), model.string()));
  }
  return kept;
}

ModelChoice WithModel(ModelChoice choice, const fs::path& model) {
  if (choice.in_use == model) return choice;
  if (!choice.in_use.empty()) choice.before.push_back(std::move(choice.in_use));
  if (choice.before.size() > kMaxStepsBack) choice.before.erase(choice.before.begin());
  choice.in_use = model;
  return choice;
}

ModelChoice WithPreviousModel(ModelChoice choice) {
  const auto last = std::find_if(choice.before.rbegin(), choice.before.rend(), IsThere);
  if (last == choice.before.rend()) return choice;
  choice.in_use = *last;
  choice.before.erase(std::prev(last.base()), choice.before.end());
  return choice;
}

bool CanRevert(const ModelChoice& choice) { return std::ranges::any_of(choice.before, IsThere); }

}  // namespace nosetip
