#include "tracker/output/csv_writer.h"

#include <string>
#include <vector>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

constexpr int kTranslationDecimals = 2;
constexpr int kRotationDecimals = 4;

// Columns of points: x and y, and X, Y and Z where asked for.
int ColumnsOfPoints(const CsvOptions& options) {
  return (options.signals ? 5 : 2) * options.point_count;
}

// The columns from face_id on.
std::string RowWithoutFace(double pts_s, const CsvOptions& options) {
  std::string row = fmt::format(",-1,{}", FixedText(pts_s, kTimeDecimals));
  for (int i = 0; i < 8 + ColumnsOfPoints(options); ++i) row += ",0";
  return row;
}

std::string PoseColumns(const std::optional<HeadPose>& pose) {
  if (!pose) return ",,,,,,";
  std::string columns;
  for (const float t : pose->translation_mm) columns += ',' + FixedText(t, kTranslationDecimals);
  for (const float r : pose->rotation_rad) columns += ',' + FixedText(r, kRotationDecimals);
  return columns;
}

std::string Point3Columns(const std::vector<Point3>& points_mm, int point_count) {
  if (points_mm.empty()) return std::string(3 * static_cast<size_t>(point_count), ',');
  std::string columns;
  for (size_t axis = 0; axis < 3; ++axis) {
    for (const Point3& p : points_mm) columns += ',' + FixedText(p[axis], kTranslationDecimals);
  }
  return columns;
}

std::string BlinkColumns(const std::optional<Blink>& blink) {
  if (!blink) return ",,,";
  return fmt::format(",{},{},{}", FixedText(blink->start_s, kTimeDecimals),
                     FixedText(blink->end_s, kTimeDecimals),
                     FixedText(blink->depth, kConfidenceDecimals));
}

std::string SignalNames(int point_count) {
  std::string names;
  for (const SignalInfo& info : SignalInfos()) names += fmt::format(",{}", info.name);
  for (const SignalInfo& info : SignalInfos()) names += fmt::format(",{}_confidence", info.name);
  names += ",blink_start,blink_end,blink_depth";
  for (int i = 0; i < point_count; ++i) names += fmt::format(",point_confidence_{}", i);
  return names;
}

std::string SignalColumns(const TrackedFace* face, int point_count) {
  std::string columns;
  if (face != nullptr && face->signals) {
    for (size_t i = 0; i < kSignals; ++i) {
      columns += ',' + FixedText(face->signals->values[i], SignalInfos()[i].decimals);
    }
    for (const float confidence : face->signals->confidence) {
      columns += ',' + FixedText(confidence, kConfidenceDecimals);
    }
    columns += BlinkColumns(face->signals->blink);
  } else {
    columns.append(2 * kSignals + 3, ',');
  }
  if (face == nullptr || face->landmarks.confidence.empty()) {
    return columns.append(static_cast<size_t>(point_count), ',');
  }
  for (const float confidence : face->landmarks.confidence) {
    columns += ',' + FixedText(confidence, kConfidenceDecimals);
  }
  return columns;
}

std::string RowOfFace(double pts_s, const TrackedFace& face, const CsvOptions& options) {
  const bool has_points = !face.landmarks.Empty();
  std::string row = fmt::format(",{},{},{},{}{}", face.id, FixedText(pts_s, kTimeDecimals),
                                FixedText(face.confidence, kConfidenceDecimals), has_points ? 1 : 0,
                                PoseColumns(face.pose));
  if (!has_points) return row + std::string(static_cast<size_t>(ColumnsOfPoints(options)), ',');
  for (const Point2f& p : face.landmarks.points_px) row += ',' + FixedText(p.x, kPixelDecimals);
  for (const Point2f& p : face.landmarks.points_px) row += ',' + FixedText(p.y, kPixelDecimals);
  if (options.signals) row += Point3Columns(face.points_mm, options.point_count);
  return row;
}

}  // namespace

std::string CsvHeader(const CsvOptions& options) {
  std::string header = options.file_column ? "file," : "";
  header += "frame,face_id,timestamp,confidence,success,pose_Tx,pose_Ty,pose_Tz,pose_Rx,pose_Ry,";
  header += "pose_Rz";
  for (const char* axis : {",x_", ",y_", ",X_", ",Y_", ",Z_"}) {
    if (!options.signals && axis[1] < 'a') continue;
    for (int i = 0; i < options.point_count; ++i) header += fmt::format("{}{}", axis, i);
  }
  if (options.signals) header += SignalNames(options.point_count);
  if (options.source_columns) header += ",source_frame,source_timestamp";
  if (options.unix_time_column) header += ",unix_time";
  return header + '\n';
}

std::string CsvRows(const CsvOptions& options, const TrackResult& result, const CsvNotes& notes) {
  const std::string start = fmt::format(
      "{}{}", options.file_column ? CsvField(notes.file_name) + ',' : "", result.frame_id);
  std::string end;
  if (options.source_columns) {
    end = fmt::format(",{},{}", notes.source_frame, FixedText(notes.source_time_s, kTimeDecimals));
  }
  if (options.unix_time_column) end += ',';
  if (options.unix_time_column && notes.unix_time_s) {
    end += FixedText(*notes.unix_time_s, kTimeDecimals);
  }
  end += '\n';
  const auto signals = [&](const TrackedFace* face) {
    return options.signals ? SignalColumns(face, options.point_count) : std::string();
  };
  if (result.faces.empty()) {
    return start + RowWithoutFace(result.pts_s, options) + signals(nullptr) + end;
  }
  std::string rows;
  for (const TrackedFace& face : result.faces) {
    const size_t points = face.landmarks.points_px.size();
    Check(points == 0 || points == static_cast<size_t>(options.point_count),
          "a face with as many points as the table has columns, or none");
    Check(face.points_mm.empty() || face.points_mm.size() == points, "as many points in space");
    rows += start + RowOfFace(result.pts_s, face, options) + signals(&face) + end;
  }
  return rows;
}

CsvWriter::CsvWriter(const std::filesystem::path& path, const CsvOptions& options)
    : options_(options), file_(path) {
  file_.Write(CsvHeader(options_));
}

void CsvWriter::Write(const TrackResult& result, const CsvNotes& notes) {
  file_.Write(CsvRows(options_, result, notes));
}

}  // namespace nosetip
