#include "gui/panels/teach_panel.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gui/panels/training_progress.h"
#include "gui/panels/widgets.h"
#include "training/landmarks/recipes.h"

namespace nosetip {
namespace {

constexpr size_t kLeastSamples = 2;

void DrawCapture(const AppState& state, TeachDraft& draft) {
  Heading("Capture");
  Dim("Where points are wrong: capture the frame, drag them to where they belong, and save it as a "
      "sample to learn from.");
  const size_t faces = state.shown ? state.shown->result.faces.size() : 0;
  if (draft.face >= faces) draft.face = 0;
  if (faces > 1) {
    std::vector<std::string> names;
    for (const TrackedFace& face : state.shown->result.faces) {
      names.push_back("face " + std::to_string(face.id));
    }
    const int chosen = Combo("Face", names[draft.face], names, "Which of those in the picture");
    if (chosen >= 0) draft.face = static_cast<size_t>(chosen);
  }
  ImGui::BeginDisabled(faces == 0);
  if (PrimaryButton("Capture this frame", "The face that is shown now, with its points")) {
    auto captured = CaptureFace(*state.shown, draft.face, std::chrono::system_clock::now());
    if (captured) draft = std::move(*captured);
  }
  ImGui::EndDisabled();
  if (faces == 0) Dim("There is no face in the picture now.");
}

void DrawEditorButtons(TeachDraft& draft) {
  SampleEditor& editor = *draft.editor;
  bool mirrored = editor.mirrored();
  if (Checkbox("Move mirrored points together", mirrored,
               "The other eye's corner with this one's, and so on")) {
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
  if (Button("As found", "All points back to where they were found")) editor.Reset();
  ImGui::SameLine();
  if (Button("Whole face", "Zooms to the face")) draft.zoom_to_face = true;
}

std::optional<Command> DrawCorrection(const AppState& state, TeachDraft& draft) {
  std::optional<Command> command;
  Heading("Correct the points");
  Dim("Drag a point to move it, the picture beside it to move the view; the wheel zooms; arrow "
      "keys "
      "move the latest point by a quarter of a pixel.");
  DrawEditorButtons(draft);
  const size_t moved = draft.editor->Moved().size();
  ImGui::Text("%zu of %zu points moved", moved, draft.editor->points_px().size());
  ImGui::BeginDisabled(state.teaching.saving);
  if (PrimaryButton("Save sample", "As a picture and a .pts file")) {
    command = SaveCorrected{draft.picture, draft.editor->points_px(), draft.captured_at};
  }
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (Button("Leave it", "Back to the live picture; what was moved is lost")) draft = TeachDraft();
  return command;
}

std::optional<Command> DrawSamples(const AppState& state) {
  std::optional<Command> command;
  const auto& samples = state.teaching.samples;
  Heading("Samples");
  ImGui::Text("%zu in", samples.size());
  NotePlace("Samples " + std::to_string(samples.size()), {});
  ImGui::SameLine();
  if (ImGui::SmallButton(state.teaching.folder.filename().c_str())) {
    command = ShowInDesktop{state.teaching.folder};
  }
  Tooltip(state.teaching.folder.string() + "\nClick to open it");
  for (const SavedSample& sample : samples) {
    const std::string name = sample.picture.stem().string();
    ImGui::PushID(name.c_str());
    if (ImGui::SmallButton("x")) command = RemoveSaved{sample};
    NoteItem("Remove " + name);
    Tooltip("Removes this sample's two files");
    ImGui::SameLine();
    ImGui::TextUnformatted(name.c_str());
    ImGui::PopID();
  }
  return command;
}

std::optional<Command> DrawFineTuning(const AppState& state) {
  std::optional<Command> command;
  if (IsBusy(state.training)) return command;
  Heading("Learn from them");
  Dim("Fine-tunes the model in use, beside the live view. Nothing replaces it until you say so.");
  const std::optional<TrainingOrder> order = FineTuningOf(state);
  ImGui::BeginDisabled(!order.has_value());
  if (PrimaryButton("Fine-tune", "A few minutes; kept close to what the model knows")) {
    command = StartTraining{*order};
  }
  ImGui::EndDisabled();
  if (!order) Dim("Save " + std::to_string(kLeastSamples) + " samples or more first.");
  return command;
}

}  // namespace

std::optional<TrainingOrder> FineTuningOf(const AppState& state) {
  if (state.teaching.samples.size() < kLeastSamples) return std::nullopt;
  if (!state.shown || state.shown->schema == nullptr) return std::nullopt;
  const auto task = std::find_if(
      kLandmarkTasks.begin(), kLandmarkTasks.end(),
      [&](const LandmarkTask& known) { return known.schema == state.shown->schema->name; });
  if (task == kLandmarkTasks.end()) return std::nullopt;
  const Recipe recipe = RecipeOf(task->name, "fine-tune");
  TrainingOrder order;
  order.task = task->name;
  order.data = {state.teaching.folder.string()};
  order.options = recipe.train;
  order.options.init = ModelFile(state);
  order.augment = recipe.augment;
  order.compare_with = ModelFile(state);
  return order;
}

std::optional<Command> DrawTeachPanel(const AppState& state, TeachDraft& draft) {
  BeginItemsOf("Teach");
  std::optional<Command> command;
  if (draft.editor) {
    command = DrawCorrection(state, draft);
  } else {
    DrawCapture(state, draft);
  }
  if (!state.teaching.problem.empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().bad);
    Wrapped(state.teaching.problem);
    ImGui::PopStyleColor();
  }
  if (auto wanted = DrawSamples(state)) command = wanted;
  DrawTrainingError(state);
  if (auto wanted = DrawFineTuning(state)) command = wanted;
  if (auto wanted = DrawTrainingVerdict(state)) command = wanted;
  if (auto wanted = DrawTrainingProgress(state)) command = wanted;
  return command;
}

}  // namespace nosetip
