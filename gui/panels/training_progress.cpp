#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"
#include "tracker/vision/overlay.h"

namespace nosetip {
namespace {

std::string TimeLeftText(double seconds) {
  if (seconds < 90.0) return fmt::format("{:.0f} s left", seconds);
  if (seconds < 5400.0) return fmt::format("{:.0f} min left", seconds / 60.0);
  return fmt::format("{:.1f} h left", seconds / 3600.0);
}

std::string StageText(const TrainingState& training) {
  switch (training.stage) {
    case TrainingStage::kIdle:
      return "";
    case TrainingStage::kReading:
      return "Reading data" + (training.work.what.empty() ? "" : ": " + training.work.what);
    case TrainingStage::kInspected:
      return "Data inspected";
    case TrainingStage::kTraining:
      return fmt::format("Epoch {} of {}", std::max(1, training.step.epoch), training.epochs);
    case TrainingStage::kMeasuring:
      return "Measuring: " + training.work.what;
    case TrainingStage::kDone:
      return "Done";
    case TrainingStage::kStopped:
      return "Stopped, can be resumed";
    case TrainingStage::kFailed:
      return "Failed";
  }
  return "";
}

// For the item map; does not change with the wording of the panel.
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

struct Curve {
  std::string name;
  ImU32 color = 0;
  std::vector<float> values;  // one per epoch, from epoch 1 on; gaps are NaN
};

struct Range {
  float low = std::numeric_limits<float>::max();
  float high = std::numeric_limits<float>::lowest();

  bool IsEmpty() const { return low > high; }
};

Range RangeOf(std::span<const Curve> curves) {
  Range range;
  for (const Curve& curve : curves) {
    for (const float value : curve.values) {
      if (!std::isfinite(value)) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  return range;
}

// Maps a value to its height, 0 to 1.
class Axis {
 public:
  explicit Axis(const Range& range)
      : is_log_(range.low > 0.0F && range.high > 5.0F * range.low),
        low_(At(range.low)),
        span_(std::max(1e-6F, At(range.high) - low_)) {}

  float HeightOf(float value) const { return (At(value) - low_) / span_; }

 private:
  float At(float value) const { return is_log_ ? std::log(value) : value; }

  bool is_log_;
  float low_;
  float span_;
};

void DrawCurve(ImDrawList& list, const Curve& curve, const Axis& axis, const RectF& area,
               int epochs) {
  const float step = area.width / static_cast<float>(std::max(1, epochs - 1));
  std::vector<ImVec2> line;
  for (size_t i = 0; i < curve.values.size(); ++i) {
    if (!std::isfinite(curve.values[i])) continue;
    line.push_back({area.x + step * static_cast<float>(i),
                    area.y + area.height * (1.0F - axis.HeightOf(curve.values[i]))});
  }
  if (line.size() == 1) {
    list.AddCircleFilled(line[0], 2.5F, curve.color);
  } else {
    list.AddPolyline(line.data(), static_cast<int>(line.size()), curve.color, ImDrawFlags_None,
                     1.8F);
  }
}

std::string ValueText(float value) { return fmt::format("{:.3g}", value); }

void DrawLegend(std::span<const Curve> curves) {
  for (size_t i = 0; i < curves.size(); ++i) {
    if (i > 0) ImGui::SameLine();
    const Curve& curve = curves[i];
    const std::string latest = curve.values.empty() ? "" : ValueText(curve.values.back());
    const std::string text = fmt::format("{} {}", curve.name, latest);
    ImGui::TextColored(ImGui::ColorConvertU32ToFloat4(curve.color), "%s", text.c_str());
  }
}

// Fills the available width, with a legend and the range of values. The axis is logarithmic where
// all values are above 0 and the largest is more than five times the smallest.
void DrawCurves(const char* label, std::span<const Curve> curves, int epochs) {
  DrawLegend(curves);
  const float unit = ImGui::GetFontSize();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{ImGui::GetContentRegionAvail().x, 6.5F * unit};
  ImGui::Dummy(size);
  NoteItem(label);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  FillRect(list, {at.x, at.y, size.x, size.y}, ImGui::GetColorU32(ImGuiCol_FrameBg), 4.0F);
  const Range range = RangeOf(curves);
  if (range.IsEmpty()) return;
  const float pad = 0.5F * unit;
  const float text = ImGui::CalcTextSize("0.00000").x;
  const RectF area{at.x + text + pad, at.y + pad, size.x - text - 2.0F * pad, size.y - 2.0F * pad};
  const ImU32 dim = ImGui::GetColorU32(CurrentPalette().dim);
  list.AddText({at.x + pad, area.y - 0.2F * unit}, dim, ValueText(range.high).c_str());
  list.AddText({at.x + pad, area.y + area.height - unit}, dim, ValueText(range.low).c_str());
  const Axis axis(range);
  for (const Curve& curve : curves) DrawCurve(list, curve, axis, area, epochs);
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
  if (Button(training.paused ? "Resume##training" : "Pause##training",
             "Pauses at once and frees the processor")) {
    command = PauseTraining{!training.paused};
  }
  ImGui::EndDisabled();
  ImGui::SameLine();
  ImGui::BeginDisabled(training.stopping);
  if (Button("Stop", "Stops within one step; can be resumed later")) command = StopTraining{};
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
    const float radius = 1.6F * std::sqrt(PointScale(points.size()));
    for (const Point2f& p : points) {
      list.AddCircleFilled({at.x + scale * (p.x + 0.5F), at.y + scale * (p.y + 0.5F)}, radius,
                           ImGui::GetColorU32(color), 8);
    }
  };
  dots(face.truth_px, PaletteOf("dark").good);
  dots(face.predicted_px, PaletteOf("dark").warning);
}

}  // namespace

void DrawShownFaces(const AppState& state, const ShownFaces& shown, size_t max_faces) {
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = 4.0F;
  const float min_width = 5.6F * ImGui::GetFontSize();
  const int columns = std::max(1, static_cast<int>((room + gap) / (min_width + gap)));
  const float width = (room - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
  for (size_t i = 0; i < std::min(max_faces, shown.faces.size()); ++i) {
    if (i % static_cast<size_t>(columns) != 0) ImGui::SameLine();
    DrawFace(state, shown.faces[i], width);
  }
  ImGui::PopStyleVar();
}

void DrawTrainingError(const AppState& state) {
  Problem(state.training.error);
  if (!state.training.error.empty()) NotePlace("Error", {});
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
    NotePlace(fmt::format("Epochs {}", training.history->size()), {});
  }
  if (training.validation && !training.validation->faces.empty()) {
    Dim("Held-out faces: ground truth green, predictions amber, largest errors last");
    DrawShownFaces(state, *training.validation, 12);
  }
  return command;
}

}  // namespace nosetip
