#include "bench/compare/speed_table.h"

#include <algorithm>
#include <functional>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

using Json = nlohmann::ordered_json;

constexpr SizePx kCommonSize = {640, 480};

Json ToJson(const SpeedFigures& figures) {
  return {{"frames", figures.frames},
          {"frames_per_s", RoundedTo(figures.frames_per_s, 3)},
          {"p50_ms", RoundedTo(figures.p50_ms, 4)},
          {"p99_ms", RoundedTo(figures.p99_ms, 4)},
          {"cpu_s_per_frame", RoundedTo(figures.cpu_s_per_frame, 6)},
          {"peak_mb", RoundedTo(figures.peak_mb, 1)},
          {"found", RoundedTo(figures.found, 3)},
          {"how", figures.how}};
}

std::string SizeText(SizePx size) { return fmt::format("{}x{}", size.width, size.height); }

std::string TimesDlib(const SpeedComparison& comparison, const SpeedRow& row) {
  const auto dlib = std::ranges::find_if(comparison.rows, [&](const SpeedRow& other) {
    return other.program == kDlibName && other.frame_px == row.frame_px &&
           other.faces == row.faces && other.figures.frames_per_s > 0.0;
  });
  if (dlib == comparison.rows.end()) return "-";
  return fmt::format("{:.2f}", row.figures.frames_per_s / dlib->figures.frames_per_s);
}

std::string TableRow(const SpeedComparison& comparison, const SpeedRow& row) {
  const SpeedFigures& f = row.figures;
  return fmt::format(
      "| {} | {} | {} | {:.2f} | {:.1f} | {} | {:.2f} | {:.2f} | {:.4f} | {:.0f} |\n",
      SizeText(row.frame_px), row.faces, row.program, f.found, f.frames_per_s,
      TimesDlib(comparison, row), f.p50_ms, f.p99_ms, f.cpu_s_per_frame, f.peak_mb);
}

std::vector<std::string> Programs(const SpeedComparison& comparison) {
  std::vector<std::string> names;
  for (const SpeedRow& row : comparison.rows) {
    if (std::ranges::find(names, row.program) == names.end()) names.push_back(row.program);
  }
  return names;
}

std::vector<PlotLine> LinesOf(const SpeedComparison& comparison,
                              const std::function<bool(const SpeedRow&)>& is_shown,
                              const std::function<double(const SpeedRow&)>& x_of) {
  std::vector<PlotLine> lines;
  for (const std::string& program : Programs(comparison)) {
    const size_t prefix = program.starts_with(kNosetipPrefix) ? kNosetipPrefix.size() : 0;
    PlotLine line{program.substr(prefix), {}, {}};
    for (const SpeedRow& row : comparison.rows) {
      if (row.program != program || !is_shown(row)) continue;
      line.x.push_back(x_of(row));
      line.y.push_back(row.figures.p50_ms);
    }
    if (!line.x.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::string SpeedFiguresJson(const SpeedFigures& figures) {
  return JsonText(ToJson(figures)) + '\n';
}

SpeedFigures ParseSpeedFigures(std::string_view json) {
  try {
    const nlohmann::json object = ParseJson(json);
    return {object.at("frames"),          object.at("frames_per_s"),
            object.at("p50_ms"),          object.at("p99_ms"),
            object.at("cpu_s_per_frame"), object.at("peak_mb"),
            object.at("found"),           object.at("how")};
  } catch (const std::exception& error) {
    throw Error(fmt::format("a measuring process printed no figures ({})", FirstLine(error)));
  }
}

std::string SpeedText(const SpeedComparison& comparison) {
  const Environment& e = comparison.environment;
  std::string text = fmt::format(
      "{}, {} cores; Nosetip {} ({}, {}), LibTorch {}, OpenCV {}, dlib {}; GPU: {}\n{}",
      e.processor, e.cores, e.nosetip_version, e.build_type, e.compiler, e.libtorch_version,
      e.opencv_version, comparison.dlib_version, comparison.gpu, comparison.source);
  if (!comparison.rows.empty()) {
    text += fmt::format(": {} frames per row after {} to warm up",
                        comparison.rows.front().figures.frames, comparison.warm_up_frames);
  }
  text += "\n\n";
  for (const std::string& program : Programs(comparison)) {
    const auto row = std::ranges::find(comparison.rows, program, &SpeedRow::program);
    text += fmt::format("- {}: {}\n", program, row->figures.how);
  }
  text +=
      "\n| frame | faces | program | found | frames/s | x dlib | p50 ms | p99 ms | CPU s/frame "
      "| peak MB |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const SpeedRow& row : comparison.rows) text += TableRow(comparison, row);
  return text;
}

std::string SpeedJson(const SpeedComparison& comparison) {
  const Environment& e = comparison.environment;
  Json object;
  object["machine"] = {{"processor", e.processor}, {"cores", e.cores}};
  object["versions"] = {{"nosetip", e.nosetip_version}, {"libtorch", e.libtorch_version},
                        {"opencv", e.opencv_version},   {"dlib", comparison.dlib_version},
                        {"compiler", e.compiler},       {"build_type", e.build_type}};
  object["gpu"] = comparison.gpu;
  object["source"] = comparison.source;
  object["warm_up_frames"] = comparison.warm_up_frames;
  object["rows"] = Json::array();
  for (const SpeedRow& row : comparison.rows) {
    Json json = {{"frame_width_px", row.frame_px.width},
                 {"frame_height_px", row.frame_px.height},
                 {"faces", row.faces},
                 {"program", row.program}};
    json.update(ToJson(row.figures));
    object["rows"].push_back(std::move(json));
  }
  return JsonText(object, 1) + '\n';
}

Plot CostByFaces(const SpeedComparison& comparison) {
  Plot plot;
  plot.title = "Time per frame by the number of faces, " + SizeText(kCommonSize);
  plot.x_label = "faces";
  plot.y_label = "ms (median)";
  plot.whole_x = true;
  plot.lines = LinesOf(
      comparison, [](const SpeedRow& row) { return row.frame_px == kCommonSize; },
      [](const SpeedRow& row) { return static_cast<double>(row.faces); });
  return plot;
}

Plot CostBySize(const SpeedComparison& comparison) {
  Plot plot;
  plot.title = "Time per frame by its size, one face";
  plot.x_label = "megapixels";
  plot.y_label = "ms (median)";
  plot.lines = LinesOf(
      comparison, [](const SpeedRow& row) { return row.faces == 1; },
      [](const SpeedRow& row) { return 1e-6 * static_cast<double>(row.frame_px.Area()); });
  return plot;
}

}  // namespace nosetip
