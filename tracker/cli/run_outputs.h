// The files that a run of nosetip-track writes for one table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tracker/cli/output_plan.h"
#include "tracker/cli/track_options.h"
#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/output/csv_writer.h"
#include "tracker/output/json_writers.h"
#include "tracker/output/video_writer.h"
#include "tracker/sources/frame_source.h"
#include "tracker/vision/contact_sheet.h"
#include "tracker/vision/overlay.h"

namespace nosetip {

// A complete file.
struct WrittenFile {
  std::filesystem::path path;
  std::string note;  // for the user; mostly empty
};

// The frames of one input with the faces drawn in: NAME.mp4, or NAME.avi where this OpenCV cannot
// write MP4; NAME.png of a picture. Throws Error where it cannot be written. An unfinished video
// still plays.
class OverlayOutput {
 public:
  // `paths` must outlive this.
  OverlayOutput(const OutputPaths& paths, std::string name, const SourceInfo& info);

  void Write(const Image& drawn);
  WrittenFile Finish();

 private:
  void OpenVideo(const Image& first);

  const OutputPaths& paths_;
  std::string name_;
  std::filesystem::path path_;
  bool picture_ = false;
  double frame_rate_hz_ = 0.0;
  std::optional<VideoWriter> video_;  // from the first frame on, which gives its size
};

// What the outputs of all tables of a run share.
struct OutputSetup {
  OutputOptions kinds;
  std::filesystem::path folder;
  OutputPlan plan;
  LandmarkSchema schema;
  OverlayOptions overlay;
};

// Throws Error where the folder is missing and cannot be created.
void MakeOutputFolder(const std::filesystem::path& folder);

// Call Begin, Write for each frame, and End for each input of the table, in order; skip an input
// that cannot be opened. Finish gives the table's files their names; an input without frames gets
// no files. Unfinished files vanish when this is destroyed, except an overlay video, which keeps
// the frames so far. Every failure throws Error naming the file.
class TableOutputs {
 public:
  // Setup and paths must outlive this.
  TableOutputs(const OutputSetup& setup, const OutputPaths& paths, size_t table);
  ~TableOutputs();
  TableOutputs(const TableOutputs&) = delete;
  TableOutputs& operator=(const TableOutputs&) = delete;

  // `input` is an index into the plan's inputs.
  void Begin(size_t input, const SourceInfo& info);
  // The frame with its faces drawn in, to be passed to Write; nothing where no video is wanted. May
  // be called on another thread than the rest.
  std::optional<Image> Draw(const Frame& frame, const TrackResult& result) const;
  // Without `drawn` it draws the faces itself where it needs them.
  void Write(const Frame& frame, const TrackResult& result,
             std::optional<Image> drawn = std::nullopt);
  void End();
  // Returns all files; of the many .pts of a video only the first and the last.
  std::vector<WrittenFile> Finish();

 private:
  void Open();
  std::filesystem::path PathOfTable(const std::string& stem, const std::string& extension);
  void WritePtsOf(const Frame& frame, const TrackResult& result);
  void WriteDrawn(const Frame& frame, const TrackResult& result, std::optional<Image> drawn);
  void ListPtsOfFrames();
  const PlannedInput& Current() const { return setup_.plan.inputs[input_]; }

  const OutputSetup& setup_;
  const OutputPaths& paths_;
  const std::string& name_;
  bool open_ = false;  // from the first frame on
  std::optional<CsvWriter> csv_;
  std::optional<JsonlWriter> jsonl_;
  std::optional<ContactSheet> sheet_;
  std::filesystem::path sheet_path_;
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
