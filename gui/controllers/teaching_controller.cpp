#include "gui/controllers/teaching_controller.h"

#include <chrono>

#include "gui/platform/desktop.h"
#include "tracker/core/error.h"

namespace nosetip {

TeachingController::TeachingController(AppState& state) {
  state.teaching.folder = UserDataFolder() / "samples";
  state.teaching.samples = ListSamples(state.teaching.folder);
}

void TeachingController::Handle(const SaveCorrected& wanted, AppState& state) {
  if (saving_.valid()) return;
  state.teaching.problem.clear();
  // Where no thread can start, FinishSaving saves it.
  saving_ = std::async(
      std::launch::async | std::launch::deferred, [wanted, folder = state.teaching.folder] {
        return SaveSample(folder, *wanted.picture, wanted.points_px, wanted.captured_at);
      });
}

void TeachingController::Handle(const RemoveSaved& wanted, AppState& state) {
  try {
    RemoveSample(wanted.sample);
  } catch (const Error& error) {
    Fail(state, error.what());
  }
  state.teaching.samples = ListSamples(state.teaching.folder);
}

// A draft that could not be saved stays, so that the user can try again.
void TeachingController::FinishSaving(AppState& state, TeachDraft& draft) {
  const bool is_done =
      saving_.valid() && saving_.wait_for(std::chrono::seconds(0)) != std::future_status::timeout;
  if (!is_done) return;
  try {
    state.log.Add(Severity::kInfo, "Saved " + saving_.get().picture.string());
    draft = TeachDraft();
  } catch (const Error& error) {
    Fail(state, error.what());
  }
  state.teaching.samples = ListSamples(state.teaching.folder);
}

void TeachingController::Fail(AppState& state, const std::string& problem) {
  state.log.Add(Severity::kError, problem);
  state.teaching.problem = problem;
}

void TeachingController::Update(AppState& state, TeachDraft& draft) {
  FinishSaving(state, draft);
  state.teaching.saving = saving_.valid();
  if (draft.picture == uploaded_) return;
  uploaded_ = draft.picture;
  state.teaching.picture = {};
  if (!uploaded_) return;
  texture_.Upload(*uploaded_);
  state.teaching.picture = {texture_.Id(), texture_.width_px(), texture_.height_px()};
}

}  // namespace nosetip
