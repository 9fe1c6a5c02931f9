#include "training/report/precision_curves.h"

#include <algorithm>
#include <vector>

#include "tracker/core/error.h"
#include "training/report/plot.h"

namespace nosetip {
namespace {

Plot PlotOfCurves(const Measurement& measurement) {
  Plot plot{
      "Precision and recall, from an IoU of 0.5 on", "recall, %", "precision, %", {}, 90.0, 100.0};
  std::vector<const MeasuredSet*> known;
  for (const MeasuredSet& set : measurement.sets) {
    if (set.kind == SetKind::kLabeled || set.kind == SetKind::kScenes) known.push_back(&set);
  }
  for (const MeasuredSet* set : known) {
    for (size_t i = 0; i < set->records.size(); ++i) {
      PlotLine& line = plot.lines.emplace_back();
      line.label = measurement.detectors[i];
      if (known.size() > 1) line.label += ", " + set->name;
      for (const CurvePoint& point : PrecisionCurve(Judge(set->records[i].pictures))) {
        line.x.push_back(100.0 * point.recall);
        line.y.push_back(100.0 * point.precision);
      }
    }
  }
  return plot;
}

}  // namespace

Image DrawPrecisionCurves(const Measurement& measurement) {
  const Plot plot = PlotOfCurves(measurement);
  if (std::ranges::all_of(plot.lines, [](const PlotLine& line) { return line.x.empty(); })) {
    throw Error(
        "no curve for --picture: no face was found where every face is known; give --data "
        "with boxes, or --scenes");
  }
  return DrawPlot(plot);
}

}  // namespace nosetip
