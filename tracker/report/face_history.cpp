#include "tracker/report/face_history.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>

#include "tracker/output/number_text.h"
#include "tracker/report/time_line.h"

namespace nosetip {
namespace {

constexpr double kMaxRows = 300.0;

std::string ValueText(size_t signal, double value) {
  return FixedText(value, std::min(SignalInfos()[signal].decimals, 2));
}

double MeanOf(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Sums of a row's frames: the signals, then the confidence.
struct RowSums {
  std::array<double, kSignals + 1> sums{};
  int frames = 0;

  void Add(const FaceHistory& face, size_t at) {
    for (size_t i = 0; i < kSignals; ++i) sums[i] += face.values[i][at];
    sums[kSignals] += face.confidence[at];
    ++frames;
  }
  std::vector<std::string> Cells(double from_s) const {
    std::vector<std::string> cells = {FixedText(from_s, 0)};
    for (size_t i = 0; i < sums.size(); ++i) {
      cells.push_back(FixedText(sums[i] / frames, 2));
    }
    return cells;
  }
};

}  // namespace

void FaceHistory::Add(int64_t frame_id, double pts_s, const FaceSignals& signals) {
  time_s.push_back(pts_s);
  frame.push_back(frame_id);
  float sum = 0.0F;
  for (size_t i = 0; i < kSignals; ++i) {
    values[i].push_back(signals.values[i]);
    sum += signals.confidence[i];
  }
  confidence.push_back(sum / static_cast<float>(kSignals));
  if (signals.blink) blinks.push_back(*signals.blink);
}

double FaceHistory::SecondsSeen() const {
  double seconds = 0.0;
  for (size_t i = 1; i < time_s.size(); ++i) {
    const double step_s = time_s[i] - time_s[i - 1];
    if (step_s <= kLongestGap_s) seconds += step_s;
  }
  return seconds;
}

std::string MinutesText(double time_s) {
  const double rounded_s = std::round(100.0 * time_s) / 100.0;  // 59.996 s are a minute
  const double minutes = std::floor(rounded_s / 60.0);
  return fmt::format("{:.0f}:{:05.2f}", minutes, rounded_s - 60.0 * minutes);
}

ReportTable StatisticsTable(const FaceHistory& face) {
  ReportTable table{
      "Statistics", {"signal", "column", "mean", "deviation", "min", "time", "max", "time"}, {}};
  for (size_t i = 0; i < kSignals; ++i) {
    const std::vector<float>& values = face.values[i];
    const auto least = std::min_element(values.begin(), values.end());
    const auto greatest = std::max_element(values.begin(), values.end());
    const double mean = MeanOf(values);
    double square = 0.0;
    for (const float value : values) square += (value - mean) * (value - mean);
    const auto when = [&](std::vector<float>::const_iterator at) {
      return MinutesText(face.time_s[static_cast<size_t>(at - values.begin())]);
    };
    table.rows.push_back(
        {std::string(SignalInfos()[i].label), std::string(SignalInfos()[i].name),
         ValueText(i, mean), ValueText(i, std::sqrt(square / static_cast<double>(values.size()))),
         ValueText(i, *least), when(least), ValueText(i, *greatest), when(greatest)});
  }
  return table;
}

ReportTable BlinkTable(const FaceHistory& face) {
  ReportTable table{"Blinks", {"blink", "start, s", "end, s", "length, s", "depth"}, {}};
  for (const Blink& blink : face.blinks) {
    table.rows.push_back({std::to_string(table.rows.size() + 1), FixedText(blink.start_s, 2),
                          FixedText(blink.end_s, 2), FixedText(blink.Seconds(), 2),
                          FixedText(blink.depth, 2)});
  }
  return table;
}

ReportTable ValuesTable(const FaceHistory& face) {
  const double start_s = face.time_s.front();
  const double step_s = std::max(1.0, std::ceil((face.time_s.back() - start_s) / kMaxRows));
  ReportTable table{fmt::format("Means over {:.0f} s each", step_s), {"from, s"}, {}, true};
  for (const SignalInfo& info : SignalInfos()) table.header.emplace_back(info.name);
  table.header.emplace_back("confidence");
  RowSums row;
  double from_s = std::floor(start_s);
  for (size_t at = 0; at < face.Count(); ++at) {
    if (face.time_s[at] >= from_s + step_s) {
      if (row.frames > 0) table.rows.push_back(row.Cells(from_s));
      row = {};
      from_s += step_s * std::floor((face.time_s[at] - from_s) / step_s);
    }
    row.Add(face, at);
  }
  if (row.frames > 0) table.rows.push_back(row.Cells(from_s));
  return table;
}

}  // namespace nosetip
