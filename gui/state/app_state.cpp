#include "gui/state/app_state.h"

#include <algorithm>
#include <utility>

#include "tracker/core/environment.h"
#include "tracker/core/error.h"

namespace nosetip {

void Trails::Add(const TrackResult& result, size_t frames) {
  std::map<int, std::deque<std::vector<Point2f>>> kept;
  for (const TrackedFace& face : result.faces) {
    auto& trail = kept[face.id];
    if (const auto before = trails_.find(face.id); before != trails_.end()) {
      trail = std::move(before->second);
    }
    trail.push_back(face.landmarks.points_px);
    while (trail.size() > frames) trail.pop_front();
  }
  trails_ = std::move(kept);
}

const std::deque<std::vector<Point2f>>* Trails::Of(int face_id) const {
  const auto found = trails_.find(face_id);
  return found == trails_.end() ? nullptr : &found->second;
}

AppState FirstState(const std::string& source, const std::filesystem::path& settings_file) {
  AppState state;
  LoadedSettings loaded = LoadSettings(settings_file);
  state.settings = std::move(loaded.settings);
  if (!loaded.problem.empty()) state.log.Add(Severity::kWarning, loaded.problem);
  state.sample_clip = SampleClipPath().string();
  state.cameras = ListCameras();
  FirstSource first =
      ChooseFirstSource({source, state.settings.source, state.cameras, state.sample_clip});
  state.banner = std::move(first.banner);
  try {
    if (auto folder = FolderOfSources(first.source)) state.folder = std::move(*folder);
    for (const std::string& note : state.folder.notes) state.log.Add(Severity::kInfo, note);
  } catch (const Error& error) {
    state.banner = error.what();
    first.source = state.sample_clip;
  }
  RememberSource(state.settings, first.source);
  return state;
}

std::string ModelFile(const AppState& state) {
  return state.settings.model.model == kAutoModel ? state.parts.model : state.settings.model.model;
}

const StoredModel* ModelInUse(const AppState& state) {
  const auto found =
      std::ranges::find(state.models, std::filesystem::path(ModelFile(state)), &StoredModel::path);
  return found == state.models.end() ? nullptr : &*found;
}

}  // namespace nosetip
