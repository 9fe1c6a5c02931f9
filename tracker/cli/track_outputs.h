// All that a run of nosetip-track writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tracker/cli/output_plan.h"
#include "tracker/cli/overlay_output.h"
#include "tracker/cli/track_options.h"
#include "tracker/core/face.h"
#include "tracker/core/frame.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/output/csv_writer.h"
#include "tracker/output/jsonl_writer.h"
#include "tracker/vision/contact_sheet.h"
#include "tracker/vision/frame_source.h"
#include "tracker/vision/overlay.h"

namespace nosetip {

// Calls in order of the plan's inputs: Begin, Write for each frame, End; an input that cannot be
// opened is passed over. FinishTable after the last input of a table gives its files their names;
// files of an input without frames are not made at all. What is unfinished when this is destroyed
// vanishes, but for an overlay video, which keeps the frames so far. Every failure throws Error
// naming the file.
class TrackOutputs {
 public:
  struct Setup {
    OutputOptions kinds;
    std::filesystem::path folder;  // is made where it is missing
    OutputPlan plan;
    LandmarkSchema schema;
    OverlayOptions overlay;
  };
  explicit TrackOutputs(Setup setup);
  ~TrackOutputs();

  void Begin(size_t input, const SourceInfo& info);
  // The frame with its faces, where every frame is wanted so, for Write. May be called on another
  // thread than the rest.
  std::optional<Image> Draw(const Frame& frame, const TrackResult& result) const;
  // Draws what it needs itself where it is not given.
  void Write(const Frame& frame, const TrackResult& result,
             std::optional<Image> drawn = std::nullopt);
  void End();
  // Returns all files of the table's inputs; nothing where it had no frames.
  std::vector<WrittenFile> FinishTable(size_t table);

 private:
  struct Table {
    std::optional<CsvWriter> csv;
    std::optional<JsonlWriter> jsonl;
    std::optional<ContactSheet> sheet;
    int64_t frames = 0;
    std::vector<std::filesystem::path> paths;  // of all of them; the sheet's is the last
  };
  Table OpenTable(const std::string& name);
  void WritePtsOf(const Frame& frame, const TrackResult& result);
  void WriteDrawn(Table& table, const Frame& frame, const TrackResult& result,
                  std::optional<Image> drawn);
  const PlannedInput& Current() const { return setup_.plan.inputs[input_]; }

  Setup setup_;
  OutputPaths paths_;
  std::vector<std::optional<Table>> tables_;        // as in the plan; open from the first frame on
  std::vector<std::vector<WrittenFile>> complete_;  // by table
  size_t input_ = 0;
  SourceInfo info_;
  std::optional<OverlayOutput> overlay_;
};

}  // namespace nosetip
