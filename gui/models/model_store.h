// The models of a user: those that came with the program, and those trained in the app.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tracker/model/model_lookup.h"
#include "training/background/training_messages.h"

namespace nosetip {

// A folder for a new run, RUNS/TASK-DATE-TIME. It does not exist yet and is not created.
std::filesystem::path FreeRunFolder(const std::filesystem::path& runs, const std::string& task,
                                    std::chrono::system_clock::time_point now);

struct StoredModel {
  std::filesystem::path path;
  bool shipped = false;  // came with the program: never changed or removed
  std::filesystem::file_time_type written_at;
  std::optional<ModelInfo> info;
  std::string problem;  // why there is no info
};

// Never replaces a model: a new one gets a name of its own. Not thread-safe.
class ModelStore {
 public:
  // `folder` holds the user's models and need not exist.
  ModelStore(std::filesystem::path shipped_folder, std::filesystem::path folder);

  // All .safetensors files: shipped ones first, by name; then the user's, newest first; then
  // `also`, where it is a file of another folder. Reads only files that are new or were changed.
  const std::vector<StoredModel>& Refresh(const std::filesystem::path& also = {});

  // Copies a trained model into the folder as TASK-DATE-TIME.safetensors and returns the new path.
  // Throws Error where it is not a model or cannot be written.
  std::filesystem::path Keep(const std::filesystem::path& model, const std::string& task,
                             std::chrono::system_clock::time_point now) const;

 private:
  std::vector<StoredModel> List(const std::filesystem::path& folder, bool shipped) const;
  StoredModel KnownOrOpened(const std::filesystem::path& path, bool shipped) const;

  std::filesystem::path shipped_folder_;
  std::filesystem::path folder_;
  std::vector<StoredModel> models_;
};

// The model in use, and those to revert to.
struct ModelChoice {
  std::filesystem::path in_use;               // a file, or "auto"
  std::vector<std::filesystem::path> before;  // latest last
};

// The choice after another model was put to use. No change where it is in use already.
ModelChoice WithModel(ModelChoice choice, const std::filesystem::path& model);
// The choice after reverting to the latest earlier model that still exists. No change where there
// is none.
ModelChoice WithPreviousModel(ModelChoice choice);
bool CanRevert(const ModelChoice& choice);

}  // namespace nosetip
