#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

void DrawCapture(const AppState& state, TeachDraft& draft) {
  Heading("Capture");
  Dim("If points are wrong, capture the frame, drag them into place and save the face as a "
      "training "
      "sample.");
  const size_t faces = state.shown ? state.shown->result.faces.size() : 0;
  if (draft.face >= faces) draft.face = 0;
  if (faces > 1) {
    std::vector<std::string> names;
    for (const TrackedFace& face : state.shown->result.faces) {
      names.push_back(fmt::format("Face {}", face.id));
    }
    const int chosen = Combo("Face", names[draft.face], names, "Which face to capture");
    if (chosen >= 0) draft.face = static_cast<size_t>(chosen);
  }
  const bool has_points = faces > 0 && !state.shown->result.faces[draft.face].landmarks.Empty();
  ImGui::BeginDisabled(!has_points);
  if (PrimaryButton("Capture frame", "Freeze the current frame and edit the points of its face")) {
    auto captured = CaptureFace(*state.shown, draft.face, std::chrono::system_clock::now());
    if (captured) draft = std::move(*captured);
  }
  ImGui::EndDisabled();
  if (faces == 0) Dim("No face in the current frame");
  if (faces > 0 && !has_points) Dim("No points on this face; they are too uncertain");
}

void DrawEditorButtons(TeachDraft& draft) {
  SampleEditor& editor = *draft.editor;
  bool mirrored = editor.mirrored();
  if (Checkbox("Move mirrored points together", mirrored,
               "For example, the corners of both eyes")) {
    editor.SetMirrored(mirrored);
  }
  ImGui::BeginDisabled(!editor.CanUndo());
  if (Button("Undo", "Ctrl+Z")) editor.Undo();
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::BeginDisabled(!editor.CanRedo());
  if (Button("Redo", "Ctrl+Y")) editor.Redo();
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (Button("Reset", "Move all points back to where they were detected")) editor.Reset();
  ImGui::SameLine();
  if (Button("Zoom to face", "Fit the face into the view")) draft.zoom_to_face = true;
}

std::optional<Command> DrawCorrection(const AppState& state, TeachDraft& draft) {
  std::optional<Command> command;
  Heading("Correct points");
  Dim("Drag a point to move it. Drag the picture to pan, use the wheel to zoom. Arrow keys move "
      "the "
      "last point by a quarter of a pixel.");
  DrawEditorButtons(draft);
  const size_t moved = draft.editor->Moved().size();
  ImGui::Text("%zu of %zu points moved", moved, draft.editor->points_px().size());
  ImGui::BeginDisabled(state.teaching.saving);
  if (PrimaryButton("Save sample", "As a picture and a .pts file")) {
    command = SaveCorrected{draft.picture, draft.editor->points_px(), draft.captured_at};
  }
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (Button("Cancel", "Return to the live view and discard the changes")) draft = TeachDraft();
  return command;
}

std::optional<Command> DrawSamples(const AppState& state) {
  std::optional<Command> command;
  const auto& samples = state.teaching.samples;
  Heading("Samples");
  ImGui::Text("%zu in", samples.size());
  NotePlace(fmt::format("Samples {}", samples.size()), {});
  ImGui::SameLine();
  const std::string folder = state.teaching.folder.filename().string() + "###folder";
  if (ImGui::SmallButton(folder.c_str())) {
    command = ShowInDesktop{state.teaching.folder};
  }
  Tooltip(state.teaching.folder.string() + "\nClick to open it");
  for (const SavedSample& sample : samples) {
    const std::string name = sample.picture.stem().string();
    ImGui::PushID(name.c_str());
    if (ImGui::SmallButton("x")) command = RemoveSaved{sample};
    NoteItem("Remove " + name);
    Tooltip("Delete the picture and the points of this sample");
    ImGui::SameLine();
    ImGui::TextUnformatted(name.c_str());
    ImGui::PopID();
  }
  return command;
}

std::optional<Command> DrawFineTuning(const AppState& state) {
  std::optional<Command> command;
  if (IsBusy(state.training)) return command;
  Heading("Fine-tuning");
  Dim("Trains the model in use on your samples, in the background. You decide whether to use the "
      "result.");
  const std::optional<TrainingOrder> order = FineTuningOf(state);
  ImGui::BeginDisabled(!order.has_value());
  if (PrimaryButton("Fine-tune", "Takes a few minutes and stays close to the current model")) {
    command = StartTraining{*order};
  }
  ImGui::EndDisabled();
  if (!order) Dim(fmt::format("Save at least {} samples first", kMinSamples));
  return command;
}

}  // namespace

std::optional<Command> DrawTeachPanel(const AppState& state, TeachDraft& draft) {
  BeginItemsOf("Teach");
  std::optional<Command> command;
  if (draft.editor) {
    command = DrawCorrection(state, draft);
  } else {
    DrawCapture(state, draft);
  }
  Problem(state.teaching.problem);
  if (auto wanted = DrawSamples(state)) command = wanted;
  DrawTrainingError(state);
  if (auto wanted = DrawFineTuning(state)) command = wanted;
  if (auto wanted = DrawTrainingResult(state)) command = wanted;
  if (auto wanted = DrawTrainingProgress(state)) command = wanted;
  return command;
}

}  // namespace nosetip
