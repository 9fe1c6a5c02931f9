// What one face did over a clip.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/face_signals.h"
#include "tracker/output/html_page.h"

namespace nosetip {

// Of the frames in which a face has signals, in the order of time. As many of each.
struct FaceHistory {
  int id = 0;
  std::vector<double> time_s;
  std::vector<int64_t> frame;
  std::array<std::vector<float>, kSignals> values;
  std::vector<float> confidence;  // the mean of all signals'
  std::vector<Blink> blinks;

  void Add(int64_t frame_id, double pts_s, const FaceSignals& signals);
  size_t Count() const { return time_s.size(); }
  // Without the times in which the face was not seen.
  double SecondsSeen() const;
};

// "1:02.40"
std::string MinutesText(double time_s);

// Mean, standard deviation, least and greatest value of each signal and when it was.
ReportTable StatisticsTable(const FaceHistory& face);
ReportTable BlinkTable(const FaceHistory& face);
// Means over equal times, of a second or of as many seconds as keep the table below 300 rows.
ReportTable ValuesTable(const FaceHistory& face);

}  // namespace nosetip
