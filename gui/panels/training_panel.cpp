#include "gui/panels/training_panel.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "gui/panels/training_progress.h"
#include "gui/panels/widgets.h"
#include "training/landmarks/recipes.h"

namespace nosetip {
namespace {

// The options follow task and recipe until they are edited.
void TakeOptionsOfRecipe(TrainingDraft& draft) {
  const std::string wanted = draft.task + " " + draft.recipe;
  if (draft.options_of == wanted) return;
  draft.options_of = wanted;
  draft.options = RecipeOf(draft.task, draft.recipe).train;
}

void EditTask(TrainingDraft& draft) {
  std::vector<std::string> tasks;
  for (const LandmarkTask& task : kLandmarkTasks) tasks.emplace_back(task.name);
  const int task = Combo("Model to train", draft.task, tasks, "Which points it finds");
  if (task >= 0) draft.task = tasks[static_cast<size_t>(task)];
  const std::vector<std::string> recipes = RecipeNames();
  const int recipe = Combo("Recipe", draft.recipe, recipes,
                           "best: the most accurate known here; original: as it was first set; "
                           "fine-tune: the model in use, for a few faces of one person");
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
    if (Button("x", "Leave it out")) removed = path;
    ImGui::SameLine();
    ImGui::TextUnformatted(name.empty() ? path.c_str() : name.c_str());
    NoteItem("Data " + name);
    Tooltip(path);
    ImGui::PopID();
  }
  std::erase(draft.data, removed);
  ImGui::SetNextItemWidth(-6.5F * ImGui::GetFontSize());
  if (TextField("##data", draft.typed,
                "A folder of pictures with .pts or .asf, a dlib XML, a keypoint CSV or a pack "
                "(.ntp), then Enter")) {
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

// Weights fit into a network of the same kind for the same points.
bool CanStartFromModelInUse(const TrainingDraft& draft, const AppState& state) {
  const StoredModel* model = ModelInUse(state);
  if (model == nullptr || !model->info) return false;
  const auto is_task = [&](const LandmarkTask& task) { return task.name == draft.task; };
  const auto task = std::find_if(kLandmarkTasks.begin(), kLandmarkTasks.end(), is_task);
  return task != kLandmarkTasks.end() && task->schema == model->info->schema &&
         (draft.options.like_init || draft.options.architecture == model->info->architecture);
}

void EditTrainingOptions(const AppState& state, TrainingDraft& draft) {
  Heading("How");
  constexpr std::array<std::string_view, 5> kShown = {"epochs", "batch", "learning-rate", "device",
                                                      "validation-percent"};
  EditOptions(draft.options, kShown);
  if (draft.options.like_init) {
    Dim(CanStartFromModelInUse(draft, state)
            ? "From the weights in use."
            : "The model in use has other points: choose one of these under Tracker first.");
  } else if (CanStartFromModelInUse(draft, state)) {
    Checkbox("Start from the weights in use", draft.from_weights_in_use,
             "Else from scratch, which takes many more epochs");
  } else {
    Dim("From scratch: the model in use is another network or has other points.");
  }
}

std::optional<Command> DrawSetup(const AppState& state, TrainingDraft& draft) {
  ImGui::PushItemWidth(0.5F * ImGui::GetContentRegionAvail().x);
  EditTask(draft);
  TakeOptionsOfRecipe(draft);
  std::optional<Command> command = EditData(state, draft);
  EditTrainingOptions(state, draft);
  ImGui::PopItemWidth();
  ImGui::Spacing();
  const bool lacks_start = draft.options.like_init && !CanStartFromModelInUse(draft, state);
  ImGui::BeginDisabled(draft.data.empty() || lacks_start);
  if (Button("Look at the data", "What is in it, what is wrong with it, and samples")) {
    command = InspectData{OrderOf(draft, state)};
  }
  ImGui::SameLine();
  if (PrimaryButton("Start training", "Beside the live view, at the lowest priority")) {
    command = StartTraining{OrderOf(draft, state)};
  }
  ImGui::EndDisabled();
  if (state.training_can_go_on) {
    ImGui::SameLine();
    if (Button("Go on with the last", "The training that was stopped")) command = ResumeTraining{};
  }
  if (draft.data.empty()) Dim("Choose data first.");
  return command;
}

void DrawData(const AppState& state) {
  const TrainingState& training = state.training;
  if (!training.data || training.data->empty()) return;
  Heading("What is in the data");
  for (const DataReport& report : *training.data) {
    Dim(report.path);
    Wrapped(report.text);
    constexpr size_t kMostProblems = 8;
    const size_t shown = std::min(kMostProblems, report.problems.size());
    for (size_t i = 0; i < shown; ++i) {
      ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().warning);
      Wrapped(report.problems[i].kind + ": " + report.problems[i].what);
      ImGui::PopStyleColor();
    }
    if (shown < report.problems.size()) {
      Dim("and " + std::to_string(report.problems.size() - shown) +
          " more; nosetip-train inspect lists all");
    }
  }
  if (training.samples) DrawShownFaces(state, *training.samples, 8);
  if (training.augmented) {
    Dim("The same as they are changed in training");
    DrawShownFaces(state, *training.augmented, 8);
  }
}

}  // namespace

TrainingOrder OrderOf(const TrainingDraft& draft, const AppState& state) {
  TrainingOrder order;
  order.task = draft.task;
  order.data = draft.data;
  order.options = draft.options;
  order.augment = RecipeOf(draft.task, draft.recipe).augment;
  const bool from_model_in_use = (draft.from_weights_in_use || draft.options.like_init) &&
                                 CanStartFromModelInUse(draft, state);
  if (from_model_in_use) order.options.init = ModelFile(state);
  order.compare_with = ModelFile(state);
  return order;
}

std::optional<Command> DrawTrainingPanel(const AppState& state, TrainingDraft& draft) {
  BeginItemsOf("Training");
  std::optional<Command> command;
  DrawTrainingError(state);
  // What waits for a word from the user comes first.
  const bool is_judged = state.training_is_judged;
  if (!is_judged) command = DrawTrainingVerdict(state);
  if (!IsBusy(state.training)) {
    if (auto wanted = DrawSetup(state, draft)) command = wanted;
  }
  if (is_judged) {
    if (auto wanted = DrawTrainingVerdict(state)) command = wanted;
  }
  if (auto wanted = DrawTrainingProgress(state)) command = wanted;
  DrawData(state);
  return command;
}

}  // namespace nosetip
