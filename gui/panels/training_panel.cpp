#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"
#include "training/landmarks/recipes.h"

namespace nosetip {
namespace {

void EditTask(TrainingDraft& draft) {
  std::vector<std::string> tasks;
  for (const LandmarkTask& task : kLandmarkTasks) tasks.emplace_back(task.name);
  const int task = Combo("Model to train", draft.task, tasks, "The points that the model finds");
  if (task >= 0) draft.task = tasks[static_cast<size_t>(task)];
  const std::vector<std::string> recipes = RecipeNames();
  const int recipe =
      Combo("Recipe", draft.recipe, recipes,
            "best: most accurate; original: the first version; fine-tune: adapts the "
            "model in use to a few faces of one person");
  if (recipe >= 0) draft.recipe = recipes[static_cast<size_t>(recipe)];
}

void AddData(TrainingDraft& draft, const std::string& path) {
  if (path.empty() || std::find(draft.data.begin(), draft.data.end(), path) != draft.data.end()) {
    return;
  }
  draft.data.push_back(path);
}

std::optional<Command> EditData(const AppState& state, TrainingDraft& draft) {
  std::optional<Command> command;
  Heading("Data");
  std::string removed;
  for (const std::string& path : draft.data) {
    ImGui::PushID(path.c_str());
    const std::string name = std::filesystem::path(path).filename().string();
    if (Button("x", "Remove from the list")) removed = path;
    ImGui::SameLine();
    ImGui::TextUnformatted(name.empty() ? path.c_str() : name.c_str());
    NoteItem("Data " + name);
    Tooltip(path);
    ImGui::PopID();
  }
  std::erase(draft.data, removed);
  ImGui::SetNextItemWidth(-6.5F * ImGui::GetFontSize());
  if (TextField(
          "##data", draft.typed,
          "A folder of pictures with .pts or .asf files, a dlib XML, a keypoint CSV or a pack "
          "(.safetensors); press Enter to add it")) {
    AddData(draft, draft.typed);
    draft.typed.clear();
  }
  ImGui::SameLine();
  if (Button("Browse...##data")) command = BrowseFor{BrowseFor::What::kDataFolder};
  bool is_first = true;
  for (const std::string& path : state.settings.data_folders) {
    const bool chosen = std::find(draft.data.begin(), draft.data.end(), path) != draft.data.end();
    if (chosen) continue;
    if (!is_first) ImGui::SameLine();
    is_first = false;
    const std::string label = "+ " + std::filesystem::path(path).filename().string();
    ImGui::PushID(path.c_str());
    if (Button(label.c_str(), path)) AddData(draft, path);
    ImGui::PopID();
  }
  return command;
}

void EditTrainingOptions(const AppState& state, TrainingDraft& draft) {
  Heading("Settings");
  constexpr std::array<std::string_view, 5> kShown = {"epochs", "batch", "learning-rate", "device",
                                                      "validation-percent"};
  EditOptions(draft.options, kShown);
  if (draft.options.like_init) {
    Dim(CanStartFromModelInUse(draft, state)
            ? "Starts from the model in use"
            : "The model in use finds other points. Select a matching one under Tracker first");
  } else if (CanStartFromModelInUse(draft, state)) {
    Checkbox("Start from the model in use", draft.from_weights_in_use,
             "Otherwise from scratch, which takes many more epochs");
  } else {
    Dim("Starts from scratch: the model in use has another architecture or other points");
  }
}

std::optional<Command> DrawSetup(const AppState& state, TrainingDraft& draft) {
  ImGui::PushItemWidth(0.5F * ImGui::GetContentRegionAvail().x);
  EditTask(draft);
  UpdateOptions(draft);
  std::optional<Command> command = EditData(state, draft);
  EditTrainingOptions(state, draft);
  ImGui::PopItemWidth();
  ImGui::Spacing();
  const bool lacks_start = draft.options.like_init && !CanStartFromModelInUse(draft, state);
  ImGui::BeginDisabled(draft.data.empty() || lacks_start);
  if (Button("Inspect data", "Show contents, problems and samples of the data")) {
    command = InspectData{OrderOf(draft, state)};
  }
  ImGui::SameLine();
  if (PrimaryButton("Start training", "Runs in the background at the lowest priority")) {
    command = StartTraining{OrderOf(draft, state)};
  }
  ImGui::EndDisabled();
  if (state.can_resume_training) {
    ImGui::SameLine();
    if (Button("Resume last training", "Continue the training that was stopped"))
      command = ResumeTraining{};
  }
  if (draft.data.empty()) Dim("Add data first");
  return command;
}

void DrawDataReport(const AppState& state) {
  const TrainingState& training = state.training;
  if (!training.data || training.data->empty()) return;
  Heading("Data report");
  for (const DataReport& report : *training.data) {
    Dim(report.path);
    Wrapped(report.text);
    constexpr size_t kMaxProblems = 8;
    const size_t shown = std::min(kMaxProblems, report.problems.size());
    for (size_t i = 0; i < shown; ++i) {
      Wrapped(fmt::format("{}: {}", report.problems[i].kind, report.problems[i].what),
              CurrentPalette().warning);
    }
    if (shown < report.problems.size()) {
      Dim(fmt::format("{} more; nosetip-train inspect lists all", report.problems.size() - shown));
    }
  }
  if (training.samples) DrawShownFaces(state, *training.samples, 8);
  if (training.augmented) {
    Dim("The same faces with training augmentation");
    DrawShownFaces(state, *training.augmented, 8);
  }
}

}  // namespace

std::optional<Command> DrawTrainingPanel(const AppState& state, TrainingDraft& draft) {
  BeginItemsOf("Training");
  std::optional<Command> command;
  DrawTrainingError(state);
  // A result that needs a decision comes first.
  const bool is_decided = state.model_is_decided;
  if (!is_decided) command = DrawTrainingResult(state);
  if (!IsBusy(state.training)) {
    if (auto wanted = DrawSetup(state, draft)) command = wanted;
  }
  if (is_decided) {
    if (auto wanted = DrawTrainingResult(state)) command = wanted;
  }
  if (auto wanted = DrawTrainingProgress(state)) command = wanted;
  DrawDataReport(state);
  return command;
}

}  // namespace nosetip
