#include <string>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

const char* VerdictText(Verdict verdict) {
  switch (verdict) {
    case Verdict::kNoComparison:
      return "No older model to compare with";
    case Verdict::kBetter:
      return "The new model is better";
    case Verdict::kUnclear:
      return "No significant difference";
    case Verdict::kWorse:
      return "The new model is worse";
  }
  return "";
}

void ResultRow(const char* name, const MeasuredModel* old_model, const MeasuredModel& new_model,
               double AccuracySummary::*member) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(name);
  ImGui::TableNextColumn();
  const std::string old_value = old_model ? fmt::format("{:.3f}", old_model->summary.*member) : "-";
  ImGui::TextUnformatted(old_value.c_str());
  ImGui::TableNextColumn();
  ImGui::Text("%.3f", new_model.summary.*member);
}

void DrawComparison(const ModelComparison& comparison) {
  const MeasuredModel* old_model = comparison.old_model ? &*comparison.old_model : nullptr;
  if (ImGui::BeginTable("comparison", 3, ImGuiTableFlags_BordersInnerH)) {
    ImGui::TableSetupColumn(("% of " + comparison.unit).c_str(), ImGuiTableColumnFlags_WidthStretch,
                            2.2F);
    ImGui::TableSetupColumn("In use");
    ImGui::TableSetupColumn("New");
    ImGui::TableHeadersRow();
    ResultRow("Mean error", old_model, comparison.new_model, &AccuracySummary::nme_mean);
    ResultRow("Median error", old_model, comparison.new_model, &AccuracySummary::nme_median);
    ResultRow("Faces over 8 %", old_model, comparison.new_model, &AccuracySummary::failure_rate);
    ImGui::EndTable();
  }
  const Verdict verdict = VerdictOf(comparison);
  const Palette& palette = CurrentPalette();
  Wrapped(VerdictText(verdict), verdict == Verdict::kBetter  ? palette.good
                                : verdict == Verdict::kWorse ? palette.bad
                                                             : palette.warning);
  if (!comparison.remark.empty()) Dim(comparison.remark);
}

}  // namespace

std::optional<Command> DrawTrainingResult(const AppState& state) {
  const TrainingState& training = state.training;
  std::optional<Command> command;
  const bool has_model = training.result && training.result->epochs > 0;
  if (IsBusy(training) || !has_model) return command;
  Heading("Result");
  if (training.comparison) DrawComparison(*training.comparison);
  if (!state.model_is_decided) {
    const bool worse = training.comparison && VerdictOf(*training.comparison) == Verdict::kWorse;
    const auto button = worse ? Button : PrimaryButton;
    if (button("Use new model", "Switch the live view to the new model; the old one is kept")) {
      command = DecideOnModel{DecideOnModel::kUse};
    }
    ImGui::SameLine();
    if (Button("Keep both", "Save the new model but keep using the old one")) {
      command = DecideOnModel{DecideOnModel::kKeep};
    }
    ImGui::SameLine();
    if (Button("Discard", "Do not save the new model; its training folder stays on disk")) {
      command = DecideOnModel{DecideOnModel::kDiscard};
    }
  } else if (state.can_revert) {
    if (Button("Revert to previous model", "Switch the live view back to the model used before")) {
      command = RevertModel{};
    }
  }
  return command;
}

}  // namespace nosetip
