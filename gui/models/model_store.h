// The models that a user has: those that came with the program, and those trained in the app.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tracker/model/model_lookup.h"
#include "training/background/training_messages.h"

namespace nosetip {

// $XDG_DATA_HOME/nosetip, or ~/.local/share/nosetip where that is not set or not absolute (XDG Base
// Directory Specification 0.8). Models are in its models/, runs of trainings in its runs/, samples
// in its samples/. Need not be there. In the folder of temporary files where the user has no home.
std::filesystem::path UserDataFolder();

// A folder for a new run, RUNS/TASK-DATE-TIME, that is not there yet; it is not made.
std::filesystem::path FreeRunFolder(const std::filesystem::path& runs, const std::string& task,
                                    std::chrono::system_clock::time_point now);

struct StoredModel {
  std::filesystem::path path;
  bool shipped = false;  // came with the program: never changed or removed
  std::filesystem::file_time_type written_at;
  std::optional<ModelInfo> info;
  std::string problem;  // why there is no info
};

// No call ever replaces a model: a new one gets a name of its own. One thread.
class ModelStore {
 public:
  // `folder` holds the user's models and need not be there.
  ModelStore(std::filesystem::path shipped_folder, std::filesystem::path folder);

  // All .ntm files: shipped ones first, by name; then the user's, newest first; then `also`, where
  // it is a file of another folder. Reads every file that it has not read before, or that was
  // written since.
  const std::vector<StoredModel>& Refresh(const std::filesystem::path& also = {});

  // Copies a model that a training has left into the folder, beside and renamed, as
  // TASK-DATE-TIME.ntm, and returns the new path. Throws Error where it is no model or cannot be
  // written.
  std::filesystem::path Keep(const std::filesystem::path& model, const std::string& task,
                             std::chrono::system_clock::time_point now) const;

  // Removes one of the user's models. Throws Error for a shipped one, one of another folder, and
  // where it cannot be removed.
  void Remove(const std::filesystem::path& model) const;

 private:
  std::vector<StoredModel> List(const std::filesystem::path& folder, bool shipped) const;
  StoredModel KnownOrOpened(const std::filesystem::path& path, bool shipped) const;

  std::filesystem::path shipped_folder_;
  std::filesystem::path folder_;
  std::vector<StoredModel> models_;
};

// Which model is in use, and the way back.

// For the app to keep in its settings, one of each task.
struct ModelChoice {
  std::filesystem::path in_use;               // a file, or "auto"
  std::vector<std::filesystem::path> before;  // used earlier, the latest last
};

// What can be done with a model that was trained. Nothing is done without the user's word.
enum class TrainedModelFate {
  kUse,       // keep it, and use it from now on; the old one stays, one click away
  kKeepBoth,  // keep it, go on with the old one
  kDiscard    // the run's folder stays
};

// What to offer first: a worse model is never the one to use.
TrainedModelFate SuggestedFate(const ModelComparison& comparison);

// The choice with another model in use. No change where it is in use already.
ModelChoice WithModel(ModelChoice choice, const std::filesystem::path& model);
// The choice with the model in use before; models that are no more are passed over. No change where
// there is none.
ModelChoice WithModelBefore(ModelChoice choice);
bool CanGoBack(const ModelChoice& choice);

}  // namespace nosetip
