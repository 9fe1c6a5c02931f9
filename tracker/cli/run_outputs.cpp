#include "tracker/cli/run_outputs.h"

#include <chrono>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/output/annotation_writers.h"
#include "tracker/output/text_output.h"
#include "tracker/report/report_index.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr double kDefaultRateHz = 25.0;

// A stream's address may hold a password; its name does not.
std::string_view NameInRows(const PlannedInput& planned) {
  return planned.input.kind == SourceKind::kStream ? planned.name : planned.input.source;
}

// When a frame was captured or arrived; of a file, when it was recorded. Nothing where unknown.
std::optional<double> UnixTimeOf(const Frame& frame, const SourceInfo& source) {
  if (source.recorded_at_s) return *source.recorded_at_s + frame.pts_s;
  if (source.kind != SourceKind::kCamera && source.kind != SourceKind::kStream) return std::nullopt;
  const auto age = std::chrono::steady_clock::now() - frame.captured_at;
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch() - age)
      .count();
}

std::string FrameStem(const std::string& name, int64_t frame) {
  return fmt::format("{}_{:06}", name, frame);
}

}  // namespace

OverlayOutput::OverlayOutput(const OutputPaths& paths, const std::string& name,
                             const SourceInfo& info, const std::stop_token& stop)
    : picture_(info.kind == SourceKind::kPicture),
      frame_rate_hz_(info.frame_rate_hz > 0.0 ? info.frame_rate_hz : kDefaultRateHz) {
  path_ = paths.PathOf(name, name, picture_ ? ".png" : ".mp4");
  if (info.has_sound) sound_ = {info.name, info.sound_zero_s, stop};
}

void OverlayOutput::Write(const Image& drawn, double time_s) {
  if (picture_) {
    WritePicture(path_.string(), drawn);
    return;
  }
  if (!video_) {
    video_.emplace(VideoOptions{.path = path_.string(),
                                .size_px = {drawn.width_px, drawn.height_px},
                                .frame_rate_hz = frame_rate_hz_,
                                .sound = sound_});
  }
  video_->Write(drawn, time_s);
}

WrittenFile OverlayOutput::Finish(bool whole) {
  if (!video_) return {path_, ""};
  if (whole) video_->WriteRestOfSound();
  video_->Finish();
  std::string note;
  if (video_->codec() != VideoWriter::Codec::kH264) {
    note = "MPEG-4 in MP4, as this FFmpeg cannot write H.264";
  }
  const std::string of_sound = video_->sound_note();
  if (!note.empty() && !of_sound.empty()) note += "; ";
  return {path_, note + of_sound};
}

void MakeOutputFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder)) {
    throw Error(fmt::format("the output folder {} cannot be created{}; name another with --out",
                            folder.string(), error ? ": " + error.message() : ""));
  }
}

fs::path ReportPath(const OutputPaths& paths, const PlannedTable& table) {
  return paths.PathOf(table.name, table.name + "_report", ".html");
}

std::optional<fs::path> WriteReportIndex(const OutputSetup& setup) {
  const OutputPaths paths(setup.folder, setup.plan.inputs);
  std::vector<ListedReport> reports;
  for (const PlannedTable& table : setup.plan.tables) {
    const fs::path report = ReportPath(paths, table);
    std::error_code ignored;
    if (fs::exists(report, ignored)) reports.push_back({report, table.name});
  }
  if (setup.plan.tables.size() < 2 || reports.empty()) return std::nullopt;
  const fs::path index = setup.folder / "report_index.html";
  SaveText(index, ReportIndex("Reports", reports));
  return index;
}

TableOutputs::TableOutputs(const OutputSetup& setup, const OutputPaths& paths, size_t table,
                           std::stop_token stop)
    : setup_(setup),
      paths_(paths),
      table_(setup.plan.tables[table]),
      name_(table_.name),
      stop_(std::move(stop)) {}

TableOutputs::~TableOutputs() = default;

void TableOutputs::Begin(size_t input, const SourceInfo& info) {
  input_ = input;
  info_ = info;
}

std::string TableOutputs::name_in_rows() const { return std::string(NameInRows(Current())); }

std::optional<Image> TableOutputs::Draw(const Frame& frame, const TrackResult& result) const {
  if (!setup_.kinds.video) return std::nullopt;
  return DrawOverlay(frame.image, result, setup_.schema, setup_.overlay);
}

void TableOutputs::Write(const Frame& frame, const TrackResult& result,
                         std::optional<Image> drawn) {
  if (!open_) Open();
  const std::optional<double> unix_time_s = UnixTimeOf(frame, info_);
  const std::string_view name = NameInRows(Current());
  if (csv_) csv_->Write(result, {.file_name = name, .unix_time_s = unix_time_s});
  if (jsonl_) jsonl_->Write(result, name, unix_time_s);
  if (setup_.rows != nullptr) setup_.rows->Write(result, name, unix_time_s);
  if (setup_.kinds.pts) WritePtsOf(frame, result);
  if (coco_) WriteCoco(frame, result);
  if (report_) {
    report_->Add(result, fs::path(name).filename().string(), [&] {
      return drawn ? *drawn : DrawOverlay(frame.image, result, setup_.schema, setup_.overlay);
    });
  }
  WriteDrawn(frame, result, std::move(drawn));
  ++frames_;
}

void TableOutputs::WriteDrawn(const Frame& frame, const TrackResult& result,
                              std::optional<Image> drawn) {
  const bool on_sheet = sheet_ && sheet_->WantsNext();
  if (sheet_ && !on_sheet) sheet_->Skip();
  if (!setup_.kinds.video && !on_sheet) return;
  if (!drawn) drawn = DrawOverlay(frame.image, result, setup_.schema, setup_.overlay);
  if (on_sheet) sheet_->Add(*drawn, frames_, frame.pts_s);
  if (!setup_.kinds.video) return;
  if (!overlay_) overlay_.emplace(paths_, Current().name, info_, stop_);
  overlay_->Write(*drawn, frame.pts_s);
}

void TableOutputs::End(bool whole) {
  if (overlay_) complete_.push_back(overlay_->Finish(whole));
  overlay_.reset();
  ListPtsOfFrames();
}

std::vector<WrittenFile> TableOutputs::Finish() {
  if (csv_) csv_->Finish();
  if (jsonl_) jsonl_->Finish();
  if (coco_) coco_->Finish();
  if (sheet_) WritePicture(sheet_path_.string(), sheet_->Render());
  if (report_) SaveText(report_path_, report_->Page());
  for (const fs::path& path : table_paths_) complete_.push_back({path, ""});
  claim_.reset();
  return std::move(complete_);
}

void TableOutputs::Open() {
  open_ = true;
  if (!setup_.kinds.Files()) return;
  // Never completed. It locks also those outputs of which each frame has a file of its own.
  claim_.emplace(setup_.folder / (name_ + ".lock"));
  if (setup_.kinds.csv) {
    csv_.emplace(PathOfTable(name_, ".csv"),
                 CsvOptions{.point_count = setup_.schema.count,
                            .signals = setup_.kinds.signals,
                            .file_column = HasFileColumn(setup_.plan),
                            .unix_time_column = setup_.kinds.unix_time});
  }
  if (setup_.kinds.jsonl) {
    jsonl_.emplace(PathOfTable(name_, ".jsonl"), JsonOptions{.signals = setup_.kinds.signals,
                                                             .unix_time = setup_.kinds.unix_time});
  }
  if (setup_.kinds.coco) coco_.emplace(PathOfTable(name_, ".coco.json"), setup_.schema);
  if (setup_.kinds.report) OpenReport();
  if (setup_.kinds.sheet) {
    sheet_.emplace();
    sheet_path_ = PathOfTable(name_ + "_sheet", ".png");
  }
}

void TableOutputs::OpenReport() {
  const bool pictures = info_.kind == SourceKind::kPicture;
  report_.emplace(
      name_,
      fmt::format("What faces do in {}; nosetip-track {}",
                  pictures ? "these pictures" : "this clip", ThisEnvironment().nosetip_version),
      pictures);
  report_path_ = table_paths_.emplace_back(ReportPath(paths_, table_));
}

fs::path TableOutputs::PathOfTable(const std::string& stem, const std::string& extension) {
  return table_paths_.emplace_back(paths_.PathOf(name_, stem, extension));
}

// A frame of a video is named as CVAT names it.
void TableOutputs::WriteCoco(const Frame& frame, const TrackResult& result) {
  const Input& input = Current().input;
  const std::string name = input.kind == SourceKind::kPicture
                               ? fs::path(input.source).filename().string()
                               : fmt::format("frame_{:06}.PNG", frame.id);
  coco_->Write(name, {frame.image.width_px, frame.image.height_px}, result);
}

void TableOutputs::WritePtsOf(const Frame& frame, const TrackResult& result) {
  const std::string& name = Current().name;
  const bool picture = Current().input.kind == SourceKind::kPicture;
  const std::string stem = picture ? name : FrameStem(name, frame.id);
  std::vector<const Landmarks*> faces;
  for (const TrackedFace& face : result.faces) {
    if (!face.landmarks.Empty()) faces.push_back(&face.landmarks);
  }
  for (size_t i = 0; i < faces.size(); ++i) {
    const fs::path path = paths_.PathOf(name, PtsStem(stem, i, faces.size()), ".pts");
    WritePts(path, faces[i]->points_px);
    if (picture) {
      complete_.push_back({path, ""});
    } else {
      if (pts_files_++ == 0) first_pts_ = path;
      last_pts_ = path;
    }
  }
}

void TableOutputs::ListPtsOfFrames() {
  const int64_t files = std::exchange(pts_files_, 0);
  if (files == 1) complete_.push_back({first_pts_, ""});
  if (files <= 1) return;
  complete_.push_back({first_pts_, fmt::format("first of {} .pts files", files)});
  complete_.push_back({last_pts_, fmt::format("last of {} .pts files", files)});
}

}  // namespace nosetip
