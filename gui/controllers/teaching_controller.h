// Saves and removes samples of corrected faces for the window.
#pragma once

#include <future>
#include <memory>
#include <string>

#include "gui/panels/teach_view.h"
#include "gui/platform/frame_texture.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

// For the thread of the window.
class TeachingController {
 public:
  explicit TeachingController(AppState& state);

  // Saves in the background; the destructor waits for it.
  void Handle(const SaveCorrected& wanted, AppState& state);
  void Handle(const RemoveSaved& wanted, AppState& state);
  // Brings the state up to date; once per frame. Clears the draft once it is saved.
  void Update(AppState& state, TeachDraft& draft);

 private:
  void FinishSaving(AppState& state, TeachDraft& draft);
  void Fail(AppState& state, const std::string& problem);

  std::future<SavedSample> saving_;
  FrameTexture texture_;
  std::shared_ptr<const Image> uploaded_;
};

}  // namespace nosetip
