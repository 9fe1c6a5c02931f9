#include "gui/panels/training_progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "gui/panels/loss_plot.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

std::string Text(const char* format, double value) {
  char text[48];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string TimeLeftText(double seconds) {
  if (seconds < 90.0) return Text("%.0f s left", seconds);
  if (seconds < 5400.0) return Text("%.0f min left", seconds / 60.0);
  return Text("%.1f h left", seconds / 3600.0);
}

std::string StageText(const TrainingState& training) {
  switch (training.stage) {
    case TrainingStage::kIdle:
      return "";
    case TrainingStage::kReading:
      return "Looking at the data" + (training.work.what.empty() ? "" : ": " + training.work.what);
    case TrainingStage::kInspected:
      return "The data were looked at";
    case TrainingStage::kTraining:
      return "Epoch " + std::to_string(std::max(1, training.step.epoch)) + " of " +
             std::to_string(training.epochs);
    case TrainingStage::kMeasuring:
      return "Measuring: " + training.work.what;
    case TrainingStage::kDone:
      return "Done";
    case TrainingStage::kStopped:
      return "Stopped; it can go on later";
    case TrainingStage::kFailed:
      return "Failed";
  }
  return "";
}

// For the item map, so that what drives the app can tell how far it is.
const char* StageName(TrainingStage stage) {
  switch (stage) {
    case TrainingStage::kIdle:
      return "idle";
    case TrainingStage::kReading:
      return "reading";
    case TrainingStage::kInspected:
      return "inspected";
    case TrainingStage::kTraining:
      return "training";
    case TrainingStage::kMeasuring:
      return "measuring";
    case TrainingStage::kDone:
      return "done";
    case TrainingStage::kStopped:
      return "stopped";
    case TrainingStage::kFailed:
      return "failed";
  }
  return "";
}

float ShareOf(const TrainingState& training) {
  if (training.stage == TrainingStage::kTraining) {
    return static_cast<float>(DoneShare(training.step, training.epochs));
  }
  const WorkProgress& work = training.work;
  if (work.total == 0) return 0.0F;
  return static_cast<float>(work.done) / static_cast<float>(work.total);
}

std::vector<Curve> LossCurves(const std::vector<EpochStats>& history) {
  std::vector<Curve> curves = {
      {"training loss", ImGui::GetColorU32(CurrentPalette().dim), {}},
      {"validation loss", ImGui::GetColorU32(CurrentPalette().accent), {}}};
  for (const EpochStats& epoch : history) {
    curves[0].values.push_back(static_cast<float>(epoch.train_loss));
    curves[1].values.push_back(static_cast<float>(epoch.validation_loss));
  }
  return curves;
}

std::vector<Curve> ErrorCurves(const std::vector<EpochStats>& history) {
  std::vector<Curve> curves = {
      {"validation error", ImGui::GetColorU32(CurrentPalette().warning), {}}};
  for (const EpochStats& epoch : history) {
    curves[0].values.push_back(static_cast<float>(ValidationError(epoch)));
  }
  return curves;
}

std::optional<Command> DrawButtons(const TrainingState& training) {
  std::optional<Command> command;
  const bool can_pause = training.stage == TrainingStage::kTraining && !training.stopping;
  ImGui::BeginDisabled(!can_pause);
  if (Button(training.paused ? "Go on##training" : "Pause##training",
             "Stands still at once, and gives its part of the machine back")) {
    command = PauseTraining{!training.paused};
  }
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::BeginDisabled(training.stopping);
  if (Button("Stop", "Within a step; it can go on later")) command = StopTraining{};
  ImGui::EndDisabled();
  return command;
}

void DrawFace(const AppState& state, const ShownFace& face, float width) {
  const float height = width * static_cast<float>(face.picture.height_px) /
                       static_cast<float>(std::max(1, face.picture.width_px));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({width, height});
  Tooltip(face.caption);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto found = state.training_pictures.find(&face.picture);
  if (found != state.training_pictures.end() && found->second.texture != nullptr) {
    list.AddImage(found->second.texture, at, {at.x + width, at.y + height});
  }
  const float scale = width / static_cast<float>(std::max(1, face.picture.width_px));
  const auto dots = [&](const std::vector<Point2f>& points, const ImVec4& color) {
    for (const Point2f& p : points) {
      list.AddCircleFilled({at.x + scale * (p.x + 0.5F), at.y + scale * (p.y + 0.5F)}, 1.6F,
                           ImGui::GetColorU32(color), 8);
    }
  };
  dots(face.truth_px, PaletteOf("dark").good);
  dots(face.predicted_px, PaletteOf("dark").warning);
}

}  // namespace

void DrawShownFaces(const AppState& state, const ShownFaces& shown, size_t most) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = 4.0F;
  const float least = 5.6F * ImGui::GetFontSize();
  const int columns = std::max(1, static_cast<int>((room + gap) / (least + gap)));
  const float width = (room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
  for (size_t i = 0; i < std::min(most, shown.faces.size()); ++i) {
    if (i % static_cast<size_t>(columns) != 0) ImGui::SameLine();
    DrawFace(state, shown.faces[i], width);
  }
  ImGui::PopStyleVar();
}

void DrawTrainingError(const AppState& state) {
  if (state.training.error.empty()) return;
  ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().bad);
  Wrapped(state.training.error);
  ImGui::PopStyleColor();
  NotePlace("Error", {});
}

std::optional<Command> DrawTrainingProgress(const AppState& state) {
  const TrainingState& training = state.training;
  std::optional<Command> command;
  if (training.stage == TrainingStage::kIdle) return command;
  Heading("Progress");
  std::string text = StageText(training);
  if (training.paused) text += ", paused";
  if (training.stopping) text += ", stopping";
  Wrapped(text);
  NotePlace(std::string("Stage ") + StageName(training.stage), {});
  if (IsBusy(training)) {
    const std::string left = training.seconds_left ? TimeLeftText(*training.seconds_left) : "";
    ImGui::ProgressBar(ShareOf(training), {-1.0F, 0.0F}, left.c_str());
    command = DrawButtons(training);
  }
  if (!training.remark.empty()) Dim(training.remark);
  if (training.history && !training.history->empty()) {
    DrawCurves("Losses", LossCurves(*training.history), training.epochs);
    DrawCurves("Error", ErrorCurves(*training.history), training.epochs);
    NotePlace("Epochs " + std::to_string(training.history->size()), {});
  }
  if (training.validation && !training.validation->faces.empty()) {
    Dim("Held-out faces: truth green, answers amber, worst last");
    DrawShownFaces(state, *training.validation, 12);
  }
  return command;
}

namespace {

const char* VerdictText(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNoComparison:
      return "There is no older model to compare it with.";
    case Verdict::kBetter:
      return "The new model is better.";
    case Verdict::kUnclear:
      return "The difference may be chance.";
    case Verdict::kWorse:
      return "The new model is worse.";
  }
  return "";
}

void ResultRow(const char* name, const MeasuredModel* old_model, const MeasuredModel& new_model,
               double AccuracySummary::*member) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(name);
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(old_model ? Text("%.3f", old_model->summary.*member).c_str() : "-");
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(Text("%.3f", new_model.summary.*member).c_str());
}

void DrawComparison(const ModelComparison& comparison) {
  const MeasuredModel* old_model = comparison.old_model ? &*comparison.old_model : nullptr;
  if (ImGui::BeginTable("comparison", 3, ImGuiTableFlags_BordersInnerH)) {
    ImGui::TableSetupColumn(("% of " + comparison.unit).c_str(), ImGuiTableColumnFlags_WidthStretch,
                            2.2F);
    ImGui::TableSetupColumn("in use");
    ImGui::TableSetupColumn("new");
    ImGui::TableHeadersRow();
    ResultRow("mean error", old_model, comparison.new_model, &AccuracySummary::nme_mean);
    ResultRow("median", old_model, comparison.new_model, &AccuracySummary::nme_median);
    ResultRow("over 8 %", old_model, comparison.new_model, &AccuracySummary::failure_rate);
    ImGui::EndTable();
  }
  const Verdict verdict = VerdictOf(comparison);
  const Palette& palette = CurrentPalette();
  ImGui::PushStyleColor(ImGuiCol_Text, verdict == Verdict::kBetter  ? palette.good
                                       : verdict == Verdict::kWorse ? palette.bad
                                                                    : palette.warning);
  Wrapped(VerdictText(verdict));
  ImGui::PopStyleColor();
  if (!comparison.remark.empty()) Dim(comparison.remark);
}

}  // namespace

std::optional<Command> DrawTrainingVerdict(const AppState& state) {
  const TrainingState& training = state.training;
  std::optional<Command> command;
  const bool has_model = training.result && training.result->epochs > 0;
  if (IsBusy(training) || !has_model) return command;
  Heading("What came of it");
  if (training.comparison) DrawComparison(*training.comparison);
  if (!state.training_is_judged) {
    const bool worse = training.comparison && VerdictOf(*training.comparison) == Verdict::kWorse;
    const char* use = "Use it";
    const char* help = "The live view goes on with the new model; the other is kept";
    if (worse ? Button(use, help) : PrimaryButton(use, help))
      command = JudgeModel{JudgeModel::kUse};
    ImGui::SameLine();
    if (Button("Keep both", "Keeps the new one among the models, and goes on with the other")) {
      command = JudgeModel{JudgeModel::kKeep};
    }
    ImGui::SameLine();
    if (Button("Discard", "Does not keep it; its run stays on the disk"))
      command = JudgeModel{JudgeModel::kDiscard};
  } else if (state.can_go_back) {
    if (Button("Back to the model before", "The live view goes on with the model used before"))
      command = GoBackToModel{};
  }
  return command;
}

}  // namespace nosetip
