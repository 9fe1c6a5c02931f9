// Tracking results as a table, in the column names, order and units of OpenFace 2 (Baltrusaitis et
// al., FG 2018), so that its users' scripts keep working:
//
//   frame, face_id, timestamp, confidence, success, pose_Tx, pose_Ty, pose_Tz, pose_Rx, pose_Ry,
//   pose_Rz, x_0 ... x_N, y_0 ... y_N, X_0 ... X_N, Y_0 ... Y_N, Z_0 ... Z_N (with `signals`)
//
// separated by plain commas, and optional columns: signals (see Signal; their names, the same with
// _confidence, then blink_start, blink_end, blink_depth in the row where a blink ends) with
// point_confidence_0 ... point_confidence_N. One row per face and frame; a frame without a
// face has one row with face_id -1, success 0 and zeros, as in OpenFace. `timestamp` is in seconds,
// the pose and X, Y, Z in millimeters and radians, x and y in 0-based picture pixels. The columns
// of a pose that is not known are empty, and so are those of the points of a face without points,
// whose success is 0.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tracker/core/face.h"
#include "tracker/output/text_output.h"

namespace nosetip {

struct CsvOptions {
  int point_count = 68;  // columns x_0 ... and y_0 ...
  // After the points: in space, signals and confidence. Empty where a face has none.
  bool signals = false;
  bool file_column = false;  // a first column `file`, for a table of several files
  // Last columns `source_frame` and `source_timestamp`, for a table of a recording, whose `frame`
  // and `timestamp` are those of the recorded video.
  bool source_columns = false;
  bool unix_time_column = false;  // a last column `unix_time`, in seconds
};

// What goes into the optional columns.
struct CsvNotes {
  std::string_view file_name{};
  int64_t source_frame = 0;
  double source_time_s = 0.0;
  std::optional<double> unix_time_s{};  // an empty field where it is not known
};

// The lines of such a table, for callers with a file of their own; each ends with a line break.
std::string CsvHeader(const CsvOptions& options);
std::string CsvRows(const CsvOptions& options, const TrackResult& result,
                    const CsvNotes& notes = {});

// Throws Error where the file cannot be written; see TextOutput for when it appears.
class CsvWriter {
 public:
  CsvWriter(const std::filesystem::path& path, const CsvOptions& options);

  void Write(const TrackResult& result, const CsvNotes& notes = {});
  void Finish() { file_.Finish(); }

 private:
  CsvOptions options_;
  TextOutput file_;
};

}  // namespace nosetip
