// The files that a run of nosetip-track writes for one table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/cli/output_plan.h"
#include "tracker/cli/stdout_rows.h"
#include "tracker/cli/track_options.h"
#include "tracker/core/atomic_file.h"
#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/output/coco_writer.h"
#include "tracker/output/csv_writer.h"
#include "tracker/output/json_writers.h"
#include "tracker/output/video_writer.h"
#include "tracker/report/clip_report.h"
#include "tracker/sources/frame_source.h"
#include "tracker/vision/contact_sheet.h"
#include "tracker/vision/overlay.h"

namespace nosetip {

// A complete file.
struct WrittenFile {
  std::filesystem::path path;
  std::string note;  // for the user; mostly empty
};

// The frames of one input with the faces drawn in: NAME.mp4, each at its own time, with the sound
// of a file; NAME.png of a picture. Throws Error where it cannot be written. An unfinished video is
// NAME.mp4.part and plays.
class OverlayOutput {
 public:
  // A stop ends long searches for sound in the file.
  OverlayOutput(const OutputPaths& paths, const std::string& name, const SourceInfo& info,
                const std::stop_token& stop);

  void Write(const Image& drawn, double time_s);
  // `whole` where the input was read to its end; its sound is then kept to its own end.
  WrittenFile Finish(bool whole);

 private:
  std::filesystem::path path_;
  bool picture_ = false;
  double frame_rate_hz_ = 0.0;
  std::optional<SoundSource> sound_;
  std::optional<VideoWriter> video_;  // from the first frame on, which gives its size
};

// What the outputs of all tables of a run share.
struct OutputSetup {
  OutputOptions kinds;
  std::filesystem::path folder;
  OutputPlan plan;
  LandmarkSchema schema;
  OverlayOptions overlay;
  StdoutRows* rows = nullptr;  // besides the files; null where none are wanted
};

// The file of a table's report.
std::filesystem::path ReportPath(const OutputPaths& paths, const PlannedTable& table);
// Lists the reports of all tables that there are in report_index.html; returns its path. Nothing
// where the plan has one table, or none has a report. Throws Error where it cannot be written.
std::optional<std::filesystem::path> WriteReportIndex(const OutputSetup& setup);

// Throws Error where the folder is missing and cannot be created.
void MakeOutputFolder(const std::filesystem::path& folder);

// Call Begin, Write for each frame, and End for each input of the table, in order; skip an input
// that cannot be opened. Finish gives the table's files their names; an input without frames gets
// no files. Without Finish, tables and videos stay as parts with what was written (AtomicFile).
// From the first frame on, the table's outputs are this process's own; where another one is writing
// them, that is an Error. Every failure throws Error naming the file.
class TableOutputs {
 public:
  // Setup and paths must outlive this.
  TableOutputs(const OutputSetup& setup, const OutputPaths& paths, size_t table,
               std::stop_token stop = {});
  ~TableOutputs();
  TableOutputs(const TableOutputs&) = delete;
  TableOutputs& operator=(const TableOutputs&) = delete;

  // `input` is an index into the plan's inputs.
  void Begin(size_t input, const SourceInfo& info);
  // Of the current input.
  std::string name_in_rows() const;
  // The frame with its faces drawn in, to be passed to Write; nothing where no video is wanted. May
  // be called on another thread than the rest.
  std::optional<Image> Draw(const Frame& frame, const TrackResult& result) const;
  // Without `drawn` it draws the faces itself where it needs them.
  void Write(const Frame& frame, const TrackResult& result,
             std::optional<Image> drawn = std::nullopt);
  // `whole` where the input was read to its end, not only so far.
  void End(bool whole = true);
  // Returns all files; of the many .pts of a video only the first and the last.
  std::vector<WrittenFile> Finish();

 private:
  void Open();
  void OpenReport();
  std::filesystem::path PathOfTable(const std::string& stem, const std::string& extension);
  void WriteCoco(const Frame& frame, const TrackResult& result);
  void WritePtsOf(const Frame& frame, const TrackResult& result);
  void WriteDrawn(const Frame& frame, const TrackResult& result, std::optional<Image> drawn);
  void ListPtsOfFrames();
  const PlannedInput& Current() const { return setup_.plan.inputs[input_]; }

  const OutputSetup& setup_;
  const OutputPaths& paths_;
  const PlannedTable& table_;
  const std::string& name_;
  const std::stop_token stop_;
  bool open_ = false;  // from the first frame on
  std::optional<AtomicFile> claim_;
  std::optional<CsvWriter> csv_;
  std::optional<JsonlWriter> jsonl_;
  std::optional<CocoWriter> coco_;
  std::optional<ContactSheet> sheet_;
  std::filesystem::path sheet_path_;
  std::optional<ClipReport> report_;
  std::filesystem::path report_path_;
  int64_t frames_ = 0;
  std::vector<std::filesystem::path> table_paths_;
  std::vector<WrittenFile> complete_;
  // The current input's.
  size_t input_ = 0;
  SourceInfo info_;
  std::optional<OverlayOutput> overlay_;
  std::filesystem::path first_pts_, last_pts_;
  int64_t pts_files_ = 0;
};

}  // namespace nosetip
