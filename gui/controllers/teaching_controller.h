// Samples of corrected faces, as the app uses them.
#pragma once

#include <future>

#include "gui/panels/teach_view.h"
#include "gui/platform/frame_texture.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

// Of the thread of the window.
class TeachingController {
 public:
  explicit TeachingController(AppState& state);

  // In the background; what is being saved when the app closes is waited for.
  void Do(const SaveCorrected& wanted, AppState& state);
  void Do(const RemoveSaved& wanted, AppState& state);
  // Brings the state up to date; once a frame of the window. Ends the correction in the draft once
  // it is saved.
  void Update(AppState& state, TeachDraft& draft);

 private:
  void TakeSaved(AppState& state, TeachDraft& draft);

  std::future<SavedSample> saving_;
  FrameTexture texture_;
  std::shared_ptr<const Image> uploaded_;
};

}  // namespace nosetip
