// The panels of the window. Each Draw function is in the .cpp file of its name.
//
// A panel shows the state in the current window of Dear ImGui. It changes nothing but its draft and
// returns what the user asks for, at most one command per frame.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gui/panels/teach_view.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"
#include "gui/state/training_draft.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// What the user has typed or chosen but not applied yet.
struct PanelDrafts {
  std::string source;  // an address
  TrainingDraft training;
  TeachDraft teach;
};

// The whole window, in panels.cpp.
std::optional<Command> DrawAllPanels(const AppState& state, PanelDrafts& drafts);

// The live picture with its overlay, or the face that is being corrected, above the transport bar.
// Fills the area (screen units).
std::optional<Command> DrawViewPanel(const AppState& state, TeachDraft& teach, const RectF& area);
// Play, record and seek, in one line at the cursor.
std::optional<Command> DrawTransportBar(const AppState& state);
// The buttons of the bar that save a screenshot and record; also in the gallery.
std::optional<Command> DrawMediaButtons(const AppState& state);

// Cameras, files, folders and streams.
std::optional<Command> DrawSourcePanel(const AppState& state, std::string& address);
// Model, detection, tracking and smoothing.
std::optional<Command> DrawTrackerPanel(const AppState& state);
// What is drawn over the picture, and the look of the window.
std::optional<Command> DrawOverlayPanel(const AppState& state);
// Data, settings, progress and result of a training.
std::optional<Command> DrawTrainingPanel(const AppState& state, TrainingDraft& draft);
// Capture a face, correct its points, save it as a sample, fine-tune on the samples.
std::optional<Command> DrawTeachPanel(const AppState& state, TeachDraft& draft);
// Screenshots and recordings.
std::optional<Command> DrawGalleryPanel(const AppState& state);
// What the face does: bars, traces and blinks.
std::optional<Command> DrawSignalsPanel(const AppState& state);
// Frame rate, latency and device.
void DrawPerformancePanel(const AppState& state);
void DrawLogPanel(const AppState& state);

// Parts of the training and teach panels, in training_progress.cpp and training_result.cpp.

// Why the latest request failed, if it did.
void DrawTrainingError(const AppState& state);
// Stage, curves and held-out faces.
std::optional<Command> DrawTrainingProgress(const AppState& state);
// Old and new model side by side, and what to do with the new one.
std::optional<Command> DrawTrainingResult(const AppState& state);
// A grid of up to `max_faces` pictures with their points: truth green, predictions amber.
void DrawShownFaces(const AppState& state, const ShownFaces& shown, size_t max_faces);

// The keyboard shortcuts, in keys.cpp.

struct KeyBinding {
  std::string_view key;  // as WindowEvents names it
  std::string_view help;
  Command (*command)(const AppState&);
};

std::span<const KeyBinding> KeyBindings();

// Nothing for a key without a shortcut.
std::optional<Command> CommandOfKey(std::string_view key, const AppState& state);
// The list of shortcuts over all panels, while the state shows it.
std::optional<Command> DrawHelpPanel(const AppState& state);

// The places of the view and the panels, in panels.cpp.

// In screen units. The side panels are empty where they are hidden.
struct Layout {
  RectF view;
  RectF upper;  // side panels
  RectF lower;
  RectF side_splitter;   // dragged left or right
  RectF lower_splitter;  // dragged up or down
};

// Panels keep a width that fits text of `text_px`, and the view at least a third of the window.
Layout LayOut(Point2f window, const InterfaceOptions& options, float text_px);

// The options after a splitter was dragged to a place, in screen units.
InterfaceOptions WithSideSplitterAt(InterfaceOptions options, Point2f window, float x);
InterfaceOptions WithLowerSplitterAt(InterfaceOptions options, Point2f window, float y);
// The options with the default size of panels and text.
InterfaceOptions WithDefaultLayout(InterfaceOptions options);

}  // namespace nosetip
