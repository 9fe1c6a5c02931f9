#include "training/report/network_sections.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "training/report/filter_sheet.h"
#include "training/report/job_views.h"
#include "training/report/network_views.h"

namespace nosetip {
namespace {

// The held-out face with the smallest error, as the network gets it.
Image FaceForFilters(const TrainJob& job, const Evaluation& evaluation) {
  const auto best = std::ranges::min_element(
      evaluation.faces, {}, [](const MeasuredFace& face) { return face.nme.value_or(100.0); });
  const PackedFace face = FacesOf(job, Side::kValidation).at(best->index);
  return ViewsOf(job, {face}, RequestOf(job, AugmentOptions::None())).front().picture;
}

ReportSection FirstLayerSection(const FinishedTraining& training, const Image& input) {
  ReportSection section{"What the first layer has learned", {}, "", {}, {}};
  const auto views = FirstLayerViews(training.report.model, input);
  if (!views) {
    section.paragraphs = {
        "The first layer is not a convolution of a gray picture and has no filters to show."};
    return section;
  }
  const FloatPlane& first = views->filters.front();
  const std::string filters = fmt::format("{} filters of {} x {} weights", views->filters.size(),
                                          first.width_px, first.height_px);
  const bool many = views->filters.size() > 32;
  section.pictures = {
      {"filters.png",
       DrawFilterSheet(views->filters,
                       {"Filters of the first layer", many ? 11 : 7, true, Image()}),
       filters + " as gray tiles",
       fmt::format("The {}, each scaled to the range in its label: middle gray is zero, black and "
                   "white are equally far from it.",
                   filters)},
      {"responses.png",
       DrawFilterSheet(views->responses, {"Responses after " + views->response_of, many ? 8 : 6,
                                          !views->after_relu, input}),
       "The responses of the filters to a face, as gray tiles",
       fmt::format("Their responses to the face with the smallest error, after {}. Each is scaled "
                   "to its own range: {} is zero, white the value in its label.",
                   views->response_of, views->after_relu ? "black" : "middle gray")}};
  return section;
}

ReportPicture KernelPicture(const LaterLayer& layer) {
  const FloatPlane& first = layer.filters.front().front();
  return {
      "filters_" + layer.name + ".png", DrawKernelSheet(layer.filters, "Filters of " + layer.name),
      fmt::format("Filters of {}, a row of gray tiles for each", layer.name),
      fmt::format("The filters of {}: one per row, with {} x {} weights for each channel of the "
                  "layer before. Middle gray is zero, black and white are equally far from it.",
                  layer.name, first.width_px, first.height_px)};
}

std::string CaptionOf(const LaterLayer& layer) {
  if (layer.name == "maps") {
    return "Where the network looks for each landmark, numbered from 0: the weight of each cell of "
           "its score map. The cells cover 1.2 times the input's side.";
  }
  const std::string which =
      layer.responses.size() == layer.channels
          ? "The responses"
          : fmt::format("The {} strongest of {} responses", layer.responses.size(), layer.channels);
  return fmt::format(
      "{} of {} to the same face, after {}. Black is zero, white the value in the "
      "label.",
      which, layer.name, layer.after);
}

ReportPicture ResponsePicture(const LaterLayer& layer, const Image& input) {
  const bool maps = layer.name == "maps";
  const std::string title = maps ? "Score maps" : "Responses of " + layer.name;
  FilterSheet sheet{title, layer.responses.size() > 32 ? 10 : 8, false, input, layer.numbers};
  return {maps ? "score_maps.png" : "responses_" + layer.name + ".png",
          DrawFilterSheet(layer.responses, sheet), title + " to a face, as gray tiles",
          CaptionOf(layer)};
}

ReportSection LaterLayersSection(const FinishedTraining& training, const Image& input) {
  ReportSection section{"What later layers have learned", {}, "", {}, {}};
  for (const LaterLayer& layer : LaterLayersOf(training.report.model, input)) {
    if (!layer.filters.empty()) section.pictures.push_back(KernelPicture(layer));
    section.pictures.push_back(ResponsePicture(layer, input));
  }
  return section;
}

// With a comma after each thousand.
std::string CountText(int64_t count) {
  std::string text = std::to_string(count);
  for (auto at = static_cast<int64_t>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<size_t>(at), ",");
  }
  return text;
}

ReportSection LayersSection(const FinishedTraining& training) {
  ReportTable table{"Layers", {"layer", "what it is", "output", "parameters"}, {}};
  int64_t total = 0;
  for (const LayerRow& layer : LayersOf(training.report.model)) {
    table.rows.push_back({layer.name, layer.kind, layer.output,
                          layer.parameters > 0 ? CountText(layer.parameters) : "-"});
    total += layer.parameters;
  }
  table.rows.push_back({"all", "", "", CountText(total)});
  return {"The network, layer by layer",
          {"Outputs are for one picture: channels, height, width. A residual block has two 3×3 "
           "convolutions, each with batch normalization, and adds its input to what they give."},
          "",
          {},
          {std::move(table)}};
}

}  // namespace

std::vector<ReportSection> NetworkSections(const FinishedTraining& training,
                                           const Evaluation& evaluation) {
  const Image input = FaceForFilters(training.job, evaluation);
  return {FirstLayerSection(training, input), LaterLayersSection(training, input),
          LayersSection(training)};
}

}  // namespace nosetip
